/* utf8.h: UTF-8 by the Unicode Standard, table 3-7 (no surrogates, no overlong forms, nothing above U+10FFFF). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H
#include "base/slice.h"

#define UTF8_BAD 0xFFFFFFFFu

/* The code point at s.at[*at], and *at moved behind it; on an invalid sequence UTF8_BAD, and *at moved by one byte.  *at < s.n. */
uint32_t utf8_next(struct slice s, size_t *at);
/* The code point that ends before *at, and *at moved to its begin.  *at > 0; s is valid UTF-8. */
uint32_t utf8_prev(struct slice s, size_t *at);
size_t utf8_put(uint32_t code, char to[4]);            /* bytes written; 0 for what is no code point */
size_t utf8_valid(struct slice s);                     /* length of the longest valid prefix; s.n when all is valid */
size_t utf8_count(struct slice s);                     /* code points */
unsigned utf8_width(struct slice s);                   /* columns on a terminal (utf8proc) */

#endif
