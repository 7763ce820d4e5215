/* anaphors.c: one map from lemma to row. */
#include "know/anaphors.h"
#include "base/map.h"
#include "base/vec.h"
#include "know/source.h"

struct anaphors {
  struct map by_lemma;
  VEC(struct anaphor) list;
};

_Static_assert(SECTOR_COUNT <= 32 && PLACE_OTHER < 32, "what a noun points back at is kept as bits");

static bool place_find(struct slice name, enum place_kind *to)
{
  static const char *const kinds[] = {"country", "admin1", "city", "region", "water", "land", "facility", "other"};
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
    if (slice_is(name, kinds[i])) {
      *to = (enum place_kind)i;
      return true;
    }
  return false;
}

static bool kind_find(struct slice name, enum entity_kind *to)
{
  if (slice_is(name, "country")) *to = KIND_COUNTRY;
  else if (slice_is(name, "place")) *to = KIND_PLACE;
  else if (slice_is(name, "organization")) *to = KIND_ORGANIZATION;
  else return false;
  return true;
}

static bool what_find(struct slice list, enum entity_kind kind, uint32_t *to)
{
  *to = 0;
  if (slice_is(list, "-")) return true;
  while (list.n) {
    struct slice name = slice_cut(&list, '|');
    enum place_kind place = PLACE_OTHER;
    enum sector sector = SECTOR_NONE;
    if (kind == KIND_PLACE && place_find(name, &place)) *to |= (uint32_t)1 << place;
    else if (kind == KIND_ORGANIZATION && sector_find(name, &sector)) *to |= (uint32_t)1 << sector;
    else return false;
  }
  return *to != 0;
}

enum status anaphors_load(const struct anaphors **to, struct know_source *src)
{
  const struct table *table;
  uint16_t index;
  enum status status = know_table(src, "en/anaphors.tsv", &table, &index);
  if (status != ST_OK) return status;
  struct anaphors *anaphors = arena_new(src->arena, struct anaphors);
  if (!anaphors) return know_full(src);
  struct table_reader reader;
  struct table_row row;
  table_begin(&reader, table, index);
  while (table_next(&reader, &row, src->error)) {
    struct anaphor a = {.where = row.where};
    if (row.n != 3 || !row.column[0].n || !kind_find(row.column[1], &a.kind))
      return table_error(src->error, table, row.where, "needs a lemma, one of country, place, organization, and what more, parted by tabs");
    if (!what_find(row.column[2], a.kind, &a.what))
      return table_error(src->error, table, row.where, "\"%.*s\" is no list of kinds of place or of sectors: see the head of the table",
                         SLICE_ARG(row.column[2]));
    uint32_t *slot = map_add(&anaphors->by_lemma, src->arena, row.column[0], (uint32_t)anaphors->list.n);
    if (!slot) return know_full(src);
    if (*slot != anaphors->list.n)
      return table_error(src->error, table, row.where, "\"%.*s\" is given twice: take one out", SLICE_ARG(row.column[0]));
    if (!vec_push(&anaphors->list, src->arena, a)) return know_full(src);
  }
  *to = anaphors;
  return src->error->code;
}

const struct anaphor *anaphors_find(const struct anaphors *anaphors, struct slice lemma)
{
  uint32_t i = map_get(&anaphors->by_lemma, lemma);
  return i == MAP_NONE ? NULL : &anaphors->list.at[i];
}
