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

struct kernels {
  enum kernel_level level;
  kernel_product *product;
  /* Rounds n floats (a multiple of 8) to 8 bits by their largest absolute value; returns the scale. */
  float (*quantise)(const float *in, size_t n, int8_t *to);
  /* to[i] += row[i] * scale; n a multiple of 8 */
  void (*add_row)(const int8_t *row, float scale, size_t n, float *to);
  /* In place: the first `half` values become their logistic function, the others their hyperbolic tangent; half is a multiple of 8. */
  void (*gates)(float *u, size_t half);
};

/* The best that this processor can, or, for tests, a given level (false when the processor cannot). */
struct kernels kernels_best(void);
bool kernels_at(enum kernel_level level, struct kernels *to);

/* to[i] = max(in[i], 0) */
void kernel_relu(const float *in, size_t n, float *to);
int32_t kernel_dot(const int8_t *a, const int8_t *b, size_t n); /* n a multiple of 16 */

#endif
