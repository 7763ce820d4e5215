/* table_test.c: rows and columns of the readable tables, sectors, and words around places. */
#include "know/know.h"
#include "know/source.h"
#include "tap.h"

static struct error error;

static struct table_reader reader_of(const struct table *table)
{
  struct table_reader reader;
  error = (struct error){0};
  table_begin(&reader, table, 1);
  return reader;
}

static void rows(void)
{
  struct table table = {.name = SLICE("t.tsv"), .bytes = SLICE("# head\n\n a \tb c\t\t\r\n   \n\tx\nlast")};
  struct table_reader reader = reader_of(&table);
  struct table_row row;
  ok(table_next(&reader, &row, &error), "a row behind a comment and an empty line");
  is_int(row.where.line, 3, "its line");
  is_int(row.where.table, 1, "its table");
  is_int(row.n, 2, "tabs at the end mean nothing");
  is_slice(row.column[0], SLICE("a"), "trimmed");
  is_slice(row.column[1], SLICE("b c"), "a blank within stays");
  ok(table_next(&reader, &row, &error), "the next");
  is_int(row.where.line, 5, "a line of blanks is none");
  is_size(row.column[0].n, 0, "an empty column");
  is_slice(row.column[1], SLICE("x"), "and one behind it");
  ok(table_next(&reader, &row, &error), "a last line without line feed");
  is_slice(row.column[0], SLICE("last"), "is read");
  is_size(row.column[1].n, 0, "missing columns are empty");
  ok(!table_next(&reader, &row, &error) && error.code == ST_OK, "the end is no fault");
}

static void fault(struct slice bytes, const char *message)
{
  struct table table = {.name = SLICE("t.tsv"), .bytes = bytes};
  struct table_reader reader = reader_of(&table);
  struct table_row row;
  while (table_next(&reader, &row, &error)) continue;
  is_int(error.code, ST_TABLE, "a fault of the table");
  is_text(error.message, message, message);
}

static void sectors(void)
{
  uint8_t to[SECTORS_MAX];
  ok(sectors_find(SLICE("PTY+OPP"), to) && to[0] == SECTOR_PTY && to[1] == SECTOR_OPP && to[2] == SECTOR_NONE, "two sectors");
  ok(sectors_find(SLICE(""), to) && to[0] == SECTOR_NONE, "none");
  ok(!sectors_find(SLICE("PTY+XXX"), to), "an unknown one");
  ok(!sectors_find(SLICE("GOV+MIL+COP+JUD"), to), "too many");
  is_text(sector_name(SECTOR_JRN), "JRN", "PLOVER's name");
  is_text(sector_cameo(SECTOR_JRN), "MED", "CAMEO's role");
}

static void words(void)
{
  struct know know;
  error = (struct error){0};
  if (ok(know_open(&know, NULL, &error) == ST_OK, "the embedded tables load")) {
    ok(place_words_find(know.place_words, SLICE("border"), PLACE_WORD_SITE).line > 0, "a site");
    ok(place_words_find(know.place_words, SLICE("Province"), PLACE_WORD_SITE).line > 0, "a site in a name");
    ok(place_words_find(know.place_words, SLICE("border"), PLACE_WORD_REACH).line == 0, "of this class alone");
    ok(place_words_find(know.place_words, SLICE("a word that is longer than any lemma of the table may be"), PLACE_WORD_SITE).line == 0, "too long");
  }
  know_free(&know);
  error = (struct error){0};
  is_int(know_open(&know, "/nonexistent/tables", &error), ST_TABLE, "no such folder");
  ok(slice_starts(slice_of(error.message), SLICE("/nonexistent/tables: cannot open the tables")), "is named");
  know_free(&know);
}

int main(void)
{
  rows();
  fault(SLICE("a\nb\xff\n"), "t.tsv:2: byte 2 of the line is not UTF-8: save the table as UTF-8");
  fault(SLICE("a\0b\n"), "t.tsv:1: holds a NUL byte: a table is plain text");
  fault(SLICE("1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12\t13\t14\t15\t16\t17\n"),
        "t.tsv:1: more than 16 columns: take out the tabs that are too many");
  sectors();
  words();
  return tap_end();
}
