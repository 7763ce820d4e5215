/* json.c: a reading in the record format, one object on one line.  Members stand in the order of the format; what is absent is missing. */
#include "base/json_out.h"
#include "intake/document.h"
#include "show/show.h"
#include "show/words.h"

struct writer {
  struct json_out j;
  const struct show_input *in;
  struct slice text;
};

static void put_word(struct writer *w, const char *key, const char *word) { json_kstr(&w->j, key, slice_of(word)); }

static void put_id(struct writer *w, const char *key, int32_t id)
{
  if (id != ID_NONE) json_kint(&w->j, key, id);
}

static void put_ids(struct writer *w, const char *key, const int32_t *ids, uint32_t n)
{
  if (n == 0) return;
  json_key(&w->j, key);
  json_begin(&w->j, '[');
  for (uint32_t i = 0; i < n; i++) json_int(&w->j, ids[i]);
  json_end(&w->j, ']');
}

static void put_strings(struct writer *w, const char *key, const struct slice *strings, uint32_t n)
{
  if (n == 0) return;
  json_key(&w->j, key);
  json_begin(&w->j, '[');
  for (uint32_t i = 0; i < n; i++) json_str(&w->j, strings[i]);
  json_end(&w->j, ']');
}

static void put_spans(struct writer *w, const char *key, struct spans spans)
{
  json_key(&w->j, key);
  json_begin(&w->j, '[');
  for (uint32_t i = 0; i < spans.n; i++) json_span(&w->j, spans.at[i]);
  json_end(&w->j, ']');
}

static void put_sectors(struct writer *w, const uint8_t sectors[SECTORS_MAX])
{
  if (sectors[0] == SECTOR_NONE) return;
  json_key(&w->j, "sectors");
  json_begin(&w->j, '[');
  for (size_t i = 0; i < SECTORS_MAX && sectors[i] != SECTOR_NONE; i++) json_str(&w->j, slice_of(sector_name((enum sector)sectors[i])));
  json_end(&w->j, ']');
}

/* "text" and "span" together: the words at a place */
static void put_text(struct writer *w, struct span span)
{
  json_kstr(&w->j, "text", slice_span(w->text, span));
  json_kspan(&w->j, "span", span);
}

static bool is_empty(struct span span) { return span.begin >= span.end; }

static void put_document(struct writer *w, bool with_text)
{
  const struct document *d = w->in->document;
  json_key(&w->j, "document");
  json_begin(&w->j, '{');
  json_kstr(&w->j, "id", d->id);
  json_kstr_opt(&w->j, "title", d->title);
  json_kstr_opt(&w->j, "publisher", d->publisher);
  json_kstr_opt(&w->j, "url", d->url);
  json_kstr_opt(&w->j, "published", d->published);
  json_kstr_opt(&w->j, "language", d->language.n ? d->language : w->in->reading->language);
  json_kint(&w->j, "bytes", (int64_t)w->text.n);
  json_kstr(&w->j, "sha256", slice_of(d->sha256));
  if (with_text) json_kstr(&w->j, "text", w->text);
  if (d->extra.n) {
    json_key(&w->j, "extra");
    json_raw(&w->j, d->extra);
  }
  json_end(&w->j, '}');
}

static void put_sentences(struct writer *w)
{
  const struct analysis *a = w->in->analysis;
  json_key(&w->j, "sentences");
  json_begin(&w->j, '[');
  for (uint32_t i = 0; i < a->n_sentences; i++) {
    json_begin(&w->j, '{');
    json_kspan(&w->j, "span", a->sentences[i].span);
    json_end(&w->j, '}');
  }
  json_end(&w->j, ']');
}

static void put_entity(struct writer *w, uint32_t id)
{
  const struct entity *e = &w->in->reading->entities[id];
  json_kint(&w->j, "id", id);
  json_kstr(&w->j, "name", e->name);
  put_word(w, "kind", show_entity_kind(e->kind));
  json_kstr_opt(&w->j, "role", e->role);
  json_kstr_opt(&w->j, "code", e->code);
  json_kstr_opt(&w->j, "country", e->country);
  put_sectors(w, e->sectors);
  put_spans(w, "mentions", e->mentions);
}

