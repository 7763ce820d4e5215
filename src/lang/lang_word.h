/* lang_word.h: what the model sees of a word: its row in the vocabulary and the rows of its edges and its shape.
 *
 * The same numbers that train/features.py makes, bit for bit; the trainer's comparison checks it on every word of the treebank. */
#ifndef LANG_LANG_WORD_H
#define LANG_LANG_WORD_H
#include "base/arena.h"
#include "base/slice.h"

#define WORD_EDGES 7        /* last 2, 3, 4 characters, first 2, 3, 4, shape */
#define WORD_CHARS 272      /* code points of a normalised form that are looked at */
#define WORD_VOCAB_BYTES 48 /* a longer form is never in the vocabulary */

struct word_vocab { /* open addressing; a slot holds 1 + the word's index */
  struct slice *words;
  uint32_t n, mask;
  uint32_t *slots;
};

struct word_rows {
  uint32_t word; /* 0: unknown */
  uint32_t edge[WORD_EDGES];
};

/* Rows of each edge table. */
extern const uint32_t word_edge_rows[WORD_EDGES];

/* `lines`: the words, one a line, the first being the unknown word.  False when the arena is full. */
bool word_vocab_init(struct word_vocab *vocab, struct slice lines, struct arena *arena);
uint32_t word_vocab_find(const struct word_vocab *vocab, struct slice word); /* 0 when it is not there */
void word_features(const struct word_vocab *vocab, struct slice form, struct word_rows *to);
/* The normal form in lower case with typographic quotes made plain, digits kept; at most `room` bytes; returns the length, 0 when it is longer. */
size_t word_plain(struct slice form, char *to, size_t room);

#endif
