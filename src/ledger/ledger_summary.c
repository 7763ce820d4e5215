/* ledger_summary.c: stories and series. */
#include "base/vec.h"
#include "ledger/ledger_confidence.h"
#include "ledger/ledger_corrected.h"
#include "ledger/ledger_marks.h"

static sqlite3_stmt *prepare(struct ask *ask, const char *text)
{
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(ask->ledger->db, text, -1, &statement, NULL) == SQLITE_OK) return statement;
  sql_failed(ask->ledger, ask->error);
  return NULL;
}

/* ---- figures ---- */

struct series {
  sqlite3_stmt *readings, *conflicts;
};

#define READING_COLUMNS                                                                                                                              \
  "SELECT r.key, d.id, r.date, r.value, r.low, r.high, r.bound, r.item, r.state, r.about, r.source, r.b, r.e, r.revises, d.story, r.countries, r.place,"  \
  " r.unit, d.publisher, r.day, r.doc, r.real, r.n FROM figure r JOIN document d ON d.seq = r.doc WHERE r.series = ?1 AND r.doc <= ?2 ORDER BY r.key"
enum { AT_KEY, AT_DOC, AT_DATE, AT_VALUE, AT_LOW, AT_HIGH, AT_BOUND, AT_ITEM, AT_STATE, AT_ABOUT, AT_SOURCE, AT_B, AT_E, AT_REVISES, AT_STORY, AT_COUNTRIES,
       AT_PLACE, AT_UNIT, AT_PUBLISHER, AT_DAY, AT_SEQ, AT_REAL, AT_N };

static bool series_open(struct ask *ask, struct series *s)
{
  s->readings = prepare(ask, READING_COLUMNS);
  s->conflicts = prepare(ask, "SELECT c.earlier FROM conflict c WHERE c.later = ?1 UNION"
                              " SELECT c.later FROM conflict c JOIN figure f ON f.key = c.later WHERE c.earlier = ?1 AND f.doc <= ?2 ORDER BY 1");
  return s->readings && s->conflicts;
}

static void series_close(struct series *s)
{
  sqlite3_finalize(s->readings);
  sqlite3_finalize(s->conflicts);
}

static sqlite3_stmt *series_rows(const struct ask *ask, const struct series *s, int64_t key)
{
  sqlite3_reset(s->readings);
  sqlite3_bind_int64(s->readings, 1, key);
  sqlite3_bind_int64(s->readings, 2, ask->horizon);
  return s->readings;
}

/* The reading that holds now (0: none, when all are planned, asked for or denied): the newest by the day it speaks of, and of one day the one added last. */
static int64_t current(struct ask *ask, const struct series *s, int64_t key)
{
  int64_t best = 0, best_day = INT64_MIN;
  sqlite3_stmt *rows = series_rows(ask, s, key);
  while (sql_row(ask->ledger, rows, ask->error)) {
    const int64_t day = sqlite3_column_type(rows, AT_DAY) == SQLITE_NULL ? INT64_MIN : sqlite3_column_int64(rows, AT_DAY);
    if (!sqlite3_column_int(rows, AT_REAL) || (best && day < best_day)) continue;
    best = sqlite3_column_int64(rows, AT_KEY);
    best_day = day;
  }
  return best;
}

static void put_words(struct json_out *j, const char *key, struct slice words)
{
  if (!words.n) return;
  json_key(j, key);
  json_begin(j, '[');
  while (words.n) json_str(j, slice_cut(&words, ' '));
  json_end(j, ']');
}

static void put_number(struct json_out *j, const char *key, sqlite3_stmt *row, int column)
{
  if (sqlite3_column_type(row, column) != SQLITE_NULL) json_knum(j, key, sqlite3_column_double(row, column));
}

