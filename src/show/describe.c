#include "show/describe.h"
#include "intake/document.h"
#include "base/utf8.h"
#include "show/words.h"
#include <stdio.h>

#define CONTENT_COLUMNS 150 /* of a claim's content that is shown */
#define NAME_COLUMNS 60

static struct slice text_of(const struct show_input *in, struct span span) { return slice_span(in->analysis->text, span); }

static void put_quoted(struct buf *to, const struct show_input *in, struct span span, unsigned most)
{
  buf_text(to, "“");
  show_clean(to, text_of(in, span), most);
  buf_text(to, "”");
}

/* ", " between parts of a line, nothing before the first */
static void put_comma(struct buf *to, size_t begin)
{
  if (to->n > begin) buf_text(to, ", ");
}

void describe_who(struct buf *to, const struct show_input *in, int32_t entity, struct span span, struct slice code)
{
  const struct entity *e = entity == ID_NONE ? NULL : &in->reading->entities[entity];
  struct slice name = e && e->name.n ? e->name : text_of(in, span);
  show_clean(to, name, NAME_COLUMNS);
  if (code.n == 0 && e) code = e->code;
  if (code.n == 0 || slice_eq(code, name)) return;
  buf_text(to, " (");
  show_clean(to, code, 0);
  buf_char(to, ')');
}

void describe_parties(struct buf *to, const struct show_input *in, const struct parties *parties)
{
  for (uint32_t i = 0; i < parties->n; i++) {
    const struct party *p = &parties->at[i];
    if (i) buf_text(to, i + 1 == parties->n ? " and " : ", ");
    describe_who(to, in, p->entity, p->span, p->code.n ? p->code : p->country);
  }
}

void describe_source(struct buf *to, const struct show_input *in, const struct claim *claim)
{
  if (claim->source.entity == ID_NONE && claim->source.span.begin >= claim->source.span.end) buf_text(to, "somebody not named");
  else describe_who(to, in, claim->source.entity, claim->source.span, (struct slice){0});
}

/* ", according to Sabrina Singh (USAMIL)" for a record that stands in a claim */
static void put_claimed(struct buf *to, const struct show_input *in, int32_t claim, size_t begin)
{
  if (claim == ID_NONE) return;
  put_comma(to, begin);
  buf_text(to, "according to ");
  describe_source(to, in, &in->reading->claims[claim]);
}

void describe_entity(struct buf *to, const struct show_input *in, uint32_t id)
{
  const struct entity *e = &in->reading->entities[id];
  buf_printf(to, "%s ", show_entity_kind(e->kind));
  show_clean(to, e->name, NAME_COLUMNS);
  if (e->role.n) {
    buf_text(to, ", ");
    show_clean(to, e->role, NAME_COLUMNS);
  }
  if (e->code.n) {
    buf_text(to, " (");
    show_clean(to, e->code, 0);
    buf_char(to, ')');
  }
}

void describe_place(struct buf *to, const struct show_input *in, uint32_t id)
{
  const struct place *p = &in->reading->places[id];
  put_quoted(to, in, p->span, NAME_COLUMNS);
  buf_printf(to, ": %s ", show_place_kind(p->kind));
  show_clean(to, p->name, NAME_COLUMNS);
  if (p->country.n) {
    buf_text(to, ", ");
    show_clean(to, p->country, 0);
  }
  if (p->has_point) buf_printf(to, ", %.2f %.2f", p->lat, p->lon);
  buf_printf(to, ", %s", show_place_use(p->use));
}

void describe_date(struct buf *to, const struct show_input *in, uint32_t id)
{
  const struct date *d = &in->reading->dates[id];
  put_quoted(to, in, d->span, NAME_COLUMNS);
  buf_printf(to, ": %s ", show_date_type(d->type));
  if (d->value.n) show_clean(to, d->value, 0);
  else buf_text(to, "not resolved");
}

/* 1234567.5 -> 1,234,567.5 */
static void put_number(struct buf *to, double v)
{
  char digits[48];
  if (v < 0) {
    buf_char(to, '-');
    v = -v;
  }
  if (!(v < 1e15) || (v > 0 && v < 0.01)) {
    buf_printf(to, "%.6g", v);
    return;
  }
  int n = snprintf(digits, sizeof digits, "%.2f", v);
  if (n < 4 || n >= (int)sizeof digits) return;
  while (digits[n - 1] == '0') n--;
  if (digits[n - 1] == '.') n--;
  int whole = 0;
  while (whole < n && digits[whole] != '.') whole++;
  for (int i = 0; i < n; i++) {
    if (i && i < whole && (whole - i) % 3 == 0) buf_char(to, ',');
    buf_char(to, digits[i]);
  }
}

