/* claims_source.c: the source of a cue, and which bytes are source and cue. */
#include "read/claims.h"
#include <stdio.h>

static const struct token *tok(const struct analysis *a, int32_t t) { return &a->tokens[t]; }

/* A subject that the clause itself has.  Only of an active verb: where the tree takes that for a passive's, it errs; nor is "it" empty beside a verb
 * that somebody must do ("It expects that").
 * Of two in front the nearer: the other is the subject of what the cue interrupts ("Iran, Israel says, has fired"). */
static int32_t own_subject(const struct analysis *a, int32_t cue)
{
  int32_t empty = TOKEN_NONE, nearest = TOKEN_NONE;
  for (int32_t c = tok(a, cue)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling)
    if (tok(a, c)->deprel == DEP_NSUBJ || tok(a, c)->deprel == DEP_NSUBJ_PASS) nearest = nearest == TOKEN_NONE || c < cue ? c : nearest;
    else if (tok(a, c)->deprel == DEP_EXPL && c < cue && slice_is(tok(a, c)->lemma, "it") && tok(a, cue)->upos == UPOS_VERB) empty = c;
  return nearest != TOKEN_NONE ? nearest : empty;
}

static bool can_speak(const struct analysis *a, int32_t t)
{
  uint8_t u = tok(a, t)->upos;
  return u == UPOS_NOUN || u == UPOS_PROPN || u == UPOS_PRON || u == UPOS_X || u == UPOS_ADJ || u == UPOS_DET || u == UPOS_NUM || u == UPOS_SYM;
}

/* "..., two diplomats said" with the diplomats hung on the verb of what they said, as a second subject. */
static int32_t subject_parted(const struct analysis *a, int32_t cue)
{
  int32_t h = tok(a, cue)->head, clause = tree_child(a, cue, DEP_CCOMP), begin = cue;
  if (tok(a, cue)->deprel != DEP_PARATAXIS) h = clause < cue && (tok(a, cue)->feats & FEAT_FIN) ? clause : TOKEN_NONE;
  if (h == TOKEN_NONE || h > cue || tree_child(a, h, DEP_NSUBJ) > h) return TOKEN_NONE;
  while (begin > h && tok(a, begin - 1)->head == cue && (tok(a, begin - 1)->upos == UPOS_AUX || tok(a, begin - 1)->upos == UPOS_ADV)) begin--;
  for (int32_t c = tok(a, h)->first_child; c != TOKEN_NONE && c < cue; c = tok(a, c)->next_sibling)
    if (c > h && deprel_base((enum deprel)tok(a, c)->deprel) == DEP_NSUBJ && tok(a, c)->right + 1 == begin) return c;
  return TOKEN_NONE;
}

/* "As Ana Li put it": a finite verb's subject that the tree takes for a phrase with "as". */
static int32_t subject_as(const struct reader *r, int32_t cue)
{
  const struct analysis *a = r->a;
  int32_t length;
  if (tok(a, cue)->upos != UPOS_VERB || !(tok(a, cue)->feats & FEAT_FIN)) return TOKEN_NONE;
  for (int32_t c = tok(a, cue)->first_child; c != TOKEN_NONE && c < cue; c = tok(a, c)->next_sibling) {
    int32_t as = deprel_base((enum deprel)tok(a, c)->deprel) == DEP_OBL ? tree_case(a, c) : TOKEN_NONE;
    if (as != TOKEN_NONE && cues_at(r->know->cues, a, as, as + 1, CUE_AROUND, &length)) return c;
  }
  return TOKEN_NONE;
}

/* The subject of a finite verb that the tree does not take for one: "In June [Fiji] threatened" as a circumstance, "..., said [an aide], speaking ..." as the
 * object. */
static int32_t subject_misnamed(const struct reader *r, int32_t cue)
{
  const struct analysis *a = r->a;
  if (tok(a, cue)->upos != UPOS_VERB || !(tok(a, cue)->feats & FEAT_FIN)) return TOKEN_NONE;
  const int32_t clause = tree_child(a, cue, DEP_CCOMP), object = tree_child(a, cue, DEP_OBJ);
  const bool says = clause != TOKEN_NONE && clause < cue && object > cue && tok(a, object)->left == cue + 1;
  if (says && tree_case(a, object) == TOKEN_NONE && source_is_agent(r, object, TOKEN_NONE)) return object;
  for (int32_t c = tok(a, cue)->first_child; c != TOKEN_NONE && c < cue; c = tok(a, c)->next_sibling)
    if (deprel_base((enum deprel)tok(a, c)->deprel) == DEP_OBL && tok(a, c)->right == cue - 1 && tree_case(a, c) == TOKEN_NONE &&
        tok(a, c)->upos == UPOS_PROPN && r->date_at[c] == ID_NONE && r->entity_at[c] != ID_NONE)
      return c;
  return TOKEN_NONE;
}

