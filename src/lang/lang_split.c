/* lang_split.c: squeezing, candidates and features; see the header for the picture. */
#include "lang/lang_split.h"
#include "base/utf8.h"
#include "lang/lang_char.h"

/* classes of characters in features; other signs get a number from 16 on by their code */
enum { SORT_UPPER = 1, SORT_LOWER, SORT_DIGIT, SORT_BLANK, SORT_PARAGRAPH, SORT_NONE, SORT_SIGN = 16 };

#define WRAP_LOOK 65536 /* bytes that decide whether a text is hard-wrapped */

uint32_t split_wrap_width(const char *text, size_t n)
{
  if (n > WRAP_LOOK) n = WRAP_LOOK;
  uint32_t longest = 0, lines = 0, full = 0, ends = 0;
  for (int pass = 0; pass < 2; pass++) {
    size_t begin = 0;
    for (size_t i = 0; i < n; i++) {
      if (text[i] != '\n') continue;
      size_t length = i - begin;
      if (length > 0 && text[i - 1] == '\r') length--;
      size_t next = i + 1 < n && text[i + 1] == '\r' ? i + 2 : i + 1;
      bool last = next >= n || text[next] == '\n'; /* of its paragraph: may be short */
      if (pass == 0 && length > longest) longest = (uint32_t)length;
      if (pass == 1 && length > 0 && !last) {
        lines++;
        full += length + 16 >= longest;
        char c = text[begin + length - 1];
        ends += c == '.' || c == '!' || c == '?' || c == '"';
      }
      begin = i + 1;
    }
    if (longest < 40 || longest > 110) return 0;
  }
  /* full lines, most of which stop amid a sentence */
  return lines >= 3 && full * 10 >= lines * 7 && ends * 2 < lines ? longest : 0;
}

static uint8_t sort_of(uint32_t code, uint32_t low, enum split_kind kind)
{
  switch (kind) {
  case SPLIT_LETTER: return char_is_upper(code) ? SORT_UPPER : SORT_LOWER;
  case SPLIT_DIGIT: return SORT_DIGIT;
  case SPLIT_BLANK: return SORT_BLANK;
  case SPLIT_PARAGRAPH: return SORT_PARAGRAPH;
  case SPLIT_OTHER: break;
  }
  return (uint8_t)(SORT_SIGN + (low < 0x80 ? low : 0x80 + low % 96));
}

#define LINE_BACK 256 /* bytes: no line of wrapped text is longer */

/* The run of blanks at *at; moves *at behind it. */
static struct split_char blank_run(struct slice text, size_t *at, size_t line_begin, uint32_t width)
{
  struct split_char c = {.code = ' ', .low = ' ', .at = (uint32_t)*at, .kind = SPLIT_BLANK};
  unsigned newlines = 0;
  size_t begin = *at;
  while (*at < text.n) {
    size_t next = *at;
    uint32_t code = utf8_next(text, &next);
    if (!char_is_blank(code)) break;
    if (char_is_newline(code) && !(code == '\n' && *at > begin && text.at[*at - 1] == '\r')) newlines++;
    *at = next;
  }
  bool amid = newlines == 1 && width != 0 && begin - line_begin + 24 >= width; /* a full line of a wrapped text goes on */
  if (newlines > 0 && !amid) c.kind = SPLIT_PARAGRAPH, c.code = c.low = '\n';
  c.sort = sort_of(c.code, c.low, (enum split_kind)c.kind);
  return c;
}

/* Where the line begins that `at` may stand amid. */
static size_t line_around(const char *text, size_t at)
{
  size_t begin = at;
  while (begin > 0 && at - begin < LINE_BACK && text[begin - 1] != '\n') begin--;
  return begin;
}

