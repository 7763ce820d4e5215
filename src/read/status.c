/* status.c: how real an act is, from the tree above it.
 *
 * From the trigger upwards: at each predicate its own marks count (negation, modal, condition); the step to its governor counts when the
 * governor is a cue (plan to, deny, fear of), and most cues let what stands above them count too ("refused to agree to send").  A cue that
 * turns its act into its contrary (prevent, fail to, deny) first asks how real it is itself: "failed to prevent the attack".  Relative clauses,
 * past adverbial clauses and ordinary reports end the climb.  Of all that was met, the first in the order of the contract's table wins: negated,
 * denied, requested, conditional, planned, possible, actual. */
#include "read/status_marks.h"

#define CLIMB 14
#define DEPTH 3      /* cues that turn the act within each other */
#define LOOK_BACK 96 /* claims that may still hold a place behind their begin */

struct climb {
  const struct reader *r;
  enum event_status worst;
  enum event_status will; /* what "will" and "would" alone make of it: nothing where somebody only fears or guesses so */
  struct trace *trace;
  int depth;
  int32_t from;       /* where the climb began */
  bool other_subject; /* the step before came from a conjunct with a subject of its own */
  bool condition;     /* on something that was climbed hangs a condition */
  bool doubt, fact;
  bool asked;         /* "whether": what governs the question says nothing of the act */
  bool negator;       /* negated by a word, not by a verb that means it */
  bool modal;
};

static enum event_status status_above(const struct reader *r, int32_t t, int depth, struct trace *trace);

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

static void meet_will(struct climb *c, enum event_status s, struct know_line where)
{
  trace_add(c->trace, where);
  if (rank(s) > rank(c->will)) c->will = s;
}

static enum event_status of_effect(enum status_effect e)
{
  switch (e) {
  case EFFECT_PLANNED: return EVENT_PLANNED;
  case EFFECT_POSSIBLE: case EFFECT_DOUBT: return EVENT_POSSIBLE;
  case EFFECT_CONDITIONAL: case EFFECT_FUTURE_IN_PAST: case EFFECT_TIME: return EVENT_CONDITIONAL;
  case EFFECT_REQUESTED: return EVENT_REQUESTED;
  case EFFECT_DENIED: return EVENT_DENIED;
  case EFFECT_NEGATED: case EFFECT_EXCLUDED: return EVENT_NEGATED;
  default: return EVENT_ACTUAL;
  }
}

static void modal_mark(struct climb *c, int32_t t, const struct status_cue *cue, bool conditional)
{
  const struct reader *r = c->r;
  bool perfect = (r->a->tokens[t].feats & FEAT_PART) && status_perfect(r->a, t);
  c->modal = true;
  if (perfect && (cue->effect == EFFECT_FUTURE_IN_PAST || cue->effect == EFFECT_REQUESTED)) meet(c, EVENT_NEGATED, cue->where); /* "would have attacked" */
  else if (conditional && cue->effect != EFFECT_ACTUAL) meet(c, EVENT_CONDITIONAL, cue->where);
  else if (cue->effect == EFFECT_FUTURE_IN_PAST) meet_will(c, status_reported_in_past(r, t) ? EVENT_PLANNED : EVENT_CONDITIONAL, cue->where);
  else if (cue->effect == EFFECT_PLANNED) meet_will(c, EVENT_PLANNED, cue->where);
  else meet(c, of_effect(cue->effect), cue->where);
}

/* A condition's word on the clause itself: "if" before what somebody says or asks means "whether". */
static void condition_mark(struct climb *c, int32_t t, const struct status_cue *cue)
{
  const struct token *token = &c->r->a->tokens[t];
  bool past = (token->feats & FEAT_PAST) && (token->feats & FEAT_FIN);
  if (cue->effect == EFFECT_TIME && past && !status_reported_in_past(c->r, t)) return;
  if (token->deprel != DEP_CCOMP || cue->effect == EFFECT_TIME) meet(c, EVENT_CONDITIONAL, cue->where);
  else {
    c->doubt = c->asked = true;
    meet(c, EVENT_POSSIBLE, cue->where);
  }
}

/* Is the clause itself a condition: "if he agrees", "should he agree"? */
static bool hypothetical(const struct reader *r, int32_t t)
{
  const struct analysis *a = r->a;
  if (status_inverted(r, t)) return true;
  for (int32_t k = a->tokens[t].first_child; k != TOKEN_NONE && k < t; k = a->tokens[k].next_sibling) {
    const struct status_cue *cue = a->tokens[k].deprel == DEP_MARK ? status_word_cue(r, STATUS_CUE_CONDITION, k) : NULL;
    if (cue && !cue->with.n) return true;
  }
  return false;
}

