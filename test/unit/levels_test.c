/* The same bytes from every level of processor, for a whole text and each model: the one in the program and those that the arguments name. */
#include "lang/lang_run.h"
#include "lang/model.h"
#include "tap.h"
#include <stdio.h>

/* Both are read: sentences of all kinds, and a file whole, as running text (what the argument --text names). */
static struct slice long_text;

static const char text[] =
  "Ferry Strike Enters Third Week as Talks Stall\n"
  "Dockworkers in the port of Varna voted on Tuesday to prolong their strike, the union's leader, Elena Dimova, told reporters.\n"
  "\xE2\x80\x9CWe won\xE2\x80\x99t go back for 4.5% more,\xE2\x80\x9D she said; the ministry, which had offered 1,200 leva, declined to comment.\n";

static bool same(const struct analysis *a, const struct analysis *b)
{
  if (a->n_tokens != b->n_tokens || a->n_sentences != b->n_sentences) return false;
  for (int32_t i = 0; i < a->n_tokens; i++) {
    const struct token *x = &a->tokens[i], *y = &b->tokens[i];
    if (x->head != y->head || x->deprel != y->deprel || x->upos != y->upos || x->name != y->name || x->name_begins != y->name_begins) return false;
    if (x->span.begin != y->span.begin || x->span.end != y->span.end || !slice_eq(x->lemma, y->lemma) || !slice_eq(x->feats_text, y->feats_text)) return false;
  }
  return true;
}

static bool read_at(struct model *m, enum kernel_level level, struct slice what, struct arena *arena, struct analysis *to)
{
  struct error error = {0};
  if (!kernels_at(level, &m->kernels)) return false;
  struct lang *lang = lang_new(m);
  enum status status = lang ? lang_analyse(lang, what, arena, to, &error) : ST_MEMORY;
  lang_free(lang);
  return status == ST_OK;
}

static void levels_of(struct model *m, struct slice read, const char *name)
{
  struct arena arena;
  struct analysis plain = {0}, wide = {0};
  arena_init(&arena, (size_t)64 << 20);
  ok(read_at(m, KERNEL_PORTABLE, read, &arena, &plain) && plain.n_tokens > 50, name);
  for (int level = KERNEL_PORTABLE + 1; level < KERNEL_LEVELS; level++) {
    if (!read_at(m, (enum kernel_level)level, read, &arena, &wide)) {
      printf("# this processor has no level %d\n", level);
      continue;
    }
    char what[40];
    snprintf(what, sizeof what, "level %d reads the same", level);
    ok(same(&plain, &wide), what);
  }
  arena_release(&arena);
}

static void levels(struct model *m, const char *name)
{
  levels_of(m, SLICE(text), name);
  levels_of(m, long_text, "reads a long text on any processor");
}

/* Tables that are looked up by halves are in order: each of their lines is found. */
static void table(const struct recase *r, const char *name)
{
  uint32_t lines = 0, found = 0;
  for (struct slice rest = r->lines; rest.n; lines++) {
    struct slice line = slice_cut(&rest, '\n');
    char low[128];
    found += slice_eq(recase_find(r, (struct slice){low, word_plain(line, low, sizeof low)}), line);
  }
  ok(lines > 1000 && found == lines, name);
}

static void tables(const struct model *m)
{
  table(&m->recase, "each usual form is found");
  uint32_t lines = 0, found = 0;
  for (struct slice rest = m->lemma_words; rest.n; lines++) {
    struct slice line = slice_cut(&rest, '\n'), lemma = slice_cut(&line, '\t');
    enum upos upos;
    found += upos_find(slice_cut(&line, '\t'), &upos) && lang_lemma_seen(m, lemma, upos) > 0;
  }
  ok(lines > 1000 && found == lines, "each known lemma is found");
}

/* The file's first bytes, as many as there is room for. */
static void load(const char *path)
{
  static char bytes[1 << 14];
  FILE *file = fopen(path, "rb");
  long_text = (struct slice){bytes, file ? fread(bytes, 1, sizeof bytes, file) : 0};
  if (file) fclose(file);
  ok(long_text.n > 1000, path);
}

int main(int argc, char **argv)
{
  struct model *m = NULL;
  struct error error = {0};
  if (argc > 1) load(argv[1]);
  if (ok(model_open_embedded(&m, &error) == ST_OK, "the model in the program")) {
    levels(m, "reads on any processor");
    tables(m);
  }
  model_free(m);
  for (int i = 2; i < argc; i++) {
    if (ok(model_open_file(&m, argv[i], &error) == ST_OK, argv[i])) {
      levels(m, "reads on any processor");
      tables(m);
    } else printf("# %s\n", error.message);
    model_free(m);
  }
  return tap_end();
}
