/* lang_fuzz.c: any valid text is read into a sound analysis (analysis_finish checks the trees), within the arena's ceiling. */
#include "base/utf8.h"
#include "lang/model.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct model *model;
static struct lang *lang;

static void close_all(void)
{
  lang_free(lang);
  model_free(model);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  struct error error = {0};
  if (!lang) {
    if (model_open_embedded(&model, &error) != ST_OK || !(lang = lang_new(model))) abort();
    (void)atexit(close_all);
  }
  struct slice text = {(const char *)data, size};
  text.n = utf8_valid(text);
  struct arena arena;
  struct analysis a;
  arena_init(&arena, (size_t)64 << 20);
  enum status status = lang_analyse(lang, text, &arena, &a, &error);
  if (status != ST_OK) abort();
  uint32_t at = 0;
  for (int32_t i = 0; i < a.n_tokens; i++) {
    struct span span = token_span(&a, i);
    if (span.begin >= span.end || span.end > text.n || a.tokens[i].span.end < at || a.tokens[i].lemma.n == 0) abort();
    if (utf8_valid(a.tokens[i].lemma) != a.tokens[i].lemma.n || utf8_valid(a.tokens[i].form) != a.tokens[i].form.n) abort();
    at = a.tokens[i].span.end;
  }
  arena_release(&arena);
  return 0;
}
