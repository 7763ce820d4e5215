/* Every kernel at every level this processor has gives the same bits as the portable one, and about what the mathematics says. */
#include "lang/lang_kernel.h"
#include "tap.h"
#include <math.h>
#include <stdlib.h>

static uint64_t seed = 0x9E3779B97F4A7C15u;
static uint32_t any(void)
{
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(seed >> 33);
}
static float some(float most) { return ((float)any() / 1073741824.0f - 1.0f) * most; }

/* Batches have up to 584 tokens, and kernels may take them in parts: around the ends of a part, and beyond. */
enum { ROWS = 80, COLS = 208, EACH = 31, TOKENS = 600 };
static const size_t long_batches[] = {64, 127, 239, 240, 241, 255, 300, 479, 480, 481, 511, 584, TOKENS};

static int8_t weights[ROWS * COLS], in[TOKENS * COLS];
static float scale[ROWS], bias[ROWS], in_scale[TOKENS], want[TOKENS * ROWS], got[TOKENS * ROWS];

static void products(const struct kernels *plain, const struct kernels *wide)
{
  struct matrix m = {weights, scale, bias, ROWS, COLS};
  bool same = true;
  for (int turn = 0; turn < 3; turn++) {
    for (size_t i = 0; i < sizeof weights; i++) weights[i] = (int8_t)(turn == 2 ? (any() & 1 ? 127 : -127) : (int)(any() % 255) - 127);
    for (size_t i = 0; i < sizeof in; i++) in[i] = (int8_t)(turn == 2 ? (any() & 1 ? 127 : -127) : (int)(any() % 255) - 127);
    for (size_t i = 0; i < ROWS; i++) scale[i] = some(0.01f), bias[i] = some(2);
    for (size_t i = 0; i < TOKENS; i++) in_scale[i] = some(0.1f);
    for (size_t k = 0; k <= EACH + sizeof long_batches / sizeof *long_batches; k++) {
      const size_t n = k <= EACH ? k : long_batches[k - EACH - 1];
      plain->product(&m, in, in_scale, n, want);
      wide->product(&m, in, in_scale, n, got);
      same = same && memcmp(want, got, n * ROWS * sizeof *got) == 0;
    }
  }
  ok(same, "matrix products, also with the largest numbers");
  int64_t sum = 0; /* row 17 of token 2, by the book */
  for (size_t c = 0; c < COLS; c++) sum += in[2 * COLS + c] * weights[(size_t)1 * 16 * COLS + c / 4 * 64 + (size_t)1 * 4 + c % 4];
  double exact = (double)sum * (double)in_scale[2] * (double)scale[17] + (double)bias[17];
  plain->product(&m, in, in_scale, TOKENS, want);
  ok(fabs((double)want[2 * ROWS + 17] - exact) < 1e-3 * (1 + fabs(exact)), "and what a matrix product is");
}

static void rounding(const struct kernels *plain, const struct kernels *wide)
{
  bool same = true, near = true;
  for (int turn = 0; turn < 500; turn++) {
    float x[208];
    int8_t a[208], b[208];
    const float most = turn % 7 == 0 ? 1e-20f : turn % 5 == 0 ? 1e6f : 3.0f;
    for (size_t i = 0; i < 208; i++) x[i] = turn == 1 ? 0 : turn % 11 == 0 ? (float)((int)(any() % 255) - 127) * 0.5f : some(most);
    float sa = plain->quantise(x, 208, a), sb = wide->quantise(x, 208, b);
    same = same && memcmp(&sa, &sb, sizeof sa) == 0 && memcmp(a, b, sizeof a) == 0;
    for (size_t i = 0; i < 208 && most > 1e-12f; i++) near = near && fabsf((float)a[i] * sa - x[i]) <= sa * 0.5001f;
    for (size_t i = 0; i < 208; i++) near = near && a[i] >= -127;
  }
  ok(same, "rounding to 8 bits");
  ok(near, "goes to the nearest of 255 steps, never to -128");
}

static void gates(const struct kernels *plain, const struct kernels *wide)
{
  bool same = true;
  double worst = 0;
  float a[64], b[64], x[64];
  for (int turn = 0; turn < 2000; turn++) {
    for (size_t i = 0; i < 64; i++) a[i] = b[i] = x[i] = turn == 0 ? (i & 1 ? 1e30f : -1e30f) : some(turn % 3 ? 12.0f : 0.01f);
    plain->gates(a, 32);
    wide->gates(b, 32);
    same = same && memcmp(a, b, sizeof a) == 0;
    for (size_t i = 0; i < 64; i++) {
      double right = i < 32 ? 1 / (1 + exp(-(double)x[i])) : tanh((double)x[i]);
      worst = fmax(worst, fabs((double)a[i] - right));
    }
  }
  ok(same, "gates");
  ok(worst < 2e-6, "are the logistic function and tanh to 2e-6");
  float row[48], row2[48];
  int8_t q[48];
  for (size_t i = 0; i < 48; i++) q[i] = (int8_t)((int)(any() % 255) - 127), row[i] = row2[i] = some(3);
  plain->add_row(q, 0.037f, 48, row);
  wide->add_row(q, 0.037f, 48, row2);
  ok(memcmp(row, row2, sizeof row) == 0, "adding a row");
}

enum { WIDE = 144 };

