/* table.c: rows and columns of the readable tables, and faults that name file and line. */
#include "know/table.h"
#include "base/utf8.h"
#include <stdarg.h>
#include <stdio.h>

void table_begin(struct table_reader *reader, const struct table *table, uint16_t index)
{
  *reader = (struct table_reader){.table = table, .index = index, .rest = table->bytes};
}

bool table_next(struct table_reader *reader, struct table_row *row, struct error *error)
{
  while (reader->rest.n) {
    struct slice line = slice_cut(&reader->rest, '\n');
    reader->line++;
    row->where = (struct know_line){reader->index, reader->line};
    row->n = 0;
    size_t valid = utf8_valid(line);
    if (valid < line.n) {
      table_error(error, reader->table, row->where, "byte %zu of the line is not UTF-8: save the table as UTF-8", valid + 1);
      return false;
    }
    if (memchr(line.at, '\0', line.n)) {
      table_error(error, reader->table, row->where, "holds a NUL byte: a table is plain text");
      return false;
    }
    if (slice_trim(line).n == 0 || line.at[0] == '#') continue;
    memset(row->column, 0, sizeof row->column);
    struct slice rest = line;
    for (bool more = true; more; row->n++) {
      if (row->n == TABLE_COLUMNS) {
        table_error(error, reader->table, row->where, "more than %d columns: take out the tabs that are too many", TABLE_COLUMNS);
        return false;
      }
      more = rest.n && memchr(rest.at, '\t', rest.n);
      row->column[row->n] = slice_trim(slice_cut(&rest, '\t'));
    }
    while (row->n > 1 && row->column[row->n - 1].n == 0) row->n--; /* tabs at the end mean nothing */
    return true;
  }
  return false;
}

bool table_day(struct slice text, int32_t *to)
{
  int64_t y, m, d;
  if (text.n != 10 || text.at[4] != '-' || text.at[7] != '-') return false;
  if (!slice_to_i64(slice_sub(text, 0, 4), &y) || !slice_to_i64(slice_sub(text, 5, 7), &m) || !slice_to_i64(slice_sub(text, 8, 10), &d)) return false;
  if (y < 1 || m < 1 || m > 12 || d < 1 || d > 31) return false;
  *to = (int32_t)(y * 10000 + m * 100 + d);
  return true;
}

enum status table_error(struct error *error, const struct table *table, struct know_line where, const char *format, ...)
{
  char what[400];
  va_list args;
  va_start(args, format);
  vsnprintf(what, sizeof what, format, args);
  va_end(args);
  struct slice file = table->file.n ? table->file : table->name;
  return error_set(error, ST_TABLE, "%.*s:%u: %s", SLICE_ARG(file), (unsigned)where.line, what);
}