static void put_conflicts(struct ask *ask, struct json_out *j, const struct series *s, int64_t key)
{
  bool any = false;
  sqlite3_reset(s->conflicts);
  sqlite3_bind_int64(s->conflicts, 1, key);
  sqlite3_bind_int64(s->conflicts, 2, ask->horizon);
  while (sql_row(ask->ledger, s->conflicts, ask->error)) {
    if (!any) json_key(j, "conflicts_with");
    if (!any) json_begin(j, '[');
    any = true;
    json_int(j, sqlite3_column_int64(s->conflicts, 0));
  }
  if (any) json_end(j, ']');
}

/* What a person said of it. */
static void put_said(struct ask *ask, struct json_out *j, sqlite3_stmt *row)
{
  static const char *const members[] = {"notes", "corrected"};
  sqlite3_stmt *get = sql_use(ask->ledger, SQL_CORRECTIONS_OF, ask->error);
  if (!get) return;
  sql_bind(get, 1, sql_text(row, AT_DOC));
  const bool any = sql_row(ask->ledger, get, ask->error);
  sqlite3_reset(get);
  const json_t *reading = any ? ask_reading(ask, sqlite3_column_int64(row, AT_SEQ)) : NULL;
  const json_t *figure = json_array_get(json_object_get(reading, "figures"), (size_t)sqlite3_column_int64(row, AT_N));
  for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
    const json_t *value = json_object_get(figure, members[i]);
    if (value) json_key(j, members[i]);
    if (value) ask_put(j, value);
  }
}

static void put_reading(struct ask *ask, struct json_out *j, const struct series *s, sqlite3_stmt *row)
{
  const int64_t key = sqlite3_column_int64(row, AT_KEY);
  struct marks marks;
  json_begin(j, '{');
  json_kint(j, "id", key);
  json_kstr(j, "doc", sql_text(row, AT_DOC));
  json_kstr_opt(j, "publisher", sql_text(row, AT_PUBLISHER));
  json_kstr_opt(j, "date", sql_text(row, AT_DATE));
  put_number(j, "value", row, AT_VALUE);
  put_number(j, "low", row, AT_LOW);
  put_number(j, "high", row, AT_HIGH);
  json_kstr(j, "bound", sql_text(row, AT_BOUND));
  json_kstr_opt(j, "item", sql_text(row, AT_ITEM));
  json_kstr_opt(j, "state", sql_text(row, AT_STATE));
  json_kstr_opt(j, "about", sql_text(row, AT_ABOUT));
  json_kstr_opt(j, "source", sql_text(row, AT_SOURCE));
  if (marks_of(ask, key, &marks) == ST_OK) marks_put(j, &marks);
  json_kspan(j, "span", (struct span){(uint32_t)sqlite3_column_int64(row, AT_B), (uint32_t)sqlite3_column_int64(row, AT_E)});
  if (sqlite3_column_type(row, AT_REVISES) != SQLITE_NULL) json_kint(j, "revises", sqlite3_column_int64(row, AT_REVISES));
  put_conflicts(ask, j, s, key);
  put_said(ask, j, row);
  json_end(j, '}');
}

static void json_series(struct ask *ask, const struct series *s, int64_t key)
{
  struct json_out j;
  const int64_t now = current(ask, s, key);
  sqlite3_stmt *rows = series_rows(ask, s, key);
  struct confidence sure;
  bool first = true;
  json_init(&j, ask->to);
  json_begin(&j, '{');
  json_kint(&j, "series", key);
  while (sql_row(ask->ledger, rows, ask->error)) {
    if (first) {
      json_kstr_opt(&j, "item", sql_text(rows, AT_ITEM));
      json_kstr_opt(&j, "state", sql_text(rows, AT_STATE));
      json_kstr_opt(&j, "unit", sql_text(rows, AT_UNIT));
      put_words(&j, "countries", sql_text(rows, AT_COUNTRIES));
      json_kstr_opt(&j, "place", sql_text(rows, AT_PLACE));
      json_kint(&j, "story", sqlite3_column_int64(rows, AT_STORY));
      if (now) json_kint(&j, "current", now);
      if (now && confidence_of_figure(ask, now, &sure) == ST_OK) confidence_put(&j, &sure);
      if (now) spread_put(ask, &j, now);
      json_key(&j, "readings");
      json_begin(&j, '[');
      first = false;
    }
    put_reading(ask, &j, s, rows);
  }
  if (!first) json_end(&j, ']');
  json_end(&j, '}');
  buf_char(ask->to, '\n');
}

