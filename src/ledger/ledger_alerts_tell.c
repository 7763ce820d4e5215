/* ledger_alerts_tell.c: what rang goes to the outputs, once to each.
 *
 * What an output is to be told is found first, and then sent one by one, with no statement open and the ledger's lock given back: others may write
 * while a program or a webhook takes its time.  A lock of its own (PATH-alerts) keeps a second one from telling the same alerts.  After each alert
 * that an output took, that is kept at once; killed between the two, it is sent again next time.
 *
 * The table `delivered` says which output has which alert; an output that is named for the first time gets all that rang and that the filters let
 * through.  A filter of documents is about the document that raised the alert; one of events about an event told in one of its sentences. */
#include "base/vec.h"
#include "ledger/ledger_alerts_ring.h"
#include "ledger/ledger_corrected.h"

#define LIST_MOST ((size_t)1 << 30)

/* A document by its id; false: it is not there, or the error is set. */
static bool find_document(struct ringing *r, sqlite3_stmt *get, struct slice id)
{
  sqlite3_reset(get);
  sql_bind(get, 1, id);
  return sql_row(r->ask->ledger, get, r->ask->error);
}

static bool in_days(const struct ledger_question *q, int64_t day, bool dated)
{
  int32_t from, to;
  if (q->since.n && item_day(q->since, &from) && (!dated || day < from)) return false;
  return !q->until.n || !item_day(q->until, &to) || (dated && day <= to);
}

/* Does a sentence of the alert tell an event that passes the filters? */
static bool tells_event(struct ringing *r, sqlite3_stmt *document, sqlite3_stmt *event, const json_t *told)
{
  const struct ledger_question *q = &r->question->filter;
  const json_t *sentence;
  bool found = false;
  size_t i;
  json_array_foreach(json_object_get(told, "sentences"), i, sentence) {
    const struct slice id = item_string(sentence, "doc");
    const int64_t at = item_int(sentence, "at", 0);
    if (!find_document(r, document, id)) continue;
    const int64_t doc = sqlite3_column_int64(document, 0);
    const json_t *reading = ask_reading(r->ask, doc);
    const struct slice words = ask_sentence(reading, at), text = item_string(json_object_get(reading, "document"), "text");
    if (!words.n) continue;
    sqlite3_reset(event);
    sqlite3_bind_int64(event, 1, doc);
    sqlite3_bind_int64(event, 2, words.at - text.at);
    sqlite3_bind_int64(event, 3, words.at - text.at + (int64_t)words.n);
    sql_bind(event, 4, q->type);
    sql_bind(event, 5, q->status);
    sql_bind(event, 6, q->place);
    sql_bind(event, 7, q->actor);
    found = found || sql_row(r->ask->ledger, event, r->ask->error);
    sqlite3_reset(event);
  }
  return found;
}

struct filter {
  sqlite3_stmt *document, *event;
};

static bool passes(struct ringing *r, const struct filter *f, const json_t *told)
{
  const struct ledger_question *q = &r->question->filter;
  const struct slice id = item_string(json_array_get(json_object_get(told, "sentences"), 0), "doc");
  if (q->since.n || q->until.n || q->publisher.n || q->story || q->grade.n) {
    sql_bind(f->document, 2, q->grade);
    if (!find_document(r, f->document, id)) return false;
    if (!in_days(q, sqlite3_column_int64(f->document, 1), sqlite3_column_type(f->document, 1) != SQLITE_NULL)) return false;
    if (q->publisher.n && !slice_eq(q->publisher, sql_text(f->document, 2))) return false;
    if (q->grade.n && !sqlite3_column_int(f->document, 4)) return false;
    if (q->story && q->story != sqlite3_column_int64(f->document, 3)) return false;
  }
  return !(q->actor.n || q->type.n || q->status.n || q->place.n) || tells_event(r, f->document, f->event, told);
}

static enum status mark(struct ringing *r, struct slice output, int64_t key)
{
  sqlite3_stmt *add = sql_use(r->ask->ledger, SQL_DELIVERED_ADD, r->ask->error);
  if (!add) return r->ask->error->code;
  sql_bind(add, 1, output);
  sqlite3_bind_int64(add, 2, key);
  return sql_done(r->ask->ledger, add, r->ask->error);
}

static enum status damaged(struct ringing *r)
{
  return error_set(r->ask->error, ST_LEDGER, "%s: an alert in it is no JSON: the ledger is damaged: take a copy of it made before", r->ask->ledger->path);
}

/* One alert to one output; *left: it would not take it. */
static enum status tell(struct ringing *r, const struct alert_output *output, int64_t key, bool kept, bool *left)
{
  json_error_t reason;
  struct error why = {ST_OK, ""};
  struct buf id, json;
  buf_init(&id, 1 << 10);
  buf_init(&json, (size_t)1 << 31);
  sqlite3_stmt *get = ring_prepare(r, "SELECT id, told FROM raised WHERE key = ?1");
  sqlite3_bind_int64(get, 1, key);
  if (get && sql_row(r->ask->ledger, get, r->ask->error)) {
    buf_slice(&id, sql_text(get, 0));
    buf_slice(&json, sql_text(get, 1));
  }
  sqlite3_finalize(get); /* nothing of the ledger is held while it is sent */
  json_t *told = json.n ? json_loadb(json.at, json.n, 0, &reason) : NULL;
  enum status status = r->ask->error->code;
  if (status == ST_OK && (id.failed || json.failed)) status = error_set(r->ask->error, ST_MEMORY, "not enough memory for an alert: free some");
  else if (status == ST_OK && !told) status = damaged(r);
  if (status == ST_OK) {
    const struct alert alert = {.id = buf_get(&id), .json = buf_get(&json), .told = told};
    const enum status took = output->take(output->context, &alert, &why);
    *left |= took != ST_OK;
    if (took == ST_OK && kept && output->name.n) status = mark(r, output->name, key);
    else if (took != ST_OK && took != ST_REFUSED) status = error_set(r->ask->error, took, "%s", why.message);
    else if (took == ST_REFUSED && why.message[0]) r->said(why.message);
  }
  json_decref(told);
  buf_release(&id);
  buf_release(&json);
  return status;
}

