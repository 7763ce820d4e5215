/* lang_encode.c: from words to vectors: sums of table rows, then layers of neighbour mixing, one matrix and a gated recurrence
 *
 *     u = W (x + before * m0 + after * m1)      z = logistic(u[0 .. 2w)), c = tanh(u[2w .. 4w))
 *     h[t] = h[t-1] + z[t] * (c[t] - h[t-1])     the first w columns from left to right, the others from right to left
 *
 * ("minimal gated unit": Feng et al., Were RNNs All We Needed?, 2024: the gates do not see h, so that the matrix runs over all words at once). */
#include "lang/lang_run.h"

static void add_row(const struct lang *lang, const struct rows *rows, uint32_t at, uint32_t n, float *to)
{
  lang->model->kernels.add_row(rows->at + (size_t)at * n, rows->scale[at], n, to);
}

static void embed(struct lang *lang, const struct token *tokens, uint32_t n)
{
  const struct model *m = lang->model;
  for (uint32_t t = 0; t < n; t++) {
    float *x = lang->x + (size_t)t * m->embed;
    bool open = t > lang->begin[t] && !tokens[t - 1].space_after, shut = !tokens[t].space_after;
    struct word_rows rows;
    word_features(&m->vocab, lang->seen[t], &rows);
    memcpy(x, m->glue + (size_t)(open + 2 * shut) * m->embed, m->embed * sizeof *x);
    add_row(lang, &m->word, rows.word, m->embed, x);
    for (uint32_t k = 0; k < WORD_EDGES; k++) add_row(lang, &m->edges[k], rows.edge[k], m->embed, x);
  }
}

static void mix(struct lang *lang, const float *weights, uint32_t n, uint32_t d)
{
  for (uint32_t t = 0; t < n; t++) {
    const float *x = lang->x + (size_t)t * d;
    float *to = lang->mixed + (size_t)t * d;
    memcpy(to, x, d * sizeof *to);
    if (t > lang->begin[t])
      for (uint32_t i = 0; i < d; i++) to[i] += x[(ptrdiff_t)i - (ptrdiff_t)d] * weights[i];
    if (t + 1 < lang->end[t])
      for (uint32_t i = 0; i < d; i++) to[i] += x[i + d] * weights[d + i];
  }
}

static void step(const float *gates, const float *before, uint32_t w, uint32_t half, float *h)
{
  const float *z = gates, *c = gates + half;
  if (before)
    for (uint32_t i = 0; i < w; i++) h[i] = before[i] + z[i] * (c[i] - before[i]);
  else
    for (uint32_t i = 0; i < w; i++) h[i] = z[i] * c[i];
}

static void recur(struct lang *lang, uint32_t n, uint32_t w, float *h)
{
  uint32_t d = 2 * w;
  for (uint32_t t = 0; t < n; t++) {
    float *at = h + (size_t)t * d;
    step(lang->gates + (size_t)t * 2 * d, t > lang->begin[t] ? at - d : NULL, w, d, at);
  }
  for (uint32_t t = n; t-- > 0;) {
    float *at = h + (size_t)t * d + w;
    step(lang->gates + (size_t)t * 2 * d + w, t + 1 < lang->end[t] ? at + d : NULL, w, d, at);
  }
}

static void quantise_all(const struct lang *lang, const float *in, uint32_t n, uint32_t d, int8_t *to, float *scale)
{
  for (uint32_t t = 0; t < n; t++) scale[t] = lang->model->kernels.quantise(in + (size_t)t * d, d, to + (size_t)t * d);
}

void lang_encode(struct lang *lang, const struct token *tokens, uint32_t n)
{
  const struct model *m = lang->model;
  uint32_t d = m->embed, out = 2 * m->width;
  embed(lang, tokens, n);
  for (uint32_t k = 0; k < m->layers; k++) {
    mix(lang, m->mix[k], n, d);
    quantise_all(lang, lang->mixed, n, d, lang->bytes, lang->scale);
    lang_product(lang, &m->layer[k], lang->bytes, lang->scale, n, lang->gates);
    for (uint32_t t = 0; t < n; t++) lang->model->kernels.gates(lang->gates + (size_t)t * 2 * out, out);
    if (d == out) {
      recur(lang, n, m->width, lang->mixed);
      for (size_t i = 0; i < (size_t)n * out; i++) lang->x[i] += lang->mixed[i];
    } else recur(lang, n, m->width, lang->x);
    d = out;
  }
  quantise_all(lang, lang->x, n, d, lang->bytes, lang->scale);
  lang_product(lang, &m->top, lang->bytes, lang->scale, n, lang->tops);
}
