/* Changes of a whole ledger on a disk that fails: bringing it up to date, a correction, its undoing, a merge, reading anew.  As ledger_fault_test.c
 * does it for adding, the Nth call of one sort fails; then the disk is whole again, and the ledger must be sound and answer as before the change, or,
 * when the change was told to be made, as after it.
 *
 *     ledger_change_test VERSION-1.SQL                   some N of each sort
 *     LEDGER_FAULTS=all ledger_change_test VERSION-1.SQL every N; of calls of a sort a thousand at most */
#include "faults.h"
#include "ledger/ledger_correct.h"
#include "ledger/ledger_reread.h"
#include "tap.h"
#include <stdlib.h>
#include <string.h>

enum { QUICK = 3, LENGTHY = 1000, LOTS = 1 << 20, DOCUMENTS = 3 };

#define READING(id, sha, day, number, status, text)                                                                                                  \
  "{\"tocsin\":1,\"document\":{\"id\":\"" id "\",\"published\":\"" day "\",\"publisher\":\"Wire A\",\"sha256\":\"" sha "\",\"text\":\"" text "\"},"       \
  "\"sentences\":[{\"span\":[0,64]}],\"entities\":[{\"id\":0,\"name\":\"Greece\",\"kind\":\"country\",\"code\":\"GRC\",\"country\":\"GRC\","            \
  "\"mentions\":[[0,6]]}],\"places\":[],\"dates\":[],\"figures\":[{\"id\":0,\"text\":\"" number "\",\"span\":[49,51],\"value\":" number ","             \
  "\"bound\":\"exact\",\"unit\":\"person\",\"item\":\"toll\",\"state\":\"killed\",\"sort\":\"total\",\"countries\":[\"GRC\"]}],\"claims\":[],"          \
  "\"events\":[{\"id\":0,\"span\":[0,20],\"trigger\":[7,11],\"type\":\"AID\",\"status\":\"" status "\",\"rule\":\"send\","                            \
  "\"actor\":[{\"text\":\"Greece\",\"span\":[0,6],\"entity\":0,\"code\":\"GRC\",\"country\":\"GRC\"}]}],\"positions\":[]}"
#define READINGS(status)                                                                                                                             \
  {READING("one", "aa", "2023-05-14", "12", status, "Greece sent tents to Van, where the death toll of 12 stood still."),                            \
   READING("two", "bb", "2023-05-15", "31", status, "Greece sent water to Van, as the death toll of 31 had risen more."),                            \
   READING("far", "cc", "2021-01-16", "40", status, "Quills of porcupines kept gardeners busy at noon; 40 were in a shed.")}
static const char *const readings[DOCUMENTS] = READINGS("actual"), *const anew[DOCUMENTS] = READINGS("planned");

/* ---- the changes ---- */

static const struct ledger_correction by = {.author = {"me", 2}, .at = {"2024-10-28", 10}};

static enum status correct(struct ledger *ledger, enum ledger_correct_kind kind, const char *subject, const struct slice *names, size_t n, struct error *error)
{
  int64_t number = 0;
  struct ledger_correction c = by;
  c.kind = kind;
  c.subject = slice_of(subject);
  c.names = names;
  c.n_names = n;
  return ledger_correct(ledger, &c, &number, error);
}

static enum status wrong(struct ledger *ledger, struct error *error)
{
  const struct slice name = SLICE("two#0");
  return correct(ledger, CORRECT_WRONG, "event", &name, 1, error);
}

static enum status merge(struct ledger *ledger, struct error *error)
{
  const struct slice names[] = {SLICE("1"), SLICE("3")};
  return correct(ledger, CORRECT_MERGE, "story", names, 2, error);
}

static enum status undo(struct ledger *ledger, struct error *error)
{
  int64_t number = 0;
  return ledger_undo(ledger, 1, &by, &number, error);
}

