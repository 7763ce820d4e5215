/* figures_where.c: where a figure is counted, as far as the words beside it tell, and which numbers stand side by side: groups or places of one time,
 * none of which takes the other's place.
 *
 *   "32% of men, compared with 11% of women"     other people
 *   "Twelve died in Aleppo, against seven in Homs"     another place */
#include "read/figures.h"
#include "read/tree.h"

#define WITHIN 14 /* tokens on each side of the number */
#define PERIOD 4  /* "in the same period last year" */
#define COMMA 3   /* a comma parts like so many tokens */

/* The first place beside the figure in this direction, no other figure between; *far = how far. */
static int32_t place_toward(const struct reader *r, const struct figure *f, int step, int *far)
{
  const struct analysis *a = r->a;
  const struct sentence *s = &a->sentences[a->tokens[f->token].sentence];
  const int32_t self = r->figure_at[f->token];
  *far = 0;
  for (int32_t t = f->token; t >= s->first && t < s->end && *far <= WITHIN; t += step) {
    if (r->figure_at[t] != self && r->figure_at[t] != ID_NONE) return ID_NONE;
    const int32_t id = r->place_at[t];
    if (id != ID_NONE && (r->places.at[id].use == USE_LITERAL || r->places.at[id].use == USE_MODIFIER)) return id;
    *far += slice_is(a->tokens[t].form, ",") ? COMMA : 1;
  }
  return ID_NONE;
}

/* The place nearest to the figure; ID_NONE. */
static int32_t place_beside(const struct reader *r, const struct figure *f)
{
  int before, behind;
  const int32_t left = place_toward(r, f, -1, &before), right = place_toward(r, f, 1, &behind);
  return right == ID_NONE || (left != ID_NONE && before < behind) ? left : right;
}

bool figures_apart(const struct reader *r, const struct figure *f, const struct figure *g)
{
  const int32_t x = place_beside(r, f), y = place_beside(r, g);
  if (x == ID_NONE || y == ID_NONE) return false;
  const struct place *p = &r->places.at[x], *q = &r->places.at[y];
  if (slice_eq(p->name, q->name)) return false;
  if (p->country.n && q->country.n && !slice_eq(p->country, q->country)) return true;
  return p->kind == q->kind; /* one may lie in the other */
}

/* "15 in the south", "31 for his rival": the phrase with a preposition behind the figure that names whose it is; no time. */
static bool group_behind(const struct reader *r, const struct figure_note *note, const struct figure *f)
{
  const struct analysis *a = r->a;
  const int32_t end = a->sentences[a->tokens[f->token].sentence].end;
  int32_t t = f->item_token >= note->end ? f->item_token + 1 : note->end, length;
  if (t >= end || a->tokens[t].deprel != DEP_CASE || a->tokens[t].head <= t) return false;
  if (numbers_hedge_at(r->know->numbers, a, t, t + 1, HEDGE_WHOLE, &length)) return false; /* "of women": what is counted */
  const int32_t noun = a->tokens[t].head;
  const struct unit *unit = numbers_unit(r->know->numbers, a, noun, end, false, &length);
  if (unit && unit->kind == UNIT_TIME) return false; /* "in the week before" */
  for (int32_t k = t; k < end && (k <= a->tokens[noun].right || k < noun + PERIOD) && a->tokens[k].upos != UPOS_PUNCT; k++)
    if (r->date_at[k] != ID_NONE) return false;
  return true;
}

bool figures_beside(const struct reader *r, const struct figure_note *notes, int32_t later, int32_t other)
{
  const struct figure *f = &r->figures.at[later], *g = &r->figures.at[other];
  if (f->item_token != TOKEN_NONE && g->item_token != TOKEN_NONE && r->date_at[g->item_token] == ID_NONE && !figures_general(r, f) && !figures_general(r, g) &&
      !slice_eq(r->a->tokens[f->item_token].lemma, r->a->tokens[g->item_token].lemma))
    return true;
  return group_behind(r, &notes[other], g) || figures_apart(r, f, g);
}
