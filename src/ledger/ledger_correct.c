/* ledger_correct.c: the rows of corrections: made, undone, listed. */
#include "ledger/ledger_correct.h"
#include "base/json_out.h"
#include "ledger/ledger_corrected.h"

static const char *const kinds[] = {"wrong", "merge", "split", "grade", "note"};

/* The row; undoes: 0 for none. */
static enum status add_row(struct ledger *ledger, const struct ledger_correction *c, const char *kind, int64_t undoes, int64_t *number, struct error *error)
{
  sqlite3_stmt *add = sql_use(ledger, SQL_CORRECTION_ADD, error);
  if (!add) return error->code;
  const struct slice texts[] = {slice_of(kind), c->subject, c->author, c->at, c->reason, c->value};
  for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++) sql_bind(add, 1 + i, texts[i]);
  if (undoes) sqlite3_bind_int64(add, 7, undoes);
  enum status status = sql_done(ledger, add, error);
  *number = sqlite3_last_insert_rowid(ledger->db);
  return status;
}

static enum status add_name(struct ledger *ledger, int64_t correction, int n, struct slice name, struct error *error)
{
  sqlite3_stmt *add = sql_use(ledger, SQL_TARGET_ADD, error);
  if (!add) return error->code;
  sqlite3_bind_int64(add, 1, correction);
  sqlite3_bind_int(add, 2, n);
  sqlite3_bind_int(add, 3, 0);
  sql_bind(add, 4, name);
  return sql_done(ledger, add, error);
}

static enum status make_grade(struct ledger *ledger, const struct ledger_correction *c, int64_t *number, struct error *error)
{
  struct ledger_correction own = *c;
  own.subject = SLICE("publisher");
  if (c->n_names != 1 || c->names[0].n == 0) return error_set(error, ST_USAGE, "a grade is of one publisher");
  if (c->value.n != 1 || c->value.at[0] < 'A' || c->value.at[0] > 'F')
    return error_set(error, ST_USAGE, "grade %.*s: reliability is A (reliable) to E (unreliable), or F (not judged)", SLICE_ARG(c->value));
  enum status status = add_row(ledger, &own, kinds[c->kind], 0, number, error);
  return status == ST_OK ? add_name(ledger, *number, 0, c->names[0], error) : status;
}

enum status ledger_correct(struct ledger *ledger, const struct ledger_correction *c, int64_t *number, struct error *error)
{
  error_clear(error);
  enum status status = sql_simple(ledger, SQL_BEGIN, error);
  if (status == ST_OK) status = make_grade(ledger, c, number, error);
  if (status == ST_OK) status = sql_simple(ledger, SQL_COMMIT, error);
  return sql_undone(ledger, status);
}

/* Is there such a correction, and nobody took it back? */
static enum status check_undo(struct ledger *ledger, int64_t undoes, struct error *error)
{
  sqlite3_stmt *get = NULL;
  if (sqlite3_prepare_v2(ledger->db, "SELECT c.undoes IS NOT NULL, u.id FROM correction c LEFT JOIN correction u ON u.undoes = c.id WHERE c.id = ?1", -1,
                         &get, NULL) != SQLITE_OK)
    return sql_failed(ledger, error);
  sqlite3_bind_int64(get, 1, undoes);
  const long long number = (long long)undoes;
  if (!sql_row(ledger, get, error)) error_set(error, ST_USAGE, "correction %lld: there is none of this number: tocsin correct --list shows them", number);
  else if (sqlite3_column_int(get, 0)) error_set(error, ST_USAGE, "correction %lld: an undoing cannot be undone: make the correction anew", number);
  else if (sqlite3_column_type(get, 1) != SQLITE_NULL)
    error_set(error, ST_USAGE, "correction %lld: undone already, by correction %lld", number, (long long)sqlite3_column_int64(get, 1));
  sqlite3_finalize(get);
  return error->code;
}

