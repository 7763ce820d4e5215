/* replay.c: a fuzz target without libFuzzer: each file of the corpus (the arguments), then mutants of them from a fixed seed, the same at
 * each run.  The last argument may be a number: so many mutants of each file (200).  Speaks TAP: one check a file. */
#include "tap.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST ((size_t)64 << 10)

static uint64_t seed = 88172645463325252u;
static size_t below(size_t n) /* xorshift64 */
{
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  return n ? (size_t)(seed % n) : 0;
}

/* One to four changes: a bit, a byte that means something, a piece left out, a piece said twice, the end cut off. */
static size_t mutate(uint8_t *data, size_t n)
{
  static const uint8_t telling[] = {0, '"', '\\', '{', '}', '[', ']', ',', ':', '\n', '\t', 0x7f, 0x80, 0xC0, 0xED, 0xEF, 0xF4, 0xFE, 0xFF, 'u', '-', '9'};
  for (size_t changes = 1 + below(4); changes > 0 && n > 0; changes--) {
    size_t at = below(n), piece = 1 + below(n - at < 64 ? n - at : 64);
    switch (below(5)) {
    case 0: data[at] ^= (uint8_t)(1u << below(8)); break;
    case 1: data[at] = telling[below(sizeof telling)]; break;
    case 2:
      memmove(data + at, data + at + piece, n - at - piece);
      n -= piece;
      break;
    case 3:
      if (n + piece > MOST) break;
      memmove(data + at + piece, data + at, n - at);
      n += piece;
      break;
    default: n = at; break;
    }
  }
  return n;
}

/* In an allocation of its own size, so that the sanitizer sees a byte read too far. */
static void feed(const uint8_t *data, size_t n)
{
  uint8_t *exact = malloc(n ? n : 1);
  if (!exact) abort();
  if (n) memcpy(exact, data, n);
  LLVMFuzzerTestOneInput(exact, n);
  free(exact);
}

int main(int argc, char **argv)
{
  static uint8_t whole[MOST], mutant[MOST];
  char *end = NULL;
  unsigned long mutants = argc > 1 ? strtoul(argv[argc - 1], &end, 10) : 0;
  bool told = end && *end == '\0';
  if (!told) mutants = 200;
  for (int i = 1; i < argc - told; i++) {
    FILE *f = fopen(argv[i], "rb");
    size_t n = f ? fread(whole, 1, sizeof whole, f) : 0;
    if (f) fclose(f);
    feed(whole, n);
    for (unsigned long m = 0; m < mutants; m++) {
      memcpy(mutant, whole, n);
      feed(mutant, mutate(mutant, n));
    }
    ok(f != NULL, argv[i]);
  }
  return tap_end();
}
