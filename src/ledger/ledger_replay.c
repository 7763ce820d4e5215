/* ledger_replay.c: what is derived, with a person's corrections in it.
 *
 * A document follows the one it is most like (placing.nearest) into its story; a story is a set of documents and has the number of the first.
 * A correction of stories, events or series takes effect behind the last document that was there when it was made: a merge makes one set of those
 * that hold its targets, a split makes a set of its targets alone.  What comes later follows by itself.  So the state hangs on the readings and the
 * corrections alone, and one that is undone leaves no trace. */
#include "base/json_in.h"
#include "ledger/ledger_derive.h"
#include "ledger/ledger_postings.h"
#include "ledger/ledger_recent.h"
#include "ledger/ledger_replay.h"

static enum status run(struct ledger *ledger, const char *text, struct error *error)
{
  return sqlite3_exec(ledger->db, text, NULL, NULL, NULL) == SQLITE_OK ? ST_OK : sql_failed(ledger, error);
}

static sqlite3_stmt *prepare(struct replay *r, const char *text)
{
  sqlite3_stmt *to = NULL;
  if (sqlite3_prepare_v2(r->ledger->db, text, -1, &to, NULL) != SQLITE_OK) sql_failed(r->ledger, r->error);
  return to;
}

enum status corrected_begin(struct ledger *ledger, struct error *error)
{
  enum status status = run(ledger, "PRAGMA foreign_keys = OFF", error); /* all rows go and come again; the keys between them are made anew */
  return status == ST_OK ? sql_simple(ledger, SQL_BEGIN, error) : status;
}

enum status corrected_end(struct ledger *ledger, enum status status, struct error *error)
{
  struct error ignored = {ST_OK, ""};
  int64_t stories = 0;
  if (status == ST_OK) status = sql_simple(ledger, SQL_COMMIT, error);
  status = sql_undone(ledger, status);
  recent_forget(&ledger->recent); /* some of it may be of what was taken back */
  postings_forget(ledger);
  ledger->changes = -1;
  run(ledger, "PRAGMA foreign_keys = ON", &ignored);
  sql_number(ledger, "SELECT count(*) FROM correction c WHERE c.kind IN ('merge', 'split') AND c.subject = 'story' AND ?1 AND " CORRECTION_STANDS, 1, &stories,
             &ignored);
  ledger->restoried = stories > 0;
  return status;
}

/* ---- stories ---- */

enum status replay_load(struct replay *r)
{
  enum status status = sql_number(r->ledger, "SELECT coalesce(max(seq), 0) FROM document WHERE ?1", 1, &r->n, r->error);
  if (status != ST_OK) return status;
  r->story = arena_array(&r->arena, int64_t, (size_t)r->n + 1);
  r->nearest = arena_array(&r->arena, int64_t, (size_t)r->n + 1);
  r->beside = arena_array(&r->arena, int64_t, (size_t)r->n + 1);
  if (!r->story || !r->nearest || !r->beside) return error_set(r->error, ST_MEMORY, "not enough memory to derive stories: free some");
  sqlite3_stmt *rows = prepare(r, "SELECT doc, coalesce(nearest, 0), coalesce(beside, 0) FROM placing ORDER BY doc");
  while (rows && sql_row(r->ledger, rows, r->error)) {
    const int64_t doc = sqlite3_column_int64(rows, 0), nearest = sqlite3_column_int64(rows, 1), beside = sqlite3_column_int64(rows, 2);
    if (doc < 1 || doc > r->n) continue;
    r->nearest[doc] = nearest > 0 && nearest < doc ? nearest : 0;
    r->beside[doc] = beside > 0 && beside < doc ? beside : 0;
  }
  sqlite3_finalize(rows);
  return r->error->code;
}

static void relabel(const struct replay *r, int64_t from, int64_t to)
{
  for (int64_t d = 1; d <= r->known; d++)
    if (r->story[d] == from) r->story[d] = to;
}

/* Documents that are there already, of one correction. */
static sqlite3_stmt *targets(struct replay *r, int64_t correction)
{
  sqlite3_stmt *rows = prepare(r, "SELECT d.seq, t.b, t.e, t.type, t.nth FROM target t JOIN document d ON d.id = t.name WHERE t.correction = ?1"
                                  " AND d.seq <= ?2 AND t.part >= 0 ORDER BY d.seq, t.b, t.nth");
  sqlite3_bind_int64(rows, 1, correction);
  sqlite3_bind_int64(rows, 2, r->known);
  return rows;
}

