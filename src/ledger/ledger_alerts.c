/* ledger_alerts.c: rules over the ledger, each alert once.
 *
 * What raises an alert is looked for as if the documents came one after another, so that it rings or not however often one asks:
 *   event          the first telling of an event of a story that meets the conditions; further tellings ring no more
 *   first          the first act of the kind between two parties
 *   planned        a planned act whose day has come, told no later than that day
 *   figure         the current value of a series is over N, and was not before; or it has risen by N, or N percent, since it rang last, at first since
 *                  the series began; where it falls, what it is measured against falls with it
 *   turn           a position that is a turn (ledger_stances.c)
 *   contradiction  as ledger_contradictions.c found it
 * Near-copies raise nothing.  An alert's id is a hash of the rule's name and of the document and the place in it that raised it; the table `raised`
 * keeps those that rang. */
#include "base/sha256.h"
#include "ledger/ledger_alerts_ring.h"
#include "ledger/ledger_view.h"

static const char *const kind_words[] = {"event", "first", "planned", "figure", "turn", "contradiction"};

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

static void make_id(struct ringing *r, const struct alert_place *at, char hex[65])
{
  struct buf key;
  buf_init(&key, 1 << 16);
  buf_slice(&key, r->rule->name);
  buf_printf(&key, "\n%s\n", kind_words[r->rule->kind]);
  buf_slice(&key, item_string(json_object_get(ask_reading(r->ask, at->doc), "document"), "id"));
  buf_printf(&key, "\n%lld", (long long)at->b);
  sha256_hex(buf_get(&key), hex);
  buf_release(&key);
}

static bool rang(struct ringing *r, const char *id)
{
  sqlite3_stmt *get = sql_use(r->ask->ledger, SQL_RAISED_GET, r->ask->error);
  if (get) sql_bind(get, 1, slice_of(id));
  const bool there = get && sql_row(r->ask->ledger, get, r->ask->error);
  sqlite3_reset(get);
  return there;
}

