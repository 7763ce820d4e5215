#include "base/slice.h"
#include "base/arena.h"
#include "base/checked.h"
#include "base/utf8.h"
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <utf8proc.h>

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static unsigned char ascii_lower(char c) { return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); }

bool slice_starts(struct slice s, struct slice prefix) { return s.n >= prefix.n && slice_eq((struct slice){s.at, prefix.n}, prefix); }

bool slice_ends(struct slice s, struct slice suffix)
{
  if (suffix.n == 0) return true;
  return s.n >= suffix.n && memcmp(s.at + (s.n - suffix.n), suffix.at, suffix.n) == 0;
}

bool slice_eq_ascii_case(struct slice a, struct slice b)
{
  if (a.n != b.n) return false;
  for (size_t i = 0; i < a.n; i++)
    if (ascii_lower(a.at[i]) != ascii_lower(b.at[i])) return false;
  return true;
}

int slice_cmp(struct slice a, struct slice b)
{
  size_t n = a.n < b.n ? a.n : b.n;
  int order = n ? memcmp(a.at, b.at, n) : 0;
  if (order != 0) return order;
  return a.n < b.n ? -1 : a.n > b.n;
}

struct slice slice_trim(struct slice s)
{
  while (s.n > 0 && is_blank(s.at[s.n - 1])) s.n--;
  while (s.n > 0 && is_blank(s.at[0])) s = slice_sub(s, 1, s.n);
  return s;
}

struct slice slice_cut(struct slice *rest, char sep)
{
  struct slice s = *rest;
  const char *found = s.n ? memchr(s.at, sep, s.n) : NULL;
  if (!found) {
    *rest = (struct slice){NULL, 0};
    return s;
  }
  size_t n = (size_t)(found - s.at);
  *rest = slice_sub(s, n + 1, s.n);
  return (struct slice){s.at, n};
}

size_t slice_find(struct slice s, struct slice what)
{
  if (what.n == 0) return 0;
  if (s.n < what.n) return SIZE_MAX;
  const char *found = memmem(s.at, s.n, what.at, what.n);
  return found ? (size_t)(found - s.at) : SIZE_MAX;
}

bool slice_to_i64(struct slice s, int64_t *to)
{
  size_t i = 0;
  bool minus = s.n > 0 && s.at[0] == '-';
  if (s.n > 0 && (s.at[0] == '-' || s.at[0] == '+')) i++;
  if (i == s.n) return false;
  int64_t v = 0;
  for (; i < s.n; i++) {
    if (!is_digit(s.at[i])) return false;
    int64_t digit = s.at[i] - '0';
    if (!mul_i64(v, 10, &v) || !add_i64(v, minus ? -digit : digit, &v)) return false;
  }
  *to = v;
  return true;
}

/* [+-] digits [. digits] [e [+-] digits], with a digit before or behind the point */
static bool is_decimal(struct slice s)
{
  size_t i = 0, digits = 0;
  if (i < s.n && (s.at[i] == '-' || s.at[i] == '+')) i++;
  for (; i < s.n && is_digit(s.at[i]); i++) digits++;
  if (i < s.n && s.at[i] == '.')
    for (i++; i < s.n && is_digit(s.at[i]); i++) digits++;
  if (digits == 0) return false;
  if (i == s.n) return true;
  if (s.at[i] != 'e' && s.at[i] != 'E') return false;
  i++;
  if (i < s.n && (s.at[i] == '-' || s.at[i] == '+')) i++;
  size_t exponent = i;
  while (i < s.n && is_digit(s.at[i])) i++;
  return i > exponent && i == s.n;
}

bool slice_to_double(struct slice s, double *to)
{
  char text[400]; /* more digits than any double needs */
  if (s.n >= sizeof text || !is_decimal(s)) return false;
  memcpy(text, s.at, s.n);
  text[s.n] = '\0';
  locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
  if (plain == (locale_t)0) return false;
  double v = strtod_l(text, NULL, plain);
  freelocale(plain);
  if (!isfinite(v)) return false; /* overflow */
  *to = v;
  return true;
}

struct slice slice_copy(struct arena *arena, struct slice s)
{
  size_t size;
  char *at = add_size(s.n, 1, &size) ? arena_alloc(arena, size) : NULL;
  if (!at) return (struct slice){NULL, 0};
  if (s.n) memcpy(at, s.at, s.n);
  at[s.n] = '\0';
  return (struct slice){at, s.n};
}

/* Writes the lower case of s to `to` (which may be NULL); returns its bytes, at most 3/2 of s.n. */
static size_t lower(struct slice s, char *to)
{
  size_t n = 0;
  for (size_t at = 0; at < s.n;) {
    size_t begin = at;
    uint32_t c = utf8_next(s, &at);
    char bytes[4] = {s.at[begin]};
    size_t got = 1;
    if (c < 0x80) bytes[0] = (char)ascii_lower(s.at[begin]);
    else if (c != UTF8_BAD) got = utf8_put((uint32_t)utf8proc_tolower((utf8proc_int32_t)c), bytes);
    if (to) memcpy(to + n, bytes, got);
    n += got;
  }
  return n;
}

struct slice slice_lower(struct arena *arena, struct slice s)
{
  size_t n = lower(s, NULL), size;
  char *at = add_size(n, 1, &size) ? arena_alloc(arena, size) : NULL;
  if (!at) return (struct slice){NULL, 0};
  lower(s, at);
  at[n] = '\0';
  return (struct slice){at, n};
}

/* FNV-1a with the finisher of MurmurHash3, since tables look at the low bits. */
uint64_t slice_hash(struct slice s)
{
  uint64_t h = 0xcbf29ce484222325u;
  for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.at[i]) * 0x100000001b3u;
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdu;
  h ^= h >> 33;
  h *= 0xc4ceb9fe1a85ec53u;
  h ^= h >> 33;
  return h;
}
