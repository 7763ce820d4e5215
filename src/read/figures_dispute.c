/* figures_dispute.c: numbers that different sources tell of the same thing.
 *
 *   "Israel said 27 of its soldiers had died.  Hamas said 80 Israeli soldiers had died."
 *
 * Two figures conflict when they count the same (what befell whom, or what was done to what, of the same countries), each in a claim, the claims
 * have different sources or one of them denies its number, and no number could be both; or the writer sets the one that a claim holds against what is
 * so ("3 died, not 30 as the rebels claim").  Only figures a few sentences apart are compared. */
#include "read/figures.h"
#include "read/tree.h"

#define SENTENCES_MOST 3

/* Can one number be both?  An approximate one may be a tenth off. */
static bool compatible(const struct figure *a, const struct figure *b)
{
  const struct figure *two[] = {a, b};
  double low[2], high[2];
  for (int i = 0; i < 2; i++) {
    const struct figure *f = two[i];
    double off = f->bound == BOUND_ABOUT ? fabs(f->value) / 10 : 0;
    low[i] = f->has_value ? f->value - off : f->has_low ? f->low : -INFINITY;
    high[i] = f->has_value ? f->value + off : f->has_high ? f->high : INFINITY;
  }
  return low[0] <= high[1] && low[1] <= high[0];
}

static struct slice lemma_of(const struct reader *r, int32_t token) { return token == TOKEN_NONE ? (struct slice){0} : r->a->tokens[token].lemma; }

/* The lemma of the verb that the counted things depend on: "damage" of "5 schools were damaged". */
static struct slice verb_of(const struct reader *r, const struct figure *f)
{
  int32_t t = tree_first_conjunct(r->a, f->item_token != TOKEN_NONE ? f->item_token : f->token), up = r->a->tokens[t].head;
  return up != TOKEN_NONE && r->a->tokens[up].upos == UPOS_VERB ? r->a->tokens[up].lemma : (struct slice){0};
}

/* A word that says of whom a number is told no more than its state does: "people", "deaths", "the toll". */
bool figures_general(const struct reader *r, const struct figure *f)
{
  const struct numbers *numbers = r->know->numbers;
  struct slice lemma = lemma_of(r, f->item_token);
  if (lemma.n == 0 || numbers_change(numbers, lemma, CHANGE_ANAPHOR) || numbers_state(numbers, lemma, STATE_NOUN) ||
      numbers_state(numbers, lemma, STATE_ADJECTIVE))
    return true;
  const struct unit *person = numbers_person(numbers, lemma);
  return person && slice_is(person->code, "any");
}

/* The country where the figure's event happened; empty when it is not told. */
static struct slice where(const struct reader *r, const struct figure *f)
{
  int32_t place = f->event == ID_NONE ? ID_NONE : r->events.at[f->event].place;
  return place == ID_NONE ? (struct slice){0} : r->places.at[place].country;
}

static bool same_countries(const struct reader *r, const struct figure *f, const struct figure *g)
{
  struct slice x = where(r, f), y = where(r, g);
  if (x.n && y.n && !slice_eq(x, y)) return false;
  if (f->n_countries == 0 || g->n_countries == 0) {
    const struct figure *told = f->n_countries ? f : g;
    struct slice other = told == f ? y : x; /* "11 Mexican cases" and 20 where another country's event was */
    if (told->n_countries == 0 || other.n == 0) return true;
    for (uint32_t i = 0; i < told->n_countries; i++)
      if (slice_eq(told->countries[i], other)) return true;
    return false;
  }
  for (uint32_t i = 0; i < f->n_countries; i++)
    for (uint32_t k = 0; k < g->n_countries; k++)
      if (slice_eq(f->countries[i], g->countries[k])) return true;
  return false;
}

static bool same_thing(const struct reader *r, const struct figure *f, const struct figure *g)
{
  if (f->sort != SORT_TOTAL || g->sort != SORT_TOTAL || !slice_eq(f->unit, g->unit) || !same_countries(r, f, g) || figures_apart(r, f, g)) return false;
  if (f->moves != MOVE_NONE || g->moves != MOVE_NONE || (f->part_of == ID_NONE) != (g->part_of == ID_NONE)) return false;
  struct slice x = lemma_of(r, f->item_token), y = lemma_of(r, g->item_token);
  bool share = slice_is(f->unit, "%"); /* of what must be told, and be the same */
  if (share && (x.n == 0 || !slice_eq(x, y))) return false;
  if (f->state.n || g->state.n) return slice_eq(f->state, g->state) && (slice_eq(x, y) || figures_general(r, f) || figures_general(r, g));
  return x.n && slice_eq(x, y) && verb_of(r, f).n && slice_eq(verb_of(r, f), verb_of(r, g));
}