static void put_place(struct writer *w, uint32_t id)
{
  const struct place *p = &w->in->reading->places[id];
  json_kint(&w->j, "id", id);
  put_text(w, p->span);
  json_kstr_opt(&w->j, "name", p->name);
  put_word(w, "kind", show_place_kind(p->kind));
  json_kstr_opt(&w->j, "country", p->country);
  json_kstr_opt(&w->j, "admin1", p->admin1);
  if (p->has_point) {
    json_knum(&w->j, "lat", p->lat);
    json_knum(&w->j, "lon", p->lon);
  }
  put_word(w, "use", show_place_use(p->use));
}

static void put_date(struct writer *w, uint32_t id)
{
  const struct date *d = &w->in->reading->dates[id];
  json_kint(&w->j, "id", id);
  put_text(w, d->span);
  put_word(w, "type", show_date_type(d->type));
  json_kstr_opt(&w->j, "value", d->value);
}

static void put_figure(struct writer *w, uint32_t id)
{
  const struct figure *f = &w->in->reading->figures[id];
  json_kint(&w->j, "id", id);
  put_text(w, f->span);
  if (f->has_value) json_knum(&w->j, "value", f->value);
  if (f->has_low) json_knum(&w->j, "low", f->low);
  if (f->has_high) json_knum(&w->j, "high", f->high);
  put_word(w, "bound", show_bound(f->bound));
  json_kstr_opt(&w->j, "unit", f->unit);
  json_kstr_opt(&w->j, "unit_text", f->unit_text);
  json_kstr_opt(&w->j, "item", f->item);
  json_kstr_opt(&w->j, "about", f->about);
  json_kstr_opt(&w->j, "state", f->state);
  put_word(w, "sort", show_sort(f->sort));
  if (f->moves == MOVE_UP || f->moves == MOVE_DOWN) put_word(w, "moves", show_move(f->moves));
  put_strings(w, "countries", f->countries, f->n_countries);
  put_strings(w, "hedges", f->hedges, f->n_hedges);
  json_kstr_opt(&w->j, "as_of", f->as_of);
  put_word(w, "status", show_status(f->status));
  put_id(w, "claim", f->claim);
  put_id(w, "event", f->event);
  put_id(w, "part_of", f->part_of);
  put_id(w, "revises", f->revises);
  if (f->revises != ID_NONE && f->change != MOVE_NONE) put_word(w, "change", show_move(f->change));
  put_ids(w, "conflicts_with", f->conflicts_with, f->n_conflicts);
}

static void put_source(struct writer *w, const struct claim *c)
{
  if (is_empty(c->source.span) && c->source.entity == ID_NONE) return;
  json_key(&w->j, "source");
  json_begin(&w->j, '{');
  if (!is_empty(c->source.span)) put_text(w, c->source.span);
  put_id(w, "entity", c->source.entity);
  put_word(w, "kind", show_source_kind(c->source.kind));
  json_end(&w->j, '}');
}

static void put_claim(struct writer *w, uint32_t id)
{
  const struct claim *c = &w->in->reading->claims[id];
  json_kint(&w->j, "id", id);
  json_kspan(&w->j, "span", c->span);
  put_source(w, c);
  if (!is_empty(c->cue.span)) {
    json_key(&w->j, "cue");
    json_begin(&w->j, '{');
    put_text(w, c->cue.span);
    json_end(&w->j, '}');
  }
  json_key(&w->j, "content");
  json_begin(&w->j, '{');
  put_spans(w, "spans", c->content);
  put_word(w, "quote", show_quote(c->quote));
  json_end(&w->j, '}');
  put_word(w, "stance", show_stance(c->stance));
  put_word(w, "certainty", show_certainty(c->certainty));
  put_ids(w, "events", c->events, c->n_events);
  put_ids(w, "figures", c->figures, c->n_figures);
  put_id(w, "parent", c->parent);
  put_id(w, "answers", c->answers);
}

static void put_parties(struct writer *w, const char *key, struct parties parties)
{
  if (parties.n == 0) return;
  json_key(&w->j, key);
  json_begin(&w->j, '[');
  for (uint32_t i = 0; i < parties.n; i++) {
    const struct party *p = &parties.at[i];
    json_begin(&w->j, '{');
    put_text(w, p->span);
    put_id(w, "entity", p->entity);
    json_kstr_opt(&w->j, "code", p->code);
    json_kstr_opt(&w->j, "country", p->country);
    put_sectors(w, p->sectors);
    json_end(&w->j, '}');
  }
  json_end(&w->j, ']');
}

