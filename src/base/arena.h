/* arena.h: memory by lifetime.  A document and everything read from it live in one arena, freed at once.
 *
 * An arena takes blocks from sys_realloc and gives out pieces of them.  It has a ceiling: a request that would lift the total
 * above it fails like any other lack of memory (NULL, and arena->full is set), which ends the document, not the program.
 * arena_clear keeps the first block for the next document; arena_release gives everything back and runs the cleanups in
 * reverse order.  With -DARENA_PER_OBJECT (the sanitizer build) each piece is an allocation of its own, so that ASan sees overruns.
 * Thread rule: one thread at a time. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena_block;
struct arena_cleanup;

struct arena { /* fields are private but for `full` and `used` */
  struct arena_block *blocks;
  struct arena_cleanup *cleanups;
  unsigned char *at, *end;
  size_t used;    /* bytes taken from the system */
  size_t ceiling; /* most bytes it may take */
  bool full;      /* a request failed: ceiling reached or no memory */
};

#define ARENA_NO_CEILING SIZE_MAX

void arena_init(struct arena *arena, size_t ceiling);
void arena_release(struct arena *arena);
void arena_clear(struct arena *arena);

/* `n` bytes aligned for any type, uninitialised; NULL when full.  n = 0 gives a valid pointer to nothing. */
__attribute__((warn_unused_result)) void *arena_alloc(struct arena *arena, size_t n);
/* the same, zeroed; count * size is checked */
__attribute__((warn_unused_result)) void *arena_zalloc(struct arena *arena, size_t count, size_t size);
/* Grows the newest piece in place where it can, else moves it.  On failure the old piece is untouched. */
__attribute__((warn_unused_result)) void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size);
/* Runs clean(what) when the arena is cleared or released. */
bool arena_on_release(struct arena *arena, void (*clean)(void *what), void *what);

#define arena_new(arena, type) ((type *)arena_zalloc((arena), 1, sizeof(type)))
#define arena_array(arena, type, count) ((type *)arena_zalloc((arena), (count), sizeof(type)))

#endif
