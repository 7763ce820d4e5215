/* sha1.h: SHA-1 (FIPS 180-4), for names that others make by it (UUIDs of version 5, RFC 9562).  Not for anything that must withstand forgery. */
#ifndef BASE_SHA1_H
#define BASE_SHA1_H
#include "base/slice.h"

void sha1(struct slice bytes, unsigned char digest[20]);

#endif
