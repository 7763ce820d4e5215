/* ledger_store.c: opens, makes and closes the file.
 *
 * document   what was added, in order (seq), with its reading packed by zstd (text inside)
 * story      one row a story; its number is that of its first document
 * posting    the weightiest words of each document, by which those like it are found
 * event, claim, figure, position   a row a record: what queries filter by; the record itself stands in the reading, as number n
 * party      who takes part in which event, by code
 * conflict   figures that cannot both hold
 * found      full text (FTS5): which documents have which words
 * and those of ledger_migrate.c */
#include "base/sys.h"
#include "ledger/ledger_migrate.h"
#include "ledger/ledger_postings.h"
#include "ledger/ledger_recent.h"
#include "ledger/ledger_write.h"
#include <errno.h>
#include <fcntl.h>
#include <libstemmer.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

/* of version 1; what came later are steps of ledger_migrate.c */
static const char schema[] =
  "CREATE TABLE story(id INTEGER PRIMARY KEY, title TEXT, documents INTEGER NOT NULL DEFAULT 0) STRICT;"
  "CREATE TABLE document(seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, title TEXT, publisher TEXT, url TEXT, published TEXT,"
  " day INTEGER, bytes INTEGER NOT NULL, story INTEGER NOT NULL REFERENCES story(id), copy_of INTEGER REFERENCES document(seq), terms BLOB NOT NULL,"
  " sketch BLOB NOT NULL, reading BLOB NOT NULL) STRICT;"
  "CREATE INDEX document_story ON document(story);"
  "CREATE INDEX document_day ON document(day);"
  "CREATE TABLE posting(term INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY(term, doc)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE event(key INTEGER PRIMARY KEY, doc INTEGER NOT NULL REFERENCES document(seq) DEFERRABLE INITIALLY DEFERRED, n INTEGER NOT NULL,"
  " story INTEGER NOT NULL, chain INTEGER, type TEXT NOT NULL, mode TEXT, cameo TEXT, status TEXT NOT NULL, stem TEXT, act TEXT, actor TEXT,"
  " recipient TEXT, place TEXT, country TEXT, date TEXT, doers TEXT, others TEXT, day INTEGER, b INTEGER NOT NULL, e INTEGER NOT NULL) STRICT;"
  "CREATE INDEX event_story ON event(story, type, key);"
  "CREATE INDEX event_type ON event(type, key);"
  "CREATE INDEX event_doc ON event(doc);"
  "CREATE TABLE party(code TEXT NOT NULL, event INTEGER NOT NULL, PRIMARY KEY(code, event)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE claim(key INTEGER PRIMARY KEY, doc INTEGER NOT NULL REFERENCES document(seq) DEFERRABLE INITIALLY DEFERRED, n INTEGER NOT NULL,"
  " story INTEGER NOT NULL, code TEXT) STRICT;"
  "CREATE INDEX claim_story ON claim(story, key);"
  "CREATE INDEX claim_code ON claim(code, key);"
  "CREATE TABLE position(key INTEGER PRIMARY KEY, doc INTEGER NOT NULL REFERENCES document(seq) DEFERRABLE INITIALLY DEFERRED, n INTEGER NOT NULL,"
  " story INTEGER NOT NULL, holder TEXT) STRICT;"
  "CREATE INDEX position_story ON position(story, key);"
  "CREATE INDEX position_holder ON position(holder, key);"
  "CREATE TABLE figure(key INTEGER PRIMARY KEY, doc INTEGER NOT NULL REFERENCES document(seq) DEFERRABLE INITIALLY DEFERRED, n INTEGER NOT NULL,"
  " story INTEGER NOT NULL, series INTEGER, value REAL, low REAL, high REAL, bound TEXT NOT NULL, unit TEXT, item TEXT, state TEXT, about TEXT,"
  " sort TEXT, countries TEXT, place TEXT, source TEXT, side TEXT, whose TEXT, date TEXT, day INTEGER, revises INTEGER REFERENCES figure(key),"
  " part INTEGER NOT NULL, running INTEGER NOT NULL, total INTEGER NOT NULL, real INTEGER NOT NULL, degree TEXT, chain INTEGER, stem TEXT,"
  " b INTEGER NOT NULL, e INTEGER NOT NULL) STRICT;"
  "CREATE INDEX figure_story ON figure(story, running, part, sort, key);"
  "CREATE INDEX figure_series ON figure(series, key);"
  "CREATE TABLE conflict(later INTEGER NOT NULL REFERENCES figure(key), earlier INTEGER NOT NULL REFERENCES figure(key),"
  " PRIMARY KEY(later, earlier)) STRICT, WITHOUT ROWID;"
  "CREATE INDEX conflict_earlier ON conflict(earlier);"
  "CREATE VIRTUAL TABLE found USING fts5(title, body, content='', columnsize=0, tokenize='porter unicode61');";

