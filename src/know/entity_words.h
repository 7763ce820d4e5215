/* entity_words.h: words that say how what stands beside them belongs to somebody: "of" in "the city of Basra", "Jr." behind a name. */
#ifndef KNOW_ENTITY_WORDS_H
#define KNOW_ENTITY_WORDS_H
#include "know/table.h"

enum entity_word {
  ENTITY_WORD_OF,         /* preposition between a noun and the name that it means, or between the parts of a body's name: "of" */
  ENTITY_WORD_AS,         /* preposition before what somebody is: "as" */
  ENTITY_WORD_CREDIT,     /* preposition before who says it: "accord" (of "according to") */
  ENTITY_WORD_CALLED,     /* noun for what somebody is called: "name" */
  ENTITY_WORD_ONE,        /* number or pronoun that stands for somebody of a kind: "one" */
  ENTITY_WORD_GENERATION, /* part of a name that tells father and son apart: "jr." */
  ENTITY_WORD_COUNT
};

struct entity_words; /* opaque, immutable */
struct know_source;

/* From data/en/entity_words.tsv; a loader of know.c. */
enum status entity_words_load(const struct entity_words **to, struct know_source *src);
/* Is the lemma, or the word of a name, in the class, whatever its capitals? */
bool entity_words_is(const struct entity_words *words, struct slice word, enum entity_word as);

#endif