static enum status reread(struct ledger *ledger, struct error *error)
{
  struct buf to;
  int64_t done = 0;
  buf_init(&to, LOTS);
  enum status status = ledger_reread_begin(ledger, SLICE("anew"), &done, error);
  for (size_t i = 0; i < DOCUMENTS && status == ST_OK; i++) status = ledger_reread_put(ledger, SLICE("anew"), slice_of(anew[i]), error);
  if (status == ST_OK) status = ledger_reread_finish(ledger, true, true, &to, error);
  buf_release(&to);
  return status;
}

/* Opening it was all. */
static enum status nothing(struct ledger *ledger, struct error *error)
{
  (void)ledger, (void)error;
  return ST_OK;
}

static const struct change {
  const char *name;
  enum status (*make)(struct ledger *ledger, struct error *error);
  enum status (*before)(struct ledger *ledger, struct error *error); /* made without a fault, before it; NULL: nothing */
  bool first; /* of the ledger of version 1 */
} changes[] = {{"up to date", nothing, NULL, true}, {"a wrong event", wrong, NULL, false}, {"a merge of stories", merge, NULL, false},
               {"an undoing", undo, wrong, false}, {"reading anew", reread, wrong, false}};

/* ---- ledgers ---- */

static void answers(struct ledger *ledger, struct buf *to)
{
  static const enum ledger_what kinds[] = {ASK_STORIES, ASK_EVENTS, ASK_CLAIMS, ASK_POSITIONS, ASK_FIGURES, ASK_CONTRADICTIONS, ASK_FIND};
  struct error error = {ST_OK, ""};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    const struct ledger_question question = {.what = kinds[i], .json = true, .words = kinds[i] == ASK_FIND ? SLICE("Greece") : (struct slice){NULL, 0}};
    if (ledger_answer(ledger, &question, to, &error) != ST_OK) buf_text(to, error.message);
  }
  if (ledger_corrections(ledger, true, to, &error) != ST_OK) buf_text(to, error.message);
}

static bool load(const char *path, const char *fixture)
{
  struct buf sql;
  sqlite3 *db = NULL;
  FILE *in = fopen(fixture, "rb");
  buf_init(&sql, LOTS);
  for (int c; in && (c = fgetc(in)) != EOF;) buf_char(&sql, (char)c);
  if (in) fclose(in);
  buf_char(&sql, 0);
  const bool good = in && sqlite3_open(path, &db) == SQLITE_OK && sqlite3_exec(db, sql.at, NULL, NULL, NULL) == SQLITE_OK;
  sqlite3_close(db);
  buf_release(&sql);
  return good;
}

/* A ledger to which `make` is done. */
static enum status change(const char *path, enum status (*make)(struct ledger *ledger, struct error *error))
{
  struct ledger *ledger = NULL;
  struct error error = {ST_OK, ""};
  enum status status = ledger_open(&ledger, path, LEDGER_WRITE, &error);
  if (status == ST_OK) status = make(ledger, &error);
  ledger_close(ledger);
  return status;
}

static enum status add_all(struct ledger *ledger, struct error *error)
{
  enum ledger_added added;
  enum status status = ST_OK;
  for (size_t i = 0; i < DOCUMENTS && status == ST_OK; i++) status = ledger_add(ledger, slice_of(readings[i]), &added, error);
  return status;
}

static bool read_file(const char *path, struct buf *to)
{
  FILE *in = fopen(path, "rb");
  buf_init(to, LOTS * 16);
  for (int c; in && (c = fgetc(in)) != EOF;) buf_char(to, (char)c);
  return in && fclose(in) == 0 && to->n > 0;
}

static bool write_file(const char *path, const struct buf *from)
{
  faults_clear(path);
  FILE *out = fopen(path, "wb");
  return out && fwrite(from->at, 1, from->n, out) == from->n && fclose(out) == 0;
}

