/* ledger_alerts_kinds.c: what the kinds of rules look for (but rises: ledger_alerts_rise.c).
 *
 * What raises an alert is looked for as if the documents came one after another, so that it rings or not however often one asks:
 *   event          the first telling of an event of a story that meets the conditions; further tellings ring no more
 *   first          the first act of the kind between two parties
 *   planned        a planned act whose day has come, told no later than that day
 *   figure         the current value of a series is over N, and was not before; or it has risen by N, or N percent, since it rang last, at first since
 *                  the series began; where it falls, what it is measured against falls with it
 *   turn           a position that is a turn (ledger_stances.c)
 *   contradiction  as ledger_contradictions.c found it
 *   claim, position, find   each that meets the conditions */
#include "ledger/ledger_alerts_ring.h"
#include "ledger/ledger_words.h"

void ring_bind(sqlite3_stmt *to, const char *name, struct slice text)
{
  const int at = sqlite3_bind_parameter_index(to, name);
  if (at > 0) sql_bind(to, at, text);
}

sqlite3_stmt *ring_prepare_rule(struct ringing *r, const char *text)
{
  sqlite3_stmt *to = ring_prepare(r, text);
  for (int i = 0; to && i < ALERT_CONDITION_COUNT; i++) {
    char name[32] = ":";
    strncat(name, alert_condition_word((enum alert_condition)i), sizeof name - 2);
    const int at = sqlite3_bind_parameter_index(to, name);
    if (at <= 0 || !r->rule->value[i].n) continue;
    if (i == ALERT_STORY || i == ALERT_SINCE || i == ALERT_UNTIL) sqlite3_bind_int64(to, at, r->rule->number[i]);
    else sql_bind(to, at, r->rule->value[i]);
  }
  const int at = to ? sqlite3_bind_parameter_index(to, ":horizon") : 0;
  if (at > 0) sqlite3_bind_int64(to, at, r->ask->horizon);
  return to;
}

static enum status end(struct ringing *r, sqlite3_stmt *rows)
{
  sqlite3_finalize(rows);
  return r->ask->error->code;
}

#define EVENTS(where)                                                                                                                          \
  "SELECT r.doc, r.b, r.type, r.mode, r.actor, r.recipient, r.date FROM event r WHERE r.key IN (SELECT min(r.key) FROM event r JOIN document d"  \
  " ON d.seq = r.doc WHERE" RING_EVENTS where ") ORDER BY r.key"

static enum status events(struct ringing *r)
{
  const struct alert_rule *rule = r->rule;
  static const char *const texts[] = {
    EVENTS(" GROUP BY r.chain"),
    EVENTS(" AND r.actor IS NOT NULL AND r.recipient IS NOT NULL GROUP BY r.type, substr(r.actor, 1, 3), substr(r.recipient, 1, 3)"),
    EVENTS(" AND r.day <= :today AND d.day <= r.day GROUP BY r.chain, r.day")};
  sqlite3_stmt *rows = ring_prepare_rule(r, texts[rule->kind]);
  if (!rows) return r->ask->error->code;
  if (rule->kind == ALERT_PLANNED_KIND) {
    ring_bind(rows, ":status", SLICE("planned"));
    sqlite3_bind_int64(rows, sqlite3_bind_parameter_index(rows, ":today"), r->today);
  }
  if (rule->kind == ALERT_FIRST_KIND && !rule->value[ALERT_STATUS].n) ring_bind(rows, ":status", SLICE("actual"));
  while (sql_row(r->ask->ledger, rows, r->ask->error)) {
    const struct alert_place at = {sqlite3_column_int64(rows, 0), sqlite3_column_int64(rows, 1)};
    const struct slice mode = sql_text(rows, 3), actor = sql_text(rows, 4), recipient = sql_text(rows, 5);
    struct buf says;
    buf_init(&says, 1 << 16);
    buf_printf(&says, "%s%.*s%s%.*s %.*s > %.*s", rule->kind == ALERT_FIRST_KIND ? "for the first time " : "", SLICE_ARG(sql_text(rows, 2)), mode.n ? "/" : "",
               SLICE_ARG(mode), SLICE_ARG(actor.n ? actor : SLICE("-")), SLICE_ARG(recipient.n ? recipient : SLICE("-")));
    if (rule->kind == ALERT_PLANNED_KIND) buf_printf(&says, " was planned for %.*s", SLICE_ARG(sql_text(rows, 6)));
    ring(r, &at, 1, at.b, buf_get(&says));
    buf_release(&says);
  }
  return end(r, rows);
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
  sqlite3_stmt *rows = ring_prepare_rule(r, "SELECT r.series, coalesce(r.value, r.low, r.high), r.doc, r.b, coalesce(r.day, -1), r.about FROM figure r"
                                            " JOIN document d ON d.seq = r.doc WHERE r.real AND" RING_DOCUMENTS " AND (:state IS NULL OR r.state = :state)"
                                            " AND (:unit IS NULL OR r.unit = :unit) AND (:place IS NULL OR r.place = :place)"
                                            " AND (:party IS NULL OR instr(' ' || r.countries, ' ' || substr(:party, 1, 3)) > 0)"
                                            " AND coalesce(r.value, r.low, r.high) IS NOT NULL ORDER BY r.series, r.doc, r.day, r.key");
  while (rows && sql_row(r->ask->ledger, rows, r->ask->error)) {
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
    ring(r, &at, 1, at.b, buf_get(&says));
    buf_release(&says);
  }
  return end(r, rows);
}

