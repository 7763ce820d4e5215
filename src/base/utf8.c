/* utf8.c: one decoder, by table 3-7 of the Unicode Standard:
 *
 *     00..7F
 *     C2..DF  80..BF
 *     E0      A0..BF  80..BF      (no overlong form)
 *     E1..EC, EE..EF  80..BF  80..BF
 *     ED      80..9F  80..BF      (no surrogate)
 *     F0      90..BF  80..BF  80..BF
 *     F1..F3  80..BF  80..BF  80..BF
 *     F4      80..8F  80..BF  80..BF (nothing above 10FFFF) */
#include "base/utf8.h"
#include <utf8proc.h>

static bool follows(unsigned char c) { return (c & 0xC0) == 0x80; }

uint32_t utf8_next(struct slice s, size_t *at)
{
  const unsigned char *p = (const unsigned char *)s.at + *at;
  size_t left = s.n - *at;
  uint32_t a = p[0];
  size_t n = 1;
  uint32_t code = UTF8_BAD;
  if (a < 0x80) code = a;
  else if (a >= 0xC2 && a <= 0xDF) {
    if (left >= 2 && follows(p[1])) {
      code = (a & 0x1F) << 6 | (p[1] & 0x3Fu);
      n = 2;
    }
  } else if (a >= 0xE0 && a <= 0xEF) {
    unsigned char low = a == 0xE0 ? 0xA0 : 0x80, high = a == 0xED ? 0x9F : 0xBF;
    if (left >= 3 && p[1] >= low && p[1] <= high && follows(p[2])) {
      code = (a & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
      n = 3;
    }
  } else if (a >= 0xF0 && a <= 0xF4) {
    unsigned char low = a == 0xF0 ? 0x90 : 0x80, high = a == 0xF4 ? 0x8F : 0xBF;
    if (left >= 4 && p[1] >= low && p[1] <= high && follows(p[2]) && follows(p[3])) {
      code = (a & 0x07) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
      n = 4;
    }
  }
  *at += n;
  return code;
}

uint32_t utf8_prev(struct slice s, size_t *at)
{
  size_t begin = *at - 1;
  while (begin > 0 && *at - begin < 4 && follows((unsigned char)s.at[begin])) begin--;
  *at = begin;
  size_t again = begin;
  return utf8_next(s, &again);
}

size_t utf8_put(uint32_t code, char to[4])
{
  if (code < 0x80) {
    to[0] = (char)code;
    return 1;
  }
  if (code < 0x800) {
    to[0] = (char)(0xC0 | code >> 6);
    to[1] = (char)(0x80 | (code & 0x3F));
    return 2;
  }
  if (code < 0x10000) {
    if (code >= 0xD800 && code <= 0xDFFF) return 0;
    to[0] = (char)(0xE0 | code >> 12);
    to[1] = (char)(0x80 | (code >> 6 & 0x3F));
    to[2] = (char)(0x80 | (code & 0x3F));
    return 3;
  }
  if (code > 0x10FFFF) return 0;
  to[0] = (char)(0xF0 | code >> 18);
  to[1] = (char)(0x80 | (code >> 12 & 0x3F));
  to[2] = (char)(0x80 | (code >> 6 & 0x3F));
  to[3] = (char)(0x80 | (code & 0x3F));
  return 4;
}

size_t utf8_valid(struct slice s)
{
  size_t at = 0;
  while (at < s.n) {
    uint64_t eight;
    while (s.n - at >= sizeof eight) { /* most text is ASCII */
      memcpy(&eight, s.at + at, sizeof eight);
      if (eight & 0x8080808080808080u) break;
      at += sizeof eight;
    }
    if (at == s.n) break;
    size_t next = at;
    if (utf8_next(s, &next) == UTF8_BAD) return at;
    at = next;
  }
  return at;
}

size_t utf8_count(struct slice s)
{
  size_t n = 0;
  for (size_t at = 0; at < s.n; n++) utf8_next(s, &at);
  return n;
}

unsigned utf8_width(struct slice s)
{
  unsigned width = 0;
  for (size_t at = 0; at < s.n;) {
    uint32_t c = utf8_next(s, &at);
    int w = c == UTF8_BAD ? 1 : utf8proc_charwidth((utf8proc_int32_t)c);
    if (w > 0) width += (unsigned)w;
  }
  return width;
}