static bool ask(const char *path, struct buf *to)
{
  struct ledger *ledger = NULL;
  struct error error = {ST_OK, ""};
  buf_init(to, LOTS * 4);
  const bool good = ledger_open(&ledger, path, LEDGER_WRITE, &error) == ST_OK;
  if (good) answers(ledger, to);
  else buf_text(to, error.message);
  ledger_close(ledger);
  return good;
}

/* ---- one change ---- */

struct trial {
  const struct change *change;
  const char *path;
  struct buf file, before, after; /* the ledger's bytes, its answers */
};

static bool prepare(struct trial *t, const char *fixture)
{
  faults_clear(t->path);
  bool good = t->change->first ? load(t->path, fixture) : change(t->path, add_all) == ST_OK;
  if (good && t->change->before) good = change(t->path, t->change->before) == ST_OK;
  good = read_file(t->path, &t->file) && good && ask(t->path, &t->before) && write_file(t->path, &t->file);
  good = good && change(t->path, t->change->make) == ST_OK;
  return ask(t->path, &t->after) && good;
}

static const char *wrong_with(const struct trial *t, bool made)
{
  sqlite3 *db = NULL;
  struct buf got;
  const char *what = ask(t->path, &got) ? NULL : "it does not open";
  if (!what && sqlite3_open_v2(t->path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK) what = unsound_file(db);
  sqlite3_close(db);
  if (!what && made && !slice_eq(buf_get(&got), buf_get(&t->after))) what = "it was told to be changed, and is not";
  if (!what && !made && !slice_eq(buf_get(&got), buf_get(&t->before))) what = "it was told not to be changed, and is";
  buf_release(&got);
  return what;
}

/* False when the change ended before its fault came. */
static bool met(const struct trial *t, const struct sort *sort, int64_t at, bool *made)
{
  if (!write_file(t->path, &t->file)) return false;
  fault.calls = fault.hits = 0;
  fault.at = at;
  fault.sort = sort;
  *made = change(t->path, t->change->make) == ST_OK;
  fault.sort = NULL;
  return fault.hits > 0;
}

static void each(const struct trial *t, const struct sort *sort, bool all)
{
  bool made;
  char name[128];
  int64_t tried = 0, good = 0, refused = 0;
  (void)met(t, sort, INT64_MAX, &made);
  const int64_t step = fault.calls / (all ? LENGTHY : QUICK) + 1;
  for (int64_t at = 0; met(t, sort, at, &made); at += step) {
    const char *what = wrong_with(t, made);
    if (what) printf("# call %" PRId64 ": %s\n", at, what);
    tried++;
    good += !what;
    refused += !made;
  }
  snprintf(name, sizeof name, "%s, %s: made or not made", t->change->name, sort->name);
  is_int(good, tried, name);
  printf("# %" PRId64 " times, %" PRId64 " not made\n", tried, refused);
}

int main(int argc, char **argv)
{
  char folder[] = "/tmp/tocsin-changes-XXXXXX", path[64];
  const char *how = getenv("LEDGER_FAULTS");
  const bool all = how && strcmp(how, "all") == 0;
  setvbuf(stdout, NULL, _IOLBF, 0);
  if (!ok(argc > 1 && faults_begin(), "the layers over files and memory") || !ok(mkdtemp(folder) != NULL, "a folder")) return tap_end();
  snprintf(path, sizeof path, "%s/a.db", folder);
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
    struct trial t = {.change = &changes[i], .path = path};
    ok(prepare(&t, argv[1]), changes[i].name);
    ok(changes[i].first || !slice_eq(buf_get(&t.before), buf_get(&t.after)), "... changes what it answers");
    for (size_t k = 0; k < sizeof sorts / sizeof *sorts; k++) each(&t, &sorts[k], all);
    buf_release(&t.file);
    buf_release(&t.before);
    buf_release(&t.after);
  }
  faults_clear(path);
  rmdir(folder);
  return tap_end();
}