/* A noun's own source: "Singh's statement", "a statement by Singh", "criticism from Kyiv". */
static int32_t noun_source(const struct analysis *a, int32_t noun, const struct frame *f)
{
  int32_t owner = tree_child(a, noun, DEP_NMOD_POSS);
  if (owner != TOKEN_NONE) return owner;
  owner = tok(a, noun)->head == TOKEN_NONE ? tree_child(a, noun, DEP_COMPOUND) : TOKEN_NONE;
  /* "Human Rights Watch reports that": a verb read as a noun */
  bool name = owner != TOKEN_NONE && (tok(a, owner)->upos == UPOS_PROPN || tok(a, owner)->name != NAME_NONE || tok(a, owner)->form.at[0] < 'a');
  if (name && owner == noun - 1) return owner;
  owner = tree_child(a, noun, DEP_NSUBJ);
  if (owner != TOKEN_NONE && owner < noun) return owner;
  int32_t by = frame_argument(a, f, ROLE_SUBJECT, NULL);
  if (by != TOKEN_NONE && by != noun && tree_dominates(a, noun, by)) return by;
  return frame_argument(a, f, ROLE_OBLIQUE, "from");
}

int32_t source_find(const struct reader *r, int32_t cue, int32_t *antecedent)
{
  const struct analysis *a = r->a;
  struct frame f;
  frame_of(a, cue, &f);
  *antecedent = TOKEN_NONE;
  if (tok(a, cue)->upos == UPOS_NOUN && tree_child(a, cue, DEP_COP) == TOKEN_NONE) return noun_source(a, cue, &f);
  int32_t own = f.passive ? TOKEN_NONE : own_subject(a, cue), meant = frame_argument(a, &f, ROLE_SUBJECT, NULL);
  const struct token *v = tok(a, cue);
  bool participle = v->upos == UPOS_VERB && (v->feats & FEAT_PASS) && tree_child(a, cue, DEP_AUX) == TOKEN_NONE;
  if (participle && own == TOKEN_NONE && meant != TOKEN_NONE && tree_case(a, meant) == TOKEN_NONE) return TOKEN_NONE; /* "Asked why, he left" */
  if (own == TOKEN_NONE) own = subject_parted(a, cue);
  if (own == TOKEN_NONE) own = meant;
  if (own == TOKEN_NONE) own = subject_as(r, cue);
  if (own == TOKEN_NONE) own = subject_misnamed(r, cue);
  if (own == TOKEN_NONE || !can_speak(a, own)) return TOKEN_NONE;
  if (tok(a, own)->feats & FEAT_REL) { /* "who": stands for the noun that the clause hangs on */
    int32_t clause = cue;
    for (int up = 0; up < 6 && clause != TOKEN_NONE && tok(a, clause)->deprel != DEP_ACL_RELCL; up++) clause = tok(a, clause)->head;
    if (clause != TOKEN_NONE) *antecedent = tok(a, clause)->head;
  }
  return own;
}

int32_t source_name(const struct analysis *a, int32_t source)
{
  int32_t first, end;
  tree_mention_tokens(a, source, &first, &end);
  if (end >= a->sentences[tok(a, source)->sentence].end) return TOKEN_NONE;
  for (int32_t c = tok(a, source)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling)
    if (c >= end && tok(a, c)->left == end && tok(a, c)->upos == UPOS_PROPN && tree_case(a, c) == TOKEN_NONE && tok(a, c)->deprel != DEP_CONJ) return c;
  return TOKEN_NONE;
}

#define SOURCE_MOST 48 /* tokens of a source */

/* Is this child part of who its noun is: an apposition, a relative clause, "of" and what stands behind it, a second name? */
static bool is_part(const struct analysis *a, int32_t c)
{
  switch (deprel_base((enum deprel)tok(a, c)->deprel)) {
  case DEP_NMOD: case DEP_APPOS: case DEP_ACL: case DEP_CONJ: case DEP_FLAT: case DEP_NUMMOD: case DEP_AMOD: case DEP_LIST: case DEP_COMPOUND:
    return true;
  default:
    return false;
  }
}

