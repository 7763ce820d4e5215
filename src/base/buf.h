/* buf.h: a growing byte buffer on the heap with a ceiling.  Errors stick: after a failed append `failed` is set, later appends do
 * nothing, and one check at the end is enough. */
#ifndef BASE_BUF_H
#define BASE_BUF_H
#include "base/slice.h"

#define BUF_SPILL ((size_t)64 << 10)

struct buf {
  char *at;
  size_t n, cap, ceiling;
  bool failed;
  /* Set by an owner who sends the bytes on while they are made: takes them out (n = 0) or leaves them for now; false: it is of no use to go on. */
  bool (*spill)(void *context, struct buf *buf);
  void *spill_context;
};

void buf_init(struct buf *buf, size_t ceiling);
void buf_release(struct buf *buf);
void buf_clear(struct buf *buf); /* n = 0, failed = false; keeps the memory */
void buf_put(struct buf *buf, const void *bytes, size_t n);
void buf_char(struct buf *buf, char c);
void buf_slice(struct buf *buf, struct slice s);
void buf_text(struct buf *buf, const char *text);
/* What was appended so far is final and may leave; a writer of much calls it now and then.  Without `spill`, or below BUF_SPILL bytes, nothing. */
void buf_spill(struct buf *buf);
__attribute__((format(printf, 2, 3))) void buf_printf(struct buf *buf, const char *format, ...);
static inline struct slice buf_get(const struct buf *buf) { return (struct slice){buf->at, buf->n}; }

#endif
