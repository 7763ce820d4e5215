#include "base/vec.h"
#include "base/checked.h"

bool vec_reserve_(struct arena *arena, void **at, size_t n, size_t *cap, size_t size)
{
  size_t new_cap = *cap, old_bytes, new_bytes;
  if (n < *cap) return true;
  if (new_cap == 0) new_cap = 8;
  else if (!mul_size(new_cap, 2, &new_cap)) new_cap = SIZE_MAX; /* fails below */
  if (!mul_size(*cap, size, &old_bytes) || !mul_size(new_cap, size, &new_bytes)) {
    arena->full = true;
    return false;
  }
  void *grown = arena_grow(arena, *at, old_bytes, new_bytes);
  if (!grown) return false;
  *at = grown;
  *cap = new_cap;
  return true;
}