/* Who tells the figure; false when no claim holds it. */
static bool other_source(const struct reader *r, const struct figure *f, const struct figure *g)
{
  if (f->claim == ID_NONE || g->claim == ID_NONE) return false;
  const struct claim *c = &r->claims.at[f->claim], *d = &r->claims.at[g->claim];
  if ((c->stance == STANCE_DENIES) != (d->stance == STANCE_DENIES)) return true;
  if (c == d || c->source.token == TOKEN_NONE || d->source.token == TOKEN_NONE) return false;
  if (c->source.entity != ID_NONE && d->source.entity != ID_NONE && c->source.entity == d->source.entity) return false;
  return !slice_eq(slice_span(r->a->text, c->source.span), slice_span(r->a->text, d->source.span));
}

/* "3 died, not 30 as the rebels claim": is the second one told as what is not so, in a claim that the first is not in? */
static bool contradicted(const struct reader *r, int32_t first, int32_t second)
{
  const struct figure *f = &r->figures.at[first], *g = &r->figures.at[second];
  int32_t t = g->token, length, begin = r->a->sentences[r->a->tokens[t].sentence].first;
  if (f->revises != second || first > second || g->claim == ID_NONE || g->claim == f->claim) return false;
  while (t > begin && (r->a->tokens[t - 1].span.begin >= g->span.begin || r->a->tokens[t - 1].upos == UPOS_DET)) t--;
  return numbers_change_before(r->know->numbers, r->a, begin, t, CHANGE_CONTRAST, &length) != NULL;
}

/* The first date, time or part of the day told in the figure's sentence. */
static struct slice time_told(const struct reader *r, const struct figure *f)
{
  const struct sentence *s = &r->a->sentences[r->a->tokens[f->token].sentence];
  for (int32_t t = s->first; t < s->end; t++) {
    const int32_t id = r->date_at[t];
    if (id != ID_NONE && (r->dates.at[id].type == DATE_DATE || r->dates.at[id].type == DATE_TIME)) return r->dates.at[id].value;
    if (calendar_find(r->know->calendar, r->a->tokens[t].lemma, CALENDAR_PART)) return r->a->tokens[t].lemma;
  }
  return (struct slice){0};
}

/* "By evening the hospital spoke of a toll of 19": a later time, at which a greater number takes the earlier one's place whoever tells it. */
static bool time_passed(const struct reader *r, int32_t first, int32_t second)
{
  const struct figure *f = &r->figures.at[first], *g = &r->figures.at[second];
  const struct slice then = time_told(r, f), now = time_told(r, g);
  return g->revises == first && g->change == MOVE_UP && now.n && !slice_eq(then, now);
}

static void note(struct figure *f, int32_t other)
{
  if (f->n_conflicts < sizeof f->conflicts_with / sizeof *f->conflicts_with) f->conflicts_with[f->n_conflicts++] = other;
}

void figures_dispute(struct reader *r)
{
  for (int32_t i = 1; i < (int32_t)r->figures.n; i++) {
    struct figure *g = &r->figures.at[i];
    uint32_t sentence = r->a->tokens[g->token].sentence;
    for (int32_t k = i; k-- > 0 && i - k <= FIGURES_LOOK_BACK;) {
      struct figure *f = &r->figures.at[k];
      if (r->a->tokens[f->token].sentence + SENTENCES_MOST < sentence) break;
      bool against = contradicted(r, k, i);
      if (!against && (f->revises == i || !(same_thing(r, f, g) && other_source(r, f, g)))) continue; /* an earlier number is none of another side */
      if (compatible(f, g) || time_passed(r, k, i)) continue;
      note(g, k);
      note(f, i);
      if (g->revises == k && !g->corrects) { /* another side's number takes nothing's place */
        g->revises = ID_NONE;
        g->change = MOVE_NONE;
      }
      if (against) {
        f->revises = ID_NONE;
        f->change = MOVE_NONE;
        g->status = EVENT_NEGATED;
      }
    }
  }
}