static const char *bound_words(enum bound bound)
{
  static const char *const words[] = {"", "about ", "at least ", "more than ", "at most ", "less than ", "", "some "};
  return words[bound];
}

/* "$", "€", "£": written in front of the number.  A sign that is no letter, and no per cent. */
static bool is_currency_sign(struct slice unit)
{
  size_t at = 0;
  if (unit.n == 0 || unit.n > 3) return false;
  uint32_t c = utf8_next(unit, &at);
  return at == unit.n && (c == '$' || (c >= 0xA2 && c <= 0xA5) || (c >= 0x20A0 && c <= 0x20CF));
}

void describe_amount(struct buf *to, const struct show_input *in, uint32_t id)
{
  const struct figure *f = &in->reading->figures[id];
  bool sign = is_currency_sign(f->unit_text);
  buf_text(to, bound_words(f->bound));
  if (sign) show_clean(to, f->unit_text, 0);
  if (f->has_value) put_number(to, f->value);
  else if (f->has_low && f->has_high) {
    put_number(to, f->low);
    buf_text(to, " to ");
    put_number(to, f->high);
  } else if (f->has_low || f->has_high) {
    put_number(to, f->has_low ? f->low : f->high);
    if (f->bound == BOUND_VAGUE) buf_text(to, " or more");
  } else put_quoted(to, in, f->span, NAME_COLUMNS);
  struct slice what = f->unit_text.n ? f->unit_text : slice_is(f->unit, "person") && f->item.n ? f->item : f->unit;
  if (what.n == 0) what = f->item;
  if (what.n && !sign) {
    if (what.at[0] != '%') buf_char(to, ' ');
    show_clean(to, what, NAME_COLUMNS);
  }
}

void describe_figure(struct buf *to, const struct show_input *in, uint32_t id)
{
  const struct figure *f = &in->reading->figures[id];
  size_t begin = to->n;
  struct slice what = f->about.n ? f->about : f->item;
  if (!slice_eq(what, f->unit_text)) show_clean(to, what, 2 * NAME_COLUMNS); /* else it stands beside the amount */
  if (f->state.n) {
    put_comma(to, begin);
    show_clean(to, f->state, 0);
  }
  if (f->sort != SORT_TOTAL) {
    put_comma(to, begin);
    buf_text(to, show_sort(f->sort));
  }
  if (f->moves == MOVE_UP || f->moves == MOVE_DOWN) {
    put_comma(to, begin);
    buf_printf(to, "moves %s", show_move(f->moves));
  }
  for (uint32_t i = 0; i < f->n_hedges; i++) {
    if (slice_starts(slice_of(bound_words(f->bound)), f->hedges[i])) continue; /* told with the amount */
    put_comma(to, begin);
    buf_text(to, "“");
    show_clean(to, f->hedges[i], NAME_COLUMNS);
    buf_text(to, "”");
  }
  if (f->status != EVENT_ACTUAL) {
    put_comma(to, begin);
    buf_text(to, show_status(f->status));
  }
  if (f->as_of.n && !slice_starts(in->document->published, f->as_of)) { /* the day of the document goes without saying */
    put_comma(to, begin);
    buf_text(to, "as of ");
    show_clean(to, f->as_of, 0);
  }
  if (f->revises != ID_NONE) {
    put_comma(to, begin);
    buf_printf(to, "%s from ", f->change == MOVE_NONE ? "changed" : show_move(f->change));
    describe_amount(to, in, (uint32_t)f->revises);
  }
  if (f->part_of != ID_NONE) {
    put_comma(to, begin);
    buf_text(to, "part of ");
    describe_amount(to, in, (uint32_t)f->part_of);
  }
  if (f->n_conflicts) {
    put_comma(to, begin);
    buf_text(to, "against ");
    describe_amount(to, in, (uint32_t)f->conflicts_with[0]);
  }
  put_claimed(to, in, f->claim, begin);
}