static enum status run_text(struct ledger *ledger, const char *text, struct error *error)
{
  return sqlite3_exec(ledger->db, text, NULL, NULL, NULL) == SQLITE_OK ? ST_OK : sql_failed(ledger, error);
}

static enum status number_of(struct ledger *ledger, const char *text, int64_t *to, struct error *error)
{
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(ledger->db, text, -1, &statement, NULL) != SQLITE_OK) return sql_failed(ledger, error);
  enum status status = sqlite3_step(statement) == SQLITE_ROW ? ST_OK : sql_failed(ledger, error);
  if (status == ST_OK) *to = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return status;
}

/* A reader met a ledger of an earlier version: a writer of its own sees to it. */
static enum status bring_up_to_date(struct ledger *ledger, struct error *error)
{
  struct ledger *writer = NULL;
  enum status status = ledger_open(&writer, ledger->path, LEDGER_WRITE, error);
  /* the reader is there yet, so that closing leaves the log, which every later reader would have to go through */
  if (status == ST_OK) sqlite3_wal_checkpoint_v2(writer->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  ledger_close(writer);
  return status;
}

/* An empty file becomes a ledger; any other must be one of ours that we understand. */
static enum status see_to_schema(struct ledger *ledger, enum ledger_mode mode, struct error *error)
{
  int64_t application = 0, version = 0, tables = 0;
  enum status status = number_of(ledger, "PRAGMA application_id", &application, error);
  if (status == ST_OK) status = number_of(ledger, "PRAGMA user_version", &version, error);
  if (status == ST_OK) status = number_of(ledger, "SELECT count(*) FROM sqlite_schema", &tables, error);
  if (status != ST_OK) return status;
  if (tables == 0 && application == 0 && mode != LEDGER_READ) {
    char text[64];
    snprintf(text, sizeof text, "PRAGMA application_id = %d;", LEDGER_APPLICATION);
    status = sql_simple(ledger, SQL_BEGIN, error);
    if (status == ST_OK) status = run_text(ledger, schema, error);
    if (status == ST_OK) status = run_text(ledger, text, error);
    if (status == ST_OK) status = ledger_migrate(ledger, 1, error);
    if (status == ST_OK) status = sql_simple(ledger, SQL_COMMIT, error);
    return status;
  }
  if (application != LEDGER_APPLICATION)
    return error_set(error, ST_LEDGER, "%s: a database of another program, no ledger: name another file with -d", ledger->path);
  if (version > LEDGER_VERSION || version < 1)
    return error_set(error, ST_LEDGER, "%s: a ledger of version %lld, and this program knows version %d: use the newer program", ledger->path,
                     (long long)version, LEDGER_VERSION);
  if (version == LEDGER_VERSION) return ST_OK;
  if (mode == LEDGER_READ) return bring_up_to_date(ledger, error);
  status = sql_simple(ledger, SQL_BEGIN, error);
  if (status == ST_OK) status = ledger_migrate(ledger, version, error);
  if (status == ST_OK) status = sql_simple(ledger, SQL_COMMIT, error);
  return status; /* when it failed the file is closed, which undoes all */
}

/* An advisory lock on PATH and `suffix`, which goes with the process. */
static enum status take_lock(struct ledger *ledger, const char *suffix, const char *taken, int *to, struct error *error)
{
  char name[4096];
  const int n = snprintf(name, sizeof name, "%s%s", ledger->path, suffix);
  if (n < 0 || (size_t)n >= sizeof name) return error_set(error, ST_LEDGER, "%s: the path is too long: name another file with -d", ledger->path);
  *to = sys()->open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (*to < 0)
    return error_set(error, ST_LEDGER, "%s: cannot make its lock %s (%s): see to the permissions of the folder", ledger->path, name, strerror(errno));
  if (sys()->flock(*to, LOCK_EX | LOCK_NB) == 0) return ST_OK;
  if (errno == EWOULDBLOCK) return error_set(error, ST_LEDGER, "%s: %s", ledger->path, taken);
  return error_set(error, ST_LEDGER, "%s: cannot lock %s (%s): see to its disk", ledger->path, name, strerror(errno));
}

enum status ledger_lock_alerts(struct ledger *ledger, struct error *error)
{
  if (ledger->lock < 0) return ST_OK; /* no file that others could see */
  return take_lock(ledger, "-alerts", "another program tells its alerts: wait for it", &ledger->telling, error);
}

void ledger_unlock(struct ledger *ledger)
{
  enum { WAIT_MS = 60000 };
  if (ledger->lock >= 0) sys()->close(ledger->lock);
  ledger->lock = -1;
  sqlite3_busy_timeout(ledger->db, WAIT_MS);
}

/* A page that is torn, zeroed or of another table is found before anything is written into the file.  Large files are not looked through: see
 * doc/ledger.md. */
static enum status check_pages(struct ledger *ledger, struct error *error)
{
  static const int64_t most = (int64_t)64 << 20;
  sqlite3_stmt *check = NULL;
  int64_t pages = 0, size = 0;
  enum status status = number_of(ledger, "PRAGMA page_count", &pages, error);
  if (status == ST_OK) status = number_of(ledger, "PRAGMA page_size", &size, error);
  if (status != ST_OK || pages > most / size) return status;
  if (sqlite3_prepare_v2(ledger->db, "PRAGMA quick_check(1)", -1, &check, NULL) != SQLITE_OK) return sql_failed(ledger, error);
  if (sqlite3_step(check) != SQLITE_ROW) status = sql_failed(ledger, error);
  else if (!slice_is(sql_text(check, 0), "ok")) {
    struct slice says = sql_text(check, 0), line = says; /* "*** in database main ***", and what is wrong */
    while (says.n) line = slice_cut(&says, '\n');
    status = error_set(error, ST_LEDGER, "%s: the ledger is damaged (%.*s): take a copy of it made before, or save what is readable with sqlite3's .recover",
                       ledger->path, SLICE_ARG(line));
  }
  sqlite3_finalize(check);
  return status;
}

static enum status open_file(struct ledger *ledger, enum ledger_mode mode, struct error *error)
{
  const char *path = mode == LEDGER_MEMORY ? ":memory:" : ledger->path;
  const int flags = mode == LEDGER_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  if (mode == LEDGER_READ && access(ledger->path, F_OK) != 0)
    return error_set(error, ST_LEDGER, "%s: no ledger there (%s): add documents first, or name another file with -d", ledger->path, strerror(errno));
  if (mode == LEDGER_WRITE) {
    enum status status = take_lock(ledger, "-lock", "another program writes to this ledger: wait for it, or name another file with -d", &ledger->lock, error);
    if (status != ST_OK) return status;
  }
  if (sqlite3_open_v2(path, &ledger->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) return sql_failed(ledger, error);
  sqlite3_busy_timeout(ledger->db, 5000);
  if (mode == LEDGER_WRITE && sqlite3_db_readonly(ledger->db, "main") == 1)
    return error_set(error, ST_LEDGER, "%s: the ledger cannot be written to: see to its permissions", ledger->path);
  enum status status = mode == LEDGER_WRITE ? check_pages(ledger, error) : ST_OK;
  if (status == ST_OK) status = see_to_schema(ledger, mode, error);
  if (status == ST_OK && mode == LEDGER_READ) status = run_text(ledger, "PRAGMA cache_size = -16384", error);
  /* commits leave the durability to ledger_sync; readers never checkpoint */
  if (status == ST_OK && mode == LEDGER_WRITE)
    status = run_text(ledger, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = OFF;"
                              "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000;", error);
  return status;
}

enum status ledger_open(struct ledger **to, const char *path, enum ledger_mode mode, struct error *error)
{
  *to = NULL;
  struct ledger *ledger = sys_alloc(sizeof *ledger);
  if (!ledger) return error_set(error, ST_MEMORY, "%s: not enough memory for the ledger: free some", path);
  *ledger = (struct ledger){.lock = -1, .telling = -1, .path_n = strlen(path) + 1, .kits.lock = PTHREAD_MUTEX_INITIALIZER, .changes = -1};
  arena_init(&ledger->scratch, ARENA_NO_CEILING);
  enum status status = ST_OK;
  ledger->path = sys_alloc(ledger->path_n);
  if (ledger->path) memcpy(ledger->path, path, ledger->path_n);
  ledger->unpack = ZSTD_createDCtx();
  ledger->stemmer = sb_stemmer_new("english", NULL);
  if (!ledger->path || !ledger->unpack || !ledger->stemmer)
    status = error_set(error, ST_MEMORY, "%s: not enough memory for the ledger: free some", path);
  if (status == ST_OK) status = know_open_words(&ledger->know, NULL, 0, error);
  if (status == ST_OK) status = open_file(ledger, mode, error);
  int64_t stories = 0;
  if (status == ST_OK)
    status = sql_number(ledger, "SELECT count(*) FROM correction c WHERE c.kind IN ('merge', 'split') AND c.subject = 'story' AND ?1"
                                " AND NOT EXISTS (SELECT 1 FROM correction u WHERE u.undoes = c.id)", 1, &stories, error);
  ledger->restoried = stories > 0;
  if (status == ST_OK) *to = ledger;
  else ledger_close(ledger);
  return status;
}

void ledger_close(struct ledger *ledger)
{
  if (!ledger) return;
  pending_free(ledger);
  recent_forget(&ledger->recent);
  postings_forget(ledger);
  kits_free(&ledger->kits);
  arena_release(&ledger->scratch);
  for (int i = 0; i < SQL_COUNT; i++) sqlite3_finalize(ledger->statement[i]);
  sqlite3_close(ledger->db);
  if (ledger->lock >= 0) sys()->close(ledger->lock);
  if (ledger->telling >= 0) sys()->close(ledger->telling);
  know_free(&ledger->know);
  pthread_mutex_destroy(&ledger->kits.lock);
  ZSTD_freeDCtx(ledger->unpack);
  sb_stemmer_delete(ledger->stemmer);
  if (ledger->path) sys_free(ledger->path, ledger->path_n);
  sys_free(ledger, sizeof *ledger);
}

enum status ledger_sync(struct ledger *ledger, struct error *error)
{
  char name[4096];
  const int n = snprintf(name, sizeof name, "%s-wal", ledger->path);
  if (n < 0 || (size_t)n >= sizeof name) return ST_OK;
  int fd = sys()->open(name, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0 && errno == ENOENT) return ST_OK; /* nothing was written since the last checkpoint, which syncs itself */
  if (fd < 0) return error_set(error, ST_LEDGER, "%s: cannot open its log to write it through (%s): see to it", ledger->path, strerror(errno));
  enum status status = sys()->fdatasync(fd) == 0 ? ST_OK
                                          : error_set(error, ST_LEDGER, "%s: cannot write through to the disk (%s): see to it", ledger->path, strerror(errno));
  sys()->close(fd);
  return status;
}
