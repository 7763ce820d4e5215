/* ledger_alerts.c: rules over the ledger, each alert once: what rings is kept with an id, a hash of the rule's name and of the document and the place in
 * it that raised it; the table `raised` has those that rang.  Near-copies raise nothing. */
#include "base/sha256.h"
#include "ledger/ledger_alerts_ring.h"
#include "ledger/ledger_view.h"

sqlite3_stmt *ring_prepare(struct ringing *r, const char *text)
{
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(r->ask->ledger->db, text, -1, &statement, NULL) != SQLITE_OK) sql_failed(r->ask->ledger, r->ask->error);
  return statement;
}

static void put_place(struct ringing *r, struct json_out *j, const struct alert_place *at)
{
  const json_t *reading = ask_reading(r->ask, at->doc), *document = json_object_get(reading, "document");
  json_begin(j, '{');
  json_kstr(j, "doc", item_string(document, "id"));
  json_kstr_opt(j, "published", item_string(document, "published"));
  json_kstr_opt(j, "publisher", item_string(document, "publisher"));
  json_kstr_opt(j, "url", item_string(document, "url"));
  json_kint(j, "at", at->b);
  json_kstr_opt(j, "sentence", ask_sentence(reading, at->b));
  json_end(j, '}');
}

/* False: the error is set. */
static bool make_id(struct ringing *r, int64_t doc, int64_t mark, char hex[65])
{
  struct buf key;
  sqlite3_reset(r->names);
  sqlite3_bind_int64(r->names, 1, doc);
  buf_init(&key, 1 << 26);
  buf_slice(&key, r->rule->name);
  buf_printf(&key, "\n%s\n", alert_kind_word(r->rule->kind));
  if (sql_row(r->ask->ledger, r->names, r->ask->error)) buf_slice(&key, sql_text(r->names, 0));
  buf_printf(&key, "\n%lld", (long long)mark);
  sqlite3_reset(r->names);
  sha256_hex(buf_get(&key), hex);
  if (key.failed) error_set(r->ask->error, ST_MEMORY, "not enough memory for an alert: free some");
  buf_release(&key);
  return r->ask->error->code == ST_OK;
}

static bool rang(struct ringing *r, const char *id)
{
  sqlite3_stmt *get = sql_use(r->ask->ledger, SQL_RAISED_GET, r->ask->error);
  if (get) sql_bind(get, 1, slice_of(id));
  const bool there = get && sql_row(r->ask->ledger, get, r->ask->error);
  sqlite3_reset(get);
  return there;
}

bool ring_known(struct ringing *r, int64_t doc, int64_t mark)
{
  char id[65];
  return !make_id(r, doc, mark, id) || rang(r, id) || r->ask->error->code != ST_OK;
}

enum status ring(struct ringing *r, const struct alert_place *at, size_t n, int64_t mark, struct slice says)
{
  char id[65];
  struct buf told;
  struct json_out j;
  if (!make_id(r, at->doc, mark, id) || rang(r, id)) return r->ask->error->code;
  const struct slice published = item_string(json_object_get(ask_reading(r->ask, at->doc), "document"), "published");
  const struct slice day = published.n >= 10 ? slice_sub(published, 0, 10) : SLICE("undated");
  buf_init(&told, (size_t)1 << 24);
  json_init(&j, &told);
  json_begin(&j, '{');
  json_kstr(&j, "alert", slice_of(id));
  json_kstr(&j, "rule", r->rule->name);
  json_kstr(&j, "kind", slice_of(alert_kind_word(r->rule->kind)));
  json_kstr(&j, "day", day);
  json_kstr(&j, "says", says);
  json_key(&j, "sentences");
  json_begin(&j, '[');
  for (size_t i = 0; i < n; i++) put_place(r, &j, &at[i]);
  json_end(&j, ']');
  json_end(&j, '}');
  sqlite3_stmt *add = told.failed ? NULL : sql_use(r->ask->ledger, SQL_RAISED_ADD, r->ask->error);
  if (add) {
    sql_bind(add, 1, slice_of(id));
    sql_bind(add, 2, r->rule->name);
    sql_bind(add, 3, buf_get(&told));
    sql_done(r->ask->ledger, add, r->ask->error);
  }
  if (told.failed) error_set(r->ask->error, ST_MEMORY, "not enough memory for an alert: free some");
  buf_release(&told);
  return r->ask->error->code;
}

