/* small_model.h: a model file of the smallest widths, made in memory, for tests that damage it: 1.4 MB, all weights zero; with either encoder.
 *
 * small_model_make fills `to` with a good file; after a change of its bytes small_model_seal puts size and checksum right again, so that the
 * checks behind the checksum are reached. */
#ifndef TEST_SMALL_MODEL_H
#define TEST_SMALL_MODEL_H
#include "base/buf.h"
#include "base/sha256.h"
#include "lang/lang_model.h"
#include "lang/lang_split.h"
#include <stdio.h>
#include <stdlib.h>

enum { SMALL_HEADER = 64, SMALL_ENTRY = 32, SMALL_MOST = 64, SMALL_WIDTH = 16 };

struct small_section {
  char name[16];
  size_t size;
  const char *text; /* NULL: zeros */
};

static inline void small_model_seal(char *bytes, size_t n)
{
  uint64_t size = n;
  memcpy(bytes + 16, &size, sizeof size);
  unsigned char digest[32];
  sha256((struct slice){bytes + SMALL_HEADER, n - SMALL_HEADER}, digest);
  memcpy(bytes + 24, digest, sizeof digest);
}

/* The same with the quick sum, for tests that seal many times. */
static inline void small_model_seal_quickly(char *bytes, size_t n)
{
  uint64_t size = n, sum = model_quick_sum((struct slice){bytes + SMALL_HEADER, n - SMALL_HEADER});
  memcpy(bytes + 16, &size, sizeof size);
  memcpy(bytes + 56, &sum, sizeof sum);
}

static inline void small_add(struct small_section *s, uint32_t *n, const char *name, size_t size, const char *text)
{
  snprintf(s[*n].name, sizeof s[*n].name, "%s", name);
  s[*n].size = text ? strlen(text) : size;
  s[(*n)++].text = text;
}

static inline void small_matrix(struct small_section *s, uint32_t *n, const char *name, uint32_t rows, uint32_t cols)
{
  char part[16];
  rows = (rows + 15) / 16 * 16;
  snprintf(part, sizeof part, "%s.w", name);
  small_add(s, n, part, (size_t)rows * cols, NULL);
  snprintf(part, sizeof part, "%s.s", name);
  small_add(s, n, part, (size_t)rows * 4, NULL);
  snprintf(part, sizeof part, "%s.b", name);
  small_add(s, n, part, (size_t)rows * 4, NULL);
}

static inline void small_recurrent(struct small_section *s, uint32_t *n)
{
  const uint32_t w = SMALL_WIDTH;
  small_add(s, n, "config", 0, "language xx\nembed 16\nwidth 16\nlayers 1\narc 16\nlab 16\ntag 16\n");
  small_add(s, n, "vocab", 0, "<unk>\nhouse\nriver\n");
  small_add(s, n, "word.q", 3 * w, NULL);
  small_add(s, n, "word.s", 3 * 4, NULL);
  for (uint32_t t = 0; t < WORD_EDGES; t++) {
    char name[16];
    snprintf(name, sizeof name, "edge%u.q", t);
    small_add(s, n, name, (size_t)word_edge_rows[t] * w, NULL);
    snprintf(name, sizeof name, "edge%u.s", t);
    small_add(s, n, name, (size_t)word_edge_rows[t] * 4, NULL);
  }
  small_add(s, n, "glue", (size_t)4 * w * 4, NULL);
  small_add(s, n, "mix0", (size_t)2 * w * 4, NULL);
  small_matrix(s, n, "layer0", 4 * w, w);
}

static inline void small_transformer(struct small_section *s, uint32_t *n)
{
  static const char *const norms[] = {"norm.w", "norm.b", "norma0.w", "norma0.b", "normb0.w", "normb0.b"};
  const uint32_t w = SMALL_WIDTH;
  small_add(s, n, "config", 0, "language xx\nencoder transformer\nwidth 16\ninner 32\nheads 1\nlayers 1\narc 16\nlab 16\ntag 16\n");
  small_add(s, n, "pieces", 0, "[PAD]\n[UNK]\n[CLS]\nhouse\n##s\nthe\n");
  small_add(s, n, "piece.q", 6 * w, NULL);
  small_add(s, n, "piece.s", 6 * 4, NULL);
  small_add(s, n, "place", (size_t)PIECE_PLACES * w * 4, NULL);
  small_add(s, n, "shape", (size_t)(PIECE_SHAPES + 1) * w * 4, NULL);
  small_add(s, n, "blend", 2 * 4, NULL);
  for (size_t i = 0; i < sizeof norms / sizeof *norms; i++) small_add(s, n, norms[i], (size_t)w * 4, NULL);
  small_matrix(s, n, "qkv0", 3 * w, w);
  small_matrix(s, n, "out0", w, w);
  small_matrix(s, n, "up0", 2 * w, w);
  small_matrix(s, n, "down0", w, 2 * w);
}

