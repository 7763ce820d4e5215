/* status_cases_test.c FILE: how real the acts of test/cases/status.txt are, whose head tells the format; the trees come from the model built in.
 *
 * A wrong case is printed as a comment; the checks are floors under the shares that come out right, so that another model or table may change
 * single cases.  tool/score.sh takes its figures from the line that begins with "# status". */
#include "lang/model.h"
#include "read/read.h"
#include "tap.h"
#include <stdlib.h>

#define LINE_MOST 1000
#define MARKS_MOST 8
#define LEAST_ALL 90  /* per cent of all cases */
#define LEAST_EACH 82 /* per cent of the cases of each status */

#define TEXT_OF(name, text) text,
static const char *const statuses[] = {STATUS_WORDS(TEXT_OF)};
#undef TEXT_OF
#define STATUSES (sizeof statuses / sizeof *statuses)
#define UNREAD STATUSES

struct mark {
  struct span span;
  size_t want; /* its place in `statuses` */
};

static struct know know;
static struct model *model;
static struct lang *lang;
static struct arena arena;
static unsigned table[STATUSES][STATUSES + 1]; /* wanted, read */

static size_t status_named(struct slice name)
{
  for (size_t i = 0; i < STATUSES; i++)
    if (slice_is(name, statuses[i])) return i;
  return UNREAD;
}

/* Takes the marks out of a line: the text goes to `text`.  SIZE_MAX: the line is wrong. */
static size_t take_marks(struct slice line, char text[LINE_MOST], struct mark marks[MARKS_MOST], size_t *n_marks)
{
  size_t n = 0;
  *n_marks = 0;
  if (line.n >= LINE_MOST) return SIZE_MAX;
  while (line.n) {
    struct slice plain = slice_cut(&line, '{');
    memcpy(text + n, plain.at, plain.n);
    n += plain.n;
    if (line.n == 0) return n;
    struct slice word = slice_cut(&line, '}'), name = slice_cut(&word, ' ');
    size_t want = status_named(name);
    if (want == UNREAD || word.n == 0 || *n_marks == MARKS_MOST) return SIZE_MAX;
    marks[(*n_marks)++] = (struct mark){{(uint32_t)n, (uint32_t)(n + word.n)}, want};
    memcpy(text + n, word.at, word.n);
    n += word.n;
  }
  return n;
}

static size_t status_read(const struct reading *r, struct span mark)
{
  for (uint32_t i = 0; i < r->n_events; i++)
    if (span_meets(r->events[i].trigger, mark)) return (size_t)r->events[i].status;
  return UNREAD;
}

static void run(struct slice line, unsigned number)
{
  char text[LINE_MOST], name[80];
  struct mark marks[MARKS_MOST];
  size_t n_marks, n = take_marks(line, text, marks, &n_marks);
  struct analysis a = {0};
  struct reading reading = {0};
  struct error error = {0};
  arena_clear(&arena);
  snprintf(name, sizeof name, "line %u is a sentence with marks", number);
  if (n == SIZE_MAX || n_marks == 0) {
    ok(false, name);
    return;
  }
  if (lang_analyse(lang, (struct slice){text, n}, &arena, &a, &error) || read_document(&a, &know, SLICE("2024-10-28"), &arena, &reading, &error)) {
    ok(false, error.message);
    return;
  }
  for (size_t i = 0; i < n_marks; i++) {
    size_t got = status_read(&reading, marks[i].span);
    table[marks[i].want][got]++;
    if (got != marks[i].want)
      printf("# %u: %s, read as %s: [%.*s] %.*s\n", number, statuses[marks[i].want], got == UNREAD ? "no event" : statuses[got],
             SLICE_ARG(slice_span((struct slice){text, n}, marks[i].span)), (int)n, text);
  }
}

static void report(void)
{
  unsigned all = 0, right = 0, met = 0;
  char name[80];
  printf("# %-12s", "wanted|read");
  for (size_t k = 0; k <= STATUSES; k++) printf(" %11s", k == UNREAD ? "no event" : statuses[k]);
  for (size_t i = 0; i < STATUSES; i++) {
    printf("\n# %-12s", statuses[i]);
    for (size_t k = 0; k <= STATUSES; k++) printf(" %11u", table[i][k]);
  }
  puts("");
  unsigned worst = 100;
  for (size_t i = 0; i < STATUSES; i++) {
    unsigned of = 0;
    for (size_t k = 0; k <= STATUSES; k++) of += table[i][k];
    all += of;
    right += table[i][i];
    met += of - table[i][UNREAD];
    unsigned share = of ? 100 * table[i][i] / of : 0;
    if (share < worst) worst = share;
    snprintf(name, sizeof name, "%s: %u of %u cases right", statuses[i], table[i][i], of);
    ok(share >= LEAST_EACH, name);
  }
  snprintf(name, sizeof name, "%u of %u cases right", right, all);
  ok(all && 100 * right >= LEAST_ALL * all, name);
  printf("# status cases: %u right %.3f read %.3f worst %.2f\n", all, all ? (double)right / all : 0, all ? (double)met / all : 0, worst / 100.0);
}

int main(int argc, char **argv)
{
  static char bytes[1 << 19];
  struct error error = {0};
  if (argc != 2) return 2;
  FILE *f = fopen(argv[1], "rb");
  size_t n = f ? fread(bytes, 1, sizeof bytes, f) : 0;
  if (f) fclose(f);
  arena_init(&arena, (size_t)1 << 28);
  bool ready = n > 0 && n < sizeof bytes && model_open_embedded(&model, &error) == ST_OK && know_open(&know, NULL, &error) == ST_OK;
  if (ready) lang = lang_new(model);
  if (!ok(lang, error.code ? error.message : "the cases, the model and the tables load")) return tap_end();
  unsigned number = 0;
  for (struct slice rest = {bytes, n}; rest.n;) {
    struct slice line = slice_cut(&rest, '\n');
    number++;
    if (line.n && line.at[0] != '#' && !slice_starts(line, SLICE("=="))) run(line, number);
  }
  report();
  lang_free(lang);
  know_free(&know);
  model_free(model);
  arena_release(&arena);
  return tap_end();
}
