/* ledger_alerts_ring.h: inside of the alerts: rules while they are tried. */
#ifndef LEDGER_LEDGER_ALERTS_RING_H
#define LEDGER_LEDGER_ALERTS_RING_H
#include "ledger/ledger_alerts.h"
#include "ledger/ledger_ask.h"
#include "ledger/ledger_corrected.h"

struct ringing {
  struct ask *ask; /* a view: the ledger as of the question's day */
  const struct alert_question *question;
  const struct alert_rule *rule;
  int64_t today;
  sqlite3_stmt *names; /* ids of documents by their numbers */
  void (*said)(const char *message);
};

/* A sentence that raises an alert. */
struct alert_place {
  int64_t doc, b;
};

/* NULL with the error set. */
sqlite3_stmt *ring_prepare(struct ringing *r, const char *text);
/* The same; parameters that are called as conditions are have what the rule says, NULL where it says nothing, and :horizon the last document seen. */
sqlite3_stmt *ring_prepare_rule(struct ringing *r, const char *text);
/* Documents `d` that pass what the rule says of documents. */
#define RING_DOCUMENTS                                                                                                                                \
  " d.seq <= :horizon AND d.copy_of IS NULL AND (:publisher IS NULL OR d.publisher = :publisher) AND (:since IS NULL OR d.day >= :since)"             \
  " AND (:until IS NULL OR d.day <= :until) AND (:story IS NULL OR d.story = :story)"                          \
  " AND (:grade IS NULL OR " GRADED("d", ":grade") ")"
/* And events `r` of theirs that pass what it says of events. */
#define RING_EVENTS                                                                                                                                   \
  RING_DOCUMENTS " AND (:type IS NULL OR r.type = :type) AND (:mode IS NULL OR r.mode = :mode) AND (:status IS NULL OR r.status = :status)"           \
                 " AND (:actor IS NULL OR instr(' ' || r.actor, ' ' || :actor) > 0)"                                                                  \
                 " AND (:recipient IS NULL OR instr(' ' || r.recipient, ' ' || :recipient) > 0)"                                                      \
                 " AND (:party IS NULL OR instr(' ' || coalesce(r.actor, '') || ' ' || coalesce(r.recipient, ''), ' ' || :party) > 0)"                \
                 " AND (:place IS NULL OR r.place = :place OR r.country = :place)"
void ring_bind(sqlite3_stmt *to, const char *name, struct slice text);

/* Keeps an alert that these n sentences raise, the first of which is what is new; nothing when it rang before.  `mark` tells it from others of the rule
 * and document: mostly the place. */
enum status ring(struct ringing *r, const struct alert_place *at, size_t n, int64_t mark, struct slice says);
/* Did it ring, or is there an error? */
bool ring_known(struct ringing *r, int64_t doc, int64_t mark);

/* Tries the rule at hand (ledger_alerts_kinds.c); one of the kind `rise` (ledger_alerts_rise.c). */
enum status ring_kind(struct ringing *r);
enum status ring_rises(struct ringing *r, const struct plover *plover);

/* Tells the outputs what rang and they have not (ledger_alerts_tell.c).  `kept`: what they take is kept too. */
enum status alerts_tell(struct ringing *r, const struct alert_output *outputs, size_t n, bool kept);

#endif
