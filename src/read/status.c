/* status.c: how real an act is, from the tree above it.
 *
 * From the trigger upwards: at each predicate its own marks count (negation, modal, condition); the step to its governor counts when the
 * governor is a cue (plan to, deny, fear of) and decides whether the governor's own marks count too ("began to attack": yes; "said that they
 * attacked": no).  Relative clauses, past adverbial clauses and ordinary reports end the climb.  Of all that was met, the first in the
 * order of the contract's table wins: negated, denied, requested, conditional, planned, possible, actual. */
#include "read/events.h"

#define CLIMB 14
#define LOOK_BACK 96 /* claims that may still hold a place behind their begin */

struct climb {
  const struct reader *r;
  enum event_status worst;
  struct trace *trace;
  bool other_subject; /* the step before came from a conjunct with a subject of its own */
};

static int rank(enum event_status s)
{
  static const int ranks[] = {[EVENT_ACTUAL] = 0,    [EVENT_POSSIBLE] = 1, [EVENT_PLANNED] = 2, [EVENT_CONDITIONAL] = 3,
                              [EVENT_REQUESTED] = 4, [EVENT_DENIED] = 5,   [EVENT_NEGATED] = 6};
  return ranks[s];
}

static void meet(struct climb *c, enum event_status s, struct know_line where)
{
  trace_add(c->trace, where);
  if (rank(s) > rank(c->worst)) c->worst = s;
}

static enum event_status of_effect(enum status_effect e)
{
  switch (e) {
  case EFFECT_PLANNED: return EVENT_PLANNED;
  case EFFECT_POSSIBLE: return EVENT_POSSIBLE;
  case EFFECT_CONDITIONAL: case EFFECT_FUTURE_IN_PAST: return EVENT_CONDITIONAL;
  case EFFECT_REQUESTED: return EVENT_REQUESTED;
  case EFFECT_DENIED: return EVENT_DENIED;
  case EFFECT_NEGATED: return EVENT_NEGATED;
  default: return EVENT_ACTUAL;
  }
}

static const struct status_cue *cue_at(const struct reader *r, enum status_cue_kind kind, int32_t t)
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

/* A cue by lemma, else by form ("n't" has the lemma "not"; modals keep their form) */
static const struct status_cue *word_cue(const struct reader *r, enum status_cue_kind kind, int32_t t)
{
  const struct status_cue *cue = cue_at(r, kind, t);
  return cue ? cue : status_cues_at(r->know->status_cues, kind, r->a->tokens[t].form);
}

static bool has_condition(const struct reader *r, int32_t t)
{
  for (int32_t c = r->a->tokens[t].first_child; c != TOKEN_NONE; c = r->a->tokens[c].next_sibling) {
    if (r->a->tokens[c].deprel != DEP_ADVCL) continue;
    for (int32_t m = r->a->tokens[c].first_child; m != TOKEN_NONE; m = r->a->tokens[m].next_sibling)
      if (word_cue(r, STATUS_CUE_CONDITION, m) && m < c) return true;
  }
  return false;
}

/* Is the clause told in reported speech of the past ("said it would")? */
static bool reported_in_past(const struct reader *r, int32_t t)
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

static bool is_negated(struct climb *c, int32_t t)
{
  const struct analysis *a = c->r->a;
  for (int32_t k = a->tokens[t].first_child; k != TOKEN_NONE; k = a->tokens[k].next_sibling) {
    enum deprel d = deprel_base((enum deprel)a->tokens[k].deprel);
    if (d != DEP_ADVMOD && d != DEP_DET && d != DEP_CC && d != DEP_AUX && d != DEP_DISCOURSE) continue;
    const struct status_cue *cue = word_cue(c->r, STATUS_CUE_NEGATOR, k);
    if (cue) {
      trace_add(c->trace, cue->where);
      return true;
    }
  }
  return false;
}

/* The marks on the predicate itself.  `nominal` acts carry determiners and adjectives, clauses auxiliaries and marks. */
static void own_marks(struct climb *c, int32_t t, bool trigger)
{
  const struct reader *r = c->r;
  const struct analysis *a = r->a;
  bool other = c->other_subject; /* then only what stands before the whole coordination counts: "if A attacks and B strikes back" */
  c->other_subject = false;
  bool conditional = !other && has_condition(r, t);
  bool negated = !other && is_negated(c, t);
  for (int32_t k = a->tokens[t].first_child; k != TOKEN_NONE; k = a->tokens[k].next_sibling) {
    enum deprel d = deprel_base((enum deprel)a->tokens[k].deprel);
    const struct status_cue *cue = NULL;
    if (other && d != DEP_MARK) continue;
    switch (d) {
    case DEP_AUX:
    case DEP_COP:
      cue = word_cue(r, STATUS_CUE_MODAL, k);
      if (!cue) break;
      if (conditional && cue->effect != EFFECT_ACTUAL) meet(c, EVENT_CONDITIONAL, cue->where);
      else if (cue->effect == EFFECT_FUTURE_IN_PAST) meet(c, reported_in_past(r, t) ? EVENT_PLANNED : EVENT_CONDITIONAL, cue->where);
      else meet(c, of_effect(cue->effect), cue->where);
      break;
    case DEP_MARK:
    case DEP_ADVMOD:
      if (k < t && (cue = word_cue(r, STATUS_CUE_CONDITION, k))) meet(c, EVENT_CONDITIONAL, cue->where);
      else if (d == DEP_MARK && (cue = word_cue(r, STATUS_CUE_MARK, k))) meet(c, of_effect(cue->effect), cue->where);
      else if (d == DEP_ADVMOD && (cue = word_cue(r, STATUS_CUE_MODIFIER, k))) meet(c, of_effect(cue->effect), cue->where);
      break;
    case DEP_CASE:
      if (k < t && (cue = word_cue(r, STATUS_CUE_MARK, k))) meet(c, of_effect(cue->effect), cue->where);
      break;
    case DEP_AMOD:
    case DEP_COMPOUND:
    case DEP_DET:
      if (trigger && (cue = word_cue(r, STATUS_CUE_MODIFIER, k))) meet(c, of_effect(cue->effect), cue->where);
      break;
    default:
      break;
    }
  }
  if (negated) meet(c, EVENT_NEGATED, (struct know_line){0});
}

