#include "know/word_list.h"
#include "base/vec.h"

struct word_list {
  VEC(struct slice) words;
};

enum status word_list_load(const struct word_list **to, struct know_source *src, const char *name)
{
  const struct table *table;
  uint16_t index;
  enum status status = know_table(src, name, &table, &index);
  if (status != ST_OK) return status;
  struct word_list *list = arena_new(src->arena, struct word_list);
  if (!list) return know_full(src);
  struct table_reader reader;
  struct table_row row;
  table_begin(&reader, table, index);
  while (table_next(&reader, &row, src->error)) {
    if (row.n != 1 || !row.column[0].n) return table_error(src->error, table, row.where, "needs one word a line");
    if (!vec_push(&list->words, src->arena, row.column[0])) return know_full(src);
  }
  *to = list;
  return src->error->code;
}

bool word_list_told(const struct word_list *list, struct slice text)
{
  while (text.n) {
    size_t n = 0;
    while (n < text.n && ((text.at[n] >= 'a' && text.at[n] <= 'z') || (text.at[n] >= 'A' && text.at[n] <= 'Z'))) n++;
    const struct slice word = slice_sub(text, 0, n);
    for (size_t i = 0; n && i < list->words.n; i++)
      if (slice_eq_ascii_case(word, list->words.at[i])) return true;
    text = slice_sub(text, n < text.n ? n + 1 : n, text.n);
  }
  return false;
}