/* One past what belongs to the phrase of `source` behind its mention, which ends at `end`; at most up to `limit`. */
static int32_t phrase_end(const struct reader *r, int32_t source, int32_t end, int32_t limit)
{
  const struct analysis *a = r->a;
  for (int32_t c = tok(a, source)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling) {
    if (c < end || tok(a, c)->left < end || tok(a, c)->upos == UPOS_PUNCT) continue;
    int32_t from = tok(a, c)->left, to = tok(a, c)->right + 1;
    while (from > end && tok(a, from - 1)->upos == UPOS_PUNCT) from--;
    bool possessive = tok(a, c)->deprel == DEP_CASE && tok(a, source)->deprel == DEP_NMOD_POSS;
    int32_t with = r->date_at[c] != ID_NONE && deprel_base((enum deprel)tok(a, c)->deprel) == DEP_NMOD ? tree_case(a, c) : TOKEN_NONE;
    bool date = with != TOKEN_NONE && !slice_is(tok(a, with)->lemma, "of"); /* "the ministry on Monday said", not "the report of May" */
    bool relays = deprel_base((enum deprel)tok(a, c)->deprel) == DEP_ACL && cues_find(r->know->cues, tok(a, c)->lemma, CUE_RELAY); /* ", citing officials," */
    if (from > end || to > limit || date || relays || !(is_part(a, c) || possessive)) break;
    end = to;
  }
  return end;
}

static bool bracket_open(const struct analysis *a, int32_t first, int32_t end)
{
  int open = 0;
  for (int32_t t = first; t < end; t++) open += slice_is(tok(a, t)->form, "(") - slice_is(tok(a, t)->form, ")");
  return open > 0;
}

/* One past the date that a source begins with, drawn in by the tree: "Late Friday the mayor", no part of who it is ("the 2019 report"). */
static int32_t behind_date(const struct reader *r, int32_t first, int32_t source)
{
  const struct analysis *a = r->a;
  int32_t t = first;
  if (tok(a, source)->upos == UPOS_PRON) return first;
  while (t < source && (r->date_at[t] != ID_NONE || (t == first && tok(a, t)->upos == UPOS_ADP))) t++;
  bool dated = t > first && t < source && r->date_at[t - 1] != ID_NONE;
  return dated && (tok(a, t)->upos == UPOS_DET || tok(a, t)->upos == UPOS_PROPN || tok(a, t)->upos == UPOS_PUNCT) ? t : first;
}

struct span source_span(const struct reader *r, int32_t source, int32_t cue_first)
{
  const struct analysis *a = r->a;
  int32_t first, end, from, to, name = source_name(a, source), sentence_end = a->sentences[tok(a, source)->sentence].end;
  tree_mention_tokens(a, source, &first, &end);
  first = behind_date(r, first, source);
  while (first < source && tok(a, first)->upos == UPOS_PUNCT) first++;
  int32_t limit = source < cue_first && cue_first < sentence_end ? cue_first : sentence_end;
  if (limit > first + SOURCE_MOST) limit = first + SOURCE_MOST;
  if (name >= limit) name = TOKEN_NONE;
  if (end > limit && limit > source) end = limit;
  if (name != TOKEN_NONE) { /* "health minister Ana Li" */
    tree_mention_tokens(a, name, &from, &to);
    if (to > end) end = to;
    end = phrase_end(r, name, end, limit);
  } else if (tok(a, source)->upos == UPOS_NOUN)
    while (end < limit && tok(a, end)->name == NAME_PERSON && (end == source + 1 || tok(a, end - 1)->name == NAME_PERSON)) end++; /* the same, wrongly parted */
  if (tok(a, source)->upos != UPOS_PRON || (tok(a, source)->feats & FEAT_POSS) == 0) end = phrase_end(r, source, end, limit);
  while (end > first + 1 && tok(a, end - 1)->upos == UPOS_PUNCT) end--;
  if (end < limit && slice_is(tok(a, end)->form, ")") && bracket_open(a, first, end)) end++; /* "Rep. Ana Li (D-Wis.)" */
  return tree_span(a, first, end);
}

