/* csv.c: the records of a ledger as tables, and the answers to its questions as such.
 *
 * Columns are stable: new ones come behind the last.  Lists in a field are parted by "; ". */
#include "export/csv_out.h"
#include "export/answers.h"
#include "export/parts.h"

#define FIELD_MOST ((size_t)64 << 20)
#define BETWEEN "; "

struct csv_table {
  struct exporting *e;
  struct csv_out csv;
  struct buf field; /* one that is put together */
};

static void table_begin_csv(struct csv_table *t, struct exporting *e, const char *header)
{
  *t = (struct csv_table){.e = e};
  csv_begin(&t->csv, e->to);
  buf_init(&t->field, FIELD_MOST);
  csv_header(&t->csv, header);
}

static enum status table_end(struct csv_table *t, enum status status)
{
  buf_release(&t->field);
  return status;
}

/* What was put together, as a field. */
static void put_field(struct csv_table *t)
{
  t->csv.to->failed = t->csv.to->failed || t->field.failed;
  csv_text(&t->csv, buf_get(&t->field));
  buf_clear(&t->field);
}

static void put_string(struct csv_table *t, const json_t *record, const char *member) { csv_text(&t->csv, item_string(record, member)); }

static void put_number(struct csv_table *t, const json_t *record, const char *member)
{
  double value = 0;
  const bool has = item_number(record, member, &value);
  csv_number(&t->csv, has, value);
}

static void put_list(struct csv_table *t, const json_t *record, const char *member)
{
  part_list(&t->field, json_object_get(record, member), BETWEEN);
  put_field(t);
}

static void put_joined(struct csv_table *t, const json_t *list, const char *member)
{
  part_join(&t->field, list, member, BETWEEN);
  put_field(t);
}

static void put_origin(struct csv_table *t, const struct ledger_record *r)
{
  csv_text(&t->csv, r->document.id);
  csv_text(&t->csv, r->document.published);
  csv_text(&t->csv, r->document.publisher);
  csv_int(&t->csv, r->document.story);
}

static void put_span(struct csv_table *t, const json_t *record, const char *member)
{
  const struct span span = part_span(record, member);
  csv_int(&t->csv, span.begin);
  csv_int(&t->csv, span.end);
}

/* ---- events ---- */

#define EVENT_COLUMNS                                                                                                                    \
  "event,document,published,publisher,story,number,type,mode,contexts,cameo,score,status,actor,actor_code,recipient,recipient_code,"     \
  "instrument,place,place_kind,country,latitude,longitude,origin,destination,date,claim,source,rule,begin,end,trigger,sentence"

static void put_place(struct csv_table *t, const json_t *place)
{
  double lat = 0, lon = 0;
  const bool point = part_point(place, &lat, &lon);
  put_string(t, place, "name");
  put_string(t, place, "kind");
  put_string(t, place, "country");
  csv_number(&t->csv, point, lat);
  csv_number(&t->csv, point, lon);
}

static enum status put_event(void *context, const struct ledger_record *r)
{
  struct csv_table *t = context;
  const json_t *e = r->record, *reading = r->document.reading, *actor = json_object_get(e, "actor"), *recipient = json_object_get(e, "recipient");
  const json_t *claim = part_claim(reading, e);
  csv_int(&t->csv, r->event);
  put_origin(t, r);
  csv_int(&t->csv, r->n);
  put_string(t, e, "type");
  put_string(t, e, "mode");
  put_list(t, e, "contexts");
  put_string(t, e, "cameo");
  put_number(t, e, "score");
  put_string(t, e, "status");
  put_joined(t, actor, "text");
  put_joined(t, actor, "code");
  put_joined(t, recipient, "text");
  put_joined(t, recipient, "code");
  put_joined(t, json_object_get(e, "instrument"), "text");
  put_place(t, part_place(reading, e, "place"));
  put_string(t, part_place(reading, e, "origin"), "name");
  put_string(t, part_place(reading, e, "destination"), "name");
  put_string(t, json_object_get(e, "date"), "value");
  put_number(t, e, "claim");
  csv_text(&t->csv, part_who(reading, json_object_get(claim, "source")));
  put_string(t, e, "rule");
  put_span(t, e, "trigger");
  csv_text(&t->csv, part_text(reading, e, "trigger"));
  csv_text(&t->csv, r->sentence);
  csv_end(&t->csv);
  return ST_OK;
}

