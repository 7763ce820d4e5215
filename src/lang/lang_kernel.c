/* lang_kernel.c: see the header for the layout of a matrix.
 *
 * The wide forms take 16 rows and up to 12 tokens at a time: for each group of 4 columns one load brings the weights of 16 rows, one
 * broadcast a token's four values, one dot product adds to 16 sums.  VNNI multiplies unsigned by signed bytes: the weights are lifted by 128, and
 * 128 times the sum of the token's values is taken off again.  The 16 rows stay in the first cache while all tokens pass.  AVX2 uses |value| and
 * the weight with the value's sign: two products of at most 127 * 127 fit into 16 bits, so nothing saturates. */
#include "lang/lang_kernel.h"
#include "lang/lang_kernel_rows.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define KERNEL_X86 1
#endif

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
#define VNNI_CHUNK 240 /* tokens whose values stay in the second cache */

__attribute__((target(VNNI))) static inline __attribute__((always_inline)) void block_vnni(const struct matrix *m, uint32_t r, const int8_t *in,
                                                                                          const float *in_scale, const int32_t *lifted,
                                                                                          const size_t tokens, float *to)
{
  const __m512i lift = _mm512_set1_epi8((char)-128);
  const int8_t *w = m->weights + (size_t)r * m->cols;
  const __m512 scale = _mm512_loadu_ps(m->scale + r), bias = _mm512_loadu_ps(m->bias + r);
  __m512i sum[VNNI_TOKENS];
  for (size_t t = 0; t < tokens; t++) sum[t] = _mm512_set1_epi32(-lifted[t]);
  for (uint32_t c = 0; c < m->cols; c += KERNEL_COLS, w += KERNEL_ROWS * KERNEL_COLS) {
    __m512i weights = _mm512_xor_si512(_mm512_loadu_si512(w), lift);
    for (size_t t = 0; t < tokens; t++) sum[t] = _mm512_dpbusd_epi32(sum[t], weights, _mm512_set1_epi32(four(in + t * m->cols + c)));
  }
  for (size_t t = 0; t < tokens; t++) {
    __m512 y = _mm512_mul_ps(_mm512_cvtepi32_ps(sum[t]), _mm512_mul_ps(_mm512_set1_ps(in_scale[t]), scale));
    _mm512_storeu_ps(to + t * m->rows + r, _mm512_add_ps(y, bias));
  }
}

/* 128 times the sum of each token's values. */
__attribute__((target(VNNI))) static void lifts_vnni(const int8_t *in, size_t tokens, uint32_t cols, int32_t *to)
{
  const __m512i lift = _mm512_set1_epi8((char)-128);
  const __mmask64 rest = ((__mmask64)1 << cols % 64) - 1;
  for (size_t t = 0; t < tokens; t++, in += cols) {
    __m512i sum = _mm512_setzero_si512();
    uint32_t c = 0;
    for (; c + 64 <= cols; c += 64) sum = _mm512_dpbusd_epi32(sum, lift, _mm512_loadu_si512(in + c));
    if (rest) sum = _mm512_dpbusd_epi32(sum, lift, _mm512_maskz_loadu_epi8(rest, in + c));
    to[t] = _mm512_reduce_add_epi32(sum);
  }
}

__attribute__((target(VNNI))) static void product_vnni(const struct matrix *m, const int8_t *in, const float *in_scale, size_t tokens, float *to)
{
  int32_t lifted[VNNI_CHUNK];
  for (size_t from = 0; from < tokens; from += VNNI_CHUNK) {
    const size_t now = tokens - from < VNNI_CHUNK ? tokens - from : VNNI_CHUNK;
    lifts_vnni(in + from * m->cols, now, m->cols, lifted);
    for (uint32_t r = 0; r < m->rows; r += KERNEL_ROWS) {
      const int8_t *x = in + from * m->cols;
      const float *x_scale = in_scale + from;
      const int32_t *lift = lifted;
      float *y = to + from * m->rows;
      size_t left = now;
      for (; left >= VNNI_TOKENS; left -= VNNI_TOKENS) {
        block_vnni(m, r, x, x_scale, lift, VNNI_TOKENS, y);
        x += VNNI_TOKENS * m->cols;
        x_scale += VNNI_TOKENS;
        lift += VNNI_TOKENS;
        y += VNNI_TOKENS * m->rows;
      }
      switch (left) { /* each count compiled for itself, so that its sums stay in registers */
#define VNNI_REST(n) \
  case n: block_vnni(m, r, x, x_scale, lift, n, y); break;
        VNNI_REST(1) VNNI_REST(2) VNNI_REST(3) VNNI_REST(4) VNNI_REST(5) VNNI_REST(6) VNNI_REST(7) VNNI_REST(8) VNNI_REST(9) VNNI_REST(10)
        VNNI_REST(11)
#undef VNNI_REST
      }
    }
  }
}
#endif