static void put_event(struct writer *w, uint32_t id)
{
  const struct event *e = &w->in->reading->events[id];
  json_kint(&w->j, "id", id);
  json_kspan(&w->j, "span", e->span);
  json_kspan(&w->j, "trigger", e->trigger);
  json_kstr(&w->j, "type", e->type);
  json_kstr_opt(&w->j, "mode", e->mode);
  put_strings(w, "contexts", e->contexts, e->n_contexts);
  json_kstr_opt(&w->j, "cameo", e->cameo);
  json_knum(&w->j, "score", e->score);
  put_parties(w, "actor", e->actor);
  put_parties(w, "recipient", e->recipient);
  if (e->instrument.n) {
    json_key(&w->j, "instrument");
    json_begin(&w->j, '[');
    for (uint32_t i = 0; i < e->instrument.n; i++) {
      json_begin(&w->j, '{');
      put_text(w, e->instrument.at[i]);
      json_end(&w->j, '}');
    }
    json_end(&w->j, ']');
  }
  put_id(w, "place", e->place);
  put_id(w, "origin", e->origin);
  put_id(w, "destination", e->destination);
  if (e->date.value.n || e->date.id != ID_NONE) {
    json_key(&w->j, "date");
    json_begin(&w->j, '{');
    json_kstr_opt(&w->j, "value", e->date.value);
    put_id(w, "id", e->date.id);
    json_end(&w->j, '}');
  }
  put_id(w, "place_from", e->place_from);
  put_id(w, "date_from", e->date_from);
  put_word(w, "status", show_status(e->status));
  put_id(w, "claim", e->claim);
  put_ids(w, "figures", e->figures, e->n_figures);
  json_kstr_opt(&w->j, "rule", e->trace.rule);
}

static void put_position(struct writer *w, uint32_t id)
{
  static const char *const toward[] = {"event", "claim", "entity"};
  const struct position *p = &w->in->reading->positions[id];
  json_kint(&w->j, "id", id);
  json_kspan(&w->j, "span", p->span);
  json_key(&w->j, "holder");
  json_begin(&w->j, '{');
  put_id(w, "entity", p->holder.entity);
  json_kstr_opt(&w->j, "code", p->holder.code);
  json_kstr_opt(&w->j, "country", p->holder.country);
  json_end(&w->j, '}');
  put_word(w, "stance", show_stance(p->stance));
  if (p->toward_id != ID_NONE) {
    json_key(&w->j, "toward");
    json_begin(&w->j, '{');
    json_kint(&w->j, toward[p->toward], p->toward_id);
    json_end(&w->j, '}');
  }
  put_id(w, "claim", p->claim);
  json_kint(&w->j, "order", p->order);
  json_kstr_opt(&w->j, "date", p->date);
  put_id(w, "after", p->after);
  if (p->shift != SHIFT_NONE) put_word(w, "shift", show_shift(p->shift));
}

static void put_array(struct writer *w, const char *key, uint32_t n, void (*put)(struct writer *w, uint32_t id))
{
  json_key(&w->j, key);
  json_begin(&w->j, '[');
  for (uint32_t id = 0; id < n; id++) {
    json_begin(&w->j, '{');
    put(w, id);
    json_end(&w->j, '}');
  }
  json_end(&w->j, ']');
}

void show_json(struct buf *to, const struct show_input *in, bool with_text)
{
  const struct reading *r = in->reading;
  struct writer w = {.in = in, .text = in->analysis->text};
  json_init(&w.j, to);
  json_begin(&w.j, '{');
  json_kint(&w.j, "tocsin", 1);
  put_document(&w, with_text);
  put_sentences(&w);
  put_array(&w, "entities", r->n_entities, put_entity);
  put_array(&w, "places", r->n_places, put_place);
  put_array(&w, "dates", r->n_dates, put_date);
  put_array(&w, "figures", r->n_figures, put_figure);
  put_array(&w, "claims", r->n_claims, put_claim);
  put_array(&w, "events", r->n_events, put_event);
  put_array(&w, "positions", r->n_positions, put_position);
  json_end(&w.j, '}');
  buf_char(to, '\n');
}
