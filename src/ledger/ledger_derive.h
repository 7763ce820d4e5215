/* ledger_derive.h: inside of the ledger: what the records of a new document have to do with those before it in its story. */
#ifndef LEDGER_LEDGER_DERIVE_H
#define LEDGER_LEDGER_DERIVE_H
#include "ledger/ledger_item.h"
#include "ledger/ledger_sql.h"

/* The keys of the records of a kind follow each other through all documents, also those of records that a person called wrong. */
enum { KEYS_EVENTS, KEYS_CLAIMS, KEYS_FIGURES, KEYS_POSITIONS, KEYS };

/* The document at hand.  A record that is wrong is a null in its array. */
struct derive {
  struct ledger *ledger;
  struct ledger_item *item;
  int64_t seq, story, beside;
  int64_t keys[KEYS];    /* the last ones of the documents before it */
  int64_t *chains;       /* of the item's events, once derive_events is done */
  struct error *error;
};

/* Writes the document and all that is derived of it, but for its full text, inside of a transaction; again: its row stands
 * already, and its records are for corrected_replay. */
enum status derive_document(struct derive *d, bool again);
/* Fills keys. */
enum status derive_begin(struct derive *d);
/* Writes all records. */
enum status derive_records(struct derive *d);
/* Writes the events, each as a telling of an earlier event of the story or as a new one (ledger_chains.c). */
enum status derive_events(struct derive *d);
/* Writes the figures, each into the series of what it counts, with what it revises and contradicts (ledger_series.c). */
enum status derive_figures(const struct derive *d);

/* Writes the positions, each into the line of what its holder said of the same matter (ledger_stances.c). */
enum status derive_stances(const struct derive *d);
/* Writes denials, and what contradicts what was told before (ledger_contradictions.c). */
enum status derive_contradictions(const struct derive *d);

/* Whose word it is, over documents: the country for which an entity speaks ("RUS"), else its name in small letters; empty for the unnamed. */
struct slice holder_key(const struct derive *d, const json_t *entity);
/* The parties' codes with a blank between them, in the order of the record; empty when none has one. */
struct slice parties_codes(const struct derive *d, const json_t *parties);
/* Do two such lists name a common country (the codes' first three letters)? */
bool codes_meet(struct slice a, struct slice b);
/* Have two lists with blanks between a word in common? */
bool words_meet(struct slice a, struct slice b);
/* The name of the entity behind a claim's source, or its text. */
struct slice claim_source(const struct derive *d, const json_t *claim);
/* Binds begin and end of a span. */
void bind_span(sqlite3_stmt *to, int at, const json_t *span);

#endif
