/* plover.c: loads data/plover.tsv (type, mode, score, quad; or "context" and its name; or what becomes of acts that are no facts) and data/cameo.tsv.
 *
 * Keys of the one map: "TYPE/mode", "context name", "cameo code", "left-out status" and "status TYPE"; a table's faults are named by line. */
#include "know/plover.h"
#include "base/map.h"
#include "base/vec.h"
#include "know/source.h"
#include <stdio.h>

#define KEY_MOST 64
#define NO_ACT UINT32_MAX /* of a CAMEO code that PLOVER has no type for */

struct plover {
  struct map map;
  VEC(uint32_t) of_cameo; /* beside contexts: index of the act */
  VEC(struct plover_act) acts;
  VEC(struct slice) contexts; /* of the CAMEO codes, by the map's value */
  VEC(struct slice) codes;    /* beside contexts */
  VEC(double) goldstein;      /* beside contexts */
};

/* "A/B" in `room`; empty when too long */
static struct slice key_of(char room[KEY_MOST], struct slice a, char between, struct slice b)
{
  int n = snprintf(room, KEY_MOST, "%.*s%c%.*s", SLICE_ARG(a), between, SLICE_ARG(b));
  return n > 0 && n < KEY_MOST ? (struct slice){room, (size_t)n} : (struct slice){0};
}

const struct plover_act *plover_act(const struct plover *plover, struct slice type, struct slice mode)
{
  char room[KEY_MOST];
  uint32_t at = map_get(&plover->map, key_of(room, type, '/', mode));
  return at < plover->acts.n ? &plover->acts.at[at] : NULL;
}

bool plover_has_context(const struct plover *plover, struct slice context)
{
  char room[KEY_MOST];
  return map_get(&plover->map, key_of(room, SLICE("context"), ' ', context)) != MAP_NONE;
}

bool plover_has_cameo(const struct plover *plover, struct slice code)
{
  char room[KEY_MOST];
  return map_get(&plover->map, key_of(room, SLICE("cameo"), ' ', code)) != MAP_NONE;
}

const struct plover_act *plover_record(const struct plover *plover, struct slice status, struct slice type, struct slice mode)
{
  char room[KEY_MOST];
  if (map_get(&plover->map, key_of(room, SLICE("left-out"), ' ', status)) != MAP_NONE) return NULL;
  const uint32_t other = map_get(&plover->map, key_of(room, status, ' ', type));
  return other < plover->acts.n ? &plover->acts.at[other] : plover_act(plover, type, mode);
}

struct slice plover_cameo_contexts(const struct plover *plover, struct slice code)
{
  char room[KEY_MOST];
  uint32_t at = map_get(&plover->map, key_of(room, SLICE("cameo"), ' ', code));
  return at < plover->contexts.n ? plover->contexts.at[at] : (struct slice){0};
}

bool plover_goldstein(const struct plover *plover, struct slice code, double *to)
{
  char room[KEY_MOST];
  uint32_t at = map_get(&plover->map, key_of(room, SLICE("cameo"), ' ', code));
  if (at >= plover->goldstein.n) return false;
  *to = plover->goldstein.at[at];
  return true;
}

/* Puts a copy of the key into the map; false when it was there or memory ran out (then *status is set). */
static bool add(struct plover *plover, struct know_source *src, struct slice key, uint32_t value, enum status *status)
{
  if (map_get(&plover->map, key) != MAP_NONE) return false;
  struct slice own = slice_copy(src->arena, key);
  if (!own.at || !map_add(&plover->map, src->arena, own, value)) *status = know_full(src);
  return *status == ST_OK;
}

static enum status read_becomes(struct plover *plover, struct know_source *src, const struct table *table, const struct table_row *row)
{
  char room[KEY_MOST];
  enum status status = ST_OK;
  const bool out = slice_is(row->column[0], "left-out");
  struct slice mode = row->column[3], type = slice_cut(&mode, '/');
  const struct plover_act *act = out ? NULL : plover_act(plover, type, mode);
  if (row->n != (out ? 2 : 4) || !row->column[1].n)
    return table_error(src->error, table, row->where, "needs left-out and a status, or becomes, status, type and type");
  if (!out && (!act || !plover_act(plover, row->column[2], (struct slice){0})))
    return table_error(src->error, table, row->where, "no such type and mode above: %.*s, %.*s", SLICE_ARG(row->column[2]), SLICE_ARG(row->column[3]));
  struct slice key = out ? key_of(room, SLICE("left-out"), ' ', row->column[1]) : key_of(room, row->column[1], ' ', row->column[2]);
  if (!key.n) return table_error(src->error, table, row->where, "a status or type that is too long");
  if (!add(plover, src, key, out ? 0 : (uint32_t)(act - plover->acts.at), &status) && status == ST_OK)
    return table_error(src->error, table, row->where, "this stands in the table twice");
  return status;
}