enum status ring(struct ringing *r, const struct alert_place *at, size_t n, struct slice says)
{
  char id[65];
  struct buf told;
  struct json_out j;
  make_id(r, at, id);
  if (r->ask->error->code != ST_OK || rang(r, id)) return r->ask->error->code;
  const struct slice published = item_string(json_object_get(ask_reading(r->ask, at->doc), "document"), "published");
  const struct slice day = published.n >= 10 ? slice_sub(published, 0, 10) : SLICE("undated");
  buf_init(&told, (size_t)1 << 24);
  json_init(&j, &told);
  json_begin(&j, '{');
  json_kstr(&j, "alert", slice_of(id));
  json_kstr(&j, "rule", r->rule->name);
  json_kstr(&j, "kind", slice_of(kind_words[r->rule->kind]));
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

/* ---- the kinds ---- */

#define EVENT_WHERE                                                                                                                                   \
  " FROM event r JOIN document d ON d.seq = r.doc WHERE d.seq <= ?10 AND d.copy_of IS NULL AND (?1 IS NULL OR r.type = ?1)"     \
  " AND (?2 IS NULL OR r.mode = ?2)"                                                                                                                  \
  " AND (?3 IS NULL OR r.status = ?3) AND (?4 IS NULL OR ' ' || r.actor LIKE '% ' || ?4 || '%') AND (?5 IS NULL OR ' ' || r.recipient LIKE"            \
  " '% ' || ?5 || '%') AND (?6 IS NULL OR r.place = ?6 OR r.country = ?6) AND (?7 IS NULL OR d.publisher = ?7) AND (?8 = 0 OR r.story = ?8)"
#define EVENTS(where) "SELECT r.doc, r.b, r.type, r.mode, r.actor, r.recipient, r.date FROM event r WHERE r.key IN (SELECT min(r.key)" EVENT_WHERE where \
  ") ORDER BY r.key"

static enum status events(struct ringing *r)
{
  const struct alert_rule *rule = r->rule;
  static const char *const texts[] = {
    EVENTS(" GROUP BY r.chain"),
    EVENTS(" AND r.actor IS NOT NULL AND r.recipient IS NOT NULL GROUP BY r.type, substr(r.actor, 1, 3), substr(r.recipient, 1, 3)"),
    EVENTS(" AND r.day <= ?9 AND d.day <= r.day GROUP BY r.chain, r.day")};
  sqlite3_stmt *rows = ring_prepare(r, texts[rule->kind]);
  if (!rows) return r->ask->error->code;
  for (int i = ALERT_TYPE; i <= ALERT_PUBLISHER; i++) sql_bind(rows, i + 1, rule->value[i]);
  if (rule->kind == ALERT_PLANNED) sql_bind(rows, 3, SLICE("planned"));
  if (rule->kind == ALERT_FIRST && !rule->value[ALERT_STATUS].n) sql_bind(rows, 3, SLICE("actual"));
  sqlite3_bind_int64(rows, 8, rule->story);
  sqlite3_bind_int64(rows, 10, r->ask->horizon);
  if (rule->kind == ALERT_PLANNED) sqlite3_bind_int64(rows, 9, r->today);
  while (sql_row(r->ask->ledger, rows, r->ask->error)) {
    const struct alert_place at = {sqlite3_column_int64(rows, 0), sqlite3_column_int64(rows, 1)};
    const struct slice mode = sql_text(rows, 3), actor = sql_text(rows, 4), recipient = sql_text(rows, 5);
    struct buf says;
    buf_init(&says, 1 << 16);
    buf_printf(&says, "%s%.*s%s%.*s %.*s > %.*s", rule->kind == ALERT_FIRST ? "for the first time " : "", SLICE_ARG(sql_text(rows, 2)), mode.n ? "/" : "",
               SLICE_ARG(mode), SLICE_ARG(actor.n ? actor : SLICE("-")), SLICE_ARG(recipient.n ? recipient : SLICE("-")));
    if (rule->kind == ALERT_PLANNED) buf_printf(&says, " was planned for %.*s", SLICE_ARG(sql_text(rows, 6)));
    ring(r, &at, 1, buf_get(&says));
    buf_release(&says);
  }
  sqlite3_finalize(rows);
  return r->ask->error->code;
}

/* A series while it goes on. */
struct course {
  int64_t series, day;
  double now, base;
  bool any;
};

/* The next reading of the series; does its rule ring?  *before: the value it is measured against. */
static bool goes_on(const struct alert_rule *rule, struct course *c, double value, int64_t day, double *before)
{
  if (c->any && day < c->day) return false; /* of an earlier day: not the current one */
  const bool first = !c->any;
  *before = rule->value[ALERT_OVER].n ? c->now : c->base;
  bool rings = rule->value[ALERT_OVER].n ? value > rule->over && (first || c->now <= rule->over)
                                         : !first && value - c->base >= (rule->percent ? c->base * rule->rises / 100 : rule->rises) && value > c->base;
  if (first || rings || value < c->base) c->base = value;
  c->now = value;
  c->day = day;
  c->any = true;
  return rings;
}

static enum status figures(struct ringing *r)
{
  const struct alert_rule *rule = r->rule;
  struct course c = {.series = 0};
  sqlite3_stmt *rows = ring_prepare(r, "SELECT r.series, coalesce(r.value, r.low, r.high), r.doc, r.b, coalesce(r.day, -1), r.about FROM figure r"
                                  " JOIN document d ON d.seq = r.doc"
                                       " WHERE r.real AND d.copy_of IS NULL AND (?1 IS NULL OR r.state = ?1) AND (?2 IS NULL OR r.unit = ?2)"
                                  " AND (?3 IS NULL OR r.place = ?3) AND (?4 IS NULL OR d.publisher = ?4) AND (?5 = 0 OR r.story = ?5) AND d.seq <= ?6"
                                  " AND coalesce(r.value, r.low, r.high) IS NOT NULL ORDER BY r.series, r.doc, r.day, r.key");
  if (!rows) return r->ask->error->code;
  const enum alert_condition asked[] = {ALERT_STATE, ALERT_UNIT, ALERT_PLACE, ALERT_PUBLISHER};
  for (int i = 0; i < 4; i++) sql_bind(rows, i + 1, rule->value[asked[i]]);
  sqlite3_bind_int64(rows, 5, rule->story);
  sqlite3_bind_int64(rows, 6, r->ask->horizon);
  while (sql_row(r->ask->ledger, rows, r->ask->error)) {
    const int64_t series = sqlite3_column_int64(rows, 0);
    const double value = sqlite3_column_double(rows, 1);
    double before;
    if (series != c.series) c = (struct course){.series = series};
    const bool any = c.any;
    if (!goes_on(rule, &c, value, sqlite3_column_int64(rows, 4), &before)) continue;
    const struct alert_place at = {sqlite3_column_int64(rows, 2), sqlite3_column_int64(rows, 3)};
    struct buf says;
    buf_init(&says, 1 << 16);
    buf_printf(&says, "%.15g %.*s", value, SLICE_ARG(sql_text(rows, 5)));
    if (any) buf_printf(&says, ", before %.15g", before);
    ring(r, &at, 1, buf_get(&says));
    buf_release(&says);
  }
  sqlite3_finalize(rows);
  return r->ask->error->code;
}

static enum status turns(struct ringing *r)
{
  const struct alert_rule *rule = r->rule;
  sqlite3_stmt *rows = ring_prepare(r, "SELECT s.position, s.doc, p.n, s.stance, s.who FROM stance s JOIN position p ON p.key = s.position"
                                  " WHERE EXISTS(SELECT 1 FROM stance e WHERE e.line = s.line AND e.position <> s.position AND e.doc <= ?3) AND s.doc <= ?3"
                                  " AND (?1 IS NULL OR s.who = ?1) AND (?2 = 0 OR s.story = ?2) ORDER BY s.position");
  if (!rows) return r->ask->error->code;
  sql_bind(rows, 1, rule->value[ALERT_WHO]);
  sqlite3_bind_int64(rows, 2, rule->story);
  sqlite3_bind_int64(rows, 3, r->ask->horizon);
  while (sql_row(r->ask->ledger, rows, r->ask->error)) {
    struct turn turn;
    const struct slice asked = rule->value[ALERT_TURN];
    if (ask_turn(r->ask, sqlite3_column_int64(rows, 0), &turn) != ST_OK) break;
    if (turn.shift == SHIFT_NONE || (asked.n && !slice_is(asked, cues_shift_word(turn.shift)))) continue;
    struct alert_place at = {sqlite3_column_int64(rows, 1), 0};
    const json_t *position = json_array_get(json_object_get(ask_reading(r->ask, at.doc), "positions"), (size_t)sqlite3_column_int64(rows, 2));
    at.b = json_integer_value(json_array_get(json_object_get(position, "span"), 0));
    struct buf says;
    buf_init(&says, 1 << 16);
    buf_printf(&says, "%.*s %.*s: %s, %.*s before [%.*s]", SLICE_ARG(sql_text(rows, 4)), SLICE_ARG(sql_text(rows, 3)), cues_shift_word(turn.shift),
               SLICE_ARG(turn.stance), SLICE_ARG(turn.doc));
    ring(r, &at, 1, buf_get(&says));
    buf_release(&says);
  }
  sqlite3_finalize(rows);
  return r->ask->error->code;
}

static enum status contradictions(struct ringing *r)
{
  const struct alert_rule *rule = r->rule;
  sqlite3_stmt *rows = ring_prepare(r, "SELECT doc, b, other_doc, other_b, kind, source, other_source FROM contradiction WHERE (?1 IS NULL OR kind = ?1)"
                                  " AND (?2 IS NULL OR who = ?2 OR other_who = ?2) AND (?3 = 0 OR story = ?3) AND doc <= ?4 AND other_doc <= ?4 ORDER BY key");
  if (!rows) return r->ask->error->code;
  sql_bind(rows, 1, rule->value[ALERT_KIND]);
  sql_bind(rows, 2, rule->value[ALERT_WHO]);
  sqlite3_bind_int64(rows, 3, rule->story);
  sqlite3_bind_int64(rows, 4, r->ask->horizon);
  while (sql_row(r->ask->ledger, rows, r->ask->error)) {
    const struct alert_place at[2] = {{sqlite3_column_int64(rows, 0), sqlite3_column_int64(rows, 1)},
                                     {sqlite3_column_int64(rows, 2), sqlite3_column_int64(rows, 3)}};
    struct buf says;
    buf_init(&says, 1 << 16);
    buf_printf(&says, "%.*s, %.*s against %.*s", SLICE_ARG(sql_text(rows, 4)), SLICE_ARG(sql_text(rows, 5)), SLICE_ARG(sql_text(rows, 6)));
    ring(r, at, 2, buf_get(&says));
    buf_release(&says);
  }
  sqlite3_finalize(rows);
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
  static enum status (*const kinds[])(struct ringing *r) = {events, events, events, figures, turns, contradictions};
  enum status status = ST_OK;
  for (size_t i = 0; i < rules->n && status == ST_OK; i++) {
    r->rule = &rules->at[i];
    status = kinds[r->rule->kind](r);
  }
  return status;
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
  enum status status = find_today(&r);
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
