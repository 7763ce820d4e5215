/* ledger_answer.c: questions: their filters, and as of which day.
 *
 * Since everything derived hangs on earlier documents alone, the ledger as of a day is the ledger up to some document, when documents were
 * added in order of their dates.  Where they were not, the documents of that time are added anew to a ledger in memory, which then answers. */
#include "base/json_in.h"
#include "base/sys.h"
#include "ledger/ledger_ask.h"
#include "ledger/ledger_corrected.h"
#include "ledger/ledger_view.h"

#define READING_MOST ((size_t)1 << 31)

static enum status one_number(struct ask *ask, const char *text, int64_t a, int64_t b, int64_t *to)
{
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(ask->ledger->db, text, -1, &statement, NULL) != SQLITE_OK) return sql_failed(ask->ledger, ask->error);
  sqlite3_bind_int64(statement, 1, a);
  sqlite3_bind_int64(statement, 2, b);
  if (sql_row(ask->ledger, statement, ask->error)) *to = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return ask->error->code;
}

sqlite3_stmt *ask_use(struct ask *ask, enum ask_statement which, const char *text, int64_t a, int64_t b)
{
  sqlite3_stmt **at = &ask->kept[which];
  if (!*at && sqlite3_prepare_v2(ask->ledger->db, text, -1, at, NULL) != SQLITE_OK) {
    sql_failed(ask->ledger, ask->error);
    return NULL;
  }
  sqlite3_reset(*at);
  sqlite3_bind_int64(*at, 1, a);
  sqlite3_bind_int64(*at, 2, b);
  return *at;
}

void ask_release(struct ask *ask)
{
  json_decref(ask->reading);
  ask->reading = NULL;
  ask->doc = 0;
}

void ask_forget(struct ask *ask)
{
  ask_release(ask);
  for (int i = 0; i < ASK_STATEMENTS; i++) sqlite3_finalize(ask->kept[i]);
  memset(ask->kept, 0, sizeof ask->kept);
  ask->unreal_story = 0;
}

/* Unpacks into memory of *n bytes that the caller frees (sys_free with READING_ROOM(*n)). */
#define READING_ROOM(n) ((n) ? (n) : 1)
static enum status unpack(struct ask *ask, struct slice packed, char **to, size_t *n)
{
  const unsigned long long size = ZSTD_getFrameContentSize(packed.at, packed.n);
  const char *damaged = "a reading in it cannot be unpacked: the ledger is damaged: take a copy of it made before";
  *to = NULL;
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > READING_MOST)
    return error_set(ask->error, ST_LEDGER, "%s: %s", ask->ledger->path, damaged);
  *n = (size_t)size;
  *to = sys_alloc(READING_ROOM(*n));
  if (!*to) return error_set(ask->error, ST_MEMORY, "%s: not enough memory to unpack a reading: free some", ask->ledger->path);
  if (ZSTD_decompressDCtx(ask->ledger->unpack, *to, *n, packed.at, packed.n) == *n) return ST_OK;
  sys_free(*to, READING_ROOM(*n));
  *to = NULL;
  return error_set(ask->error, ST_LEDGER, "%s: %s", ask->ledger->path, damaged);
}

static enum status parse(struct ask *ask, struct slice packed, json_t **to)
{
  char *bytes;
  size_t n;
  json_error_t why;
  enum status status = unpack(ask, packed, &bytes, &n);
  if (status != ST_OK) return status;
  *to = json_in((struct slice){bytes, n}, 0, &why);
  sys_free(bytes, READING_ROOM(n));
  if (*to) return ST_OK;
  return error_set(ask->error, ST_LEDGER, "%s: a reading in it is no JSON: the ledger is damaged: take a copy of it made before", ask->ledger->path);
}

enum status ask_reading_json(struct ask *ask, int64_t doc, struct buf *to)
{
  char *bytes = NULL;
  size_t n = 0;
  sqlite3_stmt *get = sql_use(ask->ledger, SQL_DOCUMENT_READING, ask->error);
  if (!get) return ask->error->code;
  sqlite3_bind_int64(get, 1, doc);
  if (sql_row(ask->ledger, get, ask->error) && unpack(ask, sql_blob(get, 0), &bytes, &n) == ST_OK) {
    buf_put(to, bytes, n);
    sys_free(bytes, READING_ROOM(n));
  }
  sqlite3_reset(get);
  return ask->error->code;
}

const json_t *ask_reading(struct ask *ask, int64_t doc)
{
  if (ask->doc == doc) return ask->reading;
  ask_release(ask);
  sqlite3_stmt *get = sql_use(ask->ledger, SQL_DOCUMENT_READING, ask->error);
  if (!get) return NULL;
  sqlite3_bind_int64(get, 1, doc);
  if (sql_row(ask->ledger, get, ask->error) && parse(ask, sql_blob(get, 0), &ask->reading) == ST_OK &&
      corrected_reading(ask->ledger, ask->reading, ask->error) == ST_OK)
    ask->doc = doc;
  else ask_release(ask);
  sqlite3_reset(get);
  return ask->reading;
}

void ask_put_members(struct json_out *j, const json_t *object)
{
  const char *key;
  json_t *member;
  json_object_foreach((json_t *)(uintptr_t)object, key, member) { /* jansson's iterators take no const; nothing is changed */
    json_key(j, key);
    ask_put(j, member);
  }
}

