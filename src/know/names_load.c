/* names_load.c: the tables of countries, places, cities and actors become senses of spellings.
 *
 *   countries.tsv   code, lat, lon, population, capitals (ids), other code     en/countries.tsv  code, name, others, adjectives, people
 *   places.tsv      key, kind, country, admin1, lat, lon, population                       en/places.tsv     key, name, others, adjectives, people
 *   cities.tsv      id, name, country, admin1, lat, lon, population                        en/cities.tsv     id, name, others
 *   actors.tsv      key, sense, code, country, sectors, lat, lon                           en/actors.tsv     key, name, others
 *   actor_codes.tsv key, first day, last day, code, sectors, source
 *   geonames.tsv    GeoNames code, country, region                                         towns.tsv: see towns.h
 *
 * Lists within a column are parted by '|'.  A spelling's senses stand in the order countries, demonyms, peoples, actors, and then
 * places and capitals by weight (below).  Every row must be named in the language's table, and every key there must exist. */
#include "know/names_build.h"
#include "know/source.h"
#include <assert.h>
#include <stdlib.h>

/* A place waits for its name and its turn. */
struct pending {
  struct toponym *toponym;
  struct slice admin1;          /* key of its region */
  struct slice names;           /* given by the table of places itself: cities */
  struct slice others;          /* given by the language's table */
  struct slice own;             /* a city's international name, where the language has another */
  const struct actor *seat;     /* of a capital */
  bool capital;
  double weight;
  const struct table *table;    /* of its names */
  struct know_line named;       /* line of its names; table 0: nowhere yet */
};

struct country {
  struct actor *actor;
  struct toponym *toponym;
  struct slice other_code;
  const struct sense *own; /* its name's */
  bool named;
};

struct known_actor {
  struct actor *actor;
  struct toponym *toponym; /* or NULL */
  enum sense_kind sense;
  bool named;
};

struct load {
  struct know_source *src;
  struct names *names;
  VEC(struct country) countries;
  VEC(struct known_actor) actors;
  VEC(struct pending) places;
  struct map country_at, actor_at, place_at, city_at; /* key -> index above (cities stand among the places) */
  struct map capital_of;                              /* city id -> index of the country */
};

/* A city is taken for the likelier the more people live in it; a capital is in the news far more than its size, a region less: "New York" is
 * the city and "Washington" the capital, but "Quebec" the province. */
#define CAPITAL_WEIGHT 20.0
#define REGION_WEIGHT 0.3
#define REGION_PEOPLE 300000 /* of a region whose population the table does not give */

#define BAD_POINT "latitude (-90 to 90) and longitude (-180 to 180) are decimal degrees"
#define BAD_COUNT "the population is a whole number"

static enum status wrong(struct load *l, const struct table_reader *reader, const struct table_row *row, const char *what)
{
  return table_error(l->src->error, reader->table, row->where, "%s", what);
}

/* ---- cells ---- */

static bool is_code3(struct slice s)
{
  if (s.n != 3) return false;
  for (size_t i = 0; i < 3; i++)
    if (s.at[i] < 'A' || s.at[i] > 'Z') return false;
  return true;
}

/* groups of three capitals or digits, at most five */
static bool is_cameo(struct slice s)
{
  if (s.n == 0 || s.n % 3 || s.n > 15) return false;
  for (size_t i = 0; i < s.n; i++)
    if (!((s.at[i] >= 'A' && s.at[i] <= 'Z') || (s.at[i] >= '0' && s.at[i] <= '9'))) return false;
  return true;
}

/* both empty: no point */
static bool read_point(struct slice lat, struct slice lon, double *to_lat, double *to_lon, bool *has)
{
  *has = lat.n || lon.n;
  if (!*has) return true;
  return slice_to_double(lat, to_lat) && slice_to_double(lon, to_lon) && *to_lat >= -90 && *to_lat <= 90 && *to_lon >= -180 && *to_lon <= 180;
}

static bool read_count(struct slice s, uint32_t *to)
{
  int64_t n = 0;
  if (s.n && (!slice_to_i64(s, &n) || n < 0 || n > UINT32_MAX)) return false;
  *to = (uint32_t)n;
  return true;
}

