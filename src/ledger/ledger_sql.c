#include "ledger/ledger_sql.h"

static const char *const texts[SQL_COUNT] = {
#define SQL_TEXT(name, text) text,
  SQL_LIST(SQL_TEXT)
#undef SQL_TEXT
};

enum status sql_failed(struct ledger *ledger, struct error *error)
{
  const int code = ledger->db ? sqlite3_errcode(ledger->db) & 0xff : SQLITE_NOMEM;
  const char *say = ledger->db ? sqlite3_errmsg(ledger->db) : "no memory";
  const char *what = "see to the file and its disk";
  switch (code) {
  case SQLITE_NOMEM: return error_set(error, ST_MEMORY, "%s: not enough memory for the ledger: free some", ledger->path);
  case SQLITE_NOTADB: what = "it is no ledger: name another file with -d"; break;
  case SQLITE_CORRUPT: what = "the ledger is damaged: take a copy of it made before, or save what is readable with sqlite3's .recover"; break;
  case SQLITE_BUSY:
  case SQLITE_LOCKED: what = "another program writes to it: wait for it"; break;
  case SQLITE_READONLY:
  case SQLITE_PERM: what = "it cannot be written to: see to its permissions and those of its folder"; break;
  case SQLITE_CANTOPEN: what = "it cannot be opened: check the path"; break;
  case SQLITE_FULL: what = "the disk is full: make room; nothing of this document was kept"; break;
  default: break;
  }
  return error_set(error, ST_LEDGER, "%s: %s: %s", ledger->path, say, what);
}

sqlite3_stmt *sql_use(struct ledger *ledger, enum sql which, struct error *error)
{
  sqlite3_stmt **at = &ledger->statement[which];
  if (!*at && sqlite3_prepare_v3(ledger->db, texts[which], -1, SQLITE_PREPARE_PERSISTENT, at, NULL) != SQLITE_OK) {
    sql_failed(ledger, error);
    return NULL;
  }
  sqlite3_reset(*at);
  sqlite3_clear_bindings(*at);
  return *at;
}

void sql_bind(sqlite3_stmt *to, int at, struct slice text)
{
  if (text.n) sqlite3_bind_text64(to, at, text.at, text.n, SQLITE_STATIC, SQLITE_UTF8);
}

void sql_bind_blob(sqlite3_stmt *to, int at, struct slice bytes)
{
  sqlite3_bind_blob64(to, at, bytes.n ? bytes.at : "", bytes.n, SQLITE_STATIC);
}

struct slice sql_text(sqlite3_stmt *from, int column)
{
  const char *at = (const char *)sqlite3_column_text(from, column);
  return (struct slice){at, at ? (size_t)sqlite3_column_bytes(from, column) : 0};
}

struct slice sql_blob(sqlite3_stmt *from, int column)
{
  const char *at = sqlite3_column_blob(from, column);
  return (struct slice){at, at ? (size_t)sqlite3_column_bytes(from, column) : 0};
}

bool sql_row(struct ledger *ledger, sqlite3_stmt *statement, struct error *error)
{
  const int code = sqlite3_step(statement);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) sql_failed(ledger, error);
  return false;
}

enum status sql_end(struct ledger *ledger, sqlite3_stmt *statement, struct error *error)
{
  const int code = sqlite3_reset(statement) & 0xff;
  if (code != SQLITE_OK && error->code == ST_OK) sql_failed(ledger, error);
  return error->code;
}

enum status sql_done(struct ledger *ledger, sqlite3_stmt *statement, struct error *error)
{
  const int code = sqlite3_step(statement);
  enum status status = code == SQLITE_DONE || code == SQLITE_ROW ? ST_OK : sql_failed(ledger, error);
  sqlite3_reset(statement); /* its error is the one above */
  return status;
}

enum status sql_simple(struct ledger *ledger, enum sql which, struct error *error)
{
  sqlite3_stmt *statement = sql_use(ledger, which, error);
  return statement ? sql_done(ledger, statement, error) : error->code;
}

enum status sql_undone(struct ledger *ledger, enum status status)
{
  struct error ignored = {ST_OK, ""}; /* the error before is the one to tell */
  if (status != ST_OK && !sqlite3_get_autocommit(ledger->db)) sql_simple(ledger, SQL_ROLLBACK, &ignored);
  return status;
}

enum status sql_number(struct ledger *ledger, const char *text, int64_t parameter, int64_t *to, struct error *error)
{
  sqlite3_stmt *get = NULL;
  if (sqlite3_prepare_v2(ledger->db, text, -1, &get, NULL) != SQLITE_OK) return sql_failed(ledger, error);
  sqlite3_bind_int64(get, 1, parameter);
  if (sql_row(ledger, get, error)) *to = sqlite3_column_int64(get, 0);
  sqlite3_finalize(get);
  return error->code;
}
