#include "base/sha256.h"
#include "tap.h"

static char million[1000000];

int main(void)
{
  char hex[65];
  sha256_hex(SLICE(""), hex); /* the examples of FIPS 180-4 */
  is_text(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "nothing");
  sha256_hex(SLICE("abc"), hex);
  is_text(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "one block");
  sha256_hex(SLICE("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), hex);
  is_text(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1", "two blocks");
  memset(million, 'a', sizeof million);
  sha256_hex((struct slice){million, sizeof million}, hex);
  is_text(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", "a million");
  return tap_end();
}