static bool read_kind(struct slice s, enum place_kind *to)
{
  static const char *const kinds[] = {[PLACE_COUNTRY] = "country", [PLACE_ADMIN1] = "admin1", [PLACE_CITY] = "city", [PLACE_REGION] = "region",
                                      [PLACE_WATER] = "water", [PLACE_LAND] = "land", [PLACE_FACILITY] = "facility", [PLACE_OTHER] = "other"};
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
    if (slice_is(s, kinds[k])) {
      *to = (enum place_kind)k;
      return true;
    }
  return false;
}

/* ---- spellings ---- */

static enum status add_one(struct load *l, const struct table *table, struct slice spelling, struct sense sense)
{
  struct know_line before = {0};
  switch (names_add(l->names, spelling, sense, &before)) {
  case ADD_OK: return ST_OK;
  case ADD_FULL: return know_full(l->src);
  case ADD_TWICE:
    return table_error(l->src->error, table, sense.where, "\"%.*s\" is given twice (line %u has it): take one out", SLICE_ARG(spelling),
                       (unsigned)before.line);
  case ADD_BAD: break;
  }
  return table_error(l->src->error, table, sense.where, "\"%.*s\" is no name: between '|' stand 1 to %d bytes", SLICE_ARG(spelling), NAME_BYTES);
}

/* Every spelling of a list parted by '|'. */
static enum status add_list(struct load *l, const struct table *table, struct slice list, struct sense sense)
{
  enum status status = ST_OK;
  while (status == ST_OK && list.n) status = add_one(l, table, slice_trim(slice_cut(&list, '|')), sense);
  return status;
}

/* ---- one table ---- */

/* Gives each row of a table to `read`. */
static enum status each_row(struct load *l, const char *name,
                            enum status (*read)(struct load *l, const struct table_reader *reader, const struct table_row *row))
{
  const struct table *table;
  uint16_t index;
  struct table_reader reader;
  struct table_row row;
  enum status status = know_table(l->src, name, &table, &index);
  if (status != ST_OK) return status;
  table_begin(&reader, table, index);
  while (status == ST_OK && table_next(&reader, &row, l->src->error)) status = read(l, &reader, &row);
  return status != ST_OK ? status : l->src->error->code;
}

/* Enters a new key. */
static enum status enter(struct load *l, struct map *map, size_t at, const struct table_reader *reader, const struct table_row *row)
{
  uint32_t *slot = map_add(map, l->src->arena, row->column[0], (uint32_t)at);
  if (!slot) return know_full(l->src);
  if (*slot != (uint32_t)at) return wrong(l, reader, row, "this key has a line already: take one out");
  return ST_OK;
}

/* The index of a key that must be there. */
static enum status look(struct load *l, const struct map *map, struct slice key, const struct table_reader *reader, const struct table_row *row,
                        const char *where, uint32_t *to)
{
  *to = map_get(map, key);
  if (*to != MAP_NONE) return ST_OK;
  return table_error(l->src->error, reader->table, row->where, "\"%.*s\" has no line in %s: add one, or mend the key", SLICE_ARG(key), where);
}

/* ---- codes and points ---- */

static enum status country_row(struct load *l, const struct table_reader *reader, const struct table_row *row)
{
  struct arena *arena = l->src->arena;
  struct toponym *t = arena_new(arena, struct toponym);
  struct actor *actor = arena_new(arena, struct actor);
  if (!t || !actor) return know_full(l->src);
  if (!is_code3(row->column[0])) return wrong(l, reader, row, "a country's code is three capitals (ISO 3166-1 alpha-3)");
  if (!read_point(row->column[1], row->column[2], &t->lat, &t->lon, &t->has_point) || !t->has_point)
    return wrong(l, reader, row, BAD_POINT);
  if (!read_count(row->column[3], &t->population)) return wrong(l, reader, row, BAD_COUNT);
  if (row->column[5].n && !is_code3(row->column[5])) return wrong(l, reader, row, "the other code is three capitals");
  t->kind = PLACE_COUNTRY;
  actor->kind = KIND_COUNTRY;
  t->country = actor->country = actor->code = row->column[0];
  t->where = actor->where = row->where;
  size_t at = l->countries.n;
  for (struct slice capitals = row->column[4]; capitals.n;)
    if (!map_add(&l->capital_of, arena, slice_trim(slice_cut(&capitals, '|')), (uint32_t)at)) return know_full(l->src);
  if (!vec_push(&l->countries, arena, (struct country){.actor = actor, .toponym = t, .other_code = row->column[5]})) return know_full(l->src);
  return enter(l, &l->country_at, at, reader, row);
}

