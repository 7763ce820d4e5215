#include "base/arena.h"
#include "base/slice.h"
#include "tap.h"

static bool i64_is(struct slice s, int64_t want)
{
  int64_t v = 0;
  return slice_to_i64(s, &v) && v == want;
}

static bool double_is(struct slice s, double want)
{
  double v = 0;
  return slice_to_double(s, &v) && memcmp(&v, &want, sizeof v) == 0;
}

static bool no_double(struct slice s)
{
  double v = 0;
  return !slice_to_double(s, &v);
}

static void numbers(void)
{
  int64_t v;
  ok(i64_is(SLICE("0"), 0) && i64_is(SLICE("-12"), -12) && i64_is(SLICE("+7"), 7), "whole numbers");
  ok(i64_is(SLICE("9223372036854775807"), INT64_MAX) && i64_is(SLICE("-9223372036854775808"), INT64_MIN), "up to the ends of int64_t");
  ok(!slice_to_i64(SLICE("9223372036854775808"), &v) && !slice_to_i64(SLICE("-9223372036854775809"), &v), "and not beyond");
  ok(!slice_to_i64(SLICE(""), &v) && !slice_to_i64(SLICE("-"), &v) && !slice_to_i64(SLICE("1 "), &v) && !slice_to_i64(SLICE("0x1"), &v), "nothing else");
  ok(double_is(SLICE("1.5"), 1.5) && double_is(SLICE("-.25"), -0.25) && double_is(SLICE("3."), 3) && double_is(SLICE("1e3"), 1000), "decimals");
  ok(no_double(SLICE("")) && no_double(SLICE(".")) && no_double(SLICE("1e")) && no_double(SLICE("nan")) && no_double(SLICE("0x1p3")) &&
       no_double(SLICE("1,5")) && no_double(SLICE("1e999")) && no_double(SLICE(" 1")),
     "nothing else, and nothing infinite");
}

int main(void)
{
  ok(slice_starts(SLICE("abc"), SLICE("ab")) && slice_starts(SLICE("abc"), SLICE("")) && !slice_starts(SLICE("a"), SLICE("ab")), "starts");
  ok(slice_ends(SLICE("abc"), SLICE("bc")) && slice_ends((struct slice){0}, SLICE("")) && !slice_ends(SLICE("c"), SLICE("bc")), "ends");
  ok(slice_eq_ascii_case(SLICE("NaTO"), SLICE("nAto")) && !slice_eq_ascii_case(SLICE("[a"), SLICE("{a")), "equal but for case");
  ok(slice_cmp(SLICE("a"), SLICE("b")) < 0 && slice_cmp(SLICE("ab"), SLICE("a")) > 0 && slice_cmp(SLICE("a"), SLICE("a")) == 0 &&
       slice_cmp(SLICE("\xff"), SLICE("a")) > 0,
     "order of bytes, shorter first");
  is_slice(slice_trim(SLICE(" \t\na b\r\n")), SLICE("a b"), "trims");
  is_slice(slice_trim(SLICE(" \t ")), SLICE(""), "trims to nothing");
  struct slice rest = SLICE("a\t\tb");
  is_slice(slice_cut(&rest, '\t'), SLICE("a"), "cuts");
  is_slice(slice_cut(&rest, '\t'), SLICE(""), "an empty column");
  is_slice(slice_cut(&rest, '\t'), SLICE("b"), "the last");
  is_size(rest.n, 0, "and nothing is left");
  is_size(slice_find(SLICE("abcabc"), SLICE("ca")), 2, "finds");
  ok(slice_find(SLICE("abc"), SLICE("cb")) == SIZE_MAX && slice_find(SLICE(""), SLICE("a")) == SIZE_MAX, "or not");
  numbers();

  struct arena a;
  arena_init(&a, ARENA_NO_CEILING);
  is_slice(slice_lower(&a, SLICE("Donets'k ÜBER ΑΣ İ Ⱥ \xC3")), SLICE("donets'k über ασ i ⱥ \xC3"), "lower case, also where it is longer or shorter");
  struct slice copy = slice_copy(&a, SLICE("xyz"));
  ok(slice_is(copy, "xyz") && copy.at[3] == '\0', "a copy ends in NUL");
  arena_release(&a);
  arena_init(&a, 0);
  ok(!slice_copy(&a, SLICE("x")).at && !slice_lower(&a, SLICE("x")).at, "no memory: no copy");
  is_int((int64_t)(slice_hash(SLICE("tocsin")) >> 1), (int64_t)(slice_hash((struct slice){"tocsins", 6}) >> 1), "a hash depends on the bytes alone");
  ok(slice_hash(SLICE("a")) != slice_hash(SLICE("b")), "and tells them apart");
  return tap_end();
}
