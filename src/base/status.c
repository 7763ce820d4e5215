#include "base/status.h"
#include "base/utf8.h"
#include <stdarg.h>
#include <stdio.h>

int status_exit(enum status code)
{
  switch (code) {
#define X(code, exit_status, name) \
  case code: return exit_status;
    STATUS_LIST(X)
#undef X
  }
  return 3;
}

const char *status_name(enum status code)
{
  switch (code) {
#define X(code, exit_status, name) \
  case code: return name;
    STATUS_LIST(X)
#undef X
  }
  return "unknown status";
}

/* One printable line of valid UTF-8 whatever a path or a message of the system held: each control character (C0, C1, DEL) and each
 * byte that is no UTF-8 becomes '?'. */
static void clean(char *message, size_t n)
{
  struct slice s = {message, n};
  for (size_t at = 0; at < n;) {
    size_t begin = at;
    uint32_t c = utf8_next(s, &at);
    if (c == UTF8_BAD || c < 0x20 || (c >= 0x7f && c < 0xa0))
      for (size_t i = begin; i < at; i++) message[i] = '?';
  }
}

enum status error_set(struct error *error, enum status code, const char *format, ...)
{
  if (!error || error->code != ST_OK) return code;
  error->code = code;
  va_list args;
  va_start(args, format);
  int full = vsnprintf(error->message, sizeof error->message, format, args);
  va_end(args);
  if (full < 0) error->message[0] = '\0';
  size_t n = strlen(error->message);
  if (full > 0 && (size_t)full > n) /* cut: not within a character */
    while (n > 0 && utf8_valid((struct slice){error->message, n}) != n && sizeof error->message - n < 4) n--;
  error->message[n] = '\0';
  clean(error->message, n);
  return code;
}

void error_clear(struct error *error)
{
  error->code = ST_OK;
  error->message[0] = '\0';
}
