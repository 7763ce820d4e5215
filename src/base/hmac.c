#include "base/hmac.h"
#include "base/sha256.h"

enum { BLOCK = 64, DIGEST = 32 };
#define SIGNED_MOST ((size_t)1 << 30)
static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool hmac_sha256(struct slice key, struct slice bytes, unsigned char digest[DIGEST])
{
  unsigned char block[BLOCK] = {0}, pad[BLOCK], outer[BLOCK + DIGEST];
  struct buf inner;
  if (key.n > BLOCK) sha256(key, block);
  else if (key.n) memcpy(block, key.at, key.n);
  for (size_t i = 0; i < BLOCK; i++) {
    pad[i] = block[i] ^ 0x36;
    outer[i] = block[i] ^ 0x5c;
  }
  buf_init(&inner, SIGNED_MOST + BLOCK);
  buf_put(&inner, pad, BLOCK);
  buf_slice(&inner, bytes);
  const bool whole = !inner.failed;
  if (whole) {
    sha256(buf_get(&inner), outer + BLOCK);
    sha256((struct slice){(const char *)outer, sizeof outer}, digest);
  }
  buf_release(&inner);
  return whole;
}

void base64_put(struct buf *to, struct slice bytes)
{
  const unsigned char *p = (const unsigned char *)bytes.at;
  for (size_t i = 0; i < bytes.n; i += 3) {
    const size_t n = bytes.n - i < 3 ? bytes.n - i : 3;
    const uint32_t word = (uint32_t)p[i] << 16 | (n > 1 ? (uint32_t)p[i + 1] << 8 : 0) | (n > 2 ? p[i + 2] : 0);
    for (size_t k = 0; k < 4; k++) buf_char(to, k <= n ? letters[word >> (18 - 6 * k) & 63] : '=');
  }
}

bool base64_read(struct buf *to, struct slice text)
{
  if (text.n % 4) return false;
  for (size_t i = 0; i < text.n; i += 4) {
    uint32_t word = 0;
    size_t n = 4; /* letters of the four */
    while (i + 4 == text.n && n > 2 && text.at[i + n - 1] == '=') n--;
    for (size_t k = 0; k < n; k++) {
      const char *at = text.at[i + k] ? strchr(letters, text.at[i + k]) : NULL;
      if (!at) return false;
      word |= (uint32_t)(at - letters) << (18 - 6 * k);
    }
    for (size_t k = 0; k + 1 < n; k++) buf_char(to, (char)(word >> (16 - 8 * k) & 0xff));
  }
  return true;
}