void describe_act(struct buf *to, const struct show_input *in, uint32_t id)
{
  const struct event *e = &in->reading->events[id];
  show_clean(to, e->type, 0);
  if (e->mode.n) {
    buf_char(to, ' ');
    show_clean(to, e->mode, 0);
  }
}

static void put_place(struct buf *to, const struct show_input *in, const char *preposition, int32_t place)
{
  if (place == ID_NONE) return;
  const struct place *p = &in->reading->places[place];
  buf_printf(to, ", %s ", preposition);
  show_clean(to, p->name.n ? p->name : text_of(in, p->span), NAME_COLUMNS);
}

void describe_event(struct buf *to, const struct show_input *in, uint32_t id)
{
  const struct event *e = &in->reading->events[id];
  if (e->actor.n) describe_parties(to, in, &e->actor);
  else buf_text(to, "somebody");
  if (e->recipient.n) {
    buf_text(to, " → ");
    describe_parties(to, in, &e->recipient);
  }
  for (uint32_t i = 0; i < e->instrument.n; i++) {
    buf_text(to, ", with ");
    show_clean(to, text_of(in, e->instrument.at[i]), NAME_COLUMNS);
  }
  put_place(to, in, "in", e->place);
  put_place(to, in, "from", e->origin);
  put_place(to, in, "to", e->destination);
  if (e->date.value.n) {
    buf_text(to, ", ");
    show_clean(to, e->date.value, 0);
  }
  for (uint32_t i = 0; i < e->n_figures; i++) {
    buf_text(to, ", ");
    describe_amount(to, in, (uint32_t)e->figures[i]);
  }
  buf_text(to, ": ");
  put_quoted(to, in, e->trigger, NAME_COLUMNS);
  put_claimed(to, in, e->claim, 0);
}

void describe_stance(struct buf *to, const struct show_input *in, uint32_t id)
{
  const struct claim *c = &in->reading->claims[id];
  buf_text(to, show_stance(c->stance));
  if (c->certainty != CERTAINTY_UNSPECIFIED) buf_printf(to, " (%s)", show_certainty(c->certainty));
}

void describe_claim(struct buf *to, const struct show_input *in, uint32_t id)
{
  const struct claim *c = &in->reading->claims[id];
  describe_source(to, in, c);
  if (c->cue.span.begin < c->cue.span.end) {
    buf_char(to, ' ');
    put_quoted(to, in, c->cue.span, NAME_COLUMNS);
  }
  if (c->content.n) {
    buf_text(to, ": ");
    show_clean(to, text_of(in, c->content.at[0]), CONTENT_COLUMNS);
    if (c->content.n > 1) buf_text(to, " …");
  }
  if (c->answers != ID_NONE) {
    buf_text(to, ", in answer to ");
    describe_source(to, in, &in->reading->claims[c->answers]);
  }
}

void describe_position(struct buf *to, const struct show_input *in, uint32_t id)
{
  const struct position *p = &in->reading->positions[id];
  struct span nowhere = {0, 0};
  describe_who(to, in, p->holder.entity, nowhere, p->holder.code);
  if (p->toward_id != ID_NONE) buf_text(to, " on ");
  if (p->toward_id != ID_NONE && p->toward == TOWARD_ENTITY) describe_who(to, in, p->toward_id, nowhere, (struct slice){0});
  if (p->toward_id != ID_NONE && p->toward == TOWARD_CLAIM) {
    const struct claim *c = &in->reading->claims[p->toward_id];
    if (c->source.entity != p->holder.entity) {
      buf_text(to, "what ");
      describe_source(to, in, c);
      buf_text(to, " said: ");
    }
    if (c->content.n) show_clean(to, text_of(in, c->content.at[0]), CONTENT_COLUMNS);
  }
  if (p->toward_id != ID_NONE && p->toward == TOWARD_EVENT) {
    const struct event *e = &in->reading->events[p->toward_id];
    describe_act(to, in, (uint32_t)p->toward_id);
    if (e->actor.n) {
      buf_text(to, " by ");
      describe_parties(to, in, &e->actor);
    }
    buf_printf(to, " (sentence %u)", (unsigned)show_sentence(in->analysis, e->span.begin) + 1);
  }
  if (p->date.n && !slice_starts(in->document->published, p->date)) {
    buf_text(to, ", ");
    show_clean(to, p->date, 0);
  }
  if (p->shift != SHIFT_NONE) buf_printf(to, ", a %s", show_shift(p->shift));
}
