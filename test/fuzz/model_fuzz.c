/* model_fuzz.c: a small good model with some of its bytes changed as the input says, under a good checksum: it opens and runs, or is refused.
 *
 * Input: groups of five bytes: three of place (table of sections and short texts first), one of what to do, one of value. */
#include "lang/model.h"
#include "tools/small_model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *good, *bad;
static size_t length;

static void close_all(void)
{
  free(good);
  free(bad);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (!good) {
    good = small_model_make(&length);
    bad = malloc(length);
    if (!good || !bad) abort();
    (void)atexit(close_all);
  }
  memcpy(bad, good, length);
  for (size_t i = 0; i + 5 <= size && i < 200; i += 5) {
    size_t place = (size_t)data[i] | (size_t)data[i + 1] << 8 | (size_t)data[i + 2] << 16;
    size_t at = SMALL_HEADER + place % (data[i + 3] & 1 ? length - SMALL_HEADER : 4096);
    bad[at] = (char)(data[i + 3] & 2 ? bad[at] ^ data[i + 4] : data[i + 4]);
  }
  small_model_seal(bad, length);
  struct model *m = NULL;
  struct error error = {0};
  if (model_open_bytes(&m, (struct slice){bad, length}, "fuzz", &error) != ST_OK) {
    if (m || error.message[0] == 0) abort();
    return 0;
  }
  struct lang *lang = lang_new(m);
  struct arena arena;
  struct analysis a;
  arena_init(&arena, (size_t)16 << 20);
  if (lang) (void)lang_analyse(lang, SLICE("The houses don't move; it's 1,100 rivers' fault. \xE2\x80\x9CSo?\xE2\x80\x9D"), &arena, &a, &error);
  lang_free(lang);
  model_free(m);
  arena_release(&arena);
  return 0;
}
