/* place_words.h: words that tell whether the name of a country or capital means the place or those who act for it. */
#ifndef KNOW_PLACE_WORDS_H
#define KNOW_PLACE_WORDS_H
#include "know/table.h"

enum place_word {
  PLACE_WORD_SITE,    /* noun that is a place itself: "border", "capital" */
  PLACE_WORD_REACH,   /* verb whose object is a place: "visit" */
  PLACE_WORD_PARTNER, /* preposition before those one deals with: "with" */
  PLACE_WORD_WHOLE,   /* preposition between a part and its whole: "of" */
  PLACE_WORD_APART,   /* site named like a town that may lie elsewhere: "county" */
  PLACE_WORD_COUNT
};

struct place_words; /* opaque, immutable */
struct know_source;

/* From data/en/place_words.tsv; a loader of know.c. */
enum status place_words_load(const struct place_words **to, struct know_source *src);

/* The line that gives the lemma this class, its ASCII capitals read as small letters; table 0 when there is none. */
struct know_line place_words_find(const struct place_words *words, struct slice lemma, enum place_word as);

#endif
