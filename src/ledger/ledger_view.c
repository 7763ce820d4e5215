/* ledger_view.c: walks over the documents and records behind a question. */
#include "ledger/ledger_view.h"
#include "ledger/ledger_ask.h"
#include <string.h>

#define DOCUMENT_COLUMNS "d.seq, d.story, d.id, d.sha256, d.title, d.publisher, d.url, d.published, (SELECT c.id FROM document c WHERE c.seq = d.copy_of)"
enum { AT_SEQ, AT_STORY, AT_ID, AT_SHA256, AT_TITLE, AT_PUBLISHER, AT_URL, AT_PUBLISHED, AT_COPY_OF, AT_N, AT_EVENT };

struct error *view_error(struct ask *view) { return view->error; }

/* A walk has the reading at hand for itself, so that one may stand within another. */
static struct ask own_walk(const struct ask *view)
{
  struct ask own = *view;
  own.doc = 0;
  own.reading = NULL;
  memset(own.kept, 0, sizeof own.kept);
  own.unreal_story = 0;
  return own;
}

static enum status lacking(struct ask *ask)
{
  return error_set(ask->error, ST_LEDGER, "%s: a record without its reading: the ledger is damaged: take a copy of it made before", ask->ledger->path);
}

static struct ledger_document document_of(sqlite3_stmt *row)
{
  return (struct ledger_document){.seq = sqlite3_column_int64(row, AT_SEQ), .story = sqlite3_column_int64(row, AT_STORY), .id = sql_text(row, AT_ID),
                                  .sha256 = sql_text(row, AT_SHA256), .title = sql_text(row, AT_TITLE), .publisher = sql_text(row, AT_PUBLISHER),
                                  .url = sql_text(row, AT_URL), .published = sql_text(row, AT_PUBLISHED), .copy_of = sql_text(row, AT_COPY_OF)};
}

/* Ends `rows`. */
static enum status walk_documents(struct ask *own, sqlite3_stmt *rows, bool readings, take_document *take, void *context)
{
  enum status status = own->error->code;
  while (status == ST_OK && sql_row(own->ledger, rows, own->error)) {
    struct ledger_document document = document_of(rows);
    if (readings) document.reading = ask_reading(own, document.seq);
    if (readings && !document.reading) break;
    status = take(context, &document);
  }
  sqlite3_finalize(rows);
  ask_forget(own);
  return status != ST_OK ? status : own->error->code;
}

enum status view_documents(struct ask *view, bool readings, take_document *take, void *context)
{
  const struct ledger_question *q = view->question;
  const bool events = q->actor.n || q->type.n || q->status.n || q->place.n;
  struct ask own = own_walk(view);
  sqlite3_stmt *rows;
  ask_prepare(&own, events ? "DISTINCT " DOCUMENT_COLUMNS : DOCUMENT_COLUMNS, events ? "event" : "document",
              "ORDER BY d.seq LIMIT :limit OFFSET :offset", &rows);
  return walk_documents(&own, rows, readings, take, context);
}

/* A statement of our own, with one number and the horizon. */
static sqlite3_stmt *prepare(struct ask *own, const char *sql, int64_t which)
{
  sqlite3_stmt *rows = NULL;
  if (sqlite3_prepare_v2(own->ledger->db, sql, -1, &rows, NULL) != SQLITE_OK) sql_failed(own->ledger, own->error);
  sqlite3_bind_int64(rows, 1, which);
  sqlite3_bind_int64(rows, 2, own->horizon);
  return rows;
}

enum status view_story(struct ask *view, int64_t story, bool readings, take_document *take, void *context)
{
  struct ask own = own_walk(view);
  sqlite3_stmt *rows = prepare(&own, "SELECT " DOCUMENT_COLUMNS " FROM document d WHERE d.story = ?1 AND d.seq <= ?2 ORDER BY d.seq", story);
  return walk_documents(&own, rows, readings, take, context);
}

/* Ends `rows`. */
static enum status walk_records(struct ask *own, const struct ask_kind *kind, sqlite3_stmt *rows, take_record *take, void *context)
{
  enum status status = own->error->code;
  while (status == ST_OK && sql_row(own->ledger, rows, own->error)) {
    struct ledger_record r = {.document = document_of(rows), .n = sqlite3_column_int64(rows, AT_N)};
    if (kind->what == ASK_EVENTS) r.event = sqlite3_column_int64(rows, AT_EVENT);
    r.document.reading = ask_reading(own, r.document.seq);
    r.record = json_array_get(json_object_get(r.document.reading, kind->array), (size_t)r.n);
    if (!r.record) {
      status = own->error->code != ST_OK ? own->error->code : lacking(own);
      break;
    }
    r.sentence = ask_sentence(r.document.reading, json_integer_value(json_array_get(json_object_get(r.record, kind->span), 0)));
    status = take(context, &r);
  }
  sqlite3_finalize(rows);
  ask_forget(own);
  return status != ST_OK ? status : own->error->code;
}

