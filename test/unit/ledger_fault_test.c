/* The ledger on a disk that fails.  A layer over SQLite's file system makes the Nth call of one sort fail, once or from then on; a short session adds
 * three documents; then the disk is whole again, and the ledger must open, be sound, hold each document that was told to be in and none that was told
 * to be out, take the missing ones, and answer as a ledger that never met a fault.  So for each N until a session ends before its fault comes.
 *
 *     ledger_fault_test                   some N of each sort, spread over the session
 *     LEDGER_FAULTS=all ledger_fault_test every N; of allocations some four thousand
 */
#include "faults.h"
#include "ledger/ledger.h"
#include "tap.h"
#include <stdlib.h>
#include <string.h>

enum {
  QUICK = 6,      /* sessions of one sort, when not all are run */
  LENGTHY = 4000, /* ... of failing memory, when they are: a session has 26,000 allocations, and to try each would take half an hour */
  DOCUMENTS = 3,
  LOTS = 1 << 20
};

/* ---- a session ---- */

#define READING(id, sha, day, number, text)                                                                                                          \
  "{\"tocsin\":1,\"document\":{\"id\":\"" id "\",\"published\":\"" day "\",\"publisher\":\"Wire A\",\"sha256\":\"" sha "\",\"text\":\"" text "\"},"       \
  "\"sentences\":[{\"span\":[0,64]}],\"entities\":[{\"id\":0,\"name\":\"Greece\",\"kind\":\"country\",\"code\":\"GRC\",\"country\":\"GRC\","            \
  "\"mentions\":[[0,6]]}],\"places\":[],\"dates\":[],\"figures\":[{\"id\":0,\"text\":\"" number "\",\"span\":[49,51],\"value\":" number ","             \
  "\"bound\":\"exact\",\"unit\":\"person\",\"item\":\"toll\",\"state\":\"killed\",\"sort\":\"total\",\"countries\":[\"GRC\"]}],\"claims\":[],"          \
  "\"events\":[{\"id\":0,\"span\":[0,20],\"trigger\":[7,11],\"type\":\"AID\",\"status\":\"actual\",\"rule\":\"send\","                               \
  "\"actor\":[{\"text\":\"Greece\",\"span\":[0,6],\"entity\":0,\"code\":\"GRC\",\"country\":\"GRC\"}]}],\"positions\":[]}"
static const char *const ids[DOCUMENTS] = {"one", "two", "three"};
static const char *const readings[DOCUMENTS] = {
  READING("one", "aa", "2023-05-14", "12", "Greece sent tents to Van, where the death toll of 12 stood still."),
  READING("two", "bb", "2023-05-15", "31", "Greece sent water to Van, as the death toll of 31 had risen more."),
  READING("three", "cc", "2023-05-16", "40", "Greece sent bread to Van, as the death toll of 40 had risen more.")};

enum told { TOLD_NOTHING, TOLD_IN, TOLD_OUT };

struct group {
  enum told *told;
  size_t put[DOCUMENTS], n, at;
};

static void tell(void *context, enum ledger_added added, const struct error *why)
{
  struct group *group = context;
  (void)added;
  if (group->at < group->n) group->told[group->put[group->at++]] = why->code == ST_OK ? TOLD_IN : TOLD_OUT;
}

/* Each document by itself, or all three in one transaction.  A failed one does not end it: the handle must bear to go on. */
static void session(const char *path, bool grouped, enum told told[DOCUMENTS])
{
  struct ledger *ledger = NULL;
  struct error error = {ST_OK, ""};
  struct group group = {.told = told};
  for (size_t i = 0; i < DOCUMENTS; i++) told[i] = TOLD_NOTHING;
  if (ledger_open(&ledger, path, LEDGER_WRITE, &error) != ST_OK) return;
  for (size_t i = 0; i < DOCUMENTS; i++) {
    enum ledger_added added;
    struct ledger_ready *ready = NULL;
    error_clear(&error);
    if (!grouped) {
      told[i] = ledger_add(ledger, slice_of(readings[i]), &added, &error) == ST_OK ? TOLD_IN : TOLD_OUT;
      continue;
    }
    enum status status = ledger_prepare(ledger, slice_of(readings[i]), NULL, &ready, &error);
    if (status == ST_OK) status = ledger_put(ledger, ready, &error);
    if (status == ST_OK) group.put[group.n++] = i;
    else told[i] = TOLD_OUT;
  }
  error_clear(&error);
  if (grouped) (void)ledger_commit(ledger, tell, &group, &error);
  ledger_close(ledger);
}

/* ---- what must hold after it ---- */

static void answers(struct ledger *ledger, struct buf *to)
{
  static const enum ledger_what kinds[] = {ASK_STORIES, ASK_EVENTS, ASK_FIGURES, ASK_CONTRADICTIONS, ASK_FIND};
  struct error error = {ST_OK, ""};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    const struct ledger_question question = {.what = kinds[i], .json = true, .words = kinds[i] == ASK_FIND ? SLICE("Greece") : (struct slice){NULL, 0}};
    if (ledger_answer(ledger, &question, to, &error) != ST_OK) buf_text(to, error.message);
  }
}

