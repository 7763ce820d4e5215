/* ledger_marks.c: see ledger_marks.h.
 *
 * A side is who is told to speak (his country and office, else his name); where nobody is, the publisher, who counts as long as no later day is told.
 * What another reading revises is no side's latest number, and a near-copy has no word of its own. */
#include "ledger/ledger_marks.h"

enum { SIDES = 16 };

/* The numbers of a reading and of the one that it revises. */
#define REVISED                                                                                                                                       \
  "SELECT coalesce(r.value, r.low, r.high), coalesce(e.value, e.low, e.high), coalesce(r.value, r.high, 9e999) < coalesce(e.value, e.low, 0), r.story" \
  " FROM figure r LEFT JOIN figure e ON e.key = r.revises AND e.doc <= ?2 WHERE r.key = ?1"
#define DISPUTED                                                                                                                                      \
  "SELECT 1 FROM conflict c JOIN figure f ON f.key = c.later WHERE c.earlier = ?1 AND f.doc <= ?2"                                                     \
  " UNION ALL SELECT 1 FROM conflict c JOIN figure f ON f.key = c.later WHERE c.later = ?1 AND f.doc <= ?2 LIMIT 1"
/* Later tellings of the number by its side that are not of what is; and a source that goes back on its word on the figure's event. */
#define UNSAID                                                                                                                                         \
  "SELECT g.doc, g.n FROM figure f JOIN figure g ON g.story = f.story AND g.running = 0 AND g.part = f.part AND g.sort IS f.sort AND"                  \
  " g.key > f.key WHERE f.key = ?1 AND f.real AND NOT g.real AND g.doc <= ?2 AND g.side = f.side AND g.state IS f.state"                               \
  " AND coalesce(g.value, g.low, g.high) = coalesce(f.value, f.low, f.high)"                                                                           \
  " UNION ALL "                                                                                                                                        \
  "SELECT g.doc, g.n FROM figure f JOIN figure g ON g.story = f.story AND g.running = 1 AND g.part = f.part AND g.sort IS f.sort AND"                  \
  " g.key > f.key WHERE f.key = ?1 AND f.real AND NOT g.real AND g.doc <= ?2 AND g.side = f.side AND g.state IS f.state"                               \
  " AND coalesce(g.value, g.low, g.high) = coalesce(f.value, f.low, f.high)"
/* Most stories tell of what is alone: they are looked through once. */
#define UNREAL "SELECT 1 FROM figure WHERE story = ?1 AND NOT real AND doc <= ?2 LIMIT 1"
#define OWN_WORD                                                                                                                                      \
  "SELECT 1 FROM figure f JOIN contradiction c ON c.of = f.chain WHERE f.key = ?1 AND f.real AND c.kind = 'own word' AND c.doc <= ?2"                  \
  " AND f.doc IN (c.doc, c.other_doc) AND f.source IN (c.source, c.other_source) LIMIT 1"
/* Newest first: readings of the state that holds now. */
#define LATEST \
  "WITH gone AS MATERIALIZED (SELECT l.revises AS key FROM figure o JOIN figure l ON l.series = o.series WHERE o.key = ?1 AND l.doc <= ?2 AND"            \
  " l.revises IS NOT NULL) SELECT coalesce(r.side, ''), r.key, r.value, r.low, r.high, coalesce(d.publisher, '')" \
  " FROM figure f JOIN figure r ON r.series = f.series" \
  " JOIN document d ON d.seq = r.doc WHERE f.key = ?1 AND r.doc <= ?2 AND r.real AND r.part = f.part"                                                  \
  " AND (r.key = f.key OR (d.copy_of IS NULL AND (r.side IS NOT NULL OR r.day >= f.day)))"                                                            \
  " AND r.key NOT IN (SELECT key FROM gone)"                                                                                                           \
  " ORDER BY r.day DESC, r.key DESC"

static enum status any_row(struct ask *ask, enum ask_statement which, const char *text, int64_t key, bool *to)
{
  sqlite3_stmt *rows = ask_use(ask, which, text, key, ask->horizon);
  if (!rows) return ask->error->code;
  if (sql_row(ask->ledger, rows, ask->error)) *to = true;
  sqlite3_reset(rows);
  return ask->error->code;
}

static enum status look_denied(struct ask *ask, int64_t key, int64_t story, bool *to)
{
  if (story != ask->unreal_story) {
    ask->unreal_story = story;
    ask->any_unreal = false;
    if (any_row(ask, ASK_UNREAL, UNREAL, story, &ask->any_unreal) != ST_OK) return ask->error->code;
  }
  if (!ask->any_unreal) return any_row(ask, ASK_OWN_WORD, OWN_WORD, key, to);
  sqlite3_stmt *rows = ask_use(ask, ASK_UNSAID, UNSAID, key, ask->horizon);
  if (!rows) return ask->error->code;
  while (!*to && sql_row(ask->ledger, rows, ask->error)) {
    const json_t *reading = ask_reading(ask, sqlite3_column_int64(rows, 0));
    const json_t *figure = json_array_get(json_object_get(reading, "figures"), (size_t)sqlite3_column_int64(rows, 1));
    const struct slice status = item_string(figure, "status");
    *to = slice_is(status, "denied") || slice_is(status, "negated");
  }
  sqlite3_reset(rows);
  return ask->error->code != ST_OK || *to ? ask->error->code : any_row(ask, ASK_OWN_WORD, OWN_WORD, key, to);
}

