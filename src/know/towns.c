/* towns.c: looks towns up in their gazetteer.  What a name was found to mean is kept, so that the same name gives the same senses for as long as the
 * know lives: the one thing in it that grows, by one atomic pointer a name, and whoever comes second takes what the first one made. */
#include "know/towns.h"
#include "base/embed.h"
#include "base/sys.h"
#include "know/name_key.h"
#include "know/source.h"
#include "know/towns_index.h"
#include <stdatomic.h>

#define TABLE "towns.tsv"
#define SAME_NAME 64 /* towns of one name that are told apart */

struct made {
  size_t bytes;
  uint32_t n;
  struct {
    struct sense sense;
    struct toponym toponym;
  } at[];
};

struct towns {
  struct slice bytes;
  uint16_t table;
  const struct towns_header *header;
  const uint8_t *starts;
  const uint32_t *blocks;
  const struct towns_slot *slots;
  const struct map *region_of;
  const struct town_region *regions;
  _Atomic(struct made *) *made; /* by slot; of the first line with this name */
};

static void forget(void *what)
{
  struct towns *towns = what;
  for (uint32_t i = 0; i < towns->header->n_slots; i++) {
    struct made *made = atomic_load(&towns->made[i]);
    if (made) sys_free(made, made->bytes);
  }
  sys_free(towns->made, towns->header->n_slots * sizeof *towns->made);
}

/* The index that the build made, when the gazetteer is ours; else one made now. */
static struct slice index_of(struct know_source *src, const struct table *table)
{
  struct slice index = embedded_towns();
  struct towns_header header;
  if (table->file.n == 0 && index.n >= sizeof header) return index;
  towns_index(table->bytes, src->arena, &index);
  return index;
}

enum status towns_load(const struct towns **to, struct know_source *src, const struct map *region_of, const struct town_region *regions)
{
  const struct table *table;
  uint16_t number;
  enum status status = know_table(src, TABLE, &table, &number);
  if (status != ST_OK) return status;
  struct towns *towns = arena_new(src->arena, struct towns);
  struct slice index = towns ? index_of(src, table) : (struct slice){0};
  if (!towns || !index.n) return know_full(src);
  const struct towns_header *header = (const struct towns_header *)(const void *)index.at;
  if (header->magic != TOWNS_MAGIC || header->bytes != table->bytes.n)
    return error_set(src->error, ST_TABLE, "%s: its index belongs to another one: build the program again", TABLE);
  const char *blocks = index.at + sizeof *header + TOWNS_STARTS;
  *towns = (struct towns){.bytes = table->bytes, .table = number, .header = header, .region_of = region_of, .regions = regions,
                          .starts = (const uint8_t *)index.at + sizeof *header, .blocks = (const uint32_t *)(const void *)blocks,
                          .slots = (const struct towns_slot *)(const void *)(index.at + index.n - header->n_slots * sizeof(struct towns_slot))};
  towns->made = sys_alloc(header->n_slots * sizeof *towns->made);
  if (!towns->made) return know_full(src);
  for (uint32_t i = 0; i < header->n_slots; i++) atomic_init(&towns->made[i], NULL);
  if (!arena_on_release(src->arena, forget, towns)) {
    forget(towns);
    return know_full(src);
  }
  *to = towns;
  return ST_OK;
}

size_t towns_longest(const struct towns *towns, struct slice first_word)
{
  return towns->starts[slice_hash(first_word) & (TOWNS_STARTS - 1)];
}

static struct slice line_at(const struct towns *towns, uint32_t place)
{
  struct slice rest = slice_sub(towns->bytes, place, towns->bytes.n);
  return slice_cut(&rest, '\n');
}

static uint32_t line_number(const struct towns *towns, uint32_t place)
{
  uint32_t lines = towns->blocks[place / TOWNS_BLOCK] + 1;
  for (size_t i = place / TOWNS_BLOCK * TOWNS_BLOCK; i < place; i++) lines += towns->bytes.at[i] == '\n';
  return lines;
}

