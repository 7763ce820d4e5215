/* status_marks.c: negation and conditions on a clause, and the cues that words are. */
#include "read/status_marks.h"

#define CLIMB 14
#define PHRASE_MOST 130

static const struct status_cue *cue_by_lemma(const struct reader *r, enum status_cue_kind kind, int32_t t)
{
  char room[64];
  const struct status_cue *cue = status_cues_at(r->know->status_cues, kind, events_lemma(r, t, room));
  uint8_t u = r->a->tokens[t].upos;
  size_t next = 0;
  if (u != UPOS_VERB && u != UPOS_NOUN) return cue;
  for (struct slice word; !cue && (word = events_other_lemma(r, t, u == UPOS_VERB ? TRIGGER_VERB : TRIGGER_NOUN, &next, room)).n;)
    cue = status_cues_at(r->know->status_cues, kind, word);
  return cue;
}

static struct slice low_form(const struct reader *r, int32_t t, char room[64])
{
  struct slice form = r->a->tokens[t].form;
  if (form.n > 64) return (struct slice){0};
  for (size_t i = 0; i < form.n; i++) room[i] = form.at[i] >= 'A' && form.at[i] <= 'Z' ? (char)(form.at[i] + 32) : form.at[i];
  return (struct slice){room, form.n};
}

static const struct status_cue *cue_of_pair(const struct reader *r, enum status_cue_kind kind, struct slice first, struct slice second)
{
  char both[PHRASE_MOST];
  if (first.n == 0 || second.n == 0 || first.n + second.n + 1 > sizeof both) return NULL;
  memcpy(both, first.at, first.n);
  both[first.n] = ' ';
  memcpy(both + first.n + 1, second.at, second.n);
  return status_cues_at(r->know->status_cues, kind, (struct slice){both, first.n + 1 + second.n});
}

const struct status_cue *status_word_cue(const struct reader *r, enum status_cue_kind kind, int32_t t)
{
  char first[64], second[64];
  int32_t fixed = tree_child(r->a, t, DEP_FIXED);
  const struct status_cue *cue = fixed == TOKEN_NONE ? NULL : cue_of_pair(r, kind, low_form(r, t, first), low_form(r, fixed, second));
  if (!cue) cue = cue_by_lemma(r, kind, t);
  return cue ? cue : status_cues_at(r->know->status_cues, kind, low_form(r, t, first));
}

/* The second word of a phrase: a particle, adverb or object */
static bool second_word(enum deprel d)
{
  return d == DEP_COMPOUND_PRT || d == DEP_ADVMOD || d == DEP_OBJ || d == DEP_AUX_PASS || d == DEP_COP;
}

const struct status_cue *status_phrase_cue(const struct reader *r, enum status_cue_kind kind, int32_t head)
{
  const struct analysis *a = r->a;
  char verb[64], other[64];
  for (int32_t k = a->tokens[head].first_child; k != TOKEN_NONE; k = a->tokens[k].next_sibling) {
    if (!second_word((enum deprel)a->tokens[k].deprel)) continue;
    struct slice first = events_lemma(r, head, verb), second = events_lemma(r, k, other);
    size_t next = 0;
    for (; first.n; first = events_other_lemma(r, head, TRIGGER_VERB, &next, verb)) {
      const struct status_cue *cue = cue_of_pair(r, kind, first, second);
      if (cue) return cue;
    }
  }
  return cue_by_lemma(r, kind, head);
}

/* The negator that the word is, unless what follows takes its force ("not only"). */
static const struct status_cue *negator(const struct reader *r, int32_t t)
{
  const struct status_cue *cue = status_word_cue(r, STATUS_CUE_NEGATOR, t);
  if (!cue || t + 1 >= r->a->n_tokens) return cue;
  return status_word_cue(r, STATUS_CUE_FOCUS, t + 1) ? NULL : cue;
}

/* "nobody", "no soldiers", "none of", "neither A nor B", "not one minister" */
static const struct status_cue *negative_argument(const struct reader *r, int32_t t)
{
  const struct analysis *a = r->a;
  const struct status_cue *cue = a->tokens[t].upos == UPOS_PRON || a->tokens[t].upos == UPOS_NOUN || a->tokens[t].upos == UPOS_DET ? negator(r, t) : NULL;
  const struct status_cue *not = NULL;
  bool one = false;
  for (int32_t k = a->tokens[t].first_child; k != TOKEN_NONE && !cue; k = a->tokens[k].next_sibling) {
    enum deprel d = (enum deprel)a->tokens[k].deprel;
    if (k < t && (d == DEP_DET || d == DEP_CC_PRECONJ)) cue = negator(r, k);
    if (k < t && d == DEP_ADVMOD) not = negator(r, k);
    if (k < t && (d == DEP_NUMMOD || d == DEP_AMOD) && status_word_cue(r, STATUS_CUE_QUANTIFIER, k)) one = true;
  }
  return cue ? cue : one ? not : NULL;
}