static void rows(const struct kernels *plain, const struct kernels *wide)
{
  bool same = true;
  double worst_gelu = 0, worst_norm = 0;
  float a[WIDE], b[WIDE], x[WIDE], y[WIDE], by[WIDE], add[WIDE];
  for (int turn = 0; turn < 500; turn++) {
    const float most = turn % 3 ? 8.0f : turn % 2 ? 0.01f : 1e9f;
    for (size_t i = 0; i < WIDE; i++) a[i] = b[i] = x[i] = some(most), y[i] = some(2), by[i] = some(1), add[i] = some(1);
    plain->gelu(a, WIDE);
    wide->gelu(b, WIDE);
    same = same && memcmp(a, b, sizeof a) == 0;
    for (size_t i = 0; i < WIDE && most < 10; i++) {
      double v = (double)x[i];
      worst_gelu = fmax(worst_gelu, fabs((double)a[i] - v * (1 + tanh(0.797884560802865 * (v + 0.044715 * v * v * v))) / 2));
    }
    memcpy(a, x, sizeof a);
    memcpy(b, x, sizeof b);
    plain->add_norm(a, turn % 5 ? y : NULL, by, add, WIDE);
    wide->add_norm(b, turn % 5 ? y : NULL, by, add, WIDE);
    same = same && memcmp(a, b, sizeof a) == 0;
    double mean = 0, square = 0;
    for (size_t i = 0; i < WIDE; i++) mean += ((double)x[i] + (turn % 5 ? (double)y[i] : 0)) / WIDE;
    for (size_t i = 0; i < WIDE; i++) square += pow((double)x[i] + (turn % 5 ? (double)y[i] : 0) - mean, 2) / WIDE;
    for (size_t i = 0; i < WIDE; i++) {
      double right = ((double)x[i] + (turn % 5 ? (double)y[i] : 0) - mean) / sqrt(square) * (double)by[i] + (double)add[i];
      worst_norm = fmax(worst_norm, fabs((double)a[i] - right));
    }
  }
  ok(same, "activation and norm");
  ok(worst_gelu < 1e-4, "are what they should be: the activation");
  ok(worst_norm < 1e-4, "and the norm");
  float zero[WIDE] = {0};
  plain->add_norm(zero, NULL, by, add, WIDE);
  ok(memcmp(zero, add, sizeof zero) == 0, "a row without deviation gives the bias");
}

enum { PLACES_EACH = 53, PLACES = 521, PLACES_STEP = 39, SIZE = 32, STRIDE = 3 * SIZE };

/* One word's attention by the book. */
static double attended(const float *qkv, uint32_t n, uint32_t t, uint32_t d)
{
  double most = -1e9, sum = 0, out = 0, s[PLACES];
  for (uint32_t u = 0; u < n; u++) {
    s[u] = 0;
    for (uint32_t i = 0; i < SIZE; i++) s[u] += (double)qkv[t * STRIDE + i] * (double)qkv[u * STRIDE + SIZE + i] * 0.25;
    most = fmax(most, s[u]);
  }
  for (uint32_t u = 0; u < n; u++) sum += exp(s[u] - most);
  for (uint32_t u = 0; u < n; u++) out += exp(s[u] - most) / sum * (double)qkv[u * STRIDE + 2 * SIZE + d];
  return out;
}

static void attention(const struct kernels *plain, const struct kernels *wide)
{
  static float qkv[PLACES * STRIDE], a[PLACES * SIZE], b[PLACES * SIZE], queries[SIZE * 16], scores[(PLACES + 16) * 16];
  bool same = true;
  double worst = 0;
  for (uint32_t n = 1; n <= PLACES; n += n < PLACES_EACH ? 1 : PLACES_STEP) {
    for (size_t i = 0; i < PLACES * STRIDE; i++) qkv[i] = some(n % 4 ? 3.0f : 30.0f);
    struct attention to = {.qkv = qkv, .stride = STRIDE, .gap = SIZE, .to = a, .to_stride = SIZE, .rows = n, .size = SIZE,
                           .factor = 0.25f, .queries = queries, .scores = scores};
    plain->attend(&to);
    to.to = b;
    wide->attend(&to);
    same = same && memcmp(a, b, n * SIZE * sizeof *a) == 0;
    for (uint32_t d = 0; d < SIZE; d++) worst = fmax(worst, fabs((double)a[(n - 1) * SIZE + d] - attended(qkv, n, n - 1, d)));
  }
  ok(same, "attention over 1 to 521 places");
  ok(worst < 1e-3, "is the mean of values by weight of keys");
}

int main(void)
{
  struct kernels plain = {0}, wide = {0};
  ok(kernels_at(KERNEL_PORTABLE, &plain), "the portable kernels are always there");
  for (int level = KERNEL_PORTABLE; level < KERNEL_LEVELS; level++) {
    if (!kernels_at((enum kernel_level)level, &wide)) {
      printf("# this processor has no level %d\n", level);
      continue;
    }
    printf("# level %d\n", level);
    products(&plain, &wide);
    rounding(&plain, &wide);
    gates(&plain, &wide);
    rows(&plain, &wide);
    attention(&plain, &wide);
  }
  int8_t a[32], b[32];
  int32_t sum = 0;
  for (size_t i = 0; i < 32; i++) a[i] = (int8_t)((int)(any() % 255) - 127), b[i] = (int8_t)((int)(any() % 255) - 127), sum += a[i] * b[i];
  is_int(kernel_dot(a, b, 32), sum, "a dot product");
  float x[3] = {-1, 0, 2}, y[3];
  kernel_relu(x, 3, y);
  ok(y[0] == 0 && y[1] == 0 && y[2] == 2, "the rectifier");
  return tap_end();
}
