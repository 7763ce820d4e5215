/* ledger_filters.c: the filters of a question, as SQL.
 *
 * Records lie in the order of documents: those of a document follow each other, from the last one of the document before it (placing) on.  So filters
 * of documents (day, publisher, story) are first looked up among the documents, in an index that has all of them: where few documents pass, records
 * are taken document by document; where many do, all records between the first and the last of these documents are looked through, which meets one
 * that passes soon. */
#include "know/plover.h"
#include "ledger/ledger_ask.h"
#include "ledger/ledger_corrected.h"
#include "read/reading.h"

const char *ledger_wrong_status(struct slice status)
{
#define WORD(name, word) word,
  static const char *const words[] = {STATUS_WORDS(WORD)};
#undef WORD
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (slice_is(status, words[i])) return NULL;
  return "is no status: actual, planned, possible, conditional, requested, denied or negated";
}

const char *ledger_wrong_act(const struct plover *plover, struct slice type, struct slice mode)
{
  if (!plover_act(plover, type, (struct slice){NULL, 0})) return "is no type of events: data/plover.tsv lists them";
  return !mode.n || plover_act(plover, type, mode) ? NULL : "is no mode of this type of events: data/plover.tsv lists them";
}

enum { FEW = 2000 }; /* documents whose records can be sorted while somebody waits */

struct passing {
  int64_t n, first, last; /* documents that pass the filters of documents */
};

static bool is(const char *a, const char *b) { return strcmp(a, b) == 0; }

/* The column of placing that counts the records of a table. */
static const char *counted(const char *table)
{
  return is(table, "event") ? "events" : is(table, "claim") ? "claims" : is(table, "figure") ? "figures" : "positions";
}

static bool of_documents(const struct ledger_question *q) { return q->story || q->since.n || q->until.n || q->publisher.n || q->grade.n; }

static void put_documents(struct buf *sql, const struct ask *ask, const char *alias)
{
  const struct ledger_question *q = ask->question;
  if (ask->horizon != INT64_MAX) buf_printf(sql, " AND %s.seq <= :horizon", alias);
  if (q->story) buf_printf(sql, " AND %s.story = :story", alias);
  if (q->since.n) buf_printf(sql, " AND %s.day >= :since", alias);
  if (q->until.n) buf_printf(sql, " AND %s.day <= :until", alias);
  if (q->publisher.n) buf_printf(sql, " AND %s.publisher = :publisher", alias);
  if (q->grade.n) buf_printf(sql, " AND %s" GRADED("", ":grade"), alias);
}

/* Figures know the name of their place; in which country it is, the event tells that they are of, or one that is told there.  Without any place, whom
 * they count does. */
static void put_place_of_figures(struct buf *sql, const struct ask *ask)
{
  const struct slice place = ask->question->place;
  const char *horizon = ask->horizon == INT64_MAX ? "" : " AND doc <= :horizon";
  bool code = place.n == 3;
  for (size_t i = 0; i < place.n; i++) code = code && place.at[i] >= 'A' && place.at[i] <= 'Z';
  if (!code) buf_text(sql, " AND r.place = :place");
  else
    buf_printf(sql, " AND (r.place = :place OR r.place IN (SELECT place FROM event WHERE country = :place%s) OR (r.place IS NULL AND (r.chain IN"
                    " (SELECT chain FROM event WHERE country = :place%s) OR instr(' ' || r.countries, ' ' || :place) > 0)))", horizon, horizon);
}

/* The filters of records. */
static void put_records(struct buf *sql, const struct ask *ask, const char *table)
{
  const struct ledger_question *q = ask->question;
  const bool event = is(table, "event"), figure = is(table, "figure"), claim = is(table, "claim");
  if (q->type.n) buf_text(sql, event ? " AND r.type = :type" : " AND 0");
  if (q->status.n) buf_text(sql, event ? " AND r.status = :status" : " AND 0");
  if (q->place.n && figure) put_place_of_figures(sql, ask);
  else if (q->place.n) buf_text(sql, event ? " AND (r.place = :place OR r.country = :place)" : " AND 0");
  if (!q->actor.n) return;
  if (event) buf_text(sql, " AND r.key IN (SELECT event FROM party WHERE code >= :actor AND code < :beyond)");
  else if (figure)
    buf_text(sql, " AND instr(r.countries, substr(:actor, 1, 3)) > 0 AND r.series IN (SELECT series FROM figure INDEXED BY figure_countries"
                  " WHERE countries IS NOT NULL AND instr(countries, substr(:actor, 1, 3)) > 0)"); /* from an index that has both */
  else buf_printf(sql, " AND r.key IN (SELECT key FROM %s WHERE %s >= :actor AND %s < :beyond)", table, claim ? "code" : "holder", claim ? "code" : "holder");
}

