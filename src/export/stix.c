/* stix.c: a ledger as a bundle of STIX 2.1: reports (documents), identities (publishers, actors, sources of claims), locations (of events), groupings
 * (stories) and opinions (what a holder of a position thinks of what other documents report).
 *
 * Three walks: tellings of events are noted, then documents become reports, each behind the identities and locations that it is the first to name, then
 * positions on events become opinions.  Memory grows with the number of tellings, documents, identities and locations, not with texts. */
#include "base/map.h"
#include "base/vec.h"
#include "export/export.h"
#include "export/parts.h"
#include "export/stix_out.h"
#include <stdlib.h>

#define MEMORY_MOST ((size_t)2 << 30)
#define TEXT_MOST ((size_t)16 << 20)

struct telling {
  int64_t doc, n, event;
  bool holds; /* told as more than what did not happen */
};
struct told_document {
  int64_t seq, story;
  int32_t day; /* of publication */
  bool has_day;
  struct stix_id report;
};

struct bundle {
  struct exporting *e;
  struct stix_out s;
  struct arena arena;
  struct map known;                     /* ids that are written, and the document that named each last */
  VEC(struct told_document) documents;
  VEC(struct telling) by_document, by_event;
  VEC(struct stix_id) refs;             /* of the document at hand */
  struct buf made;
};

static enum status full(struct bundle *b) { return error_set(view_error(b->e->view), ST_MEMORY, "not enough memory for the export: narrow it by filters"); }

static struct stix_id id_of_made(struct bundle *b, const char *type)
{
  const struct stix_id id = stix_id(type, buf_get(&b->made));
  b->e->to->failed = b->e->to->failed || b->made.failed;
  buf_clear(&b->made);
  return id;
}

static struct stix_id report_of(struct bundle *b, struct slice document)
{
  buf_slice(&b->made, document);
  return id_of_made(b, "report");
}

/* Makes the document at hand refer to the id, once.  *is_new: its object is still to be written. */
static enum status refer(struct bundle *b, const struct stix_id *id, bool *is_new)
{
  const uint32_t now = (uint32_t)b->documents.n;
  const struct slice key = {(const char *)id->uuid, sizeof id->uuid};
  *is_new = map_get(&b->known, key) == MAP_NONE;
  const struct slice own = *is_new ? slice_copy(&b->arena, key) : key;
  uint32_t *last = own.at ? map_add(&b->known, &b->arena, own, MAP_NONE - 1) : NULL;
  if (!last || (*last != now && !vec_push(&b->refs, &b->arena, *id))) return full(b);
  *last = now;
  return ST_OK;
}

static void put_code(struct bundle *b, struct slice code)
{
  struct json_out *j = &b->s.j;
  if (!code.n) return;
  json_key(j, "external_references");
  json_begin(j, '[');
  json_begin(j, '{');
  json_kstr(j, "source_name", SLICE("CAMEO"));
  json_kstr(j, "external_id", code);
  json_end(j, '}');
  json_end(j, ']');
}

/* By STIX's open vocabulary of classes; a country stands for those who act for it. */
static struct slice class_of(struct slice kind)
{
  if (slice_is(kind, "person")) return SLICE("individual");
  if (slice_is(kind, "group")) return SLICE("group");
  return slice_is(kind, "organization") || slice_is(kind, "country") ? SLICE("organization") : (struct slice){NULL, 0};
}

/* Two words or more, none in small letters: "Phil Larson", and not "officials" or "the director", who are others in each document. */
static bool is_name(struct slice name)
{
  size_t words = 0;
  while (name.n) {
    const struct slice word = slice_cut(&name, ' ');
    if (word.n && word.at[0] >= 'a' && word.at[0] <= 'z') return false;
    words += word.n > 0;
  }
  return words > 1;
}

/* One of many documents if it has a code or a name of its own. */
static enum status put_identity(struct bundle *b, const struct ledger_document *d, const char *role, struct slice name, struct slice code, struct slice class)
{
  const bool named = strcmp(role, "publisher") == 0 || is_name(name);
  bool is_new;
  buf_printf(&b->made, "%s\n", role);
  buf_slice(&b->made, code);
  buf_char(&b->made, '\n');
  buf_slice(&b->made, name);
  if (!code.n && !named) {
    buf_char(&b->made, '\n');
    buf_slice(&b->made, d->id);
  }
  const struct stix_id id = id_of_made(b, "identity");
  const enum status status = refer(b, &id, &is_new);
  if (status != ST_OK || !is_new) return status;
  stix_object(&b->s, &id, d->published);
  json_kstr(&b->s.j, "name", name);
  json_kstr_opt(&b->s.j, "identity_class", class);
  put_code(b, code);
  stix_close(&b->s);
  return ST_OK;
}

