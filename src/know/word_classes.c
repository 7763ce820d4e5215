#include "know/word_classes.h"
#include <stdio.h>

#define WORD_BYTES 40 /* longest word */

static enum status bad_class(struct know_source *src, const struct table *table, const struct table_row *row, const char *const *names, size_t n)
{
  char list[200] = "";
  for (size_t c = 0, at = 0; c < n && at < sizeof list; c++) at += (size_t)snprintf(list + at, sizeof list - at, "%s%s", c ? ", " : "", names[c]);
  return table_error(src->error, table, row->where, "needs a word, a tab, and one of %s", list);
}

enum status word_classes_load(struct word_classes *to, struct know_source *src, const char *name, const char *const *names, size_t n)
{
  const struct table *table;
  enum status status = know_table(src, name, &table, &to->table);
  if (status != ST_OK) return status;
  struct table_reader reader;
  struct table_row row;
  table_begin(&reader, table, to->table);
  while (table_next(&reader, &row, src->error)) {
    size_t c = 0;
    while (c < n && !slice_is(row.column[1], names[c])) c++;
    if (c == n || row.column[0].n == 0) return bad_class(src, table, &row, names, n);
    if (row.column[0].n > WORD_BYTES) return table_error(src->error, table, row.where, "a word has at most %d bytes", WORD_BYTES);
    uint32_t *line = map_add(&to->lines[c], src->arena, row.column[0], row.where.line);
    if (!line) return know_full(src);
    if (*line != row.where.line)
      return table_error(src->error, table, row.where, "\"%.*s\" is given twice (line %u has it): take one out", SLICE_ARG(row.column[0]), (unsigned)*line);
  }
  return src->error->code;
}

struct know_line word_classes_find(const struct word_classes *words, struct slice word, size_t class)
{
  char small[WORD_BYTES]; /* "Province" in a name is "province" */
  if (word.n > WORD_BYTES) return (struct know_line){0, 0};
  for (size_t i = 0; i < word.n; i++) small[i] = word.at[i] >= 'A' && word.at[i] <= 'Z' ? (char)(word.at[i] - 'A' + 'a') : word.at[i];
  uint32_t line = map_get(&words->lines[class], (struct slice){small, word.n});
  if (line == MAP_NONE) return (struct know_line){0, 0};
  return (struct know_line){words->table, line};
}
