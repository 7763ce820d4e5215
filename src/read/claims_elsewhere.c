/* claims_elsewhere.c: contents that do not hang on their cue.
 *
 *   The group says, and the ministry denies, [that 40 died]    two cues share one clause
 *   [Benin armed them], which Togo denied                      the pronoun stands for the clause before it
 *   He had one demand: [that the guards leave]                 a colon behind the noun, or behind what is said of it
 *   His concern is [that the truce will collapse]              the clause is what the noun is
 *   The mayor was against [the mine]                           a preposition is the cue
 */
#include "read/claims.h"

static const struct token *tok(const struct analysis *a, int32_t t) { return &a->tokens[t]; }
static enum deprel rel(const struct analysis *a, int32_t t) { return (enum deprel)tok(a, t)->deprel; }

/* The clause of the other cue that one is coordinated with, behind both; TOKEN_NONE. */
static int32_t clause_shared(const struct reader *r, int32_t cue)
{
  const struct analysis *a = r->a;
  const int32_t above = rel(a, cue) == DEP_CONJ ? frame_coordinated(a, cue) : TOKEN_NONE;
  int32_t clause = above == TOKEN_NONE || !cue_rows(r, above) ? TOKEN_NONE : tree_child(a, above, DEP_CCOMP);
  if (clause > cue && tok(a, clause)->left > cue) return clause;
  for (int32_t c = tok(a, cue)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling) {
    if (rel(a, c) != DEP_CONJ || c < cue || !cue_rows(r, c) || tok(a, cue + 1)->upos != UPOS_PUNCT) continue;
    clause = tree_child(a, c, DEP_CCOMP);
    if (clause > c && tok(a, clause)->left > c) return clause;
  }
  return TOKEN_NONE;
}

bool elsewhere_shared(const struct reader *r, struct draft *d)
{
  const struct analysis *a = r->a;
  if (tok(a, d->cue)->upos != UPOS_VERB || tree_child(a, d->cue, DEP_OBJ) != TOKEN_NONE || tree_child(a, d->cue, DEP_XCOMP) != TOKEN_NONE) return false;
  const int32_t clause = clause_shared(r, d->cue);
  if (clause == TOKEN_NONE) return false;
  d->content = clause;
  draft_tokens(a, d, tok(a, clause)->left, tok(a, clause)->right + 1);
  return d->n_spans > 0;
}

/* Can the noun itself be said or done: "a charge", "the attack"? */
static bool can_be_told(const struct reader *r, int32_t noun)
{
  const struct slice lemma = tok(r->a, noun)->lemma;
  return cues_find(r->know->cues, lemma, CUE_NOUN) || cues_find(r->know->cues, lemma, CUE_BACK) || rules_at(r->know->rules, TRIGGER_NOUN, lemma);
}

bool elsewhere_which(const struct reader *r, const struct cue *row, struct draft *d)
{
  const struct analysis *a = r->a;
  const int32_t pronoun = tree_child(a, d->cue, DEP_OBJ), first = a->sentences[tok(a, d->cue)->sentence].first;
  const bool relative = rel(a, d->cue) == DEP_ACL_RELCL || rel(a, d->cue) == DEP_ADVCL_RELCL;
  if (!relative || pronoun == TOKEN_NONE || pronoun > d->cue || !(tok(a, pronoun)->feats & FEAT_REL) || !(row->patterns & CUE_THAT)) return false;
  const int32_t noun = tok(a, d->cue)->head;
  if (pronoun <= first + 1 || !slice_is(tok(a, pronoun - 1)->form, ",") || !slice_is(tok(a, pronoun)->lemma, "which")) return false;
  if (rel(a, d->cue) == DEP_ACL_RELCL && tok(a, noun)->upos != UPOS_VERB && can_be_told(r, noun)) return false;
  int32_t clause = noun;
  while (tok(a, clause)->head != TOKEN_NONE && tok(a, clause)->left > first) clause = tok(a, clause)->head;
  d->content = clause;
  draft_tokens(a, d, tok(a, clause)->left, pronoun);
  return d->n_spans > 0;
}

#define CLAUSE_MOST 160 /* tokens looked through */

/* Can no "that" go on this noun as its relative clause: a person, a place, a date, a body? */
static bool takes_no_that(const struct reader *r, int32_t noun)
{
  const struct token *n = tok(r->a, noun);
  if (n->upos == UPOS_PROPN || r->place_at[noun] != ID_NONE || r->date_at[noun] != ID_NONE) return true;
  return n->upos == UPOS_NOUN && (nouns_find(r->know->nouns, n->lemma) || r->entity_at[noun] != ID_NONE);
}

/* "said at a summit in Kazan [that the war would end]", "told the court [that ...]", with the clause hung on the last noun: a clause with "that" in
 * front and a subject of its own behind a noun that takes no such clause. */