static enum status read_act(struct plover *plover, struct know_source *src, const struct table *table, const struct table_row *row)
{
  char room[KEY_MOST];
  enum status status = ST_OK;
  if (slice_is(row->column[0], "context")) {
    struct slice key = key_of(room, SLICE("context"), ' ', row->column[1]);
    if (row->n != 2 || !key.n) return table_error(src->error, table, row->where, "needs \"context\" and its name, parted by a tab");
    if (!add(plover, src, key, 0, &status) && status == ST_OK) return table_error(src->error, table, row->where, "this context stands in the table twice");
    return status;
  }
  if (slice_is(row->column[0], "left-out") || slice_is(row->column[0], "becomes")) return read_becomes(plover, src, table, row);
  struct plover_act act = {.type = row->column[0], .mode = row->column[1], .where = row->where};
  int64_t quad;
  struct slice key = key_of(room, act.type, '/', act.mode);
  if (row->n != 4 || !key.n || !slice_to_double(row->column[2], &act.score) || !slice_to_i64(row->column[3], &quad) || quad < 1 || quad > 4)
    return table_error(src->error, table, row->where, "needs type, mode (or nothing), score and quad (1 to 4), parted by tabs");
  act.quad = (unsigned)quad;
  if (!add(plover, src, key, (uint32_t)plover->acts.n, &status) && status == ST_OK)
    return table_error(src->error, table, row->where, "this type and mode stand in the table twice");
  if (status == ST_OK && !vec_push(&plover->acts, src->arena, act)) return know_full(src);
  return status;
}

static enum status read_cameo(struct plover *plover, struct know_source *src, const struct table *table, const struct table_row *row)
{
  enum status status = ST_OK;
  char room[KEY_MOST];
  struct slice key = key_of(room, SLICE("cameo"), ' ', row->column[0]);
  bool digits = row->column[0].n == 3 || row->column[0].n == 4;
  if (!digits) return table_error(src->error, table, row->where, "\"%.*s\" is no CAMEO code: three or four digits", SLICE_ARG(row->column[0]));
  if (row->column[2].n && !plover_act(plover, row->column[2], row->column[3]))
    return table_error(src->error, table, row->where, "no such type and mode in plover.tsv: %.*s %.*s", SLICE_ARG(row->column[2]), SLICE_ARG(row->column[3]));
  double goldstein = 0;
  if (!slice_to_double(row->column[1], &goldstein) || goldstein < -10 || goldstein > 10)
    return table_error(src->error, table, row->where, "\"%.*s\" is no Goldstein score from -10 to 10", SLICE_ARG(row->column[1]));
  if (!vec_push(&plover->goldstein, src->arena, goldstein)) return know_full(src);
  struct slice contexts = row->n > 4 ? slice_copy(src->arena, row->column[4]) : (struct slice){0};
  const struct plover_act *act = row->column[2].n ? plover_act(plover, row->column[2], row->column[3]) : NULL;
  if (!vec_push(&plover->codes, src->arena, row->column[0])) return know_full(src); /* tables live as long */
  if (!vec_push(&plover->contexts, src->arena, contexts) || !vec_push(&plover->of_cameo, src->arena, act ? (uint32_t)(act - plover->acts.at) : NO_ACT))
    return know_full(src);
  add(plover, src, key, (uint32_t)plover->contexts.n - 1, &status);
  return status;
}

enum status plover_load(const struct plover **to, struct know_source *src)
{
  struct plover *plover = arena_new(src->arena, struct plover);
  if (!plover) return know_full(src);
  const struct table *table;
  uint16_t index;
  struct table_reader reader;
  struct table_row row;
  enum status status = know_table(src, "plover.tsv", &table, &index);
  if (status != ST_OK) return status;
  for (table_begin(&reader, table, index); status == ST_OK && table_next(&reader, &row, src->error);) status = read_act(plover, src, table, &row);
  if (status == ST_OK) status = src->error->code;
  if (status == ST_OK) status = know_table(src, "cameo.tsv", &table, &index);
  if (status != ST_OK) return status;
  for (table_begin(&reader, table, index); status == ST_OK && table_next(&reader, &row, src->error);)
    status = read_cameo(plover, src, table, &row);
  *to = plover;
  return status == ST_OK ? src->error->code : status;
}

struct slice plover_cameo_of(const struct plover *plover, struct slice type, struct slice mode)
{
  const struct plover_act *act = plover_act(plover, type, mode);
  for (size_t i = 0; act && i < plover->codes.n; i++)
    if (plover->of_cameo.at[i] == (uint32_t)(act - plover->acts.at)) return plover->codes.at[i];
  return mode.n ? plover_cameo_of(plover, type, (struct slice){NULL, 0}) : (struct slice){NULL, 0};
}

const struct plover_act *plover_of_cameo(const struct plover *plover, struct slice code)
{
  char room[KEY_MOST];
  for (size_t n = code.n > 4 ? 4 : code.n; n >= 2; n--) { /* 1724, 172, 17 (whose first is 170) */
    struct slice part = slice_sub(code, 0, n);
    uint32_t at = map_get(&plover->map, key_of(room, SLICE("cameo"), ' ', part));
    if (at == MAP_NONE && n == 2) {
      char family[3] = {part.at[0], part.at[1], '0'};
      at = map_get(&plover->map, key_of(room, SLICE("cameo"), ' ', (struct slice){family, 3}));
    }
    if (at < plover->of_cameo.n) return plover->of_cameo.at[at] == NO_ACT ? NULL : &plover->acts.at[plover->of_cameo.at[at]];
  }
  return NULL;
}