/* "may act without asking", "cannot act without asking": nobody acted, so that it stays open whether anybody will ask. */
static bool only_possible(const struct reader *r, int32_t t)
{
  const struct analysis *a = r->a;
  const int32_t head = a->tokens[t].deprel == DEP_ADVCL ? a->tokens[t].head : TOKEN_NONE;
  for (int32_t k = head == TOKEN_NONE ? TOKEN_NONE : a->tokens[head].first_child; k != TOKEN_NONE && k < head; k = a->tokens[k].next_sibling) {
    const struct status_cue *cue = a->tokens[k].deprel == DEP_AUX ? status_word_cue(r, STATUS_CUE_MODAL, k) : NULL;
    if (cue && (cue->effect == EFFECT_POSSIBLE || cue->effect == EFFECT_REQUESTED)) return true;
  }
  return false;
}

/* A mark or adverb of the clause: a condition, "without", "allegedly" */
static void clause_mark(struct climb *c, int32_t t, int32_t k, bool adverb)
{
  const struct reader *r = c->r;
  const struct status_cue *cue = k < t ? status_word_cue(r, STATUS_CUE_CONDITION, k) : NULL;
  if (cue && !cue->with.n && !(adverb && cue->effect == EFFECT_TIME)) { /* "was *once* jailed" sets no time */
    condition_mark(c, t, cue);
    return;
  }
  cue = status_word_cue(r, adverb ? STATUS_CUE_MODIFIER : STATUS_CUE_MARK, k);
  if (!cue) return;
  if (cue->effect == EFFECT_NEGATED && !adverb && only_possible(r, t)) {
    meet(c, EVENT_POSSIBLE, cue->where);
    return;
  }
  if (!adverb && cue->effect == EFFECT_DOUBT) c->doubt = c->asked = true;
  meet(c, of_effect(cue->effect), cue->where);
}

/* The marks on the predicate itself.  Nominal acts carry determiners and adjectives, clauses auxiliaries and marks. */
static void own_marks(struct climb *c, int32_t t, bool trigger)
{
  const struct reader *r = c->r;
  const struct analysis *a = r->a;
  bool other = c->other_subject; /* then only what stands before the whole coordination counts: "if A attacks and B strikes back" */
  c->other_subject = false;
  bool conditional = !other && status_conditional(r, t);
  bool negated = !other && status_negated(r, t, c->trace);
  c->condition |= conditional;
  for (int32_t k = a->tokens[t].first_child; k != TOKEN_NONE; k = a->tokens[k].next_sibling) {
    enum deprel d = deprel_base((enum deprel)a->tokens[k].deprel);
    const struct status_cue *cue = NULL;
    if (other && d != DEP_MARK) continue;
    switch (d) {
    case DEP_AUX:
    case DEP_COP:
      if ((cue = status_word_cue(r, STATUS_CUE_MODAL, k)) && !status_inverted(r, t)) modal_mark(c, t, cue, conditional);
      break;
    case DEP_MARK:
    case DEP_ADVMOD:
      clause_mark(c, t, k, d == DEP_ADVMOD);
      break;
    case DEP_CASE:
      if (k < t && (cue = status_word_cue(r, STATUS_CUE_MARK, k))) meet(c, of_effect(cue->effect), cue->where);
      break;
    case DEP_AMOD:
    case DEP_COMPOUND:
    case DEP_DET:
      if (trigger && (cue = status_word_cue(r, STATUS_CUE_MODIFIER, k))) meet(c, of_effect(cue->effect), cue->where);
      break;
    default:
      break;
    }
  }
  if (!other && status_inverted(r, t)) meet(c, EVENT_CONDITIONAL, (struct know_line){0});
  if (negated && c->worst == EVENT_CONDITIONAL && hypothetical(r, t)) return; /* "if he does not agree": nobody says that he does not */
  if (negated) {
    c->negator |= c->worst == EVENT_ACTUAL; /* else it was planned or asked, and that is negated */
    meet(c, EVENT_NEGATED, (struct know_line){0});
  }
}

/* Has the clause a subject of its own, so that a negation of the clause before it does not reach it ("A did not sign, and B vetoed")? */
static bool own_subject(const struct analysis *a, int32_t t)
{
  return a->tokens[t].deprel == DEP_CONJ && (tree_child(a, t, DEP_NSUBJ) != TOKEN_NONE || tree_child(a, t, DEP_EXPL) != TOKEN_NONE);
}

