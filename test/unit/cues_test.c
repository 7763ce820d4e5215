#include "know/cues.h"
#include "base/embed.h"
#include "know/source.h"
#include "lang/conllu.h"
#include "tap.h"

static struct slice ours(const char *name)
{
  size_t n = 0;
  const struct embedded *files = embedded_files(&n);
  for (size_t i = 0; i < n; i++)
    if (strcmp(files[i].name, name) == 0) return files[i].bytes;
  return (struct slice){0};
}

static enum status load(const struct cues **to, struct arena *arena, struct slice cues, struct slice shifts, struct error *error)
{
  static struct table tables[2];
  tables[0] = (struct table){.name = SLICE("en/cues.tsv"), .bytes = cues};
  tables[1] = (struct table){.name = SLICE("shifts.tsv"), .bytes = shifts};
  struct know_source src = {.arena = arena, .tables = tables, .n_tables = 2, .error = error};
  error_clear(error);
  return cues_load(to, &src);
}

static void refused(struct arena *arena, const char *cues, const char *line, const char *why)
{
  const struct cues *to = NULL;
  struct error error = {0};
  is_int(load(&to, arena, slice_of(cues), ours("shifts.tsv"), &error), ST_TABLE, why);
  ok(strstr(error.message, line) != NULL, "with its file and line");
}

static bool has(const struct cue *cue, uint32_t pattern)
{
  while (cue && !(cue->patterns & pattern)) cue = cues_next(cue);
  return cue != NULL;
}

int main(void)
{
  struct arena arena;
  struct error error = {0};
  const struct cues *cues = NULL;
  arena_init(&arena, ARENA_NO_CEILING);
  is_int(load(&cues, &arena, ours("en/cues.tsv"), ours("shifts.tsv"), &error), ST_OK, "our own tables are well formed");
  if (error.code) printf("# %s\n", error.message);

  unsigned lost = 0, rows = 0;
  for (struct slice rest = ours("en/cues.tsv"); rest.n;) {
    struct slice line = slice_cut(&rest, '\n');
    if (line.n == 0 || line.at[0] == '#') continue;
    struct slice lemma = slice_cut(&line, '\t');
    bool found = false;
    rows++;
    for (int class = 0; class <= CUE_NAMELESS && !found; class++) found = cues_find(cues, lemma, (enum cue_class)class) != NULL;
    if (!found) lost++;
  }
  ok(rows > 400 && lost == 0, "every lemma is found again");

  const struct cue *say = cues_find(cues, SLICE("say"), CUE_VERB), *call = cues_find(cues, SLICE("call"), CUE_VERB);
  ok(say && say->stance == STANCE_AFFIRMS && say->negated == STANCE_WITHHOLDS && has(say, CUE_THAT) && has(say, CUE_QUOTE), "say");
  ok(has(call, CUE_PREDICATE) && has(call, CUE_PREPOSITION), "call has rows for names and for demands");
  while (call && call->stance != STANCE_DEMANDS) call = cues_next(call);
  ok(call && cue_takes(call, SLICE("for")) && cue_takes(call, SLICE("For")) && !cue_takes(call, SLICE("with")), "call for, but not call with");
  ok(!cues_find(cues, SLICE("say"), CUE_NOUN) && !cues_find(cues, SLICE("banana"), CUE_VERB), "a class of its own; no cue");
  struct know_line where = {0};
  is_int(cues_shift(cues, STANCE_DENIES, STANCE_EVADES, &where), SHIFT_SOFTENING, "denial, then evasion: a softening");
  ok(where.table == 2 && where.line > 0, "and its line");
  is_int(cues_shift(cues, STANCE_DENIES, STANCE_AFFIRMS, &where), SHIFT_REVERSAL, "denial, then the contrary: a reversal");
  is_int(cues_shift(cues, STANCE_DENIES, STANCE_DENIES, &where), SHIFT_NONE, "the same again is none");

  refused(&arena, "say\tverb\tthat\taffirms\ndeny\tverb\tthat\tnegates\n", "en/cues.tsv:2:", "an unknown stance is refused");
  refused(&arena, "say\tword\tthat\taffirms\n", "en/cues.tsv:1:", "an unknown class is refused");
  refused(&arena, "say\tverb\tthat\taffirms\tquite\n", "en/cues.tsv:1:", "an unknown certainty is refused");
  refused(&arena, "say\tverb\t\taffirms\n", "en/cues.tsv:1:", "a verb without a pattern is refused");
  refused(&arena, "say\tverb\tthat++to\taffirms\n", "en/cues.tsv:1:", "an empty pattern is refused");
  const struct cues *to = NULL;
  is_int(load(&to, &arena, SLICE("say\tverb\tthat\taffirms\n"), SLICE("denies\taffirms\tU-turn\n"), &error), ST_TABLE, "an unknown shift is refused");
  ok(strstr(error.message, "shifts.tsv:1:") != NULL, "with its file and line");
  arena_release(&arena);
  return tap_end();
}