/* Has the clause a subject of its own, so that a negation of the clause before it does not reach it ("A did not sign, and B vetoed")? */
static bool own_subject(const struct analysis *a, int32_t t)
{
  return a->tokens[t].deprel == DEP_CONJ && (tree_child(a, t, DEP_NSUBJ) != TOKEN_NONE || tree_child(a, t, DEP_EXPL) != TOKEN_NONE);
}

static bool has_mark(const struct analysis *a, int32_t t) { return tree_child(a, t, DEP_MARK) != TOKEN_NONE; }

static bool cue_fits(const struct reader *r, const struct status_cue *cue, int32_t t)
{
  const struct analysis *a = r->a;
  if (cue->infinitive) return (a->tokens[t].feats & FEAT_INF) && has_mark(a, t);
  if (cue->with.n == 0) return true;
  for (int32_t k = a->tokens[t].first_child; k != TOKEN_NONE && k < t; k = a->tokens[k].next_sibling)
    if ((a->tokens[k].deprel == DEP_CASE || a->tokens[k].deprel == DEP_MARK) && slice_eq(a->tokens[k].lemma, cue->with)) return true;
  return false;
}

/* The cue of a verb with its particle ("call off"), else of the verb. */
static const struct status_cue *phrasal_cue(const struct reader *r, enum status_cue_kind kind, int32_t head)
{
  int32_t particle = tree_child(r->a, head, DEP_COMPOUND_PRT);
  char verb[64], other[64], both[130];
  if (particle != TOKEN_NONE && r->a->tokens[particle].deprel == DEP_COMPOUND_PRT) {
    struct slice first = events_lemma(r, head, verb), second = events_lemma(r, particle, other);
    size_t next = 0;
    for (; first.n; first = events_other_lemma(r, head, TRIGGER_VERB, &next, verb)) {
      memcpy(both, first.at, first.n);
      both[first.n] = ' ';
      memcpy(both + first.n + 1, second.at ? second.at : "", second.n);
      const struct status_cue *cue = status_cues_at(r->know->status_cues, kind, (struct slice){both, first.n + 1 + second.n});
      if (cue) return cue;
    }
  }
  return cue_at(r, kind, head);
}

/* The cue that the governor is for `t`, or NULL. */
static const struct status_cue *governor_cue(const struct reader *r, int32_t t, int32_t head, enum deprel d)
{
  const struct analysis *a = r->a;
  uint8_t u = a->tokens[head].upos;
  bool subject = d == DEP_NSUBJ || d == DEP_CSUBJ;
  bool beside = (u == UPOS_VERB || u == UPOS_AUX) && (d == DEP_OBL || d == DEP_ADVCL); /* a circumstance, not what is governed: only with its preposition */
  enum status_cue_kind kind = subject                           ? STATUS_CUE_SUBJECT
                              : u == UPOS_VERB || u == UPOS_AUX ? STATUS_CUE_VERB
                              : u == UPOS_ADJ || u == UPOS_ADV  ? STATUS_CUE_ADJ
                                                                : STATUS_CUE_NOUN;
  for (const struct status_cue *cue = phrasal_cue(r, kind, head); cue; cue = cue->next)
    if (cue_fits(r, cue, t) && (cue->with.n || cue->infinitive || !beside)) return cue;
  return NULL;
}

