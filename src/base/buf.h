/* buf.h: a growing byte buffer on the heap with a ceiling.  Errors stick: after a failed append `failed` is set, later appends do
 * nothing, and one check at the end is enough. */
#ifndef BASE_BUF_H
#define BASE_BUF_H
#include "base/slice.h"

struct buf {
  char *at;
  size_t n, cap, ceiling;
  bool failed;
};

void buf_init(struct buf *buf, size_t ceiling);
void buf_release(struct buf *buf);
void buf_clear(struct buf *buf); /* n = 0, failed = false; keeps the memory */
void buf_put(struct buf *buf, const void *bytes, size_t n);
void buf_char(struct buf *buf, char c);
void buf_slice(struct buf *buf, struct slice s);
void buf_text(struct buf *buf, const char *text);
__attribute__((format(printf, 2, 3))) void buf_printf(struct buf *buf, const char *format, ...);
static inline struct slice buf_get(const struct buf *buf) { return (struct slice){buf->at, buf->n}; }

#endif