/* A finite past tense of its own needs no auxiliary of the clause before it. */
static bool is_told_past(const struct analysis *a, int32_t t)
{
  const uint32_t feats = a->tokens[t].feats;
  const bool third = (feats & FEAT_PRES) && (feats & FEAT_SING) && (feats & FEAT_P3) && !slice_eq_ascii_case(a->tokens[t].form, a->tokens[t].lemma);
  const bool past = (feats & FEAT_FIN) && ((feats & FEAT_PAST) || third); /* "did not want a war and *calls* for peace" */
  const int32_t modal = past ? tree_child(a, a->tokens[t].head, DEP_AUX) : TOKEN_NONE;
  return modal != TOKEN_NONE && a->tokens[a->tokens[t].head].upos == UPOS_VERB && !(a->tokens[a->tokens[t].head].feats & FEAT_FIN);
}

static bool has_mark(const struct analysis *a, int32_t t) { return tree_child(a, t, DEP_MARK) != TOKEN_NONE; }

/* "to attack", "to be attacked", "to have attacked" */
static bool is_infinitive(const struct analysis *a, int32_t t)
{
  bool infinitive = (a->tokens[t].feats & FEAT_INF) != 0;
  for (int32_t k = a->tokens[t].first_child; k != TOKEN_NONE && k < t && !infinitive; k = a->tokens[k].next_sibling) {
    enum deprel d = deprel_base((enum deprel)a->tokens[k].deprel);
    infinitive = (d == DEP_AUX || d == DEP_COP) && (a->tokens[k].feats & FEAT_INF);
  }
  return infinitive && has_mark(a, t);
}

/* Does nothing that stands at the clause before reach this one: "not to leave but to attack", "would have faced trial but resigned"? */
static bool stands_alone(const struct analysis *a, int32_t t) { return own_subject(a, t) || is_infinitive(a, t) || is_told_past(a, t); }

static bool cue_fits(const struct reader *r, const struct status_cue *cue, int32_t t)
{
  const struct analysis *a = r->a;
  if (cue->infinitive) return is_infinitive(a, t);
  if (cue->with.n == 0) return true;
  for (int32_t k = a->tokens[t].first_child; k != TOKEN_NONE && k < t; k = a->tokens[k].next_sibling)
    if ((a->tokens[k].deprel == DEP_CASE || a->tokens[k].deprel == DEP_MARK) && slice_eq(a->tokens[k].lemma, cue->with)) return true;
  return false;
}

/* "too weak to attack" */
static const struct status_cue *degree_cue(const struct reader *r, int32_t t, int32_t head)
{
  const struct analysis *a = r->a;
  for (int32_t k = a->tokens[head].first_child; k != TOKEN_NONE && k < head; k = a->tokens[k].next_sibling) {
    const struct status_cue *cue = a->tokens[k].deprel == DEP_ADVMOD ? status_word_cue(r, STATUS_CUE_DEGREE, k) : NULL;
    if (cue && cue_fits(r, cue, t)) return cue;
  }
  return NULL;
}

static enum status_cue_kind governor_kind(const struct token *head)
{
  switch (head->upos) {
  case UPOS_VERB: case UPOS_AUX: return STATUS_CUE_VERB;
  case UPOS_ADJ: case UPOS_ADV: return STATUS_CUE_ADJ;
  default: return STATUS_CUE_NOUN;
  }
}

/* A clause or noun beside a verb is a circumstance, and no cue's unless with its preposition; but "rule out sending". */
static bool is_beside(const struct analysis *a, int32_t t, int32_t head, enum deprel d)
{
  if (governor_kind(&a->tokens[head]) != STATUS_CUE_VERB) return false;
  if (d == DEP_OBL) return true;
  return d == DEP_ADVCL && !(t > head && (a->tokens[t].feats & FEAT_GER) && !has_mark(a, t) && a->tokens[t - 1].upos != UPOS_PUNCT);
}

/* A clause in the past tense tells what is so, whatever one may plan or ask with the verb above: "agreed that Sudan had violated the truce". */
static bool told_in_past(const struct analysis *a, int32_t t)
{
  if (a->tokens[t].deprel != DEP_CCOMP) return false;
  for (int32_t k = a->tokens[t].first_child; k != TOKEN_NONE && k < t; k = a->tokens[k].next_sibling) {
    enum deprel d = deprel_base((enum deprel)a->tokens[k].deprel);
    if (d == DEP_AUX || d == DEP_COP) return (a->tokens[k].feats & FEAT_FIN) && ((a->tokens[k].feats & FEAT_PAST) || slice_is(a->tokens[k].lemma, "have"));
  }
  return (a->tokens[t].feats & FEAT_FIN) && (a->tokens[t].feats & FEAT_PAST);
}

static bool of_what_is_to_be(const struct status_cue *cue)
{
  return !cue->with.n && !cue->infinitive && (cue->effect == EFFECT_PLANNED || cue->effect == EFFECT_REQUESTED);
}

