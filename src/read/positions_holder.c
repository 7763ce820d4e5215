/* positions_holder.c: who speaks for whom.
 *
 * A body and those who hold an office in it or speak for it are one holder: "Fiat", "a Fiat spokesman", "the firm's chief executive, Ana Li".  The body
 * is what the noun of office has as its possessor, its compound or behind its preposition; where that is no mention ("a ministry spokesman") the
 * last body told before by this noun. */
#include "read/positions.h"

static const struct token *tok(const struct analysis *a, int32_t t) { return &a->tokens[t]; }

static bool is_body(const struct reader *r, int32_t entity)
{
  return entity != ID_NONE && (r->entities.at[entity].kind == KIND_ORGANIZATION || r->entities.at[entity].kind == KIND_GROUP);
}

#define BODIES_BACK 256 /* entities that are looked through for a noun */

/* The last body before the token that was told by its noun. */
static int32_t body_by_noun(const struct reader *r, int32_t t)
{
  const size_t n = r->entities.n, least = n > BODIES_BACK ? n - BODIES_BACK : 0;
  int32_t best = ID_NONE;
  for (size_t i = n; i-- > least;) {
    const int32_t first = r->entities.at[i].first_token;
    if (!is_body(r, (int32_t)i) || first == TOKEN_NONE || first >= t || (best != ID_NONE && first < r->entities.at[best].first_token)) continue;
    if (slice_eq(tok(r->a, first)->lemma, tok(r->a, t)->lemma)) best = (int32_t)i;
  }
  return best;
}

/* The body that the child `c` of a noun of office names; ID_NONE. */
static int32_t body_of(const struct reader *r, const struct noun *office, int32_t c)
{
  switch (tok(r->a, c)->deprel) {
  case DEP_NMOD: case DEP_NMOD_POSS: case DEP_NMOD_DESC: case DEP_COMPOUND: break;
  default: return ID_NONE;
  }
  const int32_t entity = r->entity_at[c];
  const bool plain = office->sectors[0] == SECTOR_NONE || office->sectors[0] == SECTOR_BUS; /* "Fiat's chief", be Fiat taken for a person */
  if (is_body(r, entity) || (plain && entity != ID_NONE && r->entities.at[entity].kind == KIND_PERSON && tok(r->a, c)->upos == UPOS_PROPN)) return entity;
  return entity == ID_NONE && tok(r->a, c)->upos == UPOS_NOUN ? body_by_noun(r, c) : ID_NONE;
}

static int32_t body_below(const struct reader *r, const struct noun *office, int32_t t, int32_t before)
{
  for (int32_t c = tok(r->a, t)->first_child; c != TOKEN_NONE && c < before; c = tok(r->a, c)->next_sibling) {
    const int32_t body = body_of(r, office, c);
    if (body != ID_NONE) return body;
  }
  return ID_NONE;
}

static void speaks(const struct reader *r, int32_t *voices, int32_t who, int32_t body)
{
  if (who == ID_NONE || who == body || voices[who] != who || r->entities.at[who].kind == KIND_ORGANIZATION) return;
  const struct slice own = r->entities.at[who].country, theirs = r->entities.at[body].country;
  if (own.n && theirs.n && !slice_eq(own, theirs)) return; /* "a North Korean diplomat at the United Nations" speaks for his country */
  voices[who] = body;
}