size_t split_squeeze(const char *text, size_t begin, size_t end, uint32_t width, struct split_char *to, size_t room, size_t *taken)
{
  struct slice all = {text, end};
  size_t n = 0, at = begin, run = 0, line_begin = line_around(text, begin);
  while (at < end && n + SPLIT_RUN_MAX < room) {
    size_t here = at, next = at;
    uint32_t code = utf8_next(all, &next);
    if (char_is_blank(code)) {
      to[n] = blank_run(all, &at, line_begin, width);
      for (size_t k = at; k > here; k--)
        if (text[k - 1] == '\n' || text[k - 1] == '\r') {
          line_begin = k;
          break;
        }
      n++;
      run = 0;
      continue;
    }
    at = next;
    enum split_kind kind = char_is_letter(code) ? SPLIT_LETTER : char_is_digit(code) ? SPLIT_DIGIT : SPLIT_OTHER;
    uint32_t low = char_lower(char_normal(code));
    if (run > 0 && kind == to[n - 1].kind && kind != SPLIT_OTHER) run++;
    else run = 1;
    if (run > SPLIT_RUN_MAX) { /* keep the edges */
      memmove(to + n - SPLIT_RUN_MAX + SPLIT_RUN_EDGE, to + n - SPLIT_RUN_EDGE, SPLIT_RUN_EDGE * sizeof *to);
      n -= SPLIT_RUN_MAX - 2 * SPLIT_RUN_EDGE;
      run = 2 * SPLIT_RUN_EDGE + 1;
    }
    to[n++] = (struct split_char){.code = code, .low = low, .at = (uint32_t)here, .kind = (uint8_t)kind, .sort = sort_of(code, low, kind)};
  }
  /* a run of letters or digits that is cut by the room is taken whole: it has room for SPLIT_RUN_MAX entries */
  while (at < end && n > 0 && (to[n - 1].kind == SPLIT_LETTER || to[n - 1].kind == SPLIT_DIGIT)) {
    size_t here = at, next = at;
    uint32_t code = utf8_next(all, &next);
    if (char_is_blank(code)) break;
    enum split_kind kind = char_is_letter(code) ? SPLIT_LETTER : char_is_digit(code) ? SPLIT_DIGIT : SPLIT_OTHER;
    if (kind != to[n - 1].kind) break;
    at = next;
    uint32_t low = char_lower(char_normal(code));
    struct split_char c = {.code = code, .low = low, .at = (uint32_t)here, .kind = (uint8_t)kind, .sort = sort_of(code, low, kind)};
    if (run >= SPLIT_RUN_MAX || n == room) to[n - 1] = c;
    else to[n++] = c, run++;
  }
  *taken = at - begin;
  return n;
}

/* --- candidates -------------------------------------------------------------------------------------- */

static bool is_blank(const struct split_char *c) { return c->kind >= SPLIT_BLANK; }
static uint32_t mix(uint32_t h, uint32_t v) { return (h ^ v) * 16777619u + (h >> 13); }

void split_walk_init(struct split_walk *walk, const struct split_char *c, size_t n)
{
  *walk = (struct split_walk){.c = c, .n = n};
}

bool split_at_blank(const struct split_walk *w) { return w->place >= w->n || is_blank(&w->c[w->place]); }

#define CHUNK_LOOK 40 /* entries of a chunk that its hash and its kind are taken from */

static void enter_chunk(struct split_walk *w, size_t begin)
{
  const struct split_char *c = w->c;
  size_t end = begin;
  uint32_t hash = 7, sort = 0;
  for (; end < w->n && !is_blank(&c[end]); end++) {
    if (end - begin >= CHUNK_LOOK) continue;
    hash = mix(hash, c[end].low);
    uint32_t low = c[end].low;
    bool after = end > begin, before = end + 1 < w->n && !is_blank(&c[end + 1]);
    if (low == '@' && after && before) sort |= 1;
    if (low == '/' && after && before) sort |= c[end - 1].low == '/' ? 2 : 4;
    if (low == '.' && after && before && c[end - 1].kind == SPLIT_LETTER && c[end + 1].kind == SPLIT_LETTER) sort |= 8;
    if (low == '_' || low == '=' || low == '~') sort |= 16;
    if (c[end].kind == SPLIT_DIGIT) sort |= 32;
  }
  w->chunk_begin = begin;
  w->chunk_end = end;
  w->chunk_hash = end - begin > CHUNK_LOOK ? 1 : hash;
  w->chunk_sort = sort;
  w->left_hash = 11;
  w->left_at = begin;
}

