/* sha1.c: FIPS 180-4, section 6.1. */
#include "base/sha1.h"

static uint32_t rotl(uint32_t x, unsigned n) { return x << n | x >> (32 - n); }

static void block(uint32_t h[5], const unsigned char *p)
{
  static const uint32_t k[4] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
  uint32_t w[80];
  for (unsigned i = 0; i < 16; i++, p += 4) w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
  for (unsigned i = 16; i < 80; i++) w[i] = rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
  for (unsigned i = 0; i < 80; i++) {
    const uint32_t choice = (b & c) ^ (~b & d), parity = b ^ c ^ d, most = (b & c) ^ (b & d) ^ (c & d);
    const uint32_t f = i < 20 ? choice : i >= 40 && i < 60 ? most : parity;
    const uint32_t t = rotl(a, 5) + f + e + k[i / 20] + w[i];
    e = d;
    d = c;
    c = rotl(b, 30);
    b = a;
    a = t;
  }
  h[0] += a;
  h[1] += b;
  h[2] += c;
  h[3] += d;
  h[4] += e;
}

void sha1(struct slice bytes, unsigned char digest[20])
{
  uint32_t h[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  const unsigned char *p = (const unsigned char *)bytes.at;
  size_t left = bytes.n;
  for (; left >= 64; left -= 64, p += 64) block(h, p);
  unsigned char last[128] = {0}; /* the rest, a one bit, zeros, and the length in bits */
  if (left) memcpy(last, p, left);
  last[left] = 0x80;
  const size_t n = left < 56 ? 64 : 128;
  const uint64_t bits = (uint64_t)bytes.n * 8;
  for (unsigned i = 0; i < 8; i++) last[n - 1 - i] = (unsigned char)(bits >> (8 * i));
  for (size_t at = 0; at < n; at += 64) block(h, last + at);
  for (unsigned i = 0; i < 20; i++) digest[i] = (unsigned char)(h[i / 4] >> (24 - 8 * (i % 4)));
}