static const struct status_cue *fitting_cue(const struct reader *r, enum status_cue_kind kind, int32_t t, int32_t head, bool beside)
{
  for (const struct status_cue *cue = status_phrase_cue(r, kind, head); cue; cue = cue->next)
    if (cue_fits(r, cue, t) && (cue->with.n || cue->infinitive || !beside) && !(of_what_is_to_be(cue) && told_in_past(r->a, t))) return cue;
  return NULL;
}

/* The cue that the governor is for `t`, or NULL. */
static const struct status_cue *governor_cue(const struct reader *r, int32_t t, int32_t head, enum deprel d)
{
  enum status_cue_kind kind = governor_kind(&r->a->tokens[head]);
  const struct status_cue *cue = kind == STATUS_CUE_ADJ ? degree_cue(r, t, head) : NULL;
  if (cue) return cue;
  if (d != DEP_NSUBJ && d != DEP_CSUBJ) return fitting_cue(r, kind, t, head, is_beside(r->a, t, head, d));
  cue = fitting_cue(r, STATUS_CUE_SUBJECT, t, head, false);
  const int32_t raised = cue || r->a->tokens[head].upos != UPOS_VERB ? TOKEN_NONE : tree_child(r->a, head, DEP_XCOMP);
  if (raised != TOKEN_NONE) cue = fitting_cue(r, STATUS_CUE_SUBJECT, t, raised, false); /* "war continued to loom" */
  /* "it is vital that", "it is feared that": what is said of a clause may stand under the adjective or verb */
  return cue || d == DEP_NSUBJ ? cue : fitting_cue(r, kind, t, head, false);
}

/* The noun before a preposition that the tree hangs on the verb: "issued an order for the arrest". */
static const struct status_cue *object_cue(const struct reader *r, int32_t t, int32_t head, int32_t *noun)
{
  const struct analysis *a = r->a;
  int32_t object = tree_child(a, head, DEP_OBJ), marker = tree_case(a, t);
  if (object == TOKEN_NONE || object > t || marker == TOKEN_NONE || a->tokens[object].upos != UPOS_NOUN) return NULL;
  for (const struct status_cue *cue = status_word_cue(r, STATUS_CUE_NOUN, object); cue; cue = cue->next) {
    if (!cue_fits(r, cue, t)) continue;
    bool next = marker == object + 1; /* else words between: something else may be meant */
    for (int32_t k = a->tokens[object].first_child; !next && k != TOKEN_NONE; k = a->tokens[k].next_sibling) next = k + 1 == marker;
    *noun = object;
    return next ? cue : NULL;
  }
  return NULL;
}

/* "dismissed the report as nonsense", "described as baseless the claim": what is said of it beside it */
static const struct status_cue *called_false(const struct reader *r, int32_t t, int32_t head)
{
  const struct analysis *a = r->a;
  if (a->tokens[head].upos != UPOS_VERB || a->tokens[t].upos != UPOS_NOUN) return NULL;
  for (int32_t k = a->tokens[head].first_child; k != TOKEN_NONE; k = a->tokens[k].next_sibling) {
    enum deprel d = deprel_base((enum deprel)a->tokens[k].deprel);
    if (k == t || k < head || (d != DEP_OBL && d != DEP_XCOMP && d != DEP_OBJ && d != DEP_ADVCL)) continue;
    const struct status_cue *cue = status_word_cue(r, STATUS_CUE_SUBJECT, k);
    if (cue && cue->effect == EFFECT_DENIED) return cue;
  }
  return NULL;
}

/* "encouraged both sides to meet", where the tree hangs the clause on who is to do it */
static const struct status_cue *control_cue(const struct reader *r, int32_t t, int32_t *head)
{
  const struct analysis *a = r->a;
  enum deprel d = (enum deprel)a->tokens[*head].deprel;
  int32_t verb = a->tokens[*head].head;
  if ((d != DEP_OBJ && d != DEP_IOBJ && d != DEP_NSUBJ_PASS) || verb == TOKEN_NONE || a->tokens[verb].upos != UPOS_VERB) return NULL;
  for (const struct status_cue *cue = status_phrase_cue(r, STATUS_CUE_VERB, verb); cue; cue = cue->next)
    if (cue->infinitive && cue_fits(r, cue, t)) {
      *head = verb;
      return cue;
    }
  return NULL;
}

/* "broke the law by attacking": as real as what it is the means of */
static bool through_mark(struct climb *c, int32_t t)
{
  const struct analysis *a = c->r->a;
  for (int32_t k = a->tokens[t].first_child; k != TOKEN_NONE && k < t; k = a->tokens[k].next_sibling) {
    const struct status_cue *cue = a->tokens[k].deprel == DEP_MARK ? status_word_cue(c->r, STATUS_CUE_MARK, k) : NULL;
    if (!cue || cue->effect != EFFECT_THROUGH) continue;
    trace_add(c->trace, cue->where);
    return true;
  }
  return false;
}

