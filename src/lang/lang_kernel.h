/* lang_kernel.h: the arithmetic of the language engine: 8-bit matrices with integer accumulators, and the gates in between.
 *
 * Each kernel has a portable form and forms for wider registers (AVX2, AVX-512 with VNNI), chosen once when the model is opened; all give
 * the same bits.  Integer sums are exact in any order; the floating-point parts do each element by itself, without contraction and
 * without libm, so that a wider register changes nothing.  Stateless; any thread. */
#ifndef LANG_LANG_KERNEL_H
#define LANG_LANG_KERNEL_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KERNEL_ROWS 16 /* rows of a block */
#define KERNEL_COLS 4  /* columns of a group */
#define KERNEL_ALIGN 64
#define KERNEL_HEAD 64 /* largest head of attention */

/* An 8-bit matrix as it stands in the model file: rows in blocks of 16, columns in groups of 4; block by block, group by group, the four
 * bytes of each of the 16 rows.  rows is a multiple of 16 and cols of 4 (padded with zeros). */
struct matrix {
  const int8_t *weights;
  const float *scale; /* one a row */
  const float *bias;  /* one a row */
  uint32_t rows, cols;
};

enum kernel_level { KERNEL_PORTABLE, KERNEL_AVX2, KERNEL_VNNI, KERNEL_LEVELS };

/* to[t * rows + r] = (sum over c of in[t * cols + c] * weight[r][c]) * in_scale[t] * scale[r] + bias[r]; -127 <= in <= 127 */
typedef void kernel_product(const struct matrix *m, const int8_t *in, const float *in_scale, size_t tokens, float *to);

/* One head of attention over one sentence: to[t] = sum over u of softmax(query[t] . key[u] * factor) * value[u].
 * A row's query stands at qkv + row * stride, its key `gap` behind that, its value 2 * gap; results are `to_stride` apart. */
struct attention {
  const float *qkv;
  size_t stride, gap;
  float *to;
  size_t to_stride;
  uint32_t rows, size; /* of the sentence; of the head: a multiple of 16, at most KERNEL_HEAD */
  float factor;
  float *queries;      /* scratch: [size][16] */
  float *scores;       /* scratch: [rows rounded up to 4][16] */
};

struct kernels {
  enum kernel_level level;
  kernel_product *product;
  /* Rounds n floats (a multiple of 16) to 8 bits by their largest absolute value; returns the scale. */
  float (*quantise)(const float *in, size_t n, int8_t *to);
  /* to[i] += row[i] * scale; n a multiple of 16 */
  void (*add_row)(const int8_t *row, float scale, size_t n, float *to);
  /* In place: the first `half` values become their logistic function, the others their hyperbolic tangent; half is a multiple of 16. */
  void (*gates)(float *u, size_t half);
  /* In place: x (1 + tanh(0.7979 (x + 0.0447 x^3))) / 2 (Hendrycks and Gimpel 2016); n a multiple of 16 */
  void (*gelu)(float *x, size_t n);
  /* x = (x + y - mean) / deviation * weight + bias, over n numbers, a multiple of 16 (Ba et al. 2016); y may be NULL. */
  void (*add_norm)(float *x, const float *y, const float *weight, const float *bias, size_t n);
  void (*attend)(const struct attention *a);
};

/* Fills gelu, add_norm and attend for k->level (lang_kernel_encoder.c). */
void kernels_encoder(struct kernels *k);

/* The best that this processor can, or, for tests, a given level (false when the processor cannot). */
struct kernels kernels_best(void);
bool kernels_at(enum kernel_level level, struct kernels *to);

/* to[i] = max(in[i], 0) */
void kernel_relu(const float *in, size_t n, float *to);
int32_t kernel_dot(const int8_t *a, const int8_t *b, size_t n); /* n a multiple of 16 */

#endif
