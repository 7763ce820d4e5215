/* gdelt.c: events and mentions as GDELT 2.0 has them (The GDELT Event Database, Data Format Codebook 2.0, 2015-02-19): lines of 61 and of 16 columns,
 * parted by tabs, no header.
 *
 * A line of events is a pair of parties of an event of the ledger, which GDELT's own coder makes too: each actor with each recipient, and the sides of an
 * event without a recipient in pairs.  Its id is a hash of the document, the place in it and the pair that the event was first told with, so that it
 * stays when later documents tell it again.  What plover.tsv leaves out is left out; acts planned and conditional have the codes of gdelt.tsv.
 * Columns that we cannot fill are empty: doc/export.md lists them. */
#include "export/answers.h"
#include "export/parts.h"
#include "export/when.h"
#include "know/gdelt.h"

enum { SOURCES = 64, ROOT_SENTENCES = 2 };

/* An event and all its tellings. */
struct told {
  struct exporting *e;
  const struct ledger_record *first; /* the first telling; as of the view */
  json_t *act, *place, *date;        /* the first telling that says it happened, else the first; the first place and date told (references) */
  int64_t mentions, articles, sources, last_document;
  uint64_t source[SOURCES]; /* hashes of publishers */
  bool root;
};

struct pair {
  const json_t *actor, *other; /* parties; other may be NULL */
  uint32_t n;
};

struct row {
  struct buf *to;
  bool begun;
};

static void field(struct row *row, struct slice text)
{
  if (row->begun) buf_char(row->to, '\t');
  row->begun = true;
  for (size_t i = 0; i < text.n; i++) buf_char(row->to, (unsigned char)text.at[i] < ' ' ? ' ' : text.at[i]);
}

static void empty(struct row *row, int n)
{
  for (int i = 0; i < n; i++) field(row, (struct slice){NULL, 0});
}

static void number(struct row *row, int64_t value)
{
  field(row, (struct slice){NULL, 0});
  buf_printf(row->to, "%lld", (long long)value);
}

static void real(struct row *row, bool has, double value)
{
  struct json_out j;
  field(row, (struct slice){NULL, 0});
  if (!has) return;
  json_init(&j, row->to);
  json_num(&j, value);
}

static void when(struct row *row, struct slice published)
{
  struct when w;
  field(row, (struct slice){NULL, 0});
  if (when_read(published, &w)) when_digits(row->to, &w);
}

/* SQLDATE, MonthYear, Year, FractionDate: of the event's own date as far as it goes, else of publication. */
static void put_date(struct row *row, struct slice date, struct slice published)
{
  struct when w;
  const struct slice value = date.n >= 4 ? date : published;
  const bool month = value.n >= 7 && value.at[4] == '-' && value.at[5] >= '0' && value.at[5] <= '1';
  if (when_read(value.n >= 10 ? slice_sub(value, 0, 10) : value, &w)) {
    number(row, w.year * 10000 + w.month * 100 + w.day);
    number(row, w.year * 100 + w.month);
    number(row, w.year);
    real(row, true, (double)(((int64_t)w.year * 365 + (w.month - 1) * 30 + w.day) * 10000 / 365) / 10000);
    return;
  }
  empty(row, 1);
  field(row, month ? slice_sub(value, 0, 4) : (struct slice){NULL, 0});
  if (month) buf_put(row->to, value.at + 5, 2);
  field(row, value.n >= 4 ? slice_sub(value, 0, 4) : value);
  empty(row, 1);
}

/* Code, name, and its groups of three letters: country, known group, ethnic, two of religion, three of type. */
static void put_actor(struct row *row, const struct gdelt *gdelt, const json_t *reading, const json_t *party)
{
  enum { COUNTRY, KNOWN, ETHNIC, RELIGION_1, RELIGION_2, TYPE_1, TYPE_2, TYPE_3, PLACES };
  static const uint8_t from[] = {
    [GDELT_COUNTRY] = COUNTRY, [GDELT_KNOWN] = KNOWN, [GDELT_ETHNIC] = ETHNIC, [GDELT_RELIGION] = RELIGION_1, [GDELT_TYPE] = TYPE_1};
  static const uint8_t most[] = {[GDELT_COUNTRY] = 1, [GDELT_KNOWN] = 1, [GDELT_ETHNIC] = 1, [GDELT_RELIGION] = 2, [GDELT_TYPE] = 3};
  struct slice at[PLACES] = {{NULL, 0}};
  const struct slice code = item_string(party, "code");
  for (size_t i = 0; i + 3 <= code.n; i += 3) {
    const struct slice group = slice_sub(code, i, i + 3);
    const enum gdelt_group is = gdelt_group(gdelt, group);
    for (uint8_t k = 0; k < most[is]; k++)
      if (!at[from[is] + k].n) {
        at[from[is] + k] = group;
        break;
      }
  }
  field(row, code);
  field(row, party ? part_who(reading, party) : code);
  for (int i = 0; i < PLACES; i++) field(row, at[i]);
}

