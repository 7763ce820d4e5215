/* claims_unsaid.c: cues that tell that something was not said.
 *
 *   declined to comment on the raid              a verb that leaves unsaid what the cue below it would say
 *   would neither confirm nor deny the report    two cues that say the contrary of one thing
 *   gave no direct answer, an evasive answer     a noun that is not given, or not straight
 */
#include "read/claims.h"

static const struct token *tok(const struct analysis *a, int32_t t) { return &a->tokens[t]; }
static enum deprel rel(const struct analysis *a, int32_t t) { return (enum deprel)tok(a, t)->deprel; }
static bool has_child(const struct analysis *a, int32_t t, enum deprel d) { return tree_child(a, t, d) != TOKEN_NONE; }

/* Does a word that stands beside the cue say that it is a plain answer that is missing: "did not directly deny", "no clear answer"? */
bool cue_outright(const struct reader *r, int32_t cue)
{
  for (int32_t c = tok(r->a, cue)->first_child; c != TOKEN_NONE; c = tok(r->a, c)->next_sibling) {
    enum deprel l = deprel_base(rel(r->a, c));
    if ((l == DEP_ADVMOD || l == DEP_AMOD) && cues_find(r->know->cues, tok(r->a, c)->lemma, CUE_OUTRIGHT)) return true;
  }
  return false;
}

/* "neither confirm nor deny", "confirm or deny": the second of two cues that say the contrary of one thing; TOKEN_NONE when there is none. */
static int32_t contrary(const struct reader *r, int32_t cue, const struct cue *rows)
{
  const struct analysis *a = r->a;
  for (int32_t c = rows ? tok(a, cue)->first_child : TOKEN_NONE; c != TOKEN_NONE; c = tok(a, c)->next_sibling) {
    if (rel(a, c) != DEP_CONJ || c < cue || tok(a, c)->upos != tok(a, cue)->upos) continue;
    const struct cue *second = cue_rows(r, c);
    int32_t cc = tree_child(a, c, DEP_CC);
    bool opposite = second && ((rows->stance == STANCE_AFFIRMS && second->stance == STANCE_DENIES) ||
                               (rows->stance == STANCE_DENIES && second->stance == STANCE_AFFIRMS));
    int32_t object = tree_child(a, cue, DEP_OBJ), clause = tree_child(a, cue, DEP_CCOMP);
    bool shared = (object == TOKEN_NONE || object > c) && (clause == TOKEN_NONE || clause > c);
    if (opposite && (shared || (cc != TOKEN_NONE && (tok(a, cc)->feats & FEAT_NEG)))) return c;
  }
  return TOKEN_NONE;
}

/* Takes the content of the cue `c`, or of the contrary one behind it, into the draft, whose cue then reaches to it.  False when there is none. */
static bool take_in(const struct reader *r, struct drafts *drafts, struct draft *d, int32_t c, const struct cue *rows, int32_t second)
{
  struct draft below = *d;
  int32_t preposition = TOKEN_NONE, at = c;
  below.cue = c;
  bool found = cue_fits(r, rows, &below, &preposition) != NULL;
  if (second != TOKEN_NONE) {
    drafts->at[second] = DRAFT_USED;
    below.cue = at = second;
    if (!found) found = cue_fits(r, cue_rows(r, second), &below, &preposition) != NULL;
  }
  if (!found) return false;
  memcpy(d->spans, below.spans, sizeof d->spans);
  d->n_spans = below.n_spans;
  d->content = below.content;
  d->cue_end = (preposition == at + 1 ? preposition : at) + 1;
  return true;
}

/* "would neither confirm nor deny the report" */
bool unsaid_neither(const struct reader *r, struct drafts *drafts, struct draft *d, const struct cue *rows)
{
  int32_t second = contrary(r, d->cue, rows);
  if (second == TOKEN_NONE || !cue_negated(r, d->cue)) return false;
  cue_tokens(r, d->cue, TOKEN_NONE, &d->cue_first, &d->cue_end);
  if (!take_in(r, drafts, d, d->cue, rows, second)) return false;
  d->row = rows;
  d->stance = STANCE_EVADES;
  return true;
}

