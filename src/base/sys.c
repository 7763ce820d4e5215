/* sys.c: the real table, and the one pointer that a test may turn to another. */
#include "base/sys.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static void *real_realloc(void *old, size_t old_size, size_t new_size)
{
  (void)old_size;
  if (new_size == 0) {
    free(old);
    return NULL;
  }
  return realloc(old, new_size);
}

static int real_open(const char *path, int flags, mode_t mode) { return open(path, flags, mode); }

static int real_fstat(int fd, struct stat *to) { return fstat(fd, to); }

static int real_lstat(const char *path, struct stat *to) { return lstat(path, to); }

static int real_list(const char *folder, bool (*each)(void *context, const char *name), void *context)
{
  DIR *dir = opendir(folder);
  if (!dir) return -1;
  for (const struct dirent *entry; (entry = readdir(dir)) != NULL;)
    if (!each(context, entry->d_name)) break;
  closedir(dir);
  return 0;
}

static int64_t real_monotonic_ns(void)
{
  struct timespec t;
  if (clock_gettime(CLOCK_MONOTONIC, &t) != 0) return 0;
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static const struct sys real = {
  .realloc = real_realloc,
  .open = real_open,
  .read = read,
  .write = write,
  .fstat = real_fstat,
  .lstat = real_lstat,
  .close = close,
  .fdatasync = fdatasync,
  .flock = flock,
  .mmap = mmap,
  .munmap = munmap,
  .list = real_list,
  .monotonic_ns = real_monotonic_ns,
};

static const struct sys *in_force = &real;

const struct sys *sys(void) { return in_force; }
void sys_replace(const struct sys *with) { in_force = with ? with : &real; }

void *sys_realloc(void *old, size_t old_size, size_t new_size) { return in_force->realloc(old, old_size, new_size); }
void *sys_alloc(size_t n) { return in_force->realloc(NULL, 0, n ? n : 1); }

void sys_free(void *p, size_t n)
{
  if (p) (void)in_force->realloc(p, n, 0);
}
