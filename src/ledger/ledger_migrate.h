/* ledger_migrate.h: inside of the ledger: how a ledger of an earlier version becomes one of LEDGER_VERSION. */
#ifndef LEDGER_LEDGER_MIGRATE_H
#define LEDGER_LEDGER_MIGRATE_H
#include "ledger/ledger_sql.h"

/* Runs the steps behind `version` and sets the file's version; inside of a transaction of the caller.  A new ledger is made the same way, from
 * the tables of version 1. */
enum status ledger_migrate(struct ledger *ledger, int64_t version, struct error *error);

#endif
