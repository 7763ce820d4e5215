/* ledger_correct.c: the rows of corrections: made, undone, listed. */
#include "ledger/ledger_correct.h"
#include "base/json_in.h"
#include "base/json_out.h"
#include "ledger/ledger_ask.h"
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

/* A document or publisher by name, a record by its address; part < 0: only for the list. */
static enum status add_target(struct ledger *ledger, int64_t correction, int n, int part, struct slice name, const struct address *address, struct error *error)
{
  sqlite3_stmt *add = sql_use(ledger, SQL_TARGET_ADD, error);
  if (!add) return error->code;
  sqlite3_bind_int64(add, 1, correction);
  sqlite3_bind_int(add, 2, n);
  sqlite3_bind_int(add, 3, part);
  sql_bind(add, 4, name);
  if (address) {
    sqlite3_bind_int64(add, 5, address->b);
    sqlite3_bind_int64(add, 6, address->e);
    sql_bind(add, 7, address->type);
    sqlite3_bind_int64(add, 8, address->nth);
  }
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
  return status == ST_OK ? add_target(ledger, *number, 0, 0, c->names[0], NULL, error) : status;
}

/* ---- what a person names ---- */

struct naming {
  struct ledger *ledger;
  const struct ledger_correction *c;
  int64_t number;
  int n, part;
  struct error *error;
};

static enum status no_such(struct naming *m, struct slice subject, struct slice name, const char *where)
{
  return error_set(m->error, ST_USAGE, "%.*s %.*s: there is none in the ledger: %s", SLICE_ARG(subject), SLICE_ARG(name), where);
}

static enum status add_record(struct naming *m, const struct subject *subject, struct slice doc, int64_t seq, int64_t n)
{
  struct ask ask = {.ledger = m->ledger, .error = m->error};
  struct buf json;
  json_error_t why;
  buf_init(&json, (size_t)1 << 31);
  enum status status = ask_reading_json(&ask, seq, &json);
  json_t *reading = json.n ? json_in(buf_get(&json), 0, &why) : NULL;
  if (status == ST_OK && (n < 0 || (size_t)n >= json_array_size(json_object_get(reading, subject->array))))
    status = no_such(m, slice_of(subject->name), doc, "its records are numbered by the \"id\" that --json gives");
  const struct address address = status == ST_OK ? address_of(reading, subject, (size_t)n) : (struct address){0};
  if (status == ST_OK) status = add_target(m->ledger, m->number, m->n++, m->part, doc, &address, m->error);
  json_decref(reading);
  buf_release(&json);
  return status;
}

/* The records that a statement gives: id, seq and n. */
static enum status add_records(struct naming *m, const struct subject *subject, const char *text, int64_t which, struct slice name)
{
  sqlite3_stmt *rows = NULL;
  bool any = false;
  enum status status = ST_OK;
  if (sqlite3_prepare_v2(m->ledger->db, text, -1, &rows, NULL) != SQLITE_OK) return sql_failed(m->ledger, m->error);
  sqlite3_bind_int64(rows, 1, which);
  while (status == ST_OK && sql_row(m->ledger, rows, m->error)) {
    any = true;
    status = add_record(m, subject, sql_text(rows, 0), sqlite3_column_int64(rows, 1), sqlite3_column_int64(rows, 2));
  }
  sqlite3_finalize(rows);
  if (status == ST_OK && !any) return no_such(m, m->c->subject, name, "tocsin events, figures and stories with --json tell the numbers");
  return m->error->code;
}

/* "quake-2#3": a record of a document by its number there. */
static enum status name_record(struct naming *m, const struct subject *subject, struct slice name)
{
  int64_t seq = 0, n = 0;
  size_t cut = name.n;
  while (cut > 0 && name.at[cut - 1] != '#') cut--;
  if (!cut || !slice_to_i64(slice_sub(name, cut, name.n), &n)) return no_such(m, m->c->subject, name, "name it DOCUMENT#NUMBER");
  const struct slice doc = slice_sub(name, 0, cut - 1);
  sqlite3_stmt *get = sql_use(m->ledger, SQL_DOCUMENT_BY_ID, m->error);
  if (!get) return m->error->code;
  sql_bind(get, 1, doc);
  const bool any = sql_row(m->ledger, get, m->error);
  sqlite3_reset(get);
  if (!any) return no_such(m, SLICE("document"), doc, "tocsin stories --json lists them");
  sqlite3_stmt *find = NULL;
  if (sqlite3_prepare_v2(m->ledger->db, "SELECT seq FROM document WHERE id = ?1", -1, &find, NULL) != SQLITE_OK) return sql_failed(m->ledger, m->error);
  sql_bind(find, 1, doc);
  if (sql_row(m->ledger, find, m->error)) seq = sqlite3_column_int64(find, 0);
  sqlite3_finalize(find);
  return m->error->code == ST_OK ? add_record(m, subject, doc, seq, n) : m->error->code;
}