static enum status put_events(struct exporting *e)
{
  struct csv_table t;
  table_begin_csv(&t, e, EVENT_COLUMNS);
  return table_end(&t, view_records(e->view, ASK_EVENTS, put_event, &t));
}

/* ---- claims ---- */

#define CLAIM_COLUMNS                                                                                                                  \
  "document,published,publisher,story,number,source,source_kind,source_code,cue,stance,certainty,quote,content,events,figures,parent," \
  "answers,begin,end,sentence"

static void put_content(struct csv_table *t, const struct ledger_record *r)
{
  view_content(r, &t->field);
  put_field(t);
}

static enum status put_claim(void *context, const struct ledger_record *r)
{
  struct csv_table *t = context;
  const json_t *c = r->record, *source = json_object_get(c, "source");
  put_origin(t, r);
  csv_int(&t->csv, r->n);
  csv_text(&t->csv, part_who(r->document.reading, source));
  put_string(t, source, "kind");
  csv_text(&t->csv, part_code(r->document.reading, source));
  put_string(t, json_object_get(c, "cue"), "text");
  put_string(t, c, "stance");
  put_string(t, c, "certainty");
  put_string(t, json_object_get(c, "content"), "quote");
  put_content(t, r);
  put_list(t, c, "events");
  put_list(t, c, "figures");
  put_number(t, c, "parent");
  put_number(t, c, "answers");
  put_span(t, c, "span");
  csv_text(&t->csv, r->sentence);
  csv_end(&t->csv);
  return ST_OK;
}

static enum status put_claims(struct exporting *e)
{
  struct csv_table t;
  table_begin_csv(&t, e, CLAIM_COLUMNS);
  return table_end(&t, view_records(e->view, ASK_CLAIMS, put_claim, &t));
}

/* ---- positions ---- */

#define POSITION_COLUMNS                                                                                                            \
  "document,published,publisher,story,number,holder,holder_code,stance,toward,toward_number,toward_text,date,order,after,shift," \
  "begin,end,sentence"

static void put_toward(struct csv_table *t, const struct ledger_record *r)
{
  static const struct { const char *member, *array; } kinds[] = {{"event", "events"}, {"claim", "claims"}, {"entity", "entities"}};
  const json_t *toward = json_object_get(r->record, "toward"), *reading = r->document.reading;
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
    const json_t *what = item_at(json_object_get(reading, kinds[k].array), toward, kinds[k].member);
    if (!what) continue;
    csv_text(&t->csv, slice_of(kinds[k].member));
    put_number(t, toward, kinds[k].member);
    if (k == 0) part_event_line(&t->field, reading, what);
    else buf_slice(&t->field, k == 1 ? part_text(reading, what, "span") : item_string(what, "name"));
    put_field(t);
    return;
  }
  for (int i = 0; i < 3; i++) csv_text(&t->csv, (struct slice){NULL, 0});
}

static enum status put_position(void *context, const struct ledger_record *r)
{
  struct csv_table *t = context;
  const json_t *p = r->record, *holder = json_object_get(p, "holder");
  put_origin(t, r);
  csv_int(&t->csv, r->n);
  csv_text(&t->csv, part_who(r->document.reading, holder));
  csv_text(&t->csv, part_code(r->document.reading, holder));
  put_string(t, p, "stance");
  put_toward(t, r);
  put_string(t, p, "date");
  put_number(t, p, "order");
  put_number(t, p, "after");
  put_string(t, p, "shift");
  put_span(t, p, "span");
  csv_text(&t->csv, r->sentence);
  csv_end(&t->csv);
  return ST_OK;
}