enum status ledger_undo(struct ledger *ledger, int64_t undoes, const struct ledger_correction *by, int64_t *number, struct error *error)
{
  struct ledger_correction own = *by;
  own.subject = SLICE("correction");
  own.value = (struct slice){NULL, 0};
  error_clear(error);
  enum status status = sql_simple(ledger, SQL_BEGIN, error);
  if (status == ST_OK) status = check_undo(ledger, undoes, error);
  if (status == ST_OK) status = add_row(ledger, &own, "undo", undoes, number, error);
  if (status == ST_OK) status = sql_simple(ledger, SQL_COMMIT, error);
  return sql_undone(ledger, status);
}

enum status ledger_grade(struct ledger *ledger, struct slice publisher, char *grade, struct error *error)
{
  *grade = 'F';
  sqlite3_stmt *get = sql_use(ledger, SQL_GRADE_GET, error);
  if (!get) return error->code;
  sql_bind(get, 1, publisher);
  if (sql_row(ledger, get, error)) {
    const struct slice value = sql_text(get, 0);
    if (value.n == 1) *grade = value.at[0];
  }
  sqlite3_reset(get);
  return error->code;
}

/* Copies the rows that `select` gives into the table that `insert` fills; whole numbers stay such. */
static enum status copy_rows(struct ledger *from, struct ledger *to, const char *select, const char *insert, int32_t day, struct error *error)
{
  sqlite3_stmt *rows = NULL, *add = NULL;
  if (sqlite3_prepare_v2(from->db, select, -1, &rows, NULL) != SQLITE_OK) sql_failed(from, error);
  else if (sqlite3_prepare_v2(to->db, insert, -1, &add, NULL) != SQLITE_OK) sql_failed(to, error);
  else sqlite3_bind_int(rows, 1, day);
  while (error->code == ST_OK && sql_row(from, rows, error)) {
    for (int i = 0; i < sqlite3_column_count(rows); i++) sqlite3_bind_value(add, i + 1, sqlite3_column_value(rows, i));
    sql_done(to, add, error);
  }
  sqlite3_finalize(rows);
  sqlite3_finalize(add);
  return error->code;
}

enum status corrections_copy(struct ledger *from, struct ledger *to, int32_t day, struct error *error)
{
  enum status status = copy_rows(from, to, "SELECT id, kind, subject, author, at, reason, value,"
                                           " (SELECT count(*) FROM document d WHERE d.day <= ?1 AND d.seq <= c.behind), undoes FROM correction c ORDER BY id",
                                 "INSERT INTO correction(id, kind, subject, author, at, reason, value, behind, undoes)"
                                 " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", day, error);
  if (status != ST_OK) return status;
  return copy_rows(from, to, "SELECT correction, n, part, name, b, e, type, nth FROM target WHERE ?1 IS NOT NULL",
                   "INSERT INTO target(correction, n, part, name, b, e, type, nth) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", day, error);
}

/* ---- the list ---- */

enum { AT_ID, AT_KIND, AT_SUBJECT, AT_AUTHOR, AT_TIME, AT_REASON, AT_VALUE, AT_UNDOES, AT_UNDONE };

static void json_targets(struct ledger *ledger, struct json_out *j, sqlite3_stmt *targets, struct error *error)
{
  json_key(j, "targets");
  json_begin(j, '[');
  while (sql_row(ledger, targets, error)) {
    json_begin(j, '{');
    json_kstr(j, "name", sql_text(targets, 0));
    if (sqlite3_column_type(targets, 1) != SQLITE_NULL)
      json_kspan(j, "span", (struct span){(uint32_t)sqlite3_column_int64(targets, 1), (uint32_t)sqlite3_column_int64(targets, 2)});
    json_kstr_opt(j, "type", sql_text(targets, 3));
    json_end(j, '}');
  }
  json_end(j, ']');
}

