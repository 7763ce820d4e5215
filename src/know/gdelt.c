#include "know/gdelt.h"
#include "base/map.h"
#include "base/vec.h"
#include "know/source.h"
#include <stdio.h>

#define KEY_MOST 64

/* Keys of the one map: "fips AFG", "name AFG", "alpha2 AFG", "group COP", "planned AID 071"; values are indices of `words`, of a group its kind. */
struct gdelt {
  struct map map;
  VEC(struct slice) words;
};

static const struct { const char *name; enum gdelt_group is; } kinds[] = {
  {"country", GDELT_COUNTRY}, {"group", GDELT_KNOWN}, {"ethnic", GDELT_ETHNIC}, {"religion", GDELT_RELIGION}, {"type", GDELT_TYPE}};

static struct slice key_of(char room[KEY_MOST], struct slice kind, struct slice a, struct slice b)
{
  int n = snprintf(room, KEY_MOST, "%.*s %.*s %.*s", SLICE_ARG(kind), SLICE_ARG(a), SLICE_ARG(b));
  return n > 0 && n < KEY_MOST ? (struct slice){room, (size_t)n} : (struct slice){0};
}

static uint32_t find(const struct gdelt *gdelt, struct slice kind, struct slice a, struct slice b)
{
  char room[KEY_MOST];
  return map_get(&gdelt->map, key_of(room, kind, a, b));
}

static const struct slice nothing = {NULL, 0};

static struct slice word(const struct gdelt *gdelt, uint32_t at) { return at < gdelt->words.n ? gdelt->words.at[at] : nothing; }

struct slice gdelt_fips(const struct gdelt *gdelt, struct slice alpha3) { return word(gdelt, find(gdelt, SLICE("fips"), alpha3, nothing)); }
struct slice gdelt_alpha2(const struct gdelt *gdelt, struct slice alpha3) { return word(gdelt, find(gdelt, SLICE("alpha2"), alpha3, nothing)); }
struct slice gdelt_country(const struct gdelt *gdelt, struct slice alpha3) { return word(gdelt, find(gdelt, SLICE("name"), alpha3, nothing)); }

enum gdelt_group gdelt_group(const struct gdelt *gdelt, struct slice letters)
{
  const uint32_t kind = find(gdelt, SLICE("group"), letters, nothing);
  if (kind < sizeof kinds / sizeof *kinds) return kinds[kind].is;
  return gdelt_fips(gdelt, letters).n ? GDELT_COUNTRY : GDELT_KNOWN;
}

struct slice gdelt_cameo(const struct gdelt *gdelt, struct slice status, struct slice type, struct slice cameo)
{
  char room[KEY_MOST];
  struct slice act = key_of(room, status, type, nothing); /* "planned AID " */
  for (size_t n = cameo.n + 1; n-- > 0;) {
    char whole[KEY_MOST];
    const int length = snprintf(whole, sizeof whole, "%.*s%.*s", SLICE_ARG(act), SLICE_ARG(slice_sub(cameo, 0, n)));
    if (length <= 0 || length >= KEY_MOST) continue;
    const struct slice found = word(gdelt, map_get(&gdelt->map, (struct slice){whole, (size_t)length}));
    if (found.n) return found;
  }
  return cameo;
}

static enum status add(struct gdelt *gdelt, struct know_source *src, const struct table *table, struct know_line where, struct slice key, uint32_t value)
{
  if (!key.n) return table_error(src->error, table, where, "a word that is too long");
  if (map_get(&gdelt->map, key) != MAP_NONE) return table_error(src->error, table, where, "this stands in the table twice");
  const struct slice own = slice_copy(src->arena, key);
  return own.at && map_add(&gdelt->map, src->arena, own, value) ? ST_OK : know_full(src);
}

static enum status add_word(struct gdelt *gdelt, struct know_source *src, const struct table *table, struct know_line where, struct slice key,
                            struct slice value)
{
  if (!vec_push(&gdelt->words, src->arena, value)) return know_full(src);
  return add(gdelt, src, table, where, key, (uint32_t)gdelt->words.n - 1);
}