/* Columns of places and cities from `c` on: country, admin1, lat, lon, population. */
static enum status place_cells(struct load *l, const struct table_reader *reader, const struct table_row *row, uint32_t c, struct pending *p)
{
  uint32_t country;
  p->toponym = arena_new(l->src->arena, struct toponym);
  if (!p->toponym) return know_full(l->src);
  struct toponym *t = p->toponym;
  t->where = row->where;
  t->country = row->column[c];
  p->admin1 = row->column[c + 1];
  if (t->country.n) {
    enum status status = look(l, &l->country_at, t->country, reader, row, "countries.tsv", &country);
    if (status != ST_OK) return status;
  }
  if (!read_point(row->column[c + 2], row->column[c + 3], &t->lat, &t->lon, &t->has_point)) return wrong(l, reader, row, BAD_POINT);
  if (!read_count(row->column[c + 4], &t->population)) return wrong(l, reader, row, BAD_COUNT);
  return ST_OK;
}

static enum status place_row(struct load *l, const struct table_reader *reader, const struct table_row *row)
{
  struct pending p = {0};
  enum place_kind kind;
  if (!read_kind(row->column[1], &kind))
    return wrong(l, reader, row, "the kind is one of country, admin1, city, region, water, land, facility, other");
  enum status status = place_cells(l, reader, row, 2, &p);
  if (status != ST_OK) return status;
  p.toponym->kind = kind;
  p.weight = REGION_WEIGHT * (p.toponym->population ? p.toponym->population : REGION_PEOPLE);
  size_t at = l->places.n;
  if (!vec_push(&l->places, l->src->arena, p)) return know_full(l->src);
  return enter(l, &l->place_at, at, reader, row);
}

static enum status city_row(struct load *l, const struct table_reader *reader, const struct table_row *row)
{
  struct pending p = {.names = row->column[1], .table = reader->table, .named = row->where};
  if (p.names.n == 0) return wrong(l, reader, row, "the city has no name: give it in the second column");
  enum status status = place_cells(l, reader, row, 2, &p);
  if (status != ST_OK) return status;
  p.toponym->kind = PLACE_CITY;
  p.toponym->name = p.names;
  p.weight = p.toponym->population;
  uint32_t of = map_get(&l->capital_of, row->column[0]);
  if (of != MAP_NONE) {
    /* country_row enters capitals for the country that it then adds, or fails, and a failure ends the loading */
    assert(l->countries.at && of < l->countries.n);
    if (!slice_eq(l->countries.at[of].actor->code, p.toponym->country))
      return wrong(l, reader, row, "countries.tsv has it as the capital of another country: mend one of the two lines");
    p.weight = CAPITAL_WEIGHT * (p.weight > 0 ? p.weight : 1);
    p.capital = true;
  }
  size_t at = l->places.n;
  if (!vec_push(&l->places, l->src->arena, p)) return know_full(l->src);
  return enter(l, &l->city_at, at, reader, row);
}

