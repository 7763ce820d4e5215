#include "know/languages.h"
#include "base/map.h"
#include "base/utf8.h"
#include <utf8proc.h>

enum {
  LANGUAGES_MOST = 32,     /* a word's languages are the bits of its value in the map */
  TEXT_LOOKED_AT = 16384,  /* bytes */
  WORD_BYTES = 32,
  WORDS_NEEDED = 10,
  WORDS_EACH = 8,          /* one word in so many is a function word, at least; in news it is one in three or four */
  HITS_NEEDED = 5,
  FIRST_BEYOND = 0x370     /* Greek and all behind it */
};

struct languages {
  struct slice code[LANGUAGES_MOST];
  uint32_t n, english;
  struct map words;
};

static bool add_words(struct languages *l, struct arena *arena, struct slice words)
{
  for (;;) {
    words = slice_trim(words);
    if (!words.n) return true;
    uint32_t *of = map_add(&l->words, arena, slice_cut(&words, ' '), 0);
    if (!of) return false;
    *of |= 1u << l->n;
  }
}

enum status languages_load(const struct languages **to, struct know_source *src)
{
  const struct table *table;
  uint16_t index;
  enum status status = know_table(src, "languages.tsv", &table, &index);
  if (status != ST_OK) return status;
  struct languages *l = arena_new(src->arena, struct languages);
  if (!l) return know_full(src);
  struct table_reader reader;
  struct table_row row;
  l->english = LANGUAGES_MOST;
  table_begin(&reader, table, index);
  while (table_next(&reader, &row, src->error)) {
    if (row.n != 2 || !row.column[0].n || !row.column[1].n) return table_error(src->error, table, row.where, "needs a language and words, parted by a tab");
    if (l->n == LANGUAGES_MOST) return table_error(src->error, table, row.where, "more than %d languages", LANGUAGES_MOST);
    if (slice_is(row.column[0], "en")) l->english = l->n;
    if (!add_words(l, src->arena, row.column[1])) return know_full(src);
    l->code[l->n++] = row.column[0];
  }
  if (src->error->code == ST_OK && l->english == LANGUAGES_MOST) return table_error(src->error, table, row.where, "has no row for en, which the readers need");
  *to = l;
  return src->error->code;
}

struct language_count {
  uint32_t hits[LANGUAGES_MOST];
  uint32_t words, letters, beyond;
};

/* Letters and the marks that stand on them. */
static bool is_letter(uint32_t code)
{
  if (code == UTF8_BAD) return false;
  const utf8proc_category_t is = utf8proc_category((utf8proc_int32_t)code);
  return is >= UTF8PROC_CATEGORY_LU && is <= UTF8PROC_CATEGORY_MC;
}

static void count_word(const struct languages *l, struct slice low, struct language_count *count)
{
  const uint32_t of = map_get(&l->words, low);
  count->words++;
  if (of == MAP_NONE) return;
  for (uint32_t k = 0; k < l->n; k++) count->hits[k] += of >> k & 1u;
}

static void count_words(const struct languages *l, struct slice text, struct language_count *count)
{
  char low[WORD_BYTES + 4];
  size_t n = 0;
  bool joined = false; /* behind an apostrophe in a word: the "s" of "Haiti's" is no word */
  for (size_t at = 0; at < text.n;) {
    const uint32_t code = utf8_next(text, &at);
    const bool letter = is_letter(code);
    if (letter) {
      count->letters++;
      if (code >= FIRST_BEYOND) count->beyond++;
      if (n <= WORD_BYTES) n += utf8_put((uint32_t)utf8proc_tolower((utf8proc_int32_t)code), low + n);
    }
    if (n > 0 && (!letter || at == text.n)) {
      if (!joined || n > 1) count_word(l, (struct slice){low, n}, count);
      joined = code == '\'' || code == 0x2019;
      n = 0;
    } else if (!letter) joined = false;
  }
}

struct slice language_of(const struct languages *l, struct slice text)
{
  struct language_count count = {0};
  uint32_t best = l->english;
  count_words(l, slice_sub(text, 0, text.n < TEXT_LOOKED_AT ? text.n : TEXT_LOOKED_AT), &count);
  for (uint32_t k = 0; k < l->n; k++)
    if (count.hits[k] > count.hits[best]) best = k;
  /* a sentence of another language in an English text makes it no less English */
  if (count.hits[l->english] * 2 >= count.hits[best]) best = l->english;
  const bool told = count.hits[best] >= HITS_NEEDED && count.hits[best] * WORDS_EACH >= count.words;
  if (!told && count.letters >= WORDS_NEEDED && count.beyond * 2 > count.letters) return SLICE("und");
  return told && count.words >= WORDS_NEEDED ? l->code[best] : (struct slice){0};
}
