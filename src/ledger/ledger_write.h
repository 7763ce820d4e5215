/* ledger_write.h: inside of the ledger: what groups of documents (ledger_group.c) ask of the tables (ledger_add.c). */
#ifndef LEDGER_LEDGER_WRITE_H
#define LEDGER_LEDGER_WRITE_H
#include "ledger/ledger_item.h"
#include "ledger/ledger_sql.h"

struct ledger_ready {
  struct ledger_item item;
  int64_t seq; /* once it is written */
  size_t bytes;
  struct ledger_ready *next; /* of those that are to be freed */
};

/* Is the id in the ledger?  With another text it is refused. */
enum status document_look_up(struct ledger *ledger, const struct ledger_item *item, bool *known, struct error *error);
/* Fills what is kept of a reading and how it is weighed; on any thread (ledger_group.c). */
enum status item_make_ready(struct ledger *ledger, struct ledger_item *item, struct error *error);
/* Writes all rows but those of the full text; when it fails the transaction must be undone. */
enum status document_write(struct ledger *ledger, struct ledger_ready *ready, struct error *error);
enum status document_write_words(struct ledger *ledger, const struct ledger_ready *ready, struct error *error);

/* For ledger_close (ledger_group.c). */
void kits_free(struct kits *kits);
void pending_free(struct ledger *ledger);

#endif
