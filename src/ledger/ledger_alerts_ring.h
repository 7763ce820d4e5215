/* ledger_alerts_ring.h: inside of the alerts: rules while they are tried. */
#ifndef LEDGER_LEDGER_ALERTS_RING_H
#define LEDGER_LEDGER_ALERTS_RING_H
#include "ledger/ledger_alerts.h"
#include "ledger/ledger_ask.h"

struct ringing {
  struct ask *ask; /* a view: the ledger as of the question's day */
  const struct alert_question *question;
  const struct alert_rule *rule;
  int64_t today;
  void (*said)(const char *message);
};

/* A sentence that raises an alert. */
struct alert_place {
  int64_t doc, b;
};

/* NULL with the error set. */
sqlite3_stmt *ring_prepare(struct ringing *r, const char *text);
/* Keeps an alert that these n sentences raise, the first of which is what is new; nothing when it rang before. */
enum status ring(struct ringing *r, const struct alert_place *at, size_t n, struct slice says);

/* Tells the outputs what rang and they have not (ledger_alerts_tell.c).  `kept`: what they take is kept too. */
enum status alerts_tell(struct ringing *r, const struct alert_output *outputs, size_t n, bool kept);

#endif