bool source_is_agent(const struct reader *r, int32_t t, int32_t antecedent)
{
  const struct token *k = tok(r->a, antecedent != TOKEN_NONE ? antecedent : t);
  if (k->upos == UPOS_PRON) return !(k->feats & (FEAT_DEM | FEAT_REL | FEAT_INT));
  if (k->upos == UPOS_PROPN || k->name != NAME_NONE || k->upos != UPOS_NOUN) return true;
  if (nouns_find(r->know->nouns, k->lemma) || numbers_person(r->know->numbers, k->lemma)) return true;
  if (cues_find(r->know->cues, k->lemma, CUE_VOICE)) return true;
  return r->entity_at[t] != ID_NONE && r->entities.at[r->entity_at[t]].kind != KIND_OTHER;
}

bool source_speaks(const struct reader *r, int32_t t)
{
  const struct token *k = tok(r->a, t);
  if (r->place_at[t] != ID_NONE || r->date_at[t] != ID_NONE) return false;
  return k->upos == UPOS_PROPN || k->name == NAME_PERSON || (k->upos == UPOS_NOUN && nouns_find(r->know->nouns, k->lemma));
}

#define NAMELESS_REACH 40 /* tokens behind a source */

/* "who asked not to be named", "speaking on condition of anonymity" */
static bool is_nameless(const struct reader *r, int32_t source)
{
  const struct analysis *a = r->a;
  int32_t length, end = a->sentences[tok(a, source)->sentence].end;
  for (int32_t t = source + 1; t < end && t < source + NAMELESS_REACH; t++)
    if (cues_at(r->know->cues, a, t, end, CUE_NAMELESS, &length)) return true;
  return false;
}

enum source_kind source_kind(const struct reader *r, int32_t source, int32_t entity)
{
  const struct token *t = tok(r->a, source);
  if (t->upos == UPOS_PRON) return SOURCE_PRONOUN;
  if (t->upos == UPOS_PROPN || t->name != NAME_NONE) return SOURCE_NAMED;
  const struct noun *noun = nouns_find(r->know->nouns, t->lemma);
  if (noun && (noun->flags & NOUN_DOCUMENT)) return SOURCE_DOCUMENT;
  if (entity != ID_NONE && (t->feats & FEAT_SING)) { /* "the spokesperson" of somebody named before */
    const struct entity *e = &r->entities.at[entity];
    bool named = e->kind != KIND_GROUP && e->first_token != source && tok(r->a, e->first_token)->upos == UPOS_PROPN;
    int32_t det = tree_child(r->a, source, DEP_DET);
    if (named && (det == TOKEN_NONE || (tok(r->a, det)->feats & FEAT_DEF))) return SOURCE_ROLE;
  }
  if ((noun && (noun->flags & NOUN_EXPERT)) || tree_child(r->a, source, DEP_NUMMOD) != TOKEN_NONE || is_nameless(r, source)) return SOURCE_UNNAMED;
  bool office = noun && (noun->flags & (NOUN_OFFICE | NOUN_PERSON | NOUN_BODY | NOUN_SPOKES));
  int32_t det = tree_child(r->a, source, DEP_DET);
  bool indefinite = det != TOKEN_NONE && !(r->a->tokens[det].feats & FEAT_DEF);
  return office && (t->feats & FEAT_SING) && !indefinite ? SOURCE_ROLE : SOURCE_UNNAMED;
}

/* The first token of what hangs on the verb in front and touches it: auxiliaries, adverbs. */
static int32_t group_begin(const struct analysis *a, int32_t verb, int32_t first)
{
  for (; first > 0; first--) {
    int32_t t = first - 1;
    enum deprel d = deprel_base((enum deprel)tok(a, t)->deprel);
    const bool in = d == DEP_CASE && tree_child(a, verb, DEP_COP) != TOKEN_NONE; /* "was in favour of" */
    if (tok(a, t)->head != verb || !(d == DEP_AUX || d == DEP_ADVMOD || d == DEP_COP || in) || tok(a, t)->sentence != tok(a, verb)->sentence) break;
  }
  return first;
}

/* "went on to say", "is trying to show": the verb that the infinitive hangs on, when nothing but its adverbs and particles stand between. */
static int32_t verb_above(const struct reader *r, int32_t verb, int32_t to)
{
  const struct analysis *a = r->a;
  int32_t above = tok(a, verb)->head;
  if (deprel_base((enum deprel)tok(a, verb)->deprel) != DEP_XCOMP || above == TOKEN_NONE || above >= to || to - above > 3) return TOKEN_NONE;
  for (int32_t t = above + 1; t < to; t++)
    if (tok(a, t)->head != above || !(tok(a, t)->upos == UPOS_ADV || tok(a, t)->upos == UPOS_ADP)) return TOKEN_NONE;
  uint8_t u = tok(a, above)->upos;
  return (u == UPOS_VERB || u == UPOS_ADJ) && !cue_rows(r, above) ? above : TOKEN_NONE;
}