/* Where a record's span begins in its document. */
static int64_t place_of(struct ringing *r, int64_t doc, const char *array, int64_t n)
{
  const json_t *record = json_array_get(json_object_get(ask_reading(r->ask, doc), array), (size_t)n);
  return json_integer_value(json_array_get(json_object_get(record, "span"), 0));
}

static enum status turns(struct ringing *r)
{
  sqlite3_stmt *rows = ring_prepare_rule(r, "SELECT s.position, s.doc, p.n, s.stance, s.who FROM stance s JOIN position p ON p.key = s.position"
                                            " JOIN document d ON d.seq = s.doc WHERE" RING_DOCUMENTS " AND (:who IS NULL OR s.who = :who) AND"
                                            " EXISTS(SELECT 1 FROM stance e WHERE e.line = s.line AND e.position <> s.position AND e.doc <= :horizon)"
                                            " ORDER BY s.position");
  while (rows && sql_row(r->ask->ledger, rows, r->ask->error)) {
    struct turn turn;
    const struct slice asked = r->rule->value[ALERT_TURN];
    if (ask_turn(r->ask, sqlite3_column_int64(rows, 0), &turn) != ST_OK) break;
    if (turn.shift == SHIFT_NONE || (asked.n && !slice_is(asked, cues_shift_word(turn.shift)))) continue;
    struct alert_place at = {sqlite3_column_int64(rows, 1), 0};
    at.b = place_of(r, at.doc, "positions", sqlite3_column_int64(rows, 2));
    struct buf says;
    buf_init(&says, 1 << 16);
    buf_printf(&says, "%.*s %.*s: %s, %.*s before [%.*s]", SLICE_ARG(sql_text(rows, 4)), SLICE_ARG(sql_text(rows, 3)), cues_shift_word(turn.shift),
               SLICE_ARG(turn.stance), SLICE_ARG(turn.doc));
    ring(r, &at, 1, at.b, buf_get(&says));
    buf_release(&says);
  }
  return end(r, rows);
}

static enum status contradictions(struct ringing *r)
{
  sqlite3_stmt *rows = ring_prepare_rule(r, "SELECT c.doc, c.b, c.other_doc, c.other_b, c.kind, c.source, c.other_source FROM contradiction c"
                                            " JOIN document d ON d.seq = c.doc WHERE" RING_DOCUMENTS " AND c.other_doc <= :horizon AND"
                                            " (:kind IS NULL OR c.kind = :kind) AND (:who IS NULL OR"
                                            " :who IN (c.who, c.other_who, substr(c.who, 1, 3), substr(c.other_who, 1, 3))) ORDER BY c.key");
  while (rows && sql_row(r->ask->ledger, rows, r->ask->error)) {
    const struct alert_place at[2] = {{sqlite3_column_int64(rows, 0), sqlite3_column_int64(rows, 1)},
                                     {sqlite3_column_int64(rows, 2), sqlite3_column_int64(rows, 3)}};
    struct buf says;
    buf_init(&says, 1 << 16);
    buf_printf(&says, "%.*s, %.*s against %.*s", SLICE_ARG(sql_text(rows, 4)), SLICE_ARG(sql_text(rows, 5)), SLICE_ARG(sql_text(rows, 6)));
    ring(r, at, 2, at->b, buf_get(&says));
    buf_release(&says);
  }
  return end(r, rows);
}