static bool bind_text(sqlite3_stmt *to, const char *name, struct slice text)
{
  const int at = sqlite3_bind_parameter_index(to, name);
  return at <= 0 || sqlite3_bind_text64(to, at, text.at, text.n, SQLITE_TRANSIENT, SQLITE_UTF8) == SQLITE_OK;
}

static void bind_int(sqlite3_stmt *to, const char *name, int64_t value)
{
  const int at = sqlite3_bind_parameter_index(to, name);
  if (at > 0) sqlite3_bind_int64(to, at, value);
}

/* False: no memory, and a filter would be missing. */
static bool bind_filters(sqlite3_stmt *to, const struct ask *ask)
{
  const struct ledger_question *q = ask->question;
  int32_t day = 0;
  bool good = true;
  char beyond[32];
  bind_int(to, ":horizon", ask->horizon);
  bind_int(to, ":story", q->story);
  if (item_day(q->since, &day)) bind_int(to, ":since", day);
  if (item_day(q->until, &day)) bind_int(to, ":until", day);
  good = bind_text(to, ":publisher", q->publisher) && good;
  good = bind_text(to, ":grade", q->grade) && good;
  good = bind_text(to, ":type", q->type) && good;
  good = bind_text(to, ":status", q->status) && good;
  good = bind_text(to, ":place", q->place) && good;
  good = bind_text(to, ":actor", q->actor) && good;
  const size_t n = q->actor.n < sizeof beyond ? q->actor.n : 0;
  if (n) {
    memcpy(beyond, q->actor.at, n);
    beyond[n - 1]++; /* codes are capital letters: one after them is a letter or '[' */
  }
  good = bind_text(to, ":beyond", (struct slice){beyond, n}) && good;
  bind_int(to, ":limit", q->limit > 0 ? q->limit : -1);
  bind_int(to, ":offset", q->offset);
  return good;
}

/* Ends `sql`. */
static enum status compile(struct ask *ask, struct buf *sql, sqlite3_stmt **to)
{
  enum status status = ST_OK;
  *to = NULL;
  if (sql->failed) status = error_set(ask->error, ST_MEMORY, "not enough memory for the question: free some");
  else if (sqlite3_prepare_v2(ask->ledger->db, sql->at, (int)sql->n, to, NULL) != SQLITE_OK) status = sql_failed(ask->ledger, ask->error);
  else if (!bind_filters(*to, ask)) {
    status = sql_failed(ask->ledger, ask->error);
    sqlite3_finalize(*to);
    *to = NULL;
  }
  buf_release(sql);
  return status;
}

static enum status count_documents(struct ask *ask, struct passing *to)
{
  struct buf sql;
  sqlite3_stmt *get;
  buf_init(&sql, 1 << 16);
  buf_text(&sql, "SELECT count(*), coalesce(min(d.seq), 1), coalesce(max(d.seq), 0) FROM document d WHERE 1");
  put_documents(&sql, ask, "d");
  if (compile(ask, &sql, &get) == ST_OK && sql_row(ask->ledger, get, ask->error))
    *to = (struct passing){sqlite3_column_int64(get, 0), sqlite3_column_int64(get, 1), sqlite3_column_int64(get, 2)};
  sqlite3_finalize(get);
  return ask->error->code;
}