static void put_value(struct buf *to, sqlite3_stmt *row)
{
  const bool value = sqlite3_column_type(row, AT_VALUE) != SQLITE_NULL, low = sqlite3_column_type(row, AT_LOW) != SQLITE_NULL;
  const bool high = sqlite3_column_type(row, AT_HIGH) != SQLITE_NULL;
  if (value) buf_printf(to, "%.15g", sqlite3_column_double(row, AT_VALUE));
  else if (low && high) buf_printf(to, "%.15g to %.15g", sqlite3_column_double(row, AT_LOW), sqlite3_column_double(row, AT_HIGH));
  else if (low) buf_printf(to, "%.15g or more", sqlite3_column_double(row, AT_LOW));
  else if (high) buf_printf(to, "up to %.15g", sqlite3_column_double(row, AT_HIGH));
}

static void person_series(struct ask *ask, const struct series *s, int64_t key)
{
  const int64_t now = current(ask, s, key);
  sqlite3_stmt *rows = series_rows(ask, s, key);
  struct confidence sure;
  struct marks marks;
  bool first = true;
  while (sql_row(ask->ledger, rows, ask->error)) {
    const struct slice about = sql_text(rows, AT_ABOUT), state = sql_text(rows, AT_STATE), date = sql_text(rows, AT_DATE), source = sql_text(rows, AT_SOURCE);
    if (first) {
      buf_printf(ask->to, "series %lld: %.*s", (long long)key, about.n > 60 ? 60 : (int)about.n, about.n ? about.at : "");
      if (state.n) buf_printf(ask->to, " (%.*s)", SLICE_ARG(state));
      buf_char(ask->to, '\n');
      first = false;
    }
    const size_t from = ask->to->n;
    buf_text(ask->to, sqlite3_column_int64(rows, AT_KEY) == now ? "  * " : "    ");
    buf_printf(ask->to, "%-10.*s  ", date.n ? 10 : 7, date.n ? date.at : "undated"); /* a text of SQLite's ends in a NUL */
    put_value(ask->to, rows);
    buf_printf(ask->to, "  %.*s", source.n > 24 ? 24 : (int)source.n, source.n ? source.at : "");
    buf_printf(ask->to, "%s[%.*s]", source.n ? "  " : "", SLICE_ARG(sql_text(rows, AT_DOC)));
    if (marks_of(ask, sqlite3_column_int64(rows, AT_KEY), &marks) == ST_OK) marks_say(ask->to, &marks);
    ask_end_line(ask->to, from);
    if (sqlite3_column_int64(rows, AT_KEY) != now || confidence_of_figure(ask, now, &sure) != ST_OK) continue;
    const size_t last = ask->to->n;
    buf_text(ask->to, "                ");
    confidence_say(ask->to, &sure);
    ask_end_line(ask->to, last);
    spread_say(ask, now);
  }
}

enum status ask_figures(struct ask *ask)
{
  const struct ledger_question *q = ask->question;
  struct series s;
  sqlite3_stmt *which[2] = {NULL, NULL};
  int64_t over = q->offset, rest = q->limit > 0 ? q->limit : INT64_MAX;
  const bool good = series_open(ask, &s) && ask_prepare_series(ask, which) == ST_OK;
  for (int part = 0; part < 2; part++)
    while (good && rest > 0 && which[part] && sql_row(ask->ledger, which[part], ask->error)) {
      if (over-- > 0) continue;
      rest--;
      if (q->json) json_series(ask, &s, sqlite3_column_int64(which[part], 0));
      else person_series(ask, &s, sqlite3_column_int64(which[part], 0));
      buf_spill(ask->to);
    }
  sqlite3_finalize(which[0]);
  sqlite3_finalize(which[1]);
  series_close(&s);
  return ask->error->code;
}

