/* petrarch.h: dictionaries of TABARI and PETRARCH (openeventdata/petrarch, /petrarch2), which a user may lay over our tables: actors with
 * dates, agents, verbs with patterns in both dialects, discards.  Here is what they say; read/petrarch.h applies them.
 *
 * P1 is the dialect of TABARI and PETRARCH: patterns of words in the order of the text.  P2 is PETRARCH2's: patterns of noun phrases,
 * prepositional phrases and transformations.  A file is P2 when one of its patterns holds a parenthesis.
 *
 * A line that cannot be read is left out and told (know.warnings); a dictionary never stops the program.  Words are numbers, given
 * out in the order of the files: 0 is a word that no dictionary holds.  A word is in capitals, without marks on letters; a hyphen parts two
 * words, and so do the apostrophe of 's and of n't from what stands before.  Everything lives in the know's arena; immutable once loaded. */
#ifndef KNOW_PETRARCH_H
#define KNOW_PETRARCH_H
#include "base/map.h"
#include "base/vec.h"
#include "know/plover.h"
#include "know/source.h"

#define PETR_EVER 99999999
#define PETR_WORD_BYTES 64
#define PETR_PHRASE_WORDS 24 /* of an actor, an agent, a pattern */

/* "[HOBGOV 20121109-20130119]": the days are numbers YYYYMMDD, both inclusive; without a restriction 0 to PETR_EVER. */
struct petr_restriction {
  struct slice code;
  int32_t from, to;
  struct know_line where;
};

enum petr_sort { PETR_ACTOR, PETR_AGENT, PETR_DISCARD };

struct petr_phrase {
  const uint32_t *words;
  const bool *gap;   /* [i]: other words may stand before word i (TABARI's blank) */
  uint32_t n, order;
  enum petr_sort sort;
  VEC(struct petr_restriction) codes; /* of an actor, in the order of the files; of an agent its one code */
  bool in_front;     /* agent: "[NGO~]" stands before the actor's code */
  bool story;        /* discard: the whole document, not the sentence */
  struct know_line where;
};

/* One place of a pattern. */
enum petr_item {
  PETR_WORD,
  PETR_SYNSET,
  PETR_SOURCE,   /* $ */
  PETR_TARGET,   /* + */
  PETR_SKIP,     /* ^ one actor phrase, whoever it is */
  PETR_COMPOUND  /* % two actors or more */
};
struct petr_element {
  enum petr_item item;
  bool adjacent; /* nothing stands between it and the one nearer to the verb */
  uint32_t id;   /* word, or index into synsets */
};

/* A member of a synset: words and synsets one behind the other; the last word also as `plural` (0: it has none). */
struct petr_member {
  const struct petr_element *at;
  uint32_t n, plural;
};
struct petr_synset {
  struct slice name;
  bool whole; /* no plurals */
  VEC(struct petr_member) members;
};

/* P2: "{HUMANITARIAN AID}" is words with the head last, "(TO {BANNED PARTIES})" has the preposition too, "(AGAINST)" it alone. */
struct petr_part {
  uint32_t preposition; /* word, or 0 */
  bool has_preposition, before_verb;
  const struct petr_element *at;
  uint32_t n;
};

/* "[030:040]": in P1 two events, (source, target, first) and (target, source, second); in P2 active and passive.  Empty: matched, but no event. */
struct petr_act {
  struct slice first, second;
};

struct petr_pattern {
  const struct petr_element *before, *after; /* P1: from the verb outwards */
  const struct petr_part *parts;             /* P2 */
  uint32_t n_before, n_after, n_parts, weight, order;
  struct petr_act act;
  struct slice rule; /* "CAMEO.2.0.txt:901" */
  struct know_line where;
};

struct petr_block {
  VEC(struct petr_pattern) patterns; /* the longest first, then as they stand */
  bool p2;
};

struct petr_verb {
  struct slice name, rule;
  uint32_t block;
  struct petr_act act;
  struct know_line where;
};

/* A form of a verb by the word that is inflected: "CORDONED" of CORDONED OFF. */
struct petr_form {
  const uint32_t *words;
  uint32_t n, head;
  uint32_t verb, next; /* index of the verb; the next form with the same head word + 1, longer ones first */
};

/* "~ a (b . ATTACK) SAY = a b 112".  A name of one letter a-z is a variable; '.' is anybody, '_' nobody. */
struct petr_transformation {
  char source, inner_source, inner_target, to_source, to_target;
  struct slice inner, outer; /* the block's verbs; inner "Q" is any */
  struct slice code;         /* "Q": the inner act's */
  struct slice rule;
  struct know_line where;
};

struct petrarch {
  struct map words;
  uint32_t n_words;
  VEC(struct petr_phrase) phrases; /* by first word, longer first */
  VEC(uint32_t) first;             /* by word: index + 1 of the first phrase that begins so */
  VEC(struct petr_synset) synsets;
  VEC(struct petr_block) blocks;
  VEC(struct petr_verb) verbs;
  VEC(struct petr_form) forms;
  VEC(uint32_t) form_of;           /* by word: index + 1 of the first form with this head */
  VEC(struct petr_transformation) transformations;
  VEC(struct slice) warnings;      /* "verbs.txt:12: what is wrong" */
  uint32_t n_actors, n_agents, n_discards, n_patterns;
  const struct plover *plover;     /* types of CAMEO codes */
};

/* The next word of `rest` (a phrase of a dictionary, or a token of a text) in `room`; n = 0 at the end.  *joined: it followed the
 * one before at once, by '_', '-' or an apostrophe, not by a blank. */
struct slice petr_next_word(struct slice *rest, char room[PETR_WORD_BYTES], bool *joined);
/* Its number, or 0. */
static inline uint32_t petr_word(const struct petrarch *p, struct slice word)
{
  uint32_t id = map_get(&p->words, word);
  return id == MAP_NONE ? 0 : id;
}
/* The code that holds on the day (YYYYMMDD; 0: unknown): the narrowest restriction that holds, else the undated code; NULL. */
const struct petr_restriction *petr_code_on(const struct petr_phrase *phrase, int32_t day);

/* Is this file one of their dictionaries?  By its first lines that say something; discards by the file's name. */
bool petrarch_is(const struct table *table);
/* Reads the tables from `first` on (those that petrarch_is) in their order.  ST_MEMORY alone can be wrong. */
enum status petrarch_load(const struct petrarch **to, struct know_source *src, uint16_t first);

#endif
