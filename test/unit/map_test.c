#include "base/map.h"
#include "tap.h"

int main(void)
{
  struct arena a;
  struct map map = {0};
  static char keys[5000][8];
  arena_init(&a, ARENA_NO_CEILING);
  is_int(map_get(&map, SLICE("a")), MAP_NONE, "an empty map holds nothing");
  bool added = true, found = true;
  for (uint32_t i = 0; i < 5000; i++) {
    snprintf(keys[i], sizeof keys[i], "k%u", i);
    uint32_t *slot = map_add(&map, &a, slice_of(keys[i]), i);
    added = added && slot && *slot == i;
  }
  for (uint32_t i = 0; i < 5000; i++) found = found && map_get(&map, slice_of(keys[i])) == i;
  ok(added, "adds 5000 keys");
  ok(found && map.n == 5000, "and finds each");
  is_int(map_get(&map, SLICE("k5000")), MAP_NONE, "what was not added is not there");
  uint32_t *again = map_add(&map, &a, SLICE("k77"), 1);
  ok(again && *again == 77 && map.n == 5000, "a key that is there keeps its value");
  if (again) *again = 78;
  is_int(map_get(&map, SLICE("k77")), 78, "which may be written through the slot");
  uint32_t *empty = map_add(&map, &a, (struct slice){NULL, 0}, 9);
  ok(empty && map_get(&map, SLICE("")) == 9, "the empty key is a key");
  arena_release(&a);

  arena_init(&a, 1000);
  map = (struct map){0};
  uint32_t n = 0;
  while (n < 5000 && map_add(&map, &a, slice_of(keys[n]), n)) n++;
  ok(n > 0 && n < 5000 && a.full, "a full arena ends it");
  found = true;
  for (uint32_t i = 0; i < n; i++) found = found && map_get(&map, slice_of(keys[i])) == i;
  ok(found && map_get(&map, slice_of(keys[n])) == MAP_NONE, "and what was in before still is");
  arena_release(&a);
  return tap_end();
}
