/* split_lib.c: the engine's own features of the splitter, for splitter.py (built by it into a shared library). */
#include "lang/lang_split.h"
#include <stdlib.h>

/* Bytes of candidates, whether each stands before a blank (2: a paragraph's end), and their features; the number of candidates, at most `room`. */
int64_t split_all(const char *text, int64_t n, int32_t *at, uint8_t *blank, uint32_t *features, int64_t room);

int64_t split_all(const char *text, int64_t n, int32_t *at, uint8_t *blank, uint32_t *features, int64_t room)
{
  size_t cap = (size_t)n + 2 * SPLIT_RUN_MAX, taken;
  struct split_char *c = malloc(cap * sizeof *c);
  if (!c) return -1;
  size_t entries = split_squeeze(text, 0, (size_t)n, split_wrap_width(text, (size_t)n), c, cap, &taken);
  struct split_walk walk;
  split_walk_init(&walk, c, entries);
  int64_t k = 0;
  while (k < room && split_walk_next(&walk)) {
    at[k] = walk.place < entries ? (int32_t)c[walk.place].at : (int32_t)n;
    blank[k] = walk.place >= entries || c[walk.place].kind == SPLIT_PARAGRAPH ? 2 : split_at_blank(&walk);
    split_features(&walk, features + k * SPLIT_FEATURES);
    k++;
  }
  free(c);
  return k;
}
