/* model_fuzz.c: a small good model with some of its bytes changed as the input says, under a good checksum: it opens and runs, or is refused.
 *
 * Input: a byte whose lowest bit says which encoder the model has, then groups of five bytes: three of place (table of sections and short
 * texts first), one of what to do, one of value. */
#include "lang/model.h"
#include "tools/small_model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *good[2], *bad;
static size_t lengths[2];

static void close_all(void)
{
  free(good[0]);
  free(good[1]);
  free(bad);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (!bad) {
    for (int kind = 0; kind < 2; kind++) good[kind] = small_model_make(kind == 1, &lengths[kind]);
    bad = malloc(lengths[0] > lengths[1] ? lengths[0] : lengths[1]);
    if (!good[0] || !good[1] || !bad) abort();
    (void)atexit(close_all);
  }
  const int kind = size > 0 && (data[0] & 1);
  const size_t length = lengths[kind];
  memcpy(bad, good[kind], length);
  for (size_t i = 1; i + 5 <= size && i < 200; i += 5) {
    size_t place = (size_t)data[i] | (size_t)data[i + 1] << 8 | (size_t)data[i + 2] << 16;
    size_t at = SMALL_HEADER + place % (data[i + 3] & 1 ? length - SMALL_HEADER : 4096);
    bad[at] = (char)(data[i + 3] & 2 ? bad[at] ^ data[i + 4] : data[i + 4]);
  }
  small_model_seal_quickly(bad, length);
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
