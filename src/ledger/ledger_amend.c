/* ledger_amend.c: what one correction changes, derived anew where it does and nowhere else.  The ledger is then, row for row, what ledger_replay.c
 * makes of all readings and corrections.
 *
 * The records of a document hang on its reading, its story and the one beside it, and on the rows of earlier documents there.  So documents are walked
 * through in the order of adding, and one is derived anew
 *   where a person called one of its records wrong, or took that back
 *   where its story, or the one beside it, has another number than before
 *   behind one of its story whose rows came out otherwise than before; where those are figures, also when that story is the one beside it
 *   where it has figures of a series whose contradictions came out otherwise: of the same two sources only the first is kept
 *
 * Events or series that a person merges or splits change behind all documents that are there, so that it is enough to do that.  Where such a
 * correction stands already, rows before it are not what they were when the documents behind them were added: if a document is met that has to do
 * with those rows, all is taken back and the whole ledger derived. */
#include "base/vec.h"
#include "ledger/ledger_derive.h"
#include "ledger/ledger_recent.h"
#include "ledger/ledger_replay.h"

enum { READING = 1, AGAIN = 2 }; /* why a document is derived anew: its reading is another; something else */
enum { OWN = 1, BESIDE = 2 };
enum walk { WALK_EVENT, WALK_FIGURE, WALK_CONFLICT, WALK_STANCE, WALK_DENIAL, WALK_CONTRADICTION, WALKS };

struct amending {
  struct replay *r;
  int64_t *was;          /* by document: its story before */
  unsigned char *must;   /* by document */
  unsigned char *dirty;  /* by story: OWN, BESIDE: what later documents of it, or beside it, find is not what it was */
  unsigned char *linked; /* by story, as numbered before: events or series of it were merged or split */
  unsigned char *linked_now; /* the same, as numbered now */
  bool all_linked;       /* of which stories cannot be told */
  bool any_contradiction;
  bool whole;            /* it cannot be done so */
  int64_t lo[KEYS], hi[KEYS];
  sqlite3_stmt *walk[WALKS];
};

static enum status run(struct replay *r, const char *text)
{
  return sqlite3_exec(r->ledger->db, text, NULL, NULL, NULL) == SQLITE_OK ? ST_OK : sql_failed(r->ledger, r->error);
}

static sqlite3_stmt *prepare(struct replay *r, const char *text)
{
  sqlite3_stmt *to = NULL;
  if (r->error->code == ST_OK && sqlite3_prepare_v2(r->ledger->db, text, -1, &to, NULL) != SQLITE_OK) sql_failed(r->ledger, r->error);
  return to;
}

/* ---- rows of a document ---- */

/* What later documents may find, without the numbers that only count rows. */
static const char *const walks[WALKS] = {
  "SELECT * FROM event WHERE key > ?1 AND key <= ?2 ORDER BY key",
  "SELECT * FROM figure WHERE key > ?1 AND key <= ?2 ORDER BY key",
  "SELECT later, earlier FROM conflict WHERE later > ?1 AND later <= ?2 ORDER BY later, earlier",
  "SELECT * FROM stance WHERE position > ?1 AND position <= ?2 ORDER BY position",
  "SELECT doc, n, story, chain, b, who, source, proper, day FROM denial WHERE story = ?1 AND doc = ?2 ORDER BY key",
  ("SELECT of, kind, story, what, n, b, who, source, other_doc, other_n, other_b, other_who, other_source, pair FROM contradiction"
   " WHERE story = ?1 AND doc = ?2 ORDER BY key")};

static void bind_walk(const struct amending *a, enum walk which, int64_t doc, int64_t story)
{
  static const int keys[] = {[WALK_EVENT] = KEYS_EVENTS, [WALK_FIGURE] = KEYS_FIGURES, [WALK_CONFLICT] = KEYS_FIGURES, [WALK_STANCE] = KEYS_POSITIONS};
  sqlite3_stmt *rows = a->walk[which];
  sqlite3_reset(rows);
  const bool by_key = which < WALK_DENIAL;
  sqlite3_bind_int64(rows, 1, by_key ? a->lo[keys[which]] : story);
  sqlite3_bind_int64(rows, 2, by_key ? a->hi[keys[which]] : doc);
}

