/* sys.h: one door to memory and to the operating system, so that a test can make any call fail.
 *
 * All heap memory passes sys_realloc; all file access passes the functions below.  A test swaps the table with sys_replace (once,
 * before threads start).  The table is the only mutable global of the library. */
#ifndef BASE_SYS_H
#define BASE_SYS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/stat.h>

struct sys {
  /* (old, 0, n): allocate; (p, n, 0): free, gives NULL; else resize.  NULL when there is no memory; then `old` is untouched. */
  void *(*realloc)(void *old, size_t old_size, size_t new_size);
  int (*open)(const char *path, int flags, mode_t mode);
  ssize_t (*read)(int fd, void *to, size_t n);
  ssize_t (*write)(int fd, const void *from, size_t n);
  int (*fstat)(int fd, struct stat *to);
  int (*lstat)(const char *path, struct stat *to);
  int (*close)(int fd);
  int (*fdatasync)(int fd);
  int (*flock)(int fd, int operation);
  void *(*mmap)(void *at, size_t n, int prot, int flags, int fd, off_t offset);
  int (*munmap)(void *at, size_t n);
  /* Calls each(context, name) for every entry of a folder, in no order, until it gives false; -1 and errno when the folder cannot be read. */
  int (*list)(const char *folder, bool (*each)(void *context, const char *name), void *context);
  int64_t (*monotonic_ns)(void); /* for measuring speed only; no result may depend on it */
};

const struct sys *sys(void);             /* the table in force */
void sys_replace(const struct sys *with); /* NULL: the real one again */

void *sys_realloc(void *old, size_t old_size, size_t new_size);
void *sys_alloc(size_t n);
void sys_free(void *p, size_t n);

#endif
