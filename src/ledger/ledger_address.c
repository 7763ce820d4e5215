/* ledger_address.c: records by what names them through all readings, and corrections put into a reading. */
#include "ledger/ledger_corrected.h"

static const struct subject subjects[] = {
  {"event", "events", "trigger"}, {"claim", "claims", "span"}, {"figure", "figures", "span"}, {"position", "positions", "span"}};

const struct subject *subject_of(struct slice name)
{
  for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
    if (slice_is(name, subjects[i].name)) return &subjects[i];
  return NULL;
}

static struct address bare(const json_t *record, const struct subject *subject)
{
  const json_t *span = json_object_get(record, subject->span);
  return (struct address){.b = json_integer_value(json_array_get(span, 0)), .e = json_integer_value(json_array_get(span, 1)),
                          .type = item_string(record, "type")};
}

static bool alike(const struct address *a, const struct address *b) { return a->b == b->b && a->e == b->e && slice_eq(a->type, b->type); }

struct address address_of(const json_t *reading, const struct subject *subject, size_t n)
{
  const json_t *records = json_object_get(reading, subject->array);
  struct address own = bare(json_array_get(records, n), subject);
  for (size_t i = 0; i < n; i++) {
    const struct address other = bare(json_array_get(records, i), subject);
    if (alike(&own, &other)) own.nth++;
  }
  return own;
}

int64_t address_find(const json_t *reading, const struct subject *subject, const struct address *address)
{
  int64_t nth = 0;
  size_t i;
  json_t *record;
  json_array_foreach(json_object_get(reading, subject->array), i, record) {
    const struct address other = bare(record, subject);
    if (alike(address, &other) && nth++ == address->nth) return (int64_t)i;
  }
  return -1;
}

static bool put_note(json_t *record, sqlite3_stmt *row)
{
  json_t *notes = json_object_get(record, "notes");
  if (!notes && (json_object_set_new(record, "notes", json_array()) != 0 || !(notes = json_object_get(record, "notes")))) return false;
  const struct slice text = sql_text(row, 2), by = sql_text(row, 8), at = sql_text(row, 9);
  json_t *note = json_object();
  bool good = note && json_object_set_new(note, "text", json_stringn(text.at, text.n)) == 0;
  if (good && by.n) good = json_object_set_new(note, "by", json_stringn(by.at, by.n)) == 0;
  if (good) good = json_object_set_new(note, "at", json_stringn(at.at, at.n)) == 0;
  if (good) return json_array_append_new(notes, note) == 0;
  json_decref(note);
  return false;
}

/* A member that is null is one that there is no more. */
static bool put_members(json_t *record, json_t *members)
{
  const char *key;
  json_t *value;
  bool good = members != NULL;
  json_object_foreach(members, key, value) {
    if (!json_is_null(value)) good = good && json_object_set(record, key, value) == 0;
    else json_object_del(record, key);
  }
  return good;
}

static bool put_one(json_t *reading, const struct subject *subject, size_t n, sqlite3_stmt *row)
{
  json_t *records = json_object_get(reading, subject->array), *record = json_array_get(records, n);
  const struct slice value = sql_text(row, 2);
  if (json_is_null(record)) return true;
  if (slice_is(sql_text(row, 7), "note")) return put_note(record, row);
  if (!value.n) return json_array_set_new(records, n, json_null()) == 0;
  json_error_t why;
  json_t *members = json_loadb(value.at, value.n, 0, &why);
  const bool good = put_members(record, members) &&
                    json_object_set_new(record, "corrected", json_integer(sqlite3_column_int64(row, 0))) == 0;
  json_decref(members);
  return good;
}

enum status corrected_reading(struct ledger *ledger, json_t *reading, struct error *error)
{
  enum { PLACES = 4096 };
  int64_t at[PLACES];
  size_t n = 0;
  sqlite3_stmt *rows = sql_use(ledger, SQL_CORRECTIONS_OF, error);
  if (!rows) return error->code;
  for (int round = 0; round < 2 && error->code == ST_OK; round++) { /* all are found before the first changes what they are found by */
    size_t i = 0;
    sqlite3_reset(rows);
    sql_bind(rows, 1, item_string(json_object_get(reading, "document"), "id"));
    for (; i < PLACES && sql_row(ledger, rows, error); i++) {
      const struct subject *subject = subject_of(sql_text(rows, 1));
      const struct address address = {.b = sqlite3_column_int64(rows, 3), .e = sqlite3_column_int64(rows, 4), .type = sql_text(rows, 5),
                                      .nth = sqlite3_column_int64(rows, 6)};
      if (round == 0) at[n++] = subject ? address_find(reading, subject, &address) : -1;
      else if (i < n && at[i] >= 0 && !put_one(reading, subject, (size_t)at[i], rows))
        error_set(error, ST_MEMORY, "%s: not enough memory for its corrections: free some", ledger->path);
    }
    if (n == 0) break;
  }
  sqlite3_reset(rows);
  return error->code;
}