static enum status actor_row(struct load *l, const struct table_reader *reader, const struct table_row *row)
{
  struct arena *arena = l->src->arena;
  struct known_actor known = {.sense = SENSE_ORGANIZATION, .actor = arena_new(arena, struct actor)};
  struct toponym point = {.kind = PLACE_FACILITY, .where = row->where, .country = row->column[3]};
  struct actor *actor = known.actor;
  if (!actor) return know_full(l->src);
  if (slice_is(row->column[1], "seat")) known.sense = SENSE_SEAT;
  else if (!slice_is(row->column[1], "organization")) return wrong(l, reader, row, "the second column is organization or seat");
  *actor = (struct actor){.kind = KIND_ORGANIZATION, .code = row->column[2], .country = row->column[3], .where = row->where};
  if (!is_cameo(actor->code)) return wrong(l, reader, row, "the code is a CAMEO string: one to five groups of three capitals or digits");
  if (actor->country.n && !is_code3(actor->country))
    return wrong(l, reader, row, "the country is three capitals: an ISO code, or IGO, UNO, EUR, NGO, ISM, IMG, MNC");
  if (!sectors_find(row->column[4], actor->sectors)) return wrong(l, reader, row, "sectors are PLOVER's, at most three, parted by '+' (PTY+OPP)");
  if (!read_point(row->column[5], row->column[6], &point.lat, &point.lon, &point.has_point)) return wrong(l, reader, row, BAD_POINT);
  if (point.has_point) {
    if (!(known.toponym = arena_new(arena, struct toponym))) return know_full(l->src);
    *known.toponym = point;
  }
  size_t at = l->actors.n;
  if (!vec_push(&l->actors, arena, known)) return know_full(l->src);
  return enter(l, &l->actor_at, at, reader, row);
}

/* A day; "-" as `open` */
static bool read_day(struct slice text, int32_t open, int32_t *to)
{
  *to = open;
  return slice_is(text, "-") || table_day(text, to);
}

static enum status actor_term(struct load *l, const struct table_reader *reader, const struct table_row *row)
{
  uint32_t at;
  enum status status = look(l, &l->actor_at, row->column[0], reader, row, "actors.tsv", &at);
  if (status != ST_OK) return status;
  struct actor_term *term = arena_new(l->src->arena, struct actor_term);
  if (!term) return know_full(l->src);
  struct actor *actor = l->actors.at[at].actor;
  *term = (struct actor_term){.code = row->column[3], .where = row->where, .next = actor->terms};
  if (!read_day(row->column[1], 0, &term->from) || !read_day(row->column[2], INT32_MAX, &term->to) || term->from > term->to)
    return wrong(l, reader, row, "the days are like 2024-10-28, or - where the time is open, the first before the last");
  for (const struct actor_term *other = actor->terms; other; other = other->next)
    if (term->from <= other->to && other->from <= term->to) return wrong(l, reader, row, "this time meets that of another line of the same key");
  if (!is_cameo(term->code)) return wrong(l, reader, row, "the code is a CAMEO string: one to five groups of three capitals or digits");
  if (!sectors_find(row->column[4], term->sectors)) return wrong(l, reader, row, "sectors are PLOVER's, at most three, parted by '+' (PTY+OPP)");
  if (!row->column[5].n) return wrong(l, reader, row, "needs a source, or \"unchecked\", in the last column");
  actor->terms = term;
  return ST_OK;
}

/* ---- names ---- */

static enum status country_name(struct load *l, const struct table_reader *reader, const struct table_row *row)
{
  uint32_t at;
  enum status status = look(l, &l->country_at, row->column[0], reader, row, "countries.tsv", &at);
  if (status != ST_OK) return status;
  struct country *c = &l->countries.at[at];
  struct sense sense = {.kind = SENSE_COUNTRY, .actor = c->actor, .toponym = c->toponym, .where = row->where};
  if (c->named) return wrong(l, reader, row, "this country is named already: join the two lines");
  c->named = true;
  c->actor->name = c->toponym->name = row->column[1];
  if ((status = add_list(l, reader->table, row->column[1], sense)) != ST_OK) return status;
  c->own = names_find(l->names, row->column[1]);
  while (c->own && (c->own->kind != SENSE_COUNTRY || c->own->actor != c->actor)) c->own = c->own->next;
  if (!c->own) return wrong(l, reader, row, "needs a name in the second column");
  if ((status = add_list(l, reader->table, row->column[2], sense)) != ST_OK) return status;
  sense.kind = SENSE_DEMONYM;
  if ((status = add_list(l, reader->table, row->column[3], sense)) != ST_OK) return status;
  sense.kind = SENSE_PEOPLE;
  return add_list(l, reader->table, row->column[4], sense);
}

