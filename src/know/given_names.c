#include "know/given_names.h"
#include "base/map.h"
#include "know/source.h"

struct given_names {
  struct map sex_of;
};

enum status given_names_load(const struct given_names **to, struct know_source *src)
{
  const struct table *table;
  uint16_t index;
  enum status status = know_table(src, "en/given_names.tsv", &table, &index);
  if (status != ST_OK) return status;
  struct given_names *names = arena_new(src->arena, struct given_names);
  if (!names) return know_full(src);
  struct table_reader reader;
  struct table_row row;
  table_begin(&reader, table, index);
  while (table_next(&reader, &row, src->error)) {
    bool male = slice_is(row.column[1], "male"), female = slice_is(row.column[1], "female");
    if (row.n != 2 || !row.column[0].n || !(male || female))
      return table_error(src->error, table, row.where, "needs a name, and male or female, parted by a tab");
    if (!map_add(&names->sex_of, src->arena, row.column[0], male ? SEX_MALE : SEX_FEMALE)) return know_full(src);
  }
  *to = names;
  return src->error->code;
}

enum sex given_names_sex(const struct given_names *names, struct slice name)
{
  uint32_t sex = map_get(&names->sex_of, name);
  return sex == MAP_NONE ? SEX_UNKNOWN : (enum sex)sex;
}
