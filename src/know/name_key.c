/* name_key.c: the key by which a spelling is looked up; see names_build.h.  Used while the program is built, too (tool/towns_index.c). */
#include "base/utf8.h"
#include "know/name_key.h"
#include <utf8proc.h>

static bool is_blank(uint32_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0; }

/* Typographic signs as the tables write them. */
static uint32_t plain(uint32_t c)
{
  if (c == 0x2018 || c == 0x2019 || c == 0x02BC) return '\'';
  if (c >= 0x2010 && c <= 0x2013) return '-';
  return c;
}

static bool put(char to[NAME_BYTES], size_t *n, uint32_t c)
{
  char bytes[4];
  size_t width = utf8_put(c, bytes);
  if (*n + width > NAME_BYTES) return false;
  memcpy(to + *n, bytes, width);
  *n += width;
  return true;
}

/* Puts a letter without its marks. */
static bool put_bare(char to[NAME_BYTES], size_t *n, uint32_t c)
{
  utf8proc_int32_t parts[16];
  int last_class = 0;
  utf8proc_ssize_t got =
    utf8proc_decompose_char((utf8proc_int32_t)c, parts, 16, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK, &last_class);
  if (got < 0 || got > 16) return put(to, n, c);
  for (utf8proc_ssize_t i = 0; i < got; i++)
    if (!put(to, n, (uint32_t)parts[i])) return false;
  return true;
}

size_t name_key(struct slice spelling, char to[NAME_BYTES])
{
  size_t n = 0;
  bool blank = false;
  for (size_t at = 0; at < spelling.n;) {
    uint32_t c = plain(utf8_next(spelling, &at));
    if (c == UTF8_BAD) return 0;
    if (is_blank(c)) {
      blank = n > 0;
      continue;
    }
    if (blank && !put(to, &n, ' ')) return 0;
    blank = false;
    if (!(c < 0x80 ? put(to, &n, c) : put_bare(to, &n, c))) return 0;
  }
  return n;
}

/* The first word: letters and digits up to the first other ASCII sign. */
struct slice name_first_word(struct slice key)
{
  size_t n = 0;
  while (n < key.n) {
    unsigned char c = (unsigned char)key.at[n];
    bool word = c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (!word) break;
    n++;
  }
  return slice_sub(key, 0, n ? n : 1);
}