/* A party, source or holder, if it is an entity or has a code. */
static enum status put_who(struct bundle *b, const struct ledger_document *d, const json_t *who)
{
  const json_t *entity = item_at(json_object_get(d->reading, "entities"), who, "entity");
  const struct slice name = part_who(d->reading, who), code = part_code(d->reading, who);
  if (!name.n || (!entity && !code.n)) return ST_OK;
  return put_identity(b, d, "actor", name, code, class_of(item_string(entity, "kind")));
}

static enum status put_place(struct bundle *b, const struct ledger_document *d, const json_t *place)
{
  double lat, lon;
  bool is_new;
  const bool point = part_point(place, &lat, &lon);
  const struct slice name = item_string(place, "name"), country = gdelt_alpha2(b->e->know->gdelt, item_string(place, "country"));
  if (!place || (!point && !country.n)) return ST_OK;
  buf_slice(&b->made, name);
  buf_char(&b->made, '\n');
  buf_slice(&b->made, item_string(place, "country"));
  if (point) buf_printf(&b->made, "\n%.6f %.6f", lat, lon);
  const struct stix_id id = id_of_made(b, "location");
  const enum status status = refer(b, &id, &is_new);
  if (status != ST_OK || !is_new) return status;
  stix_object(&b->s, &id, d->published);
  json_kstr_opt(&b->s.j, "name", name);
  json_kstr_opt(&b->s.j, "country", country);
  if (point) {
    json_knum(&b->s.j, "latitude", lat);
    json_knum(&b->s.j, "longitude", lon);
  }
  stix_close(&b->s);
  return ST_OK;
}

static enum status put_parties(struct bundle *b, const struct ledger_document *d, const json_t *parties)
{
  enum status status = ST_OK;
  size_t i;
  json_t *party;
  json_array_foreach(parties, i, party)
    if (status == ST_OK) status = put_who(b, d, party);
  return status;
}

/* All that the document names, in front of its report. */
static enum status put_named(struct bundle *b, const struct ledger_document *d)
{
  static const char *const where[] = {"place", "origin", "destination"};
  enum status status = ST_OK;
  size_t i;
  json_t *one;
  if (d->publisher.n) status = put_identity(b, d, "publisher", d->publisher, (struct slice){NULL, 0}, SLICE("organization"));
  json_array_foreach(json_object_get(d->reading, "events"), i, one) {
    if (status == ST_OK) status = put_parties(b, d, json_object_get(one, "actor"));
    if (status == ST_OK) status = put_parties(b, d, json_object_get(one, "recipient"));
    for (size_t k = 0; k < sizeof where / sizeof *where && status == ST_OK; k++) status = put_place(b, d, part_place(d->reading, one, where[k]));
  }
  json_array_foreach(json_object_get(d->reading, "claims"), i, one)
    if (status == ST_OK) status = put_who(b, d, json_object_get(one, "source"));
  json_array_foreach(json_object_get(d->reading, "positions"), i, one)
    if (status == ST_OK) status = put_who(b, d, json_object_get(one, "holder"));
  return status;
}

static void put_source(struct bundle *b, const struct ledger_document *d)
{
  struct json_out *j = &b->s.j;
  json_key(j, "external_references");
  json_begin(j, '[');
  json_begin(j, '{');
  json_kstr(j, "source_name", d->publisher.n ? d->publisher : SLICE("document"));
  if (part_is_address(d->url)) json_kstr(j, "url", d->url);
  json_kstr(j, "external_id", d->id);
  json_end(j, '}');
  json_end(j, ']');
}

/* Its events, one a line: "MOBILIZE troops by North Korea toward Russia (denied)". */
static void put_events(struct bundle *b, const struct ledger_document *d)
{
  size_t i;
  json_t *event;
  json_array_foreach(json_object_get(d->reading, "events"), i, event) {
    if (!json_is_object(event)) continue; /* called wrong */
    if (i) buf_char(&b->made, '\n');
    part_event_line(&b->made, d->reading, event);
    buf_text(&b->made, " (");
    buf_slice(&b->made, item_string(event, "status"));
    buf_char(&b->made, ')');
  }
  json_kstr_opt(&b->s.j, "description", buf_get(&b->made));
  b->e->to->failed = b->e->to->failed || b->made.failed;
  buf_clear(&b->made);
}

static void put_refs(struct bundle *b)
{
  json_key(&b->s.j, "object_refs");
  json_begin(&b->s.j, '[');
  for (size_t i = 0; i < b->refs.n; i++) stix_ref(&b->s, &b->refs.at[i]);
  if (!b->refs.n) stix_ref(&b->s, &b->s.maker); /* there must be one */
  json_end(&b->s.j, ']');
}

