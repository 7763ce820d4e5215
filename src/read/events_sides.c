/* events_sides.c: whom "both sides", "the two countries" and "the two leaders" mean: the two of the event that was told last between two countries,
 * or between two bodies of one.  (Those most often told of together do worse: 3 of 7 right in 433 articles, against 4 of 6.) */
#include "read/events.h"

#define SIDES_BACK 8 /* sentences */

static bool listed(const struct reader *r, const char *class, int32_t token)
{
  char room[64];
  return rule_class_word(rules_class(r->know->rules, class), events_lemma(r, token, room));
}

/* Is it a plural noun of the class "side" with a word of "side-mark" before it: "both", "the two"? */
static bool means_sides(const struct reader *r, int32_t token)
{
  const struct token *tokens = r->a->tokens;
  if (tokens[token].upos != UPOS_NOUN || !(tokens[token].feats & FEAT_PLUR) || !listed(r, "side", token)) return false;
  const int32_t entity = r->entity_at[token];
  if (entity != ID_NONE && (r->entities.at[entity].code.n || r->entities.at[entity].country.n)) return false;
  bool marked = false, definite = false, more = false;
  for (int32_t c = tokens[token].first_child; c != TOKEN_NONE && c < token; c = tokens[c].next_sibling) {
    if (tokens[c].upos == UPOS_DET) definite = true;
    if (listed(r, "side-mark", c)) marked = true;
    else if (tokens[c].upos == UPOS_ADJ || tokens[c].upos == UPOS_NOUN || tokens[c].upos == UPOS_PROPN) more = true; /* "the two Gulf countries" */
  }
  return marked && definite && !more;
}

/* Can the party be a side: a country, a body or a person of one? */
static bool is_side(const struct reader *r, const struct party *p)
{
  if (!p->code.n) return false;
  if (p->entity == ID_NONE) return true;
  const enum entity_kind kind = r->entities.at[p->entity].kind;
  return kind == KIND_COUNTRY || kind == KIND_ORGANIZATION || kind == KIND_PERSON;
}

/* The event's two sides; false when it has none, or more. */
static bool sides_of(const struct reader *r, const struct event *e, const struct party *two[2])
{
  if (e->actor.n != 2 && (e->actor.n != 1 || e->recipient.n != 1)) return false;
  two[0] = &e->actor.at[0];
  two[1] = e->actor.n > 1 ? &e->actor.at[1] : &e->recipient.at[0];
  return is_side(r, two[0]) && is_side(r, two[1]) && !slice_eq(two[0]->code, two[1]->code);
}

bool events_sides(const struct reader *r, int32_t token, const struct party *two[2])
{
  if (!means_sides(r, token)) return false;
  const uint32_t here = r->a->tokens[token].sentence;
  for (size_t i = r->events.n; i-- > 0;) {
    const struct event *e = &r->events.at[i];
    const uint32_t there = r->a->tokens[e->token].sentence;
    if (e->token >= token || there > here) continue;
    if (here - there > SIDES_BACK) return false;
    if (sides_of(r, e, two)) return true;
  }
  return false;
}
