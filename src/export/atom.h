/* atom.h: alerts as a feed: Atom (RFC 4287).
 *
 *     struct atom atom;
 *     atom_begin(&atom);
 *     atom_first(&atom, id);                  of the alert that rang first of all, by which the feed is known
 *     atom_entry(&atom, &alert);              newest first
 *     atom_end(&atom, address, &to);          the whole feed
 *     atom_release(&atom);
 *
 * Ids are made of what they stand for, the time of an entry is that of the publication that raised it (1970-01-01 where it has none), that of the feed
 * the newest of these: the same alerts give the same bytes, and a reader of feeds sees each once. */
#ifndef EXPORT_ATOM_H
#define EXPORT_ATOM_H
#include "ledger/ledger_alerts.h"

struct atom { /* private */
  struct buf entries, first;
  char newest[32];
};

void atom_begin(struct atom *atom);
void atom_entry(struct atom *atom, const struct alert *alert);
void atom_first(struct atom *atom, struct slice id);
/* address: where the feed will stand, or empty. */
void atom_end(struct atom *atom, struct slice address, struct buf *to);
void atom_release(struct atom *atom);

#endif