/* ---- stories ---- */

struct told_by {
  int64_t seq;
  struct slice id;
};

struct story {
  int64_t id;
  struct arena arena;          /* for one story */
  VEC(struct told_by) told_by; /* its documents, in order */
  sqlite3_stmt *about, *documents, *publishers, *events, *series, *notes;
};

static bool story_open(struct ask *ask, struct story *s)
{
  s->about = prepare(ask, "SELECT s.title, min(d.day), max(d.day), min(substr(d.published, 1, 10)), max(substr(d.published, 1, 10)), count(*),"
                          " count(DISTINCT CASE WHEN d.copy_of IS NULL THEN d.publisher END), sum(d.copy_of IS NOT NULL)"
                          " FROM story s JOIN document d ON d.story = s.id WHERE s.id = ?1 AND d.seq <= ?2");
  arena_init(&s->arena, (size_t)1 << 32);
  s->documents = prepare(ask, "SELECT d.id, d.published, d.publisher, d.seq, c.id FROM document d LEFT JOIN document c ON c.seq = d.copy_of"
                              " WHERE d.story = ?1 AND d.seq <= ?2 ORDER BY d.seq");
  s->publishers = prepare(ask, "SELECT DISTINCT publisher FROM document WHERE story = ?1 AND seq <= ?2 AND publisher IS NOT NULL ORDER BY publisher");
  s->events = prepare(ask, "SELECT r.chain, r.type, r.actor, r.recipient, r.place, r.date, r.status, r.doc, r.n, r.b, r.e, r.mode FROM event r"
                           " WHERE r.story = ?1 AND r.doc <= ?2 ORDER BY r.chain, r.key");
  s->series = prepare(ask, "SELECT DISTINCT series FROM figure WHERE story = ?1 AND doc <= ?2 ORDER BY series");
  s->notes = prepare(ask, "SELECT c.value, c.author, c.at FROM target t JOIN correction c ON c.id = t.correction WHERE t.name = (SELECT id FROM document"
                          " WHERE seq = ?1) AND t.b IS NULL AND c.kind = 'note' AND c.subject = 'story' AND ?2 AND " CORRECTION_STANDS " ORDER BY c.id");
  return s->about && s->documents && s->publishers && s->events && s->series && s->notes;
}

static void story_close(struct story *s)
{
  arena_release(&s->arena);
  sqlite3_finalize(s->about);
  sqlite3_finalize(s->documents);
  sqlite3_finalize(s->publishers);
  sqlite3_finalize(s->events);
  sqlite3_finalize(s->series);
  sqlite3_finalize(s->notes);
}

static sqlite3_stmt *of_story(const struct ask *ask, const struct story *s, sqlite3_stmt *statement)
{
  sqlite3_reset(statement);
  sqlite3_bind_int64(statement, 1, s->id);
  sqlite3_bind_int64(statement, 2, ask->horizon);
  return statement;
}

static void put_documents(struct ask *ask, struct json_out *j, struct story *s)
{
  sqlite3_stmt *rows = of_story(ask, s, s->documents);
  arena_clear(&s->arena);
  s->told_by.at = NULL;
  s->told_by.n = s->told_by.cap = 0;
  json_key(j, "documents");
  json_begin(j, '[');
  while (sql_row(ask->ledger, rows, ask->error)) {
    json_begin(j, '{');
    json_kstr(j, "id", sql_text(rows, 0));
    json_kstr_opt(j, "published", sql_text(rows, 1));
    json_kstr_opt(j, "publisher", sql_text(rows, 2));
    json_kstr_opt(j, "copy_of", sql_text(rows, 4));
    json_end(j, '}');
    const struct told_by by = {sqlite3_column_int64(rows, 3), slice_copy(&s->arena, sql_text(rows, 0))};
    if (!by.id.at || !vec_push(&s->told_by, &s->arena, by)) error_set(ask->error, ST_MEMORY, "not enough memory for a story: free some");
  }
  json_end(j, ']');
}