void kernel_relu(const float *in, size_t n, float *to)
{
  for (size_t i = 0; i < n; i++) to[i] = in[i] > 0 ? in[i] : 0;
}

int32_t kernel_dot(const int8_t *a, const int8_t *b, size_t n)
{
  int32_t sum = 0;
  for (size_t i = 0; i < n; i++) sum += a[i] * b[i];
  return sum;
}

/* The elementwise kernels are one body each, compiled for each level. */
#define ROW_KERNELS(level, target)                                                                                               \
  target static void add_row_##level(const int8_t *row, float scale, size_t n, float *to) { add_row_body(row, scale, n, to); }    \
  target static void gates_##level(float *u, size_t half) { gates_body(u, half); }
static float quantise_portable(const float *in, size_t n, int8_t *to) { return quantise_body(in, n, to); }
ROW_KERNELS(portable, )
#ifdef KERNEL_X86
__attribute__((target("avx2"))) static float quantise_avx2(const float *in, size_t n, int8_t *to) { return quantise_body(in, n, to); }

/* quantise_body by hand: compilers make sixteen single steps of the last one, which brings 32 bits down to 8. */
__attribute__((target(VNNI))) static float quantise_vnni(const float *in, size_t n, int8_t *to)
{
  __m512 most16 = _mm512_setzero_ps();
  for (size_t i = 0; i < n; i += ROW_LANES) most16 = _mm512_max_ps(_mm512_abs_ps(_mm512_loadu_ps(in + i)), most16);
  v16 lanes;
  _mm512_storeu_ps(&lanes, most16);
  const float most = row_max(&lanes);
  if (!(most > 1e-12f)) {
    memset(to, 0, n);
    return 0;
  }
  const __m512 up = _mm512_set1_ps(127.0f / most), magic = _mm512_set1_ps(12582912.0f);
  for (size_t i = 0; i < n; i += ROW_LANES) {
    const __m512 whole = _mm512_add_ps(_mm512_mul_ps(_mm512_loadu_ps(in + i), up), magic);
    _mm_storeu_si128((__m128i *)(void *)(to + i), _mm512_cvtepi32_epi8(_mm512_castps_si512(whole)));
  }
  return most / 127.0f;
}
ROW_KERNELS(avx2, __attribute__((target("avx2"))))
ROW_KERNELS(vnni, __attribute__((target(VNNI))))
#endif

bool kernels_at(enum kernel_level level, struct kernels *to)
{
  static const struct kernels all[KERNEL_LEVELS] = {
    [KERNEL_PORTABLE] = {.level = KERNEL_PORTABLE, .product = product_portable, .quantise = quantise_portable, .add_row = add_row_portable,
                         .gates = gates_portable},
#ifdef KERNEL_X86
    [KERNEL_AVX2] = {.level = KERNEL_AVX2, .product = product_avx2, .quantise = quantise_avx2, .add_row = add_row_avx2, .gates = gates_avx2},
    [KERNEL_VNNI] = {.level = KERNEL_VNNI, .product = product_vnni, .quantise = quantise_vnni, .add_row = add_row_vnni, .gates = gates_vnni},
#endif
  };
  bool can = level == KERNEL_PORTABLE;
#ifdef KERNEL_X86
  if (level == KERNEL_AVX2) can = __builtin_cpu_supports("avx2");
  if (level == KERNEL_VNNI)
    can = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
          __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
#endif
  if (can) {
    *to = all[level];
    kernels_encoder(to);
  }
  return can;
}

struct kernels kernels_best(void)
{
  struct kernels k = {0};
  for (int level = KERNEL_LEVELS - 1; !kernels_at((enum kernel_level)level, &k);) level--;
  return k;
}