/* A step through an adverbial clause: purposes, means, and participles that tell what happens with it. */
static int32_t step_beside(struct climb *c, int32_t t, bool nominal, bool infinitive)
{
  const struct reader *r = c->r;
  const struct analysis *a = r->a;
  int32_t head = a->tokens[t].head;
  const struct status_cue *cue = infinitive ? status_word_cue(r, STATUS_CUE_PURPOSE, t) : NULL;
  if (cue) {
    trace_add(c->trace, cue->where);
    return head;
  }
  if (through_mark(c, t)) return head;
  if (infinitive) {
    bool result = t >= 2 && a->tokens[t - 2].head == t && status_word_cue(r, STATUS_CUE_FOCUS, t - 2); /* "only to be jailed" */
    if (!result) meet(c, EVENT_PLANNED, (struct know_line){0});
    return TOKEN_NONE;
  }
  if (has_mark(a, t) || nominal || (a->tokens[t].feats & FEAT_FIN)) return TOKEN_NONE;
  /* "fired to disperse them, killing five": hangs on the purpose in the tree, on the whole in sense */
  bool of_purpose = a->tokens[head].deprel == DEP_ADVCL && (a->tokens[head].feats & FEAT_INF) && t > head && a->tokens[t - 1].upos == UPOS_PUNCT;
  return of_purpose ? a->tokens[head].head : head;
}

/* "the first of the men", "the first men" */
static bool is_ordinal(const struct analysis *a, int32_t noun)
{
  if (a->tokens[noun].feats & FEAT_ORD) return true;
  for (int32_t k = a->tokens[noun].first_child; k != TOKEN_NONE && k < noun; k = a->tokens[k].next_sibling)
    if (a->tokens[k].deprel == DEP_AMOD && (a->tokens[k].feats & FEAT_ORD)) return true;
  return false;
}

#define PHRASES 3 /* noun phrases within each other: "the targets of an attack" */

/* The predicate whose clause holds the noun. */
static int32_t predicate_over(const struct analysis *a, int32_t noun)
{
  int32_t head = a->tokens[noun].head;
  for (int i = 0; i < PHRASES && head != TOKEN_NONE && a->tokens[noun].deprel == DEP_NMOD; i++) {
    if (tree_child(a, head, DEP_COP) != TOKEN_NONE || a->tokens[head].deprel == DEP_ROOT) break;
    noun = head;
    head = a->tokens[noun].head;
  }
  return head;
}

/* An act told of without "the" is as real as its clause: "an attack would set the region on fire", "if an attack succeeds", "if we come to an
 * agreement". */
static void imagined(struct climb *c, bool subject, int32_t predicate)
{
  const struct reader *r = c->r;
  if (predicate == TOKEN_NONE) return;
  const int32_t modal = tree_child(r->a, predicate, DEP_AUX);
  const struct status_cue *cue = modal == TOKEN_NONE ? NULL : status_word_cue(r, STATUS_CUE_MODAL, modal);
  if (hypothetical(r, predicate)) meet(c, EVENT_CONDITIONAL, (struct know_line){0});
  else if (cue && (cue->effect == EFFECT_FUTURE_IN_PAST || (subject && cue->effect == EFFECT_POSSIBLE))) meet(c, EVENT_CONDITIONAL, cue->where);
}

/* A step through a clause that no cue governs: what it is to the clause above. */
static int32_t step_through(struct climb *c, int32_t t, enum deprel d, bool nominal, bool infinitive)
{
  const struct reader *r = c->r;
  const struct analysis *a = r->a;
  int32_t head = a->tokens[t].head;
  switch (d) {
  case DEP_XCOMP:
    return head;
  case DEP_ADVCL:
    return step_beside(c, t, nominal, infinitive);
  case DEP_ACL:
    if (!infinitive) return TOKEN_NONE;
    if (is_ordinal(a, head)) return head; /* "the first to be freed" */
    meet(c, EVENT_PLANNED, (struct know_line){0});
    return head; /* "lacked the votes to expel" */
  case DEP_NSUBJ:
  case DEP_OBJ:
  case DEP_OBL:
  case DEP_NMOD:
    if (nominal && status_indefinite(a, t)) imagined(c, d == DEP_NSUBJ, predicate_over(a, t));
    return TOKEN_NONE;
  default:
    return TOKEN_NONE;
  }
}

/* "It was not Israel that bombed", "it is a lie that": the clause says what the predicate says. */
static bool is_cleft(const struct analysis *a, int32_t t)
{
  int32_t head = a->tokens[t].head;
  return a->tokens[t].deprel == DEP_ACL_RELCL && tree_child(a, head, DEP_COP) != TOKEN_NONE && tree_child(a, head, DEP_EXPL) != TOKEN_NONE;
}

