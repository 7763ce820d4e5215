/* markdown.c: a brief of one story as Markdown (CommonMark, with footnotes as GitHub and Pandoc have them): figures as they stand, turns of positions,
 * contradictions, events by day.  Every line has the sentence that says so as its footnote. */
#include "base/map.h"
#include "base/vec.h"
#include "export/answers.h"
#include "export/parts.h"
#include <stdlib.h>

#define MEMORY_MOST ((size_t)1 << 30)
#define NOTES_MOST ((size_t)256 << 20)
#define LINE_MOST ((size_t)1 << 20)

struct line {
  struct slice day, text;
  size_t n; /* in the order of the ledger */
};

struct brief {
  struct exporting *e;
  struct arena arena;
  struct map noted;     /* document and sentence: number of the note */
  struct map dated;     /* document: index of its day in `published` */
  VEC(struct slice) published;
  VEC(struct line) lines;
  struct buf notes, sentence, made;
  uint32_t n_notes;
  const char *heading;  /* of the part at hand, until it has a line; then NULL */
};

static enum status full(struct brief *b) { return error_set(view_error(b->e->view), ST_MEMORY, "not enough memory for the export: narrow it by filters"); }

/* Text as it is, whatever it holds: what Markdown would take for its own is escaped (CommonMark, 2.4). */
static void put_plain(struct buf *to, struct slice text)
{
  for (size_t i = 0; i < text.n; i++) {
    const char c = text.at[i];
    if (c == '\n' || c == '\r' || c == '\t') {
      buf_char(to, ' ');
      continue;
    }
    if (c && strchr("\\`*_[]<>#|~&", c)) buf_char(to, '\\');
    buf_char(to, c);
  }
}

static void begin_part(struct brief *b)
{
  if (b->heading) buf_printf(b->e->to, "\n## %s\n\n", b->heading);
  b->heading = NULL;
}

/* Appends the mark of the note that holds this sentence; a sentence has one note. */
static enum status put_note(struct brief *b, struct buf *to, struct slice document, struct slice publisher, struct slice sentence)
{
  const uint32_t dated = map_get(&b->dated, document);
  const struct slice published = dated < b->published.n ? b->published.at[dated] : (struct slice){NULL, 0};
  buf_clear(&b->made);
  buf_slice(&b->made, document);
  buf_char(&b->made, '\n');
  buf_slice(&b->made, sentence);
  uint32_t number = map_get(&b->noted, buf_get(&b->made));
  if (number == MAP_NONE) {
    const struct slice own = slice_copy(&b->arena, buf_get(&b->made));
    number = ++b->n_notes;
    if (!own.at || !map_add(&b->noted, &b->arena, own, number)) return full(b);
    buf_printf(&b->notes, "[^%u]: ", (unsigned)number);
    if (publisher.n) put_plain(&b->notes, publisher);
    else put_plain(&b->notes, document);
    if (published.n) buf_text(&b->notes, ", ");
    put_plain(&b->notes, published);
    if (publisher.n) {
      buf_text(&b->notes, ", ");
      put_plain(&b->notes, document);
    }
    buf_text(&b->notes, ": ");
    put_plain(&b->notes, sentence);
    buf_char(&b->notes, '\n');
  }
  buf_clear(&b->made);
  buf_printf(to, "[^%u]", (unsigned)number);
  return ST_OK;
}

/* Of all documents the day, of the first the title too. */
static enum status take_document_of(void *context, const struct ledger_document *d)
{
  struct brief *b = context;
  const struct slice id = slice_copy(&b->arena, d->id), published = slice_copy(&b->arena, d->published);
  if (!id.at || !published.at || !map_add(&b->dated, &b->arena, id, (uint32_t)b->published.n) || !vec_push(&b->published, &b->arena, published)) return full(b);
  if (!b->heading) return ST_OK;
  b->heading = NULL;
  buf_text(b->e->to, "# ");
  put_plain(b->e->to, d->title.n ? d->title : d->id);
  buf_char(b->e->to, '\n');
  return ST_OK;
}

/* "- forces deployed, Russia: about 3000 (Wire A, 2024-10-23; South Korean lawmakers)[^1]" */
static enum status put_series(void *context, const json_t *series)
{
  static const char *const named[] = {"item", "state", "place"};
  struct brief *b = context;
  struct buf *to = b->e->to;
  const json_t *now = series_reading(series, item_int(series, "current", -1));
  const struct slice source = item_string(now, "source");
  bool any = false;
  if (!now) return ST_OK;
  begin_part(b);
  buf_text(to, "- ");
  for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
    const struct slice text = item_string(series, named[i]);
    if (text.n && any) buf_text(to, ", ");
    any = any || text.n;
    put_plain(to, text);
  }
  if (!any) put_plain(to, item_string(now, "about").n ? item_string(now, "about") : SLICE("number"));
  buf_text(to, slice_is(item_string(now, "bound"), "about") ? ": about " : ": ");
  part_value(to, now);
  buf_text(to, " (");
  put_plain(to, item_string(now, "date"));
  if (source.n) buf_text(to, "; ");
  put_plain(to, source);
  buf_char(to, ')');
  buf_clear(&b->sentence);
  enum status status = view_sentence(b->e->view, item_string(now, "doc"), part_span(now, "span").begin, &b->sentence);
  if (status == ST_OK) status = put_note(b, to, item_string(now, "doc"), item_string(now, "publisher"), buf_get(&b->sentence));
  buf_char(to, '\n');
  return status;
}

