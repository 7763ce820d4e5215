/* conllu_fuzz.c: any bytes as CoNLL-U; what is read and written, read and written once more gives the same lines (but for the text, whose
 * blanks are those that the words tell). */
#include "lang/conllu.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool same(struct slice a, struct slice b)
{
  while (a.n || b.n) {
    const struct slice x = slice_cut(&a, '\n'), y = slice_cut(&b, '\n');
    if (!slice_eq(x, y) && !(slice_starts(x, SLICE("# text = ")) && slice_starts(y, SLICE("# text = ")))) return false;
  }
  return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  struct arena arena;
  struct analysis a, again;
  struct ud_measure measures[UD_METRICS];
  struct buf once, twice;
  arena_init(&arena, (size_t)64 << 20);
  buf_init(&once, (size_t)64 << 20);
  buf_init(&twice, (size_t)64 << 20);
  if (conllu_read((struct slice){(const char *)data, size}, "fuzz", &arena, &a, NULL) == ST_OK) {
    conllu_write(&once, &a, SLICE("fuzz"), 0);
    enum status status = conllu_read(buf_get(&once), "again", &arena, &again, NULL);
    const bool room = !arena.full && !once.failed;
    if (room && (status || again.n_tokens != a.n_tokens || again.n_sentences != a.n_sentences)) abort();
    if (!status) {
      conllu_write(&twice, &again, SLICE("fuzz"), 0);
      if (room && !twice.failed && !same(buf_get(&once), buf_get(&twice))) abort();
      (void)ud_score(&a, &again, &arena, measures, NULL);
    }
  }
  buf_release(&twice);
  buf_release(&once);
  arena_release(&arena);
  return 0;
}
