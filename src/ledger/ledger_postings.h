/* ledger_postings.h: inside of the ledger: which documents have a word among their weightiest.
 *
 * A document has a few dozen words, each of which would go to another page of a large table: writing them would cost more than all else of the document.
 * So the words of the newest documents lie document by document in the table `fresh`, and in the writer's memory by word; when there are many of them
 * (a share of all documents) they go into the table `posting` together, in its order.  What is in memory goes when a transaction failed, as with
 * ledger_recent.h. */
#ifndef LEDGER_LEDGER_POSTINGS_H
#define LEDGER_LEDGER_POSTINGS_H
#include "ledger/ledger_item.h"
#include "ledger/ledger_sql.h"

/* Writes the words of a document that is newer than all that are there. */
enum status postings_add(struct ledger *ledger, const struct ledger_item *item, int64_t doc, struct error *error);
/* The newest documents that have the word, the newest first, `most` at most. */
enum status postings_newest(struct ledger *ledger, uint32_t term, int64_t *docs, uint32_t most, uint32_t *n, struct error *error);
void postings_forget(struct ledger *ledger);

#endif