/* Does the word below `hold` name what is left unsaid? */
static bool is_below(const struct analysis *a, const struct draft *d, const struct cue *hold, int32_t c)
{
  enum deprel l = rel(a, c);
  if (l == DEP_XCOMP || l == DEP_OBJ || (l == DEP_ADVCL && c > d->cue && has_child(a, c, DEP_MARK))) return true; /* "stopped short of condemning" */
  int32_t with = deprel_base(l) == DEP_OBL && c > d->cue ? tree_case(a, c) : TOKEN_NONE; /* "was unavailable for comment" */
  return with != TOKEN_NONE && cue_takes(hold, tok(a, with)->lemma);
}

/* One past an object and the clause that tells what it is: "sidestepped [the question] of whether he knew". */
static int32_t question_end(const struct analysis *a, int32_t cue, int32_t object)
{
  int32_t end = tok(a, object)->right + 1;
  for (int32_t c = tok(a, cue)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling)
    if (rel(a, c) == DEP_ADVCL && tok(a, c)->left == end && tok(a, end)->upos == UPOS_SCONJ && end + 1 < c &&
        (slice_is(tok(a, end + 1)->lemma, "whether") || (tok(a, end + 1)->feats & FEAT_INT)))
      return tok(a, c)->right + 1;
  return end;
}

/* "declined to comment", "avoided a direct denial": the second cue is taken in. */
bool unsaid_held(const struct reader *r, struct drafts *drafts, struct draft *d, const struct cue *hold)
{
  const struct analysis *a = r->a;
  for (int32_t c = hold ? tok(a, d->cue)->first_child : TOKEN_NONE; c != TOKEN_NONE; c = tok(a, c)->next_sibling) {
    const struct cue *inner = is_below(a, d, hold, c) ? cue_rows(r, c) : NULL;
    if (!inner || (inner->stance != STANCE_AFFIRMS && inner->stance != STANCE_DENIES && inner->stance != STANCE_QUESTIONS && inner->stance != STANCE_REPORTS &&
                   inner->stance != STANCE_CONDEMNS))
      continue;
    struct draft below = *d;
    int32_t unused;
    below.cue = c;
    const struct cue *fits = cue_fits(r, inner, &below, &unused);
    if (fits && fits->stance == STANCE_SUPPORTS) continue; /* "refused to accept the ruling" leaves nothing unsaid */
    int32_t second = contrary(r, c, inner);
    d->row = hold;
    const bool open = hold->stance == STANCE_WITHHOLDS && inner->stance == STANCE_DENIES; /* "refused to rule out" */
    d->stance = second != TOKEN_NONE || open || cue_outright(r, c) ? STANCE_EVADES : hold->stance;
    d->extra = inner->where;
    cue_tokens(r, d->cue, TOKEN_NONE, &d->cue_first, &d->cue_end);
    int32_t end = d->cue_end;
    if (!take_in(r, drafts, d, c, inner, second) || rel(a, c) == DEP_OBJ) {
      d->cue_end = end;
      d->n_spans = 0;
      d->content = c;
      draft_tokens(a, d, tok(a, c)->left, question_end(a, d->cue, c));
    }
    drafts->at[c] = DRAFT_USED;
    return true;
  }
  return false;
}

/* "an evasive answer" */
static bool evasive(const struct reader *r, int32_t noun)
{
  for (int32_t c = tok(r->a, noun)->first_child; c != TOKEN_NONE; c = tok(r->a, c)->next_sibling) {
    const struct cue *row = rel(r->a, c) == DEP_AMOD ? cues_find(r->know->cues, tok(r->a, c)->lemma, CUE_ADJECTIVE) : NULL;
    if (row && row->stance == STANCE_EVADES) return true;
  }
  return false;
}

/* "gave no direct answer", "made no comment": what a noun would say is not said. */
bool unsaid_none(const struct reader *r, const struct cue *rows, struct draft *d, int32_t light)
{
  const struct analysis *a = r->a;
  bool evades = light != TOKEN_NONE && evasive(r, d->cue);
  if (light == TOKEN_NONE || !rows || rows->stance != STANCE_AFFIRMS || (!evades && !cue_negated(r, d->cue))) return false;
  d->row = rows;
  d->stance = evades || cue_outright(r, d->cue) ? STANCE_EVADES : STANCE_WITHHOLDS;
  d->content = d->cue;
  cue_tokens(r, light, TOKEN_NONE, &d->cue_first, &d->cue_end);
  draft_tokens(a, d, tok(a, d->cue)->left, tok(a, d->cue)->right + 1);
  return true;
}
