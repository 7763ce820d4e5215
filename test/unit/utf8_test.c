#include "base/utf8.h"
#include "tap.h"

/* Every code point there and back. */
static void all(void)
{
  bool back = true, ends = true;
  size_t surrogates = 0;
  for (uint32_t c = 0; c <= 0x10FFFF; c++) {
    char bytes[4];
    size_t n = utf8_put(c, bytes), at = 0;
    if (n == 0) {
      surrogates++;
      continue;
    }
    struct slice s = {bytes, n};
    back = back && utf8_next(s, &at) == c && at == n && utf8_valid(s) == n;
    ends = ends && utf8_prev(s, &at) == c && at == 0;
  }
  ok(back, "every code point reads back");
  ok(ends, "and backwards");
  is_size(surrogates, 2048, "but for the surrogates");
  char bytes[4];
  is_size(utf8_put(0x110000, bytes), 0, "nothing above 10FFFF");
}

/* All pairs and some triples of bytes, against the rule told another way: what decodes must be the shortest form. */
static void every_pair(void)
{
  bool right = true;
  for (unsigned a = 0; a < 256; a++)
    for (unsigned b = 0; b < 256; b++)
      for (unsigned c = 0x7F; c < 0xC1; c += 0x40) {
        char bytes[4] = {(char)a, (char)b, (char)c, (char)0x80}, again[4];
        size_t at = 0;
        uint32_t code = utf8_next((struct slice){bytes, 4}, &at);
        if (code == UTF8_BAD) right = right && at == 1;
        else right = right && utf8_put(code, again) == at && memcmp(bytes, again, at) == 0;
      }
  ok(right, "only shortest forms are valid");
}

int main(void)
{
  all();
  every_pair();
  is_size(utf8_valid(SLICE("a long line of text with \xED\xA0\x80")), 25, "a surrogate is found at its place");
  is_size(utf8_valid(SLICE("\xC0\x80")), 0, "an overlong NUL");
  is_size(utf8_valid(SLICE("\xF4\x90\x80\x80")), 0, "above 10FFFF");
  is_size(utf8_valid(SLICE("abc\xE2\x82")), 3, "cut at the end");
  is_size(utf8_valid((struct slice){NULL, 0}), 0, "nothing is valid");
  is_size(utf8_count(SLICE("für €\xF0\x9F\x8C\x8D")), 6, "counts code points");
  is_int(utf8_width(SLICE("für 漢")), 6, "columns: wide ones are two");
  is_int(utf8_width(SLICE("e\xCC\x81")), 1, "combining ones none");
  return tap_end();
}