void cue_tokens(const struct reader *r, int32_t cue, int32_t preposition, int32_t *first, int32_t *end)
{
  const struct analysis *a = r->a;
  *first = group_begin(a, cue, cue);
  *end = cue + 1;
  for (int32_t verb = cue, step = 0; step < 3; step++) {
    int32_t to = *first - 1, above = to >= 0 && tok(a, to)->head == verb && tok(a, to)->upos == UPOS_PART ? verb_above(r, verb, to) : TOKEN_NONE;
    if (above == TOKEN_NONE) break;
    *first = group_begin(a, above, above);
    verb = above;
  }
  int32_t particle = tree_child(a, cue, DEP_COMPOUND_PRT);
  if (particle == *end) *end = particle + 1;
  bool object_between = preposition == *end + 1 && tok(a, *end)->head == cue; /* "claimed responsibility for" */
  if (preposition == *end || object_between) *end = preposition + 1;
}

/* Is nobody of whom the subject speaks its doer: "no official", "neither side", "neither X nor Y"? */
static bool subject_negates(const struct analysis *a, int32_t subject)
{
  if (tok(a, subject)->feats & FEAT_PRON_NEG) return true;
  for (int32_t c = tok(a, subject)->first_child; c != TOKEN_NONE && c < subject; c = tok(a, c)->next_sibling) {
    enum deprel d = deprel_base((enum deprel)tok(a, c)->deprel);
    if ((d == DEP_DET || d == DEP_CC || d == DEP_CC_PRECONJ) && (tok(a, c)->feats & (FEAT_PRON_NEG | FEAT_NEG))) return true;
  }
  return false;
}

bool cue_nobody(const struct reader *r, int32_t cue)
{
  int32_t subject = tree_child(r->a, cue, DEP_NSUBJ);
  return subject != TOKEN_NONE && subject_negates(r->a, subject);
}

bool cue_negated(const struct reader *r, int32_t cue)
{
  const struct analysis *a = r->a;
  int32_t length;
  for (int32_t c = tok(a, cue)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling) {
    enum deprel d = deprel_base((enum deprel)tok(a, c)->deprel);
    bool negates = d == DEP_ADVMOD || d == DEP_DET || d == DEP_CC || (d == DEP_CC_PRECONJ && slice_is(tok(a, c)->lemma, "neither"));
    if (negates && (d == DEP_CC_PRECONJ || (tok(a, c)->feats & (FEAT_NEG | FEAT_PRON_NEG)))) return true;
    if (d == DEP_NSUBJ && subject_negates(a, c)) return true;
    if (d == DEP_ADVMOD && cues_at(r->know->cues, a, tok(a, c)->left, c + 1, CUE_NOT, &length)) return true; /* "no longer" */
  }
  return false;
}

/* The rows of a verb of this class with its particle or another word of its own ("point out", "stop short"), else NULL. */
static const struct cue *rows_with(const struct reader *r, int32_t token, enum cue_class class)
{
  const struct analysis *a = r->a;
  struct slice own = tok(a, token)->lemma;
  for (int32_t c = tok(a, token)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling) {
    char both[PHRASE_BYTES];
    enum deprel d = (enum deprel)tok(a, c)->deprel;
    int32_t aside = d == DEP_OBJ && c > token ? tree_case(a, c) : TOKEN_NONE; /* "brushed [aside questions]" */
    if ((d != DEP_COMPOUND_PRT && d != DEP_ADVMOD && d != DEP_OBJ && d != DEP_XCOMP) || c < token) continue;
    const char *between = d != DEP_XCOMP || tree_child(a, c, DEP_MARK) == TOKEN_NONE ? " " : tree_child(a, c, DEP_AUX_PASS) != TOKEN_NONE ? " to be " : " to ";
    int n = snprintf(both, sizeof both, "%.*s%s%.*s", SLICE_ARG(own), between, SLICE_ARG(tok(a, c)->lemma));
    if (n < 0 || (size_t)n >= sizeof both) continue;
    const struct cue *row = cues_find(r->know->cues, (struct slice){both, (size_t)n}, class);
    if (row) return row;
    n = aside == token + 1 ? snprintf(both, sizeof both, "%.*s %.*s", SLICE_ARG(own), SLICE_ARG(tok(a, aside)->lemma)) : -1;
    row = n < 0 || (size_t)n >= sizeof both ? NULL : cues_find(r->know->cues, (struct slice){both, (size_t)n}, class);
    if (row) return row;
  }
  return NULL;
}

