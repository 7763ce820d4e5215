/* lang_kernel_encoder.c: what a transformer needs beside matrices; one body each, compiled for each level of processor.
 *
 * Attention takes four words at a time: their scores with sixteen keys are summed over the columns of the head (keys stand column by column,
 * so that no sum crosses lanes), then their weighted values over the words.  Words are few and heads narrow, so that all of it stays in
 * registers and the first cache. */
#include "lang/lang_kernel.h"
#include "lang/lang_kernel_rows.h"

#define QUERIES 4

BODY void gelu_body(float *x, size_t n)
{
  for (size_t i = 0; i < n; i += ROW_LANES) {
    v16 v, t;
    row_load(x + i, &v);
    t = (v * v * v * 0.044715f + v) * 0.797884560802865f;
    row_tanh(&t);
    v = v * (t * 0.5f + 0.5f);
    row_store(x + i, &v);
  }
}

BODY void add_norm_body(float *x, const float *y, const float *weight, const float *bias, size_t n)
{
  v16 sum = {0}, squares = {0}, v, w;
  for (size_t i = 0; i < n; i += ROW_LANES) {
    row_load(x + i, &v);
    if (y) {
      row_load(y + i, &w);
      v += w;
      row_store(x + i, &v);
    }
    sum += v;
  }
  const float mean = row_sum(&sum) / (float)n;
  for (size_t i = 0; i < n; i += ROW_LANES) {
    row_load(x + i, &v);
    v -= mean;
    squares += v * v;
  }
  const float variance = row_sum(&squares) / (float)n;
  const float up = variance > 0 ? 1.0f / __builtin_sqrtf(variance) : 0;
  for (size_t i = 0; i < n; i += ROW_LANES) {
    v16 b;
    row_load(x + i, &v);
    row_load(weight + i, &w);
    row_load(bias + i, &b);
    v = (v - mean) * up * w + b;
    row_store(x + i, &v);
  }
}

/* Scores to weights that sum to `total`; what stands beyond the rows weighs nothing. */
BODY void softmax_body(float *s, uint32_t rows, uint32_t padded, float factor, float *total)
{
  v16 most = -1e30f - (v16){0}, sum = {0}, v;
  for (uint32_t k = rows; k < padded; k++) s[k] = -1e30f;
  for (uint32_t k = 0; k < padded; k += ROW_LANES) {
    row_load(s + k, &v);
    v16i larger = v > most;
    row_choose(&larger, &v, &most, &most);
  }
  const float top = row_max(&most);
  for (uint32_t k = 0; k < padded; k += ROW_LANES) {
    row_load(s + k, &v);
    v = (v - top) * factor;
    row_exp(&v);
    row_store(s + k, &v);
  }
  for (uint32_t k = rows; k < padded; k++) s[k] = 0;
  for (uint32_t k = 0; k < padded; k += ROW_LANES) {
    row_load(s + k, &v);
    sum += v;
  }
  *total = row_sum(&sum);
}

/* Scores of four rows of queries with all keys. */
BODY void scores_body(const struct attention *a, const float *const q[QUERIES], uint32_t padded)
{
  for (uint32_t k = 0; k < padded; k += ROW_LANES) {
    v16 sum[QUERIES] = {{0}};
    for (uint32_t d = 0; d < a->size; d++) {
      v16 key;
      row_load(a->keys + (size_t)d * padded + k, &key);
      for (int i = 0; i < QUERIES; i++) sum[i] += key * q[i][d];
    }
    for (int i = 0; i < QUERIES; i++) row_store(a->scores + (size_t)i * padded + k, &sum[i]);
  }
}

BODY void values_body(const struct attention *a, uint32_t from, uint32_t count, uint32_t padded, const float total[QUERIES])
{
  for (uint32_t d = 0; d < a->size; d += ROW_LANES) {
    v16 sum[QUERIES] = {{0}};
    const float *value = a->qkv + 2 * a->gap + d;
    for (uint32_t u = 0; u < a->rows; u++, value += a->stride) {
      v16 v;
      row_load(value, &v);
      for (int i = 0; i < QUERIES; i++) sum[i] += v * a->scores[(size_t)i * padded + u];
    }
    for (uint32_t i = 0; i < count; i++) {
      sum[i] /= total[i];
      row_store(a->to + (size_t)(from + i) * a->to_stride + d, &sum[i]);
    }
  }
}

BODY void attend_body(const struct attention *a)
{
  const uint32_t padded = (a->rows + ROW_LANES - 1) / ROW_LANES * ROW_LANES;
  for (uint32_t u = 0; u < a->rows; u++) {
    const float *key = a->qkv + (size_t)u * a->stride + a->gap;
    for (uint32_t d = 0; d < a->size; d++) a->keys[(size_t)d * padded + u] = key[d];
  }
  for (uint32_t d = 0; d < a->size; d++)
    for (uint32_t u = a->rows; u < padded; u++) a->keys[(size_t)d * padded + u] = 0;
  for (uint32_t t = 0; t < a->rows; t += QUERIES) {
    const uint32_t count = a->rows - t < QUERIES ? a->rows - t : QUERIES;
    const float *q[QUERIES];
    float total[QUERIES];
    for (uint32_t i = 0; i < QUERIES; i++) q[i] = a->qkv + (size_t)(t + (i < count ? i : 0)) * a->stride;
    scores_body(a, q, padded);
    for (uint32_t i = 0; i < QUERIES; i++) softmax_body(a->scores + (size_t)i * padded, a->rows, padded, a->factor, &total[i]);
    values_body(a, t, count, padded, total);
  }
}

#define ENCODER_KERNELS(level, target)                                                                                            \
  target static void gelu_##level(float *x, size_t n) { gelu_body(x, n); }                                                        \
  target static void add_norm_##level(float *x, const float *y, const float *w, const float *b, size_t n) { add_norm_body(x, y, w, b, n); } \
  target static void attend_##level(const struct attention *a) { attend_body(a); }
ENCODER_KERNELS(portable, )
#if defined(__x86_64__)
ENCODER_KERNELS(avx2, __attribute__((target("avx2"))))
ENCODER_KERNELS(wide, __attribute__((target("avx512f,avx512bw,avx512vl"))))
#endif

void kernels_encoder(struct kernels *k)
{
  k->gelu = gelu_portable;
  k->add_norm = add_norm_portable;
  k->attend = attend_portable;
#if defined(__x86_64__)
  if (k->level == KERNEL_AVX2) {
    k->gelu = gelu_avx2;
    k->add_norm = add_norm_avx2;
    k->attend = attend_avx2;
  } else if (k->level == KERNEL_VNNI) {
    k->gelu = gelu_wide;
    k->add_norm = add_norm_wide;
    k->attend = attend_wide;
  }
#endif
}
