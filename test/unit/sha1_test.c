#include "base/sha1.h"
#include "tap.h"

static char million[1000000];

static void digest_is(struct slice bytes, const char *want, const char *what)
{
  unsigned char digest[20];
  char hex[41];
  sha1(bytes, digest);
  for (unsigned i = 0; i < 20; i++) {
    hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
    hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
  }
  hex[40] = '\0';
  is_text(hex, want, what);
}

int main(void)
{
  digest_is(SLICE(""), "da39a3ee5e6b4b0d3255bfef95601890afd80709", "nothing"); /* the examples of FIPS 180-4 */
  digest_is(SLICE("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d", "one block");
  digest_is(SLICE("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), "84983e441c3bd26ebaae4aa1f95129e5e54670f1", "two blocks");
  memset(million, 'a', sizeof million);
  digest_is((struct slice){million, sizeof million}, "34aa973cd4c4daa4f61eeb2bdbad27316534016f", "a million");
  return tap_end();
}
