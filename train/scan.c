/* scan.c: the recurrence of the student, forward and backward, for student.py (built by it with cc -O3 -shared).
 *
 * h[t] = h[t-1] + z[t] * (c[t] - h[t-1]) within each sentence, h before its first word = 0.  Arrays are [words][2 * width]; the
 * first half of the columns runs from left to right, the second from right to left.  start[s] .. start[s+1] are sentence s. */
#include <stdint.h>

static void one(const float *z, const float *c, float *h, int64_t from, int64_t n, int64_t step, int64_t width, int64_t row)
{
  const float *before = 0;
  for (int64_t k = 0; k < n; k++, from += step) {
    const float *zr = z + from * row, *cr = c + from * row;
    float *hr = h + from * row;
    if (before)
      for (int64_t j = 0; j < width; j++) hr[j] = before[j] + zr[j] * (cr[j] - before[j]);
    else
      for (int64_t j = 0; j < width; j++) hr[j] = zr[j] * cr[j];
    before = hr;
  }
}

void scan_forward(const float *z, const float *c, float *h, const int64_t *start, int64_t sentences, int64_t width)
{
  int64_t row = 2 * width;
  for (int64_t s = 0; s < sentences; s++) {
    int64_t n = start[s + 1] - start[s];
    one(z, c, h, start[s], n, 1, width, row);
    one(z + width, c + width, h + width, start[s + 1] - 1, n, -1, width, row);
  }
}

/* gh comes in as the loss's gradient of h; gz and gc go out. */
static void back(const float *z, const float *c, const float *h, const float *gh, float *gz, float *gc, int64_t at, int64_t n,
                 int64_t step, int64_t width, int64_t row)
{
  float carry[2048];
  for (int64_t j = 0; j < width; j++) carry[j] = 0;
  for (int64_t k = 0; k < n; k++, at -= step) { /* from the last word in the scan's order to its first */
    const float *zr = z + at * row, *cr = c + at * row, *gr = gh + at * row;
    const float *before = k + 1 < n ? h + (at - step) * row : 0;
    float *gzr = gz + at * row, *gcr = gc + at * row;
    for (int64_t j = 0; j < width; j++) {
      float g = gr[j] + carry[j], p = before ? before[j] : 0;
      gzr[j] = g * (cr[j] - p);
      gcr[j] = g * zr[j];
      carry[j] = g * (1 - zr[j]);
    }
  }
}

void scan_backward(const float *z, const float *c, const float *h, const float *gh, float *gz, float *gc, const int64_t *start,
                   int64_t sentences, int64_t width)
{
  int64_t row = 2 * width;
  for (int64_t s = 0; s < sentences; s++) {
    int64_t n = start[s + 1] - start[s];
    back(z, c, h, gh, gz, gc, start[s + 1] - 1, n, 1, width, row);
    back(z + width, c + width, h + width, gh + width, gz + width, gc + width, start[s], n, -1, width, row);
  }
}