/* The records of which documents, in FROM and WHERE. */
static void put_source(struct buf *sql, const struct ask *ask, const char *columns, const char *table, const struct passing *passing)
{
  const char *total = counted(table);
  const bool by_story = ask->question->story && (is(table, "event") || is(table, "figure")); /* they have an index of their own */
  if (passing && passing->n <= FEW && !by_story) {
    buf_text(sql, "(SELECT m.seq FROM document m WHERE 1");
    put_documents(sql, ask, "m");
    buf_printf(sql, ") s CROSS JOIN placing p ON p.doc = s.seq CROSS JOIN %s r ON r.key <= p.%s AND r.key >"
                    " coalesce((SELECT q.%s FROM placing q WHERE q.doc = s.seq - 1), 0) CROSS JOIN document d ON d.seq = s.seq WHERE 1", table, total, total);
    return;
  }
  const bool joined = strstr(columns, "d.") || (by_story && passing);
  const struct ledger_question *q = ask->question;
  const bool listed = strcmp(columns, "DISTINCT r.story") == 0 && !by_story && q->type.n && !q->status.n && !q->place.n && !q->actor.n;
  buf_printf(sql, "%s r%s%s WHERE 1", table, listed ? " INDEXED BY event_story" : "", joined ? " JOIN document d ON d.seq = r.doc" : "");
  if (by_story) buf_text(sql, " AND r.story = :story");
  if (by_story && passing) put_documents(sql, ask, "d");
  else if (passing) { /* from an index, before the document itself is looked at */
    buf_text(sql, " AND +r.doc IN (SELECT m.seq FROM document m WHERE 1");
    put_documents(sql, ask, "m");
    buf_char(sql, ')');
  }
  if (passing)
    buf_printf(sql, " AND r.key > coalesce((SELECT q.%s FROM placing q WHERE q.doc = %lld), 0) AND r.key <= coalesce((SELECT q.%s FROM placing q"
                    " WHERE q.doc = %lld), 0)", total, (long long)(passing->first - 1), total, (long long)passing->last);
  else if (ask->horizon != INT64_MAX) buf_printf(sql, " AND r.key <= coalesce((SELECT q.%s FROM placing q WHERE q.doc = :horizon), 0)", total);
}

enum status ask_prepare(struct ask *ask, const char *columns, const char *table, const char *order, sqlite3_stmt **to)
{
  struct buf sql;
  struct passing passing = {0};
  const bool documents = is(table, "document"), some = !documents && of_documents(ask->question);
  *to = NULL;
  if (some && count_documents(ask, &passing) != ST_OK) return ask->error->code;
  buf_init(&sql, 1 << 16);
  buf_printf(&sql, "SELECT %s FROM ", columns);
  if (documents) {
    buf_text(&sql, "document d WHERE 1");
    put_documents(&sql, ask, "d");
  } else {
    put_source(&sql, ask, columns, table, some ? &passing : NULL);
    put_records(&sql, ask, table);
  }
  buf_printf(&sql, " %s", order);
  return compile(ask, &sql, to);
}

/* Do more than FEW events pass the one filter of events that the question has?  With several of them nobody knows. */
static bool passes_often(struct ask *ask)
{
  const struct ledger_question *q = ask->question;
  struct buf sql;
  sqlite3_stmt *get;
  int64_t n = 0;
  if ((q->actor.n > 0) + (q->type.n > 0) + (q->status.n > 0) + (q->place.n > 0) != 1) return false;
  buf_init(&sql, 1 << 16);
  buf_text(&sql, "SELECT count(*) FROM (SELECT 1 FROM ");
  if (q->actor.n) buf_text(&sql, "party WHERE code >= :actor AND code < :beyond");
  else {
    buf_text(&sql, "event r WHERE 1");
    put_records(&sql, ask, "event");
  }
  buf_printf(&sql, " LIMIT %d)", FEW + 1);
  if (compile(ask, &sql, &get) == ST_OK && sql_row(ask->ledger, get, ask->error)) n = sqlite3_column_int64(get, 0);
  sqlite3_finalize(get);
  return n > FEW;
}

