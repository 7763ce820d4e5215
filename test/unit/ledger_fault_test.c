/* The ledger on a disk that fails.  A layer over SQLite's file system makes the Nth call of one sort fail, once or from then on; a short session adds
 * three documents; then the disk is whole again, and the ledger must open, be sound, hold each document that was told to be in and none that was told
 * to be out, take the missing ones, and answer as a ledger that never met a fault.  So for each N until a session ends before its fault comes.
 *
 *     ledger_fault_test                   some N of each sort, spread over the session
 *     LEDGER_FAULTS=all ledger_fault_test every N; of allocations a thousand
 *
 * The calls after which a commit is there or not (write, sync, truncate, delete, locks, shared memory) fail as sqlite.org/atomiccommit.html has them. */
#include "ledger/ledger.h"
#include "tap.h"
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
  QUICK = 6,      /* sessions of one sort, when not all are run */
  LENGTHY = 1000, /* ... of failing memory, when they are: there are nine thousand allocations */
  DOCUMENTS = 3,
  LOTS = 1 << 20
};

/* ---- the fault ---- */

enum call { CALL_WRITE, CALL_SYNC, CALL_TRUNCATE, CALL_LOCK, CALL_SHM_MAP, CALL_SHM_LOCK, CALL_OPEN, CALL_DELETE, CALL_READ, CALL_MEMORY };

struct sort {
  const char *name;
  enum call call;
  int code;
  bool lasts; /* each call from the Nth on */
  bool torn;  /* half of it is written before it fails */
};
static const struct sort sorts[] = {
  {"a write fails", CALL_WRITE, SQLITE_IOERR_WRITE, false, false},
  {"a write fails half way", CALL_WRITE, SQLITE_IOERR_WRITE, false, true},
  {"writes fail from then on", CALL_WRITE, SQLITE_IOERR_WRITE, true, true},
  {"the disk is full for a while", CALL_WRITE, SQLITE_FULL, false, true},
  {"the disk stays full", CALL_WRITE, SQLITE_FULL, true, false},
  {"a sync fails", CALL_SYNC, SQLITE_IOERR_FSYNC, false, false},
  {"syncs fail from then on", CALL_SYNC, SQLITE_IOERR_FSYNC, true, false},
  {"a truncation fails", CALL_TRUNCATE, SQLITE_IOERR_TRUNCATE, false, false},
  {"truncations fail from then on", CALL_TRUNCATE, SQLITE_IOERR_TRUNCATE, true, false},
  {"an exclusive lock fails", CALL_LOCK, SQLITE_IOERR_LOCK, false, false},
  {"exclusive locks fail from then on", CALL_LOCK, SQLITE_IOERR_LOCK, true, false},
  {"shared memory fails", CALL_SHM_MAP, SQLITE_IOERR_SHMMAP, false, false},
  {"shared memory fails from then on", CALL_SHM_MAP, SQLITE_IOERR_SHMMAP, true, false},
  {"a lock of shared memory fails", CALL_SHM_LOCK, SQLITE_IOERR_SHMLOCK, false, false},
  {"locks of shared memory fail from then on", CALL_SHM_LOCK, SQLITE_IOERR_SHMLOCK, true, false},
  {"a file does not open", CALL_OPEN, SQLITE_CANTOPEN, false, false},
  {"files do not open from then on", CALL_OPEN, SQLITE_CANTOPEN, true, false},
  {"a file cannot be deleted", CALL_DELETE, SQLITE_IOERR_DELETE, false, false},
  {"files cannot be deleted from then on", CALL_DELETE, SQLITE_IOERR_DELETE, true, false},
  {"a read fails", CALL_READ, SQLITE_IOERR_READ, false, false},
  {"reads fail from then on", CALL_READ, SQLITE_IOERR_READ, true, false},
  {"an allocation fails", CALL_MEMORY, SQLITE_NOMEM, false, false},
  {"allocations fail from then on", CALL_MEMORY, SQLITE_NOMEM, true, false},
};

static struct {
  const struct sort *sort; /* NULL: the disk is whole */
  int64_t calls, at;       /* of this sort so far; the one that fails */
  int64_t hits;
} fault;

static bool fails(enum call call)
{
  if (!fault.sort || fault.sort->call != call) return false;
  const int64_t n = fault.calls++;
  if (n != fault.at && !(fault.sort->lasts && n > fault.at)) return false;
  fault.hits++;
  return true;
}

/* ---- the layer over the file system ---- */

static sqlite3_vfs *below;

struct file {
  sqlite3_file base;
  sqlite3_file *real; /* behind this struct */
};

static sqlite3_file *real(sqlite3_file *file) { return ((struct file *)file)->real; }

static int on_close(sqlite3_file *f) { return real(f)->pMethods->xClose(real(f)); }

static int on_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
  return fails(CALL_READ) ? fault.sort->code : real(f)->pMethods->xRead(real(f), to, n, at);
}

static int on_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
  if (!fails(CALL_WRITE)) return real(f)->pMethods->xWrite(real(f), from, n, at);
  if (fault.sort->torn && n > 1) (void)real(f)->pMethods->xWrite(real(f), from, n / 2, at);
  return fault.sort->code;
}

static int on_truncate(sqlite3_file *f, sqlite3_int64 size)
{
  return fails(CALL_TRUNCATE) ? fault.sort->code : real(f)->pMethods->xTruncate(real(f), size);
}

/* Nothing here cuts the power, so what is not synced is not lost, and the tests need not wait for the disk. */
static int on_sync(sqlite3_file *f, int flags)
{
  (void)f, (void)flags;
  return fails(CALL_SYNC) ? fault.sort->code : SQLITE_OK;
}

