/* json_in: the same trees and the same errors as jansson's own. */
#include "base/json_in.h"
#include "tap.h"
#include <stdlib.h>
#include <string.h>

static const char *const texts[] = {
  "{}", "[]", " { } ", "[1,2,3]", "{\"a\":1}", "{\"a\":{\"b\":[true,false,null]}}", "[-1,0,10,123456789012345678]", "[1234567890123456789]",
  "[9223372036854775807]", "[9223372036854775808]", "[-0]", "[-]", "[01]", "[0.5,-3.25,1.10]", "[0.1234567890123456789012345678901234567890]",
  "[1.]", "[.5]", "[1e5]", "[1.5e5]", "[1E400]", "[1.5E400]", "[\"a\\nb\\t\\\"\\\\\\/\\b\\f\\r\"]", "[\"\\u0041\"]", "[\"\\ud83d\\ude00\"]",
  "[\"\\ud83d\"]", "[\"\\u0000\"]", "[\"\\x\"]", "[\"\xc3\xa9\xe2\x80\x99\xf0\x9f\x98\x80\"]", "[\"\xc3\"]", "[\"\xed\xa0\x80\"]", "[\"a\nb\"]",
  "{\"a\":1,\"a\":2}", "{\"a\" : 1, \"b\" : 2 }", "{\"a\":1,}", "[1,]", "[1 2]", "{\"a\" 1}", "{a:1}", "{\"\":1}", "{\"a\\n\":1}", "[tru]", "[nul]",
  "[truex]", "1", "\"a\"", "true", "", " ", "{", "[", "[\"", "[\"a", "{\"a\"", "{\"a\":", "{\"a\":1", "[1", "[]x", "[] ]", "{}\n", "[\"\"]",
  "[\"\\\"]", "[\"a\\\\\"]", "[[[[[[[[]]]]]]]]", "\xef\xbb\xbf{}", "[1,[2,{\"x\":[3]}]]"};

static bool same(struct slice json, size_t flags)
{
  json_error_t ours, theirs;
  json_t *a = json_in(json, flags, &ours), *b = json_loadb(json.at, json.n, flags, &theirs);
  bool good = !a == !b && (a ? json_equal(a, b) : strcmp(ours.text, theirs.text) == 0 && ours.position == theirs.position);
  if (good && a) { /* json_equal overlooks the order of members */
    char *x = json_dumps(a, JSON_COMPACT), *y = json_dumps(b, JSON_COMPACT);
    good = x && y && strcmp(x, y) == 0;
    free(x);
    free(y);
  }
  if (!good) printf("# %.*s\n", SLICE_ARG(json));
  json_decref(a);
  json_decref(b);
  return good;
}

static void deep(size_t depth)
{
  char text[512];
  memset(text, '[', depth);
  memset(text + depth, ']', depth);
  ok(same((struct slice){text, depth * 2}, 0), "arrays in arrays");
}

int main(void)
{
  size_t wrong = 0, cuts = 0;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    for (size_t flags = 0; flags < 2; flags++) {
      const struct slice text = slice_of(texts[i]);
      wrong += !same(text, flags ? JSON_REJECT_DUPLICATES : 0);
      for (size_t n = 0; n < text.n; n++) cuts += !same(slice_sub(text, 0, n), flags ? JSON_REJECT_DUPLICATES : 0);
    }
  is_int((int64_t)wrong, 0, "the same tree or the same error");
  is_int((int64_t)cuts, 0, "... and of texts that end too soon");
  for (size_t depth = 60; depth < 70; depth++) deep(depth);
  char *text = malloc(20001); /* a string with escapes that is longer than what is at hand */
  for (size_t i = 0; i < 20000; i++) text[i] = i % 2 ? 'n' : '\\';
  text[0] = '[';
  text[1] = text[19998] = '"';
  text[19999] = ']';
  text[19997] = 'x';
  ok(same((struct slice){text, 20000}, 0), "a long string");
  free(text);
  return tap_end();
}