static void put_rows(struct amending *a, enum walk which, int64_t doc, int64_t story, struct buf *to)
{
  sqlite3_stmt *rows = a->walk[which];
  bind_walk(a, which, doc, story);
  while (sql_row(a->r->ledger, rows, a->r->error))
    for (int i = 0; i < sqlite3_column_count(rows); i++) {
      if (sqlite3_column_type(rows, i) == SQLITE_FLOAT) {
        buf_printf(to, "%a ", sqlite3_column_double(rows, i));
        continue;
      }
      const struct slice text = sql_text(rows, i);
      buf_printf(to, "%d %zu ", sqlite3_column_type(rows, i), text.n);
      buf_slice(to, text);
    }
  sqlite3_reset(rows);
}

/* As the document's rows are: figures into *figures, contradictions into *against, the others into *others. */
struct rows { struct buf figures, against, others; };

static void take_rows(struct amending *a, int64_t doc, int64_t story, struct rows *to)
{
  buf_init(&to->figures, REPLAY_MOST);
  buf_init(&to->against, REPLAY_MOST);
  buf_init(&to->others, REPLAY_MOST);
  put_rows(a, WALK_FIGURE, doc, story, &to->figures);
  put_rows(a, WALK_CONFLICT, doc, story, &to->figures);
  put_rows(a, WALK_CONTRADICTION, doc, story, &to->against);
  put_rows(a, WALK_EVENT, doc, story, &to->others);
  put_rows(a, WALK_STANCE, doc, story, &to->others);
  put_rows(a, WALK_DENIAL, doc, story, &to->others);
  if (to->figures.failed || to->against.failed || to->others.failed) error_set(a->r->error, ST_MEMORY, "not enough memory for a correction: free some");
}

static void free_rows(struct rows *rows)
{
  buf_release(&rows->figures);
  buf_release(&rows->against);
  buf_release(&rows->others);
}

typedef VEC(int64_t) numbers;

/* The series of which a contradiction of figures is there. */
static void find_series(struct amending *a, int64_t doc, int64_t story, numbers *to)
{
  sqlite3_stmt *rows = a->walk[WALK_CONTRADICTION];
  bind_walk(a, WALK_CONTRADICTION, doc, story);
  while (sql_row(a->r->ledger, rows, a->r->error))
    if (slice_is(sql_text(rows, 1), "figures") && !vec_push(to, &a->r->arena, sqlite3_column_int64(rows, 0)))
      error_set(a->r->error, ST_MEMORY, "not enough memory for a correction: free some");
  sqlite3_reset(rows);
}

/* Later documents with figures of them. */
static void mark_series(struct amending *a, int64_t doc, const numbers *series)
{
  sqlite3_stmt *docs = prepare(a->r, "SELECT DISTINCT doc FROM figure WHERE series = ?1 AND doc > ?2");
  for (size_t i = 0; docs && i < series->n; i++) {
    sqlite3_reset(docs);
    sqlite3_bind_int64(docs, 1, series->at[i]);
    sqlite3_bind_int64(docs, 2, doc);
    while (sql_row(a->r->ledger, docs, a->r->error)) a->must[sqlite3_column_int64(docs, 0)] |= AGAIN;
  }
  sqlite3_finalize(docs);
}

static void find_keys(struct amending *a, int64_t doc)
{
  for (int i = 0; i < 2; i++) {
    int64_t *to = i ? a->hi : a->lo;
    sqlite3_stmt *get = sql_use(a->r->ledger, SQL_PLACING_KEYS, a->r->error);
    if (!get) return;
    sqlite3_bind_int64(get, 1, doc - 1 + i);
    const bool any = sql_row(a->r->ledger, get, a->r->error);
    for (int k = 0; k < KEYS; k++) to[k] = any ? sqlite3_column_int64(get, k) : 0;
    sqlite3_reset(get);
  }
}

/* The parties of the document's events: their rows are found by their codes. */
static void delete_parties(struct amending *a)
{
  sqlite3_stmt *rows = prepare(a->r, "SELECT key, actor, recipient FROM event WHERE key > ?1 AND key <= ?2");
  sqlite3_stmt *del = prepare(a->r, "DELETE FROM party WHERE code = ?1 AND event = ?2");
  sqlite3_bind_int64(rows, 1, a->lo[KEYS_EVENTS]);
  sqlite3_bind_int64(rows, 2, a->hi[KEYS_EVENTS]);
  while (rows && del && sql_row(a->r->ledger, rows, a->r->error))
    for (int side = 1; side <= 2; side++)
      for (struct slice codes = sql_text(rows, side); codes.n;) {
        sqlite3_reset(del);
        sql_bind(del, 1, slice_cut(&codes, ' '));
        sqlite3_bind_int64(del, 2, sqlite3_column_int64(rows, 0));
        sql_done(a->r->ledger, del, a->r->error);
      }
  sqlite3_finalize(rows);
  sqlite3_finalize(del);
}