static void json_correction(struct ledger *ledger, struct buf *to, sqlite3_stmt *row, sqlite3_stmt *targets, struct error *error)
{
  struct json_out j;
  json_init(&j, to);
  json_begin(&j, '{');
  json_kint(&j, "correction", sqlite3_column_int64(row, AT_ID));
  json_kstr(&j, "kind", sql_text(row, AT_KIND));
  json_kstr(&j, "subject", sql_text(row, AT_SUBJECT));
  json_kstr_opt(&j, "by", sql_text(row, AT_AUTHOR));
  json_kstr(&j, "at", sql_text(row, AT_TIME));
  json_kstr_opt(&j, "reason", sql_text(row, AT_REASON));
  json_kstr_opt(&j, "value", sql_text(row, AT_VALUE));
  if (sqlite3_column_type(row, AT_UNDOES) != SQLITE_NULL) json_kint(&j, "undoes", sqlite3_column_int64(row, AT_UNDOES));
  if (sqlite3_column_type(row, AT_UNDONE) != SQLITE_NULL) json_kint(&j, "undone_by", sqlite3_column_int64(row, AT_UNDONE));
  json_targets(ledger, &j, targets, error);
  json_end(&j, '}');
  buf_char(to, '\n');
}

static void person_correction(struct ledger *ledger, struct buf *to, sqlite3_stmt *row, sqlite3_stmt *targets, struct error *error)
{
  const struct slice at = sql_text(row, AT_TIME), author = sql_text(row, AT_AUTHOR), value = sql_text(row, AT_VALUE), reason = sql_text(row, AT_REASON);
  buf_printf(to, "%4lld  %.*s  %.*s %.*s", (long long)sqlite3_column_int64(row, AT_ID), SLICE_ARG(at), SLICE_ARG(sql_text(row, AT_KIND)),
             SLICE_ARG(sql_text(row, AT_SUBJECT)));
  if (sqlite3_column_type(row, AT_UNDOES) != SQLITE_NULL) buf_printf(to, " %lld", (long long)sqlite3_column_int64(row, AT_UNDOES));
  if (author.n) buf_printf(to, ", by %.*s", SLICE_ARG(author));
  if (sqlite3_column_type(row, AT_UNDONE) != SQLITE_NULL) buf_printf(to, " (undone by %lld)", (long long)sqlite3_column_int64(row, AT_UNDONE));
  buf_char(to, '\n');
  while (sql_row(ledger, targets, error)) {
    buf_printf(to, "      %.*s", SLICE_ARG(sql_text(targets, 0)));
    if (sqlite3_column_type(targets, 1) != SQLITE_NULL)
      buf_printf(to, " [%lld,%lld]", (long long)sqlite3_column_int64(targets, 1), (long long)sqlite3_column_int64(targets, 2));
    if (sql_text(targets, 3).n) buf_printf(to, " %.*s", SLICE_ARG(sql_text(targets, 3)));
    buf_char(to, '\n');
  }
  if (value.n) buf_printf(to, "      = %.*s\n", SLICE_ARG(value));
  if (reason.n) buf_printf(to, "      because %.*s\n", SLICE_ARG(reason));
}

enum status ledger_corrections(struct ledger *ledger, bool json, struct buf *to, struct error *error)
{
  sqlite3_stmt *rows = NULL, *targets = NULL;
  error_clear(error);
  if (sqlite3_prepare_v2(ledger->db, "SELECT c.id, c.kind, c.subject, c.author, c.at, c.reason, c.value, c.undoes, u.id FROM correction c"
                                     " LEFT JOIN correction u ON u.undoes = c.id ORDER BY c.id", -1, &rows, NULL) != SQLITE_OK ||
      sqlite3_prepare_v2(ledger->db, "SELECT name, b, e, type FROM target WHERE correction = ?1 ORDER BY n", -1, &targets, NULL) != SQLITE_OK)
    sql_failed(ledger, error);
  while (error->code == ST_OK && sql_row(ledger, rows, error)) {
    sqlite3_reset(targets);
    sqlite3_bind_int64(targets, 1, sqlite3_column_int64(rows, AT_ID));
    (json ? json_correction : person_correction)(ledger, to, rows, targets, error);
  }
  sqlite3_finalize(rows);
  sqlite3_finalize(targets);
  if (error->code == ST_OK && to->failed) error_set(error, ST_MEMORY, "not enough memory for the list of corrections: free some");
  return error->code;
}