enum status view_records(struct ask *view, enum ledger_what what, take_record *take, void *context)
{
  const struct ask_kind *kind = ask_kind(what);
  struct ask own = own_walk(view);
  sqlite3_stmt *rows;
  ask_prepare(&own, what == ASK_EVENTS ? DOCUMENT_COLUMNS ", r.n, r.chain" : DOCUMENT_COLUMNS ", r.n", kind->table,
              "ORDER BY r.key LIMIT :limit OFFSET :offset", &rows);
  return walk_records(&own, kind, rows, take, context);
}

enum status view_events(struct ask *view, take_record *take, void *context)
{
  struct ask own = own_walk(view);
  sqlite3_stmt *rows;
  /* beside min() SQLite gives the other columns of the row that has it */
  ask_prepare(&own, DOCUMENT_COLUMNS ", r.n, r.chain, min(r.key) AS first", "event", "GROUP BY r.chain ORDER BY first LIMIT :limit OFFSET :offset", &rows);
  return walk_records(&own, ask_kind(ASK_EVENTS), rows, take, context);
}

enum status view_tellings(struct ask *view, int64_t event, take_record *take, void *context)
{
  struct ask own = own_walk(view);
  sqlite3_stmt *rows = prepare(&own, "SELECT " DOCUMENT_COLUMNS ", r.n, r.chain FROM event r JOIN document d ON d.seq = r.doc"
                                     " WHERE r.story = (SELECT story FROM event WHERE key = ?1) AND r.chain = ?1 AND r.doc <= ?2 ORDER BY r.key", event);
  return walk_records(&own, ask_kind(ASK_EVENTS), rows, take, context);
}

bool view_is_corrected(struct ask *view, const struct ledger_document *document)
{
  sqlite3_stmt *get = sql_use(view->ledger, SQL_CORRECTIONS_OF, view->error);
  if (!get) return false;
  sql_bind(get, 1, document->id);
  const bool any = sql_row(view->ledger, get, view->error);
  sqlite3_reset(get);
  return any;
}

enum status view_reading_corrected(struct ask *view, const struct ledger_document *document, json_t **to)
{
  const json_t *reading = ask_reading(view, document->seq);
  *to = reading ? json_deep_copy(reading) : NULL;
  if (view->error->code == ST_OK && !*to) error_set(view->error, ST_MEMORY, "not enough memory for a corrected reading: free some");
  return view->error->code;
}

enum status view_reading_json(struct ask *view, const struct ledger_document *document, struct buf *to)
{
  return ask_reading_json(view, document->seq, to);
}

enum status view_grade(struct ask *view, struct slice publisher, struct buf *to)
{
  sqlite3_stmt *get = publisher.n ? sql_use(view->ledger, SQL_GRADE_ROW, view->error) : NULL;
  if (!get) return view->error->code;
  sql_bind(get, 1, publisher);
  if (sql_row(view->ledger, get, view->error)) {
    struct json_out j;
    json_init(&j, to);
    json_begin(&j, '{');
    json_kstr(&j, "value", sql_text(get, 0));
    json_kstr_opt(&j, "by", sql_text(get, 1));
    json_kstr(&j, "at", sql_text(get, 2));
    json_kstr_opt(&j, "reason", sql_text(get, 3));
    json_end(&j, '}');
  }
  return sql_end(view->ledger, get, view->error);
}

enum status view_sentence(struct ask *view, struct slice id, int64_t at, struct buf *to)
{
  int64_t seq = 0;
  sqlite3_stmt *get = sql_use(view->ledger, SQL_DOCUMENT_BY_ID, view->error);
  if (!get) return view->error->code;
  sql_bind(get, 1, id);
  if (sql_row(view->ledger, get, view->error)) seq = sqlite3_column_int64(get, 0);
  sqlite3_reset(get);
  const json_t *reading = seq ? ask_reading(view, seq) : NULL;
  if (reading) buf_slice(to, ask_sentence(reading, at));
  return view->error->code;
}

enum status view_answer(struct ask *view, enum ledger_what what, int64_t story, struct buf *to)
{
  struct ledger_question question = *view->question;
  struct ask own = own_walk(view);
  question.what = what;
  question.json = true;
  if (story) question.story = story;
  own.question = &question;
  own.to = to;
  own.look = NULL;
  enum status status = ask_any(&own);
  ask_forget(&own);
  return status;
}

void view_content(const struct ledger_record *r, struct buf *to)
{
  const struct slice text = item_string(json_object_get(r->document.reading, "document"), "text");
  const size_t before = to->n;
  size_t i;
  json_t *span;
  json_array_foreach(json_object_get(json_object_get(r->record, "content"), "spans"), i, span) {
    const json_int_t b = json_integer_value(json_array_get(span, 0)), e = json_integer_value(json_array_get(span, 1));
    if (b < 0 || e < b || (uint64_t)e > text.n) continue;
    if (to->n > before) buf_char(to, ' ');
    buf_slice(to, slice_sub(text, (size_t)b, (size_t)e));
  }
}
