/* faults.h: a layer over SQLite's file system and memory that makes the Nth call of one sort fail, once or from then on.  Included by one file of a
 * program; `faults_begin` before anything of SQLite is used.
 *
 * The calls after which a commit is there or not (write, sync, truncate, delete, locks, shared memory) fail as sqlite.org/atomiccommit.html has them. */
#ifndef TEST_FAULTS_H
#define TEST_FAULTS_H
#include "unit/sound.h"
#include <inttypes.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

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

static bool faults_begin(void)
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

/* Removes a ledger and what lies beside it. */
static void faults_clear(const char *path)
{
  static const char *const ends[] = {"", "-wal", "-shm", "-journal", "-lock"};
  char name[96];
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    snprintf(name, sizeof name, "%s%s", path, ends[i]);
    unlink(name);
  }
}

#endif