bool status_negated(const struct reader *r, int32_t t, struct trace *trace)
{
  const struct analysis *a = r->a;
  for (int32_t k = a->tokens[t].first_child; k != TOKEN_NONE; k = a->tokens[k].next_sibling) {
    enum deprel exact = (enum deprel)a->tokens[k].deprel, d = deprel_base(exact);
    const struct status_cue *cue = NULL;
    if (d == DEP_ADVMOD || d == DEP_DET || d == DEP_CC || d == DEP_AUX || d == DEP_DISCOURSE) cue = negator(r, k);
    if (!cue && (d == DEP_ADVMOD || d == DEP_AUX) && k < t && a->tokens[k].first_child != TOKEN_NONE)
      cue = negator(r, a->tokens[k].first_child); /* "no longer", "nor has it" */
    if (d == DEP_NSUBJ || d == DEP_OBJ || exact == DEP_OBL_AGENT) cue = negative_argument(r, k);
    if (!cue) continue;
    trace_add(trace, cue->where);
    return true;
  }
  return false;
}

bool status_inverted(const struct reader *r, int32_t clause)
{
  const struct analysis *a = r->a;
  int32_t k = a->tokens[clause].first_child;
  if (k == TOKEN_NONE || k > clause || (a->tokens[k].deprel != DEP_AUX && a->tokens[k].deprel != DEP_COP)) return false;
  enum deprel d = deprel_base((enum deprel)a->tokens[clause].deprel);
  if (d != DEP_ADVCL && d != DEP_CCOMP) return false;
  int32_t subject = tree_child(a, clause, DEP_NSUBJ);
  bool before = subject != TOKEN_NONE ? subject > k : a->tokens[k].deprel == DEP_COP; /* "were Iran to attack": Iran heads the clause */
  char room[64];
  return before && status_cues_at(r->know->status_cues, STATUS_CUE_INVERTED, low_form(r, k, room));
}

/* "in the event of", "on condition that": a condition noun behind its own preposition */
static bool condition_noun(const struct reader *r, int32_t t)
{
  const struct status_cue *cue = status_word_cue(r, STATUS_CUE_CONDITION, t);
  int32_t marker = cue && cue->with.n ? tree_case(r->a, t) : TOKEN_NONE;
  return marker != TOKEN_NONE && slice_eq(r->a->tokens[marker].lemma, cue->with);
}

/* "as long as the siege lasts" */
static bool condition_adverb(const struct reader *r, int32_t t)
{
  const struct status_cue *cue = status_word_cue(r, STATUS_CUE_CONDITION, t);
  return cue && cue->with.n && tree_child(r->a, t, DEP_ADVCL) != TOKEN_NONE && tree_has(r->a, t, DEP_ADVMOD, "as");
}

static bool condition_clause(const struct reader *r, int32_t t)
{
  const struct analysis *a = r->a;
  if (status_inverted(r, t)) return true;
  if (a->tokens[t].upos == UPOS_VERB && tree_child(a, t, DEP_CCOMP) != TOKEN_NONE && tree_child(a, t, DEP_NSUBJ) == TOKEN_NONE) {
    const struct status_cue *cue = status_word_cue(r, STATUS_CUE_CONDITION, t); /* "assuming that", "provided" */
    if (cue && !cue->with.n) return true;
  }
  for (int32_t m = a->tokens[t].first_child; m != TOKEN_NONE && m < t; m = a->tokens[m].next_sibling) {
    if (a->tokens[m].deprel != DEP_MARK && a->tokens[m].deprel != DEP_ADVMOD) continue;
    const struct status_cue *cue = status_word_cue(r, STATUS_CUE_CONDITION, m);
    if (cue && !cue->with.n) return true;
  }
  return false;
}

bool status_conditional(const struct reader *r, int32_t t)
{
  const struct analysis *a = r->a;
  for (int32_t c = a->tokens[t].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    enum deprel d = deprel_base((enum deprel)a->tokens[c].deprel);
    if (d == DEP_ADVCL && condition_clause(r, c)) return true;
    if (d == DEP_CCOMP && status_inverted(r, c)) return true;
    if (d == DEP_OBL && condition_noun(r, c)) return true;
    if (d == DEP_ADVMOD && condition_adverb(r, c)) return true;
    if (d != DEP_OBJ) continue;
    for (int32_t k = a->tokens[c].first_child; k != TOKEN_NONE; k = a->tokens[k].next_sibling) /* "ratify the treaty on condition that" */
      if (a->tokens[k].deprel == DEP_NMOD && condition_noun(r, k)) return true;
  }
  return false;
}

bool status_reported_in_past(const struct reader *r, int32_t t)
{
  const struct analysis *a = r->a;
  for (int step = 0; step < CLIMB && t != TOKEN_NONE; step++, t = a->tokens[t].head) {
    enum deprel d = (enum deprel)a->tokens[t].deprel;
    int32_t head = a->tokens[t].head;
    if (head == TOKEN_NONE) return false;
    if (d == DEP_CCOMP || d == DEP_PARATAXIS) return (a->tokens[head].feats & FEAT_PAST) != 0;
    if (d == DEP_ROOT || d == DEP_ACL_RELCL) return false;
  }
  return false;
}

bool status_perfect(const struct analysis *a, int32_t t) { return tree_has(a, t, DEP_AUX, "have"); }

bool status_indefinite(const struct analysis *a, int32_t t)
{
  for (int32_t k = a->tokens[t].first_child; k != TOKEN_NONE && k < t; k = a->tokens[k].next_sibling) {
    if (a->tokens[k].deprel == DEP_NMOD_POSS) return false;
    if (a->tokens[k].deprel == DEP_DET && (a->tokens[k].feats & (FEAT_DEF | FEAT_DEM))) return false;
  }
  return true;
}