bool split_walk_next(struct split_walk *w)
{
  const struct split_char *c = w->c;
  for (size_t p = w->place + 1; p <= w->n; p++) {
    if (is_blank(&c[p - 1])) continue;
    if (p - 1 >= w->chunk_end) enter_chunk(w, p - 1);
    if (p < w->n && c[p].kind == c[p - 1].kind && c[p].kind != SPLIT_OTHER) continue;
    w->place = p;
    return true;
  }
  w->place = w->n;
  return false;
}

/* --- features ---------------------------------------------------------------------------------------- */

struct view { /* a word: a run of letters or digits near the place */
  uint32_t hash, shape; /* shape: case and length */
};

#define WORD_LOOK 24

static struct view word_view(const struct split_char *c, size_t begin, size_t end)
{
  struct view v = {3, 0};
  size_t n = end - begin;
  if (n == 0) return v;
  uint32_t upper = 0, lower = 0;
  size_t from = n > WORD_LOOK ? end - WORD_LOOK : begin;
  for (size_t i = from; i < end; i++) {
    v.hash = mix(v.hash, c[i].low);
    upper += c[i].sort == SORT_UPPER;
    lower += c[i].sort == SORT_LOWER;
  }
  uint32_t kind = c[begin].kind == SPLIT_DIGIT ? 1 : lower == 0 ? 2 : c[begin].sort == SORT_UPPER ? (upper == 1 ? 3 : 4) : upper ? 5 : 6;
  v.shape = kind * 8 + (uint32_t)(n > 6 ? 6 : n);
  return v;
}

/* The run of letters or digits that ends at `p`, after up to three signs; *signs counts these, *from is its begin. */
static struct view word_before(const struct split_char *c, size_t p, uint32_t *signs, size_t *from)
{
  size_t end = p;
  *signs = 0;
  while (end > 0 && c[end - 1].kind == SPLIT_OTHER && *signs < 3) end--, ++*signs;
  size_t begin = end;
  while (begin > 0 && end - begin < WORD_LOOK && c[begin - 1].kind <= SPLIT_DIGIT && c[begin - 1].kind == c[end - 1].kind) begin--;
  *from = begin;
  return word_view(c, begin, end);
}

static struct view word_after(const struct split_char *c, size_t n, size_t p, uint32_t *signs, size_t *behind)
{
  size_t begin = p;
  *signs = 0;
  for (uint32_t k = 0; k < 4 && begin < n && c[begin].kind > SPLIT_DIGIT && c[begin].kind != SPLIT_PARAGRAPH; k++) {
    *signs = *signs * 32 + c[begin].sort;
    begin++;
  }
  size_t end = begin;
  while (end < n && end - begin < WORD_LOOK && c[end].kind <= SPLIT_DIGIT && c[end].kind == c[begin].kind) end++;
  *behind = end;
  return word_view(c, begin, end);
}

static void count_quotes(struct split_walk *w)
{
  for (; w->quote_at < w->place; w->quote_at++) {
    const struct split_char *c = &w->c[w->quote_at];
    if (c->kind == SPLIT_PARAGRAPH) w->quote = 0;
    else if (c->low == '"') w->quote = c->code == 0x201C ? 1 : c->code == 0x201D ? 0 : !w->quote;
  }
}

static uint32_t part_hash(const struct split_char *c, size_t begin, size_t end)
{
  uint32_t h = 13;
  if (end - begin > CHUNK_LOOK) return 1;
  for (size_t i = begin; i < end; i++) h = mix(h, c[i].low);
  return h;
}

static uint32_t final_mix(uint32_t h)
{
  h ^= h >> 16;
  h *= 0x7feb352du;
  h ^= h >> 15;
  h *= 0x846ca68bu;
  h ^= h >> 16;
  return h >> (32 - SPLIT_BITS);
}

#define H1(a) mix(2166136261u + 77u * (uint32_t)f, (uint32_t)(a))
#define H2(a, b) mix(H1(a), (uint32_t)(b))
#define H3(a, b, d) mix(H2(a, b), (uint32_t)(d))
#define H4(a, b, d, e) mix(H3(a, b, d), (uint32_t)(e))
#define CASE(view) ((view).shape & ~7u) /* without its length */
#define PUT(h) (to[f] = final_mix(h), f++)

