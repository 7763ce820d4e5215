/* positions.h: what the files of the positions reader share.
 *
 *   positions_toward.c  what a stance is toward
 *   positions_holder.c  who speaks for whom
 *   positions.c         who takes a side, in what order, and how his stance turned */
#ifndef READ_POSITIONS_H
#define READ_POSITIONS_H
#include "read/claims.h"

#define LOOK_BACK 256 /* events, or positions, before one */

/* "after": a conjunction before what came first. */
bool positions_after_mark(const struct reader *r, int32_t mark);
/* First token that begins at or behind byte `at`. */
int32_t positions_token(const struct analysis *a, uint32_t at);
uint32_t positions_sentence(const struct reader *r, uint32_t byte);
/* Has the country a part in the event? */
bool positions_has_part(const struct event *e, struct slice country);
/* "deploy" and "deployment": the shorter one, of five letters or more, begins the longer. */
bool positions_same_stem(struct slice a, struct slice b);
/* Is the noun pointed at: "the expulsion", "its expulsion"? */
bool positions_is_definite(const struct analysis *a, int32_t noun);
/* The head of the content: its first token whose head stands outside.  The claim has a content. */
int32_t positions_content_head(const struct reader *r, const struct claim *c);
/* "it", "them", "that": a content that is what was told before. */
bool positions_is_pronoun(const struct reader *r, const struct claim *c);
/* Has the content nothing of its own, or a thing that was told before: "it", "the reports", "a direct answer" withheld? */
bool positions_points_back(const struct reader *r, const struct claim *c);
/* The event that a content without one points back to; ID_NONE when no event stands before. */
int32_t positions_event_before(const struct reader *r, const struct claim *c, struct slice country);
/* What the claim's own words say that it is toward. */
void positions_toward(const struct reader *r, const struct claim *c, struct position *p);
/* For a content that is an answer ("the claim", "it"): what somebody else said just before, or the act that he told; false when nobody did. */
bool positions_toward_answered(const struct reader *r, int32_t claim, struct position *p);

/* For each entity the body that it speaks for ("a Fiat spokesman", "the bank's chief executive, Ana Li"), else itself.  NULL: no memory. */
const int32_t *positions_voices(const struct reader *r);

#endif