enum status marks_of(struct ask *ask, int64_t key, struct marks *to)
{
  *to = (struct marks){0};
  sqlite3_stmt *rows = ask_use(ask, ASK_REVISED, REVISED, key, ask->horizon);
  if (!rows) return ask->error->code;
  int64_t story = 0;
  if (sql_row(ask->ledger, rows, ask->error)) {
    story = sqlite3_column_int64(rows, 3);
    const double now = sqlite3_column_double(rows, 0), before = sqlite3_column_double(rows, 1);
    to->jump = before > 0 && (now >= 2 * before || now * 2 <= before);
    to->retraction = before > 0 && sqlite3_column_int(rows, 2) != 0;
  }
  sqlite3_reset(rows);
  enum status status = ask->error->code;
  if (status == ST_OK) status = any_row(ask, ASK_DISPUTED, DISPUTED, key, &to->disagreement);
  if (status == ST_OK && !to->retraction) status = look_denied(ask, key, story, &to->retraction);
  return status;
}

void marks_put(struct json_out *j, const struct marks *marks)
{
  if (!marks->jump && !marks->retraction && !marks->disagreement) return;
  json_key(j, "marks");
  json_begin(j, '[');
  if (marks->jump) json_str(j, SLICE("jump"));
  if (marks->retraction) json_str(j, SLICE("retraction"));
  if (marks->disagreement) json_str(j, SLICE("disagreement"));
  json_end(j, ']');
}

void marks_say(struct buf *to, const struct marks *marks)
{
  const char *before = "  ";
  const char *const words[] = {marks->jump ? "jump" : NULL, marks->retraction ? "retraction" : NULL, marks->disagreement ? "disagreement" : NULL};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (!words[i]) continue;
    buf_printf(to, "%s%s", before, words[i]);
    before = ", ";
  }
}

/* ---- spread ---- */

struct number {
  bool has[3];
  double at[3]; /* value, low, high */
};

/* Sides in the order of their latest words, the newest first; who said more is left out. */
struct spread {
  struct buf names; /* each with a NUL behind it */
  size_t name[SIDES], n;
  int64_t key[SIDES];
  struct number number[SIDES];
};

static struct slice side_name(const struct spread *s, size_t i) { return slice_of(s->names.at + s->name[i]); }

static void add_side(struct spread *s, struct slice name, sqlite3_stmt *row)
{
  for (size_t i = 0; i < s->n; i++)
    if (slice_eq(side_name(s, i), name)) return;
  if (s->n == SIDES) return;
  s->name[s->n] = s->names.n;
  buf_slice(&s->names, name);
  buf_char(&s->names, '\0');
  if (s->names.failed) return;
  s->key[s->n] = sqlite3_column_int64(row, 1);
  for (int i = 0; i < 3; i++) {
    s->number[s->n].has[i] = sqlite3_column_type(row, 2 + i) != SQLITE_NULL;
    s->number[s->n].at[i] = sqlite3_column_double(row, 2 + i);
  }
  s->n++;
}

static enum status look_spread(struct ask *ask, int64_t key, struct spread *s)
{
  buf_init(&s->names, 1 << 16);
  s->n = 0;
  sqlite3_stmt *rows = ask_use(ask, ASK_LATEST, LATEST, key, ask->horizon);
  while (rows && sql_row(ask->ledger, rows, ask->error)) {
    const struct slice side = sql_text(rows, 0);
    add_side(s, side.n ? side : sql_text(rows, 5), rows);
  }
  if (rows) sqlite3_reset(rows);
  return ask->error->code;
}

/* The least that one of them tells, or the most. */
static double outermost(const struct spread *s, bool low)
{
  double best = 0;
  for (size_t i = 0; i < s->n; i++) {
    const struct number *n = &s->number[i];
    const int wanted = low ? 1 : 2, at = n->has[0] ? 0 : n->has[wanted] ? wanted : 3 - wanted;
    if (i == 0 || (low ? n->at[at] < best : n->at[at] > best)) best = n->at[at];
  }
  return best;
}

enum status spread_put(struct ask *ask, struct json_out *j, int64_t key)
{
  static const char *const names[] = {"value", "low", "high"};
  struct spread s;
  enum status status = look_spread(ask, key, &s);
  if (status == ST_OK && s.n) {
    json_key(j, "spread");
    json_begin(j, '{');
    json_knum(j, "low", outermost(&s, true));
    json_knum(j, "high", outermost(&s, false));
    json_key(j, "sides");
    json_begin(j, '[');
    for (size_t i = 0; i < s.n; i++) {
      json_begin(j, '{');
      json_kstr_opt(j, "side", side_name(&s, i));
      json_kint(j, "reading", s.key[i]);
      for (int k = 0; k < 3; k++)
        if (s.number[i].has[k]) json_knum(j, names[k], s.number[i].at[k]);
      json_end(j, '}');
    }
    json_end(j, ']');
    json_end(j, '}');
  }
  buf_release(&s.names);
  return status;
}

enum status spread_say(struct ask *ask, int64_t key)
{
  struct spread s;
  enum status status = look_spread(ask, key, &s);
  if (status == ST_OK && s.n > 1) {
    const size_t from = ask->to->n;
    const double low = outermost(&s, true), high = outermost(&s, false);
    buf_printf(ask->to, "                %zu sides: ", s.n);
    if (low < high) buf_printf(ask->to, "%.15g to %.15g", low, high);
    else buf_printf(ask->to, "%.15g", low);
    for (size_t i = 0; i < s.n; i++) {
      const struct number *n = &s.number[i];
      const struct slice name = side_name(&s, i);
      buf_printf(ask->to, "%s%.*s %.15g", i ? ", " : " (", SLICE_ARG(name.n ? name : SLICE("?")), n->at[n->has[0] ? 0 : n->has[1] ? 1 : 2]);
    }
    buf_char(ask->to, ')');
    ask_end_line(ask->to, from);
  }
  buf_release(&s.names);
  return status;
}