static enum status put_report(void *context, const struct ledger_document *d)
{
  struct bundle *b = context;
  const struct stix_id id = report_of(b, d->id);
  struct told_document told = {.seq = d->seq, .story = d->story, .report = id};
  told.has_day = item_day(d->published, &told.day);
  b->refs.n = 0;
  if (!vec_push(&b->documents, &b->arena, told)) return full(b);
  const enum status status = put_named(b, d);
  if (status != ST_OK) return status;
  stix_object(&b->s, &id, d->published);
  json_kstr_opt(&b->s.j, "lang", item_string(json_object_get(d->reading, "document"), "language"));
  json_kstr(&b->s.j, "name", d->title.n ? d->title : d->id);
  put_events(b, d);
  stix_time(&b->s, "published", d->published);
  put_source(b, d);
  put_refs(b);
  stix_close(&b->s);
  return ST_OK;
}

/* ---- stories ---- */

static int by_story(const void *a, const void *b)
{
  const struct told_document *x = a, *y = b;
  if (x->story != y->story) return x->story < y->story ? -1 : 1;
  return (x->seq > y->seq) - (x->seq < y->seq);
}

static int by_seq(const void *a, const void *b)
{
  const struct told_document *x = a, *y = b;
  return (x->seq > y->seq) - (x->seq < y->seq);
}

/* The grouping of a story begins with its first document, whatever the filters: that names it. */
static enum status begin_grouping(void *context, const struct ledger_document *d)
{
  struct bundle *b = context;
  if (b->refs.n) return ST_OK;
  const struct stix_id id = stix_id("grouping", d->id);
  if (!vec_push(&b->refs, &b->arena, id)) return full(b);
  stix_object(&b->s, &id, d->published);
  json_kstr(&b->s.j, "name", d->title.n ? d->title : d->id);
  json_kstr(&b->s.j, "context", SLICE("unspecified"));
  return ST_OK;
}

static enum status put_stories(struct bundle *b)
{
  enum status status = ST_OK;
  if (b->documents.n) qsort(b->documents.at, b->documents.n, sizeof *b->documents.at, by_story);
  for (size_t i = 0; i < b->documents.n && status == ST_OK;) {
    const int64_t story = b->documents.at[i].story;
    b->refs.n = 0;
    status = view_story(b->e->view, story, false, begin_grouping, b);
    if (status != ST_OK) return status;
    const bool begun = b->refs.n > 0;
    b->refs.n = 0;
    for (; i < b->documents.n && b->documents.at[i].story == story; i++)
      if (!vec_push(&b->refs, &b->arena, b->documents.at[i].report)) return full(b);
    if (!begun) continue;
    put_refs(b);
    stix_close(&b->s);
  }
  return status;
}

/* ---- opinions ---- */

static enum status note_telling(void *context, const struct ledger_record *r)
{
  struct bundle *b = context;
  const struct slice status = item_string(r->record, "status");
  const struct telling telling = {r->document.seq, r->n, r->event, !slice_is(status, "denied") && !slice_is(status, "negated")};
  return vec_push(&b->by_document, &b->arena, telling) && vec_push(&b->by_event, &b->arena, telling) ? ST_OK : full(b);
}

static int telling_in_document(const void *a, const void *b)
{
  const struct telling *x = a, *y = b;
  if (x->doc != y->doc) return x->doc < y->doc ? -1 : 1;
  return (x->n > y->n) - (x->n < y->n);
}

static int telling_of_event(const void *a, const void *b)
{
  const struct telling *x = a, *y = b;
  if (x->event != y->event) return x->event < y->event ? -1 : 1;
  return telling_in_document(a, b);
}

static const struct told_document *document_of(struct bundle *b, int64_t seq)
{
  const struct told_document key = {.seq = seq};
  return b->documents.n ? bsearch(&key, b->documents.at, b->documents.n, sizeof key, by_seq) : NULL;
}

/* Nobody has an opinion of a report that is still to come. */
static bool is_later(const struct told_document *a, const struct told_document *than)
{
  return a->has_day && than->has_day ? a->day > than->day : a->seq > than->seq;
}

