#include "intake/stream.h"
#include "base/sys.h"
#include <errno.h>
#include <string.h>

#define FIRST_WINDOW ((size_t)64 << 10)

void stream_init(struct stream *stream, int fd, size_t limit) { *stream = (struct stream){.fd = fd, .limit = limit}; }

void stream_release(struct stream *stream)
{
  if (stream->fd > 0) sys()->close(stream->fd);
  sys_free(stream->at, stream->cap);
  stream_init(stream, -1, stream->limit);
}

/* Room behind the window: what lies before it is given up, then it grows. */
static bool make_room(struct stream *stream)
{
  if (stream->begin > 0 && (stream->begin >= stream->cap / 2 || stream->end == stream->cap)) {
    memmove(stream->at, stream->at + stream->begin, stream->end - stream->begin);
    stream->end -= stream->begin;
    stream->begin = 0;
  }
  if (stream->end < stream->cap) return true;
  size_t cap = stream->cap ? stream->cap : FIRST_WINDOW / 2;
  if (cap >= stream->limit) return false;
  cap = cap > stream->limit / 2 ? stream->limit : cap * 2;
  char *at = sys_realloc(stream->at, stream->cap, cap);
  if (!at) {
    stream->no_memory = true;
    return false;
  }
  stream->at = at;
  stream->cap = cap;
  return true;
}

bool stream_more(struct stream *stream)
{
  if (stream->ended || !make_room(stream)) return false;
  for (;;) {
    ssize_t got = sys()->read(stream->fd, stream->at + stream->end, stream->cap - stream->end);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) stream->failed = errno;
    if (got <= 0) {
      stream->ended = true;
      return false;
    }
    stream->end += (size_t)got;
    return true;
  }
}

bool stream_waits(const struct stream *stream)
{
  struct stat st;
  size_t at = stream->begin;
  while (at < stream->end && (unsigned char)stream->at[at] <= ' ') at++; /* what parts it from the line before */
  if (stream->ended || (at < stream->end && memchr(stream->at + at, '\n', stream->end - at))) return true;
  return stream->fd >= 0 && sys()->fstat(stream->fd, &st) == 0 && S_ISREG(st.st_mode);
}

void stream_skip(struct stream *stream, size_t n)
{
  if (n == 0) return;
  const char *at = stream->at + stream->begin, *end = at + n;
  while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
    stream->line++;
    at++;
  }
  stream->begin += n;
  stream->offset += n;
  if (stream->begin == stream->end) stream->begin = stream->end = 0;
}

void stream_trim(struct stream *stream)
{
  size_t n = stream->end - stream->begin;
  if (stream->cap < 16 * FIRST_WINDOW || n > stream->cap / 8) return;
  if (stream->begin > 0) memmove(stream->at, stream->at + stream->begin, n);
  stream->begin = 0;
  stream->end = n;
  size_t cap = n > FIRST_WINDOW ? n : FIRST_WINDOW;
  char *at = sys_realloc(stream->at, stream->cap, cap);
  if (!at) return;
  stream->at = at;
  stream->cap = cap;
}

void stream_skip_line(struct stream *stream)
{
  for (;;) {
    struct slice window = stream_window(stream);
    const char *feed = window.n ? memchr(window.at, '\n', window.n) : NULL;
    if (feed) {
      stream_skip(stream, (size_t)(feed - window.at) + 1);
      return;
    }
    stream_skip(stream, window.n);
    stream->no_memory = false;
    if (!stream_more(stream)) return;
  }
}

void stream_replace(struct stream *stream, char *at, size_t n, size_t cap)
{
  sys_free(stream->at, stream->cap);
  stream->at = at;
  stream->begin = 0;
  stream->end = n;
  stream->cap = cap;
  stream->ended = true;
}
