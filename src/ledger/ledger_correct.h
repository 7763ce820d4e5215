/* ledger_correct.h: what a person says of the ledger.
 *
 *     const struct slice names[] = {SLICE("Wire A")};
 *     const struct ledger_correction c = {.kind = CORRECT_GRADE, .names = names, .n_names = 1, .value = SLICE("B"), .at = SLICE("2024-10-28")};
 *     status = ledger_correct(ledger, &c, &number, &error);
 *
 * Corrections are rows of their own, numbered from 1, with author, time and reason.  They are stronger than what is derived, hold whatever is
 * read anew, and are undone by their number, which leaves answers byte for byte as if they had not been made.  They are no news: an answer as of
 * a day takes them all. */
#ifndef LEDGER_LEDGER_CORRECT_H
#define LEDGER_LEDGER_CORRECT_H
#include "ledger/ledger.h"

enum ledger_correct_kind { CORRECT_WRONG, CORRECT_MERGE, CORRECT_SPLIT, CORRECT_GRADE, CORRECT_NOTE };
struct ledger_correction {
  enum ledger_correct_kind kind;
  struct slice subject;       /* "event", "claim", "figure", "position", "story", "series"; of a grade nothing */
  const struct slice *names;  /* what it is about, as a person names it */
  size_t n_names;
  struct slice value;         /* the grade, the note, or for CORRECT_WRONG members of JSON instead of the wrong ones, or nothing */
  struct slice author, at, reason; /* `at`: the time, ISO 8601; author and reason may be empty */
};

/* Makes the correction and all that follows from it, in one transaction; its number goes to *number.  ST_USAGE: names of nothing that is there,
 * or a value that does not fit. */
enum status ledger_correct(struct ledger *ledger, const struct ledger_correction *correction, int64_t *number, struct error *error);
/* Takes correction `undoes` back; only author, at and reason of *by count. */
enum status ledger_undo(struct ledger *ledger, int64_t undoes, const struct ledger_correction *by, int64_t *number, struct error *error);
/* All of them, in the order of their making: one JSON object a line, or lines for a person. */
enum status ledger_corrections(struct ledger *ledger, bool json, struct buf *to, struct error *error);

/* How reliable a publisher is, as a person judged it last: 'A' to 'F' of the Admiralty system; 'F', not judged, when nobody did. */
enum status ledger_grade(struct ledger *ledger, struct slice publisher, char *grade, struct error *error);

#endif
