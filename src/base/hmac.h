/* hmac.h: HMAC-SHA256 (RFC 2104, FIPS 198-1) and Base64 (RFC 4648), by which what is sent to others is signed. */
#ifndef BASE_HMAC_H
#define BASE_HMAC_H
#include "base/buf.h"

/* Signs `bytes`, at most 2^30 of them; false: no memory. */
bool hmac_sha256(struct slice key, struct slice bytes, unsigned char digest[32]);
void base64_put(struct buf *to, struct slice bytes);
/* False for what is no Base64 (blanks, a cut end, letters that it has not). */
bool base64_read(struct buf *to, struct slice text);

#endif
