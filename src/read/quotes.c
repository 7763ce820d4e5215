/* quotes.c: where quotation marks open and close.
 *
 * One pass over the bytes.  Curly and angle marks say themselves whether they open; a straight double mark closes what is open, else
 * opens.  A single mark opens only behind a blank, bracket or the paragraph's begin and before a letter or digit, when outside double marks, and only if
 * one that closes follows in the paragraph: one behind a letter or punctuation and before none.  A line's end closes all: a quotation that goes on in the
 * next paragraph opens its own mark there, as the press writes it. */
#include "base/utf8.h"
#include "read/claims.h"

enum mark { MARK_NONE, MARK_OPEN, MARK_CLOSE, MARK_FLAT, MARK_SINGLE_OPEN, MARK_SINGLE, MARK_LINE };

static enum mark mark_at(struct slice text, size_t *at)
{
  uint32_t c = utf8_next(text, at);
  switch (c) {
  case '\n': return MARK_LINE;
  case '"': return MARK_FLAT;
  case 0x201C: case 0x201E: case 0xAB: return MARK_OPEN;
  case 0x201D: case 0xBB: return MARK_CLOSE;
  case 0x2018: return MARK_SINGLE_OPEN;
  case '`':
    if (*at < text.n && text.at[*at] == '`') {
      ++*at;
      return MARK_OPEN;
    }
    return MARK_SINGLE_OPEN;
  case '\'':
    if (*at < text.n && text.at[*at] == '\'') {
      ++*at;
      return MARK_FLAT;
    }
    return MARK_SINGLE;
  case 0x2019: return MARK_SINGLE;
  default: return MARK_NONE;
  }
}

static bool letter(struct slice text, size_t at)
{
  if (at >= text.n) return false;
  unsigned char c = (unsigned char)text.at[at];
  return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= 0xC3 && c < 0xE2);
}

static bool blank_before(struct slice text, size_t at)
{
  if (at == 0) return true;
  char c = text.at[at - 1];
  return c == ' ' || c == '\n' || c == '\t' || c == '(' || c == '[';
}

/* Where a single mark that closes begins, from `at` on in this paragraph; SIZE_MAX when there is none within 2000 bytes. */
static size_t single_close(struct slice text, size_t at)
{
  size_t most = at + 2000 < text.n ? at + 2000 : text.n;
  for (size_t i = at; i < most;) {
    size_t begin = i;
    enum mark m = mark_at(text, &i);
    if (m == MARK_LINE || m == MARK_SINGLE_OPEN || m == MARK_OPEN || m == MARK_FLAT) return SIZE_MAX;
    if (m == MARK_SINGLE && begin > at && text.at[begin - 1] != ' ' && !letter(text, i)) return begin;
  }
  return SIZE_MAX;
}

/* Gives each quotation its tokens, and keeps those that hold one; their number. */
static uint32_t keep_worded(const struct analysis *a, struct quotation *at, size_t n)
{
  int32_t t = 0;
  uint32_t kept = 0;
  for (size_t k = 0; k < n; k++) {
    struct quotation q = at[k];
    while (t < a->n_tokens && a->tokens[t].span.begin < q.inner.begin) t++;
    q.first = t;
    while (t < a->n_tokens && a->tokens[t].span.end <= q.inner.end) t++;
    q.end = t;
    if (q.end > q.first) at[kept++] = q;
  }
  return kept;
}

bool quotes_find(struct arena *arena, const struct analysis *a, struct quotations *to)
{
  struct slice text = a->text;
  VEC(struct quotation) list = {0};
  bool open = false;
  size_t outer = 0, inner = 0;
  for (size_t i = 0; i <= text.n;) {
    size_t begin = i, close = SIZE_MAX, after = 0;
    enum mark m = MARK_LINE;
    if (i < text.n) m = mark_at(text, &i);
    else i++;
    bool ends = open && (m == MARK_CLOSE || m == MARK_FLAT || m == MARK_LINE);
    if (!open && (m == MARK_SINGLE_OPEN || m == MARK_SINGLE) && letter(text, i) && blank_before(text, begin) && (close = single_close(text, i)) != SIZE_MAX) {
      outer = begin;
      inner = i;
      after = close;
      mark_at(text, &after);
      begin = close;
      i = after;
      ends = true;
      m = MARK_CLOSE;
    } else if (!open && (m == MARK_OPEN || m == MARK_FLAT)) {
      open = true;
      outer = begin;
      inner = i;
      continue;
    }
    if (!ends) continue;
    open = false;
    bool closed = m != MARK_LINE;
    struct quotation q = {{(uint32_t)outer, (uint32_t)(closed ? i : begin)}, {(uint32_t)inner, (uint32_t)begin}, 0, 0, ID_NONE, closed};
    if (q.inner.begin < q.inner.end && !vec_push(&list, arena, q)) return false;
  }
  *to = (struct quotations){list.at, keep_worded(a, list.at, list.n)};
  return true;
}

uint32_t quotes_from(const struct quotations *q, uint32_t at)
{
  uint32_t low = 0, high = q->n;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (q->at[middle].span.end > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

const struct quotation *quotes_over(const struct quotations *q, const struct analysis *a, int32_t token)
{
  uint32_t i = quotes_from(q, a->tokens[token].span.begin);
  return i < q->n && q->at[i].first <= token && token < q->at[i].end ? &q->at[i] : NULL;
}
