/* stream.h: a file seen through a window that grows up to a limit: how whatever large input is read in bounded memory. */
#ifndef INTAKE_STREAM_H
#define INTAKE_STREAM_H
#include "base/slice.h"
#include "base/status.h"

struct stream { /* fields are private but for offset and line, which tell where the window begins */
  int fd;       /* -1: closed */
  char *at;
  size_t begin, end, cap, limit;
  bool ended;      /* no more bytes come */
  int failed;      /* errno of a read that failed, else 0 */
  bool no_memory;  /* the window could not grow for want of memory */
  uint64_t offset; /* bytes before the window */
  uint64_t line;   /* line feeds before the window */
};

/* `limit`: most bytes of the window.  Takes fd over. */
void stream_init(struct stream *stream, int fd, size_t limit);
void stream_release(struct stream *stream);
static inline struct slice stream_window(const struct stream *stream)
{
  if (!stream->at) return (struct slice){NULL, 0};
  return (struct slice){stream->at + stream->begin, stream->end - stream->begin};
}
/* More bytes into the window.  False when none came: the end, a failed read, the limit reached or no memory. */
bool stream_more(struct stream *stream);
/* Is a line there, or a file from which it comes at once? */
bool stream_waits(const struct stream *stream);
/* The window moves n bytes on; n <= its length. */
void stream_skip(struct stream *stream, size_t n);
/* Gives memory back when the window is small again behind a large document. */
void stream_trim(struct stream *stream);
/* Moves behind the next line feed (or to the end), whatever lies between. */
void stream_skip_line(struct stream *stream);
/* Puts other bytes (converted ones, from sys_alloc(cap)) in the place of the window; nothing more is read. */
void stream_replace(struct stream *stream, char *at, size_t n, size_t cap);

#endif
