/* links.c: joins what the other readers found: the innermost claim of each event and figure, the event of each figure, and which claim
 * answers which.
 *
 *   claim    the smallest content that holds the event's trigger or the figure's number
 *   event    the nearest trigger above the figure's number in its tree, or the trigger that the counted noun is
 *   answers  a claim that denies, evades or confirms, and the last claim of somebody else about the same act before it */
#include "read/events.h"
#include "read/figures.h"
#include "read/tree.h"

#define LOOK_BACK 96 /* claims that may still hold a place behind their begin */

static uint64_t content_size(const struct claim *c)
{
  uint64_t n = 0;
  for (uint32_t i = 0; i < c->content.n; i++) n += c->content.at[i].end - c->content.at[i].begin;
  return n;
}

static bool content_holds(const struct claim *c, struct span span)
{
  for (uint32_t i = 0; i < c->content.n; i++)
    if (span_holds(c->content.at[i], span)) return true;
  return false;
}

/* The smallest content that holds the span; ID_NONE when none does. */
static int32_t innermost(const struct reader *r, struct span span)
{
  const size_t low = reader_claims_until(r, span.begin);
  int32_t best = ID_NONE;
  for (size_t i = low; i-- > 0 && low - i <= LOOK_BACK;) {
    const struct claim *c = &r->claims.at[i];
    if (content_holds(c, span) && (best == ID_NONE || content_size(c) < content_size(&r->claims.at[best]))) best = (int32_t)i;
  }
  return best;
}

/* Which ids each claim (event) owns: counted, then laid out in one array. */
static bool gather(struct reader *r, size_t n_owners, size_t n, const int32_t *owner, int32_t ***lists, uint32_t **counts)
{
  *counts = arena_array(r->arena, uint32_t, n_owners + 1);
  *lists = arena_array(r->arena, int32_t *, n_owners + 1);
  int32_t *ids = arena_array(r->arena, int32_t, n + 1);
  if (!*counts || !*lists || !ids) return false;
  for (size_t i = 0; i < n; i++)
    if (owner[i] != ID_NONE) (*counts)[owner[i]]++;
  size_t at = 0;
  for (size_t k = 0; k < n_owners; k++) {
    (*lists)[k] = ids + at;
    at += (*counts)[k];
    (*counts)[k] = 0;
  }
  for (size_t i = 0; i < n; i++)
    if (owner[i] != ID_NONE) (*lists)[owner[i]][(*counts)[owner[i]]++] = (int32_t)i;
  return true;
}

/* The event of the nearest trigger at or above the figure's noun or number. */
static int32_t event_above(const struct reader *r, const struct figure *f, const int32_t *event_at)
{
  const struct analysis *a = r->a;
  if (f->item_token != TOKEN_NONE && event_at[f->item_token] != ID_NONE) return event_at[f->item_token];
  int steps = 0;
  for (int32_t t = f->token; t != TOKEN_NONE && steps < 8; t = a->tokens[t].head, steps++)
    if (event_at[t] != ID_NONE) return event_at[t];
  return ID_NONE;
}

static struct slice first_country(const struct parties *p)
{
  for (uint32_t i = 0; i < p->n; i++)
    if (p->at[i].country.n) return p->at[i].country;
  return (struct slice){0};
}

/* The same kind of act, by the same country where both tell one. */
static bool same_act(const struct event *a, const struct event *b)
{
  if (!slice_eq(a->type, b->type)) return false;
  struct slice x = first_country(&a->actor), y = first_country(&b->actor);
  return x.n == 0 || y.n == 0 || slice_eq(x, y);
}

static bool can_answer(const struct claim *c)
{
  return c->stance == STANCE_DENIES || c->stance == STANCE_EVADES || c->stance == STANCE_WITHHOLDS ||
         (c->stance == STANCE_AFFIRMS && c->certainty == CERTAINTY_CERTAIN);
}

static int32_t answered(const struct reader *r, int32_t id)
{
  const struct claim *c = &r->claims.at[id];
  if (!can_answer(c) || c->n_events == 0) return ID_NONE;
  for (int32_t k = id; k-- > 0 && id - k <= LOOK_BACK;) {
    const struct claim *o = &r->claims.at[k];
    if (o->source.entity == c->source.entity || k == c->parent || o->parent == id) continue;
    for (uint32_t i = 0; i < c->n_events; i++)
      for (uint32_t j = 0; j < o->n_events; j++)
        if (same_act(&r->events.at[c->events[i]], &r->events.at[o->events[j]])) return k;
  }
  return ID_NONE;
}

static bool link_events(struct reader *r)
{
  size_t n = r->events.n;
  int32_t *claim = arena_array(r->arena, int32_t, n + 1), **lists;
  uint32_t *counts;
  if (!claim) return false;
  for (size_t i = 0; i < n; i++) r->events.at[i].claim = claim[i] = innermost(r, r->events.at[i].trigger);
  if (!gather(r, r->claims.n, n, claim, &lists, &counts)) return false;
  for (size_t k = 0; k < r->claims.n; k++) {
    r->claims.at[k].events = lists[k];
    r->claims.at[k].n_events = counts[k];
  }
  return true;
}

/* How real a number is of which no event tells: as real as its verb, "the agency expects that they will deploy *10,000*". */
static enum event_status status_by_verb(const struct reader *r, const struct figure *f)
{
  const struct token *tokens = r->a->tokens;
  struct trace unused = {0};
  int32_t t = f->token;
  for (int steps = 0; t != TOKEN_NONE && tokens[t].upos != UPOS_VERB && steps < 8; steps++) t = tokens[t].head;
  return t == TOKEN_NONE || tokens[t].upos != UPOS_VERB ? EVENT_ACTUAL : status_of(r, t, &unused);
}

static bool link_figures(struct reader *r)
{
  size_t n = r->figures.n, tokens = (size_t)r->a->n_tokens;
  int32_t *owner = arena_array(r->arena, int32_t, n + 1), *event_at = arena_array(r->arena, int32_t, tokens + 1), **lists;
  uint32_t *counts;
  if (!owner || !event_at) return false;
  for (size_t t = 0; t < tokens; t++) event_at[t] = ID_NONE;
  for (size_t i = r->events.n; i-- > 0;) event_at[r->events.at[i].token] = (int32_t)i;
  for (size_t i = 0; i < n; i++) r->figures.at[i].claim = owner[i] = innermost(r, r->figures.at[i].span);
  if (!gather(r, r->claims.n, n, owner, &lists, &counts)) return false;
  for (size_t k = 0; k < r->claims.n; k++) {
    r->claims.at[k].figures = lists[k];
    r->claims.at[k].n_figures = counts[k];
  }
  for (size_t i = 0; i < n; i++) {
    struct figure *f = &r->figures.at[i];
    f->event = owner[i] = event_above(r, f, event_at);
    if (f->event != ID_NONE) f->status = r->events.at[f->event].status;
    else if (f->claim != ID_NONE && r->claims.at[f->claim].stance == STANCE_DENIES) f->status = EVENT_DENIED;
    else f->status = status_by_verb(r, f);
  }
  if (!gather(r, r->events.n, n, owner, &lists, &counts)) return false;
  for (size_t k = 0; k < r->events.n; k++) {
    r->events.at[k].figures = lists[k];
    r->events.at[k].n_figures = counts[k];
  }
  return true;
}

enum status links_read(struct reader *r)
{
  if (!link_events(r) || !link_figures(r)) return reader_full(r);
  figures_dispute(r);
  for (size_t i = 0; i < r->claims.n; i++) r->claims.at[i].answers = answered(r, (int32_t)i);
  return ST_OK;
}
