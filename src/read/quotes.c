/* quotes.c: where quotation marks open and close.
 *
 * One pass over the bytes.  Curly and angle marks say themselves whether they open; a straight double mark closes what is open, else
 * opens.  Writers mistake them: a mark of either side that stands behind a blank and before a letter opens when nothing is open, and one behind
 * punctuation and before a blank closes.  A quotation inside another (“He told us: “Go.” We went.”, "I read “Dust” twice.") is part of it: its
 * marks are counted, as long as the paragraph has marks enough to close both.  A single mark opens only behind a blank, bracket or the paragraph's
 * begin and before a letter or digit, when outside double marks, and only if one that closes follows in the paragraph: one behind a letter or
 * punctuation and before none.  A mark that opens where one of its kind is open, and that the next one closes behind punctuation, takes the place of
 * the other, which the writer forgot to close.  A line's end closes all: a quotation that goes on in the next paragraph opens its own mark there, as the press
 * writes it. */
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

/* Where a single mark that closes begins, from `at` on in this paragraph; SIZE_MAX when there is none within 2000 bytes.  *looked = up to where there is
 * none, from the last search on: no byte is looked at twice in vain. */
static size_t single_close(struct slice text, size_t at, size_t *looked)
{
  size_t most = at + 2000 < text.n ? at + 2000 : text.n, i = *looked > at ? *looked : at;
  while (i < most) {
    size_t begin = i;
    enum mark m = mark_at(text, &i);
    bool closes = m == MARK_SINGLE && begin > at && text.at[begin - 1] != ' ' && !letter(text, i);
    if (closes) return begin;
    *looked = begin;
    if (m == MARK_LINE || m == MARK_SINGLE_OPEN || m == MARK_OPEN || m == MARK_FLAT) return SIZE_MAX;
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

/* A pass over the text: what is open, and how many marks that close are still to come in this paragraph. */
struct scan {
  struct slice text;
  bool open, flat;      /* something is open; by a straight mark */
  uint32_t depth;       /* quotations open within it, */
  bool flat_within;     /* the innermost by a straight mark */
  uint32_t closing;     /* curly and angle ones still to come, */
  uint32_t opening;     /* and those that open */
  size_t outer, inner;  /* where it began, with its mark and without */
};

/* How many marks of this kind stand from `at` on in this paragraph. */
static uint32_t marks_ahead(struct slice text, size_t at, enum mark kind)
{
  uint32_t n = 0;
  for (enum mark m = MARK_NONE; at < text.n && m != MARK_LINE;) {
    m = mark_at(text, &at);
    n += m == kind;
  }
  return n;
}

static bool blank_behind(struct slice text, size_t at)
{
  return at >= text.n || text.at[at] == ' ' || text.at[at] == '\n' || text.at[at] == '\t';
}

static bool punctuation_before(struct slice text, size_t at)
{
  char c = at ? text.at[at - 1] : ' ';
  return c == '.' || c == ',' || c == '!' || c == '?';
}

/* Takes the mark off those still to come. */
static void count_down(struct scan *s, enum mark m)
{
  if (m == MARK_CLOSE && s->closing) s->closing--;
  if (m == MARK_OPEN && s->opening) s->opening--;
}

/* Was what is open never closed, so that the mark `now` before `at`, one of its kind, opens another?  It was not when the next mark ends speech and
 * no second one that closes follows it; of curly marks, which tell, no more may close in this paragraph than open. */
static bool left_open(const struct scan *s, enum mark now, size_t at)
{
  uint32_t seen = 0;
  if (s->depth > 0 || now != (s->flat ? MARK_FLAT : MARK_OPEN)) return false;
  if (!s->flat && s->opening + 1 < s->closing) return false;
  for (size_t i = at; i < s->text.n && seen < 2;) {
    size_t begin = i;
    enum mark m = mark_at(s->text, &i);
    if (m == MARK_LINE) break;
    if (m != MARK_OPEN && m != MARK_CLOSE && m != MARK_FLAT) continue;
    bool opens = m == MARK_OPEN || (m == MARK_FLAT && blank_before(s->text, begin) && letter(s->text, i));
    if (seen == 0 && (opens || !punctuation_before(s->text, begin) || !blank_behind(s->text, i))) return false;
    if (seen == 1 && !opens) return false;
    seen++;
  }
  return seen > 0;
}

/* What a double mark at [begin, end) does, by what stands around it: MARK_OPEN, MARK_CLOSE, or MARK_NONE when it belongs to a quotation within. */
static enum mark meant(struct scan *s, enum mark m, size_t begin, size_t end)
{
  bool starts = blank_before(s->text, begin) && letter(s->text, end), stops = punctuation_before(s->text, begin) && blank_behind(s->text, end);
  count_down(s, m);
  if (!s->open) return m == MARK_CLOSE && !starts ? MARK_NONE : MARK_OPEN;
  if (m == MARK_OPEN && stops) m = MARK_CLOSE;
  if (starts && left_open(s, m, end)) return MARK_OPEN;
  if (m == MARK_CLOSE || (m == MARK_FLAT && (s->flat_within || s->flat || !starts || s->closing == 0))) {
    if (s->depth == 0 || (m == MARK_FLAT && s->flat)) return MARK_CLOSE;
    s->depth--;
    s->flat_within = false;
    return MARK_NONE;
  }
  if (m == MARK_FLAT || s->closing >= s->depth + (s->flat ? 1 : 2)) { /* one within */
    s->depth++;
    s->flat_within = m == MARK_FLAT;
  }
  return MARK_NONE;
}

bool quotes_find(struct arena *arena, const struct analysis *a, struct quotations *to)
{
  struct slice text = a->text;
  VEC(struct quotation) list = {0};
  struct scan s = {.text = text, .closing = marks_ahead(text, 0, MARK_CLOSE), .opening = marks_ahead(text, 0, MARK_OPEN)};
  size_t looked = 0;
  for (size_t i = 0; i <= text.n;) {
    size_t begin = i, close = SIZE_MAX;
    enum mark m = MARK_LINE;
    if (i < text.n) m = mark_at(text, &i);
    else i++;
    bool single = m == MARK_SINGLE_OPEN || m == MARK_SINGLE;
    if (single && !s.open && letter(text, i) && blank_before(text, begin) && (close = single_close(text, i, &looked)) != SIZE_MAX) {
      s.outer = begin;
      s.inner = i;
      begin = i = close;
      mark_at(text, &i);
      m = MARK_CLOSE;
    } else if (m == MARK_OPEN || m == MARK_CLOSE || m == MARK_FLAT) {
      bool straight = m == MARK_FLAT;
      m = meant(&s, m, begin, i);
      if (m == MARK_OPEN) {
        s.open = true;
        s.flat = straight;
        s.outer = begin;
        s.inner = i;
      }
      if (m != MARK_CLOSE) continue;
    } else if (m != MARK_LINE)
      continue;
    if (m == MARK_CLOSE || s.open) {
      bool closed = m != MARK_LINE;
      struct quotation q = {{(uint32_t)s.outer, (uint32_t)(closed ? i : begin)}, {(uint32_t)s.inner, (uint32_t)begin}, 0, 0, ID_NONE, closed};
      if (q.inner.begin < q.inner.end && !vec_push(&list, arena, q)) return false;
    }
    s.open = s.flat_within = false;
    s.depth = 0;
    if (m != MARK_LINE) continue;
    s.closing = marks_ahead(text, i, MARK_CLOSE);
    s.opening = marks_ahead(text, i, MARK_OPEN);
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
