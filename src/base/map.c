/* map.c: linear probing over a power of two of slots, at most three quarters full.  Growing leaves the old slots to the arena. */
#include "base/map.h"
#include "base/checked.h"

struct map_slot {
  const char *at; /* NULL: free */
  size_t n;
  uint64_t hash;
  uint32_t value;
};

/* The slot that holds the key, or the free one where it belongs.  cap > n, so there is one. */
static struct map_slot *find(struct map_slot *slots, size_t cap, struct slice key, uint64_t hash)
{
  size_t i = (size_t)hash & (cap - 1);
  while (slots[i].at && !(slots[i].hash == hash && slice_eq((struct slice){slots[i].at, slots[i].n}, key))) i = (i + 1) & (cap - 1);
  return &slots[i];
}

uint32_t map_get(const struct map *map, struct slice key)
{
  if (map->n == 0) return MAP_NONE;
  const struct map_slot *slot = find(map->slots, map->cap, key, slice_hash(key));
  return slot->at ? slot->value : MAP_NONE;
}

static bool grow(struct map *map, struct arena *arena)
{
  size_t cap = map->cap ? map->cap : 8;
  if (map->cap && !mul_size(cap, 2, &cap)) return false;
  struct map_slot *slots = arena_array(arena, struct map_slot, cap);
  if (!slots) return false;
  for (size_t i = 0; i < map->cap; i++) {
    const struct map_slot *old = &map->slots[i];
    if (old->at) *find(slots, cap, (struct slice){old->at, old->n}, old->hash) = *old;
  }
  map->slots = slots;
  map->cap = cap;
  return true;
}

uint32_t *map_add(struct map *map, struct arena *arena, struct slice key, uint32_t value)
{
  uint64_t hash = slice_hash(key);
  if (map->cap) {
    struct map_slot *slot = find(map->slots, map->cap, key, hash);
    if (slot->at) return &slot->value;
  }
  if (map->n >= map->cap / 4 * 3 && !grow(map, arena)) return NULL;
  struct map_slot *slot = find(map->slots, map->cap, key, hash);
  *slot = (struct map_slot){key.at ? key.at : "", key.n, hash, value};
  map->n++;
  return &slot->value;
}