/* A step through a clause that no cue governs: what it is to the clause above. */
static int32_t step_through(struct climb *c, int32_t t, enum deprel d, bool nominal, bool infinitive)
{
  const struct reader *r = c->r;
  const struct analysis *a = r->a;
  int32_t head = a->tokens[t].head;
  const struct status_cue *cue;
  switch (d) {
  case DEP_XCOMP:
    return head;
  case DEP_ADVCL:
    if (infinitive && (cue = cue_at(r, STATUS_CUE_PURPOSE, t)) && (a->tokens[head].feats & FEAT_PAST)) {
      trace_add(c->trace, cue->where);
      return head;
    }
    if (infinitive) {
      meet(c, EVENT_PLANNED, (struct know_line){0});
      return TOKEN_NONE;
    }
    /* "fired to disperse them, killing five": hangs on the purpose in the tree, on the whole in sense */
    if (!has_mark(a, t) && !nominal && !(a->tokens[t].feats & FEAT_FIN) && a->tokens[head].deprel == DEP_ADVCL && (a->tokens[head].feats & FEAT_INF) &&
        t > head && a->tokens[t - 1].upos == UPOS_PUNCT) return a->tokens[head].head;
    return has_mark(a, t) || nominal || (a->tokens[t].feats & FEAT_FIN) ? TOKEN_NONE : head;
  case DEP_ACL:
    if (infinitive) meet(c, EVENT_PLANNED, (struct know_line){0});
    return TOKEN_NONE;
  default:
    return TOKEN_NONE;
  }
}

/* One step up.  Returns the token whose own marks count next, or TOKEN_NONE to end. */
static int32_t step_up(struct climb *c, int32_t t, bool nominal)
{
  const struct reader *r = c->r;
  const struct analysis *a = r->a;
  int32_t head = a->tokens[t].head;
  enum deprel exact = (enum deprel)a->tokens[t].deprel, d = deprel_base(exact);
  bool infinitive = (a->tokens[t].feats & FEAT_INF) && has_mark(a, t);
  if (head == TOKEN_NONE || exact == DEP_ROOT) {
    if (infinitive && tree_child(a, t, DEP_NSUBJ) != TOKEN_NONE) meet(c, EVENT_PLANNED, (struct know_line){0}); /* headline: "Austin to meet Kim" */
    return TOKEN_NONE;
  }
  if (exact == DEP_ACL_RELCL || exact == DEP_ADVCL_RELCL || d == DEP_APPOS || d == DEP_LIST || d == DEP_PARATAXIS || d == DEP_DISLOCATED) return TOKEN_NONE;
  if (d == DEP_CONJ) {
    c->other_subject = own_subject(a, t);
    return head;
  }
  const struct status_cue *cue = governor_cue(r, t, head, exact == DEP_NSUBJ_PASS || exact == DEP_CSUBJ_PASS ? DEP_OBJ : d);
  if (cue && cue->effect == EFFECT_THROUGH) {
    trace_add(c->trace, cue->where);
    return head;
  }
  if (cue) {
    enum event_status s = of_effect(cue->effect);
    if (is_negated(c, head)) s = s == EVENT_NEGATED ? EVENT_ACTUAL : s == EVENT_DENIED ? EVENT_POSSIBLE : s == EVENT_ACTUAL ? EVENT_ACTUAL : EVENT_NEGATED;
    meet(c, s, cue->where);
    return a->tokens[head].upos == UPOS_NOUN ? head : TOKEN_NONE; /* "denied plans for", "no fear of" */
  }
  return step_through(c, t, d, nominal, infinitive);
}

/* A denial covers it whose content holds it. */
static bool claim_denies(const struct reader *r, int32_t t, struct trace *trace)
{
  struct span span = r->a->tokens[t].span;
  size_t low = 0, high = r->claims.n; /* claims stand in the order of their begins: only the last few before the act can hold it */
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (r->claims.at[middle].span.begin <= span.begin) low = middle + 1;
    else high = middle;
  }
  for (size_t i = low; i-- > 0 && low - i <= LOOK_BACK;) {
    const struct claim *claim = &r->claims.at[i];
    if (claim->stance != STANCE_DENIES) continue;
    for (uint32_t k = 0; k < claim->content.n; k++)
      if (span_holds(claim->content.at[k], span)) {
        for (int n = 0; n < TRACE_LINES; n++) trace_add(trace, claim->trace.lines[n]);
        return true;
      }
  }
  return false;
}

static bool is_question(const struct analysis *a, int32_t t)
{
  const struct sentence *s = &a->sentences[a->tokens[t].sentence];
  struct slice last = a->tokens[s->end - 1].form;
  return last.n > 0 && last.at[0] == '?';
}

enum event_status status_of(const struct reader *r, int32_t token, struct trace *trace)
{
  const struct analysis *a = r->a;
  struct climb c = {.r = r, .worst = EVENT_ACTUAL, .trace = trace};
  bool nominal = a->tokens[token].upos == UPOS_NOUN || a->tokens[token].upos == UPOS_PROPN;
  int32_t t = token;
  for (int step = 0; step < CLIMB && t != TOKEN_NONE; step++) {
    own_marks(&c, t, t == token);
    t = step_up(&c, t, nominal && t == token);
  }
  if (c.worst == EVENT_ACTUAL && !nominal && (a->tokens[token].feats & FEAT_IMP) && tree_child(a, token, DEP_NSUBJ) == TOKEN_NONE) c.worst = EVENT_REQUESTED;
  if (rank(c.worst) < rank(EVENT_DENIED) && claim_denies(r, token, trace)) c.worst = EVENT_DENIED;
  if (c.worst == EVENT_ACTUAL && !nominal && is_question(a, token)) c.worst = EVENT_POSSIBLE;
  return c.worst;
}
