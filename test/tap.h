/* tap.h: unit tests that speak TAP (testanything.org), for meson test.
 *
 *     int main(void)
 *     {
 *       is_size(utf8_count(SLICE("für")), 3, "counts code points");
 *       return tap_end();
 *     }
 *
 * Each check prints one line and goes on; what a check takes is evaluated once.  Include it in the file that has main, and nowhere else. */
#ifndef TEST_TAP_H
#define TEST_TAP_H
#include "base/slice.h"
#include <inttypes.h>
#include <stdio.h>

static struct {
  unsigned run, failed;
} tap;

static inline bool tap_ok(bool good, const char *file, int line, const char *name)
{
  printf("%sok %u - %s\n", good ? "" : "not ", ++tap.run, name);
  if (!good) {
    tap.failed++;
    printf("# failed at %s:%d\n", file, line);
  }
  return good;
}

static inline bool tap_is_i64(int64_t got, int64_t want, const char *file, int line, const char *name)
{
  if (!tap_ok(got == want, file, line, name)) printf("#   got %" PRId64 ", want %" PRId64 "\n", got, want);
  return got == want;
}

static inline bool tap_is_slice(struct slice got, struct slice want, const char *file, int line, const char *name)
{
  bool good = tap_ok(slice_eq(got, want), file, line, name);
  if (!good) printf("#    got (%zu) \"%.*s\"\n#   want (%zu) \"%.*s\"\n", got.n, SLICE_ARG(got), want.n, SLICE_ARG(want));
  return good;
}

#define ok(condition, name) tap_ok((condition), __FILE__, __LINE__, (name))
#define is_int(got, want, name) tap_is_i64((int64_t)(got), (int64_t)(want), __FILE__, __LINE__, (name))
#define is_size(got, want, name) is_int((got), (want), (name))
#define is_slice(got, want, name) tap_is_slice((got), (want), __FILE__, __LINE__, (name))
#define is_text(got, want, name) tap_is_slice(slice_of(got), slice_of(want), __FILE__, __LINE__, (name))

/* Prints the plan; gives main's exit status. */
static inline int tap_end(void)
{
  printf("1..%u\n", tap.run);
  return tap.failed || ferror(stdout) ? 1 : 0;
}

#endif
