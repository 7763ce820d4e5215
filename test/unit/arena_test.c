#include "base/arena.h"
#include "base/sys.h"
#include "base/vec.h"
#include "tap.h"

static size_t held; /* bytes that the arena has from the system */
static int allowed; /* allocations still granted; -1: any number */

static void *counting(void *old, size_t old_size, size_t new_size)
{
  if (new_size && allowed == 0) return NULL;
  if (new_size && allowed > 0) allowed--;
  sys_replace(NULL);
  void *p = sys()->realloc(old, old_size, new_size);
  held = held - (old ? old_size : 0) + (p ? new_size : 0);
  static struct sys again;
  again = *sys();
  again.realloc = counting;
  sys_replace(&again);
  return p;
}

static int order[4], n_order;
static void cleaned(void *what) { order[n_order++] = *(int *)what; }

int main(void)
{
  struct sys table = *sys();
  struct arena a;
  table.realloc = counting;
  sys_replace(&table);
  allowed = -1;

  arena_init(&a, ARENA_NO_CEILING);
  char *zero = arena_alloc(&a, 0);
  ok(zero, "nothing has an address too");
  bool aligned = true;
  for (size_t n = 1; n < 100; n++) {
    unsigned char *p = arena_alloc(&a, n);
    aligned = aligned && p && (uintptr_t)p % _Alignof(max_align_t) == 0;
    if (p) memset(p, 0xAA, n);
  }
  ok(aligned, "every piece is aligned");
  unsigned char *z = arena_zalloc(&a, 30, 100);
  size_t sum = 0;
  for (size_t i = 0; z && i < 3000; i++) sum += z[i];
  ok(z && sum == 0, "zalloc gives zeros");
  ok(!arena_zalloc(&a, SIZE_MAX / 2, 3) && a.full, "a product that overflows fails and marks the arena full");

  char *grown = arena_alloc(&a, 10);
  memcpy(grown, "123456789", 10);
  for (size_t n = 10; n < 200000; n = n * 3) grown = arena_grow(&a, grown, n, n * 3);
  is_text(grown, "123456789", "growing keeps what was there");
  is_size(a.used, held, "used is what the system gave");
  char *small = arena_alloc(&a, 3), *large = arena_alloc(&a, 5000000), *other = arena_alloc(&a, 5000000);
  if (small && large && other) {
    memcpy(small, "ab", 3);
    memcpy(large, "large", 6);
    memcpy(other, "other", 6);
    large = arena_grow(&a, large, 5000000, 9000000);
    other = arena_grow(&a, other, 5000000, 10000000);
    other = other ? arena_grow(&a, other, 10000000, 20000000) : NULL;
  }
  ok(large && other && strcmp(large, "large") == 0 && strcmp(other, "other") == 0 && strcmp(small, "ab") == 0, "large pieces grow too");
  is_size(a.used, held, "used is still what the system gave");
  ok(held < 33000000, "and leave no copy behind");
  ok(arena_alloc(&a, 100) && a.used == held, "the arena goes on behind them");

  int one = 1, two = 2;
  ok(arena_on_release(&a, cleaned, &one) && arena_on_release(&a, cleaned, &two), "takes cleanups");
  arena_clear(&a);
  ok(n_order == 2 && order[0] == 2 && order[1] == 1, "clear runs them, newest first");
  ok(!a.full, "clear takes the mark away");
  ok(held <= ((size_t)64 << 10), "clear keeps no more than the first block");
  ok(arena_alloc(&a, 50), "and it serves again");
  arena_release(&a);
  is_size(held, 0, "release gives everything back");
  is_int(n_order, 2, "a cleanup runs once");

  arena_init(&a, 10000);
  ok(arena_alloc(&a, 5000) && !arena_alloc(&a, 6000) && a.full, "the ceiling holds");
  ok(arena_alloc(&a, 100), "a smaller piece still fits below it");
  ok(a.used <= 10000, "and nothing above it was taken");
  arena_release(&a);

  arena_init(&a, ARENA_NO_CEILING);
  VEC(int) v = {0};
  bool pushed = true;
  for (int i = 0; i < 1000; i++) pushed = vec_push(&v, &a, i) && pushed;
  ok(pushed && v.n == 1000 && v.at[999] == 999 && v.at[8] == 8, "a vector grows");
  allowed = 0;
  size_t n = v.n;
  while (vec_push(&v, &a, 7)) n++;
  ok(a.full && v.n == n && v.at[999] == 999, "on failure the vector is as it was");
  allowed = -1;
  arena_release(&a);
  is_size(held, 0, "nothing is left");
  return tap_end();
}
