/* lang_tree.c: from arc scores to the best tree with one root.
 *
 * Nearly always the best head of each word gives a tree, and that is it.  Else Chu-Liu-Edmonds: take the best head of each node; contract a
 * cycle to one node, whose arcs carry what leaving the cycle costs; repeat; unfold.  Here in the form that keeps, for each pair of live
 * nodes, the best arc between their words, so that a contraction is one pass over two rows and columns: O(n^2) each, at most n of them.
 * One root: all arcs from the root are lowered by more than any tree can win, so a second one is never worth it. */
#include "lang/lang_run.h"

#define ROOT_COST 1e5f
#define NO_ARC (-1e9f)

static bool is_tree(const int32_t *heads, uint32_t n)
{
  uint8_t seen[SENTENCE_MOST];
  uint32_t roots = 0;
  memset(seen, 0, n);
  for (uint32_t d = 0; d < n; d++) roots += heads[d] < 0;
  if (roots != 1) return false;
  for (uint32_t d = 0; d < n; d++) { /* 1: on the way, 2: leads to the root */
    uint32_t t = d;
    while (seen[t] == 0 && heads[t] >= 0) {
      seen[t] = 1;
      t = (uint32_t)heads[t];
    }
    if (seen[t] == 1 && heads[t] >= 0) return false;
    for (uint32_t u = d; seen[u] != 2;) {
      seen[u] = 2;
      if (heads[u] < 0) break;
      u = (uint32_t)heads[u];
    }
  }
  return true;
}

/* State of the contraction: node 0 is the root, node i + 1 word i; a contracted node takes the number of a member. */
struct contraction_state {
  struct tree_scratch *s;
  uint32_t n; /* nodes */
  int32_t best[SENTENCE_MOST + 1];
  bool alive[SENTENCE_MOST + 1];
};

static int32_t best_head(const struct contraction_state *c, uint32_t d)
{
  int32_t best = -1;
  for (uint32_t h = 0; h < c->n; h++)
    if (h != d && c->alive[h] && (best < 0 || c->s->score[d][h] > c->s->score[d][best])) best = (int32_t)h;
  return best;
}

/* A node on a cycle of best heads, or -1. */
static int32_t find_cycle(const struct contraction_state *c)
{
  uint32_t mark[SENTENCE_MOST + 1] = {0};
  for (uint32_t d = 1; d < c->n; d++) {
    if (!c->alive[d]) continue;
    uint32_t t = d;
    while (t != 0 && mark[t] == 0) {
      mark[t] = d;
      t = (uint32_t)c->best[t];
    }
    if (t != 0 && mark[t] == d) return (int32_t)t;
  }
  return -1;
}

/* Folds the cycle through `start` into one node. */
static void fold(struct contraction_state *c, uint32_t start, uint32_t *members, uint32_t *count)
{
  bool inside[SENTENCE_MOST + 1] = {false};
  struct tree_scratch *s = c->s;
  *count = 0;
  for (uint32_t t = start; !inside[t]; t = (uint32_t)c->best[t]) {
    inside[t] = true;
    members[(*count)++] = t;
  }
  for (uint32_t h = 0; h < c->n; h++) {
    if (!c->alive[h] || inside[h]) continue;
    /* into the cycle: the member whose own arc is best given up */
    float in = NO_ARC * 2;
    int32_t in_head = 0, in_child = 0;
    /* out of it: the member that is the best head */
    float out = NO_ARC * 2;
    int32_t out_head = 0, out_child = 0;
    for (uint32_t k = 0; k < *count; k++) {
      uint32_t m = members[k];
      float v = s->score[m][h] - s->score[m][c->best[m]];
      if (v > in) in = v, in_head = s->head_word[m][h], in_child = s->child_word[m][h];
      if (h != 0 && s->score[h][m] > out) out = s->score[h][m], out_head = s->head_word[h][m], out_child = s->child_word[h][m];
    }
    s->score[start][h] = in;
    s->head_word[start][h] = in_head;
    s->child_word[start][h] = in_child;
    if (h != 0) {
      s->score[h][start] = out;
      s->head_word[h][start] = out_head;
      s->child_word[h][start] = out_child;
    }
  }
  for (uint32_t k = 0; k < *count; k++) c->alive[members[k]] = members[k] == start;
}

/* One contraction, to be unfolded: its members with the arc that each had in the cycle, told by words. */
struct folded {
  uint32_t first, count; /* in members */
};

struct member {
  uint32_t node;
  int32_t head, child; /* words, 0 = root */
};