static enum status put_positions(struct exporting *e)
{
  struct csv_table t;
  table_begin_csv(&t, e, POSITION_COLUMNS);
  return table_end(&t, view_records(e->view, ASK_POSITIONS, put_position, &t));
}

/* ---- documents ---- */

#define DOCUMENT_COLUMNS "document,published,publisher,title,url,story,copy_of,language,bytes,sha256,sentences,events,claims,figures,positions"

/* How many records are left: those that are called wrong are null. */
static int64_t standing(const json_t *records)
{
  int64_t n = 0;
  size_t i;
  json_t *record;
  json_array_foreach(records, i, record) n += json_is_object(record);
  return n;
}

static enum status put_document(void *context, const struct ledger_document *d)
{
  static const char *const counted[] = {"sentences", "events", "claims", "figures", "positions"};
  struct csv_table *t = context;
  const json_t *own = json_object_get(d->reading, "document");
  csv_text(&t->csv, d->id);
  csv_text(&t->csv, d->published);
  csv_text(&t->csv, d->publisher);
  csv_text(&t->csv, d->title);
  csv_text(&t->csv, d->url);
  csv_int(&t->csv, d->story);
  csv_text(&t->csv, d->copy_of);
  put_string(t, own, "language");
  put_number(t, own, "bytes");
  csv_text(&t->csv, d->sha256);
  for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) csv_int(&t->csv, standing(json_object_get(d->reading, counted[i])));
  csv_end(&t->csv);
  return ST_OK;
}

static enum status put_documents(struct exporting *e)
{
  struct csv_table t;
  table_begin_csv(&t, e, DOCUMENT_COLUMNS);
  return table_end(&t, view_documents(e->view, true, put_document, &t));
}

/* ---- figures ---- */

#define FIGURE_COLUMNS                                                                                                                  \
  "series,reading,current,document,publisher,story,date,value,low,high,bound,unit,item,state,about,countries,place,source,revises," \
  "conflicts_with,begin,end"

static enum status put_series(void *context, const json_t *series)
{
  struct csv_table *t = context;
  const int64_t current = item_int(series, "current", 0);
  size_t i;
  json_t *r;
  json_array_foreach(json_object_get(series, "readings"), i, r) {
    const int64_t id = item_int(r, "id", 0);
    csv_int(&t->csv, item_int(series, "series", 0));
    csv_int(&t->csv, id);
    csv_int(&t->csv, id == current);
    put_string(t, r, "doc");
    put_string(t, r, "publisher");
    put_number(t, series, "story");
    put_string(t, r, "date");
    put_number(t, r, "value");
    put_number(t, r, "low");
    put_number(t, r, "high");
    put_string(t, r, "bound");
    put_string(t, series, "unit");
    put_string(t, r, "item");
    put_string(t, r, "state");
    put_string(t, r, "about");
    put_list(t, series, "countries");
    put_string(t, series, "place");
    put_string(t, r, "source");
    put_number(t, r, "revises");
    put_list(t, r, "conflicts_with");
    put_span(t, r, "span");
    csv_end(&t->csv);
  }
  return ST_OK;
}

static enum status put_figures(struct exporting *e)
{
  struct csv_table t;
  table_begin_csv(&t, e, FIGURE_COLUMNS);
  return table_end(&t, answers_each(e, ASK_FIGURES, 0, put_series, &t));
}

/* ---- stories ---- */

#define STORY_COLUMNS "story,title,first,last,documents,copies,independent,publishers,events,figures"

static enum status put_story(void *context, const json_t *story)
{
  struct csv_table *t = context;
  put_number(t, story, "id");
  put_string(t, story, "title");
  put_string(t, story, "first");
  put_string(t, story, "last");
  csv_int(&t->csv, (int64_t)json_array_size(json_object_get(story, "documents")));
  put_number(t, story, "copies");
  put_number(t, story, "independent");
  put_list(t, story, "publishers");
  csv_int(&t->csv, (int64_t)json_array_size(json_object_get(story, "events")));
  csv_int(&t->csv, (int64_t)json_array_size(json_object_get(story, "figures")));
  csv_end(&t->csv);
  return ST_OK;
}

