/* ledger_corrected.h: inside of the ledger: what becomes of the derived where a person corrected it. */
#ifndef LEDGER_LEDGER_CORRECTED_H
#define LEDGER_LEDGER_CORRECTED_H
#include "ledger/ledger_item.h"
#include "ledger/ledger_sql.h"

/* A correction that nobody took back, `c` */
#define CORRECTION_STANDS "NOT EXISTS (SELECT 1 FROM correction u WHERE u.undoes = c.id)"

/* Documents whose publisher a person graded so or better, last. */
#define GRADED(document, grade)                                                                                                                       \
  document ".publisher IN (SELECT t.name FROM correction c JOIN target t ON t.correction = c.id WHERE c.kind = 'grade' AND c.value <= " grade           \
  " AND " CORRECTION_STANDS " AND NOT EXISTS (SELECT 1 FROM correction l JOIN target m ON m.correction = l.id WHERE m.name = t.name AND l.id > c.id"     \
  " AND l.kind = 'grade' AND NOT EXISTS (SELECT 1 FROM correction v WHERE v.undoes = l.id)))"

/* Where the records of a subject stand in a reading. */
struct subject {
  const char *name, *array, *span;
};
const struct subject *subject_of(struct slice name); /* NULL: no kind of record */

/* A record as it is named through all readings: by its span, its type, and which of those that have both alike. */
struct address {
  int64_t b, e, nth;
  struct slice type;
};
struct address address_of(const json_t *reading, const struct subject *subject, size_t n);
/* The record's place in its array; -1: it is not there. */
int64_t address_find(const json_t *reading, const struct subject *subject, const struct address *address);

/* A record that a correction which stands is about. */
struct correction_target {
  int64_t correction;
  struct slice kind, subject, doc;
  struct address address;
};
/* Calls found(context, target) for each whose record the kept reading does not have. */
enum status corrections_lost(struct ledger *ledger, void (*found)(void *context, const struct correction_target *target), void *context, struct error *error);
/* Has the kept reading of the document this record? */
bool correction_holds(struct ledger *ledger, struct slice doc, struct slice subject, const struct address *address, struct error *error);

/* Puts corrections into a reading: a wrong record becomes a null, or has the members that were given instead; notes are added. */
enum status corrected_reading(struct ledger *ledger, json_t *reading, struct error *error);

/* All corrections of one ledger into one without any that holds its documents up to a day, and what follows from them. */
enum status corrections_copy(struct ledger *from, struct ledger *to, int32_t day, struct error *error);

/* Derives all records anew from the readings, with the corrections that stand: stories first, then events and series in the order of adding.
 * Inside of a transaction, with foreign keys off (corrected_begin). */
enum status corrected_replay(struct ledger *ledger, struct error *error);
/* The same where one correction was just made, or taken back, and nothing else: derives only what changes by it (ledger_amend.c). */
enum status corrected_change(struct ledger *ledger, int64_t correction, bool undone, struct error *error);
enum status corrected_begin(struct ledger *ledger, struct error *error);
/* Commits, or takes back when `status` is not ST_OK; gives what became of it. */
enum status corrected_end(struct ledger *ledger, enum status status, struct error *error);

#endif
