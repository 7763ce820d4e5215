/* nouns.h: common nouns that stand for political actors (offices, agents, bodies): their sectors and what sort of thing they name. */
#ifndef KNOW_NOUNS_H
#define KNOW_NOUNS_H
#include "know/sector.h"
#include "know/table.h"
#include "lang/analysis.h"

enum noun_flag {
  NOUN_OFFICE = 1,        /* a title that stands before a name: "president", "defense secretary" */
  NOUN_PERSON = 2,        /* one person: "minister", "gunman", "spokesperson" */
  NOUN_GROUP = 4,         /* people without a name: "troops", "protesters" (also the plural of a person noun) */
  NOUN_BODY = 8,          /* an institution: "ministry", "cabinet", "army" */
  NOUN_SPOKES = 16,       /* takes the sector of whom it speaks for */
  NOUN_HEAD_OF_STATE = 32,
  NOUN_EXPERT = 64,       /* unnamed authority: "analyst", "expert" */
  NOUN_DOCUMENT = 128,    /* a source that is no person: "report", "statement" */
  NOUN_FORMER = 256,      /* an adjective that makes any office ELI: "former" */
  NOUN_MALE = 512,        /* "spokesman", "king", "Mr" */
  NOUN_FEMALE = 1024,
  NOUN_LINK = 2048,       /* a preposition that ties an office to its country or body: "minister of", "spokesman for" */
  NOUN_HONORIFIC = 4096,  /* stands before a name and is no office: "Mr", "Dr" */
  NOUN_FIRM = 8192        /* ends the name of a firm, whatever the name looks like: "Inc.", "Ltd." */
};

struct noun {
  struct slice lemma;     /* one or more words: "prime minister" */
  uint8_t sectors[SECTORS_MAX];
  uint32_t flags;
  struct know_line where;
};

struct nouns; /* opaque, immutable */

#define NOUN_LEMMA_MOST 80 /* bytes of an entry */

struct know_source;
/* From data/en/nouns.tsv; a loader of know.c.  ST_TABLE for a wrong line. */
enum status nouns_load(const struct nouns **to, struct know_source *src);

/* By lemma (lower case, words parted by one blank); NULL when unknown. */
const struct noun *nouns_find(const struct nouns *nouns, struct slice lemma);
/* The longest entry that contains the token `head` as its only inflected word: "prime ministers", "Secretary of State", "chief of the
 * general staff"; its tokens are [*first, *end).  NULL when there is none.  Cost: at most 20 look-ups. */
const struct noun *nouns_match(const struct nouns *nouns, const struct analysis *a, int32_t head, int32_t *first, int32_t *end);

#endif
