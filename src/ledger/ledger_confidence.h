/* ledger_confidence.h: inside of the ledger: how far an event or a figure may be believed, in the Admiralty system (doc/confidence.md).
 *
 * Two marks that say nothing of each other: how reliable the source is, A to F, as a person graded publishers, and how credible what it tells is,
 * 1 to 6, by rules over the tellings, each with its reason in words.  No sum is made of them. */
#ifndef LEDGER_LEDGER_CONFIDENCE_H
#define LEDGER_LEDGER_CONFIDENCE_H
#include "ledger/ledger_ask.h"

#define CONFIDENCE_REASONS 4
struct confidence {
  char source;     /* the best grade among the publishers that tell it; 'F': none of them was judged */
  int credibility; /* 1 to 6 */
  unsigned n_why;
  char why[CONFIDENCE_REASONS][80];
};

/* Of an event of the story, by the tellings that the question sees. */
enum status confidence_of_event(struct ask *ask, int64_t chain, struct confidence *to);
/* Of a figure, by the readings of its series that the question sees. */
enum status confidence_of_figure(struct ask *ask, int64_t key, struct confidence *to);

/* "confidence":{"source":"F","credibility":2,"why":[...]} as a member of the open object. */
void confidence_put(struct json_out *j, const struct confidence *c);
/* "F2 (two independent publishers; nobody denies it)" */
void confidence_say(struct buf *to, const struct confidence *c);

#endif
