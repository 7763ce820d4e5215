#include "base/json_out.h"
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define DEPTH_MOST 32

void json_init(struct json_out *j, struct buf *to) { *j = (struct json_out){.to = to}; }

/* Before each value or key: the comma that parts it from the one before. */
static void part(struct json_out *j)
{
  uint32_t bit = (uint32_t)1 << (j->depth - (j->depth > 0));
  if (j->after_key) j->after_key = false;
  else if (j->depth > 0) {
    if (j->comma & bit) buf_char(j->to, ',');
    j->comma |= bit;
  }
}

void json_begin(struct json_out *j, char open)
{
  assert(j->depth < DEPTH_MOST && (open == '{' || open == '['));
  part(j);
  buf_char(j->to, open);
  j->comma &= ~((uint32_t)1 << j->depth);
  j->depth++;
}

void json_end(struct json_out *j, char close)
{
  assert(j->depth > 0 && !j->after_key && (close == '}' || close == ']'));
  buf_char(j->to, close);
  j->depth--;
}

static void put_string(struct buf *to, struct slice s)
{
  static const char hex[] = "0123456789abcdef";
  buf_char(to, '"');
  size_t from = 0;
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.at[i];
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    buf_put(to, s.at + from, i - from);
    from = i + 1;
    static const char shorter[32] = {['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
    char escape[6] = {'\\', (char)c, '0', '0', hex[c >> 4], hex[c & 15]};
    size_t n = 2;
    if (c < 0x20 && shorter[c]) escape[1] = shorter[c];
    else if (c < 0x20) {
      escape[1] = 'u';
      n = 6;
    }
    buf_put(to, escape, n);
  }
  buf_put(to, s.at + from, s.n - from);
  buf_char(to, '"');
}

void json_key(struct json_out *j, const char *key)
{
  assert(j->depth > 0 && !j->after_key);
  part(j);
  put_string(j->to, slice_of(key));
  buf_char(j->to, ':');
  j->after_key = true;
}

void json_str(struct json_out *j, struct slice s)
{
  part(j);
  if (s.n == 0) buf_text(j->to, "\"\"");
  else put_string(j->to, s);
}

void json_int(struct json_out *j, int64_t v)
{
  part(j);
  buf_printf(j->to, "%lld", (long long)v);
}

/* 15 digits are always kept by a double, 17 always tell two doubles apart; %g drops the zeros at the end. */
void json_num(struct json_out *j, double v)
{
  if (!isfinite(v)) {
    json_none(j);
    return;
  }
  if (fabs(v) < 9007199254740992.0 && v == floor(v)) {
    json_int(j, (int64_t)v);
    return;
  }
  char text[40];
  for (int digits = 15; digits <= 17; digits++) {
    snprintf(text, sizeof text, "%.*g", digits, v);
    if (strtod(text, NULL) == v) break; /* exactly: that is the promise */
  }
  for (char *c = text; *c; c++) /* the locale's point, if a host program set one */
    if (!strchr("+-0123456789e", *c)) *c = '.';
  part(j);
  buf_text(j->to, text);
}

void json_bool(struct json_out *j, bool v)
{
  part(j);
  buf_text(j->to, v ? "true" : "false");
}

void json_none(struct json_out *j)
{
  part(j);
  buf_text(j->to, "null");
}

void json_raw(struct json_out *j, struct slice json)
{
  part(j);
  buf_slice(j->to, json);
}

void json_span(struct json_out *j, struct span s)
{
  part(j);
  buf_printf(j->to, "[%lu,%lu]", (unsigned long)s.begin, (unsigned long)s.end);
}

void json_kstr(struct json_out *j, const char *key, struct slice s)
{
  json_key(j, key);
  json_str(j, s);
}

void json_kstr_opt(struct json_out *j, const char *key, struct slice s)
{
  if (s.n > 0) json_kstr(j, key, s);
}

void json_kint(struct json_out *j, const char *key, int64_t v)
{
  json_key(j, key);
  json_int(j, v);
}

void json_knum(struct json_out *j, const char *key, double v)
{
  json_key(j, key);
  json_num(j, v);
}

void json_kspan(struct json_out *j, const char *key, struct span s)
{
  json_key(j, key);
  json_span(j, s);
}
