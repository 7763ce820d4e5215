/* conllu_fuzz.c: any bytes as CoNLL-U; what is read must come out the same after a round of writing and reading. */
#include "lang/conllu.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  struct arena arena;
  struct analysis a, again;
  struct ud_measure measures[UD_METRICS];
  struct buf buf;
  arena_init(&arena, (size_t)64 << 20);
  buf_init(&buf, (size_t)64 << 20);
  if (conllu_read((struct slice){(const char *)data, size}, "fuzz", &arena, &a, NULL) == ST_OK) {
    conllu_write(&buf, &a, SLICE("fuzz"), 0);
    enum status status = conllu_read(buf_get(&buf), "again", &arena, &again, NULL);
    if (!arena.full && !buf.failed && (status || again.n_tokens != a.n_tokens || again.n_sentences != a.n_sentences)) abort();
    if (!status) (void)ud_score(&a, &again, &arena, measures, NULL);
  }
  buf_release(&buf);
  arena_release(&arena);
  return 0;
}
