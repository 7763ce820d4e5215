#include "know/numbers.h"
#include "base/embed.h"
#include "know/source.h"
#include "lang/conllu.h"
#include "tap.h"

#define TABLES 5
static const char *const names[TABLES] = {"en/changes.tsv", "en/hedges.tsv", "en/numbers.tsv", "en/states.tsv", "en/units.tsv"};

static struct slice ours(const char *name)
{
  size_t n = 0;
  const struct embedded *files = embedded_files(&n);
  for (size_t i = 0; i < n; i++)
    if (strcmp(files[i].name, name) == 0) return files[i].bytes;
  return (struct slice){0};
}

/* Our tables, `bytes` in the place of the one called `name`. */
static enum status load(const struct numbers **to, struct arena *arena, const char *name, struct slice bytes, struct error *error)
{
  static struct table tables[TABLES];
  for (int i = 0; i < TABLES; i++) tables[i] = (struct table){.name = slice_of(names[i]), .bytes = strcmp(names[i], name) == 0 ? bytes : ours(names[i])};
  struct know_source src = {.arena = arena, .tables = tables, .n_tables = TABLES, .error = error};
  error_clear(error);
  return numbers_load(to, &src);
}

static void refused(struct arena *arena, const char *name, const char *bytes, const char *line, const char *why)
{
  const struct numbers *numbers = NULL;
  struct error error = {0};
  is_int(load(&numbers, arena, name, slice_of(bytes), &error), ST_TABLE, why);
  ok(strstr(error.message, name) == error.message && strstr(error.message, line) != NULL, "with its file and line");
}

/* Every first column is found again. */
static void all_found(const struct numbers *numbers, const char *name)
{
  unsigned lost = 0, rows = 0;
  for (struct slice rest = ours(name); rest.n;) {
    struct slice line = slice_cut(&rest, '\n');
    if (line.n == 0 || line.at[0] == '#') continue;
    if (line.n > 2 && slice_eq(slice_sub(line, 0, 2), SLICE("#\t"))) continue;
    struct slice columns = line, word = slice_trim(slice_cut(&columns, '\t'));
    bool found = false;
    rows++;
    for (int k = 0; k < 16 && !found; k++)
      found = strstr(name, "numbers") ? numbers_word(numbers, word, (enum number_kind)(k % (NUMBER_ORDINAL + 1))) != NULL
            : strstr(name, "hedges")  ? numbers_hedge_word(numbers, word, (enum hedge_kind)k) != NULL
            : strstr(name, "states")  ? numbers_state(numbers, word, (enum state_role)(k % 4)) != NULL
            : strstr(name, "changes") ? numbers_change(numbers, word, (enum change_kind)(k % (CHANGE_WRONG + 1))) != NULL
                                      : numbers_unit_word(numbers, word, k % 2 == 0) || numbers_person(numbers, word) ||
                                                                        numbers_score(numbers, word) || numbers_band(numbers, word);
    if (!found) {
      lost++;
      printf("# %s: lost \"%.*s\"\n", name, SLICE_ARG(word));
    }
  }
  ok(rows > 20 && lost == 0, name);
}

int main(void)
{
  struct arena arena;
  struct error error = {0};
  const struct numbers *numbers = NULL;
  arena_init(&arena, ARENA_NO_CEILING);
  is_int(load(&numbers, &arena, "", (struct slice){0}, &error), ST_OK, "our own tables are well formed");
  if (error.code) printf("# %s\n", error.message);
  for (int i = 0; i < TABLES; i++) all_found(numbers, names[i]);

  const struct number_word *word = numbers_any(numbers, SLICE("Twelve"));
  ok(word && word->kind == NUMBER_CARDINAL && word->value > 11.5 && word->value < 12.5, "words in any case");
  ok(!numbers_any(numbers, SLICE("bn")) || numbers_any(numbers, SLICE("bn"))->kind == NUMBER_MAGNITUDE, "glued forms only where they are glued");
  ok(!numbers_any(numbers, SLICE("banana")), "a banana is no number");
  ok(slice_is(numbers_unit_word(numbers, SLICE("$"), true)->code, "USD") && !numbers_unit_word(numbers, SLICE("$"), false), "a sign is a symbol alone");
  ok(numbers_score(numbers, SLICE("win")) && !numbers_unit_word(numbers, SLICE("win"), false), "a word beside a score is no unit elsewhere");
  ok(slice_is(numbers_state(numbers, SLICE("kill"), STATE_OBJECT)->state, "killed") && !numbers_state(numbers, SLICE("kill"), STATE_SUBJECT),
     "who kills is not killed");

  static const char text[] =
    "1\tno\tno\tADV\t_\t_\t5\tadvmod\t_\t_\n2\tfewer\tfewer\tADJ\t_\t_\t5\tamod\t_\t_\n3\tthan\tthan\tADP\t_\t_\t5\tcase\t_\t_\n"
    "4\tsix\tsix\tNUM\t_\t_\t5\tnummod\t_\t_\n5\tmen\tman\tNOUN\t_\t_\t0\troot\t_\t_\n\n";
  struct analysis a;
  int32_t length = 0;
  is_int(conllu_read(slice_of(text), "test", &arena, &a, &error), ST_OK, "a phrase");
  const struct hedge *hedge = numbers_hedge_before(numbers, &a, 0, 3, HEDGE_BEFORE, &length);
  ok(hedge && hedge->bound == BOUND_AT_LEAST && length == 3, "the longest phrase before a number");
  hedge = numbers_hedge_before(numbers, &a, 1, 3, HEDGE_BEFORE, &length);
  ok(hedge && hedge->bound == BOUND_LESS_THAN && length == 2, "that begins where it may");

  refused(&arena, "en/numbers.tsv", "one\tcardinal\t1\ntwo\tcardinal\tzwei\n", ":2:", "a value that is no number is refused");
  refused(&arena, "en/numbers.tsv", "half\tfraction\t1/0\n", ":1:", "and one that cannot be");
  refused(&arena, "en/units.tsv", "km\tlength\tkm\n", ":1:", "an unknown kind of unit is refused");
  refused(&arena, "en/hedges.tsv", "# head\nover\tbefore\tbigger\n", ":2:", "an unknown bound is refused");
  refused(&arena, "en/hedges.tsv", "Over\tbefore\tmore_than\n", ":1:", "capitals are refused");
  refused(&arena, "en/states.tsv", "kill\tvictim\tkilled\n", ":1:", "an unknown role is refused");
  refused(&arena, "en/states.tsv", "arrive\tsubject\tdeployed\tXYZ\n", ":1:", "an unknown sector is refused");
  refused(&arena, "en/changes.tsv", "rise\tmove\tsideways\n", ":1:", "an unknown change is refused");
  arena_release(&arena);
  return tap_end();
}