static inline uint32_t small_sections(struct small_section *s, bool transformer)
{
  const uint32_t w = SMALL_WIDTH;
  uint32_t n = 0;
  (transformer ? small_transformer : small_recurrent)(s, &n);
  small_add(s, &n, "upos", 0, "NOUN\nVERB\n");
  small_add(s, &n, "feats", 0, "_\nNumber=Sing\nNumber=Plur\n");
  small_add(s, &n, "lemma", 0, "l|0|\nl|1|\nk|=be\nn|0|\n");
  small_add(s, &n, "deprel", 0, "root\ndep\nnsubj\n");
  small_add(s, &n, "name", 0, "O\nB-person\nI-person\n");
  small_add(s, &n, "contractions", 0, "suffix 's\nword dont 2 2\n");
  small_add(s, &n, "allowed", 0, "\1\1\1\1\1\1");
  small_add(s, &n, "lexicon", 0, "houses\tNOUN\t1\n");
  small_add(s, &n, "lemmas", 0, "house\tNOUN\t3\nriver\tNOUN\t2\n");
  small_matrix(s, &n, "top", 5 * w, 2 * w);
  small_matrix(s, &n, "arc", w, w);
  small_matrix(s, &n, "rel", 3, w);
  small_matrix(s, &n, "tags", 2 + 3 + 4 + 3, w);
  small_add(s, &n, "root.arc", (size_t)w * 4, NULL);
  small_add(s, &n, "root.lab", (size_t)w * 4, NULL);
  small_add(s, &n, "distance", (size_t)(2 * ARC_DISTANCE + 1) * 4, NULL);
  small_add(s, &n, "split.table", ((size_t)1 << SPLIT_BITS) * SPLIT_HIDDEN, NULL);
  small_add(s, &n, "split.scale", 4, NULL);
  small_add(s, &n, "split.bias", (size_t)SPLIT_HIDDEN * 4, NULL);
  small_matrix(s, &n, "split.layer", 4 * SPLIT_WIDTH, SPLIT_HIDDEN);
  small_matrix(s, &n, "split.out", SPLIT_CLASSES, SPLIT_HIDDEN + 2 * SPLIT_WIDTH);
  small_add(s, &n, "recase", 0, "House\nUN\nriver\nthe UN\n-ing\n");
  return n;
}

/* The file in memory from malloc; *n its size; NULL when there is none. */
static inline char *small_model_make(bool transformer, size_t *n)
{
  struct small_section s[SMALL_MOST];
  uint32_t count = small_sections(s, transformer);
  size_t at = SMALL_HEADER + (size_t)count * SMALL_ENTRY;
  for (uint32_t i = 0; i < count; i++) at = (at + 63) / 64 * 64 + s[i].size;
  char *bytes = calloc(1, at);
  if (!bytes) return NULL;
  *n = at;
  const uint32_t version = 1;
  memcpy(bytes, "TOCSINLM", 8);
  memcpy(bytes + 8, &version, 4);
  memcpy(bytes + 12, &count, 4);
  at = SMALL_HEADER + (size_t)count * SMALL_ENTRY;
  for (uint32_t i = 0; i < count; i++) {
    at = (at + 63) / 64 * 64;
    uint64_t offset = at, size = s[i].size;
    char *entry = bytes + SMALL_HEADER + (size_t)i * SMALL_ENTRY;
    memcpy(entry, s[i].name, 16);
    memcpy(entry + 16, &offset, 8);
    memcpy(entry + 24, &size, 8);
    if (s[i].text) memcpy(bytes + at, s[i].text, s[i].size);
    at += s[i].size;
  }
  small_model_seal(bytes, *n);
  return bytes;
}

#endif