static void correct_stories(struct replay *r, int64_t correction, bool merge)
{
  int64_t first = 0;
  sqlite3_stmt *rows = targets(r, correction);
  while (rows && sql_row(r->ledger, rows, r->error)) {
    const int64_t doc = sqlite3_column_int64(rows, 0);
    if (merge) {
      const int64_t a = first, b = r->story[doc];
      first = !a || b < a ? b : a;
      if (a && a != b) relabel(r, a < b ? b : a, first);
      continue;
    }
    const int64_t was = r->story[doc];
    if (!first) first = doc;
    r->story[doc] = -1;
    for (int64_t d = 1; was == doc && d <= r->known; d++) /* it gave the story its number, which is now that of the next */
      if (r->story[d] == was) {
        relabel(r, was, d);
        break;
      }
  }
  sqlite3_finalize(rows);
  if (!merge && first) relabel(r, -1, first);
}

static enum status correct_all(struct replay *r, sqlite3_stmt *rows, int64_t *behind, void (*correct)(struct replay *r, sqlite3_stmt *row))
{
  while (*behind < 0 || *behind <= r->known) {
    if (*behind >= 0) correct(r, rows);
    if (!sql_row(r->ledger, rows, r->error)) {
      *behind = INT64_MAX;
      break;
    }
    *behind = sqlite3_column_int64(rows, 1);
  }
  return r->error->code;
}

static void correct_story(struct replay *r, sqlite3_stmt *row) { correct_stories(r, sqlite3_column_int64(row, 0), sqlite3_column_int(row, 2)); }

enum status replay_place(struct replay *r)
{
  int64_t behind = -1;
  sqlite3_stmt *rows = prepare(r, "SELECT c.id, c.behind, c.kind = 'merge' FROM correction c WHERE c.kind IN ('merge', 'split') AND c.subject = 'story' AND "
                                  CORRECTION_STANDS " ORDER BY c.id");
  for (int64_t d = 1; rows && d <= r->n; d++) {
    r->known = d - 1;
    correct_all(r, rows, &behind, correct_story);
    r->story[d] = r->nearest[d] ? r->story[r->nearest[d]] : d;
  }
  r->known = r->n;
  if (rows) correct_all(r, rows, &behind, correct_story);
  sqlite3_finalize(rows);
  return r->error->code;
}

/* ---- events and series ---- */

struct parts {
  const char *table, *total, *column;
};
static const struct parts events = {"event", "events", "chain"}, series = {"figure", "figures", "series"};

static enum status set(struct replay *r, const char *format, const struct parts *p, int64_t a, int64_t b)
{
  struct buf text;
  buf_init(&text, 1 << 16);
  for (const char *c = format; *c; c++) { /* #: the table, @: its column */
    if (*c == '#') buf_text(&text, p->table);
    else if (*c == '@') buf_text(&text, p->column);
    else buf_char(&text, *c);
  }
  buf_char(&text, 0);
  sqlite3_stmt *run_it = text.failed ? NULL : prepare(r, text.at);
  if (text.failed) error_set(r->error, ST_MEMORY, "not enough memory for a correction: free some");
  sqlite3_bind_int64(run_it, 1, a);
  sqlite3_bind_int64(run_it, 2, b);
  while (run_it && sql_row(r->ledger, run_it, r->error)) {}
  sqlite3_finalize(run_it);
  buf_release(&text);
  return r->error->code;
}