static enum status read_group(struct gdelt *gdelt, struct know_source *src, const struct table *table, const struct table_row *row)
{
  char room[KEY_MOST];
  for (uint32_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (slice_is(row->column[2], kinds[i].name)) return add(gdelt, src, table, row->where, key_of(room, row->column[0], row->column[1], nothing), i);
  return table_error(src->error, table, row->where, "\"%.*s\" is none of country, group, ethnic, religion, type", SLICE_ARG(row->column[2]));
}

/* The code must be of the type that PLOVER makes of such an act. */
static enum status read_becomes(struct gdelt *gdelt, const struct plover *plover, struct know_source *src, const struct table *table,
                                const struct table_row *row)
{
  char room[KEY_MOST];
  const struct slice status = row->column[1], type = row->column[2], code = row->column[4];
  const struct plover_act *act = plover_record(plover, status, type, nothing), *coded = plover_of_cameo(plover, code);
  if (!act || !coded || !plover_has_cameo(plover, code) || !slice_eq(act->type, coded->type))
    return table_error(src->error, table, row->where, "needs a status, a type and a CAMEO code of the type that plover.tsv makes of it");
  struct slice key = key_of(room, status, type, row->column[3]);
  return add_word(gdelt, src, table, row->where, key, code);
}

static enum status read_row(struct gdelt *gdelt, const struct plover *plover, struct know_source *src, const struct table *table,
                            const struct table_row *row)
{
  char room[KEY_MOST];
  const bool three = row->column[1].n == 3;
  if (slice_is(row->column[0], "becomes") && row->n == 5) return read_becomes(gdelt, plover, src, table, row);
  if (slice_is(row->column[0], "group") && row->n == 3 && three) return read_group(gdelt, src, table, row);
  if (slice_is(row->column[0], "fips") && row->n == 3 && three && row->column[2].n == 2)
    return add_word(gdelt, src, table, row->where, key_of(room, row->column[0], row->column[1], nothing), row->column[2]);
  return table_error(src->error, table, row->where, "needs fips, three and two letters; group, three letters and a kind; or becomes and what the head tells");
}

/* Names of countries. */
static enum status read_names(struct gdelt *gdelt, struct know_source *src)
{
  char room[KEY_MOST];
  const struct table *table;
  uint16_t index;
  struct table_reader reader;
  struct table_row row;
  enum status status = know_table(src, "en/countries.tsv", &table, &index);
  if (status != ST_OK) return status;
  for (table_begin(&reader, table, index); status == ST_OK && table_next(&reader, &row, src->error);)
    status = add_word(gdelt, src, table, row.where, key_of(room, SLICE("name"), row.column[0], nothing), row.column[1]);
  return status;
}

/* Countries of two letters.  A dependency names its region, or is one of several of its state: that whose letters begin the three is the state's own. */
static enum status read_alpha2(struct gdelt *gdelt, struct know_source *src)
{
  char room[KEY_MOST];
  const struct table *table;
  uint16_t index;
  struct table_reader reader;
  struct table_row row;
  enum status status = know_table(src, "geonames.tsv", &table, &index);
  if (status != ST_OK) return status;
  for (table_begin(&reader, table, index); status == ST_OK && table_next(&reader, &row, src->error);) {
    if (row.column[0].n != 2 || row.column[2].n) continue;
    const uint32_t at = find(gdelt, SLICE("alpha2"), row.column[1], nothing);
    if (at < gdelt->words.n && slice_starts(row.column[1], row.column[0])) gdelt->words.at[at] = row.column[0];
    if (at == MAP_NONE) status = add_word(gdelt, src, table, row.where, key_of(room, SLICE("alpha2"), row.column[1], nothing), row.column[0]);
  }
  return status;
}

enum status gdelt_load(const struct gdelt **to, const struct plover *plover, struct know_source *src)
{
  const struct table *table;
  uint16_t index;
  struct table_reader reader;
  struct table_row row;
  struct gdelt *gdelt = arena_new(src->arena, struct gdelt);
  if (!gdelt) return know_full(src);
  enum status status = know_table(src, "gdelt.tsv", &table, &index);
  if (status != ST_OK) return status;
  for (table_begin(&reader, table, index); status == ST_OK && table_next(&reader, &row, src->error);) status = read_row(gdelt, plover, src, table, &row);
  if (status == ST_OK) status = src->error->code;
  if (status == ST_OK) status = read_names(gdelt, src);
  if (status == ST_OK) status = read_alpha2(gdelt, src);
  *to = gdelt;
  return status == ST_OK ? src->error->code : status;
}