/* "US.TX" of the line, then "US" */
static const struct town_region *region_of(const struct towns *towns, const struct town_line *town)
{
  char code[16];
  size_t n = town->country.n;
  if (n != 2) return NULL;
  memcpy(code, town->country.at, n);
  if (town->region.n && town->region.n < sizeof code - n) {
    code[n] = '.';
    memcpy(code + n + 1, town->region.at, town->region.n);
    uint32_t at = map_get(towns->region_of, (struct slice){code, n + 1 + town->region.n});
    if (at != MAP_NONE) return &towns->regions[at];
  }
  uint32_t at = map_get(towns->region_of, (struct slice){code, n});
  return at == MAP_NONE ? NULL : &towns->regions[at];
}

/* The town of the line; false when it lies nowhere. */
static bool town_at(const struct towns *towns, uint32_t place, struct toponym *to)
{
  struct town_line town;
  int64_t people = 0;
  if (!town_line(line_at(towns, place), &town)) return false;
  const struct town_region *region = region_of(towns, &town);
  *to = (struct toponym){.name = town.name, .kind = PLACE_CITY, .minor = true, .where = {towns->table, line_number(towns, place)}};
  if (!region || !slice_to_double(town.lat, &to->lat) || !slice_to_double(town.lon, &to->lon)) return false;
  if (!(to->lat >= -90 && to->lat <= 90 && to->lon >= -180 && to->lon <= 180)) return false;
  to->has_point = true;
  to->country = region->country;
  to->admin1 = region->admin1;
  if (slice_to_i64(town.population, &people) && people > 0 && people < UINT32_MAX) to->population = (uint32_t)people;
  return true;
}

static bool has_key(const struct towns *towns, uint32_t place, struct slice key)
{
  struct town_line town;
  char own[NAME_BYTES];
  return town_line(line_at(towns, place), &town) && slice_eq((struct slice){own, name_key(town.name, own)}, key);
}

/* Copies of the others, and the towns at these places, in one piece. */
static struct made *make(const struct towns *towns, const uint32_t *places, uint32_t n_places, const struct sense *others)
{
  uint32_t n = n_places;
  for (const struct sense *s = others; s; s = s->next) n++;
  size_t bytes = sizeof(struct made) + n * sizeof(((struct made *)0)->at[0]);
  struct made *made = sys_alloc(bytes);
  if (!made) return NULL;
  made->bytes = bytes;
  made->n = 0;
  for (const struct sense *s = others; s; s = s->next) made->at[made->n++].sense = *s;
  for (uint32_t i = 0; i < n_places; i++) {
    if (!town_at(towns, places[i], &made->at[made->n].toponym)) continue;
    made->at[made->n].sense = (struct sense){.kind = SENSE_PLACE, .toponym = &made->at[made->n].toponym, .where = made->at[made->n].toponym.where};
    made->n++;
  }
  for (uint32_t i = 0; i < made->n; i++) made->at[i].sense.next = i + 1 < made->n ? &made->at[i + 1].sense : NULL;
  return made;
}

const struct sense *towns_find(const struct towns *towns, struct slice key, const struct sense *others)
{
  uint64_t hash = slice_hash(key);
  uint32_t mask = towns->header->n_slots - 1, first = UINT32_MAX, places[SAME_NAME], n = 0;
  for (uint32_t i = (uint32_t)hash & mask; towns->slots[i].place && n < SAME_NAME; i = (i + 1) & mask) {
    const struct towns_slot *slot = &towns->slots[i];
    if (slot->hash != (uint32_t)(hash >> 32)) continue;
    struct made *made = n == 0 ? atomic_load_explicit(&towns->made[i], memory_order_acquire) : NULL;
    if (!made && !has_key(towns, slot->place - 1, key)) continue;
    if (made && made->n && has_key(towns, slot->place - 1, key)) return &made->at[0].sense;
    if (first == UINT32_MAX) first = i;
    places[n++] = slot->place - 1;
  }
  if (n == 0) return others;
  struct made *made = make(towns, places, n, others), *before = NULL;
  if (!made) return others;
  if (!atomic_compare_exchange_strong(&towns->made[first], &before, made)) {
    sys_free(made, made->bytes);
    made = before;
  }
  return made->n ? &made->at[0].sense : others;
}
