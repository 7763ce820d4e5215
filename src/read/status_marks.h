/* status_marks.h: what stands on a clause itself and tells how real it is: negation, conditions, and the cue that a word is (data/en/status.tsv). */
#ifndef READ_STATUS_MARKS_H
#define READ_STATUS_MARKS_H
#include "read/events.h"

/* The cue by lemma, by another lemma that the form may have, with its fixed words ("instead of"), else by form ("n't", "assuming"); NULL: none. */
const struct status_cue *status_word_cue(const struct reader *r, enum status_cue_kind kind, int32_t t);
/* The cue of a verb with its particle or another word that hangs on it ("call off", "have yet", "fall through"), else of the word alone. */
const struct status_cue *status_phrase_cue(const struct reader *r, enum status_cue_kind kind, int32_t head);

/* Is it negated by a word of its own or by one of its arguments ("no soldiers were killed", "nobody", "neither A nor B")?  Adds the line. */
bool status_negated(const struct reader *r, int32_t t, struct trace *trace);
/* Does it hang on a condition that stands beside it: "if ...", "should it ...", "in the event of", "as long as"? */
bool status_conditional(const struct reader *r, int32_t t);
/* Does the clause itself begin with its auxiliary as a condition does ("should Moscow invade")? */
bool status_inverted(const struct reader *r, int32_t clause);
/* Is the clause told in reported speech of the past ("said it would")? */
bool status_reported_in_past(const struct reader *r, int32_t t);
/* "would have attacked": did not */
bool status_perfect(const struct analysis *a, int32_t t);
/* A noun that names no known act: "an attack", "attacks", no "the", "this", "their" */
bool status_indefinite(const struct analysis *a, int32_t t);

#endif