/* Gives each member of the fold its own arc back, but for the one that the arc from outside enters. */
static void unfold(const struct folded *f, const struct member *members, const uint8_t *owner, uint32_t n, bool *set, int32_t *heads)
{
  uint32_t entered = 0;
  for (uint32_t w = 1; w <= n; w++)
    for (uint32_t i = f->first; set[w] && i < f->first + f->count; i++)
      if (owner[w] == members[i].node) entered = members[i].node;
  for (uint32_t i = f->first; i < f->first + f->count; i++) {
    if (members[i].node == entered) continue;
    set[members[i].child] = true;
    heads[members[i].child - 1] = members[i].head - 1;
  }
}

static void edmonds(const float *scores, uint32_t n, struct tree_scratch *s, int32_t *heads)
{
  struct contraction_state c = {.s = s, .n = n + 1};
  struct member members[2 * (SENTENCE_MOST + 1)]; /* each fold takes away count - 1 nodes, count >= 2: at most 2 n members */
  struct folded folds[SENTENCE_MOST + 1];
  uint8_t owner[SENTENCE_MOST + 1];
  uint32_t used = 0, n_folds = 0, cycle[SENTENCE_MOST + 1];
  bool set[SENTENCE_MOST + 1] = {false};
  for (uint32_t d = 0; d <= n; d++) {
    c.alive[d] = true;
    owner[d] = (uint8_t)d;
    for (uint32_t h = 0; d > 0 && h <= n; h++) {
      s->score[d][h] = h == d ? NO_ARC : scores[(size_t)(d - 1) * (n + 1) + h] - (h == 0 ? ROOT_COST : 0);
      s->head_word[d][h] = (int32_t)h;
      s->child_word[d][h] = (int32_t)d;
    }
  }
  for (uint32_t d = 1; d <= n; d++) c.best[d] = best_head(&c, d);
  for (int32_t start; (start = find_cycle(&c)) >= 0;) {
    struct folded *f = &folds[n_folds];
    *f = (struct folded){used, 0};
    memcpy(s->owner[n_folds++], owner, sizeof owner);
    fold(&c, (uint32_t)start, cycle, &f->count);
    for (uint32_t k = 0; k < f->count; k++) { /* fold wrote only arcs from and to outside, so the cycle's own still stand */
      uint32_t m = cycle[k], h = (uint32_t)c.best[m];
      members[used++] = (struct member){m, s->head_word[m][h], s->child_word[m][h]};
      for (uint32_t w = 1; w <= n; w++)
        if (owner[w] == m) owner[w] = (uint8_t)start;
    }
    for (uint32_t d = 1; d < c.n; d++)
      if (c.alive[d]) c.best[d] = best_head(&c, d);
  }
  for (uint32_t d = 1; d < c.n; d++) {
    if (!c.alive[d]) continue;
    int32_t child = s->child_word[d][c.best[d]];
    set[child] = true;
    heads[child - 1] = s->head_word[d][c.best[d]] - 1;
  }
  while (n_folds-- > 0) unfold(&folds[n_folds], members, s->owner[n_folds], n, set, heads);
}

void tree_best(const float *scores, uint32_t n, struct tree_scratch *scratch, int32_t *heads)
{
  for (uint32_t d = 0; d < n; d++) {
    const float *row = scores + (size_t)d * (n + 1);
    uint32_t best = 0;
    for (uint32_t h = 1; h <= n; h++)
      if (h != d + 1 && row[h] > row[best]) best = h;
    heads[d] = (int32_t)best - 1;
  }
  if (!is_tree(heads, n)) edmonds(scores, n, scratch, heads);
}

void lang_tree(struct lang *lang, uint32_t first, uint32_t n)
{
  const struct model *m = lang->model;
  const float *distance = m->distance + ARC_DISTANCE;
  int8_t root[1024];
  float root_scale = lang->model->kernels.quantise(m->root_arc, m->arc, root);
  for (uint32_t d = 0; d < n; d++) {
    const int8_t *dep = lang->dep + (size_t)(first + d) * m->arc;
    float scale = lang->dep_scale[first + d], *row = lang->arcs + (size_t)d * (n + 1);
    row[0] = (float)kernel_dot(dep, root, m->arc) * (scale * root_scale);
    for (uint32_t h = 0; h < n; h++) {
      int32_t off = (int32_t)h - (int32_t)d;
      off = off > ARC_DISTANCE ? ARC_DISTANCE : off < -ARC_DISTANCE ? -ARC_DISTANCE : off;
      row[h + 1] = (float)kernel_dot(dep, lang->head + (size_t)(first + h) * m->arc, m->arc) * (scale * lang->head_scale[first + h]) + distance[off];
    }
  }
  tree_best(lang->arcs, n, lang->tree, lang->heads);
}
