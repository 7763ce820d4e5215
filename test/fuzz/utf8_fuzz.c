/* utf8_fuzz.c: the decoder goes forward and backward over any bytes, and both agree on what is valid. */
#include "base/arena.h"
#include "base/utf8.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  struct slice s = {(const char *)data, size};
  size_t valid = utf8_valid(s), at = 0, n = 0;
  while (at < size) {
    size_t begin = at;
    uint32_t c = utf8_next(s, &at);
    if (at <= begin || at > size) abort();
    if (begin < valid ? c == UTF8_BAD : begin == valid && c != UTF8_BAD) abort();
    n++;
  }
  if (utf8_count(s) != n) abort();
  struct slice good = slice_sub(s, 0, valid);
  size_t back = 0;
  for (at = valid; at > 0; back++)
    if (utf8_prev(good, &at) == UTF8_BAD) abort();
  if (valid && back != utf8_count(good)) abort();
  struct arena arena;
  arena_init(&arena, (size_t)64 << 20);
  struct slice lower = slice_lower(&arena, good);
  if (utf8_valid(lower) != lower.n || lower.n > valid / 2 * 3 + 3) abort();
  (void)utf8_width(s);
  arena_release(&arena);
  return 0;
}
