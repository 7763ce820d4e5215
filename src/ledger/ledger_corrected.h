/* ledger_corrected.h: inside of the ledger: what becomes of the derived where a person corrected it. */
#ifndef LEDGER_LEDGER_CORRECTED_H
#define LEDGER_LEDGER_CORRECTED_H
#include "ledger/ledger_sql.h"

/* All corrections of one ledger into an empty one that is to hold its documents up to a day. */
enum status corrections_copy(struct ledger *from, struct ledger *to, int32_t day, struct error *error);

#endif