static int on_size(sqlite3_file *f, sqlite3_int64 *to) { return real(f)->pMethods->xFileSize(real(f), to); }

static int on_lock(sqlite3_file *f, int how)
{
  return how == SQLITE_LOCK_EXCLUSIVE && fails(CALL_LOCK) ? fault.sort->code : real(f)->pMethods->xLock(real(f), how);
}

static int on_unlock(sqlite3_file *f, int how) { return real(f)->pMethods->xUnlock(real(f), how); }
static int on_reserved(sqlite3_file *f, int *to) { return real(f)->pMethods->xCheckReservedLock(real(f), to); }
static int on_control(sqlite3_file *f, int what, void *argument) { return real(f)->pMethods->xFileControl(real(f), what, argument); }
static int on_sector(sqlite3_file *f) { return real(f)->pMethods->xSectorSize(real(f)); }
static int on_device(sqlite3_file *f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }

static int on_shm_map(sqlite3_file *f, int region, int n, int extend, void volatile **to)
{
  *to = NULL;
  return fails(CALL_SHM_MAP) ? fault.sort->code : real(f)->pMethods->xShmMap(real(f), region, n, extend, to);
}

static int on_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
  const bool takes = (flags & SQLITE_SHM_LOCK) && (flags & SQLITE_SHM_EXCLUSIVE);
  return takes && fails(CALL_SHM_LOCK) ? fault.sort->code : real(f)->pMethods->xShmLock(real(f), offset, n, flags);
}

static void on_shm_barrier(sqlite3_file *f) { real(f)->pMethods->xShmBarrier(real(f)); }
static int on_shm_unmap(sqlite3_file *f, int delete_too) { return real(f)->pMethods->xShmUnmap(real(f), delete_too); }

static const sqlite3_io_methods methods = {
  .iVersion = 2, .xClose = on_close, .xRead = on_read, .xWrite = on_write, .xTruncate = on_truncate, .xSync = on_sync, .xFileSize = on_size,
  .xLock = on_lock, .xUnlock = on_unlock, .xCheckReservedLock = on_reserved, .xFileControl = on_control, .xSectorSize = on_sector,
  .xDeviceCharacteristics = on_device, .xShmMap = on_shm_map, .xShmLock = on_shm_lock, .xShmBarrier = on_shm_barrier, .xShmUnmap = on_shm_unmap};

static int on_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *given)
{
  (void)vfs;
  struct file *file = (struct file *)f;
  file->base.pMethods = NULL;
  file->real = (sqlite3_file *)(file + 1);
  if (fails(CALL_OPEN)) return fault.sort->code;
  const int code = below->xOpen(below, name, file->real, flags, given);
  if (file->real->pMethods) file->base.pMethods = &methods;
  return code;
}

static int on_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
  (void)vfs, (void)sync;
  return fails(CALL_DELETE) ? fault.sort->code : below->xDelete(below, name, 0);
}

/* ---- the layer over memory ---- */

static sqlite3_mem_methods memory;

static void *on_malloc(int n) { return fails(CALL_MEMORY) ? NULL : memory.xMalloc(n); }
static void *on_realloc(void *old, int n) { return fails(CALL_MEMORY) ? NULL : memory.xRealloc(old, n); }

static bool layers(void)
{
  static sqlite3_vfs vfs;
  if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory) != SQLITE_OK) return false;
  sqlite3_mem_methods failing = memory;
  failing.xMalloc = on_malloc;
  failing.xRealloc = on_realloc;
  /* without the small-piece cache of each connection every allocation is one that can fail */
  if (sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) != SQLITE_OK || sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) != SQLITE_OK) return false;
  if (sqlite3_initialize() != SQLITE_OK) return false;
  below = sqlite3_vfs_find(NULL);
  vfs = *below;
  vfs.zName = "faults";
  vfs.pNext = NULL;
  vfs.szOsFile = (int)sizeof(struct file) + below->szOsFile;
  vfs.xOpen = on_open;
  vfs.xDelete = on_delete;
  return sqlite3_vfs_register(&vfs, 1) == SQLITE_OK;
}

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

/* NULL, or what is wrong with the tables */
static const char *unsound(sqlite3 *db, const enum told told[DOCUMENTS], bool there[DOCUMENTS])
{
  if (number_in(db, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'", NULL) != 0) return "the file is damaged";
  if (number_in(db, "SELECT count(*) FROM pragma_foreign_key_check", NULL) != 0) return "a row refers to none";
  if (sqlite3_exec(db, "INSERT INTO found(found) VALUES('integrity-check')", NULL, NULL, NULL) != SQLITE_OK) return "full text is damaged";
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

static void clear(const char *path)
{
  static const char *const ends[] = {"", "-wal", "-shm", "-journal", "-lock"};
  char name[96];
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    snprintf(name, sizeof name, "%s%s", path, ends[i]);
    unlink(name);
  }
}

/* Runs a session whose call `at` fails; false when it ended before. */
static bool met(const char *path, const struct sort *sort, int64_t at, bool grouped, enum told told[DOCUMENTS])
{
  clear(path);
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
  if (!ok(layers(), "the layers over files and memory") || !ok(mkdtemp(folder) != NULL, "a folder")) return tap_end();
  snprintf(path, sizeof path, "%s/a.db", folder);
  for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
    for (int grouped = 0; grouped < 2; grouped++) each(path, &sorts[i], grouped == 1, all);
  clear(path);
  rmdir(folder);
  return tap_end();
}