bool elsewhere_stray(const struct reader *r, struct draft *d)
{
  const struct analysis *a = r->a;
  int32_t v = d->cue, end = a->sentences[tok(a, v)->sentence].end;
  if (tok(a, v)->upos != UPOS_VERB || tree_child(a, v, DEP_OBJ) != TOKEN_NONE || tree_child(a, v, DEP_XCOMP) != TOKEN_NONE) return false;
  for (int32_t t = v + 1; t < end && t < v + CLAUSE_MOST; t++) {
    if (!slice_is(tok(a, t)->lemma, "that") || tok(a, t)->upos == UPOS_DET) continue;
    int32_t clause = tok(a, t)->head, noun = clause == TOKEN_NONE ? TOKEN_NONE : tok(a, clause)->head;
    if (noun <= v || noun >= t || deprel_base(rel(a, clause)) != DEP_ACL || tok(a, clause)->left != t || !tree_dominates(a, v, noun)) return false;
    int32_t subject = tree_child(a, clause, DEP_NSUBJ);
    if (subject == TOKEN_NONE) subject = tree_child(a, clause, DEP_NSUBJ_PASS);
    if (subject == t || subject == TOKEN_NONE || !takes_no_that(r, noun)) return false;
    d->content = clause;
    draft_tokens(a, d, t, claims_clause_end(r, v, t, tok(a, clause)->right + 1));
    return true;
  }
  return false;
}

/* "[Asked again], he said: [“No comment.”]": a bare participle in front, with the words behind. */
bool elsewhere_asked(const struct analysis *a, int32_t cue, int32_t clause)
{
  if (clause > cue || tok(a, clause)->upos != UPOS_VERB) return false;
  static const enum deprel finite[] = {DEP_NSUBJ, DEP_NSUBJ_PASS, DEP_AUX, DEP_AUX_PASS, DEP_EXPL, DEP_MARK};
  for (size_t i = 0; i < sizeof finite / sizeof *finite; i++)
    if (tree_child(a, clause, finite[i]) != TOKEN_NONE) return false;
  for (int32_t c = tok(a, clause)->next_sibling; c != TOKEN_NONE; c = tok(a, c)->next_sibling)
    if (c > cue && rel(a, c) == DEP_CCOMP) return true;
  return false;
}

/* A noun for words with the verb below it that should be its relative clause: "..., [accusations] the company has dismissed". */
bool elsewhere_noun(const struct reader *r, const struct cue *row, struct draft *d)
{
  const struct analysis *a = r->a;
  const int32_t noun = tok(a, d->cue)->head;
  if (rel(a, d->cue) != DEP_CCOMP || !(row->patterns & CUE_OBJECT) || noun == TOKEN_NONE || noun > d->cue || tok(a, noun)->upos != UPOS_NOUN) return false;
  static const enum deprel others[] = {DEP_OBJ, DEP_CCOMP, DEP_MARK};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (tree_child(a, d->cue, others[i]) != TOKEN_NONE) return false;
  if (!cues_find(r->know->cues, tok(a, noun)->lemma, CUE_BACK) || d->source == noun) return false;
  d->content = noun;
  draft_add(d, tree_mention(a, noun));
  return d->n_spans > 0;
}

/* "says [its neighbour armed the men]" with a verb as the noun's participle: one that has an object of its own is none. */
bool elsewhere_object(const struct reader *r, struct draft *d)
{
  const struct analysis *a = r->a;
  const int32_t object = tree_child(a, d->cue, DEP_OBJ);
  if (object < d->cue || tok(a, d->cue)->upos != UPOS_VERB) return false;
  const int32_t verb = tree_child(a, object, DEP_ACL);
  if (verb == TOKEN_NONE || tok(a, verb)->deprel == DEP_ACL_RELCL || tree_child(a, verb, DEP_OBJ) < verb || !(tok(a, verb)->feats & FEAT_PAST)) return false;
  d->content = verb;
  draft_tokens(a, d, tok(a, object)->left, tok(a, object)->right + 1);
  return d->n_spans > 0;
}

/* Does a mark of quotation stand at the token? */
static bool is_quoted(const struct analysis *a, int32_t t)
{
  const unsigned char c = (unsigned char)tok(a, t)->form.at[0];
  return tok(a, t)->upos == UPOS_PUNCT && (c == '"' || c == '`' || c == '\'' || c >= 0xC2);
}

bool elsewhere_colon(const struct reader *r, struct draft *d)
{
  const struct analysis *a = r->a;
  const int32_t end = a->sentences[tok(a, d->cue)->sentence].end;
  const int32_t predicate = rel(a, d->cue) == DEP_NSUBJ && tok(a, d->cue)->head > d->cue ? tok(a, d->cue)->head : d->cue;
  const int32_t colon = predicate + 1;
  if (colon + 2 >= end || !slice_is(tok(a, colon)->form, ":") || is_quoted(a, colon + 1)) return false;
  bool verb = false;
  for (int32_t t = colon + 1; t < end; t++) verb |= (tok(a, t)->upos == UPOS_VERB || tok(a, t)->upos == UPOS_AUX);
  if (!verb) return false;
  d->content = colon + 1;
  for (int32_t h = d->content; h > colon && h != TOKEN_NONE && h < end; h = tok(a, h)->head) d->content = h;
  draft_tokens(a, d, colon + 1, end);
  return d->n_spans > 0;
}

