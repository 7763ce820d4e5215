/* sector.c: names of PLOVER's sectors and their CAMEO roles. */
#include "know/sector.h"

static const struct {
  const char *name, *cameo;
} sectors[SECTOR_COUNT] = {
  [SECTOR_NONE] = {"", ""},
#define SECTOR_ROW(name, cameo) [SECTOR_##name] = {#name, cameo},
  SECTOR_LIST(SECTOR_ROW)
#undef SECTOR_ROW
};

const char *sector_name(enum sector s) { return sectors[s].name; }

const char *sector_cameo(enum sector s) { return sectors[s].cameo; }

bool sector_find(struct slice name, enum sector *to)
{
  for (int s = SECTOR_NONE + 1; s < SECTOR_COUNT; s++)
    if (slice_is(name, sectors[s].name)) {
      *to = (enum sector)s;
      return true;
    }
  return false;
}

bool sectors_find(struct slice list, uint8_t to[SECTORS_MAX])
{
  memset(to, SECTOR_NONE, SECTORS_MAX);
  for (size_t n = 0; list.n; n++) {
    enum sector s;
    if (n == SECTORS_MAX || !sector_find(slice_cut(&list, '+'), &s)) return false;
    to[n] = (uint8_t)s;
  }
  return true;
}