/* Type, full name, country, two divisions, point, feature. */
static void put_place(struct row *row, const struct gdelt *gdelt, const json_t *place)
{
  double lat = 0, lon = 0;
  const struct slice country = item_string(place, "country"), kind = item_string(place, "kind"), admin1 = item_string(place, "admin1");
  const struct slice fips = gdelt_fips(gdelt, country), name = item_string(place, "name");
  const bool usa = slice_is(country, "USA"), state = slice_is(kind, "country"), region = slice_is(kind, "admin1");
  const bool point = part_point(place, &lat, &lon);
  number(row, !place ? 0 : state ? 1 : region ? (usa ? 2 : 5) : usa ? 3 : 4);
  field(row, name);
  if (admin1.n && !slice_eq(admin1, name)) buf_printf(row->to, ", %.*s", SLICE_ARG(admin1));
  if (country.n && !state) buf_printf(row->to, ", %.*s", SLICE_ARG(gdelt_country(gdelt, country)));
  field(row, fips);
  field(row, state ? fips : (struct slice){NULL, 0});
  empty(row, 1);
  real(row, point, lat);
  real(row, point, lon);
  field(row, state ? fips : (struct slice){NULL, 0});
}

static unsigned quad(unsigned root) { return root <= 5 ? 1 : root <= 8 ? 2 : root <= 13 ? 3 : 4; }

static void put_act(struct row *row, const struct know *know, struct slice code)
{
  double goldstein = 0;
  const bool has = plover_goldstein(know->plover, code, &goldstein);
  const unsigned root = code.n < 2 ? 0 : (unsigned)(code.at[0] - '0') * 10 + (unsigned)(code.at[1] - '0');
  field(row, code);
  field(row, code.n > 3 ? slice_sub(code, 0, 3) : code);
  field(row, code.n > 2 ? slice_sub(code, 0, 2) : code);
  number(row, quad(root));
  real(row, has, goldstein);
}

/* 53 bits, which every reader's numbers hold. */
static int64_t event_id(const struct told *told, const struct pair *pair)
{
  struct buf key;
  buf_init(&key, 1 << 16);
  buf_slice(&key, told->first->document.id);
  buf_printf(&key, "\n%u\n%u", (unsigned)part_span(told->first->record, "trigger").begin, (unsigned)pair->n);
  const uint64_t hash = slice_hash(buf_get(&key));
  buf_release(&key);
  return (int64_t)((hash >> 11) | 1);
}

static struct slice code_of(const struct told *told)
{
  const json_t *event = told->act;
  return gdelt_cameo(told->e->know->gdelt, item_string(event, "status"), item_string(event, "type"), item_string(event, "cameo"));
}

static struct slice address(const struct ledger_document *document) { return document->url.n ? document->url : document->id; }

static void put_event(const struct told *told, const struct pair *pair)
{
  const struct know *know = told->e->know;
  const json_t *reading = told->first->document.reading;
  struct row row = {told->e->to, false};
  number(&row, event_id(told, pair));
  put_date(&row, item_string(told->date, "value"), told->first->document.published);
  put_actor(&row, know->gdelt, reading, pair->actor);
  put_actor(&row, know->gdelt, reading, pair->other);
  number(&row, told->root);
  put_act(&row, know, code_of(told));
  number(&row, told->mentions);
  number(&row, told->sources);
  number(&row, told->articles);
  empty(&row, 1); /* AvgTone */
  for (int i = 0; i < 2; i++) put_place(&row, know->gdelt, NULL); /* where the parties are we do not read */
  put_place(&row, know->gdelt, told->place);
  when(&row, told->first->document.published);
  field(&row, address(&told->first->document));
  buf_char(row.to, '\n');
}

/* Calls put for each pair of parties. */
static void each_pair(const struct told *told, void (*put)(const struct told *told, const struct pair *pair, const void *with), const void *with)
{
  const json_t *actors = json_object_get(told->first->record, "actor"), *others = json_object_get(told->first->record, "recipient");
  const size_t n = json_array_size(actors), m = json_array_size(others);
  uint32_t number = 0;
  for (size_t i = 0; i < n; i++)
    for (size_t k = m ? 0 : i + 1; k < (m ? m : n); k++) {
      const struct pair pair = {json_array_get(actors, i), json_array_get(m ? others : actors, k), number++};
      put(told, &pair, with);
    }
  const struct pair alone = {json_array_get(actors, 0), NULL, 0};
  if (n == 1 && m == 0) put(told, &alone, with);
}

static void pair_event(const struct told *told, const struct pair *pair, const void *with)
{
  (void)with;
  put_event(told, pair);
}

/* ---- mentions ---- */

static struct slice event_time(const struct told *told)
{
  const struct slice date = item_string(told->date, "value");
  return date.n ? date : told->first->document.published;
}