static const char tellings_of[] = "SELECT d.id, d.seq, r.n FROM event r JOIN document d ON d.seq = r.doc WHERE r.chain = ?1 ORDER BY r.key";
static const char readings_of[] = "SELECT d.id, d.seq, r.n FROM figure r JOIN document d ON d.seq = r.doc WHERE r.series = ?1 ORDER BY r.key";
static const char reading_of[] = "SELECT d.id, d.seq, r.n FROM figure r JOIN document d ON d.seq = r.doc WHERE r.key = ?1";

/* A document by its id, or by the story whose first it is. */
static enum status name_document(struct naming *m, struct slice name, bool story)
{
  sqlite3_stmt *get = NULL;
  int64_t number = 0;
  if (story && !slice_to_i64(name, &number)) return no_such(m, SLICE("story"), name, "tocsin stories lists them");
  if (sqlite3_prepare_v2(m->ledger->db, story ? "SELECT id FROM document WHERE seq = ?1 AND story = seq" : "SELECT id FROM document WHERE id = ?1", -1, &get,
                         NULL) != SQLITE_OK)
    return sql_failed(m->ledger, m->error);
  if (story) sqlite3_bind_int64(get, 1, number);
  else sql_bind(get, 1, name);
  if (!sql_row(m->ledger, get, m->error)) no_such(m, story ? SLICE("story") : SLICE("document"), name, "tocsin stories lists them");
  else add_target(m->ledger, m->number, m->n++, m->part, sql_text(get, 0), NULL, m->error);
  sqlite3_finalize(get);
  return m->error->code;
}

/* One name; set: an event or series whole, and not a telling or reading. */
static enum status name_one(struct naming *m, struct slice name, bool set)
{
  const struct slice subject = m->c->subject;
  int64_t number = 0;
  const bool is_number = slice_to_i64(name, &number), is_series = slice_is(subject, "series");
  if (slice_is(subject, "story")) return name_document(m, name, set);
  const struct subject *of = subject_of(is_series ? SLICE("figure") : subject);
  if (!of) return error_set(m->error, ST_USAGE, "%.*s: no kind of record: event, claim, figure, position, story or series", SLICE_ARG(subject));
  if (is_number && slice_is(subject, "event")) return add_records(m, of, tellings_of, number, name);
  if (is_number && (is_series || slice_is(subject, "figure"))) return add_records(m, of, is_series && set ? readings_of : reading_of, number, name);
  return name_record(m, of, name);
}

/* A number that the text gives of a record or document by its document's id and its own number; -1: none. */
static int64_t set_of(struct naming *m, const char *text, struct slice doc, int64_t n)
{
  sqlite3_stmt *get = NULL;
  int64_t set = -1;
  if (sqlite3_prepare_v2(m->ledger->db, text, -1, &get, NULL) != SQLITE_OK) sql_failed(m->ledger, m->error);
  else {
    sql_bind(get, 1, doc);
    sqlite3_bind_int64(get, 2, n);
    if (sql_row(m->ledger, get, m->error)) set = sqlite3_column_int64(get, 0);
  }
  sqlite3_finalize(get);
  return set;
}

/* What is split off must be part of what it is split from, where that is named by its number. */
static enum status check_part(struct naming *m, struct slice whole, struct slice part)
{
  const struct slice subject = m->c->subject;
  const bool story = slice_is(subject, "story"), series = slice_is(subject, "series");
  int64_t number = 0, n = 0, set = 0;
  size_t cut = part.n;
  if (!slice_to_i64(whole, &number)) return ST_OK;
  while (cut > 0 && part.at[cut - 1] != '#') cut--;
  if (story) set = set_of(m, "SELECT story FROM document WHERE id = ?1 AND ?2 = 0", part, 0);
  else if (slice_to_i64(part, &n)) set = series ? set_of(m, "SELECT series FROM figure WHERE key = ?2 AND ?1 IS NULL", (struct slice){NULL, 0}, n) : n;
  else if (slice_to_i64(slice_sub(part, cut, part.n), &n))
    set = set_of(m, series ? "SELECT r.series FROM figure r JOIN document d ON d.seq = r.doc WHERE d.id = ?1 AND r.n = ?2"
                           : "SELECT r.chain FROM event r JOIN document d ON d.seq = r.doc WHERE d.id = ?1 AND r.n = ?2", slice_sub(part, 0, cut - 1), n);
  if (m->error->code != ST_OK || set == number) return m->error->code;
  return error_set(m->error, ST_USAGE, "split %.*s %.*s: %.*s is no part of it: tocsin %s --json tells what is", SLICE_ARG(subject), SLICE_ARG(whole),
                   SLICE_ARG(part), story ? "stories" : series ? "figures" : "events");
}