/* The noun of office at the token, those whom it tells, and their body. */
static void office_at(const struct reader *r, int32_t *voices, int32_t t)
{
  const struct analysis *a = r->a;
  int32_t first, end;
  const struct noun *noun = nouns_match(r->know->nouns, a, t, &first, &end);
  if (!noun || !(noun->flags & (NOUN_OFFICE | NOUN_SPOKES)) || noun->sectors[0] == SECTOR_ELI || noun->sectors[0] == SECTOR_LEG) return;
  const int32_t head = tok(a, t)->head;
  const bool titled = head > t && tok(a, head)->upos == UPOS_PROPN; /* "Fiat spokesman Jim Ito" */
  int32_t body = body_below(r, noun, t, a->n_tokens);
  if (body == ID_NONE && titled) body = body_below(r, noun, head, t);
  if (body == ID_NONE) return;
  speaks(r, voices, r->entity_at[t], body);
  if (titled || tok(a, t)->deprel == DEP_APPOS) speaks(r, voices, head == TOKEN_NONE ? ID_NONE : r->entity_at[head], body);
  for (int32_t c = tok(a, t)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling)
    if (c > t && tok(a, c)->upos == UPOS_PROPN && tree_case(a, c) == TOKEN_NONE && tok(a, c)->deprel != DEP_CONJ) speaks(r, voices, r->entity_at[c], body);
}

/* Does the claim speak of its source as "it", or of what is "its"? */
static bool is_neuter(const struct reader *r, const struct claim *c)
{
  const struct analysis *a = r->a;
  const int32_t source = c->source.token, end = source == TOKEN_NONE ? 0 : a->sentences[tok(a, source)->sentence].end;
  for (int32_t t = source + 1; t < end; t++)
    if (tok(a, t)->upos == UPOS_PRON && (slice_is(tok(a, t)->lemma, "it") || slice_is(tok(a, t)->lemma, "its")) &&
        (r->entity_at[t] == ID_NONE || r->entity_at[t] == c->source.entity))
      return true;
  return false;
}

/* "Sasol said it would pay ... the company refused": the name, taken for a person's, that a noun for a firm means where the text names no firm before. */
static void firm_named(const struct reader *r, int32_t *voices, int32_t firm)
{
  const int32_t noun = r->entities.at[firm].first_token;
  int32_t name = ID_NONE;
  if (noun == TOKEN_NONE || tok(r->a, noun)->upos != UPOS_NOUN || !positions_is_definite(r->a, noun)) return;
  if (!anaphors_find(r->know->anaphors, tok(r->a, noun)->lemma)) return;
  for (int32_t i = 0; i < firm; i++) {
    const struct entity *o = &r->entities.at[i];
    if (o->kind == KIND_ORGANIZATION && o->first_token != TOKEN_NONE && o->first_token < noun && tok(r->a, o->first_token)->upos == UPOS_PROPN) return;
  }
  for (size_t k = 0; k < r->claims.n && r->claims.at[k].span.begin < tok(r->a, noun)->span.begin; k++) {
    const int32_t who = r->claims.at[k].source.entity;
    if (who == ID_NONE || who == name || r->entities.at[who].kind != KIND_PERSON) continue;
    if (slice_find(r->entities.at[who].name, SLICE(" ")) != SIZE_MAX || r->entities.at[who].role.n || !is_neuter(r, &r->claims.at[k])) continue;
    if (name != ID_NONE) return;
    name = who;
  }
  if (name != ID_NONE) voices[firm] = name;
}

#define FIRMS_MOST 16 /* entities that are no firm's name, for each of which the claims are walked */

const int32_t *positions_voices(const struct reader *r)
{
  int32_t *voices = arena_array(r->scratch, int32_t, r->entities.n + 1);
  if (!voices) return NULL;
  for (size_t i = 0; i < r->entities.n; i++) voices[i] = (int32_t)i;
  for (int32_t t = 0; t < r->a->n_tokens; t++)
    if (tok(r->a, t)->upos == UPOS_NOUN || tok(r->a, t)->upos == UPOS_PROPN) office_at(r, voices, t);
  int firms = 0;
  for (size_t i = 0; i < r->entities.n && firms < FIRMS_MOST; i++)
    if (r->entities.at[i].kind == KIND_ORGANIZATION && r->entities.at[i].sectors[0] == SECTOR_BUS && voices[i] == (int32_t)i) {
      firm_named(r, voices, (int32_t)i);
      firms++;
    }
  return voices;
}
