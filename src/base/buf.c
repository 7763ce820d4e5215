#include "base/buf.h"
#include "base/checked.h"
#include "base/sys.h"
#include <stdarg.h>
#include <stdio.h>

void buf_init(struct buf *buf, size_t ceiling) { *buf = (struct buf){.ceiling = ceiling}; }

void buf_release(struct buf *buf)
{
  sys_free(buf->at, buf->cap);
  buf_init(buf, buf->ceiling);
}

void buf_clear(struct buf *buf)
{
  buf->n = 0;
  buf->failed = false;
}

/* Room for n more bytes. */
static bool reserve(struct buf *buf, size_t n)
{
  size_t need, cap;
  if (buf->failed) return false;
  if (n <= buf->cap - buf->n) return true;
  if (!add_size(buf->n, n, &need) || need > buf->ceiling) {
    buf->failed = true;
    return false;
  }
  if (!mul_size(buf->cap, 2, &cap) || cap > buf->ceiling) cap = buf->ceiling;
  if (cap < need) cap = need;
  if (cap < 256 && buf->ceiling >= 256) cap = 256;
  char *at = sys_realloc(buf->at, buf->cap, cap);
  if (!at) {
    buf->failed = true;
    return false;
  }
  buf->at = at;
  buf->cap = cap;
  return true;
}

void buf_put(struct buf *buf, const void *bytes, size_t n)
{
  if (n == 0 || !reserve(buf, n)) return;
  memcpy(buf->at + buf->n, bytes, n);
  buf->n += n;
}

void buf_char(struct buf *buf, char c)
{
  if (reserve(buf, 1)) buf->at[buf->n++] = c;
}

void buf_slice(struct buf *buf, struct slice s) { buf_put(buf, s.at, s.n); }
void buf_text(struct buf *buf, const char *text) { buf_put(buf, text, strlen(text)); }

void buf_spill(struct buf *buf)
{
  if (buf->spill && !buf->failed && buf->n >= BUF_SPILL && !buf->spill(buf->spill_context, buf)) buf->failed = true;
}

void buf_printf(struct buf *buf, const char *format, ...)
{
  char small[256];
  va_list args;
  va_start(args, format);
  int n = vsnprintf(small, sizeof small, format, args);
  va_end(args);
  if (n < 0) buf->failed = true;
  else if ((size_t)n < sizeof small) buf_put(buf, small, (size_t)n);
  else if (reserve(buf, (size_t)n + 1)) { /* its NUL is written and then not counted */
    va_start(args, format);
    (void)vsnprintf(buf->at + buf->n, (size_t)n + 1, format, args);
    va_end(args);
    buf->n += (size_t)n;
  }
}
