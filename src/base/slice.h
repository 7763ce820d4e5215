/* slice.h: strings are (pointer, length) into bytes that somebody else owns; no NUL is needed and none is copied to be read.
 * All comparisons are by bytes; nothing here depends on the locale.  A slice of length 0 may have a NULL pointer. */
#ifndef BASE_SLICE_H
#define BASE_SLICE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena;

struct slice {
  const char *at;
  size_t n;
};

/* [begin, end) in bytes of a document's text */
struct span {
  uint32_t begin, end;
};

#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})
#define SLICE_ARG(s) (int)((s).n > 400 ? 400 : (s).n), (s).n ? (s).at : "" /* for "%.*s" in messages */

static inline struct slice slice_of(const char *text) { return (struct slice){text, strlen(text)}; }
static inline bool slice_eq(struct slice a, struct slice b) { return a.n == b.n && (a.n == 0 || memcmp(a.at, b.at, a.n) == 0); }
static inline bool slice_is(struct slice a, const char *text) { return slice_eq(a, slice_of(text)); }
/* The part [begin, end); of an empty slice, whose `at` may be NULL, its empty part. */
static inline struct slice slice_sub(struct slice s, size_t begin, size_t end) { return (struct slice){begin ? s.at + begin : s.at, end - begin}; }
static inline struct slice slice_span(struct slice text, struct span s) { return slice_sub(text, s.begin, s.end); }
static inline bool span_holds(struct span outer, struct span inner) { return outer.begin <= inner.begin && inner.end <= outer.end; }
static inline bool span_meets(struct span a, struct span b) { return a.begin < b.end && b.begin < a.end; }

bool slice_starts(struct slice s, struct slice prefix);
bool slice_ends(struct slice s, struct slice suffix);
bool slice_eq_ascii_case(struct slice a, struct slice b); /* A-Z and a-z alike; other bytes as they are */
int slice_cmp(struct slice a, struct slice b);            /* memcmp order, shorter first: a total order */
struct slice slice_trim(struct slice s);                  /* without ASCII blanks at both ends */
/* Cuts off and returns what stands before the first `sep` (all of it when there is none); *rest holds what is left. */
struct slice slice_cut(struct slice *rest, char sep);
size_t slice_find(struct slice s, struct slice what);     /* first place, or SIZE_MAX */
bool slice_to_i64(struct slice s, int64_t *to);           /* decimal, all of it, checked */
bool slice_to_double(struct slice s, double *to);         /* decimal, all of it, '.' as the point whatever the locale */
/* Copies; at is NULL when the arena is full.  The copy ends in a NUL that n does not count. */
struct slice slice_copy(struct arena *arena, struct slice s);
/* Unicode lower case (simple case folding by utf8proc); invalid UTF-8 is copied as it is; at is NULL when full. */
struct slice slice_lower(struct arena *arena, struct slice s);
uint64_t slice_hash(struct slice s); /* stable across machines and runs */

#endif
