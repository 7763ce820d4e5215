#include "know/leaders.h"
#include "base/map.h"
#include "know/source.h"

#define NAMES_MOST 6 /* spellings of one name */

struct leaders {
  struct map by_name, by_family;
  struct leader *at; /* one for each spelling */
  uint32_t n;
};

/* A day; "-" is LEADER_STILL */
static bool day_read(struct slice text, int32_t *to)
{
  *to = LEADER_STILL;
  return slice_is(text, "-") || table_day(text, to);
}

/* Puts the newest row in front of the chain of its key. */
static bool chain(struct map *map, struct know_source *src, const struct leaders *leaders, struct slice key, uint32_t row, const struct leader **next)
{
  uint32_t *slot = map_add(map, src->arena, key, MAP_NONE);
  if (!slot) return false;
  if (*slot != MAP_NONE) *next = &leaders->at[*slot];
  *slot = row;
  return true;
}

static enum status add(struct leaders *leaders, struct know_source *src, const struct leader *leader)
{
  struct slice rest = leader->names;
  bool first = true;
  while (rest.n) {
    struct slice name = slice_trim(slice_cut(&rest, '|'));
    struct leader *row = &leaders->at[leaders->n];
    *row = *leader;
    if (!chain(&leaders->by_name, src, leaders, name, leaders->n, &row->next_name)) return know_full(src);
    bool family = first && !slice_is(leader->family, "-");
    if (family && !chain(&leaders->by_family, src, leaders, leader->family, leaders->n, &row->next_family)) return know_full(src);
    leaders->n++;
    first = false;
  }
  return ST_OK;
}

enum status leaders_load(const struct leaders **to, struct know_source *src)
{
  const struct table *table;
  uint16_t index;
  enum status status = know_table(src, "leaders.tsv", &table, &index);
  if (status != ST_OK) return status;
  size_t most = 1;
  for (size_t i = 0; i < table->bytes.n; i++) most += table->bytes.at[i] == '\n' || table->bytes.at[i] == '|';
  struct leaders *leaders = arena_new(src->arena, struct leaders);
  if (leaders) leaders->at = arena_array(src->arena, struct leader, most);
  if (!leaders || !leaders->at) return know_full(src);
  struct table_reader reader;
  struct table_row row;
  table_begin(&reader, table, index);
  while (table_next(&reader, &row, src->error)) {
    if (row.n != 9)
      return table_error(src->error, table, row.where, "needs names, family name, country, sectors, office, from, to, code and source, parted by tabs");
    struct leader leader = {.names = row.column[0], .family = row.column[1], .country = row.column[2], .office = row.column[4], .where = row.where};
    if (!leader.names.n || !leader.family.n || leader.country.n != 3)
      return table_error(src->error, table, row.where, "needs a name, a family name and a country of three letters");
    if (!sectors_find(row.column[3], leader.sectors))
      return table_error(src->error, table, row.where, "\"%.*s\" is no list of sectors: write it as in GOV+MIL", SLICE_ARG(row.column[3]));
    if (!day_read(row.column[5], &leader.from) || !day_read(row.column[6], &leader.to) || leader.from > leader.to)
      return table_error(src->error, table, row.where, "needs two days in order, as in 2024-10-28, or - behind the first");
    if (!slice_is(row.column[7], "-")) leader.code = row.column[7];
    if (add(leaders, src, &leader) != ST_OK) return src->error->code;
  }
  *to = leaders;
  return src->error->code;
}

const struct leader *leaders_named(const struct leaders *leaders, struct slice name, int32_t day)
{
  uint32_t row = map_get(&leaders->by_name, name);
  const struct leader *best = NULL, *later = NULL;
  for (const struct leader *l = row == MAP_NONE ? NULL : &leaders->at[row]; l; l = l->next_name) {
    if (day && l->from > day) {
      if (!later || l->from < later->from) later = l;
    } else if (!best || l->to > best->to) best = l; /* the office that lasts longest: of two at once the present one */
  }
  return best ? best : later;
}

const struct leader *leaders_family(const struct leaders *leaders, struct slice family, int32_t day)
{
  uint32_t row = map_get(&leaders->by_family, family);
  const struct leader *found = NULL;
  for (const struct leader *l = row == MAP_NONE || !day ? NULL : &leaders->at[row]; l; l = l->next_family) {
    if (l->from > day || l->to < day) continue;
    if (found && !slice_eq(found->names, l->names)) return NULL;
    found = l;
  }
  return found;
}