static enum status place_name(struct load *l, const struct table_reader *reader, const struct table_row *row)
{
  uint32_t at, country;
  enum status status = look(l, &l->place_at, row->column[0], reader, row, "places.tsv", &at);
  if (status != ST_OK) return status;
  struct pending *p = &l->places.at[at];
  if (p->named.table) return wrong(l, reader, row, "this place is named already: join the two lines");
  if (row->column[1].n == 0) return wrong(l, reader, row, "needs a name in the second column");
  p->toponym->name = p->names = row->column[1];
  p->others = row->column[2];
  p->named = row->where;
  p->table = reader->table;
  struct sense sense = {.kind = SENSE_DEMONYM, .toponym = p->toponym, .where = row->where};
  if ((country = map_get(&l->country_at, p->toponym->country)) != MAP_NONE) sense.actor = l->countries.at[country].actor;
  if ((status = add_list(l, reader->table, row->column[3], sense)) != ST_OK) return status;
  sense.kind = SENSE_PEOPLE;
  return add_list(l, reader->table, row->column[4], sense);
}

static enum status city_name(struct load *l, const struct table_reader *reader, const struct table_row *row)
{
  uint32_t at;
  enum status status = look(l, &l->city_at, row->column[0], reader, row, "cities.tsv", &at);
  if (status != ST_OK) return status;
  struct pending *p = &l->places.at[at];
  if (p->others.n || row->column[1].n == 0) return wrong(l, reader, row, "a city has one line, with a name in the second column");
  p->own = p->names;
  p->toponym->name = p->names = row->column[1];
  p->others = row->column[2];
  p->named = row->where;
  p->table = reader->table;
  return ST_OK;
}

static enum status actor_name(struct load *l, const struct table_reader *reader, const struct table_row *row)
{
  uint32_t at;
  enum status status = look(l, &l->actor_at, row->column[0], reader, row, "actors.tsv", &at);
  if (status != ST_OK) return status;
  struct known_actor *known = &l->actors.at[at];
  if (known->named) return wrong(l, reader, row, "this actor is named already: join the two lines");
  if (row->column[1].n == 0) return wrong(l, reader, row, "needs a name in the second column");
  known->named = true;
  known->actor->name = row->column[1];
  if (known->toponym) known->toponym->name = row->column[1];
  struct sense sense = {.kind = known->sense, .actor = known->actor, .toponym = known->toponym, .where = row->where};
  if ((status = add_list(l, reader->table, row->column[1], sense)) != ST_OK) return status;
  return add_list(l, reader->table, row->column[2], sense);
}

/* ---- all of them ---- */

/* The capital speaks for its country's government. */
static const struct actor *capital_seat(struct load *l, const struct pending *p)
{
  struct slice code = p->toponym->country;
  char *cameo = arena_alloc(l->src->arena, code.n + 3);
  struct actor *actor = arena_new(l->src->arena, struct actor);
  if (!cameo || !actor) return NULL;
  memcpy(cameo, code.at, code.n);
  memcpy(cameo + code.n, sector_cameo(SECTOR_GOV), 3);
  *actor = (struct actor){.name = p->toponym->name, .kind = KIND_COUNTRY, .code = {cameo, code.n + 3}, .country = code,
                          .sectors = {SECTOR_GOV}, .where = p->toponym->where};
  return actor;
}

static int by_weight(const void *a, const void *b)
{
  const struct pending *x = a, *y = b;
  if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
  if (x->toponym->where.table != y->toponym->where.table) return x->toponym->where.table < y->toponym->where.table ? -1 : 1;
  return x->toponym->where.line < y->toponym->where.line ? -1 : x->toponym->where.line > y->toponym->where.line;
}

static enum status unnamed(struct load *l, struct know_line where)
{
  return table_error(l->src->error, &l->src->tables[where.table - 1], where, "nothing names this key: add a line to the same table of the language");
}

