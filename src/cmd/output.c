/* output.c: results on their way out. */
#include "cmd/output.h"
#include "base/sys.h"
#include "cmd/run.h"
#include "show/words.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define PART_MOST ((size_t)2 << 30) /* bytes of one record */

static bool send(void *context, struct buf *buf)
{
  struct output *out = context;
  if (out->clean) show_safe(buf);
  if (!run_write_to(out->fd, buf_get(buf))) {
    out->wrong = errno;
    if (!out->path) pager_left(&out->pager);
    return false;
  }
  buf_clear(buf);
  return true;
}

static void begin(struct output *out, const char *path, int fd)
{
  *out = (struct output){.path = path, .fd = fd};
  buf_init(&out->to, PART_MOST);
  out->to.spill = send;
  out->to.spill_context = out;
}

void output_stdout(struct output *out, bool paged)
{
  begin(out, NULL, STDOUT_FILENO);
  if (paged) pager_begin(&out->pager);
}

enum status output_file(struct output *out, const char *path, struct error *error)
{
  const int fd = sys()->open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) return error_set(error, ST_IO, "%s: cannot make the file (%s): see to the folder", path, strerror(errno));
  begin(out, path, fd);
  return ST_OK;
}

enum status output_end(struct output *out, enum status status, struct error *error)
{
  if (status == ST_OK && !out->to.failed && out->to.n) out->to.failed = !send(out, &out->to);
  if (out->path && sys()->close(out->fd) != 0 && !out->wrong) out->wrong = errno;
  const bool left = out->pager.left;
  buf_release(&out->to);
  pager_end(&out->pager);
  if (left || !out->wrong) return left ? ST_OK : status;
  error_clear(error); /* that a buf is full is what came of it */
  if (out->path) return error_set(error, ST_IO, "%s: cannot be written (%s): see to the disk", out->path, strerror(out->wrong));
  return error_set(error, ST_IO, "cannot write the results (%s): see to where standard output goes", strerror(out->wrong));
}