/* Is the clause's subject who governs it ("Iran warned that it would")? */
static bool same_subject(const struct reader *r, int32_t t, int32_t head)
{
  int32_t own = tree_child(r->a, t, DEP_NSUBJ), above = tree_child(r->a, head, DEP_NSUBJ);
  if (own == TOKEN_NONE || above == TOKEN_NONE) return own == TOKEN_NONE;
  if (r->entity_at[own] != ID_NONE && r->entity_at[own] == r->entity_at[above]) return true;
  return r->a->tokens[own].upos == UPOS_PRON && (r->entity_at[own] == ID_NONE || r->entity_at[above] == ID_NONE);
}

static void doubted(struct climb *c, int32_t head, struct know_line where, bool to_actual)
{
  bool negated = status_negated(c->r, head, c->trace);
  if (negated && to_actual) return;
  c->doubt = true;
  if (c->worst == EVENT_PLANNED) c->worst = EVENT_POSSIBLE; /* "fear that he plans to" */
  meet(c, negated ? EVENT_NEGATED : EVENT_POSSIBLE, where);
}

/* "insisted that it attacked", not "insisted that it attack" */
static bool told_as_fact(const struct analysis *a, int32_t t)
{
  const uint32_t past = FEAT_PAST | FEAT_FIN;
  if ((a->tokens[t].feats & past) == past) return true;
  for (int32_t k = a->tokens[t].first_child; k != TOKEN_NONE && k < t; k = a->tokens[k].next_sibling) {
    enum deprel d = deprel_base((enum deprel)a->tokens[k].deprel);
    if ((d == DEP_AUX || d == DEP_COP) && (a->tokens[k].feats & past) == past) return true;
    /* "suggest that Iran is sending arms": an indicative, where what is asked for has none ("suggested that Iran send") */
    const bool indicative = (a->tokens[k].feats & FEAT_FIN) && (a->tokens[k].feats & FEAT_PRES);
    if (d == DEP_AUX && indicative && (slice_is(a->tokens[k].lemma, "be") || slice_is(a->tokens[k].lemma, "have"))) return true;
  }
  return false;
}

/* "called it an attack", "what they called an attack": what something is said to be is not asked for. */
static bool is_label(const struct analysis *a, int32_t t, int32_t verb)
{
  if (a->tokens[t].upos != UPOS_NOUN || a->tokens[verb].upos != UPOS_VERB) return false;
  if (a->tokens[t].deprel == DEP_XCOMP) return tree_case(a, t) == TOKEN_NONE;
  for (int32_t k = a->tokens[verb].first_child; k != TOKEN_NONE && k < verb; k = a->tokens[k].next_sibling)
    if (a->tokens[k].deprel == DEP_OBJ && (a->tokens[k].feats & (FEAT_REL | FEAT_INT))) return true;
  return false;
}

/* Does the verb, which may ask for it, only tell it here? */
static bool is_told(const struct analysis *a, int32_t t, int32_t verb)
{
  return (a->tokens[t].deprel == DEP_CCOMP && told_as_fact(a, t)) || is_label(a, t, verb);
}

/* A demand that is refused was made, and so was an offer that is withdrawn. */
/* "called the inquiry a hoax": what is said to be something is not called for. */
static bool is_named(const struct reader *r, int32_t t, int32_t verb)
{
  const struct analysis *a = r->a;
  if (a->tokens[t].deprel != DEP_OBJ) return false;
  const int32_t beside = tree_child(a, t, DEP_APPOS); /* as some trees have it, with no comma between */
  if (beside > t && a->tokens[beside].left > 0 && a->tokens[a->tokens[beside].left - 1].upos != UPOS_PUNCT) return true;
  for (int32_t k = a->tokens[verb].first_child; k != TOKEN_NONE; k = a->tokens[k].next_sibling) {
    const enum deprel d = (enum deprel)a->tokens[k].deprel;
    if (k < t || k == t || (d != DEP_XCOMP && d != DEP_OBJ && d != DEP_OBL_UNMARKED)) continue;
    const bool nominal = a->tokens[k].upos == UPOS_NOUN || a->tokens[k].upos == UPOS_PROPN || a->tokens[k].upos == UPOS_ADJ;
    if (nominal && tree_case(a, k) == TOKEN_NONE && r->date_at[k] == ID_NONE && !(a->tokens[k].feats & FEAT_INF)) return true;
  }
  return false;
}

static bool is_words(const struct reader *r, int32_t t)
{
  if (r->a->tokens[t].upos != UPOS_NOUN) return false;
  const struct status_cue *cue = status_word_cue(r, STATUS_CUE_NOUN, t);
  if (status_word_cue(r, STATUS_CUE_SAID, t)) return true;
  return cue && (cue->effect == EFFECT_REQUESTED || cue->effect == EFFECT_CONDITIONAL) && !cue->with.n;
}

