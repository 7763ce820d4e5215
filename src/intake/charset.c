/* charset.c: a guess is only taken where it is safe: text that is UTF-8 but for a few bytes is damaged UTF-8, whatever single-byte charset
 * would swallow it, and is refused with the place. */
#include "intake/charset.h"
#include "base/utf8.h"
#include <errno.h>
#include <iconv.h>
#include <uchardet/uchardet.h>

#define GUESS_BYTES ((size_t)1 << 20) /* enough to tell; bounds the time */

const char *charset_of_mark(struct slice bytes)
{
  if (slice_starts(bytes, SLICE("\xFF\xFE\0\0"))) return "UTF-32LE";
  if (slice_starts(bytes, SLICE("\0\0\xFE\xFF"))) return "UTF-32BE";
  if (slice_starts(bytes, SLICE("\xFF\xFE"))) return "UTF-16LE";
  if (slice_starts(bytes, SLICE("\xFE\xFF"))) return "UTF-16BE";
  return NULL;
}

struct slice charset_skip_mark(struct slice bytes)
{
  return slice_starts(bytes, SLICE("\xEF\xBB\xBF")) ? slice_sub(bytes, 3, bytes.n) : bytes;
}

/* More whole characters beyond ASCII than bytes that fit nowhere: it was meant as UTF-8. */
static bool damaged_utf8(struct slice bytes)
{
  size_t good = 0, bad = 0;
  for (size_t at = 0; at < bytes.n;) {
    uint32_t c = utf8_next(bytes, &at);
    if (c == UTF8_BAD) bad++;
    else if (c >= 0x80) good++;
  }
  return good > bad;
}

static bool guess(struct slice bytes, char name[64])
{
  uchardet_t detector = uchardet_new();
  if (!detector) return false;
  size_t n = bytes.n < GUESS_BYTES ? bytes.n : GUESS_BYTES;
  bool found = uchardet_handle_data(detector, bytes.at, n) == 0;
  uchardet_data_end(detector);
  const char *charset = found ? uchardet_get_charset(detector) : "";
  size_t length = strlen(charset);
  found = length > 0 && length < 64 && strcmp(charset, "ASCII") != 0 && strcmp(charset, "UTF-8") != 0;
  if (found) memcpy(name, charset, length + 1);
  uchardet_delete(detector);
  return found;
}

/* One pass of iconv into a growing piece of the arena. */
static enum status convert(iconv_t with, struct slice bytes, const char *charset, size_t most, struct arena *arena, const char *name,
                           struct slice *to, struct error *error)
{
  size_t cap = bytes.n + bytes.n / 2 + 64, n = 0;
  if (cap > most + 64) cap = most + 64;
  char *out = arena_alloc(arena, cap);
  char *from = (char *)(uintptr_t)bytes.at; /* iconv does not write to it */
  size_t left = bytes.n;
  for (;;) {
    if (!out) return error_set(error, ST_REFUSED, "%s: not enough memory to convert it from %s: free some, or cut the document", name, charset);
    char *end = out + n;
    size_t room = cap - 1 - n; /* for the NUL */
    size_t result = iconv(with, left ? &from : NULL, &left, &end, &room);
    n = (size_t)(end - out);
    if (n > most) return error_set(error, ST_REFUSED, "%s: more than %zu bytes of text: cut it, or allow more with --max-text", name, most);
    if (result != (size_t)-1 && left == 0) break;
    if (result != (size_t)-1) continue;
    if (errno != E2BIG)
      return error_set(error, ST_REFUSED, "%s: neither UTF-8 nor %s (byte %zu): convert it to UTF-8 with iconv", name, charset, bytes.n - left);
    size_t more = cap > (SIZE_MAX - 64) / 2 ? cap : cap * 2;
    if (more > most + 64) more = most + 64;
    if (more == cap) return error_set(error, ST_REFUSED, "%s: more than %zu bytes of text: cut it, or allow more with --max-text", name, most);
    out = arena_grow(arena, out, cap, more);
    cap = more;
  }
  out[n] = '\0';
  *to = (struct slice){out, n};
  return ST_OK;
}

enum status charset_convert(struct slice bytes, const char *charset, size_t most, struct arena *arena, const char *name, struct slice *to,
                            struct error *error)
{
  char guessed[64];
  if (!charset) {
    size_t bad = utf8_valid(bytes);
    if (damaged_utf8(bytes))
      return error_set(error, ST_REFUSED, "%s: damaged UTF-8 (byte %zu): mend it, or drop what is broken with iconv -c -t UTF-8", name, bad);
    if (!guess(bytes, guessed))
      return error_set(error, ST_REFUSED, "%s: not UTF-8 (byte %zu), and its charset cannot be told: convert it with iconv", name, bad);
    charset = guessed;
  }
  iconv_t with = iconv_open("UTF-8", charset);
  if (with == (iconv_t)-1)
    return error_set(error, ST_REFUSED, "%s: its charset seems to be %s, which this system cannot convert: convert it to UTF-8", name, charset);
  enum status status = convert(with, bytes, charset, most, arena, name, to, error);
  iconv_close(with);
  if (status == ST_OK && slice_starts(*to, SLICE("\xEF\xBB\xBF"))) *to = charset_skip_mark(*to);
  return status;
}