/* The document's id. */
static struct slice id_of(const struct story *s, int64_t doc)
{
  size_t from = 0, to = s->told_by.n;
  while (from < to) {
    const size_t middle = from + (to - from) / 2;
    if (s->told_by.at[middle].seq < doc) from = middle + 1;
    else to = middle;
  }
  return from < s->told_by.n && s->told_by.at[from].seq == doc ? s->told_by.at[from].id : (struct slice){NULL, 0};
}

/* What the tellings of an event say of it, the first that says it. */
static void put_events(struct ask *ask, struct json_out *j, const struct story *s)
{
  sqlite3_stmt *rows = of_story(ask, s, s->events);
  int64_t chain = 0;
  json_key(j, "events");
  json_begin(j, '[');
  while (sql_row(ask->ledger, rows, ask->error)) {
    if (sqlite3_column_int64(rows, 0) != chain) {
      if (chain) json_end(j, ']');
      if (chain) json_end(j, '}');
      chain = sqlite3_column_int64(rows, 0);
      json_begin(j, '{');
      json_kint(j, "id", chain);
      json_kstr(j, "type", sql_text(rows, 1));
      json_kstr_opt(j, "mode", sql_text(rows, 11));
      put_words(j, "actor", sql_text(rows, 2));
      put_words(j, "recipient", sql_text(rows, 3));
      json_kstr_opt(j, "place", sql_text(rows, 4));
      json_kstr_opt(j, "date", sql_text(rows, 5));
      json_kstr(j, "status", sql_text(rows, 6));
      json_key(j, "tellings");
      json_begin(j, '[');
    }
    json_begin(j, '{');
    json_kstr(j, "doc", id_of(s, sqlite3_column_int64(rows, 7)));
    json_kint(j, "event", sqlite3_column_int64(rows, 8));
    json_kspan(j, "trigger", (struct span){(uint32_t)sqlite3_column_int64(rows, 9), (uint32_t)sqlite3_column_int64(rows, 10)});
    json_kstr(j, "status", sql_text(rows, 6));
    json_end(j, '}');
  }
  if (chain) json_end(j, ']');
  if (chain) json_end(j, '}');
  json_end(j, ']');
}

static void put_strings(struct ask *ask, struct json_out *j, const char *key, sqlite3_stmt *rows)
{
  json_key(j, key);
  json_begin(j, '[');
  while (sql_row(ask->ledger, rows, ask->error)) {
    if (sqlite3_column_type(rows, 0) == SQLITE_INTEGER) json_int(j, sqlite3_column_int64(rows, 0));
    else json_str(j, sql_text(rows, 0));
  }
  json_end(j, ']');
}

/* Notes on the story, which is named by its first document; as an array into *j, or, where that is NULL, as lines for a person. */
static void put_story_notes(struct ask *ask, struct json_out *j, const struct story *s)
{
  sqlite3_stmt *rows = of_story(ask, s, s->notes);
  bool any = false;
  while (sql_row(ask->ledger, rows, ask->error)) {
    const struct slice text = sql_text(rows, 0), by = sql_text(rows, 1);
    if (!j) {
      const size_t from = ask->to->n;
      buf_text(ask->to, "       note");
      if (by.n) buf_printf(ask->to, " by %.*s", SLICE_ARG(by));
      buf_text(ask->to, ": ");
      buf_slice(ask->to, text);
      ask_end_line(ask->to, from);
      continue;
    }
    if (!any) json_key(j, "notes");
    if (!any) json_begin(j, '[');
    any = true;
    json_begin(j, '{');
    json_kstr(j, "text", text);
    json_kstr_opt(j, "by", by);
    json_kstr(j, "at", sql_text(rows, 2));
    json_end(j, '}');
  }
  if (any) json_end(j, ']');
}