void split_features(struct split_walk *w, uint32_t to[SPLIT_FEATURES])
{
  const struct split_char *c = w->c;
  size_t p = w->place, n = w->n;
  static const struct split_char none = {.code = '\n', .low = '\n', .kind = SPLIT_PARAGRAPH, .sort = SORT_NONE};
  const struct split_char *l[6], *r[6];
  for (size_t k = 1; k < 6; k++) {
    l[k] = p >= k ? &c[p - k] : &none;
    r[k] = p + k - 1 < n ? &c[p + k - 1] : &none;
  }
  count_quotes(w);
  for (; w->left_at < p && w->left_at - w->chunk_begin < CHUNK_LOOK; w->left_at++) w->left_hash = mix(w->left_hash, c[w->left_at].low);
  uint32_t left_part = p - w->chunk_begin > CHUNK_LOOK ? 1 : w->left_hash;
  uint32_t right_part = part_hash(c, p, w->chunk_end < p ? p : w->chunk_end);
  uint32_t left_signs, right_signs, next_signs, last_signs;
  size_t behind, after, from;
  struct view lw = word_before(c, p, &left_signs, &from), rw = word_after(c, n, p, &right_signs, &behind);
  struct view next = word_after(c, n, behind, &next_signs, &after);
  if (from > 0 && c[from - 1].kind == SPLIT_BLANK) from--;
  struct view last = word_before(c, from, &last_signs, &from);
  uint32_t from_begin = (uint32_t)(p - w->chunk_begin), to_end = (uint32_t)(w->chunk_end > p ? w->chunk_end - p : 0);
  if (from_begin > 4) from_begin = 4;
  if (to_end > 4) to_end = 4;
  uint32_t sorts2 = mix(mix(mix(l[2]->sort, l[1]->sort), r[1]->sort), r[2]->sort);
  size_t f = 0;
  PUT(H1(l[1]->code));
  PUT(H1(l[2]->low));
  PUT(H1(l[3]->low));
  PUT(H1(r[1]->code));
  PUT(H1(r[2]->low));
  PUT(H1(r[3]->low));
  PUT(H2(l[1]->low, r[1]->low));
  PUT(H2(l[2]->low, l[1]->low));
  PUT(H2(r[1]->low, r[2]->low));
  PUT(H3(l[2]->low, l[1]->low, r[1]->low));
  PUT(H3(l[1]->low, r[1]->low, r[2]->low));
  PUT(H4(l[2]->low, l[1]->low, r[1]->low, r[2]->low));
  PUT(H1(sorts2));
  PUT(H3(sorts2, l[3]->sort, r[3]->sort));
  PUT(mix(H4(sorts2, l[3]->sort, r[3]->sort, l[4]->sort), r[4]->sort));
  PUT(H3(sorts2, w->chunk_sort, 0));
  PUT(H3(lw.hash, left_signs, l[1]->sort));
  PUT(H4(lw.hash, left_signs, l[1]->sort, r[1]->sort));
  PUT(H2(rw.hash, right_signs));
  PUT(H3(rw.hash, l[1]->sort, r[1]->sort));
  PUT(H4(lw.hash, rw.hash, l[1]->sort, r[1]->sort));
  PUT(H2(left_part, r[1]->sort));
  PUT(H1(w->chunk_hash));
  PUT(H3(w->chunk_hash, from_begin, to_end));
  PUT(H2(right_part, l[1]->sort));
  PUT(H4(lw.shape, rw.shape, l[1]->sort, right_signs));
  PUT(H4(lw.hash, rw.shape, l[1]->sort, right_signs));
  PUT(H4(from_begin, to_end, w->chunk_sort, l[1]->sort));
  PUT(H4(w->quote, l[1]->sort, l[2]->sort, right_signs));
  PUT(H4(rw.shape, next.shape, l[1]->sort, right_signs * 64 + next_signs));
  PUT(H3(next.hash, rw.shape, l[1]->sort));
  PUT(H3(CASE(rw), l[1]->sort, right_signs));
  PUT(H4(CASE(rw), CASE(next), l[1]->sort, right_signs));
  PUT(H4(CASE(lw), CASE(rw), l[1]->sort, right_signs));
  PUT(H4(lw.hash, CASE(rw), l[1]->sort, right_signs));
  PUT(H4(last.hash, lw.hash, l[1]->sort, last_signs));
  PUT(H4(CASE(last), CASE(lw), CASE(rw), l[1]->sort));
}
