#include "show/words.h"
#include "base/utf8.h"

#define WORD(name, text) text,

const char *show_entity_kind(enum entity_kind kind)
{
  static const char *const words[] = {"person", "organization", "country", "group", "place", "other"};
  return words[kind];
}

const char *show_place_kind(enum place_kind kind)
{
  static const char *const words[] = {"country", "admin1", "city", "region", "water", "land", "facility", "other"};
  return words[kind];
}

const char *show_place_use(enum place_use use)
{
  static const char *const words[] = {"literal", "modifier", "demonym", "metonym", "embedded"};
  return words[use];
}

const char *show_date_type(enum date_type type)
{
  static const char *const words[] = {"DATE", "TIME", "DURATION", "SET"};
  return words[type];
}

const char *show_status(enum event_status status)
{
  static const char *const words[] = {STATUS_WORDS(WORD)};
  return words[status];
}

const char *show_bound(enum bound bound)
{
  static const char *const words[] = {BOUND_WORDS(WORD)};
  return words[bound];
}

const char *show_sort(enum figure_sort sort)
{
  static const char *const words[] = {"total", "increment", "rate"};
  return words[sort];
}

const char *show_move(enum figure_move move)
{
  static const char *const words[] = {"", "up", "down", "same"};
  return words[move];
}

const char *show_source_kind(enum source_kind kind)
{
  static const char *const words[] = {"named", "role", "unnamed", "document", "pronoun"};
  return words[kind];
}

const char *show_quote(enum quote quote)
{
  static const char *const words[] = {"none", "partial", "full"};
  return words[quote];
}

const char *show_stance(enum stance stance)
{
  static const char *const words[] = {STANCE_WORDS(WORD)};
  return words[stance];
}

const char *show_certainty(enum certainty certainty)
{
  static const char *const words[] = {"unspecified", "certain", "probable", "possible"};
  return words[certainty];
}

const char *show_shift(enum shift shift)
{
  static const char *const words[] = {"", "reversal", "softening", "hardening"};
  return words[shift];
}

uint32_t show_sentence(const struct analysis *a, uint32_t offset)
{
  uint32_t low = 0, high = a->n_sentences;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (a->sentences[middle].span.begin <= offset) low = middle;
    else high = middle;
  }
  return low;
}

static bool is_unfit(uint32_t c)
{
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x200E || c == 0x200F || c == 0x061C || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || c == UTF8_BAD;
}

static bool is_blank(uint32_t c) { return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0 || c == 0x2028 || c == 0x2029; }

void show_safe(struct buf *text)
{
  const struct slice all = buf_get(text);
  size_t kept = 0;
  for (size_t i = 0, from = 0; i < all.n; from = i) {
    const uint32_t c = utf8_next(all, &i);
    if (c != '\n' && c != '\t' && is_unfit(c)) continue;
    memmove(text->at + kept, all.at + from, i - from);
    kept += i - from;
  }
  text->n = kept;
}

void show_clean(struct buf *to, struct slice text, unsigned most)
{
  bool blank = false, any = false;
  unsigned columns = 0;
  for (size_t i = 0; i < text.n;) {
    size_t from = i;
    uint32_t c = utf8_next(text, &i);
    if (is_blank(c)) {
      blank = any;
      continue;
    }
    if (is_unfit(c)) continue;
    unsigned width = utf8_width(slice_sub(text, from, i)) + (blank ? 1 : 0);
    if (most && columns + width >= most && i < text.n) {
      buf_text(to, "…");
      return;
    }
    if (blank) buf_char(to, ' ');
    buf_put(to, text.at + from, i - from);
    columns += width;
    blank = false;
    any = true;
  }
}
