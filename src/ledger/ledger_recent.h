/* ledger_recent.h: inside of the ledger: what its writer remembers of the tables, so that a new document need not ask for it again.
 *
 * Lists of rows, the newest first; each row is one piece of memory, a struct of the caller's with the strings that it points at behind it.  A list is
 * either as the tables have it, or not there: whoever finds none makes one and fills it from the tables, and whoever writes a row into the tables
 * keeps it here too.  All is forgotten when a transaction failed, or when the tables were changed otherwise.  Lists that were used least recently
 * go when there are more than RECENT_BYTES. */
#ifndef LEDGER_LEDGER_RECENT_H
#define LEDGER_LEDGER_RECENT_H
#include "base/slice.h"
#include <stdbool.h>

#define RECENT_BYTES ((size_t)128 << 20)

/* what a list is of, and by what it is found: */
enum recent_kind {
  RECENT_DOCUMENT, /* seq */
  RECENT_TERM,     /* term: the documents that have it */
  RECENT_STORY,    /* story: how many documents it has */
  RECENT_EVENTS,   /* story, hash of the type: its tellings */
  RECENT_FIGURES,  /* story, number of the group: see ledger_series.c */
  RECENT_KINDS
};

struct recent;      /* opaque; NULL until the first list */
struct recent_list; /* opaque; valid until the next recent_trim or recent_forget */

struct recent_list *recent_find(struct recent *recent, enum recent_kind kind, int64_t a, uint64_t b); /* NULL: not there */
/* A new list, empty; NULL: no memory. */
struct recent_list *recent_make(struct recent **recent, enum recent_kind kind, int64_t a, uint64_t b);
void recent_drop(struct recent *recent, struct recent_list *list);
/* Copies a row of `size` bytes with the `n` slices in it that stand at `at`; `older`: behind all others, else before them.  A list has `most` rows at
 * most: then the oldest goes.  False, and the list is dropped, when there is no memory. */
bool recent_keep(struct recent *recent, struct recent_list *list, const void *row, size_t size, const size_t *at, size_t n, size_t most, bool older);
size_t recent_count(const struct recent_list *list);
void *recent_row(const struct recent_list *list, size_t i); /* 0: the newest */
void recent_drop_story(struct recent *recent, int64_t story); /* its events and figures; NULL is nothing */
void recent_trim(struct recent *recent);
void recent_forget(struct recent **recent); /* gives back everything */

#endif
