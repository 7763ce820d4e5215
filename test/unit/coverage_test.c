/* coverage_test.c: coverage_test PLOVER.tsv CASES.conllu...: has every type, mode and context of the ontology enough cases?
 *
 * Counted are the lines "# want = event; ..." of the cases: "type=T", "type=T; mode=M", "contexts~C".  One with fewer than LEAST fails. */
#include "base/slice.h"
#include "tap.h"
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define LEAST 5
#define ROWS_MOST 200
#define BYTES_MOST ((size_t)1 << 22)

static struct row {
  struct slice type, mode, context;
  int cases;
} rows[ROWS_MOST];
static size_t n_rows;

/* The value behind "KEY" and its sign in a line of conditions, or empty. */
static struct slice value_of(struct slice line, struct slice key)
{
  while (line.n) {
    struct slice one = slice_trim(slice_cut(&line, ';'));
    if (slice_starts(one, key)) return slice_sub(one, key.n, one.n);
  }
  return (struct slice){0};
}

static void count(struct slice line)
{
  struct slice type = value_of(line, SLICE("type=")), mode = value_of(line, SLICE("mode=")), context = value_of(line, SLICE("contexts~"));
  for (size_t i = 0; i < n_rows; i++) {
    const struct row *row = &rows[i];
    bool meets = row->context.n ? slice_eq(row->context, context) : slice_eq(row->type, type) && (row->mode.n == 0 || slice_eq(row->mode, mode));
    rows[i].cases += meets;
  }
}

static struct slice read_whole(const char *path)
{
  char *bytes = malloc(BYTES_MOST);
  int fd = open(path, O_RDONLY);
  ssize_t n = fd < 0 || !bytes ? -1 : read(fd, bytes, BYTES_MOST);
  if (fd >= 0) close(fd);
  ok(n > 0 && (size_t)n < BYTES_MOST, path);
  return (struct slice){bytes, n > 0 ? (size_t)n : 0};
}

int main(int argc, char **argv)
{
  const struct slice ontology = argc > 1 ? read_whole(argv[1]) : (struct slice){0};
  for (struct slice rest = ontology; rest.n && n_rows < ROWS_MOST;) {
    struct slice line = slice_cut(&rest, '\n');
    if (line.n == 0 || line.at[0] == '#') continue;
    struct slice first = slice_cut(&line, '\t'), second = slice_cut(&line, '\t');
    if (slice_is(first, "context")) rows[n_rows++] = (struct row){.context = slice_trim(second)};
    else if (first.at[0] >= 'A' && first.at[0] <= 'Z') rows[n_rows++] = (struct row){.type = first, .mode = second};
  }
  ok(n_rows > 100, "the ontology has its types, modes and contexts");
  for (int i = 2; i < argc; i++) {
    const struct slice cases = read_whole(argv[i]);
    for (struct slice rest = cases; rest.n;) {
      struct slice line = slice_cut(&rest, '\n');
      if (slice_starts(line, SLICE("# want = event;"))) count(line);
    }
    free((void *)cases.at);
  }
  for (size_t i = 0; i < n_rows; i++) {
    const struct row *row = &rows[i];
    char name[120];
    snprintf(name, sizeof name, "%.*s%.*s %.*s: %d cases, at least %d", SLICE_ARG(row->type), SLICE_ARG(row->context), SLICE_ARG(row->mode), row->cases, LEAST);
    ok(row->cases >= LEAST, name);
  }
  free((void *)ontology.at);
  return tap_end();
}