static void delete_rows(struct amending *a, int64_t doc, int64_t story)
{
  static const struct { const char *text; int keys; } steps[] = {
    {"DELETE FROM event WHERE key > ?1 AND key <= ?2", KEYS_EVENTS},
    {"DELETE FROM claim WHERE key > ?1 AND key <= ?2", KEYS_CLAIMS},
    {"DELETE FROM stance WHERE position > ?1 AND position <= ?2", KEYS_POSITIONS},
    {"DELETE FROM position WHERE key > ?1 AND key <= ?2", KEYS_POSITIONS},
    {"DELETE FROM conflict WHERE later > ?1 AND later <= ?2", KEYS_FIGURES},
    {"DELETE FROM figure WHERE key > ?1 AND key <= ?2", KEYS_FIGURES},
    {"DELETE FROM denial WHERE story = ?1 AND doc = ?2", KEYS},
    {"DELETE FROM contradiction WHERE story = ?1 AND doc = ?2", KEYS}};
  delete_parties(a);
  for (size_t i = 0; i < sizeof steps / sizeof *steps && a->r->error->code == ST_OK; i++) {
    sqlite3_stmt *step = prepare(a->r, steps[i].text);
    if (!step) return;
    sqlite3_bind_int64(step, 1, steps[i].keys < KEYS ? a->lo[steps[i].keys] : story);
    sqlite3_bind_int64(step, 2, steps[i].keys < KEYS ? a->hi[steps[i].keys] : doc);
    sql_done(a->r->ledger, step, a->r->error);
    sqlite3_finalize(step);
  }
}

/* ---- the walk ---- */

static int64_t beside_of(const struct replay *r, int64_t doc) { return r->beside[doc] ? r->story[r->beside[doc]] : 0; }

/* What is remembered of a story holds as long as all that comes to it is derived. */
static void forget_stories(const struct amending *a, int64_t doc)
{
  const int64_t stories[] = {a->r->story[doc], beside_of(a->r, doc)};
  for (int i = 0; i < 2; i++)
    if (stories[i] && !(a->dirty[stories[i]] & OWN)) recent_drop_story(a->r->ledger->recent, stories[i]);
}

static enum status derive(struct amending *a, struct ask *ask, int64_t doc)
{
  struct replay *r = a->r;
  struct rows before, after;
  numbers disputed = {0};
  const int64_t old = a->was[doc], now = r->story[doc], beside = beside_of(r, doc);
  if (a->all_linked || a->linked[old] || a->linked_now[now] || a->linked_now[beside]) {
    a->whole = true;
    return ST_OK;
  }
  find_keys(a, doc);
  take_rows(a, doc, old, &before);
  find_series(a, doc, old, &disputed);
  delete_rows(a, doc, old);
  r->ledger->changes = sqlite3_total_changes64(r->ledger->db); /* what is remembered is of the documents before it */
  if (r->error->code == ST_OK) replay_derive(r, ask, doc);
  take_rows(a, doc, now, &after);
  const bool against = !slice_eq(buf_get(&before.against), buf_get(&after.against)), figures = !slice_eq(buf_get(&before.figures), buf_get(&after.figures));
  if (figures || against || old != now) a->dirty[now] |= OWN | BESIDE;
  if ((a->must[doc] & READING) || !slice_eq(buf_get(&before.others), buf_get(&after.others))) a->dirty[now] |= OWN;
  if (old != now) a->dirty[old] |= OWN | BESIDE;
  a->any_contradiction |= before.against.n || after.against.n; /* they have other numbers now, even if they are the same */
  if (against) {
    find_series(a, doc, now, &disputed);
    mark_series(a, doc, &disputed);
  }
  forget_stories(a, doc);
  free_rows(&before);
  free_rows(&after);
  return r->error->code;
}

static enum status walk_all(struct amending *a)
{
  struct replay *r = a->r;
  struct ask ask = {.ledger = r->ledger, .error = r->error};
  enum status status = ST_OK;
  recent_forget(&r->ledger->recent);
  for (int i = 0; i < WALKS; i++) a->walk[i] = prepare(r, walks[i]);
  status = r->error->code;
  for (int64_t d = 1; d <= r->n && status == ST_OK && !a->whole; d++) {
    const int64_t beside = beside_of(r, d);
    if (a->must[d] || (a->dirty[r->story[d]] & OWN) || (beside && (a->dirty[beside] & BESIDE))) status = derive(a, &ask, d);
  }
  for (int i = 0; i < WALKS; i++) sqlite3_finalize(a->walk[i]);
  ask_release(&ask);
  return status;
}

