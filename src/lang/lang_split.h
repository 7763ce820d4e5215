/* lang_split.h: from bytes to places where a token or a sentence may end, and what is seen around each place.
 *
 * Text is first squeezed: one entry a code point, a run of blanks as one entry, a run of letters or of digits longer than
 * SPLIT_RUN_MAX by its two ends alone (no token ends inside such a run, so nothing is lost, and a line of 200 MB stays small).
 * A place is a border between two entries; candidates are the borders that are not inside a run of letters or digits.  At each
 * candidate SPLIT_FEATURES hashed features are taken from the characters, words and blanks around it; the model
 * (lang_ends.c) decides between INSIDE, TOKEN_END and SENTENCE_END.
 *
 * The trainer (train/splitter.py) loads these very functions, so that it cannot see anything else than the engine does. */
#ifndef LANG_LANG_SPLIT_H
#define LANG_LANG_SPLIT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SPLIT_FEATURES 37
#define SPLIT_BITS 15         /* features are hashed into this many bits */
#define SPLIT_RUN_MAX 96
#define SPLIT_RUN_EDGE 32

enum split_kind { SPLIT_LETTER, SPLIT_DIGIT, SPLIT_OTHER, SPLIT_BLANK, SPLIT_PARAGRAPH };
enum split_class { SPLIT_INSIDE, SPLIT_TOKEN, SPLIT_SENTENCE, SPLIT_CLASSES };

struct split_char {
  uint32_t code;   /* as written */
  uint32_t low;    /* normal form in lower case */
  uint32_t at;     /* its first byte in the text */
  uint8_t kind;    /* enum split_kind */
  uint8_t sort;    /* class for the features: letters by case, digits, blanks, else hashed code */
};

/* How the text uses line breaks.  Hard-wrapped text (lines of like length, most of them full) breaks paragraphs only at blank lines and after
 * short lines; in any other text each line break ends a paragraph.  `width` is the longest line of a wrapped text, 0 when it is not. */
uint32_t split_wrap_width(const char *text, size_t n);

/* Squeezes text[begin, end) into to[0, room); returns the number of entries, fewer bytes being taken when the room ends (*taken says how
 * many; never inside a run or a code point).  Valid UTF-8.  `to` needs room >= 2 * SPLIT_RUN_MAX. */
size_t split_squeeze(const char *text, size_t begin, size_t end, uint32_t width, struct split_char *to, size_t room, size_t *taken);

/* Walks over the candidates of squeezed text. */
struct split_walk {
  const struct split_char *c;
  size_t n;
  size_t place;                /* the candidate: border before entry `place`; n at the end */
  size_t chunk_begin, chunk_end; /* the run of non-blanks around it */
  uint32_t chunk_hash, chunk_sort, left_hash;
  size_t left_at;              /* left_hash covers [chunk_begin, left_at) */
  uint32_t quote;              /* inside a quotation (parity of quotation marks in this paragraph)? */
  size_t quote_at;             /* marks before here are counted */
};

void split_walk_init(struct split_walk *walk, const struct split_char *c, size_t n);
bool split_walk_next(struct split_walk *walk); /* false when there is none left */
bool split_at_blank(const struct split_walk *walk);
void split_features(struct split_walk *walk, uint32_t to[SPLIT_FEATURES]);

#endif
