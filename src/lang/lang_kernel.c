/* lang_kernel.c: see the header for the layout of a matrix.
 *
 * The wide forms take 16 rows and up to 8 tokens at a time: for each group of 4 columns one load brings the weights of 16 rows, one
 * broadcast a token's four values, one dot product adds to 16 sums.  VNNI multiplies unsigned by signed bytes: the values are lifted by 128, and
 * 128 times the row's sum is taken off again.  AVX2 uses |value| and the weight with the value's sign: two products of at most 127 * 127
 * fit into 16 bits, so nothing saturates. */
#include "lang/lang_kernel.h"
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define KERNEL_X86 1
#endif

typedef float v8 __attribute__((vector_size(32)));
typedef int32_t v8i __attribute__((vector_size(32)));

static void product_portable(const struct matrix *m, const int8_t *in, const float *in_scale, size_t tokens, float *to)
{
  for (size_t t = 0; t < tokens; t++) {
    const int8_t *x = in + t * m->cols, *w = m->weights;
    for (uint32_t r = 0; r < m->rows; r += KERNEL_ROWS) {
      int32_t sum[KERNEL_ROWS] = {0};
      for (uint32_t c = 0; c < m->cols; c += KERNEL_COLS, w += KERNEL_ROWS * KERNEL_COLS)
        for (int k = 0; k < KERNEL_ROWS; k++)
          sum[k] += x[c] * w[4 * k] + x[c + 1] * w[4 * k + 1] + x[c + 2] * w[4 * k + 2] + x[c + 3] * w[4 * k + 3];
      for (uint32_t k = 0; k < KERNEL_ROWS; k++)
        to[t * m->rows + r + k] = (float)sum[k] * (in_scale[t] * m->scale[r + k]) + m->bias[r + k];
    }
  }
}

#ifdef KERNEL_X86
static int32_t four(const int8_t *at)
{
  int32_t v;
  memcpy(&v, at, sizeof v);
  return v;
}

__attribute__((target("avx2"))) static void finish_avx2(__m256i sum, const struct matrix *m, uint32_t r, float in_scale, float *to)
{
  __m256 s = _mm256_mul_ps(_mm256_set1_ps(in_scale), _mm256_loadu_ps(m->scale + r));
  _mm256_storeu_ps(to, _mm256_add_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(sum), s), _mm256_loadu_ps(m->bias + r)));
}

__attribute__((target("avx2"))) static void block_avx2(const struct matrix *m, const int8_t *w, uint32_t r, const int8_t *in,
                                                       const float *in_scale, size_t tokens, float *to)
{
  const __m256i ones = _mm256_set1_epi16(1);
  __m256i low[4], high[4];
  for (size_t t = 0; t < 4; t++) low[t] = high[t] = _mm256_setzero_si256();
  for (uint32_t c = 0; c < m->cols; c += KERNEL_COLS, w += KERNEL_ROWS * KERNEL_COLS) {
    __m256i wl = _mm256_loadu_si256((const __m256i *)(const void *)w), wh = _mm256_loadu_si256((const __m256i *)(const void *)(w + 32));
    for (size_t t = 0; t < tokens; t++) {
      __m256i x = _mm256_set1_epi32(four(in + t * m->cols + c)), a = _mm256_abs_epi8(x);
      low[t] = _mm256_add_epi32(low[t], _mm256_madd_epi16(_mm256_maddubs_epi16(a, _mm256_sign_epi8(wl, x)), ones));
      high[t] = _mm256_add_epi32(high[t], _mm256_madd_epi16(_mm256_maddubs_epi16(a, _mm256_sign_epi8(wh, x)), ones));
    }
  }
  for (size_t t = 0; t < tokens; t++) {
    finish_avx2(low[t], m, r, in_scale[t], to + t * m->rows + r);
    finish_avx2(high[t], m, r + 8, in_scale[t], to + t * m->rows + r + 8);
  }
}