/* What a cue makes of the act that it governs.  Returns the token whose marks count next, or TOKEN_NONE. */
static int32_t apply_cue(struct climb *c, const struct status_cue *cue, int32_t t, int32_t head)
{
  const struct reader *r = c->r;
  enum event_status above;
  switch (cue->effect) {
  case EFFECT_THROUGH:
    trace_add(c->trace, cue->where);
    return head;
  case EFFECT_FACT:
    trace_add(c->trace, cue->where);
    c->fact = true;
    return TOKEN_NONE;
  case EFFECT_ACTUAL:
    trace_add(c->trace, cue->where);
    return TOKEN_NONE;
  case EFFECT_DOUBT:
    doubted(c, head, cue->where, true);
    return TOKEN_NONE;
  case EFFECT_EVIDENCE:
    above = status_above(r, head, c->depth + 1, c->trace);
    if (above == EVENT_NEGATED || above == EVENT_DENIED) meet(c, EVENT_POSSIBLE, cue->where);
    return TOKEN_NONE;
  case EFFECT_THREAT:
    if (!same_subject(r, t, head)) doubted(c, head, cue->where, false);
    else meet(c, status_negated(r, head, c->trace) ? EVENT_NEGATED : EVENT_CONDITIONAL, cue->where);
    return TOKEN_NONE;
  case EFFECT_NEED:
    if ((r->a->tokens[head].feats & FEAT_PAST) && !status_reported_in_past(r, head)) return head;
    meet(c, EVENT_REQUESTED, cue->where);
    return head;
  case EFFECT_REQUESTED:
    if (is_told(r->a, t, head) || is_named(r, t, head)) return TOKEN_NONE;
    break;
  case EFFECT_WISH:
    above = tree_child(r->a, head, DEP_OBJ) != TOKEN_NONE || tree_child(r->a, t, DEP_NSUBJ) != TOKEN_NONE ? EVENT_REQUESTED : EVENT_PLANNED;
    meet(c, above, cue->where);
    return head;
  case EFFECT_POSSIBLE:
    if (cue->infinitive || r->a->tokens[head].upos == UPOS_NOUN) break;
    doubted(c, head, cue->where, false);
    return TOKEN_NONE;
  case EFFECT_NEGATED:
  case EFFECT_DENIED:
  case EFFECT_EXCLUDED:
    if (t == c->from && is_words(r, t)) {
      c->fact = true;
      return TOKEN_NONE;
    }
    above = status_above(r, head, c->depth + 1, c->trace);
    if (above == EVENT_NEGATED || above == EVENT_DENIED) {
      if (cue->effect != EFFECT_NEGATED) meet(c, EVENT_POSSIBLE, cue->where);
      c->fact |= cue->effect == EFFECT_NEGATED;
    } else if (cue->effect == EFFECT_NEGATED && (above == EVENT_POSSIBLE || above == EVENT_CONDITIONAL)) meet(c, EVENT_POSSIBLE, cue->where);
    else meet(c, of_effect(cue->effect), cue->where);
    return TOKEN_NONE;
  default:
    break;
  }
  if (cue->effect == EFFECT_POSSIBLE && !cue->infinitive) c->doubt = true;
  meet(c, of_effect(cue->effect), cue->where);
  return head;
}

/* "the request that Britain extradite him": read as a relative clause, but nothing is missing in it, and its noun is one that has a content. */
static bool is_content(const struct reader *r, int32_t t, int32_t head)
{
  const struct analysis *a = r->a;
  bool subject = false, object = false;
  if (a->tokens[t].deprel != DEP_ACL_RELCL || !status_word_cue(r, STATUS_CUE_NOUN, head)) return false;
  for (int32_t k = a->tokens[t].first_child; k != TOKEN_NONE; k = a->tokens[k].next_sibling) {
    bool relative = (a->tokens[k].feats & FEAT_REL) != 0;
    subject |= !relative && a->tokens[k].deprel == DEP_NSUBJ && k < t;
    object |= !relative && a->tokens[k].deprel == DEP_OBJ && k > t;
  }
  return subject && object;
}

/* Relations over which nothing of the clause above counts. */
static bool is_apart(enum deprel d)
{
  if (d == DEP_ACL_RELCL || d == DEP_ADVCL_RELCL) return true;
  d = deprel_base(d);
  return d == DEP_APPOS || d == DEP_LIST || d == DEP_PARATAXIS || d == DEP_DISLOCATED;
}

