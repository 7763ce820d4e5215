/* What a person says of the ledger, and a ledger of an earlier version.  The argument is that ledger's SQL. */
#include "base/buf.h"
#include "ledger/ledger_correct.h"
#include "tap.h"
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

static const enum ledger_what all_questions[] = {ASK_STORIES, ASK_EVENTS, ASK_CLAIMS, ASK_FIGURES, ASK_POSITIONS};

/* All answers, one after the other. */
static void answers(struct ledger *ledger, struct buf *to)
{
  struct error error = {ST_OK, ""};
  for (size_t i = 0; i < sizeof all_questions / sizeof *all_questions; i++) {
    const struct ledger_question question = {.what = all_questions[i], .json = true};
    if (ledger_answer(ledger, &question, to, &error) != ST_OK) printf("# %s\n", error.message);
  }
}

static bool load(const char *db, const char *sql_file)
{
  struct buf sql;
  char part[4096];
  size_t n;
  sqlite3 *to = NULL;
  FILE *from = fopen(sql_file, "rb");
  buf_init(&sql, 1 << 24);
  while (from && (n = fread(part, 1, sizeof part, from)) > 0) buf_put(&sql, part, n);
  if (from) fclose(from);
  buf_char(&sql, 0);
  const bool good = from && sqlite3_open(db, &to) == SQLITE_OK && sqlite3_exec(to, sql.at, NULL, NULL, NULL) == SQLITE_OK;
  if (!good) printf("# %s\n", to ? sqlite3_errmsg(to) : "cannot open");
  sqlite3_close(to);
  buf_release(&sql);
  return good;
}

static int64_t number_in(const char *db, const char *sql)
{
  sqlite3 *from = NULL;
  sqlite3_stmt *get = NULL;
  int64_t to = -1;
  if (sqlite3_open_v2(db, &from, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK && sqlite3_prepare_v2(from, sql, -1, &get, NULL) == SQLITE_OK &&
      sqlite3_step(get) == SQLITE_ROW)
    to = sqlite3_column_int64(get, 0);
  sqlite3_finalize(get);
  sqlite3_close(from);
  return to;
}

static char grade_of(struct ledger *ledger, const char *publisher)
{
  struct error error = {ST_OK, ""};
  char grade = '?';
  return ledger_grade(ledger, slice_of(publisher), &grade, &error) == ST_OK ? grade : '!';
}

static enum status give_grade(struct ledger *ledger, const char *publisher, const char *grade, int64_t *number)
{
  struct error error = {ST_OK, ""};
  const struct slice name = slice_of(publisher);
  const struct ledger_correction c = {.kind = CORRECT_GRADE, .names = &name, .n_names = 1, .value = slice_of(grade), .at = SLICE("2024-10-28")};
  return ledger_correct(ledger, &c, number, &error);
}

static void grades(void)
{
  struct ledger *ledger = NULL;
  struct error error = {ST_OK, ""};
  const struct ledger_correction by = {.at = SLICE("2024-10-29"), .author = SLICE("me")};
  int64_t first = 0, second = 0, undo = 0;
  ok(ledger_open(&ledger, "memory", LEDGER_MEMORY, &error) == ST_OK, "opens");
  is_int(grade_of(ledger, "Wire A"), 'F', "who was not judged is F");
  ok(give_grade(ledger, "Wire A", "B", &first) == ST_OK && give_grade(ledger, "Wire A", "D", &second) == ST_OK, "graded twice");
  is_int(grade_of(ledger, "Wire A"), 'D', "the last grade counts");
  is_int(grade_of(ledger, "Wire"), 'F', "... for that publisher alone");
  ok(ledger_undo(ledger, second, &by, &undo, &error) == ST_OK && grade_of(ledger, "Wire A") == 'B', "undone: the one before counts");
  ok(ledger_undo(ledger, second, &by, &undo, &error) == ST_USAGE, "what is undone cannot be undone again");
  error_clear(&error);
  ok(ledger_undo(ledger, 99, &by, &undo, &error) == ST_USAGE, "nor what is not there");
  ok(give_grade(ledger, "Wire A", "G", &second) == ST_USAGE && give_grade(ledger, "", "A", &second) == ST_USAGE, "grades that are none");
  is_int(grade_of(ledger, "Wire A"), 'B', "... change nothing");
  ledger_close(ledger);
}

/* A ledger of version 1 gives the same answers, is of the newest version then, and takes documents. */
static void migrates(const char *fixture)
{
  char folder[] = "/tmp/tocsin-migrate-XXXXXX", db[64];
  struct ledger *ledger = NULL;
  struct error error = {ST_OK, ""};
  struct buf before, after;
  if (!ok(mkdtemp(folder) != NULL, "a folder")) return;
  snprintf(db, sizeof db, "%s/old.db", folder);
  buf_init(&before, 1 << 22);
  buf_init(&after, 1 << 22);
  ok(load(db, fixture), "a ledger of version 1");
  is_int(number_in(db, "PRAGMA user_version"), 1, "... as it says");
  ok(ledger_open(&ledger, db, LEDGER_READ, &error) == ST_OK, "a reader opens it");
  if (ledger) answers(ledger, &before);
  ledger_close(ledger);
  ok(number_in(db, "PRAGMA user_version") > 1, "it was brought up to date");
  is_int(number_in(db, "SELECT count(*) FROM placing"), 3, "each document has its place");
  is_int(number_in(db, "SELECT events FROM placing WHERE doc = 3"), number_in(db, "SELECT max(key) FROM event"), "records are counted");
  is_int(number_in(db, "SELECT figures FROM placing WHERE doc = 3"), number_in(db, "SELECT max(key) FROM figure"), "... of each kind");
  ok(slice_find(buf_get(&before), SLICE("\"current\":2,")) != SIZE_MAX, "its series is there");
  ok(ledger_open(&ledger, db, LEDGER_WRITE, &error) == ST_OK, "a writer opens it");
  if (ledger) answers(ledger, &after);
  is_slice(buf_get(&after), buf_get(&before), "... with the same answers");
  ledger_close(ledger);
  for (const char *const *end = (const char *const[]){"", "-wal", "-shm", "-lock", NULL}; *end; end++) {
    char name[80];
    snprintf(name, sizeof name, "%s%s", db, *end);
    unlink(name);
  }
  rmdir(folder);
  buf_release(&before);
  buf_release(&after);
}

int main(int argc, char **argv)
{
  grades();
  if (argc > 1) migrates(argv[1]);
  return tap_end();
}
