/* ledger_reread.h: all kept texts read anew.  The caller reads; new readings wait in the ledger until all are there, and take the place of the old
 * ones, with all that is derived and corrected, in one transaction.
 *
 *     status = ledger_reread_begin(ledger, stamp, &done, &error);      `done` of an earlier run with this stamp wait already
 *     while (ledger_reread_get(reader, &seq, &json, &error) == ST_OK && json.n) ... ledger_reread_put(ledger, stamp, made, &error);
 *     status = ledger_reread_finish(ledger, diff, json, &to, &error);
 *
 * Killed before the end, the ledger answers as before, and what waits is taken up by a run with the same stamp: one word for all that makes readings. */
#ifndef LEDGER_LEDGER_REREAD_H
#define LEDGER_LEDGER_REREAD_H
#include "ledger/ledger.h"

/* Forgets what waits and was made otherwise; how many wait yet. */
enum status ledger_reread_begin(struct ledger *ledger, struct slice stamp, int64_t *done, struct error *error);
/* The reading, as it is kept, of the next document behind *seq for which none waits, appended to *to, with its number in *seq; nothing behind the last. */
enum status ledger_reread_get(struct ledger *ledger, int64_t *seq, struct buf *to, struct error *error);
/* The new reading of a document. */
enum status ledger_reread_put(struct ledger *ledger, struct slice stamp, struct slice json, struct error *error);
/* Takes the new readings; what changed is appended to *to: with `diff` document by document, else counts; and in any case the corrections that have no
 * record now. */
enum status ledger_reread_finish(struct ledger *ledger, bool diff, bool json, struct buf *to, struct error *error);

#endif
