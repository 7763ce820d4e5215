/* table.h: the readable tables of data/: lines of columns parted by tabs; a line that begins with '#' and an empty line are comments.
 *
 * The program holds its tables embedded; a user may lay others over them (a path given to --tables).  Every fault names file and
 * line, and each record that a line helped to make points back at it, so that `tocsin why` can show it. */
#ifndef KNOW_TABLE_H
#define KNOW_TABLE_H
#include "base/arena.h"
#include "base/slice.h"
#include "base/status.h"

#define TABLE_COLUMNS 16

/* Where a piece of knowledge stands: table = index into know.tables (1 = first; 0: nowhere), line from 1. */
struct know_line {
  uint16_t table;
  uint32_t line;
};

struct table {
  struct slice name;  /* "en/countries.tsv" */
  struct slice bytes; /* live as long as the know */
  struct slice file;  /* path of a user's table that took the place of ours; empty for ours */
};

/* One row at a time. */
struct table_row {
  struct know_line where;
  struct slice column[TABLE_COLUMNS]; /* trimmed; missing ones are empty */
  uint32_t n;
};

struct table_reader {
  const struct table *table;
  uint16_t index;
  struct slice rest;
  uint32_t line;
};

void table_begin(struct table_reader *reader, const struct table *table, uint16_t index);
/* The next row that is no comment; false at the end.  More than TABLE_COLUMNS columns, or bytes that are not UTF-8: *error set, false. */
bool table_next(struct table_reader *reader, struct table_row *row, struct error *error);
/* "2024-10-28" as 20241028; false for anything else. */
bool table_day(struct slice text, int32_t *to);
/* Fills *error as "en/countries.tsv:12: WHAT" (a user's table by its path) and returns ST_TABLE. */
__attribute__((format(printf, 4, 5)))
enum status table_error(struct error *error, const struct table *table, struct know_line where, const char *format, ...);

#endif