bool elsewhere_copula(const struct reader *r, struct draft *d)
{
  const struct analysis *a = r->a;
  const int32_t clause = tok(a, d->cue)->head;
  if (rel(a, d->cue) != DEP_NSUBJ_OUTER || clause < d->cue) return false;
  const int32_t mark = tree_child(a, clause, DEP_MARK);
  if (mark == TOKEN_NONE || mark < d->cue) return false;
  d->content = clause;
  draft_tokens(a, d, mark, claims_clause_end(r, d->cue, mark, tok(a, clause)->right + 1));
  return true;
}

bool elsewhere_side(struct reader *r, struct drafts *drafts, int32_t t)
{
  const struct analysis *a = r->a;
  const struct cue *row = tok(a, t)->upos == UPOS_ADP && rel(a, t) == DEP_CASE ? cues_find(r->know->cues, tok(a, t)->lemma, CUE_SIDE) : NULL;
  const int32_t noun = tok(a, t)->head;
  if (!row || noun < t || tree_child(a, noun, DEP_COP) == TOKEN_NONE) return true;
  struct draft d = {.cue = t, .cue_first = t, .cue_end = t + 1, .antecedent = TOKEN_NONE, .content = noun, .within = TOKEN_NONE, .row = row};
  d.source = source_find(r, noun, &d.antecedent);
  if (d.source == TOKEN_NONE || d.source > t || !source_is_agent(r, d.source, d.antecedent)) return true;
  d.stance = cue_negated(r, noun) ? row->negated : row->stance;
  while (d.cue_first > d.source + 1 && tok(a, d.cue_first - 1)->head == noun && tok(a, d.cue_first - 1)->upos != UPOS_PUNCT) d.cue_first--;
  draft_tokens(a, &d, t + 1, tok(a, noun)->right + 1);
  if (d.n_spans == 0 || d.stance == STANCE_COUNT) return true;
  drafts->at[t] = (int32_t)drafts->list.n;
  return vec_push(&drafts->list, r->arena, d);
}

/* The clause with "that" behind the object of a relaying participle: "said, citing a judge, [that the tapes were gone]"; TOKEN_NONE. */
static int32_t clause_relayed(const struct analysis *a, int32_t participle, int32_t object)
{
  for (int32_t c = tok(a, participle)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling) {
    const bool clause = rel(a, c) == DEP_CCOMP || rel(a, c) == DEP_ADVCL;
    int32_t first = tok(a, c)->left;
    while (first < c && tok(a, first)->upos == UPOS_PUNCT) first++;
    if (c > object && clause && slice_is(tok(a, first)->lemma, "that")) return c;
  }
  return TOKEN_NONE;
}

bool elsewhere_relay(struct reader *r, struct drafts *drafts, int32_t t, int32_t verb)
{
  const struct analysis *a = r->a;
  const int32_t object = tree_child(a, t, DEP_OBJ), clause = clause_relayed(a, t, object);
  const struct cue *row = cue_rows(r, verb);
  while (row && !(row->patterns & CUE_QUOTE)) row = cues_next(row);
  if (!row || clause == TOKEN_NONE || drafts->at[verb] != ID_NONE) return true;
  struct draft d = {.cue = verb, .antecedent = TOKEN_NONE, .content = clause, .within = TOKEN_NONE, .row = row, .stance = row->stance,
                    .certainty = row->certainty};
  d.source = source_find(r, verb, &d.antecedent);
  if (d.source == TOKEN_NONE || cue_negated(r, verb)) return true;
  cue_tokens(r, verb, TOKEN_NONE, &d.cue_first, &d.cue_end);
  draft_tokens(a, &d, tok(a, clause)->left, tok(a, clause)->right + 1);
  drafts->at[verb] = (int32_t)drafts->list.n;
  return d.n_spans == 0 || vec_push(&drafts->list, r->arena, d);
}

/* "The banker had fled, ANSA quoted a cousin as saying": what one passes on, the other said. */
bool elsewhere_saying(struct reader *r, struct drafts *drafts, int32_t t)
{
  const struct analysis *a = r->a;
  const int32_t verb = tok(a, t)->head, mark = tree_child(a, t, DEP_MARK);
  int32_t length;
  if (verb == TOKEN_NONE || verb > t || mark == TOKEN_NONE || drafts->at[t] != ID_NONE || drafts->at[verb] < 0) return true;
  const struct cue *row = cue_rows(r, t);
  while (row && !(row->patterns & CUE_QUOTE)) row = cues_next(row);
  const int32_t object = tree_child(a, verb, DEP_OBJ);
  if (!row || object < verb || object > mark || !cues_at(r->know->cues, a, mark, mark + 1, CUE_AROUND, &length)) return true;
  struct draft d = drafts->list.at[drafts->at[verb]];
  if (d.n_spans == 0 || d.spans[d.n_spans - 1].end > tok(a, verb)->span.begin) return true;
  draft_relay(&d, t, row, object, verb);
  cue_tokens(r, t, TOKEN_NONE, &d.cue_first, &d.cue_end);
  drafts->at[t] = (int32_t)drafts->list.n;
  return vec_push(&drafts->list, r->arena, d);
}