/* ---- all rules ---- */

static enum status find_today(struct ringing *r)
{
  int32_t day;
  if (item_day(r->question->today, &day)) {
    r->today = day;
    return ST_OK;
  }
  sqlite3_stmt *get = ring_prepare(r, "SELECT coalesce(max(day), -1) FROM document WHERE seq <= ?1");
  sqlite3_bind_int64(get, 1, r->ask->horizon);
  if (get && sql_row(r->ask->ledger, get, r->ask->error)) r->today = sqlite3_column_int64(get, 0);
  sqlite3_finalize(get);
  return r->ask->error->code;
}

/* What is not to be kept goes into a table of the same name that is this connection's alone and stands before the ledger's own. */
static enum status shadow(struct ringing *r, bool anew)
{
  static const char table[] = "CREATE TEMP TABLE raised(key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, rule TEXT NOT NULL, told TEXT NOT NULL)";
  sqlite3 *db = r->ask->ledger->db;
  const bool made = sqlite3_exec(db, table, NULL, NULL, NULL) == SQLITE_OK;
  if (made && (anew || sqlite3_exec(db, "INSERT INTO temp.raised SELECT * FROM main.raised", NULL, NULL, NULL) == SQLITE_OK)) return ST_OK;
  return sql_failed(r->ask->ledger, r->ask->error);
}

static enum status try_rules(struct ringing *r, const struct alert_rules *rules)
{
  enum status status = ST_OK;
  r->names = ring_prepare(r, "SELECT id FROM document WHERE seq = ?1");
  for (size_t i = 0; r->names && i < rules->n && status == ST_OK; i++) {
    r->rule = &rules->at[i];
    status = r->rule->kind == ALERT_RISE_KIND ? ring_rises(r, rules->plover) : ring_kind(r);
  }
  sqlite3_finalize(r->names);
  return r->ask->error->code != ST_OK ? r->ask->error->code : status;
}

struct call {
  const struct alert_rules *rules;
  const struct alert_question *question;
  const struct alert_output *outputs;
  size_t n_outputs;
  void (*said)(const char *message);
};

static enum status look(void *context, struct ask *view)
{
  const struct call *call = context;
  const bool as_of = call->question->filter.as_of.n > 0, kept = !call->question->dry_run && !as_of;
  struct ringing r = {.ask = view, .question = call->question, .said = call->said};
  struct ledger *ledger = view->ledger;
  enum status status = kept ? ledger_lock_alerts(ledger, view->error) : ST_OK;
  if (status == ST_OK) status = find_today(&r);
  if (status == ST_OK) status = kept ? sql_simple(ledger, SQL_BEGIN, view->error) : shadow(&r, as_of);
  if (status == ST_OK) status = try_rules(&r, call->rules);
  if (status == ST_OK && kept) status = sql_simple(ledger, SQL_COMMIT, view->error);
  if (kept) status = sql_undone(ledger, status);
  if (status == ST_OK) status = alerts_tell(&r, call->outputs, call->n_outputs, kept);
  ask_release(view);
  if (!kept) sqlite3_exec(ledger->db, "DROP TABLE IF EXISTS temp.raised", NULL, NULL, NULL);
  return status;
}

enum status ledger_alerts(struct ledger *ledger, const struct alert_rules *rules, const struct alert_question *question, const struct alert_output *outputs,
                          size_t n_outputs, void (*said)(const char *message), struct error *error)
{
  struct call call = {rules, question, outputs, n_outputs, said};
  return ledger_view(ledger, &question->filter, look, &call, error);
}
