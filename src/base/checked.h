/* checked.h: arithmetic on sizes that come from input.  Each returns false (and leaves *to alone) on overflow. */
#ifndef BASE_CHECKED_H
#define BASE_CHECKED_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool add_size(size_t a, size_t b, size_t *to)
{
  size_t r;
  if (__builtin_add_overflow(a, b, &r)) return false;
  *to = r;
  return true;
}

static inline bool mul_size(size_t a, size_t b, size_t *to)
{
  size_t r;
  if (__builtin_mul_overflow(a, b, &r)) return false;
  *to = r;
  return true;
}

static inline bool add_i64(int64_t a, int64_t b, int64_t *to)
{
  int64_t r;
  if (__builtin_add_overflow(a, b, &r)) return false;
  *to = r;
  return true;
}

static inline bool mul_i64(int64_t a, int64_t b, int64_t *to)
{
  int64_t r;
  if (__builtin_mul_overflow(a, b, &r)) return false;
  *to = r;
  return true;
}

/* size_t to the narrower types of the records; false when it does not fit */
static inline bool to_u32(size_t n, uint32_t *to)
{
  if (n > UINT32_MAX) return false;
  *to = (uint32_t)n;
  return true;
}

static inline bool to_i32(size_t n, int32_t *to)
{
  if (n > INT32_MAX) return false;
  *to = (int32_t)n;
  return true;
}

#endif