static void product_avx2(const struct matrix *m, const int8_t *in, const float *in_scale, size_t tokens, float *to)
{
  for (size_t t = 0; t < tokens; t += 4) {
    size_t now = tokens - t < 4 ? tokens - t : 4;
    for (uint32_t r = 0; r < m->rows; r += KERNEL_ROWS)
      block_avx2(m, m->weights + (size_t)r * m->cols, r, in + t * m->cols, in_scale + t, now, to + t * m->rows);
  }
}

#define VNNI "avx512f,avx512bw,avx512vl,avx512vnni"
#define VNNI_TOKENS 12

__attribute__((target(VNNI))) static inline __attribute__((always_inline)) void block_vnni(const struct matrix *m, const int8_t *w, uint32_t r,
                                                                                          const int8_t *in, const float *in_scale,
                                                                                          const size_t tokens, float *to)
{
  const __m512i lift = _mm512_set1_epi8((char)-128);
  __m512i sum[VNNI_TOKENS], rows = _mm512_setzero_si512();
  for (size_t t = 0; t < tokens; t++) sum[t] = _mm512_setzero_si512();
  for (uint32_t c = 0; c < m->cols; c += KERNEL_COLS, w += KERNEL_ROWS * KERNEL_COLS) {
    __m512i weights = _mm512_loadu_si512(w);
    rows = _mm512_dpbusd_epi32(rows, lift, weights);
    for (size_t t = 0; t < tokens; t++)
      sum[t] = _mm512_dpbusd_epi32(sum[t], _mm512_xor_si512(_mm512_set1_epi32(four(in + t * m->cols + c)), lift), weights);
  }
  for (size_t t = 0; t < tokens; t++) {
    __m512 s = _mm512_mul_ps(_mm512_set1_ps(in_scale[t]), _mm512_loadu_ps(m->scale + r));
    __m512 y = _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_sub_epi32(sum[t], rows)), s);
    _mm512_storeu_ps(to + t * m->rows + r, _mm512_add_ps(y, _mm512_loadu_ps(m->bias + r)));
  }
}

__attribute__((target(VNNI))) static void product_vnni(const struct matrix *m, const int8_t *in, const float *in_scale, size_t tokens, float *to)
{
  size_t t = 0;
  for (; t + VNNI_TOKENS <= tokens; t += VNNI_TOKENS)
    for (uint32_t r = 0; r < m->rows; r += KERNEL_ROWS)
      block_vnni(m, m->weights + (size_t)r * m->cols, r, in + t * m->cols, in_scale + t, VNNI_TOKENS, to + t * m->rows);
  for (; t < tokens; t++)
    for (uint32_t r = 0; r < m->rows; r += KERNEL_ROWS)
      block_vnni(m, m->weights + (size_t)r * m->cols, r, in + t * m->cols, in_scale + t, 1, to + t * m->rows);
}
#endif

/* The elementwise kernels are one body each, compiled for the baseline and for AVX2. */
#define BODY static inline __attribute__((always_inline))

BODY float quantise_body(const float *in, size_t n, int8_t *to)
{
  v8 most8 = {0};
  for (size_t i = 0; i < n; i += 8) {
    v8 v;
    memcpy(&v, in + i, sizeof v);
    v8i magnitude = (v8i)v & 0x7FFFFFFF, larger = (v8)magnitude > most8;
    most8 = (v8)((magnitude & larger) | ((v8i)most8 & ~larger));
  }
  float most = 0;
  for (int k = 0; k < 8; k++) most = most8[k] > most ? most8[k] : most;
  if (!(most > 1e-12f)) {
    memset(to, 0, n);
    return 0;
  }
  /* adding 1.5 * 2^23 leaves the nearest whole number, ties to even, in the low bits of the sum, on every IEEE machine */
  const float scale = most / 127.0f, up = 127.0f / most;
  for (size_t i = 0; i < n; i += 8) {
    v8 v;
    memcpy(&v, in + i, sizeof v);
    v8i whole = (v8i)(v * up + 12582912.0f);
    for (size_t k = 0; k < 8; k++) to[i + k] = (int8_t)whole[k];
  }
  return scale;
}

