/* status_cues.h: the words that tell how real an act is (data/en/status.tsv): negators, modals, conditions, governors, modifiers.
 * Immutable; any thread. */
#ifndef KNOW_STATUS_CUES_H
#define KNOW_STATUS_CUES_H
#include "know/table.h"

struct know_source;

enum status_cue_kind {
  STATUS_CUE_NEGATOR,    /* a word on the predicate that negates it: not, never, no */
  STATUS_CUE_MODAL,      /* an auxiliary: may, will */
  STATUS_CUE_CONDITION,  /* the mark of a conditional clause: if, unless */
  STATUS_CUE_MARK,       /* a mark or preposition before the clause or noun itself: without, despite */
  STATUS_CUE_VERB,       /* a verb, for what it governs: plan to, deny */
  STATUS_CUE_NOUN,       /* a noun, for what hangs on it: plan, fear of */
  STATUS_CUE_ADJ,        /* an adjective, for what hangs on it: ready to */
  STATUS_CUE_SUBJECT,    /* a verb or adjective, for a nominal act that is its subject: the attack failed */
  STATUS_CUE_PURPOSE,    /* a verb whose act is done by the clause that it is the purpose of: "rallied to demand" */
  STATUS_CUE_MODIFIER,   /* an adjective or adverb on the act: planned, alleged, nearly */
  STATUS_CUE_FOCUS,      /* a word behind "not" that takes its force: only, merely */
  STATUS_CUE_QUANTIFIER, /* a word with which "not" before a noun means none: one, single */
  STATUS_CUE_DEGREE,     /* an adverb before an adjective, for its infinitive: too weak to */
  STATUS_CUE_SAID,       /* a nominal act of words, that was said though it is refused or dismissed: lawsuit */
  STATUS_CUE_INVERTED,   /* an auxiliary that begins a conditional clause: should, had, were */
  STATUS_CUE_KINDS
};

/* What a cue makes of the act.  THROUGH: the act is as real as the cue's own clause. */
enum status_effect {
  EFFECT_NONE, EFFECT_THROUGH, EFFECT_ACTUAL, EFFECT_PLANNED, EFFECT_POSSIBLE, EFFECT_CONDITIONAL, EFFECT_REQUESTED, EFFECT_DENIED, EFFECT_NEGATED,
  EFFECT_FUTURE_IN_PAST, /* would: planned in reported speech of the past, else conditional */
  EFFECT_FACT,           /* the act is a fact to whoever speaks, whatever is said of the cue: responsibility for */
  EFFECT_DOUBT,          /* somebody holds it possible, his will and would count for nothing; negated: actual (no doubt that) */
  EFFECT_EVIDENCE,       /* actual; negated: possible (no proof that) */
  EFFECT_EXCLUDED,       /* negated; negated itself: possible (did not rule out) */
  EFFECT_THREAT,         /* conditional when its subject is to do it (warned it would), else as DOUBT */
  EFFECT_WISH,           /* planned of oneself, requested of somebody else (wants to go, wants him to go) */
  EFFECT_NEED,           /* requested, told in the past actual (has to go, had to go) */
  EFFECT_TIME            /* conditional unless told in the past (until, once) */
};

struct status_cue {
  enum status_effect effect;
  bool infinitive;   /* only for a to-infinitive: "going to", "is to" */
  struct slice with; /* only with this preposition before the act: "call for"; or empty */
  const struct status_cue *next; /* another reading of the same word */
  struct know_line where;
};

struct status_cues; /* opaque */
/* NULL: none */
const struct status_cue *status_cues_at(const struct status_cues *cues, enum status_cue_kind kind, struct slice lemma);
enum status status_cues_load(const struct status_cues **to, struct know_source *src);

#endif