/* Contradictions are numbered in the order of their documents. */
static const char number_anew[] =
  "CREATE TEMP TABLE renumbered(old INTEGER PRIMARY KEY, new INTEGER NOT NULL);"
  "INSERT INTO renumbered SELECT key, row_number() OVER (ORDER BY doc, key) FROM contradiction;"
  "DELETE FROM renumbered WHERE old = new;"
  "UPDATE contradiction SET key = -(SELECT n.new FROM renumbered n WHERE n.old = key) WHERE key IN (SELECT n.old FROM renumbered n);"
  "UPDATE contradiction SET key = -key WHERE key < 0;"
  "DROP TABLE renumbered;";

/* ---- where to begin ---- */

static enum status make_room(struct amending *a)
{
  struct replay *r = a->r;
  const size_t n = (size_t)r->n + 1;
  a->was = arena_array(&r->arena, int64_t, n);
  a->must = arena_array(&r->arena, unsigned char, n);
  a->dirty = arena_array(&r->arena, unsigned char, n);
  a->linked = arena_array(&r->arena, unsigned char, n);
  a->linked_now = arena_array(&r->arena, unsigned char, n);
  if (!a->was || !a->must || !a->dirty || !a->linked || !a->linked_now) return error_set(r->error, ST_MEMORY, "not enough memory for a correction: free some");
  sqlite3_stmt *rows = prepare(r, "SELECT seq, story FROM document ORDER BY seq");
  while (rows && sql_row(r->ledger, rows, r->error)) {
    const int64_t doc = sqlite3_column_int64(rows, 0);
    if (doc >= 1 && doc <= r->n) a->was[doc] = sqlite3_column_int64(rows, 1);
  }
  sqlite3_finalize(rows);
  for (int64_t d = 1; d <= r->n && r->error->code == ST_OK; d++)
    if (a->was[d] < 1 || a->was[d] > r->n) a->whole = true; /* no ledger of ours: as it ever was */
  return r->error->code;
}

/* All stories with a row of the event or series. */
static void link_set(struct amending *a, bool event, int64_t set, unsigned char *to)
{
  sqlite3_stmt *rows = prepare(a->r, event ? "SELECT DISTINCT story FROM event WHERE chain = ?1" : "SELECT DISTINCT story FROM figure WHERE series = ?1");
  sqlite3_bind_int64(rows, 1, set);
  while (rows && sql_row(a->r->ledger, rows, a->r->error)) {
    const int64_t story = sqlite3_column_int64(rows, 0);
    if (story >= 1 && story <= a->r->n) to[story] = 1;
  }
  sqlite3_finalize(rows);
}

/* The stories whose events or series a correction merged or split; false: they cannot all be told, as nothing names the rest of a series that was split. */
static bool link_stories(struct amending *a, int64_t correction, bool event, bool split, unsigned char *to)
{
  struct ask ask = {.ledger = a->r->ledger, .error = a->r->error};
  int64_t key = 0, in = 0, out = 0, rest = 0;
  sqlite3_stmt *rows = prepare(a->r, "SELECT d.seq, t.b, t.e, t.type, t.nth, t.part FROM target t JOIN document d ON d.id = t.name WHERE t.correction = ?1"
                                     " AND t.b IS NOT NULL ORDER BY t.part DESC");
  sqlite3_bind_int64(rows, 1, correction);
  while (rows && sql_row(a->r->ledger, rows, a->r->error)) {
    to[a->was[sqlite3_column_int64(rows, 0)]] = 1;
    if (!replay_find(a->r, &ask, event, rows, &key, &in)) continue;
    if (sqlite3_column_int(rows, 5) >= 0) out = in;
    else if (in != out) rest = in;
    link_set(a, event, in, to);
  }
  sqlite3_finalize(rows);
  ask_release(&ask);
  return !split || event || rest;
}

