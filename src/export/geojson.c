/* geojson.c: events with a point as a FeatureCollection of GeoJSON (RFC 7946).
 *
 * A feature is an event of the ledger by its first telling with a point; longitude stands before latitude (section 3.1.1), in WGS 84 (section 4). */
#include "export/answers.h"
#include "export/parts.h"

struct map_of {
  struct exporting *e;
  struct json_out j;
  bool told; /* the event at hand has its feature */
};

static void put_codes(struct json_out *j, const char *key, const json_t *parties)
{
  size_t i;
  json_t *party;
  if (!json_array_size(parties)) return;
  json_key(j, key);
  json_begin(j, '[');
  json_array_foreach(parties, i, party) {
    json_begin(j, '{');
    json_kstr(j, "name", item_string(party, "text"));
    json_kstr_opt(j, "code", item_string(party, "code"));
    json_end(j, '}');
  }
  json_end(j, ']');
}

static void put_properties(struct json_out *j, const struct ledger_record *r, const json_t *place)
{
  const json_t *e = r->record;
  double score;
  json_key(j, "properties");
  json_begin(j, '{');
  json_kint(j, "event", r->event);
  json_kint(j, "story", r->document.story);
  json_kstr(j, "type", item_string(e, "type"));
  json_kstr_opt(j, "mode", item_string(e, "mode"));
  json_kstr_opt(j, "cameo", item_string(e, "cameo"));
  if (item_number(e, "score", &score)) json_knum(j, "score", score);
  json_kstr(j, "status", item_string(e, "status"));
  json_kstr_opt(j, "date", item_string(json_object_get(e, "date"), "value"));
  put_codes(j, "actor", json_object_get(e, "actor"));
  put_codes(j, "recipient", json_object_get(e, "recipient"));
  json_kstr(j, "place", item_string(place, "name"));
  json_kstr_opt(j, "kind", item_string(place, "kind"));
  json_kstr_opt(j, "country", item_string(place, "country"));
  json_kstr(j, "document", r->document.id);
  json_kstr_opt(j, "published", r->document.published);
  json_kstr_opt(j, "publisher", r->document.publisher);
  json_kstr_opt(j, "url", r->document.url);
  json_kstr(j, "sentence", r->sentence);
}

static enum status count(void *context, const struct ledger_record *r)
{
  (void)r;
  ++*(int64_t *)context;
  return ST_OK;
}

static enum status put_feature(void *context, const struct ledger_record *r)
{
  struct map_of *m = context;
  const json_t *place = part_place(r->document.reading, r->record, "place");
  double lat, lon;
  int64_t tellings = 0;
  if (m->told || !part_point(place, &lat, &lon)) return ST_OK;
  m->told = true;
  enum status status = view_tellings(m->e->view, r->event, count, &tellings);
  json_begin(&m->j, '{');
  json_kstr(&m->j, "type", SLICE("Feature"));
  json_kint(&m->j, "id", r->event);
  json_key(&m->j, "geometry");
  json_begin(&m->j, '{');
  json_kstr(&m->j, "type", SLICE("Point"));
  json_key(&m->j, "coordinates");
  json_begin(&m->j, '[');
  json_num(&m->j, lon);
  json_num(&m->j, lat);
  json_end(&m->j, ']');
  json_end(&m->j, '}');
  put_properties(&m->j, r, place);
  json_kint(&m->j, "tellings", tellings);
  json_end(&m->j, '}');
  json_end(&m->j, '}');
  buf_spill(m->e->to);
  return status;
}

static enum status put_event(void *context, const struct ledger_record *r)
{
  struct map_of *m = context;
  m->told = false;
  return view_tellings(m->e->view, r->event, put_feature, m);
}

enum status export_geojson(struct exporting *e)
{
  struct map_of m = {.e = e};
  json_init(&m.j, e->to);
  json_begin(&m.j, '{');
  json_kstr(&m.j, "type", SLICE("FeatureCollection"));
  json_key(&m.j, "features");
  json_begin(&m.j, '[');
  enum status status = view_events(e->view, put_event, &m);
  json_end(&m.j, ']');
  json_end(&m.j, '}');
  buf_char(e->to, '\n');
  return status;
}
