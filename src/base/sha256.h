/* sha256.h: SHA-256 (FIPS 180-4), for document ids and the model file's checksum. */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H
#include "base/slice.h"

void sha256(struct slice bytes, unsigned char digest[32]);
void sha256_hex(struct slice bytes, char hex[65]);

#endif
