/* ledger_replay.h: inside of the ledger: what is derived, document by document, with corrections: all of it (ledger_replay.c), or what changes by one
 * correction (ledger_amend.c). */
#ifndef LEDGER_LEDGER_REPLAY_H
#define LEDGER_LEDGER_REPLAY_H
#include "base/arena.h"
#include "ledger/ledger_ask.h"
#include "ledger/ledger_corrected.h"

#define REPLAY_MOST ((size_t)4 << 30)

struct replay {
  struct ledger *ledger;
  struct error *error;
  struct arena arena;
  int64_t n;          /* documents */
  int64_t *story;     /* by document, from 1 */
  int64_t *nearest;
  int64_t *beside;
  int64_t known;      /* documents that have their place */
};

/* Fills n, nearest and beside; then story, with the corrections of stories in it. */
enum status replay_load(struct replay *r);
enum status replay_place(struct replay *r);
/* Derives the records of one document, whose rows are not there; replay_load and replay_place were called. */
enum status replay_derive(struct replay *r, struct ask *ask, int64_t doc);
/* Splits or merges events or series as the correction of this row says: its id, -, is it a merge, its subject.  r->known says which documents there are. */
void replay_correct_sets(struct replay *r, sqlite3_stmt *row);
/* The row of a target (its document, b, e, type, nth): its key and the set it is in; false: it is not there. */
bool replay_find(struct replay *r, struct ask *ask, bool event, sqlite3_stmt *target, int64_t *key, int64_t *in);
/* Stories of which no document is left. */
enum status replay_sweep(struct replay *r);

#endif
