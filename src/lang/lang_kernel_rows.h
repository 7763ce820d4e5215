/* lang_kernel_rows.h: the floating-point steps between the matrices, as bodies that lang_kernel.c and lang_kernel_encoder.c compile for each
 * level of processor.  Private to those two files.
 *
 * Sixteen numbers are taken at a time, whatever the width of the registers: the compiler makes one, two or four instructions of each step.
 * Elements never meet but in sums, and those have a fixed order (sixteen partial sums, then halves on halves), so that every level gives the
 * same bits.  No contraction (the build says -ffp-contract=off), no libm but the square root, which IEEE 754 rounds exactly. */
#ifndef LANG_LANG_KERNEL_ROWS_H
#define LANG_LANG_KERNEL_ROWS_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define ROW_LANES 16
#define BODY static inline __attribute__((always_inline))

typedef float v16 __attribute__((vector_size(64)));
typedef int32_t v16i __attribute__((vector_size(64)));
typedef int8_t v16b __attribute__((vector_size(16)));

BODY void row_load(const float *at, v16 *to) { memcpy(to, at, sizeof *to); }
BODY void row_store(float *at, const v16 *from) { memcpy(at, from, sizeof *from); }

/* *to = mask ? yes : no, lane by lane */
BODY void row_choose(const v16i *mask, const v16 *yes, const v16 *no, v16 *to)
{
  *to = (v16)(((v16i)*yes & *mask) | ((v16i)*no & ~*mask));
}

BODY float row_sum(const v16 *v)
{
  float s[ROW_LANES];
  memcpy(s, v, sizeof s);
  for (int half = ROW_LANES / 2; half > 0; half /= 2)
    for (int k = 0; k < half; k++) s[k] += s[k + half];
  return s[0];
}

BODY float row_max(const v16 *v)
{
  float s[ROW_LANES];
  memcpy(s, v, sizeof s);
  for (int half = ROW_LANES / 2; half > 0; half /= 2)
    for (int k = 0; k < half; k++) s[k] = s[k + half] > s[k] ? s[k + half] : s[k];
  return s[0];
}

/* tanh by the rational function of degree 13/6 that Eigen uses: within 4e-7 of the true value on [-7.9, 7.9], 1 beyond. */
BODY void row_tanh(v16 *at)
{
  const float most = 7.90531110763549805f;
  const v16 top = most - (v16){0}, bottom = -top;
  v16 x = *at;
  v16i over = x > top, under = x < bottom;
  row_choose(&over, &top, &x, &x);
  row_choose(&under, &bottom, &x, &x);
  v16 q = x * x;
  v16 p = q * -2.76076847742355e-16f + 2.00018790482477e-13f;
  p = p * q + -8.60467152213735e-11f;
  p = p * q + 5.12229709037114e-08f;
  p = p * q + 1.48572235717979e-05f;
  p = p * q + 6.37261928875436e-04f;
  p = p * q + 4.89352455891786e-03f;
  v16 d = q * 1.19825839466702e-06f + 1.18534705686654e-04f;
  d = d * q + 2.26843463243900e-03f;
  d = d * q + 4.89352518554385e-03f;
  *at = x * p / d;
}

/* e^x for x <= 0, relative error below 2e-7 down to -86, 0 to six digits beyond (Cephes: 2^n times a polynomial of degree 6). */
BODY void row_exp(v16 *at)
{
  const v16 bottom = -86.0f - (v16){0};
  v16 x = *at;
  v16i under = x < bottom;
  row_choose(&under, &bottom, &x, &x);
  /* adding 1.5 * 2^23 leaves the nearest whole number in the low bits of the sum */
  v16 whole = x * 1.44269504088896341f + 12582912.0f;
  v16i n = (v16i)whole - 0x4B400000;
  whole = whole - 12582912.0f;
  v16 r = x - whole * 0.693359375f + whole * 2.12194440e-4f;
  v16 p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  *at = (v16)((v16i)p + n * (1 << 23));
}

BODY float quantise_body(const float *in, size_t n, int8_t *to)
{
  v16 most16 = {0};
  for (size_t i = 0; i < n; i += ROW_LANES) {
    v16 v;
    row_load(in + i, &v);
    v16 magnitude = (v16)((v16i)v & 0x7FFFFFFF);
    v16i larger = magnitude > most16;
    row_choose(&larger, &magnitude, &most16, &most16);
  }
  const float most = row_max(&most16);
  if (!(most > 1e-12f)) {
    memset(to, 0, n);
    return 0;
  }
  /* adding 1.5 * 2^23 leaves the nearest whole number, ties to even, in the low bits of the sum, on every IEEE machine */
  const float scale = most / 127.0f, up = 127.0f / most;
  for (size_t i = 0; i < n; i += ROW_LANES) {
    v16 v;
    row_load(in + i, &v);
    v16b whole = __builtin_convertvector((v16i)(v * up + 12582912.0f), v16b);
    memcpy(to + i, &whole, sizeof whole);
  }
  return scale;
}

BODY void add_row_body(const int8_t *row, float scale, size_t n, float *to)
{
  for (size_t i = 0; i < n; i += ROW_LANES) {
    v16 v;
    v16b w;
    memcpy(&w, row + i, sizeof w);
    row_load(to + i, &v);
    v += __builtin_convertvector(w, v16) * scale;
    row_store(to + i, &v);
  }
}

BODY void gates_body(float *u, size_t half)
{
  for (size_t i = 0; i < 2 * half; i += ROW_LANES) {
    v16 v;
    row_load(u + i, &v);
    if (i < half) v = v * 0.5f; /* logistic(x) = (1 + tanh(x / 2)) / 2 */
    row_tanh(&v);
    if (i < half) v = v * 0.5f + 0.5f;
    row_store(u + i, &v);
  }
}

#endif
