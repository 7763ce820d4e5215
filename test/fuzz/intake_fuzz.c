/* intake_fuzz.c: any bytes as a file: every document that comes out is whole, valid and no larger than allowed. */
#include "base/sys.h"
#include "base/utf8.h"
#include "intake/intake.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint8_t *bytes;
static size_t left, piece;

static int fake_open(const char *path, int flags, mode_t mode)
{
  (void)path, (void)flags, (void)mode;
  return 1000;
}

static ssize_t fake_read(int fd, void *to, size_t n)
{
  (void)fd;
  if (n > piece) n = piece;
  if (n > left) n = left;
  if (n) memcpy(to, bytes, n);
  bytes += n;
  left -= n;
  return (ssize_t)n;
}

static int fake_fstat(int fd, struct stat *to)
{
  (void)fd;
  *to = (struct stat){.st_mode = S_IFREG};
  return 0;
}

static int fake_close(int fd) { return fd < 0; }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  sys_replace(NULL);
  struct sys table = *sys();
  struct intake_options options = {.max_text = 4096};
  struct intake *in;
  struct error error = {ST_OK, ""};
  table.open = fake_open;
  table.read = fake_read;
  table.fstat = fake_fstat;
  table.close = fake_close;
  sys_replace(&table);
  bytes = data;
  left = size;
  piece = size % 7 + 1;
  if (intake_open(&in, "fuzz", &options, &error) != ST_OK) abort();
  for (size_t documents = 0;; documents++) {
    struct document *d;
    enum status status = intake_next(in, &d, &error);
    if (documents > size + 2 || (status != ST_OK && status != ST_REFUSED)) abort(); /* it must come to an end */
    if (status == ST_OK && !d) break;
    if (status == ST_REFUSED && (d || error.code != ST_REFUSED)) abort();
    if (d && (d->id.n == 0 || d->text.n > options.max_text || utf8_valid(d->text) != d->text.n || (d->text.n && memchr(d->text.at, 0, d->text.n)))) abort();
    if (d && d->extra.n && (d->extra.at[0] != '{' || utf8_valid(d->extra) != d->extra.n || memchr(d->extra.at, '\n', d->extra.n))) abort();
    document_free(d);
    error_clear(&error);
  }
  intake_close(in);
  sys_replace(NULL);
  return 0;
}