BODY void add_row_body(const int8_t *row, float scale, size_t n, float *to)
{
  for (size_t i = 0; i < n; i += 8) {
    v8 v, w;
    for (size_t k = 0; k < 8; k++) w[k] = (float)row[i + k];
    memcpy(&v, to + i, sizeof v);
    v += w * scale;
    memcpy(to + i, &v, sizeof v);
  }
}

void kernel_relu(const float *in, size_t n, float *to)
{
  for (size_t i = 0; i < n; i++) to[i] = in[i] > 0 ? in[i] : 0;
}

/* tanh by the rational function of degree 13/6 that Eigen uses: within 4e-7 of the true value on [-7.9, 7.9], 1 beyond. */
BODY void tanh8(float *at, float in, float out, float add)
{
  const float most = 7.90531110763549805f;
  v8 x;
  memcpy(&x, at, sizeof x);
  x *= in;
  const v8 top = most - (v8){0}, bottom = -top;
  v8i over = x > top, under = x < bottom;
  x = (v8)(((v8i)x & ~over & ~under) | ((v8i)top & over) | ((v8i)bottom & under));
  v8 q = x * x;
  v8 p = q * -2.76076847742355e-16f + 2.00018790482477e-13f;
  p = p * q + -8.60467152213735e-11f;
  p = p * q + 5.12229709037114e-08f;
  p = p * q + 1.48572235717979e-05f;
  p = p * q + 6.37261928875436e-04f;
  p = p * q + 4.89352455891786e-03f;
  v8 d = q * 1.19825839466702e-06f + 1.18534705686654e-04f;
  d = d * q + 2.26843463243900e-03f;
  d = d * q + 4.89352518554385e-03f;
  v8 y = x * p / d * out + add;
  memcpy(at, &y, sizeof y);
}

BODY void gates_body(float *u, size_t half)
{
  for (size_t i = 0; i < half; i += 8) tanh8(u + i, 0.5f, 0.5f, 0.5f); /* logistic(x) = (1 + tanh(x / 2)) / 2 */
  for (size_t i = half; i < 2 * half; i += 8) tanh8(u + i, 1.0f, 1.0f, 0.0f);
}

int32_t kernel_dot(const int8_t *a, const int8_t *b, size_t n)
{
  int32_t sum = 0;
  for (size_t i = 0; i < n; i++) sum += a[i] * b[i];
  return sum;
}

static float quantise_portable(const float *in, size_t n, int8_t *to) { return quantise_body(in, n, to); }
static void add_row_portable(const int8_t *row, float scale, size_t n, float *to) { add_row_body(row, scale, n, to); }
static void gates_portable(float *u, size_t half) { gates_body(u, half); }
#ifdef KERNEL_X86
__attribute__((target("avx2"))) static float quantise_avx2(const float *in, size_t n, int8_t *to) { return quantise_body(in, n, to); }
__attribute__((target("avx2"))) static void add_row_avx2(const int8_t *row, float scale, size_t n, float *to) { add_row_body(row, scale, n, to); }
__attribute__((target("avx2"))) static void gates_avx2(float *u, size_t half) { gates_body(u, half); }
#endif

bool kernels_at(enum kernel_level level, struct kernels *to)
{
  static const struct kernels all[KERNEL_LEVELS] = {
    [KERNEL_PORTABLE] = {KERNEL_PORTABLE, product_portable, quantise_portable, add_row_portable, gates_portable},
#ifdef KERNEL_X86
    [KERNEL_AVX2] = {KERNEL_AVX2, product_avx2, quantise_avx2, add_row_avx2, gates_avx2},
    [KERNEL_VNNI] = {KERNEL_VNNI, product_vnni, quantise_avx2, add_row_avx2, gates_avx2},
#endif
  };
  bool can = level == KERNEL_PORTABLE;
#ifdef KERNEL_X86
  if (level == KERNEL_AVX2) can = __builtin_cpu_supports("avx2");
  if (level == KERNEL_VNNI)
    can = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
          __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
#endif
  if (can) *to = all[level];
  return can;
}

struct kernels kernels_best(void)
{
  struct kernels k = {0};
  for (int level = KERNEL_LEVELS - 1; !kernels_at((enum kernel_level)level, &k);) level--;
  return k;
}
