#include "export/answers.h"
#include "export/parts.h"

#define ANSWER_MOST ((size_t)2 << 30)

struct answers {
  enum status (*take)(void *context, const json_t *object);
  void *context;
  struct error *error;
  enum status status;
};

/* The buffer holds whole lines. */
static bool take_lines(void *context, struct buf *buf)
{
  struct answers *a = context;
  struct slice rest = buf_get(buf);
  while (rest.n && a->status == ST_OK) {
    const struct slice line = slice_cut(&rest, '\n');
    json_error_t why;
    json_t *object = json_loadb(line.at, line.n, 0, &why);
    a->status = object ? a->take(a->context, object) : error_set(a->error, ST_MEMORY, "not enough memory for an answer: narrow it by filters");
    json_decref(object);
  }
  buf_clear(buf);
  return a->status == ST_OK;
}

enum status answers_each(struct exporting *e, enum ledger_what what, int64_t story, enum status (*take)(void *context, const json_t *object),
                         void *context)
{
  struct answers a = {take, context, view_error(e->view), ST_OK};
  struct buf lines;
  buf_init(&lines, ANSWER_MOST);
  lines.spill = take_lines;
  lines.spill_context = &a;
  enum status status = view_answer(e->view, what, story, &lines);
  if (status == ST_OK && lines.failed && a.status == ST_OK)
    status = error_set(a.error, ST_MEMORY, "not enough memory for an answer: narrow it by filters");
  if (status == ST_OK && a.status == ST_OK) take_lines(&a, &lines);
  buf_release(&lines);
  return status != ST_OK ? status : a.status;
}

const json_t *series_reading(const json_t *series, int64_t id)
{
  size_t i;
  json_t *reading;
  json_array_foreach(json_object_get(series, "readings"), i, reading)
    if (item_int(reading, "id", -1) == id) return reading;
  return NULL;
}
