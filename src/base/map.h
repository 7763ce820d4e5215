/* map.h: from byte strings to 32-bit numbers; open addressing in an arena.  Keys are not copied: their bytes must live as long.
 * There is no iteration, so that no output can depend on the order of a hash. */
#ifndef BASE_MAP_H
#define BASE_MAP_H
#include "base/arena.h"
#include "base/slice.h"

struct map { /* private */
  struct map_slot *slots;
  size_t n, cap;
};

#define MAP_NONE UINT32_MAX

uint32_t map_get(const struct map *map, struct slice key); /* MAP_NONE when absent */
/* The key's value; a new key gets `value`.  *slot may be written through until the next map_add.  NULL when the arena is full. */
uint32_t *map_add(struct map *map, struct arena *arena, struct slice key, uint32_t value);

#endif