static enum status put_turn(void *context, const json_t *position)
{
  struct brief *b = context;
  struct buf *to = b->e->to;
  const json_t *turn = json_object_get(position, "turn"), *from = json_object_get(turn, "from"), *holder = json_object_get(position, "holder");
  const struct slice code = item_string(holder, "code");
  if (!turn) return ST_OK;
  begin_part(b);
  buf_text(to, "- ");
  put_plain(to, item_string(position, "published"));
  buf_char(to, ' ');
  put_plain(to, code.n ? code : item_string(holder, "text"));
  buf_text(to, ": ");
  put_plain(to, item_string(from, "stance"));
  buf_text(to, " (");
  put_plain(to, item_string(from, "published"));
  buf_text(to, ", ");
  put_plain(to, item_string(from, "doc"));
  buf_text(to, "), now ");
  put_plain(to, item_string(position, "stance"));
  buf_text(to, ": ");
  put_plain(to, item_string(turn, "shift"));
  const enum status status =
    put_note(b, to, item_string(position, "doc"), item_string(position, "publisher"), item_string(position, "sentence"));
  buf_char(to, '\n');
  return status;
}

static enum status put_contradiction(void *context, const json_t *contradiction)
{
  struct brief *b = context;
  struct buf *to = b->e->to;
  enum status status = ST_OK;
  size_t i;
  json_t *side;
  begin_part(b);
  buf_text(to, "- ");
  put_plain(to, item_string(contradiction, "kind"));
  buf_text(to, ": ");
  json_array_foreach(json_object_get(contradiction, "sides"), i, side) {
    const struct slice source = item_string(side, "source");
    if (status != ST_OK) return status;
    if (i) buf_text(to, "; against it ");
    put_plain(to, source.n ? source : item_string(side, "publisher").n ? item_string(side, "publisher") : item_string(side, "doc"));
    status = put_note(b, to, item_string(side, "doc"), item_string(side, "publisher"), item_string(side, "sentence"));
  }
  buf_char(to, '\n');
  return status;
}

static enum status take_event(void *context, const struct ledger_record *r)
{
  struct brief *b = context;
  struct buf plain, text;
  buf_init(&plain, LINE_MOST);
  buf_init(&text, LINE_MOST);
  part_event_line(&plain, r->document.reading, r->record);
  put_plain(&text, buf_get(&plain));
  buf_text(&text, " (");
  put_plain(&text, item_string(r->record, "status"));
  buf_char(&text, ')');
  enum status status = put_note(b, &text, r->document.id, r->document.publisher, r->sentence);
  const struct line line = {slice_copy(&b->arena, part_day(r->record, r->document.published)), slice_copy(&b->arena, buf_get(&text)), b->lines.n};
  if (status == ST_OK && (plain.failed || text.failed || !line.day.at || !line.text.at || !vec_push(&b->lines, &b->arena, line))) status = full(b);
  buf_release(&plain);
  buf_release(&text);
  return status;
}

static int by_day(const void *a, const void *b)
{
  const struct line *x = a, *y = b;
  const int days = slice_cmp(x->day, y->day);
  return days ? days : (x->n > y->n) - (x->n < y->n);
}

static enum status put_days(struct brief *b)
{
  const enum status status = view_events(b->e->view, take_event, b);
  if (status != ST_OK || !b->lines.n) return status;
  qsort(b->lines.at, b->lines.n, sizeof *b->lines.at, by_day);
  begin_part(b);
  for (size_t i = 0; i < b->lines.n; i++) {
    buf_text(b->e->to, "- ");
    buf_slice(b->e->to, b->lines.at[i].day);
    if (b->lines.at[i].day.n) buf_char(b->e->to, ' ');
    buf_slice(b->e->to, b->lines.at[i].text);
    buf_char(b->e->to, '\n');
  }
  return ST_OK;
}

static enum status put_parts(struct brief *b, int64_t story)
{
  static const struct {
    const char *heading;
    enum ledger_what what;
    enum status (*take)(void *context, const json_t *object);
  } parts[] = {{"Figures", ASK_FIGURES, put_series}, {"Turns", ASK_POSITIONS, put_turn}, {"Contradictions", ASK_CONTRADICTIONS, put_contradiction}};
  b->heading = "title";
  enum status status = view_story(b->e->view, story, false, take_document_of, b);
  for (size_t i = 0; i < sizeof parts / sizeof *parts && status == ST_OK; i++) {
    b->heading = parts[i].heading;
    status = answers_each(b->e, parts[i].what, story, parts[i].take, b);
  }
  b->heading = "Events";
  if (status == ST_OK) status = put_days(b);
  if (status == ST_OK && b->n_notes) buf_char(b->e->to, '\n');
  if (status == ST_OK) buf_slice(b->e->to, buf_get(&b->notes));
  b->e->to->failed = b->e->to->failed || b->notes.failed || b->sentence.failed || b->made.failed;
  return status;
}

enum status export_markdown(struct exporting *e)
{
  struct brief b = {.e = e};
  if (e->question->story < 1) return error_set(view_error(e->view), ST_USAGE, "md is of one story: name it by --story");
  arena_init(&b.arena, MEMORY_MOST);
  buf_init(&b.notes, NOTES_MOST);
  buf_init(&b.sentence, LINE_MOST);
  buf_init(&b.made, LINE_MOST);
  const enum status status = put_parts(&b, e->question->story);
  buf_release(&b.notes);
  buf_release(&b.sentence);
  buf_release(&b.made);
  arena_release(&b.arena);
  return status;
}
