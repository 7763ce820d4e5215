/* sound.h: is a ledger's file as SQLite wants it?  Included by one file of a program. */
#ifndef TEST_SOUND_H
#define TEST_SOUND_H
#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

static int64_t number_in(sqlite3 *db, const char *text, const char *parameter)
{
  sqlite3_stmt *get = NULL;
  int64_t n = -1;
  if (sqlite3_prepare_v2(db, text, -1, &get, NULL) == SQLITE_OK) {
    if (parameter) sqlite3_bind_text(get, 1, parameter, -1, SQLITE_STATIC);
    if (sqlite3_step(get) == SQLITE_ROW) n = sqlite3_column_int64(get, 0);
  }
  sqlite3_finalize(get);
  return n;
}

/* NULL, or what is wrong with the tables whatever they hold */
static const char *unsound_file(sqlite3 *db)
{
  if (number_in(db, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'", NULL) != 0) return "the file is damaged";
  if (number_in(db, "SELECT count(*) FROM pragma_foreign_key_check", NULL) != 0) return "a row refers to none";
  if (sqlite3_exec(db, "INSERT INTO found(found) VALUES('integrity-check')", NULL, NULL, NULL) != SQLITE_OK) return "full text is damaged";
  return NULL;
}

#endif