bool replay_find(struct replay *r, struct ask *ask, bool event, sqlite3_stmt *target, int64_t *key, int64_t *in)
{
  const struct parts *p = event ? &events : &series;
  const struct subject *subject = subject_of(slice_of(p->table));
  struct buf json, text;
  json_error_t why;
  const int64_t doc = sqlite3_column_int64(target, 0);
  bool found = false;
  buf_init(&json, REPLAY_MOST);
  buf_init(&text, 1 << 12);
  ask_reading_json(ask, doc, &json);
  json_t *reading = json.n ? json_in(buf_get(&json), 0, &why) : NULL;
  const struct address address = {.b = sqlite3_column_int64(target, 1), .e = sqlite3_column_int64(target, 2), .type = sql_text(target, 3),
                                  .nth = sqlite3_column_int64(target, 4)};
  const int64_t n = address_find(reading, subject, &address);
  buf_printf(&text, "SELECT key, %s FROM %s WHERE key > coalesce((SELECT %s FROM placing WHERE doc = ?1 - 1), 0)"
                    " AND key <= (SELECT %s FROM placing WHERE doc = ?1) AND n = ?2", p->column, p->table, p->total, p->total);
  buf_char(&text, 0);
  sqlite3_stmt *get = n < 0 || text.failed ? NULL : prepare(r, text.at);
  sqlite3_bind_int64(get, 1, doc);
  sqlite3_bind_int64(get, 2, n);
  if (get && sql_row(r->ledger, get, r->error)) {
    *key = sqlite3_column_int64(get, 0);
    *in = sqlite3_column_int64(get, 1);
    found = true;
  }
  sqlite3_finalize(get);
  json_decref(reading);
  buf_release(&json);
  buf_release(&text);
  return found;
}

/* What revises and contradicts what, within the series alone; a running total that revises nothing now revises the one of its side before it. */
static const char relink[] =
  "UPDATE figure SET revises = NULL WHERE series <> (SELECT o.series FROM figure o WHERE o.key = figure.revises);"
  "DELETE FROM conflict WHERE (SELECT f.series FROM figure f WHERE f.key = later) <> (SELECT f.series FROM figure f WHERE f.key = earlier);"
  "UPDATE figure SET revises = (SELECT o.key FROM figure o WHERE o.series = figure.series AND o.key < figure.key AND o.doc <> figure.doc"
  " AND o.running = figure.running AND o.real = figure.real AND o.side IS figure.side ORDER BY o.key DESC LIMIT 1)"
  " WHERE revises IS NULL AND running = 1 AND series IN (SELECT key FROM touched);"
  "UPDATE figure SET revises = NULL WHERE series IN (SELECT key FROM touched)"
  " AND (value, low, high) IS (SELECT o.value, o.low, o.high FROM figure o WHERE o.key = figure.revises);";

static void touch(struct replay *r, const struct parts *p, int64_t key) { set(r, "INSERT OR IGNORE INTO touched VALUES(?1)", p, key, 0); }

/* The sets `a` and `b` are one; 0 is no set.  Gives its number. */
static int64_t merge_sets(struct replay *r, const struct parts *p, int64_t a, int64_t b)
{
  const int64_t first = !a || b < a ? b : a, other = a > b ? a : b;
  if (!a || a == b) return b;
  set(r, "UPDATE # SET @ = ?2 WHERE @ = ?1", p, other, first);
  if (p == &events) set(r, "UPDATE figure SET chain = ?2 WHERE chain = ?1", p, other, first);
  return first;
}

/* Row `key` goes out of set `in`, which when it was its first has the number of the next. */
static void take_out(struct replay *r, const struct parts *p, int64_t key, int64_t in)
{
  set(r, "UPDATE # SET @ = -1 WHERE key = ?1 OR ?2", p, key, 0);
  if (key == in) set(r, "UPDATE # SET @ = (SELECT min(o.key) FROM # o WHERE o.@ = ?1) WHERE @ = ?1 OR ?2", p, key, 0);
}

void replay_correct_sets(struct replay *r, sqlite3_stmt *row)
{
  const bool merge = sqlite3_column_int(row, 2);
  const struct parts *p = slice_is(sql_text(row, 3), "event") ? &events : &series;
  struct ask ask = {.ledger = r->ledger, .error = r->error};
  int64_t first = 0, key = 0, in = 0;
  run(r->ledger, "CREATE TEMP TABLE IF NOT EXISTS touched(key INTEGER PRIMARY KEY); DELETE FROM touched", r->error);
  sqlite3_stmt *rows = targets(r, sqlite3_column_int64(row, 0));
  while (rows && sql_row(r->ledger, rows, r->error)) {
    if (!replay_find(r, &ask, p == &events, rows, &key, &in)) continue;
    touch(r, p, in);
    if (merge) first = merge_sets(r, p, first, in);
    else take_out(r, p, key, in);
    if (!merge && (!first || key < first)) first = key;
  }
  sqlite3_finalize(rows);
  if (!merge && first) set(r, "UPDATE # SET @ = ?1 WHERE @ = -1 OR ?2", p, first, 0);
  if (first) touch(r, p, first);
  set(r, "INSERT OR IGNORE INTO touched SELECT DISTINCT @ FROM # WHERE key IN (SELECT key FROM touched) OR ?1 OR ?2", p, 0, 0);
  if (p == &series) run(r->ledger, relink, r->error);
  ask_release(&ask);
}

