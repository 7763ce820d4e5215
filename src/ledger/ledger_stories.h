/* ledger_stories.h: inside of the ledger: which story a document belongs to (ledger_stories.c tells how). */
#ifndef LEDGER_LEDGER_STORIES_H
#define LEDGER_LEDGER_STORIES_H
#include "ledger/ledger_item.h"
#include "ledger/ledger_sql.h"

struct story_choice {
  int64_t story;   /* 0: a new one */
  int64_t beside;  /* the story that it is most like but for its own, close below the bar; 0: none.  What is counted there may go on here */
  int64_t nearest; /* the document of that story most like it; 0: a new one */
  int64_t copy_of; /* the first of the documents that it is a near-copy of; 0: none */
};
/* By the documents that are in the ledger now. */
enum status story_choose(struct ledger *ledger, struct ledger_item *item, struct story_choice *to, struct error *error);
/* Keeps in memory what later documents will ask of this one, whose rows were just written. */
enum status story_remember(struct ledger *ledger, const struct ledger_item *item, int64_t doc, int64_t story, int64_t copy_of, struct error *error);
/* Terms as they are kept: a stem's hash as the difference to the one before with a bit for each view that it is in (ledger_terms.c), then the weights,
 * all as LEB128.  The sketch: numbers in little-endian order. */
struct slice terms_pack(struct arena *arena, const struct terms *terms);
/* False: damaged, or no memory. */
bool terms_unpack(struct arena *arena, struct slice packed, struct terms *to);
struct slice sketch_pack(struct arena *arena, const uint32_t *sketch, uint32_t n);

#endif