static enum status put_stories(struct exporting *e)
{
  struct csv_table t;
  table_begin_csv(&t, e, STORY_COLUMNS);
  return table_end(&t, answers_each(e, ASK_STORIES, 0, put_story, &t));
}

/* ---- one story: all that it tells, as lines of one shape ---- */

#define TOLD_COLUMNS "record,document,published,publisher,date,what,status,who,whom,place,value,low,high,sentence"

static void put_told(struct csv_table *t, const char *record, const struct ledger_record *r, struct slice date)
{
  csv_text(&t->csv, slice_of(record));
  csv_text(&t->csv, r->document.id);
  csv_text(&t->csv, r->document.published);
  csv_text(&t->csv, r->document.publisher);
  csv_text(&t->csv, date);
}

static void put_nothing(struct csv_table *t, int fields)
{
  for (int i = 0; i < fields; i++) csv_text(&t->csv, (struct slice){NULL, 0});
}

static enum status told_event(void *context, const struct ledger_record *r)
{
  struct csv_table *t = context;
  put_told(t, "event", r, item_string(json_object_get(r->record, "date"), "value"));
  buf_slice(&t->field, item_string(r->record, "type"));
  if (item_string(r->record, "mode").n) buf_char(&t->field, ' ');
  buf_slice(&t->field, item_string(r->record, "mode"));
  put_field(t);
  put_string(t, r->record, "status");
  put_joined(t, json_object_get(r->record, "actor"), "text");
  put_joined(t, json_object_get(r->record, "recipient"), "text");
  put_string(t, part_place(r->document.reading, r->record, "place"), "name");
  put_nothing(t, 3);
  csv_text(&t->csv, r->sentence);
  csv_end(&t->csv);
  return ST_OK;
}

static enum status told_position(void *context, const struct ledger_record *r)
{
  struct csv_table *t = context;
  put_told(t, "position", r, item_string(r->record, "date"));
  put_string(t, r->record, "stance");
  put_string(t, r->record, "shift");
  csv_text(&t->csv, part_who(r->document.reading, json_object_get(r->record, "holder")));
  put_nothing(t, 5);
  csv_text(&t->csv, r->sentence);
  csv_end(&t->csv);
  return ST_OK;
}

static enum status told_series(void *context, const json_t *series)
{
  struct csv_table *t = context;
  const int64_t current = item_int(series, "current", 0);
  enum status status = ST_OK;
  size_t i;
  json_t *r;
  json_array_foreach(json_object_get(series, "readings"), i, r) {
    csv_text(&t->csv, SLICE("figure"));
    put_string(t, r, "doc");
    put_nothing(t, 1);
    put_string(t, r, "publisher");
    put_string(t, r, "date");
    put_string(t, r, "about");
    csv_text(&t->csv, item_int(r, "id", 0) == current ? SLICE("current") : (struct slice){NULL, 0});
    put_string(t, r, "source");
    put_nothing(t, 1);
    put_string(t, series, "place");
    put_number(t, r, "value");
    put_number(t, r, "low");
    put_number(t, r, "high");
    if (status == ST_OK) status = view_sentence(t->e->view, item_string(r, "doc"), part_span(r, "span").begin, &t->field);
    put_field(t);
    csv_end(&t->csv);
  }
  return status;
}

static enum status saw_story(void *context, const json_t *story)
{
  (void)story;
  *(bool *)context = true;
  return ST_OK;
}

