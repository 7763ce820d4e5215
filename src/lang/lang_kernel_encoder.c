/* lang_kernel_encoder.c: what a transformer needs beside matrices; one body each, compiled for each level of processor.
 *
 * Attention takes sixteen words at a time, one a lane (their queries stand column by column): scores, the largest of them, weights and their sums then
 * never cross lanes.  Words are few and heads narrow, so that all of it stays in registers and the first cache. */
#include "lang/lang_kernel.h"
#include "lang/lang_kernel_rows.h"

#define TOGETHER 4

/* x times its gate (1 + tanh(0.7979 (x + 0.0447 x^3))) / 2.  The gate less a half is odd: x times a polynomial in x^2, fitted (Lawson's weighting, so that
 * the largest error of x times the gate is least) on [-4, 4] and bound to a half at its ends, beyond which it stays.  Within 1e-4 of the true value, a
 * hundredth of what 8 bits leave of the rows that follow; a division, as the tanh of the gates has, would double the time. */
BODY void gelu_body(float *x, size_t n)
{
  const v16 top = 4.0f - (v16){0}, bottom = -top;
  for (size_t i = 0; i < n; i += ROW_LANES) {
    v16 v, c;
    row_load(x + i, &v);
    v16i over = v > top, under = v < bottom;
    row_choose(&over, &top, &v, &c);
    row_choose(&under, &bottom, &c, &c);
    const v16 q = c * c;
    v16 p = q * -1.13992015826625e-09f + 9.582446125477873e-08f;
    p = p * q + -3.4971685636264738e-06f;
    p = p * q + 7.35546273062937e-05f;
    p = p * q + -1.003277488052845e-03f;
    p = p * q + 9.509827010333538e-03f;
    p = p * q + -6.585455685853958e-02f;
    p = p * q + 3.9848023653030396e-01f;
    v = v * (c * p + 0.5f);
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

/* Scores of sixteen queries, one a lane, with all keys, and the largest of each lane. */
BODY void scores_body(const struct attention *a, v16 *most)
{
  *most = -1e30f - (v16){0};
  for (uint32_t u = 0; u < a->rows; u += TOGETHER) {
    const float *key[TOGETHER];
    v16 sum[TOGETHER] = {{0}};
    for (uint32_t i = 0; i < TOGETHER; i++) key[i] = a->qkv + (size_t)(u + i < a->rows ? u + i : u) * a->stride + a->gap;
    for (uint32_t d = 0; d < a->size; d++) {
      v16 query;
      row_load(a->queries + (size_t)d * ROW_LANES, &query);
      for (int i = 0; i < TOGETHER; i++) sum[i] += query * key[i][d];
    }
    for (uint32_t i = 0; i < TOGETHER; i++) { /* beyond the rows stands the score of row u again, which nothing reads */
      v16i larger = sum[i] > *most;
      row_choose(&larger, &sum[i], most, most);
      row_store(a->scores + (size_t)(u + i) * ROW_LANES, &sum[i]);
    }
  }
}

/* Scores to weights, whose sum is `total`. */
BODY void weights_body(const struct attention *a, const v16 *most, v16 *total)
{
  *total = (v16){0};
  for (uint32_t u = 0; u < a->rows; u++) {
    v16 v;
    row_load(a->scores + (size_t)u * ROW_LANES, &v);
    v = (v - *most) * a->factor;
    row_exp(&v);
    *total += v;
    row_store(a->scores + (size_t)u * ROW_LANES, &v);
  }
}

/* Weighted values of `count` queries from lane `from` on, for 16 columns; the other lanes of the four are not written. */
BODY void values_body(const struct attention *a, uint32_t from, uint32_t count, const float *shares, float *to)
{
  for (uint32_t d = 0; d < a->size; d += ROW_LANES) {
    v16 sum[TOGETHER] = {{0}};
    const float *value = a->qkv + 2 * a->gap + d, *weight = a->scores + from;
    for (uint32_t u = 0; u < a->rows; u++, value += a->stride, weight += ROW_LANES) {
      v16 v;
      row_load(value, &v);
      for (int i = 0; i < TOGETHER; i++) sum[i] += v * weight[i];
    }
    for (uint32_t i = 0; i < count; i++) {
      sum[i] *= shares[from + i];
      row_store(to + (size_t)i * a->to_stride + d, &sum[i]);
    }
  }
}

BODY void attend_body(const struct attention *a)
{
  for (uint32_t t = 0; t < a->rows; t += ROW_LANES) {
    const uint32_t count = a->rows - t < ROW_LANES ? a->rows - t : ROW_LANES;
    for (uint32_t i = 0; i < ROW_LANES; i++) {
      const float *query = a->qkv + (size_t)(t + (i < count ? i : 0)) * a->stride;
      for (uint32_t d = 0; d < a->size; d++) a->queries[(size_t)d * ROW_LANES + i] = query[d];
    }
    v16 most, total;
    float shares[ROW_LANES];
    scores_body(a, &most);
    weights_body(a, &most, &total);
    total = 1.0f / total;
    row_store(shares, &total);
    for (uint32_t i = 0; i < count; i += TOGETHER)
      values_body(a, i, count - i < TOGETHER ? count - i : TOGETHER, shares, a->to + (size_t)(t + i) * a->to_stride);
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
