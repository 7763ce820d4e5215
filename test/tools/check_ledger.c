/* check_ledger LEDGER...: are the tables of these files whole, also those of the full text, and does no row refer to none?  Says what is wrong; exit
 * status 1 when something is. */
#include "unit/sound.h"
#include <stdio.h>

int main(int argc, char **argv)
{
  int failed = 0;
  for (int i = 1; i < argc; i++) {
    sqlite3 *db = NULL;
    const char *wrong = sqlite3_open_v2(argv[i], &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK ? unsound_file(db) : "it does not open";
    if (wrong) fprintf(stderr, "%s: %s\n", argv[i], wrong);
    if (wrong) failed = 1;
    sqlite3_close(db);
  }
  return failed;
}
