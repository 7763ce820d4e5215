/* claims_turn.c: stances that somebody gives up or changes, where a noun names what he held before.
 *
 *   Turkey dropped its opposition to the bid       supports, condemned before
 *   Brazil has gone back on its pledge to send ... denies, promised before
 *   Berlin softened its opposition to the deal     condemns as before, but less
 *
 *   Denmark no longer supports the pipeline        condemns, supported before; also "stopped supporting"
 *   After weeks of denials Chad admitted that ...  affirms, denied before
 *
 * The noun is a cue of its own; its last column tells the stance of who gives it up.  What has not happened ("has not dropped", "may drop") leaves the
 * stance as it was. */
#include "read/claims.h"
#include "read/events.h"

static const struct token *tok(const struct analysis *a, int32_t t) { return &a->tokens[t]; }

/* The noun behind the verb that names the stance: its object, or what stands behind a preposition of the row ("went back [on its pledge]"). */
static int32_t stance_noun(const struct analysis *a, const struct cue *turn, int32_t verb)
{
  for (int32_t c = tok(a, verb)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling) {
    enum deprel d = deprel_base((enum deprel)tok(a, c)->deprel);
    int32_t with = d == DEP_OBL && c > verb ? tree_case(a, c) : TOKEN_NONE;
    bool object = d == DEP_OBJ && (turn->patterns & CUE_OBJECT);
    if (c > verb && tok(a, c)->upos == UPOS_NOUN && (object || (with != TOKEN_NONE && cue_takes(turn, tok(a, with)->lemma)))) return c;
  }
  return TOKEN_NONE;
}

/* Is it the stance of the verb's own source: "its opposition", "opposition to", not "Sweden's opposition"? */
static bool is_own(const struct reader *r, int32_t noun, const struct draft *d)
{
  int32_t owner = tree_child(r->a, noun, DEP_NMOD_POSS);
  if (owner == TOKEN_NONE) return true;
  if (r->entity_at[owner] != ID_NONE && r->entity_at[d->source] != ID_NONE) return r->entity_at[owner] == r->entity_at[d->source];
  return tok(r->a, owner)->upos == UPOS_PRON;
}

bool cue_turn(const struct reader *r, struct drafts *drafts, struct draft *d)
{
  const struct cue *turn = cue_turns(r, d->cue);
  int32_t noun = turn ? stance_noun(r->a, turn, d->cue) : TOKEN_NONE, preposition = TOKEN_NONE;
  const struct cue *rows = noun == TOKEN_NONE ? NULL : cue_rows(r, noun);
  if (!rows || !is_own(r, noun, d) || cue_negated(r, noun)) return false;
  struct draft below = *d;
  below.cue = noun;
  const struct cue *row = cue_fits(r, rows, &below, &preposition);
  if (!row) { /* what belongs to the noun, hung on the verb: "dropped its opposition [to the bid]" */
    below.cue = d->cue;
    row = cue_fits(r, rows, &below, &preposition);
    if (row && below.content == noun) row = NULL;
  }
  if (row && row->negated == STANCE_COUNT) return false;
  const struct cue *stance = row ? row : rows;
  if (stance->negated == STANCE_COUNT || stance->stance == STANCE_REPORTS || stance->stance == STANCE_BELIEVES) return false; /* "moderates his views" */
  struct trace unused = {0};
  d->row = turn;
  d->extra = stance->where;
  d->before = d->stance = stance->stance;
  d->certainty = CERTAINTY_UNSPECIFIED;
  cue_tokens(r, d->cue, TOKEN_NONE, &d->cue_first, &d->cue_end);
  if (row) {
    memcpy(d->spans, below.spans, sizeof d->spans);
    d->n_spans = below.n_spans;
    d->content = below.content;
    d->cue_end = (preposition > noun ? preposition : noun) + 1;
  } else {
    d->content = noun;
    draft_add(d, tree_span(r->a, tok(r->a, noun)->left, tok(r->a, noun)->right + 1));
  }
  drafts->at[noun] = DRAFT_USED;
  if (cue_negated(r, d->cue) || status_of(r, d->cue, &unused) != EVENT_ACTUAL) return true;
  d->turned = true;
  d->shift = turn->shift;
  if (turn->shift == SHIFT_REVERSAL) d->stance = stance->negated;
  return true;
}

/* Can a stance be given up: does it take a side that somebody may leave? */
static bool is_side(enum stance stance)
{
  return stance == STANCE_SUPPORTS || stance == STANCE_CONDEMNS || stance == STANCE_DENIES || stance == STANCE_DEFENDS || stance == STANCE_DEMANDS ||
         stance == STANCE_PROMISES || stance == STANCE_THREATENS;
}

/* "no longer supports", "does not oppose it anymore", "stopped opposing". */
static bool has_ceased(const struct reader *r, int32_t cue)
{
  const struct analysis *a = r->a;
  const int32_t above = tok(a, cue)->deprel == DEP_XCOMP ? tok(a, cue)->head : TOKEN_NONE;
  int32_t length;
  if (above != TOKEN_NONE && cues_find(r->know->cues, tok(a, above)->lemma, CUE_CEASE)) return !cue_negated(r, above);
  for (int32_t c = tok(a, cue)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling)
    if (deprel_base((enum deprel)tok(a, c)->deprel) == DEP_ADVMOD && cues_at(r->know->cues, a, tok(a, c)->left, c + 1, CUE_NOT, &length)) return true;
  return false;
}

/* The stance that a phrase of time names as the one before: "after months of denials", "following its silence".  NULL when there is none. */
static const struct cue *former_stance(const struct reader *r, int32_t cue)
{
  const struct analysis *a = r->a;
  for (int32_t c = tok(a, cue)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling) {
    const int32_t mark = deprel_base((enum deprel)tok(a, c)->deprel) == DEP_OBL ? tree_case(a, c) : TOKEN_NONE;
    const struct cue *time = mark == TOKEN_NONE ? NULL : cues_find(r->know->cues, tok(a, mark)->lemma, CUE_TIME);
    if (!time || !cue_takes(time, SLICE("mark"))) continue;
    const int32_t of = tree_child(a, c, DEP_NMOD);
    const struct cue *row = cues_find(r->know->cues, tok(a, c)->lemma, CUE_FORMER);
    if (!row && of > c) row = cues_find(r->know->cues, tok(a, of)->lemma, CUE_FORMER);
    if (row) return row;
  }
  return NULL;
}

void turn_former(const struct reader *r, struct draft *d)
{
  if (d->source == TOKEN_NONE) return;
  if (is_side(d->row->stance) && d->row->negated != STANCE_COUNT && has_ceased(r, d->cue)) {
    const bool silent = d->row->negated == STANCE_WITHHOLDS && (d->row->stance == STANCE_SUPPORTS || d->row->stance == STANCE_DEFENDS);
    d->before = d->row->stance;
    d->stance = silent ? STANCE_CONDEMNS : d->row->negated; /* who no longer backs a thing has left it */
    d->shift = SHIFT_REVERSAL;
    d->turned = true;
    return;
  }
  const struct cue *former = former_stance(r, d->cue);
  struct know_line unused = {0};
  if (!former || cues_shift(r->know->cues, former->stance, d->stance, &unused) == SHIFT_NONE) return;
  d->before = former->stance;
  d->extra = former->where;
  d->shift = SHIFT_REVERSAL;
  d->turned = true;
}