/* Nothing is merged with itself. */
static enum status check_apart(struct naming *m, size_t at)
{
  const struct ledger_correction *c = m->c;
  int64_t a, b;
  for (size_t i = 0; i < at; i++)
    if (slice_eq(c->names[i], c->names[at]) || (slice_to_i64(c->names[i], &a) && slice_to_i64(c->names[at], &b) && a == b))
      return error_set(m->error, ST_USAGE, "merge %.*s: %.*s is named twice", SLICE_ARG(c->subject), SLICE_ARG(c->names[at]));
  return ST_OK;
}

static enum status name_all(struct naming *m)
{
  const struct ledger_correction *c = m->c;
  const bool merge = c->kind == CORRECT_MERGE, split = c->kind == CORRECT_SPLIT, story = slice_is(c->subject, "story"), series = slice_is(c->subject, "series");
  if ((merge || split) && !story && !series && !slice_is(c->subject, "event"))
    return error_set(m->error, ST_USAGE, "%s %.*s: stories, events and series are merged and split", kinds[c->kind], SLICE_ARG(c->subject));
  if (c->kind == CORRECT_WRONG && (story || series))
    return error_set(m->error, ST_USAGE, "wrong %.*s: records are wrong (event, claim, figure, position); stories and series are split and merged",
                     SLICE_ARG(c->subject));
  if (c->n_names < (merge || split ? 2U : 1U)) return error_set(m->error, ST_USAGE, "%s %.*s: names too little", kinds[c->kind], SLICE_ARG(c->subject));
  for (size_t i = 0; i < c->n_names; i++) {
    m->part = split && i == 0 ? -1 : (int)i; /* what a split begins with tells whence */
    enum status status = merge ? check_apart(m, i) : ST_OK;
    if (status == ST_OK) status = name_one(m, c->names[i], split ? i == 0 : merge || c->kind == CORRECT_NOTE);
    if (status == ST_OK && split && i > 0) status = check_part(m, c->names[0], c->names[i]);
    if (status != ST_OK) return status;
  }
  return ST_OK;
}

enum status ledger_correct(struct ledger *ledger, const struct ledger_correction *c, int64_t *number, struct error *error)
{
  error_clear(error);
  enum status status = corrected_begin(ledger, error);
  if (status == ST_OK && c->kind == CORRECT_GRADE) status = make_grade(ledger, c, number, error);
  else if (status == ST_OK) {
    struct naming m = {.ledger = ledger, .c = c, .error = error};
    status = add_row(ledger, c, kinds[c->kind], 0, number, error);
    m.number = *number;
    if (status == ST_OK) status = name_all(&m);
    if (status == ST_OK && c->kind != CORRECT_NOTE) status = corrected_change(ledger, *number, false, error);
  }
  return corrected_end(ledger, status, error);
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
  int64_t derived = 0;
  error_clear(error);
  enum status status = corrected_begin(ledger, error);
  if (status == ST_OK) status = check_undo(ledger, undoes, error);
  if (status == ST_OK) status = add_row(ledger, &own, "undo", undoes, number, error);
  if (status == ST_OK)
    status = sql_number(ledger, "SELECT kind NOT IN ('grade', 'note') FROM correction WHERE id = ?1", undoes, &derived, error);
  if (status == ST_OK && derived) status = corrected_change(ledger, undoes, true, error);
  return corrected_end(ledger, status, error);
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
  status = copy_rows(from, to, "SELECT correction, n, part, name, b, e, type, nth FROM target WHERE ?1 IS NOT NULL",
                     "INSERT INTO target(correction, n, part, name, b, e, type, nth) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", day, error);
  int64_t any = 0;
  if (status == ST_OK) status = sql_number(to, "SELECT count(*) FROM correction c WHERE c.kind IN ('wrong', 'merge', 'split') AND ?1", 1, &any, error);
  if (status != ST_OK || !any) return status;
  status = corrected_begin(to, error);
  if (status == ST_OK) status = corrected_replay(to, error);
  return corrected_end(to, status, error);
}