/* Adds the reports of other documents, none of them later, that tell the event as one that holds. */
static enum status add_tellers(struct bundle *b, int64_t seq, int64_t n)
{
  const struct told_document *self = document_of(b, seq);
  const struct telling key = {.doc = seq, .n = n};
  const struct telling *own = b->by_document.n ? bsearch(&key, b->by_document.at, b->by_document.n, sizeof key, telling_in_document) : NULL;
  size_t low = 0, high = b->by_event.n;
  if (!own || !self) return ST_OK;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (b->by_event.at[middle].event < own->event) low = middle + 1;
    else high = middle;
  }
  for (int64_t last = seq; low < b->by_event.n && b->by_event.at[low].event == own->event; low++) {
    const struct telling *t = &b->by_event.at[low];
    if (!t->holds || t->doc == seq || t->doc == last) continue;
    const struct told_document *found = document_of(b, t->doc);
    if (found && !is_later(found, self) && !vec_push(&b->refs, &b->arena, found->report)) return full(b);
    last = t->doc;
  }
  return ST_OK;
}

/* What a stance says of whether a thing is so; NULL: nothing. */
static const char *opinion_of(struct slice stance)
{
  static const struct { const char *stance, *opinion; } is[] = {{"affirms", "agree"}, {"claims_responsibility", "strongly-agree"}, {"denies", "disagree"},
                                                               {"questions", "disagree"}, {"withholds", "neutral"}, {"evades", "neutral"}};
  for (size_t i = 0; i < sizeof is / sizeof *is; i++)
    if (slice_is(stance, is[i].stance)) return is[i].opinion;
  return NULL;
}

/* The event that a position is toward, else the first of the claim that it was stated by or of what that claim speaks of. */
static int64_t event_of(const json_t *reading, const json_t *position)
{
  const json_t *toward = json_object_get(position, "toward");
  const int64_t event = item_int(toward, "event", -1), claim = item_int(toward, "claim", item_int(position, "claim", -1));
  size_t i;
  json_t *one;
  if (event >= 0 || claim < 0) return event;
  json_array_foreach(json_object_get(reading, "claims"), i, one) {
    const json_t *first = json_array_get(json_object_get(one, "events"), 0);
    if (first && ((int64_t)i == claim || item_int(one, "parent", -1) == claim)) return json_integer_value(first);
  }
  return -1;
}

static enum status put_opinion(struct bundle *b, const struct ledger_document *d, const json_t *position, size_t n)
{
  const char *opinion = opinion_of(item_string(position, "stance"));
  const int64_t event = opinion ? event_of(d->reading, position) : -1;
  const struct slice who = part_who(d->reading, json_object_get(position, "holder"));
  b->refs.n = 0;
  const enum status status = event >= 0 ? add_tellers(b, d->seq, event) : ST_OK;
  if (status != ST_OK || !b->refs.n) return status;
  buf_slice(&b->made, d->id);
  buf_printf(&b->made, "\n%zu\n%u", n, (unsigned)part_span(position, "span").begin);
  const struct stix_id id = id_of_made(b, "opinion");
  stix_object(&b->s, &id, d->published);
  json_kstr(&b->s.j, "opinion", slice_of(opinion));
  json_kstr_opt(&b->s.j, "explanation", part_text(d->reading, position, "span"));
  if (who.n) {
    json_key(&b->s.j, "authors");
    json_begin(&b->s.j, '[');
    json_str(&b->s.j, who);
    json_end(&b->s.j, ']');
  }
  put_source(b, d);
  put_refs(b);
  stix_close(&b->s);
  return ST_OK;
}

static enum status put_opinions(void *context, const struct ledger_document *d)
{
  struct bundle *b = context;
  enum status status = ST_OK;
  size_t i;
  json_t *position;
  json_array_foreach(json_object_get(d->reading, "positions"), i, position)
    if (status == ST_OK) status = put_opinion(b, d, position, i);
  return status;
}

static enum status put_all(struct bundle *b)
{
  enum status status = view_records(b->e->view, ASK_EVENTS, note_telling, b);
  if (status == ST_OK) status = view_documents(b->e->view, true, put_report, b);
  if (status == ST_OK) status = put_stories(b);
  if (status != ST_OK || !b->documents.n) return status;
  qsort(b->documents.at, b->documents.n, sizeof *b->documents.at, by_seq);
  if (b->by_event.n) qsort(b->by_event.at, b->by_event.n, sizeof *b->by_event.at, telling_of_event);
  if (b->by_document.n) qsort(b->by_document.at, b->by_document.n, sizeof *b->by_document.at, telling_in_document);
  return view_documents(b->e->view, true, put_opinions, b);
}

enum status export_stix(struct exporting *e)
{
  struct bundle b = {.e = e};
  arena_init(&b.arena, MEMORY_MOST);
  buf_init(&b.made, TEXT_MOST);
  stix_begin(&b.s, e->to);
  const enum status status = put_all(&b);
  if (status == ST_OK) stix_end(&b.s);
  buf_release(&b.made);
  arena_release(&b.arena);
  return status;
}