/* An event that passes, of the story at hand. */
static void put_event_of_story(struct buf *sql, const struct ask *ask, const struct passing *passing)
{
  const struct ledger_question *q = ask->question;
  buf_printf(sql, " AND EXISTS (SELECT 1 FROM event r INDEXED BY event_story%s WHERE r.story = s.id", passing ? " CROSS JOIN document d ON d.seq = r.doc" : "");
  if (passing)
    buf_printf(sql, " AND r.key > coalesce((SELECT q.events FROM placing q WHERE q.doc = %lld), 0) AND r.key <= coalesce((SELECT q.events FROM placing q"
                    " WHERE q.doc = %lld), 0)", (long long)(passing->first - 1), (long long)passing->last);
  else if (ask->horizon != INT64_MAX) buf_text(sql, " AND r.doc <= :horizon");
  if (!q->actor.n) put_records(sql, ask, "event");
  else buf_text(sql, " AND instr(' ' || coalesce(r.actor, '') || ' ' || coalesce(r.recipient, ''), ' ' || :actor) > 0"); /* as the parties have it */
  if (passing) put_documents(sql, ask, "d");
  buf_char(sql, ')');
}

/* Story by story, as those asked for are met soon, but where few events pass. */
enum status ask_prepare_stories(struct ask *ask, sqlite3_stmt **to)
{
  const struct ledger_question *q = ask->question;
  const bool events = q->actor.n || q->type.n || q->status.n || q->place.n, some = of_documents(q);
  struct passing passing = {0};
  struct buf sql;
  *to = NULL;
  if (events && (q->story || !passes_often(ask)))
    return ask->error->code != ST_OK ? ask->error->code : ask_prepare(ask, "DISTINCT r.story", "event", "ORDER BY r.story LIMIT :limit OFFSET :offset", to);
  if (events && some && count_documents(ask, &passing) != ST_OK) return ask->error->code;
  buf_init(&sql, 1 << 16);
  buf_text(&sql, "SELECT s.id FROM story s WHERE EXISTS (SELECT 1 FROM document d WHERE d.story = s.id");
  put_documents(&sql, ask, "d");
  buf_printf(&sql, ")%s", q->story ? " AND s.id = :story" : "");
  if (events) put_event_of_story(&sql, ask, some ? &passing : NULL);
  buf_text(&sql, " ORDER BY s.id LIMIT :limit OFFSET :offset");
  return compile(ask, &sql, to);
}

/* Where many documents pass, a series older than they are is one of those that go on among them, which have an index of their own; of the others the
 * first readings come in order. */
enum status ask_prepare_series(struct ask *ask, sqlite3_stmt *to[2])
{
  const struct ledger_question *q = ask->question;
  struct passing passing = {0};
  struct buf sql;
  to[0] = to[1] = NULL;
  const bool parted = of_documents(q) && !q->story && !q->actor.n && !q->type.n && !q->status.n && !q->place.n;
  if (parted && count_documents(ask, &passing) != ST_OK) return ask->error->code;
  if (passing.n <= FEW) return ask_prepare(ask, "DISTINCT r.series", "figure", "ORDER BY r.series", &to[0]);
  for (int part = 0; part < 2; part++) {
    buf_init(&sql, 1 << 16);
    buf_printf(&sql, "SELECT DISTINCT r.series FROM figure r INDEXED BY %s WHERE r.series %s coalesce((SELECT q.figures FROM placing q WHERE q.doc = %lld), 0)",
               part ? "figure_series" : "figure_goes_on", part ? ">" : "<=", (long long)(passing.first - 1));
    if (part == 0) buf_printf(&sql, " AND r.series <> r.key AND r.doc >= %lld AND r.doc <= %lld", (long long)passing.first, (long long)passing.last);
    else buf_printf(&sql, " AND r.key <= coalesce((SELECT q.figures FROM placing q WHERE q.doc = %lld), 0)", (long long)passing.last);
    if (passing.n <= passing.last - passing.first) { /* not all of these */
      buf_text(&sql, part ? " AND +r.doc IN (SELECT m.seq FROM document m WHERE 1" : " AND r.doc IN (SELECT m.seq FROM document m WHERE 1");
      put_documents(&sql, ask, "m");
      buf_char(&sql, ')');
    }
    buf_text(&sql, " ORDER BY r.series");
    if (compile(ask, &sql, &to[part]) != ST_OK) break;
  }
  return ask->error->code;
}
