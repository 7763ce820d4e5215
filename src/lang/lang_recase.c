/* lang_recase.c: see the header for the table. */
#include "lang/lang_recase.h"
#include "base/utf8.h"
#include "lang/analysis.h"
#include "lang/lang_char.h"
#include "lang/lang_word.h"
#include <stdio.h>

#define WORD_BYTES 48 /* a longer word is in no table */
#define END_LEAST 2   /* characters of an ending in the table */
#define END_MOST 4

enum recase_kind { RECASE_UNKNOWN, RECASE_LOWER, RECASE_TITLE, RECASE_UPPER, RECASE_MIXED };

static enum recase_kind kind_of(struct slice word)
{
  size_t at = 0, letters = 0, upper = 0;
  bool first = false;
  while (at < word.n) {
    uint32_t code = utf8_next(word, &at);
    if (!char_is_letter(code)) continue;
    if (char_is_upper(code)) upper++, first = first || letters == 0;
    letters++;
  }
  if (letters == 0) return RECASE_UNKNOWN;
  if (upper == 0) return RECASE_LOWER;
  if (upper == letters && letters > 1) return RECASE_UPPER;
  return upper == 1 && first ? RECASE_TITLE : RECASE_MIXED;
}

/* <0, 0, >0: the line, in lower case, stands before the key, is it, or stands behind it. */
static int compare(struct slice line, struct slice key)
{
  char low[2 * WORD_BYTES + 1];
  const size_t n = word_plain(line, low, sizeof low), least = n < key.n ? n : key.n;
  const int order = memcmp(low, key.at, least);
  return order ? order : n < key.n ? -1 : n > key.n;
}

struct slice recase_find(const struct recase *r, struct slice key)
{
  for (size_t low = 0, high = r->lines.n; low < high;) { /* both at the begin of a line, or the end */
    size_t begin = low + (high - low) / 2, end = begin;
    while (begin > low && r->lines.at[begin - 1] != '\n') begin--;
    while (end < high && r->lines.at[end] != '\n') end++;
    const struct slice line = slice_sub(r->lines, begin, end);
    const int order = compare(line, key);
    if (order == 0) return line;
    if (order < 0) low = end + 1 < high ? end + 1 : high;
    else high = begin;
  }
  return (struct slice){0};
}

static struct slice find_pair(const struct recase *r, struct slice first, const char *between, struct slice second)
{
  char key[2 * WORD_BYTES + 8];
  if (first.n > WORD_BYTES || second.n > WORD_BYTES) return (struct slice){0};
  int n = snprintf(key, sizeof key, "%.*s%s%.*s", SLICE_ARG(first), between, SLICE_ARG(second));
  return recase_find(r, (struct slice){key, (size_t)n});
}

/* What the table has for a word (in lower case) among its neighbours: its form; length 0 when there is none. */
static struct slice look_up(const struct recase *r, struct slice before, struct slice low, struct slice after)
{
  char plain[WORD_BYTES + 4];
  struct slice line = {0};
  if (after.n > 0 && after.n <= WORD_BYTES) {
    line = find_pair(r, low, " >", (struct slice){plain, word_plain(after, plain, WORD_BYTES)});
    if (line.n) return slice_cut(&line, ' ');
  }
  if (before.n > 0 && before.n <= WORD_BYTES) {
    line = find_pair(r, (struct slice){plain, word_plain(before, plain, WORD_BYTES)}, " ", low);
    if (!line.n && kind_of(before) > RECASE_LOWER) line = find_pair(r, SLICE("^"), " ", low);
  }
  if (line.n) {
    slice_cut(&line, ' ');
    return line;
  }
  return recase_find(r, low);
}

/* Do unknown words that end like this one have small letters? */
static bool small_by_end(const struct recase *r, struct slice low)
{
  for (size_t at = low.n, k = 1; k <= END_MOST; k++) {
    char key[WORD_BYTES + 1] = "-";
    if (at == 0) return false;
    utf8_prev(low, &at);
    if (k < END_LEAST || at == 0) continue;
    memcpy(key + 1, low.at + at, low.n - at);
    if (recase_find(r, (struct slice){key, 1 + low.n - at}).n) return true;
  }
  return false;
}