/* ---- records ---- */

enum status replay_derive(struct replay *r, struct ask *ask, int64_t doc)
{
  struct ledger_item item = {0};
  struct buf json;
  struct derive d = {.ledger = r->ledger, .item = &item, .seq = doc, .story = r->story[doc], .error = r->error};
  if (r->beside[doc]) d.beside = r->story[r->beside[doc]];
  buf_init(&json, REPLAY_MOST);
  enum status status = ask_reading_json(ask, doc, &json);
  if (status == ST_OK) status = item_read(&item, buf_get(&json), r->error);
  if (status == ST_OK) status = corrected_reading(r->ledger, item.root, r->error);
  sqlite3_stmt *to = status == ST_OK && d.story == doc ? prepare(r, "INSERT OR IGNORE INTO story(id, title) VALUES(?1, ?2)") : NULL;
  if (to) {
    sqlite3_bind_int64(to, 1, doc);
    sql_bind(to, 2, item_headline(&item));
    status = sql_done(r->ledger, to, r->error);
    sqlite3_finalize(to);
  }
  if (status == ST_OK) status = set(r, "UPDATE document SET story = ?2 WHERE seq = ?1 AND story <> ?2", &events, doc, d.story);
  if (status == ST_OK) status = derive_begin(&d);
  if (status == ST_OK) status = derive_records(&d);
  if (status == ST_OK) r->ledger->changes = sqlite3_total_changes64(r->ledger->db); /* what is remembered is as the tables have it */
  recent_trim(r->ledger->recent);
  item_release(&item);
  buf_release(&json);
  return status;
}

enum status replay_sweep(struct replay *r)
{
  return run(r->ledger, "DELETE FROM story WHERE documents = 0 AND NOT EXISTS (SELECT 1 FROM document d WHERE d.story = story.id)", r->error);
}

static enum status derive_all(struct replay *r)
{
  struct ask ask = {.ledger = r->ledger, .error = r->error};
  int64_t behind = -1;
  recent_forget(&r->ledger->recent);
  r->ledger->changes = -1;
  enum status status = run(r->ledger, "DELETE FROM contradiction; DELETE FROM denial; DELETE FROM stance;"
                                      "DELETE FROM conflict; DELETE FROM party; DELETE FROM figure; DELETE FROM position; DELETE FROM claim;"
                                      "DELETE FROM event", r->error);
  sqlite3_stmt *rows = prepare(r, "SELECT c.id, c.behind, c.kind = 'merge', c.subject FROM correction c WHERE c.kind IN ('merge', 'split')"
                                  " AND c.subject <> 'story' AND " CORRECTION_STANDS " ORDER BY c.id");
  for (int64_t d = 1; rows && d <= r->n && status == ST_OK; d++) {
    r->known = d - 1;
    status = correct_all(r, rows, &behind, replay_correct_sets);
    if (status == ST_OK) status = replay_derive(r, &ask, d);
  }
  r->known = r->n;
  if (rows && status == ST_OK) correct_all(r, rows, &behind, replay_correct_sets);
  sqlite3_finalize(rows);
  ask_release(&ask);
  return r->error->code == ST_OK ? replay_sweep(r) : r->error->code;
}

enum status corrected_replay(struct ledger *ledger, struct error *error)
{
  struct replay r = {.ledger = ledger, .error = error};
  arena_init(&r.arena, REPLAY_MOST);
  enum status status = replay_load(&r);
  if (status == ST_OK) status = replay_place(&r);
  if (status == ST_OK) status = derive_all(&r);
  arena_release(&r.arena);
  return status;
}
