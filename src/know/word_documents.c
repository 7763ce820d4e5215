#include "know/word_documents.h"
#include "base/map.h"
#include <math.h>

struct word_documents {
  struct map count;
  int64_t pieces;
};

enum status word_documents_load(const struct word_documents **to, struct know_source *src)
{
  const struct table *table;
  uint16_t index;
  enum status status = know_table(src, "en/word_documents.tsv", &table, &index);
  if (status != ST_OK) return status;
  struct word_documents *words = arena_new(src->arena, struct word_documents);
  if (!words) return know_full(src);
  struct table_reader reader;
  struct table_row row;
  table_begin(&reader, table, index);
  while (table_next(&reader, &row, src->error)) {
    int64_t n;
    if (row.n != 2 || !row.column[0].n || !slice_to_i64(row.column[1], &n) || n < 1 || n > INT32_MAX)
      return table_error(src->error, table, row.where, "needs a word and in how many pieces it occurs, parted by a tab");
    if (slice_is(row.column[0], "*")) words->pieces = n;
    else if (n > words->pieces) return table_error(src->error, table, row.where, "in more pieces than there are: the row of * comes first and tells them");
    else if (!map_add(&words->count, src->arena, row.column[0], (uint32_t)n)) return know_full(src);
  }
  *to = words;
  return src->error->code;
}

double word_weight(const struct word_documents *words, struct slice stem)
{
  const uint32_t n = map_get(&words->count, stem);
  const double weight = log(((double)words->pieces + 1) / ((n == MAP_NONE ? 0 : (double)n) + 0.5));
  return weight > 0 ? weight : 0;
}