void ask_put(struct json_out *j, const json_t *value)
{
  size_t i;
  json_t *one;
  switch (json_typeof(value)) {
  case JSON_OBJECT:
    json_begin(j, '{');
    ask_put_members(j, value);
    json_end(j, '}');
    break;
  case JSON_ARRAY:
    json_begin(j, '[');
    json_array_foreach(value, i, one) ask_put(j, one);
    json_end(j, ']');
    break;
  case JSON_STRING: json_str(j, (struct slice){json_string_value(value), json_string_length(value)}); break;
  case JSON_INTEGER: json_int(j, json_integer_value(value)); break;
  case JSON_REAL: json_num(j, json_real_value(value)); break;
  case JSON_TRUE:
  case JSON_FALSE: json_bool(j, json_is_true(value)); break;
  case JSON_NULL: json_none(j); break;
  }
}

struct slice ask_sentence(const json_t *reading, int64_t at)
{
  const struct slice text = item_string(json_object_get(reading, "document"), "text");
  size_t i;
  json_t *sentence;
  json_array_foreach(json_object_get(reading, "sentences"), i, sentence) {
    const json_t *span = json_object_get(sentence, "span");
    const json_int_t b = json_integer_value(json_array_get(span, 0)), e = json_integer_value(json_array_get(span, 1));
    if (at >= b && at < e && (uint64_t)e <= text.n) return slice_trim(slice_sub(text, (size_t)b, (size_t)e));
  }
  return (struct slice){NULL, 0};
}

enum status ask_any(struct ask *ask)
{
  if (ask->look) return ask->look(ask->look_context, ask);
  switch (ask->question->what) {
  case ASK_STORIES: return ask_stories(ask);
  case ASK_STORY: return ask_story(ask);
  case ASK_FIGURES: return ask_figures(ask);
  case ASK_FIND: return ask_find(ask);
  case ASK_CONTRADICTIONS: return ask_contradictions(ask);
  default: return ask_records(ask);
  }
}

/* A ledger in memory with the documents published up to the day, in the order in which they were added. */
static enum status rebuild(struct ask *ask, int32_t day, struct ledger **to)
{
  sqlite3_stmt *all = NULL;
  enum ledger_added added;
  enum status status = ledger_open(to, ask->ledger->path, LEDGER_MEMORY, ask->error);
  if (status != ST_OK) return status;
  if (sqlite3_prepare_v2(ask->ledger->db, "SELECT reading FROM document WHERE day <= ?1 ORDER BY seq", -1, &all, NULL) != SQLITE_OK)
    return sql_failed(ask->ledger, ask->error);
  sqlite3_bind_int(all, 1, day);
  while (status == ST_OK && sql_row(ask->ledger, all, ask->error)) {
    char *bytes;
    size_t n;
    status = unpack(ask, sql_blob(all, 0), &bytes, &n);
    if (status != ST_OK) break;
    status = ledger_add(*to, (struct slice){bytes, n}, &added, ask->error);
    sys_free(bytes, READING_ROOM(n));
  }
  sqlite3_finalize(all);
  return ask->error->code == ST_OK ? corrections_copy(ask->ledger, *to, day, ask->error) : ask->error->code;
}

static enum status answer_as_of(struct ask *ask, int32_t day)
{
  int64_t last = 0, later = 0;
  struct ledger *then = NULL;
  enum status status = one_number(ask, "SELECT coalesce(max(+seq), 0) FROM document WHERE day <= ?1", day, 0, &last);
  if (status == ST_OK) status = one_number(ask, "SELECT EXISTS(SELECT 1 FROM document WHERE seq <= ?2 AND (day IS NULL OR day > ?1))", day, last, &later);
  /* a merge with a document that is not there yet says nothing on that day */
  if (status == ST_OK && !later)
    status = one_number(ask, "SELECT EXISTS(SELECT 1 FROM correction c JOIN target t ON t.correction = c.id JOIN document d ON d.id = t.name"
                             " WHERE c.kind = 'merge' AND d.seq > ?1 AND " CORRECTION_STANDS ")", last, 0, &later);
  if (status != ST_OK) return status;
  ask->horizon = last;
  if (!later) return ask_any(ask);
  status = rebuild(ask, day, &then);
  if (status == ST_OK) {
    ask->ledger = then;
    ask->horizon = INT64_MAX;
    status = ask_any(ask);
    ask_forget(ask);
  }
  ledger_close(then);
  return status;
}

static enum status answer_any(struct ask *ask)
{
  int32_t day;
  error_clear(ask->error);
  enum status status = ask->question->as_of.n && item_day(ask->question->as_of, &day) ? answer_as_of(ask, day) : ask_any(ask);
  ask_forget(ask);
  return status;
}

enum status ledger_view(struct ledger *ledger, const struct ledger_question *question, enum status (*look)(void *context, struct ask *view), void *context,
                        struct error *error)
{
  struct ask ask = {.ledger = ledger, .question = question, .error = error, .horizon = INT64_MAX, .look = look, .look_context = context};
  return answer_any(&ask);
}

enum status ledger_answer(struct ledger *ledger, const struct ledger_question *question, struct buf *to, struct error *error)
{
  struct ask ask = {.ledger = ledger, .question = question, .to = to, .error = error, .horizon = INT64_MAX};
  enum status status = answer_any(&ask);
  if (status == ST_OK && to->failed) status = error_set(error, ST_MEMORY, "not enough memory for the answer: narrow the question, or set --limit");
  return status;
}