/* The form with capitals at its begin and behind signs (O'Neill), or only at its begin, or nowhere. */
static struct slice cased(struct slice form, bool begin, bool parts, struct arena *arena)
{
  char out[2 * WORD_BYTES + 8];
  size_t n = 0;
  bool open = begin;
  for (size_t at = 0; at < form.n;) {
    uint32_t code = utf8_next(form, &at);
    bool letter = char_is_letter(code);
    if (letter && open) n += utf8_put(code, out + n);
    else n += utf8_put(char_lower(code), out + n);
    open = letter ? false : open || parts;
  }
  if (n == form.n && memcmp(out, form.at, n) == 0) return form;
  return slice_copy(arena, (struct slice){out, n});
}

struct slice recase_word(const struct recase *r, struct slice before, struct slice form, struct slice after, bool first, struct arena *arena)
{
  char low[WORD_BYTES + 4];
  struct slice plain = {low, form.n <= WORD_BYTES ? word_plain(form, low, WORD_BYTES) : 0};
  bool letters = false, digits = false;
  for (size_t i = 0; i < form.n; i++) {
    unsigned char c = (unsigned char)form.at[i];
    letters = letters || c >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    digits = digits || char_is_digit(c);
  }
  if (plain.n == 0 || !letters) return form;
  struct slice usual = look_up(r, before, plain, after);
  if (usual.n > 0 && !first && usual.n == form.n) return memcmp(usual.at, form.at, form.n) ? usual : form;
  enum recase_kind kind = small_by_end(r, plain) ? RECASE_LOWER : RECASE_TITLE;
  if (digits || memchr(form.at, '.', form.n)) kind = RECASE_UPPER;
  if (usual.n) kind = kind_of(usual);
  switch (kind) {
  case RECASE_UPPER: case RECASE_UNKNOWN: return form;
  case RECASE_MIXED:
    if (usual.n == form.n && utf8_count(usual) == utf8_count(form)) return usual;
    break;
  case RECASE_LOWER: return cased(form, first, false, arena);
  case RECASE_TITLE: break;
  }
  return cased(form, true, usual.n == 0, arena);
}

bool lang_recase(const struct recase *r, const struct token *tokens, uint32_t n, bool follows, struct slice *seen, bool *capitals, struct arena *arena)
{
  uint32_t upper = 0, lower = 0, words = 0, usual = 0;
  *capitals = false;
  for (uint32_t t = 0; t < n; t++) {
    struct slice form = seen[t] = tokens[t].form;
    uint32_t before = upper + lower;
    for (size_t i = 0; i < form.n; i++) { /* ASCII letters are enough to know the dress of an English sentence */
      upper += form.at[i] >= 'A' && form.at[i] <= 'Z';
      lower += form.at[i] >= 'a' && form.at[i] <= 'z';
    }
    words += upper + lower - before >= 2;
  }
  if (!r->lines.n || upper < 2 || lower * 10 > upper + lower || (words < 2 && !follows)) return true;
  for (uint32_t t = 0; t < n; t++) {
    seen[t] = recase_word(r, t ? seen[t - 1] : (struct slice){0}, tokens[t].form, t + 1 < n ? tokens[t + 1].form : (struct slice){0}, false, arena);
    if (!seen[t].at) return false;
    usual += seen[t].at != tokens[t].form.at;
  }
  if (usual == 0) return true;
  *capitals = true;
  bool first = true;
  for (uint32_t t = 0; t < n && first; t++) { /* the first word has a capital in any case */
    seen[t] = recase_word(r, (struct slice){0}, tokens[t].form, t + 1 < n ? tokens[t + 1].form : (struct slice){0}, true, arena);
    if (!seen[t].at) return false;
    for (size_t i = 0; i < tokens[t].form.n; i++) first = first && !((tokens[t].form.at[i] | 32) >= 'a' && (tokens[t].form.at[i] | 32) <= 'z');
  }
  return true;
}
