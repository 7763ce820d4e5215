/* arena.c: a list of blocks, newest first; pieces are cut off the newest one.
 *
 *     blocks -> [hdr|piece piece ....free....] -> [hdr|piece piece|] -> ... -> first block, kept by arena_clear
 *                             at^         end^
 *
 * Blocks double from FIRST_BLOCK to MOST_BLOCK, so that a small document costs little and a large one few calls; a piece larger than
 * that gets a block of its own size, which grows with it: of a vector that is moved as it grows no large copy stays behind.  With
 * ARENA_PER_OBJECT every piece is a block. */
#include "base/arena.h"
#include "base/checked.h"
#include "base/sys.h"
#include <stddef.h>
#include <string.h>

#define ALIGN _Alignof(max_align_t)
#define FIRST_BLOCK ((size_t)64 << 10)
#define MOST_BLOCK ((size_t)4 << 20)

struct arena_block {
  struct arena_block *next, *prev; /* older, newer */
  size_t size;                     /* bytes of the whole allocation */
  _Alignas(max_align_t) unsigned char bytes[];
};

struct arena_cleanup {
  struct arena_cleanup *next;
  void (*clean)(void *what);
  void *what;
};

void arena_init(struct arena *arena, size_t ceiling) { *arena = (struct arena){.ceiling = ceiling}; }

static struct arena_block *block_new(struct arena *arena, size_t bytes)
{
  size_t size, used;
  if (!add_size(bytes, sizeof(struct arena_block), &size) || !add_size(arena->used, size, &used) || used > arena->ceiling) return NULL;
  struct arena_block *block = sys_alloc(size);
  if (!block) return NULL;
  *block = (struct arena_block){.next = arena->blocks, .size = size};
  if (arena->blocks) arena->blocks->prev = block;
  arena->blocks = block;
  arena->used = used;
  return block;
}

static void block_free(struct arena *arena, struct arena_block *block)
{
  if (block->prev) block->prev->next = block->next;
  else arena->blocks = block->next;
  if (block->next) block->next->prev = block->prev;
  arena->used -= block->size;
  sys_free(block, block->size);
}

static void run_cleanups(struct arena *arena)
{
  for (struct arena_cleanup *c = arena->cleanups; c; c = c->next) c->clean(c->what);
  arena->cleanups = NULL;
}

void arena_release(struct arena *arena)
{
  run_cleanups(arena);
  while (arena->blocks) block_free(arena, arena->blocks);
  arena_init(arena, arena->ceiling);
}

static void *failed(struct arena *arena)
{
  arena->full = true;
  return NULL;
}

#ifdef ARENA_PER_OBJECT

void arena_clear(struct arena *arena) { arena_release(arena); }

void *arena_alloc(struct arena *arena, size_t n)
{
  struct arena_block *block = block_new(arena, n);
  return block ? block->bytes : failed(arena);
}

void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size)
{
  void *to = arena_alloc(arena, new_size);
  if (!to || !old) return to;
  memcpy(to, old, old_size < new_size ? old_size : new_size);
  /* The old piece dies, so that a pointer kept into it is found out. */
  block_free(arena, (struct arena_block *)(void *)((unsigned char *)old - offsetof(struct arena_block, bytes)));
  return to;
}

#else

void arena_clear(struct arena *arena)
{
  run_cleanups(arena);
  while (arena->blocks && arena->blocks->next) block_free(arena, arena->blocks);
  arena->full = false;
  arena->at = arena->blocks ? arena->blocks->bytes : NULL;
  arena->end = arena->blocks ? (unsigned char *)arena->blocks + arena->blocks->size : NULL;
}

/* Size as given out: whole units of alignment, at least one.  False when it does not fit a size_t. */
static bool rounded(size_t n, size_t *to)
{
  if (n == 0) n = 1;
  if (!add_size(n, ALIGN - 1, to)) return false;
  *to &= ~(size_t)(ALIGN - 1);
  return true;
}

/* A block with room for `need` bytes; near the ceiling a smaller one than usual. */
static bool add_block(struct arena *arena, size_t need)
{
  size_t usual = FIRST_BLOCK;
  if (arena->blocks) usual = arena->blocks->size >= MOST_BLOCK / 2 ? MOST_BLOCK : arena->blocks->size * 2;
  struct arena_block *block = need < usual ? block_new(arena, usual - sizeof *block) : NULL;
  if (!block) block = block_new(arena, need);
  if (!block) return false;
  arena->at = block->bytes;
  arena->end = (unsigned char *)block + block->size;
  return true;
}

void *arena_alloc(struct arena *arena, size_t n)
{
  size_t need;
  if (!rounded(n, &need)) return failed(arena);
  if ((size_t)(arena->end - arena->at) < need && !add_block(arena, need)) return failed(arena);
  void *piece = arena->at;
  arena->at += need;
  return piece;
}

/* The block that the piece has to itself, as all large ones have; NULL when it has none. */
static struct arena_block *own_block(const struct arena *arena, const void *piece, size_t size)
{
  struct arena_block *b = arena->blocks;
  while (b && (b->bytes != piece || b->size - sizeof *b != size)) b = b->next;
  return b;
}

/* Grows it with its only piece. */
static void *block_grow(struct arena *arena, struct arena_block *block, size_t need)
{
  bool newest = arena->blocks == block;
  size_t size, used, had = block->size;
  if (!add_size(need, sizeof *block, &size) || !add_size(arena->used - had, size, &used) || used > arena->ceiling) return failed(arena);
  struct arena_block *grown = sys_realloc(block, had, size);
  if (!grown) return failed(arena);
  grown->size = size;
  arena->used = used;
  if (grown->next) grown->next->prev = grown;
  if (newest) {
    arena->blocks = grown;
    arena->at = arena->end = (unsigned char *)grown + size;
  } else {
    grown->prev->next = grown;
  }
  return grown->bytes;
}

void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size)
{
  size_t had, need;
  if (!rounded(old_size, &had) || !rounded(new_size, &need)) return failed(arena);
  if (old && (unsigned char *)old + had == arena->at && need <= (size_t)(arena->end - (unsigned char *)old)) {
    arena->at = (unsigned char *)old + need;
    return old;
  }
  struct arena_block *own = old && had >= MOST_BLOCK && need > had ? own_block(arena, old, had) : NULL;
  if (own) return block_grow(arena, own, need);
  void *to = arena_alloc(arena, new_size);
  if (to && old) memcpy(to, old, old_size < new_size ? old_size : new_size);
  return to;
}

#endif

void *arena_zalloc(struct arena *arena, size_t count, size_t size)
{
  size_t n;
  if (!mul_size(count, size, &n)) return failed(arena);
  void *piece = arena_alloc(arena, n);
  if (piece) memset(piece, 0, n);
  return piece;
}

bool arena_on_release(struct arena *arena, void (*clean)(void *what), void *what)
{
  struct arena_cleanup *c = arena_alloc(arena, sizeof *c);
  if (!c) return false;
  *c = (struct arena_cleanup){arena->cleanups, clean, what};
  arena->cleanups = c;
  return true;
}