static enum status claims(struct ringing *r)
{
  sqlite3_stmt *rows = ring_prepare_rule(r, "SELECT r.doc, r.n, r.code FROM claim r JOIN document d ON d.seq = r.doc WHERE" RING_DOCUMENTS
                                            " AND r.code >= :actor AND substr(r.code, 1, length(:actor)) = :actor ORDER BY r.key");
  const struct slice asked = r->rule->value[ALERT_STANCE];
  while (rows && sql_row(r->ask->ledger, rows, r->ask->error)) {
    struct alert_place at = {sqlite3_column_int64(rows, 0), 0};
    const int64_t n = sqlite3_column_int64(rows, 1), mark = -1 - n;
    if (ring_known(r, at.doc, mark)) continue;
    const json_t *claim = json_array_get(json_object_get(ask_reading(r->ask, at.doc), "claims"), (size_t)n);
    const struct slice stance = item_string(claim, "stance");
    if (asked.n && !slice_eq(asked, stance)) continue;
    struct buf says;
    buf_init(&says, 1 << 16);
    buf_printf(&says, "%.*s %.*s", SLICE_ARG(sql_text(rows, 2)), SLICE_ARG(stance));
    at.b = place_of(r, at.doc, "claims", n);
    ring(r, &at, 1, mark, buf_get(&says));
    buf_release(&says);
  }
  return end(r, rows);
}

static enum status positions(struct ringing *r)
{
  sqlite3_stmt *rows = ring_prepare_rule(r, "SELECT r.doc, r.n, s.who, s.stance FROM position r JOIN document d ON d.seq = r.doc"
                                            " JOIN stance s ON s.position = r.key WHERE" RING_DOCUMENTS " AND (:stance IS NULL OR s.stance = :stance)"
                                            " AND (:actor IS NULL OR substr(r.holder, 1, length(:actor)) = :actor) ORDER BY r.key");
  while (rows && sql_row(r->ask->ledger, rows, r->ask->error)) {
    struct alert_place at = {sqlite3_column_int64(rows, 0), 0};
    const int64_t n = sqlite3_column_int64(rows, 1), mark = -1 - n;
    if (ring_known(r, at.doc, mark)) continue;
    struct buf says;
    buf_init(&says, 1 << 16);
    buf_printf(&says, "%.*s %.*s", SLICE_ARG(sql_text(rows, 2)), SLICE_ARG(sql_text(rows, 3)));
    at.b = place_of(r, at.doc, "positions", n);
    ring(r, &at, 1, mark, buf_get(&says));
    buf_release(&says);
  }
  return end(r, rows);
}

static enum status finds(struct ringing *r)
{
  const struct slice words = r->rule->value[ALERT_WORDS];
  const char *text = "SELECT d.seq FROM found JOIN document d ON d.seq = found.rowid WHERE found MATCH :match AND" RING_DOCUMENTS " ORDER BY d.seq";
  struct asked_words asked;
  struct buf match;
  buf_init(&match, 1 << 21);
  enum status status = asked_open(r->ask->ledger, words, &asked, &match, r->ask->error);
  sqlite3_stmt *rows = status == ST_OK && match.n ? ring_prepare_rule(r, text) : NULL;
  if (rows) ring_bind(rows, ":match", buf_get(&match));
  while (rows && sql_row(r->ask->ledger, rows, r->ask->error)) {
    struct alert_place at = {sqlite3_column_int64(rows, 0), 0};
    if (ring_known(r, at.doc, 0)) continue;
    const json_t *reading = ask_reading(r->ask, at.doc), *document = json_object_get(reading, "document");
    if (!reading) break;
    if (asked.together && !asked_stand(&asked, item_string(document, "title"), item_string(document, "text"))) continue;
    at.b = json_integer_value(json_array_get(ask_best_sentence(reading, words), 0));
    ring(r, &at, 1, 0, words);
  }
  status = end(r, rows);
  asked_close(&asked);
  buf_release(&match);
  return status;
}

enum status ring_kind(struct ringing *r)
{
  static enum status (*const kinds[ALERT_KIND_COUNT])(struct ringing *r) = {events, events, events, figures, turns, contradictions, claims, positions, finds};
  return kinds[r->rule->kind](r);
}
