/* hmac_test.c: the vectors of RFC 4231 and RFC 4648. */
#include "base/hmac.h"
#include "tap.h"
#include <stdio.h>

static bool signs(struct slice key, struct slice bytes, const char *want)
{
  unsigned char digest[32];
  char hex[65];
  if (!hmac_sha256(key, bytes, digest)) return false;
  for (unsigned i = 0; i < 32; i++) snprintf(hex + 2 * i, 3, "%02x", digest[i]);
  return strcmp(hex, want) == 0;
}

static bool goes_round(const char *plain, const char *coded)
{
  struct buf to, back;
  buf_init(&to, 1 << 10);
  buf_init(&back, 1 << 10);
  base64_put(&to, slice_of(plain));
  const bool good = slice_is(buf_get(&to), coded) && base64_read(&back, slice_of(coded)) && slice_is(buf_get(&back), plain);
  buf_release(&to);
  buf_release(&back);
  return good;
}

static bool is_none(struct slice text)
{
  struct buf to;
  buf_init(&to, 1 << 10);
  const bool none = !base64_read(&to, text);
  buf_release(&to);
  return none;
}

int main(void)
{
  char bytes[131], data[50];
  memset(bytes, 0x0b, 20);
  ok(signs((struct slice){bytes, 20}, SLICE("Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"), "RFC 4231, case 1");
  ok(signs(SLICE("Jefe"), SLICE("what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"), "case 2");
  memset(bytes, 0xaa, 20);
  memset(data, 0xdd, 50);
  ok(signs((struct slice){bytes, 20}, (struct slice){data, 50}, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"), "case 3");
  memset(bytes, 0xaa, 131);
  ok(signs((struct slice){bytes, 131}, SLICE("Test Using Larger Than Block-Size Key - Hash Key First"),
           "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"), "case 6: a long key");
  ok(goes_round("", "") && goes_round("f", "Zg==") && goes_round("fo", "Zm8=") && goes_round("foo", "Zm9v") && goes_round("foob", "Zm9vYg==") &&
     goes_round("fooba", "Zm9vYmE=") && goes_round("foobar", "Zm9vYmFy"), "RFC 4648, section 10");
  ok(is_none(SLICE("Zg=")) && is_none(SLICE("Z g=")) && is_none(SLICE("Zg==Zg==")) && is_none(SLICE("====")) && is_none(SLICE("Z\0==")), "what is no Base64");
  return tap_end();
}