/* Regions get their names first, so that cities can tell theirs; then all enter by weight. */
static enum status add_places(struct load *l)
{
  enum status status = ST_OK;
  for (size_t i = 0; i < l->places.n; i++) {
    struct pending *p = &l->places.at[i];
    if (p->named.table == 0) return unnamed(l, p->toponym->where);
    if (p->admin1.n) {
      uint32_t at = map_get(&l->place_at, p->admin1);
      if (at == MAP_NONE)
        return table_error(l->src->error, &l->src->tables[p->toponym->where.table - 1], p->toponym->where,
                           "the region \"%.*s\" has no line in places.tsv: add one, or leave the column empty", SLICE_ARG(p->admin1));
      p->toponym->admin1 = l->places.at[at].toponym->name;
    } else if (p->toponym->kind == PLACE_ADMIN1) p->toponym->admin1 = p->toponym->name;
    if (p->capital && !(p->seat = capital_seat(l, p))) return know_full(l->src);
  }
  qsort(l->places.at, l->places.n, sizeof *l->places.at, by_weight);
  for (size_t i = 0; i < l->places.n && status == ST_OK; i++) {
    const struct pending *p = &l->places.at[i];
    struct sense sense = {.kind = p->seat ? SENSE_SEAT : SENSE_PLACE, .actor = p->seat, .toponym = p->toponym, .where = p->named};
    status = add_list(l, p->table, p->names, sense);
    if (status == ST_OK) status = add_list(l, p->table, p->others, sense);
    struct know_line before;
    if (status == ST_OK && p->own.n && names_add(l->names, p->own, sense, &before) == ADD_FULL) status = know_full(l->src); /* twice is no fault here */
  }
  return status;
}

/* Each country by its code, and by its other one. */
static enum status add_codes(struct load *l)
{
  for (size_t i = 0; i < l->countries.n; i++) {
    const struct country *c = &l->countries.at[i];
    if (!c->named) return unnamed(l, c->toponym->where);
    if (!vec_push(&l->names->countries, l->src->arena, c->own)) return know_full(l->src);
    if (!map_add(&l->names->country_codes, l->src->arena, c->actor->code, (uint32_t)i)) return know_full(l->src);
    if (c->other_code.n && !map_add(&l->names->country_codes, l->src->arena, c->other_code, (uint32_t)i)) return know_full(l->src);
  }
  return ST_OK;
}

/* Codes of GeoNames: what the towns' lines say of where they lie. */
static enum status region_row(struct load *l, const struct table_reader *reader, const struct table_row *row)
{
  struct town_region region = {.country = row->column[1]};
  uint32_t at;
  enum status status = look(l, &l->country_at, row->column[1], reader, row, "countries.tsv", &at);
  if (status == ST_OK && row->column[2].n) {
    status = look(l, &l->place_at, row->column[2], reader, row, "places.tsv", &at);
    if (status == ST_OK) region.admin1 = l->places.at[at].toponym->name;
  }
  if (status != ST_OK) return status;
  uint32_t *slot = map_add(&l->names->region_of, l->src->arena, row->column[0], (uint32_t)l->names->regions.n);
  if (!slot || !vec_push(&l->names->regions, l->src->arena, region)) return know_full(l->src);
  return *slot == l->names->regions.n - 1 ? ST_OK : wrong(l, reader, row, "this code has a line already: take one out");
}

enum status names_load(const struct names **to, struct know_source *src)
{
  struct load load = {.src = src, .names = arena_new(src->arena, struct names)}, *l = &load;
  if (!l->names) return know_full(src);
  l->names->arena = src->arena;
  static const struct {
    const char *table;
    enum status (*read)(struct load *l, const struct table_reader *reader, const struct table_row *row);
  } steps[] = {
    {"countries.tsv", country_row}, {"actors.tsv", actor_row},       {"actor_codes.tsv", actor_term}, {"places.tsv", place_row},       {"cities.tsv", city_row},
    {"en/countries.tsv", country_name}, {"en/actors.tsv", actor_name}, {"en/places.tsv", place_name}, {"en/cities.tsv", city_name},
  };
  enum status status = ST_OK;
  for (size_t i = 0; i < sizeof steps / sizeof *steps && status == ST_OK; i++) status = each_row(l, steps[i].table, steps[i].read);
  for (size_t i = 0; i < l->actors.n && status == ST_OK; i++)
    if (!l->actors.at[i].named) status = unnamed(l, l->actors.at[i].actor->where);
  if (status == ST_OK) status = add_codes(l);
  if (status == ST_OK) status = each_row(l, "geonames.tsv", region_row); /* while places stand as their keys say */
  if (status == ST_OK) status = add_places(l);
  if (status == ST_OK) status = towns_load(&l->names->towns, src, &l->names->region_of, l->names->regions.at);
  *to = l->names;
  return status;
}
