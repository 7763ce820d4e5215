#include "know/running_totals.h"
#include "base/vec.h"

struct running_totals {
  VEC(struct slice) words, degrees; /* one degree a word, mostly empty */
};

enum status running_totals_load(const struct running_totals **to, struct know_source *src)
{
  const struct table *table;
  uint16_t index;
  enum status status = know_table(src, "en/running_totals.tsv", &table, &index);
  if (status != ST_OK) return status;
  struct running_totals *totals = arena_new(src->arena, struct running_totals);
  if (!totals) return know_full(src);
  struct table_reader reader;
  struct table_row row;
  table_begin(&reader, table, index);
  while (table_next(&reader, &row, src->error)) {
    if (row.n > 2 || !row.column[0].n)
      return table_error(src->error, table, row.where, "needs a word, or words with a blank between them, and behind a tab how sure, if it says so");
    if (!vec_push(&totals->words, src->arena, row.column[0]) || !vec_push(&totals->degrees, src->arena, row.column[1])) return know_full(src);
  }
  *to = totals;
  return src->error->code;
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool stands_in(struct slice text, struct slice words)
{
  for (size_t i = 0; i + words.n <= text.n; i++) {
    if ((text.at[i] ^ words.at[0]) & ~0x20) continue; /* most places are no begin of it, in whatever case */
    if ((i > 0 && is_letter(text.at[i - 1])) || (i + words.n < text.n && is_letter(text.at[i + words.n]))) continue;
    if (slice_eq_ascii_case(slice_sub(text, i, i + words.n), words)) return true;
  }
  return false;
}

/* Kinds of words that say something else than how sure it is. */
static bool is_mark(const struct running_totals *totals, size_t i)
{
  const struct slice degree = totals->degrees.at[i];
  return slice_is(degree, "once") || slice_is(degree, "lowered") || slice_is(degree, "another");
}

static bool is_once(const struct running_totals *totals, size_t i) { return slice_is(totals->degrees.at[i], "once"); }

bool running_total_told(const struct running_totals *totals, struct slice text)
{
  bool told = false;
  for (size_t i = 0; i < totals->words.n; i++) {
    if ((is_mark(totals, i) || told) && !is_once(totals, i)) continue;
    if (!stands_in(text, totals->words.at[i])) continue;
    if (is_once(totals, i)) return false;
    told = true;
  }
  return told;
}

struct slice running_total_degree(const struct running_totals *totals, struct slice text)
{
  for (size_t i = 0; i < totals->words.n; i++)
    if (totals->degrees.at[i].n && !is_mark(totals, i) && stands_in(text, totals->words.at[i])) return totals->degrees.at[i];
  return (struct slice){NULL, 0};
}

bool running_total_marked(const struct running_totals *totals, struct slice text, const char *mark)
{
  for (size_t i = 0; i < totals->words.n; i++)
    if (slice_is(totals->degrees.at[i], mark) && stands_in(text, totals->words.at[i])) return true;
  return false;
}