bool cue_has_word(const struct reader *r, int32_t token) { return rows_with(r, token, CUE_VERB) != NULL; }

const struct cue *cue_rows(const struct reader *r, int32_t token)
{
  const struct token *t = tok(r->a, token);
  const struct cues *cues = r->know->cues;
  if (t->upos == UPOS_NOUN) return cues_find(cues, t->lemma, CUE_NOUN);
  if (t->upos == UPOS_ADJ) return cues_find(cues, t->lemma, CUE_ADJECTIVE);
  if (t->upos != UPOS_VERB) return NULL;
  const struct cue *row = rows_with(r, token, CUE_VERB);
  if (row || tree_child(r->a, token, DEP_COMPOUND_PRT) != TOKEN_NONE) return row; /* "call off" is not "call" */
  return cues_find(cues, t->lemma, CUE_VERB);
}

const struct cue *cue_holds(const struct reader *r, int32_t token)
{
  if (tok(r->a, token)->upos == UPOS_ADJ) return cues_find(r->know->cues, tok(r->a, token)->lemma, CUE_HOLD);
  if (tok(r->a, token)->upos != UPOS_VERB) return NULL;
  const struct cue *row = rows_with(r, token, CUE_HOLD);
  return row ? row : cues_find(r->know->cues, tok(r->a, token)->lemma, CUE_HOLD);
}

const struct cue *cue_mute(const struct reader *r, int32_t token)
{
  const struct token *t = tok(r->a, token);
  char both[PHRASE_BYTES];
  if (t->upos == UPOS_ADJ) return cues_find(r->know->cues, t->lemma, CUE_MUTE);
  if (t->upos != UPOS_VERB) return NULL;
  if (tree_child(r->a, token, DEP_AUX_PASS) == TOKEN_NONE) return rows_with(r, token, CUE_MUTE);
  int n = snprintf(both, sizeof both, "be %.*s", SLICE_ARG(t->lemma));
  return n < 0 || (size_t)n >= sizeof both ? NULL : cues_find(r->know->cues, (struct slice){both, (size_t)n}, CUE_MUTE);
}

const struct cue *cue_turns(const struct reader *r, int32_t token)
{
  if (tok(r->a, token)->upos != UPOS_VERB) return NULL;
  const struct cue *row = rows_with(r, token, CUE_TURN);
  return row || tree_child(r->a, token, DEP_COMPOUND_PRT) != TOKEN_NONE ? row : cues_find(r->know->cues, tok(r->a, token)->lemma, CUE_TURN);
}

/* "..., the group said, [while the ministry put it at 30]": what another says meanwhile, though the tree hangs it on the first cue. */
bool claim_of_another(const struct reader *r, int32_t cue, int32_t clause)
{
  const struct analysis *a = r->a;
  const int32_t mark = clause > cue ? tree_child(a, clause, DEP_MARK) : TOKEN_NONE;
  if (mark <= cue + 1 || tok(a, cue)->deprel != DEP_PARATAXIS || tok(a, mark - 1)->upos != UPOS_PUNCT) return false;
  return rule_class_word(rules_class(r->know->rules, "same-time"), tok(a, mark)->lemma);
}

const struct cue *count_of_owner(const struct reader *r, int32_t preposition, int32_t *owner, int32_t *length)
{
  const struct analysis *a = r->a;
  const int32_t noun = tok(a, preposition)->head;
  if (tok(a, preposition)->deprel != DEP_CASE || noun < preposition || tok(a, noun)->upos != UPOS_NOUN || tok(a, noun)->deprel != DEP_OBL) return NULL;
  *owner = tree_child(a, noun, DEP_NMOD_POSS);
  *length = 1;
  if (*owner == TOKEN_NONE || !source_is_agent(r, *owner, TOKEN_NONE)) return NULL;
  for (const struct cue *row = cues_find(r->know->cues, tok(a, noun)->lemma, CUE_NOUN); row; row = cues_next(row))
    if (row->class == CUE_NOUN && (row->patterns & CUE_NUMBER) && cue_takes(row, tok(a, preposition)->lemma)) return row;
  return NULL;
}
