#include "base/json_in.h"
#include "base/utf8.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MOST = 64, DIGITS_MOST = 18, REAL_MOST = 40, STRING_MOST = 4096 };

struct reader {
  const char *at, *end;
};

static json_t *value(struct reader *r, unsigned depth);

static void blanks(struct reader *r)
{
  while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r')) r->at++;
}

static bool next_is(struct reader *r, char c)
{
  blanks(r);
  if (r->at == r->end || *r->at != c) return false;
  r->at++;
  return true;
}

/* Up to the closing quote, behind which it leaves the reader; *escapes: how many backslashes are in it.  False: not plain. */
static bool string_bytes(struct reader *r, struct slice *to, size_t *escapes)
{
  bool ascii = true;
  const char *begin = r->at;
  *escapes = 0;
  for (; r->at < r->end && *r->at != '"'; r->at++) {
    const unsigned char c = (unsigned char)*r->at;
    if (c < 0x20) return false;
    if (c >= 0x80) ascii = false;
    if (c != '\\') continue;
    ++*escapes;
    if (++r->at == r->end || *r->at == 'u') return false;
  }
  if (r->at == r->end) return false;
  *to = (struct slice){begin, (size_t)(r->at - begin)};
  r->at++;
  return ascii || utf8_valid(*to) == to->n;
}

/* The string without its escapes, of no more bytes; SIZE_MAX: not plain. */
static size_t plain(struct slice s, char *to)
{
  static const char from[] = "\"\\/bfnrt", is[] = "\"\\/\b\f\n\r\t";
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++) {
    if (s.at[i] != '\\') {
      to[n++] = s.at[i];
      continue;
    }
    const char *which = memchr(from, s.at[++i], sizeof from - 1);
    if (!which) return SIZE_MAX;
    to[n++] = is[which - from];
  }
  return n;
}

static json_t *string(struct reader *r)
{
  struct slice s;
  size_t escapes;
  char small[STRING_MOST];
  if (!string_bytes(r, &s, &escapes)) return NULL;
  if (!escapes) return json_stringn_nocheck(s.at, s.n);
  char *to = s.n <= sizeof small ? small : malloc(s.n); /* jansson's strings are malloc's too */
  const size_t n = to ? plain(s, to) : SIZE_MAX;
  json_t *made = n == SIZE_MAX ? NULL : json_stringn_nocheck(to, n);
  if (to != small) free(to);
  return made;
}

static size_t digits(struct reader *r)
{
  const char *begin = r->at;
  while (r->at < r->end && *r->at >= '0' && *r->at <= '9') r->at++;
  return (size_t)(r->at - begin);
}

static json_t *number(struct reader *r)
{
  const char *begin = r->at;
  char copy[REAL_MOST + 1];
  const bool minus = *r->at == '-';
  if (minus) r->at++;
  const char *first = r->at;
  const size_t whole = digits(r);
  if (whole == 0 || whole > DIGITS_MOST || (*first == '0' && (whole > 1 || minus))) return NULL;
  const bool real = r->at < r->end && *r->at == '.';
  if (!real && r->at < r->end && (*r->at == 'e' || *r->at == 'E')) return NULL;
  if (!real) {
    json_int_t n = 0;
    for (const char *c = first; c < r->at; c++) n = n * 10 + (*c - '0');
    return json_integer(minus ? -n : n);
  }
  r->at++;
  if (digits(r) == 0 || r->at - begin > REAL_MOST || (r->at < r->end && (*r->at == 'e' || *r->at == 'E'))) return NULL;
  memcpy(copy, begin, (size_t)(r->at - begin));
  copy[r->at - begin] = 0;
  char *end;
  const double n = strtod(copy, &end);
  return *end ? NULL : json_real(n);
}

static json_t *word(struct reader *r, const char *text, json_t *made)
{
  const size_t n = strlen(text);
  if ((size_t)(r->end - r->at) < n || memcmp(r->at, text, n) != 0) return NULL;
  r->at += n;
  return made;
}

/* Behind the bracket; gives the array, or NULL and nothing of it. */
static json_t *array(struct reader *r, unsigned depth)
{
  json_t *to = json_array();
  if (!to || next_is(r, ']')) return to;
  do {
    blanks(r);
    json_t *one = value(r, depth + 1);
    if (!one || json_array_append_new(to, one) != 0) goto wrong; /* it frees `one` in any case */
  } while (next_is(r, ','));
  if (next_is(r, ']')) return to;
wrong:
  json_decref(to);
  return NULL;
}

static json_t *object(struct reader *r, unsigned depth)
{
  json_t *to = json_object();
  size_t n = 0;
  if (!to || next_is(r, '}')) return to;
  do {
    struct slice key;
    size_t escapes;
    if (!next_is(r, '"') || !string_bytes(r, &key, &escapes) || escapes || !next_is(r, ':')) goto wrong;
    blanks(r);
    json_t *one = value(r, depth + 1);
    if (!one || json_object_setn_new_nocheck(to, key.at, key.n, one) != 0) goto wrong; /* it frees `one` in any case */
    n++;
  } while (next_is(r, ','));
  if (next_is(r, '}') && json_object_size(to) == n) return to; /* a key that comes twice is jansson's to judge */
wrong:
  json_decref(to);
  return NULL;
}

/* NULL: not plain, or no memory. */
static json_t *value(struct reader *r, unsigned depth)
{
  if (r->at == r->end || depth > DEPTH_MOST) return NULL;
  switch (*r->at) {
  case '{': r->at++; return object(r, depth);
  case '[': r->at++; return array(r, depth);
  case '"': r->at++; return string(r);
  case 't': return word(r, "true", json_true());
  case 'f': return word(r, "false", json_false());
  case 'n': return word(r, "null", json_null());
  default: return *r->at == '-' || (*r->at >= '0' && *r->at <= '9') ? number(r) : NULL;
  }
}

json_t *json_in(struct slice json, size_t flags, json_error_t *why)
{
  struct reader r = {json.at, json.at + json.n};
  json_t *root = NULL;
  blanks(&r);
  if (r.at < r.end && (*r.at == '{' || *r.at == '[')) root = value(&r, 0);
  blanks(&r);
  if (root && r.at == r.end) return root;
  json_decref(root);
  return json_loadb(json.at, json.n, flags, why);
}
