/* vec.h: growing arrays of one type in an arena.
 *
 *     VEC(struct token) tokens = {0};
 *     if (!vec_push(&tokens, arena, (struct token){.head = -1})) return error_set(error, ST_MEMORY, ...);
 *     for (size_t i = 0; i < tokens.n; i++) use(&tokens.at[i]);
 *
 * Pointers into a vector die when it grows.  On failure the vector is as it was. */
#ifndef BASE_VEC_H
#define BASE_VEC_H
#include "base/arena.h"

#define VEC(type) struct { type *at; size_t n, cap; }

/* room for one more; false when the arena is full */
bool vec_reserve_(struct arena *arena, void **at, size_t n, size_t *cap, size_t size);

#define vec_push(vec, arena, ...)                                                                             \
  ((vec)->n < (vec)->cap || vec_reserve_((arena), (void **)&(vec)->at, (vec)->n, &(vec)->cap, sizeof *(vec)->at) \
     ? ((vec)->at[(vec)->n++] = (__VA_ARGS__), true)                                                           \
     : false)

#endif