static void json_story(struct ask *ask, struct story *s)
{
  struct json_out j;
  sqlite3_stmt *about = of_story(ask, s, s->about);
  json_init(&j, ask->to);
  json_begin(&j, '{');
  json_kint(&j, "id", s->id);
  if (sql_row(ask->ledger, about, ask->error)) {
    json_kstr_opt(&j, "title", sql_text(about, 0));
    put_documents(ask, &j, s);
    json_kstr_opt(&j, "first", sql_text(about, 3));
    json_kstr_opt(&j, "last", sql_text(about, 4));
    json_kint(&j, "independent", sqlite3_column_int64(about, 6));
    json_kint(&j, "copies", sqlite3_column_int64(about, 7));
  }
  put_strings(ask, &j, "publishers", of_story(ask, s, s->publishers));
  put_events(ask, &j, s);
  put_strings(ask, &j, "figures", of_story(ask, s, s->series));
  ask_put_contradictions(ask, &j, s->id);
  put_story_notes(ask, &j, s);
  json_end(&j, '}');
  buf_char(ask->to, '\n');
}

static void person_story(struct ask *ask, struct story *s)
{
  sqlite3_stmt *about = of_story(ask, s, s->about);
  if (!sql_row(ask->ledger, about, ask->error)) return;
  const struct slice title = sql_text(about, 0), first = sql_text(about, 3), last = sql_text(about, 4);
  buf_printf(ask->to, "%5lld  %.*s\n", (long long)s->id, title.n > 70 ? 70 : (int)title.n, title.n ? title.at : "");
  buf_printf(ask->to, "       %.*s", SLICE_ARG(first));
  if (!slice_eq(first, last)) buf_printf(ask->to, " to %.*s", SLICE_ARG(last));
  const long long documents = (long long)sqlite3_column_int64(about, 5), publishers = (long long)sqlite3_column_int64(about, 6);
  buf_printf(ask->to, "%s%lld document%s, %lld publisher%s\n", first.n ? "  " : "", documents, documents == 1 ? "" : "s", publishers,
             publishers == 1 ? "" : "s");
  put_story_notes(ask, NULL, s);
}

static enum status story_missing(struct ask *ask)
{
  return error_set(ask->error, ST_USAGE, "story %lld: no such story: tocsin stories lists them", (long long)ask->question->story);
}

static enum status each_story(struct ask *ask, void (*put)(struct ask *ask, struct story *s), bool *any)
{
  struct story s = {0};
  sqlite3_stmt *which = NULL;
  if (story_open(ask, &s) && ask_prepare_stories(ask, &which) == ST_OK)
    while (sql_row(ask->ledger, which, ask->error)) {
      s.id = sqlite3_column_int64(which, 0);
      *any = true;
      put(ask, &s);
      buf_spill(ask->to);
    }
  sqlite3_finalize(which);
  story_close(&s);
  return ask->error->code;
}

enum status ask_stories(struct ask *ask)
{
  bool any = false;
  return each_story(ask, ask->question->json ? json_story : person_story, &any);
}

/* The story whole: what it is, then its events, figures and positions, each with its sentence. */
enum status ask_story(struct ask *ask)
{
  bool any = false;
  const struct ledger_question *q = ask->question;
  struct ledger_question part = *q;
  ask->question = &part;
  part.limit = part.offset = 0; /* they are of what stands below */
  enum status status = each_story(ask, q->json ? json_story : person_story, &any);
  part = *q;
  if (status == ST_OK && !any) status = story_missing(ask);
  if (status != ST_OK || q->json) {
    if (status == ST_OK) status = ask_figures(ask);
    ask->question = q;
    return status;
  }
  part.what = ASK_EVENTS;
  buf_text(ask->to, "\nEvents\n");
  status = ask_records(ask);
  buf_text(ask->to, "\nFigures (* the current one)\n");
  if (status == ST_OK) status = ask_figures(ask);
  part.what = ASK_POSITIONS;
  buf_text(ask->to, "\nPositions\n");
  if (status == ST_OK) status = ask_records(ask);
  buf_text(ask->to, "\nContradictions\n");
  if (status == ST_OK) status = ask_contradictions(ask);
  ask->question = q;
  return status;
}