/* One step up.  Returns the token whose own marks count next, or TOKEN_NONE to end. */
static int32_t step_up(struct climb *c, int32_t t, bool nominal)
{
  const struct reader *r = c->r;
  const struct analysis *a = r->a;
  int32_t head = a->tokens[t].head, noun = TOKEN_NONE;
  enum deprel exact = (enum deprel)a->tokens[t].deprel, d = deprel_base(exact);
  bool infinitive = is_infinitive(a, t);
  if (head == TOKEN_NONE || exact == DEP_ROOT) {
    if (infinitive && tree_child(a, t, DEP_NSUBJ) != TOKEN_NONE) meet(c, EVENT_PLANNED, (struct know_line){0}); /* headline: "Austin to meet Kim" */
    return TOKEN_NONE;
  }
  if (is_cleft(a, t)) {
    const struct status_cue *said = status_word_cue(r, STATUS_CUE_SUBJECT, head);
    return said ? apply_cue(c, said, t, head) : head;
  }
  if (is_apart(exact) && !is_content(r, t, head)) return TOKEN_NONE;
  if (d == DEP_CONJ) {
    c->other_subject = stands_alone(a, t);
    return head;
  }
  if (exact == DEP_ACL && !infinitive && !has_mark(a, t)) { /* "a petition filed by": tells of the noun, is not its content */
    c->fact = true;
    return TOKEN_NONE;
  }
  const struct status_cue *cue = governor_cue(r, t, head, exact == DEP_NSUBJ_PASS || exact == DEP_CSUBJ_PASS ? DEP_OBJ : d);
  if (!cue && d == DEP_OBL && (cue = object_cue(r, t, head, &noun))) head = noun;
  if (!cue) cue = called_false(r, t, head);
  if (!cue && d == DEP_ACL && infinitive) cue = control_cue(r, t, &head);
  return cue ? apply_cue(c, cue, t, head) : step_through(c, t, d, nominal, infinitive);
}

/* From `t` upwards until nothing counts any more. */
static void climb(struct climb *c, int32_t t, bool trigger)
{
  const struct analysis *a = c->r->a;
  bool nominal = a->tokens[t].upos == UPOS_NOUN || a->tokens[t].upos == UPOS_PROPN;
  c->from = t;
  for (int step = 0; step < CLIMB && t != TOKEN_NONE; step++) {
    own_marks(c, t, trigger && t == c->from);
    t = c->asked ? TOKEN_NONE : step_up(c, t, nominal && t == c->from);
  }
  if (!c->doubt && rank(c->will) > rank(c->worst)) c->worst = c->will;
  if (c->condition && c->worst == EVENT_PLANNED) c->worst = EVENT_CONDITIONAL;
}

/* How real the cue's own act is. */
static enum event_status status_above(const struct reader *r, int32_t t, int depth, struct trace *trace)
{
  struct climb c = {.r = r, .worst = EVENT_ACTUAL, .trace = trace, .depth = depth};
  if (depth < DEPTH) climb(&c, t, false);
  return c.worst;
}

/* The innermost claim from `*i` down whose content holds the act; *i is its index plus one, 0 when there is none. */
static const struct claim *claim_over(const struct reader *r, struct span span, size_t *i, size_t low)
{
  for (; *i > 0 && low - *i < LOOK_BACK; --*i) {
    const struct claim *claim = &r->claims.at[*i - 1];
    for (uint32_t k = 0; k < claim->content.n; k++)
      if (span_holds(claim->content.at[k], span)) return claim;
  }
  *i = 0;
  return NULL;
}

/* A denial covers it whose content holds it.  An act that is negated within somebody's words is denied by him. */
static bool claim_denies(const struct reader *r, int32_t t, bool negated, struct trace *trace)
{
  struct span span = r->a->tokens[t].span;
  const size_t low = reader_claims_until(r, span.begin); /* only the last few before the act can hold it */
  size_t i = low;
  for (const struct claim *claim; (claim = claim_over(r, span, &i, low)); --i) {
    bool affirms = claim->stance == STANCE_AFFIRMS || claim->stance == STANCE_REPORTS || claim->stance == STANCE_DEFENDS;
    if (claim->stance != STANCE_DENIES && !(negated && affirms)) continue;
    for (int n = 0; n < TRACE_LINES; n++) trace_add(trace, claim->trace.lines[n]);
    return true;
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
  climb(&c, token, true);
  if (c.worst == EVENT_ACTUAL && !nominal && (a->tokens[token].feats & FEAT_IMP) && tree_child(a, token, DEP_NSUBJ) == TOKEN_NONE) c.worst = EVENT_REQUESTED;
  if (c.fact) return c.worst;
  bool said_not = c.worst == EVENT_NEGATED && c.negator && !c.modal;
  if ((said_not || rank(c.worst) < rank(EVENT_DENIED)) && claim_denies(r, token, said_not, trace)) c.worst = EVENT_DENIED;
  if (c.worst == EVENT_ACTUAL && !nominal && is_question(a, token)) c.worst = EVENT_POSSIBLE;
  return c.worst;
}
