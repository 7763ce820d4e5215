/* place_words.c: one map from lemma to line for each class. */
#include "know/place_words.h"
#include "base/map.h"
#include "know/source.h"

#define WORD_BYTES 40 /* longest lemma */

struct place_words {
  struct map lines[PLACE_WORD_COUNT];
  uint16_t table;
};

static const char *const classes[PLACE_WORD_COUNT] = {
  [PLACE_WORD_SITE] = "site", [PLACE_WORD_REACH] = "reach", [PLACE_WORD_PARTNER] = "partner",
  [PLACE_WORD_WHOLE] = "whole",
  [PLACE_WORD_APART] = "apart"};

enum status place_words_load(const struct place_words **to, struct know_source *src)
{
  const struct table *table;
  struct place_words *words = arena_new(src->arena, struct place_words);
  if (!words) return know_full(src);
  enum status status = know_table(src, "en/place_words.tsv", &table, &words->table);
  if (status != ST_OK) return status;
  struct table_reader reader;
  struct table_row row;
  table_begin(&reader, table, words->table);
  while (table_next(&reader, &row, src->error)) {
    size_t c = 0;
    while (c < PLACE_WORD_COUNT && !slice_is(row.column[1], classes[c])) c++;
    if (c == PLACE_WORD_COUNT || row.column[0].n == 0)
      return table_error(src->error, table, row.where, "needs a lemma, a tab, and one of site, reach, partner, whole, apart");
    if (row.column[0].n > WORD_BYTES) return table_error(src->error, table, row.where, "a lemma has at most %d bytes", WORD_BYTES);
    uint32_t *line = map_add(&words->lines[c], src->arena, row.column[0], row.where.line);
    if (!line) return know_full(src);
    if (*line != row.where.line)
      return table_error(src->error, table, row.where, "\"%.*s\" is given twice (line %u has it): take one out", SLICE_ARG(row.column[0]),
                         (unsigned)*line);
  }
  *to = words;
  return src->error->code;
}

struct know_line place_words_find(const struct place_words *words, struct slice lemma, enum place_word as)
{
  char small[WORD_BYTES]; /* "Province" in a name is "province" */
  if (lemma.n > WORD_BYTES) return (struct know_line){0, 0};
  for (size_t i = 0; i < lemma.n; i++) small[i] = lemma.at[i] >= 'A' && lemma.at[i] <= 'Z' ? (char)(lemma.at[i] - 'A' + 'a') : lemma.at[i];
  uint32_t line = map_get(&words->lines[as], (struct slice){small, lemma.n});
  if (line == MAP_NONE) return (struct know_line){0, 0};
  return (struct know_line){words->table, line};
}
