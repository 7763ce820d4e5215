/* plover.c: events as PLOVER's records: JSON, one object a line.
 *
 *     {"id":"g5-3","date":"2024-10-23","actor":[{"actorText":"North Korea","code":"PRK","country":"PRK"}],"recipient":[...],"event":"MOBILIZE",
 *      "mode":"troops","context":["military"],"intensity":-6.5,"quad":4,"eventText":"sent","text":"(the sentence)","textInfo":{...},
 *      "location":{...},"language":"en","publication":"Wire A","url":"...","coder":"tocsin 0.1.0, rule send-troops"}
 *
 * Fields as in the PLOVER manual and in the records that came with it (openeventdata/PLOVER, gold_standard_records; there "source" and "target"
 * are today's "actor" and "recipient"), intensity and quad as in POLECAT.  An event without an actor is none for PLOVER; what becomes of acts that
 * are planned, hang on an if or did not happen is told in data/plover.tsv.  The date is the event's own where it is a day, else that of publication. */
#include "export/plover.h"
#include "export/export.h"
#include "export/parts.h"

static void put_parties(struct json_out *j, const char *key, const json_t *parties)
{
  size_t i, k;
  json_t *party, *sector;
  json_key(j, key);
  json_begin(j, '[');
  json_array_foreach(parties, i, party) {
    json_begin(j, '{');
    json_kstr(j, "actorText", item_string(party, "text"));
    json_kstr_opt(j, "code", item_string(party, "code"));
    json_kstr_opt(j, "country", item_string(party, "country"));
    const json_t *sectors = json_object_get(party, "sectors");
    if (json_array_size(sectors)) {
      json_key(j, "sector");
      json_begin(j, '[');
      json_array_foreach(sectors, k, sector) json_str(j, (struct slice){json_string_value(sector), json_string_length(sector)});
      json_end(j, ']');
    }
    json_end(j, '}');
  }
  json_end(j, ']');
}

static void put_location(struct json_out *j, const json_t *place)
{
  double lat, lon;
  if (!place) return;
  json_key(j, "location");
  json_begin(j, '{');
  json_kstr(j, "name", item_string(place, "name"));
  json_kstr_opt(j, "country", item_string(place, "country"));
  json_kstr_opt(j, "admin1", item_string(place, "admin1"));
  if (part_point(place, &lat, &lon)) {
    json_knum(j, "lat", lat);
    json_knum(j, "lon", lon);
  }
  json_end(j, '}');
}

static void put_text(struct json_out *j, const json_t *reading, const json_t *event)
{
  const json_t *document = json_object_get(reading, "document");
  const struct slice text = item_string(document, "text");
  const int64_t n = part_sentence(reading, part_span(event, "span").begin);
  const struct span sentence = part_span(json_array_get(json_object_get(reading, "sentences"), n > 0 ? (size_t)n - 1 : 0), "span");
  json_kstr(j, "eventText", part_text(reading, event, "trigger"));
  json_kstr(j, "text", sentence.end <= text.n ? slice_span(text, sentence) : (struct slice){NULL, 0});
  json_key(j, "textInfo");
  json_begin(j, '{');
  json_kstr(j, "document", item_string(document, "id"));
  json_kspan(j, "sentence", sentence);
  json_kspan(j, "trigger", part_span(event, "trigger"));
  json_end(j, '}');
}

/* Writes a string that was put together, and empties it for the next. */
static void put_made(struct json_out *j, const char *key, struct buf *made)
{
  json_kstr(j, key, buf_get(made));
  j->to->failed = j->to->failed || made->failed;
  buf_clear(made);
}

static void put_record(struct buf *to, const json_t *reading, const json_t *event, const struct plover_act *act)
{
  const json_t *document = json_object_get(reading, "document");
  struct buf made;
  struct json_out j;
  size_t i;
  json_t *context;
  buf_init(&made, 1 << 20);
  json_init(&j, to);
  json_begin(&j, '{');
  buf_slice(&made, item_string(document, "id"));
  buf_printf(&made, "-%lld", (long long)item_int(event, "id", 0));
  put_made(&j, "id", &made);
  json_kstr_opt(&j, "date", part_day(event, item_string(document, "published")));
  put_parties(&j, "actor", json_object_get(event, "actor"));
  put_parties(&j, "recipient", json_object_get(event, "recipient"));
  json_kstr(&j, "event", act->type);
  json_kstr_opt(&j, "mode", act->mode);
  json_key(&j, "context");
  json_begin(&j, '[');
  json_array_foreach(json_object_get(event, "contexts"), i, context) json_str(&j, (struct slice){json_string_value(context), json_string_length(context)});
  json_end(&j, ']');
  json_knum(&j, "intensity", act->score);
  json_kint(&j, "quad", act->quad);
  put_text(&j, reading, event);
  put_location(&j, part_place(reading, event, "place"));
  json_kstr_opt(&j, "language", item_string(document, "language"));
  json_kstr_opt(&j, "publication", item_string(document, "publisher"));
  json_kstr_opt(&j, "url", item_string(document, "url"));
  buf_text(&made, "tocsin " TOCSIN_VERSION ", rule ");
  buf_slice(&made, item_string(event, "rule"));
  put_made(&j, "coder", &made);
  json_end(&j, '}');
  buf_char(to, '\n');
  buf_release(&made);
}

void plover_put(struct buf *to, const struct plover *plover, const json_t *reading, const json_t *event)
{
  const struct plover_act *act = plover_record(plover, item_string(event, "status"), item_string(event, "type"), item_string(event, "mode"));
  if (act && json_array_size(json_object_get(event, "actor"))) put_record(to, reading, event, act);
}

void plover_put_all(struct buf *to, const struct plover *plover, const json_t *reading)
{
  size_t i;
  json_t *event;
  json_array_foreach(json_object_get(reading, "events"), i, event) plover_put(to, plover, reading, event);
}

static enum status put(void *context, const struct ledger_record *r)
{
  struct exporting *e = context;
  plover_put(e->to, e->know->plover, r->document.reading, r->record);
  buf_spill(e->to);
  return ST_OK;
}

enum status export_plover(struct exporting *e) { return view_records(e->view, ASK_EVENTS, put, e); }