static enum status put_told_all(struct exporting *e)
{
  struct csv_table t;
  bool any = false;
  enum status status = answers_each(e, ASK_STORIES, 0, saw_story, &any);
  if (status != ST_OK) return status;
  if (!any) return error_set(view_error(e->view), ST_USAGE, "story %lld: no such story: tocsin stories lists them", (long long)e->question->story);
  table_begin_csv(&t, e, TOLD_COLUMNS);
  status = view_records(e->view, ASK_EVENTS, told_event, &t);
  if (status == ST_OK) status = answers_each(e, ASK_FIGURES, 0, told_series, &t);
  if (status == ST_OK) status = view_records(e->view, ASK_POSITIONS, told_position, &t);
  return table_end(&t, status);
}

/* ---- documents found ---- */

#define FOUND_COLUMNS "document,published,publisher,story,title,sentence,events,claims,positions"

static enum status put_found(void *context, const json_t *found)
{
  static const char *const counted[] = {"events", "claims", "positions"};
  struct csv_table *t = context;
  put_string(t, found, "doc");
  put_string(t, found, "published");
  put_string(t, found, "publisher");
  put_number(t, found, "story");
  put_string(t, found, "title");
  put_string(t, found, "sentence");
  for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) csv_int(&t->csv, (int64_t)json_array_size(json_object_get(found, counted[i])));
  csv_end(&t->csv);
  return ST_OK;
}

static enum status put_found_all(struct exporting *e)
{
  struct csv_table t;
  table_begin_csv(&t, e, FOUND_COLUMNS);
  return table_end(&t, answers_each(e, ASK_FIND, 0, put_found, &t));
}

/* ---- contradictions: both sides in a line, the one that was published first in front ---- */

#define CONTRADICTION_COLUMNS                                                                                                  \
  "contradiction,kind,story,document,published,publisher,source,number,begin,end,sentence,other_document,other_published,other_publisher," \
  "other_source,other_number,other_begin,other_end,other_sentence"

static enum status put_contradiction(void *context, const json_t *contradiction)
{
  struct csv_table *t = context;
  size_t i;
  json_t *side;
  put_number(t, contradiction, "id");
  put_string(t, contradiction, "kind");
  put_number(t, contradiction, "story");
  json_array_foreach(json_object_get(contradiction, "sides"), i, side) {
    const bool event = json_object_get(side, "event") != NULL;
    const struct span span = part_span(side, "span");
    put_string(t, side, "doc");
    put_string(t, side, "published");
    put_string(t, side, "publisher");
    put_string(t, side, "source");
    put_number(t, side, event ? "event" : "figure");
    csv_int(&t->csv, span.begin);
    csv_int(&t->csv, span.end);
    put_string(t, side, "sentence");
  }
  csv_end(&t->csv);
  return ST_OK;
}

static enum status put_contradictions(struct exporting *e)
{
  struct csv_table t;
  table_begin_csv(&t, e, CONTRADICTION_COLUMNS);
  return table_end(&t, answers_each(e, ASK_CONTRADICTIONS, 0, put_contradiction, &t));
}

/* ---- which table ---- */

static const struct { const char *name; enum ledger_what what; enum status (*put)(struct exporting *e); } tables[] = {
  {"events", ASK_EVENTS, put_events}, {"claims", ASK_CLAIMS, put_claims}, {"figures", ASK_FIGURES, put_figures},
  {"positions", ASK_POSITIONS, put_positions}, {"stories", ASK_STORIES, put_stories}, {"story", ASK_STORY, put_told_all},
  {"find", ASK_FIND, put_found_all}, {"contradictions", ASK_CONTRADICTIONS, put_contradictions}, {"documents", ASK_STORIES, put_documents}};

enum status export_csv(struct exporting *e)
{
  size_t i = 0;
  while (strcmp(tables[i].name, e->table) != 0) i++; /* the list of formats has these alone */
  return tables[i].put(e);
}

enum status export_answer_csv(struct ledger *ledger, const struct ledger_question *question, struct buf *to, struct error *error)
{
  size_t i = 0;
  while (tables[i].what != question->what) i++;
  return export_ledger(ledger, question, export_format("csv"), tables[i].name, NULL, to, error);
}
