/* ledger_reread.h: all kept texts read anew.  The caller reads; new readings wait in the ledger until all are there, and take the place of the old
 * ones, with all that is derived and corrected, in one transaction. */
#ifndef LEDGER_LEDGER_REREAD_H
#define LEDGER_LEDGER_REREAD_H
#include "ledger/ledger.h"

/* The reading of document `seq`, from 1, as it is kept, appended to *to; nothing behind the last. */
enum status ledger_reread_get(struct ledger *ledger, int64_t seq, struct buf *to, struct error *error);
/* The new reading of a document. */
enum status ledger_reread_put(struct ledger *ledger, struct slice json, struct error *error);
/* Forgets what waits. */
enum status ledger_reread_begin(struct ledger *ledger, struct error *error);
/* Takes the new readings; what changed is appended to *to: with `diff` document by document, else counts. */
enum status ledger_reread_finish(struct ledger *ledger, bool diff, bool json, struct buf *to, struct error *error);

#endif