/* What one output is to be told. */
struct list {
  struct arena arena;
  VEC(int64_t) keys;
};

static enum status find_all(struct ringing *r, const struct filter *f, const struct alert_output *output, struct list *to)
{
  const struct ledger_question *q = &r->question->filter;
  const bool once = output->name.n && !q->as_of.n; /* a ledger of that day told nobody */
  int64_t over = q->offset, rest = q->limit > 0 ? q->limit : INT64_MAX;
  const char *newest = "SELECT key, id, told FROM raised ORDER BY key DESC";
  const char *text = "SELECT key, id, told FROM raised WHERE NOT EXISTS(SELECT 1 FROM delivered d WHERE d.output = ?1 AND d.alert = key) ORDER BY key";
  sqlite3_stmt *rows = ring_prepare(r, once ? text : output->newest_first ? newest : "SELECT key, id, told FROM raised ORDER BY key");
  enum status status = r->ask->error->code;
  if (rows && once) sql_bind(rows, 1, output->name);
  while (status == ST_OK && rest > 0 && sql_row(r->ask->ledger, rows, r->ask->error)) {
    json_error_t why;
    const struct slice json = sql_text(rows, 2);
    json_t *told = json_loadb(json.at, json.n, 0, &why);
    const bool good = told && passes(r, f, told);
    if (!told) status = damaged(r);
    else if (good && over > 0) over--;
    else if (good) {
      if (!vec_push(&to->keys, &to->arena, sqlite3_column_int64(rows, 0)))
        status = error_set(r->ask->error, ST_MEMORY, "not enough memory for the alerts: free some");
      rest--;
    }
    json_decref(told);
  }
  sqlite3_finalize(rows);
  return status != ST_OK ? status : r->ask->error->code;
}

/* The list of each output is as it was when the ledger's lock was given back: what rings meanwhile is for the next time. */
static enum status tell_lists(struct ringing *r, const struct alert_output *outputs, const struct list *lists, size_t n, bool kept)
{
  bool left = false;
  enum status status = ST_OK;
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < lists[i].keys.n && status == ST_OK; k++) status = tell(r, &outputs[i], lists[i].keys.at[k], kept, &left);
  return status == ST_OK && left ? ST_REFUSED : status;
}

/* Tells who wants to know it which alert rang first of all. */
static enum status tell_first(struct ringing *r, const struct alert_output *output)
{
  sqlite3_stmt *get = output->first ? ring_prepare(r, "SELECT id FROM raised ORDER BY key LIMIT 1") : NULL;
  if (get && sql_row(r->ask->ledger, get, r->ask->error)) output->first(output->context, sql_text(get, 0));
  sqlite3_finalize(get);
  return r->ask->error->code;
}

enum status alerts_tell(struct ringing *r, const struct alert_output *outputs, size_t n, bool kept)
{
  struct filter f = {ring_prepare(r, "SELECT seq, day, publisher, story, " GRADED("document", "?2") " FROM document WHERE id = ?1"),
                     ring_prepare(r, "SELECT 1 FROM event r WHERE r.doc = ?1 AND r.b >= ?2 AND r.b < ?3 AND (?4 IS NULL OR r.type = ?4)"
                                     " AND (?5 IS NULL OR r.status = ?5) AND (?6 IS NULL OR r.place = ?6 OR r.country = ?6)"
                                     " AND (?7 IS NULL OR instr(' ' || coalesce(r.actor, '') || ' ' || coalesce(r.recipient, ''), ' ' || ?7) > 0)")};
  enum { OUTPUTS = 4 };
  struct list lists[OUTPUTS];
  enum status status = n <= OUTPUTS ? r->ask->error->code : error_set(r->ask->error, ST_USAGE, "more than %d outputs of alerts", OUTPUTS);
  n = n < OUTPUTS ? n : OUTPUTS;
  for (size_t i = 0; i < n; i++) {
    lists[i] = (struct list){.keys = {0}};
    arena_init(&lists[i].arena, LIST_MOST);
    if (status == ST_OK) status = find_all(r, &f, &outputs[i], &lists[i]);
    if (status == ST_OK) status = tell_first(r, &outputs[i]);
  }
  sqlite3_finalize(f.document);
  sqlite3_finalize(f.event);
  ask_forget(r->ask);
  if (status == ST_OK && kept) ledger_unlock(r->ask->ledger);
  if (status == ST_OK) status = tell_lists(r, outputs, lists, n, kept);
  for (size_t i = 0; i < n; i++) arena_release(&lists[i].arena);
  return status;
}

void alert_say(const struct alert *alert, struct buf *to)
{
  size_t from = to->n, i;
  const json_t *one;
  buf_printf(to, "%.*s  %.*s: %.*s", SLICE_ARG(item_string(alert->told, "day")), SLICE_ARG(item_string(alert->told, "rule")),
             SLICE_ARG(item_string(alert->told, "says")));
  ask_end_line(to, from);
  json_array_foreach(json_object_get(alert->told, "sentences"), i, one) {
    from = to->n;
    buf_printf(to, "    [%.*s] %.*s", SLICE_ARG(item_string(one, "doc")), SLICE_ARG(item_string(one, "sentence")));
    ask_end_line(to, from);
  }
}