/* ---- records that are no more ---- */

bool correction_holds(struct ledger *ledger, struct slice doc, struct slice subject, const struct address *address, struct error *error)
{
  struct ask ask = {.ledger = ledger, .error = error};
  const struct subject *of = subject_of(slice_is(subject, "series") ? SLICE("figure") : subject);
  struct buf json;
  json_error_t why;
  int64_t seq = 0;
  sqlite3_stmt *get = sql_use(ledger, SQL_DOCUMENT_BY_ID, error);
  if (!get || !of) return false;
  sql_bind(get, 1, doc);
  if (sql_row(ledger, get, error)) seq = sqlite3_column_int64(get, 0);
  sqlite3_reset(get);
  buf_init(&json, (size_t)1 << 31);
  if (seq) ask_reading_json(&ask, seq, &json);
  json_t *reading = json.n ? json_loadb(json.at, json.n, 0, &why) : NULL;
  const bool holds = reading && address_find(reading, of, address) >= 0;
  json_decref(reading);
  buf_release(&json);
  return holds;
}

enum status corrections_lost(struct ledger *ledger, void (*found)(void *context, const struct correction_target *target), void *context, struct error *error)
{
  sqlite3_stmt *rows = NULL;
  const char *sql = "SELECT c.id, c.kind, c.subject, t.name, t.b, t.e, t.type, t.nth FROM correction c JOIN target t ON t.correction = c.id"
                    " WHERE t.b IS NOT NULL AND t.part >= 0 AND " CORRECTION_STANDS " ORDER BY c.id, t.n";
  if (sqlite3_prepare_v2(ledger->db, sql, -1, &rows, NULL) != SQLITE_OK) return sql_failed(ledger, error);
  while (sql_row(ledger, rows, error)) {
    const struct correction_target t = {.correction = sqlite3_column_int64(rows, 0), .kind = sql_text(rows, 1), .subject = sql_text(rows, 2),
                                        .doc = sql_text(rows, 3), .address = {sqlite3_column_int64(rows, 4), sqlite3_column_int64(rows, 5),
                                                                              sqlite3_column_int64(rows, 7), sql_text(rows, 6)}};
    const bool holds = correction_holds(ledger, t.doc, t.subject, &t.address, error);
    if (error->code == ST_OK && !holds) found(context, &t);
  }
  sqlite3_finalize(rows);
  return error->code;
}

/* ---- the list ---- */

enum { AT_ID, AT_KIND, AT_SUBJECT, AT_AUTHOR, AT_TIME, AT_REASON, AT_VALUE, AT_UNDOES, AT_UNDONE };

/* Is the record of a target's row no more? */
static bool is_lost(struct ledger *ledger, sqlite3_stmt *row, sqlite3_stmt *target, struct error *error)
{
  if (sqlite3_column_type(target, 1) == SQLITE_NULL || sqlite3_column_type(row, AT_UNDONE) != SQLITE_NULL) return false;
  const struct address address = {sqlite3_column_int64(target, 1), sqlite3_column_int64(target, 2), sqlite3_column_int64(target, 4), sql_text(target, 3)};
  return !correction_holds(ledger, sql_text(target, 0), sql_text(row, AT_SUBJECT), &address, error);
}

static void json_targets(struct ledger *ledger, struct json_out *j, sqlite3_stmt *row, sqlite3_stmt *targets, struct error *error)
{
  json_key(j, "targets");
  json_begin(j, '[');
  while (sql_row(ledger, targets, error)) {
    json_begin(j, '{');
    json_kstr(j, "name", sql_text(targets, 0));
    if (sqlite3_column_type(targets, 1) != SQLITE_NULL)
      json_kspan(j, "span", (struct span){(uint32_t)sqlite3_column_int64(targets, 1), (uint32_t)sqlite3_column_int64(targets, 2)});
    json_kstr_opt(j, "type", sql_text(targets, 3));
    if (is_lost(ledger, row, targets, error)) {
      json_key(j, "lost");
      json_bool(j, true);
    }
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
  json_targets(ledger, &j, row, targets, error);
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
    if (is_lost(ledger, row, targets, error)) buf_text(to, " (no record now)");
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
      sqlite3_prepare_v2(ledger->db, "SELECT name, b, e, type, nth FROM target WHERE correction = ?1 ORDER BY n", -1, &targets, NULL) != SQLITE_OK)
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
