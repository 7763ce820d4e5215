/* The best tree against all trees: on random scores no other tree with one root may be worth more. */
#include "lang/lang_run.h"
#include "tap.h"
#include <stdlib.h>

#define MOST 6

static uint32_t seed = 1;

static uint32_t draw(void)
{
  seed = seed * 1664525u + 1013904223u;
  return seed >> 8;
}

static bool one_tree(const int32_t *heads, uint32_t n)
{
  uint32_t roots = 0;
  for (uint32_t d = 0; d < n; d++) {
    roots += heads[d] < 0;
    int32_t t = (int32_t)d;
    for (uint32_t steps = 0; t >= 0; t = heads[t])
      if (++steps > n) return false;
  }
  return roots == 1;
}

static float worth(const float *scores, const int32_t *heads, uint32_t n)
{
  float sum = 0;
  for (uint32_t d = 0; d < n; d++) sum += scores[d * (n + 1) + (uint32_t)(heads[d] + 1)];
  return sum;
}

/* The most that a tree can be worth, by trying every choice of heads. */
static float most_worth(const float *scores, uint32_t n)
{
  int32_t heads[MOST];
  float best = -1e30f;
  uint64_t choices = 1;
  for (uint32_t d = 0; d < n; d++) choices *= n + 1;
  for (uint64_t c = 0; c < choices; c++) {
    uint64_t rest = c;
    bool self = false;
    for (uint32_t d = 0; d < n; d++, rest /= n + 1) {
      heads[d] = (int32_t)(rest % (n + 1)) - 1;
      self = self || heads[d] == (int32_t)d;
    }
    if (self || !one_tree(heads, n)) continue;
    float w = worth(scores, heads, n);
    if (w > best) best = w;
  }
  return best;
}

int main(void)
{
  struct tree_scratch *scratch = malloc(sizeof *scratch);
  if (!scratch) return 1;
  uint32_t trees = 0, best = 0, rounds = 400;
  for (uint32_t round = 0; round < rounds; round++) {
    uint32_t n = 1 + draw() % MOST;
    float scores[MOST * (MOST + 1)];
    int32_t heads[MOST];
    for (uint32_t i = 0; i < n * (n + 1); i++) scores[i] = (float)(draw() % 2000) / 100.0f - 10.0f;
    tree_best(scores, n, scratch, heads);
    bool tree = one_tree(heads, n);
    trees += tree;
    float gap = tree ? most_worth(scores, n) - worth(scores, heads, n) : 1;
    best += gap < 0.05f; /* the root's cost takes some digits of a float */
  }
  is_int(trees, rounds, "always a tree with one root");
  is_int(best, rounds, "and never a better one");

  /* the largest sentence, with scores that make one cycle of everything */
  static float wide[SENTENCE_MOST * (SENTENCE_MOST + 1)];
  static int32_t heads[SENTENCE_MOST];
  for (uint32_t d = 0; d < SENTENCE_MOST; d++)
    for (uint32_t h = 0; h <= SENTENCE_MOST; h++) wide[d * (SENTENCE_MOST + 1) + h] = h == (d + 1) % SENTENCE_MOST + 1 ? 5.0f : 0.0f;
  tree_best(wide, SENTENCE_MOST, scratch, heads);
  ok(one_tree(heads, SENTENCE_MOST), "a cycle through the largest sentence is opened at one place");
  free(scratch);
  return tap_end();
}