/* Where the party stands in the text, in characters. */
static void offset(struct row *row, struct slice text, const json_t *party)
{
  const struct span span = part_span(party, "span");
  if (!party || span.end <= span.begin) empty(row, 1);
  else number(row, part_characters(text, span.begin));
}

static void pair_mention(const struct told *told, const struct pair *pair, const void *with)
{
  const struct ledger_record *r = with;
  const struct slice text = item_string(json_object_get(r->document.reading, "document"), "text");
  struct row row = {told->e->to, false};
  number(&row, event_id(told, pair));
  when(&row, event_time(told));
  when(&row, r->document.published);
  number(&row, r->document.url.n ? 1 : 2);
  field(&row, r->document.publisher);
  field(&row, address(&r->document));
  number(&row, part_sentence(r->document.reading, part_span(r->record, "trigger").begin));
  const json_t *actors = json_object_get(r->record, "actor"), *others = json_object_get(r->record, "recipient");
  offset(&row, text, json_array_get(actors, 0));
  offset(&row, text, json_array_size(others) ? json_array_get(others, 0) : json_array_get(actors, 1));
  number(&row, part_characters(text, part_span(r->record, "trigger").begin));
  number(&row, 1);
  empty(&row, 1); /* Confidence */
  number(&row, part_characters(text, text.n));
  empty(&row, 3); /* tone, translation, extras */
  buf_char(row.to, '\n');
}

static bool left_out(const struct told *told, const json_t *e)
{
  return !plover_record(told->e->know->plover, item_string(e, "status"), item_string(e, "type"), item_string(e, "mode"));
}

static enum status put_mention(void *context, const struct ledger_record *r)
{
  if (!left_out(context, r->record)) each_pair(context, pair_mention, r);
  return ST_OK;
}

/* ---- events with their tellings ---- */

/* The first of what is not there yet. */
static void keep(json_t **to, const json_t *value)
{
  if (!*to && value) *to = json_incref((json_t *)(uintptr_t)value); /* a reference is no change of what is told */
}

/* Do the first actors of two tellings have a country or sort of body in common?  Of tellings that differ in this nothing is taken over. */
static bool same_actor(const json_t *a, const json_t *b)
{
  const struct slice one = item_string(json_array_get(json_object_get(a, "actor"), 0), "code");
  const struct slice other = item_string(json_array_get(json_object_get(b, "actor"), 0), "code");
  return one.n >= 3 && other.n >= 3 && memcmp(one.at, other.at, 3) == 0;
}

static enum status count(void *context, const struct ledger_record *r)
{
  struct told *told = context;
  const uint64_t source = slice_hash(r->document.publisher);
  const json_t *date = json_object_get(r->record, "date");
  int64_t i = 0;
  if (left_out(told, r->record)) return ST_OK;
  told->mentions++;
  if (told->last_document != r->document.seq) told->articles++;
  told->last_document = r->document.seq;
  while (i < told->sources && i < SOURCES && told->source[i] != source) i++;
  if (i == told->sources && i < SOURCES) told->source[told->sources++] = source;
  const int64_t sentence = part_sentence(r->document.reading, part_span(r->record, "trigger").begin);
  told->root = told->root || (sentence > 0 && sentence <= ROOT_SENTENCES);
  if (!same_actor(told->first->record, r->record)) return ST_OK;
  keep(&told->place, part_place(r->document.reading, r->record, "place"));
  if (item_string(date, "value").n) keep(&told->date, date);
  if (slice_is(item_string(told->act, "status"), "actual") || !slice_is(item_string(r->record, "status"), "actual")) return ST_OK;
  json_decref(told->act);
  told->act = NULL;
  keep(&told->act, r->record);
  return ST_OK;
}

/* The first of the tellings that are not left out, which gives the event its id, may not be one that passed the filters. */
static enum status take_first(void *context, const struct ledger_record *r)
{
  struct told *told = context;
  const bool acts = json_array_size(json_object_get(r->record, "actor")) && item_string(r->record, "cameo").n;
  if (told->first || !acts || left_out(told, r->record)) return ST_OK;
  told->first = r;
  keep(&told->act, r->record);
  enum status status = view_tellings(told->e->view, r->event, count, told);
  if (status == ST_OK && strcmp(told->e->table, "mentions") == 0) status = view_tellings(told->e->view, r->event, put_mention, told);
  else if (status == ST_OK) each_pair(told, pair_event, NULL);
  json_decref(told->act);
  json_decref(told->place);
  json_decref(told->date);
  buf_spill(told->e->to);
  return status;
}

static enum status put(void *context, const struct ledger_record *r)
{
  struct told told = {.e = context};
  return view_tellings(told.e->view, r->event, take_first, &told);
}

enum status export_gdelt(struct exporting *e) { return view_events(e->view, put, e); }
