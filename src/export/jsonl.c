/* jsonl.c: the readings, one JSON object a line: `tocsin add` takes them back (as `read --json --with-text` writes them).
 *
 * A reading that nobody corrected goes out as it was added, byte for byte.  From one that somebody did the records called wrong are left out: those
 * behind them move up, since a record's number is its place, and what points at them is made to point there, or, where it pointed at a wrong one, nowhere.
 * Behind all stands how a person graded the publisher. */
#include "export/export.h"
#include "ledger/ledger_ask.h"
#include <stdlib.h>

enum { ARRAYS = 4 };
static const char *const arrays[ARRAYS] = {"events", "claims", "figures", "positions"};
enum { EVENTS, CLAIMS, FIGURES, POSITIONS };

/* Members that are numbers of records, or lists of them: of which records, and the array that they point into. */
static const struct {
  int of;
  const char *name;
  int into;
} pointers[] = {{EVENTS, "claim", CLAIMS}, {EVENTS, "figures", FIGURES}, {CLAIMS, "events", EVENTS}, {CLAIMS, "figures", FIGURES}, {CLAIMS, "parent", CLAIMS},
                {CLAIMS, "answers", CLAIMS}, {FIGURES, "claim", CLAIMS}, {FIGURES, "event", EVENTS}, {FIGURES, "part_of", FIGURES},
                {FIGURES, "revises", FIGURES}, {FIGURES, "conflicts_with", FIGURES}, {POSITIONS, "claim", CLAIMS}, {POSITIONS, "after", POSITIONS}};

/* Where the record is now; -1: it is gone. */
static int64_t moved(const json_t *records, int64_t n)
{
  int64_t to = 0;
  if (n < 0 || (size_t)n >= json_array_size(records) || !json_is_object(json_array_get(records, (size_t)n))) return -1;
  for (size_t i = 0; i < (size_t)n; i++) to += json_is_object(json_array_get(records, i));
  return to;
}

static bool point(json_t *object, const char *name, const json_t *records)
{
  json_t *value = json_object_get(object, name);
  if (json_is_integer(value)) {
    const int64_t to = moved(records, json_integer_value(value));
    return to < 0 ? json_object_del(object, name) == 0 : json_object_set_new(object, name, json_integer(to)) == 0;
  }
  bool good = true;
  for (size_t i = json_array_size(value); i-- > 0 && good;) {
    const int64_t to = moved(records, json_integer_value(json_array_get(value, i)));
    good = to < 0 ? json_array_remove(value, i) == 0 : json_array_set_new(value, i, json_integer(to)) == 0;
  }
  return good;
}

static bool point_all(json_t *reading)
{
  bool good = true;
  size_t i;
  json_t *record;
  for (size_t k = 0; k < sizeof pointers / sizeof *pointers; k++)
    json_array_foreach(json_object_get(reading, arrays[pointers[k].of]), i, record)
      if (json_is_object(record)) good = good && point(record, pointers[k].name, json_object_get(reading, arrays[pointers[k].into]));
  json_array_foreach(json_object_get(reading, "positions"), i, record) {
    json_t *toward = json_object_get(record, "toward");
    good = good && point(toward, "event", json_object_get(reading, "events")) && point(toward, "claim", json_object_get(reading, "claims"));
    if (toward && json_object_size(toward) == 0) good = good && json_object_del(record, "toward") == 0;
  }
  return good;
}

/* The numbers of corrections are this ledger's. */
static bool close_up(json_t *records)
{
  bool good = true;
  size_t i;
  json_t *record;
  for (i = json_array_size(records); i-- > 0;)
    if (!json_is_object(json_array_get(records, i))) good = good && json_array_remove(records, i) == 0;
  json_array_foreach(records, i, record) {
    json_object_del(record, "corrected");
    if (json_object_get(record, "id")) good = good && json_object_set_new(record, "id", json_integer((json_int_t)i)) == 0;
  }
  return good;
}

/* What came with the document may be of any depth, and is written by jansson. */
static bool put_extra(struct json_out *j, const json_t *extra)
{
  char *text = json_dumps(extra, JSON_COMPACT);
  if (text) json_raw(j, slice_of(text));
  free(text);
  return text != NULL;
}

static bool put_reading(struct exporting *e, json_t *reading)
{
  bool good = true;
  const char *key, *inner;
  json_t *member, *value;
  struct json_out j;
  json_init(&j, e->to);
  json_begin(&j, '{');
  json_object_foreach(reading, key, member) {
    if (strcmp(key, "grade") == 0) continue; /* that of another ledger */
    json_key(&j, key);
    if (strcmp(key, "document") != 0) {
      ask_put(&j, member);
      continue;
    }
    json_begin(&j, '{');
    json_object_foreach(member, inner, value) {
      json_key(&j, inner);
      if (strcmp(inner, "extra") == 0) good = good && put_extra(&j, value);
      else ask_put(&j, value);
    }
    json_end(&j, '}');
  }
  json_end(&j, '}');
  return good;
}

static enum status put_corrected(struct exporting *e, const struct ledger_document *document)
{
  json_t *reading;
  enum status status = view_reading_corrected(e->view, document, &reading);
  if (status != ST_OK) return status;
  bool good = point_all(reading);
  for (int i = 0; i < ARRAYS; i++) good = good && close_up(json_object_get(reading, arrays[i]));
  if (!good || !put_reading(e, reading)) status = error_set(view_error(e->view), ST_MEMORY, "not enough memory for a corrected reading: free some");
  json_decref(reading);
  return status;
}

/* Did the reading come with its publisher's grade from another ledger?  Within a text the quotes would have backslashes. */
static bool has_grade(const struct buf *to, size_t from)
{
  return !to->failed && slice_find(slice_sub(buf_get(to), from, to->n), SLICE(",\"grade\":{")) != SIZE_MAX;
}

static enum status put_grade(struct exporting *e, struct slice publisher)
{
  struct buf grade;
  buf_init(&grade, 1 << 26);
  const enum status status = view_grade(e->view, publisher, &grade);
  if (grade.n && !e->to->failed && e->to->n && e->to->at[e->to->n - 1] == '}') {
    e->to->n--;
    buf_text(e->to, ",\"grade\":");
    buf_slice(e->to, buf_get(&grade));
    buf_char(e->to, '}');
  }
  e->to->failed = e->to->failed || grade.failed;
  buf_release(&grade);
  return status;
}

static enum status put(void *context, const struct ledger_document *document)
{
  struct exporting *e = context;
  const size_t from = e->to->n;
  const bool corrected = view_is_corrected(e->view, document);
  enum status status = corrected ? put_corrected(e, document) : view_reading_json(e->view, document, e->to);
  if (!corrected && status == ST_OK && has_grade(e->to, from)) {
    e->to->n = from;
    status = put_corrected(e, document);
  }
  for (size_t i = from; i < e->to->n; i++) /* in valid JSON no line ends but between its parts */
    if (e->to->at[i] == '\n' || e->to->at[i] == '\r') e->to->at[i] = ' ';
  while (e->to->n > from && e->to->at[e->to->n - 1] == ' ') e->to->n--;
  if (status == ST_OK) status = put_grade(e, document->publisher);
  buf_char(e->to, '\n');
  buf_spill(e->to);
  return status;
}

enum status export_jsonl(struct exporting *e) { return view_documents(e->view, false, put, e); }