/* What a ledger answers that took the documents in this order and never met a fault; made once an order. */
static struct slice wanted(const size_t order[DOCUMENTS])
{
  static struct buf kept[DOCUMENTS * DOCUMENTS * DOCUMENTS];
  struct buf *to = &kept[(order[0] * DOCUMENTS + order[1]) * DOCUMENTS + order[2]];
  struct ledger *ledger = NULL;
  struct error error = {ST_OK, ""};
  enum ledger_added added;
  if (to->n) return buf_get(to);
  buf_init(to, LOTS);
  if (ledger_open(&ledger, "memory", LEDGER_MEMORY, &error) != ST_OK) return buf_get(to);
  for (size_t i = 0; i < DOCUMENTS; i++) (void)ledger_add(ledger, slice_of(readings[order[i]]), &added, &error);
  answers(ledger, to);
  ledger_close(ledger);
  return buf_get(to);
}

/* NULL, or what is wrong with the tables */
static const char *unsound(sqlite3 *db, const enum told told[DOCUMENTS], bool there[DOCUMENTS])
{
  const char *wrong = unsound_file(db);
  if (wrong) return wrong;
  for (size_t i = 0; i < DOCUMENTS; i++) {
    const int64_t n = number_in(db, "SELECT count(*) FROM document WHERE id = ?1", ids[i]);
    if (n < 0 || n > 1) return "a document is there twice";
    if (n == 0 && told[i] == TOLD_IN) return "a document that was told is lost";
    if (n == 1 && told[i] == TOLD_OUT) return "a document that was told to be out is in";
    there[i] = n == 1;
  }
  return NULL;
}

static const char *wrong_with(struct ledger *ledger, sqlite3 *db, const enum told told[DOCUMENTS])
{
  bool there[DOCUMENTS] = {false};
  size_t order[DOCUMENTS] = {0};
  struct error error = {ST_OK, ""};
  const char *wrong = unsound(db, told, there);
  if (wrong) return wrong;
  for (size_t i = 0; i < DOCUMENTS; i++) {
    enum ledger_added added;
    if (ledger_add(ledger, slice_of(readings[i]), &added, &error) != ST_OK) return "it takes no document";
    if ((added == LEDGER_KNOWN) != there[i]) return "it does not know what it holds";
  }
  for (size_t i = 0; i < DOCUMENTS; i++) {
    const int64_t at = number_in(db, "SELECT seq FROM document WHERE id = ?1", ids[i]);
    if (at < 1 || at > DOCUMENTS) return "documents are not counted from 1";
    order[at - 1] = i;
  }
  struct buf got;
  buf_init(&got, LOTS);
  answers(ledger, &got);
  const bool same = slice_eq(buf_get(&got), wanted(order));
  buf_release(&got);
  return same ? NULL : "it answers otherwise than without the fault";
}

static bool sound(const char *path, const enum told told[DOCUMENTS], int64_t at)
{
  struct ledger *ledger = NULL;
  sqlite3 *db = NULL;
  struct error error = {ST_OK, ""};
  const char *wrong = ledger_open(&ledger, path, LEDGER_WRITE, &error) == ST_OK ? NULL : error.message;
  if (!wrong) wrong = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK ? wrong_with(ledger, db, told) : "it does not open";
  if (wrong) printf("# call %" PRId64 ": %s\n", at, wrong);
  sqlite3_close(db);
  ledger_close(ledger);
  return !wrong;
}

/* Runs a session whose call `at` fails; false when it ended before. */
static bool met(const char *path, const struct sort *sort, int64_t at, bool grouped, enum told told[DOCUMENTS])
{
  faults_clear(path);
  fault.calls = fault.hits = 0;
  fault.at = at;
  fault.sort = sort;
  session(path, grouped, told);
  fault.sort = NULL;
  return fault.hits > 0;
}

static void each(const char *path, const struct sort *sort, bool grouped, bool all)
{
  enum told told[DOCUMENTS];
  char name[128];
  int64_t tried = 0, good = 0, at = 0, untold = 0;
  (void)met(path, sort, INT64_MAX, grouped, told); /* how many calls there are */
  const int64_t most = !all ? QUICK : sort->call == CALL_MEMORY ? LENGTHY : LOTS;
  const int64_t step = fault.calls / most + 1;
  printf("# %" PRId64 " calls\n", fault.calls);
  for (; met(path, sort, at, grouped, told); at += step) {
    tried++;
    for (size_t i = 0; i < DOCUMENTS; i++) untold += told[i] != TOLD_IN;
    good += sound(path, told, at);
  }
  for (size_t i = 0; i < DOCUMENTS; i++) untold += told[i] != TOLD_IN ? LOTS : 0;
  good += sound(path, told, at); /* the one without a fault */
  snprintf(name, sizeof name, "%s, documents %s: nothing told is lost", sort->name, grouped ? "together" : "one by one");
  is_int(good, tried + 1, name);
  ok(untold < LOTS, "... and without a fault all are in");
  printf("# %" PRId64 " sessions, %" PRId64 " documents not taken\n", tried, untold);
}

int main(void)
{
  char folder[] = "/tmp/tocsin-faults-XXXXXX", path[64];
  const char *how = getenv("LEDGER_FAULTS");
  const bool all = how && strcmp(how, "all") == 0;
  setvbuf(stdout, NULL, _IOLBF, 0);
  if (!ok(faults_begin(), "the layers over files and memory") || !ok(mkdtemp(folder) != NULL, "a folder")) return tap_end();
  snprintf(path, sizeof path, "%s/a.db", folder);
  for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
    for (int grouped = 0; grouped < 2; grouped++) each(path, &sorts[i], grouped == 1, all);
  faults_clear(path);
  rmdir(folder);
  return tap_end();
}