/* Those of all corrections that stand but this one. */
static void link_others(struct amending *a, int64_t but)
{
  sqlite3_stmt *rows = prepare(a->r, "SELECT c.id, c.subject = 'event', c.kind = 'split' FROM correction c WHERE c.kind IN ('merge', 'split')"
                                     " AND c.subject <> 'story' AND c.id <> ?1 AND " CORRECTION_STANDS);
  sqlite3_bind_int64(rows, 1, but);
  while (rows && sql_row(a->r->ledger, rows, a->r->error))
    if (!link_stories(a, sqlite3_column_int64(rows, 0), sqlite3_column_int(rows, 1), sqlite3_column_int(rows, 2), a->linked)) a->all_linked = true;
  sqlite3_finalize(rows);
  for (int64_t d = 1; d <= a->r->n; d++)
    if (a->linked[a->was[d]]) a->linked_now[a->r->story[d]] = 1;
}

static void mark_targets(struct amending *a, int64_t correction)
{
  sqlite3_stmt *rows = prepare(a->r, "SELECT d.seq FROM target t JOIN document d ON d.id = t.name WHERE t.correction = ?1");
  sqlite3_bind_int64(rows, 1, correction);
  while (rows && sql_row(a->r->ledger, rows, a->r->error)) a->must[sqlite3_column_int64(rows, 0)] |= READING;
  sqlite3_finalize(rows);
}

static void mark_moved(struct amending *a)
{
  const struct replay *r = a->r;
  for (int64_t d = 1; d <= r->n; d++)
    if (r->story[d] != a->was[d] || (r->beside[d] && r->story[r->beside[d]] != a->was[r->beside[d]])) a->must[d] |= AGAIN;
}

/* All documents of the stories that a correction of events or series, which is no more, had changed. */
static void mark_linked(struct amending *a, int64_t correction, bool event, bool split)
{
  unsigned char *own = arena_array(&a->r->arena, unsigned char, (size_t)a->r->n + 1);
  if (!own) error_set(a->r->error, ST_MEMORY, "not enough memory for a correction: free some");
  else if (!link_stories(a, correction, event, split, own)) a->whole = true;
  for (int64_t d = 1; own && d <= a->r->n; d++)
    if (own[a->was[d]]) a->must[d] |= AGAIN;
}

/* A correction of events or series that was just made. */
static enum status correct_now(struct replay *r, int64_t correction)
{
  sqlite3_stmt *row = prepare(r, "SELECT c.id, c.behind, c.kind = 'merge', c.subject FROM correction c WHERE c.id = ?1");
  sqlite3_bind_int64(row, 1, correction);
  r->known = r->n;
  if (row && sql_row(r->ledger, row, r->error)) replay_correct_sets(r, row);
  sqlite3_finalize(row);
  return r->error->code;
}

static enum status amend(struct amending *a, int64_t correction, bool records, bool stories, bool event, bool split)
{
  enum status status = make_room(a);
  if (status != ST_OK || a->whole) return status;
  link_others(a, correction);
  if (records) mark_targets(a, correction);
  else if (stories) mark_moved(a);
  else mark_linked(a, correction, event, split);
  status = a->r->error->code;
  if (status == ST_OK && !a->whole) status = walk_all(a);
  if (status == ST_OK && !a->whole && a->any_contradiction) status = run(a->r, number_anew);
  return status == ST_OK && !a->whole ? replay_sweep(a->r) : status;
}

enum status corrected_change(struct ledger *ledger, int64_t correction, bool undone, struct error *error)
{
  struct replay r = {.ledger = ledger, .error = error};
  struct amending a = {.r = &r};
  bool records = false, stories = false, event = false, split = false;
  arena_init(&r.arena, REPLAY_MOST);
  sqlite3_stmt *row = prepare(&r, "SELECT kind = 'wrong', subject = 'story', subject = 'event', kind = 'split' FROM correction WHERE id = ?1");
  sqlite3_bind_int64(row, 1, correction);
  if (row && sql_row(ledger, row, error)) {
    records = sqlite3_column_int(row, 0);
    stories = sqlite3_column_int(row, 1);
    event = sqlite3_column_int(row, 2);
    split = sqlite3_column_int(row, 3);
  }
  sqlite3_finalize(row);
  enum status status = error->code == ST_OK ? replay_load(&r) : error->code;
  if (status == ST_OK) status = replay_place(&r);
  if (status == ST_OK && !undone && !records && !stories) status = correct_now(&r, correction);
  else if (status == ST_OK) {
    status = run(&r, "SAVEPOINT amending");
    if (status == ST_OK) status = amend(&a, correction, records, stories, event, split);
    if (status == ST_OK) status = run(&r, a.whole ? "ROLLBACK TO amending; RELEASE amending" : "RELEASE amending");
  }
  arena_release(&r.arena);
  return status == ST_OK && a.whole ? corrected_replay(ledger, error) : status;
}
