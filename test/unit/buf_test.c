#include "base/buf.h"
#include "base/json_out.h"
#include "tap.h"
#include <locale.h>
#include <math.h>

static struct buf out;
static struct json_out j;

static struct slice number(double v)
{
  buf_clear(&out);
  json_init(&j, &out);
  json_num(&j, v);
  return buf_get(&out);
}

static size_t spilt;
static bool spill_all(void *context, struct buf *buf)
{
  spilt += buf->n;
  buf->n = 0;
  return spilt < *(const size_t *)context;
}

int main(void)
{
  size_t most = 3 * BUF_SPILL;
  buf_init(&out, SIZE_MAX);
  out.spill = spill_all;
  out.spill_context = &most;
  buf_text(&out, "few");
  buf_spill(&out);
  ok(spilt == 0 && out.n == 3, "few bytes stay");
  for (size_t i = 0; i < BUF_SPILL; i++) buf_char(&out, 'x');
  buf_spill(&out);
  ok(spilt == BUF_SPILL + 3 && out.n == 0 && !out.failed, "many leave");
  for (size_t i = 0; i < 2 * BUF_SPILL; i++) buf_char(&out, 'x');
  buf_spill(&out);
  ok(out.failed, "until the owner has enough");
  buf_release(&out);

  buf_init(&out, SIZE_MAX);
  buf_text(&out, "a");
  buf_char(&out, 'b');
  buf_printf(&out, "%d%s", 12, "xy");
  is_slice(buf_get(&out), SLICE("ab12xy"), "appends");
  char longer[1001];
  memset(longer, 'x', 1000);
  longer[1000] = '\0';
  buf_clear(&out);
  buf_printf(&out, "<%s>", longer);
  ok(out.n == 1002 && out.at[0] == '<' && out.at[1001] == '>', "prints what is longer than its small buffer");
  buf_release(&out);

  buf_init(&out, 10);
  buf_text(&out, "123456789");
  buf_text(&out, "12");
  ok(out.failed && out.n == 9, "the ceiling holds and the failure is kept");
  buf_char(&out, 'x');
  is_size(out.n, 9, "after a failure nothing is added");
  buf_clear(&out);
  buf_text(&out, "1234567890");
  ok(!out.failed && out.n == 10, "the ceiling itself can be reached");
  buf_release(&out);

  buf_init(&out, SIZE_MAX);
  json_init(&j, &out);
  json_begin(&j, '{');
  json_kstr(&j, "s", SLICE("a\"\\\n\t\x01\x1f/\x7f für"));
  json_kstr_opt(&j, "none", (struct slice){0});
  json_key(&j, "list");
  json_begin(&j, '[');
  json_begin(&j, '[');
  json_end(&j, ']');
  json_begin(&j, '{');
  json_end(&j, '}');
  json_int(&j, INT64_MIN);
  json_bool(&j, true);
  json_none(&j);
  json_str(&j, (struct slice){0});
  json_raw(&j, SLICE("{\"q\": 1}"));
  json_end(&j, ']');
  json_kspan(&j, "span", (struct span){3, 4000000000u});
  json_knum(&j, "n", -6.5);
  json_end(&j, '}');
  is_slice(buf_get(&out),
           SLICE("{\"s\":\"a\\\"\\\\\\n\\t\\u0001\\u001f/\x7f für\",\"list\":[[],{},-9223372036854775808,true,null,\"\",{\"q\": 1}],"
                 "\"span\":[3,4000000000],\"n\":-6.5}"),
           "writes JSON with commas where they belong");

  is_slice(number(0.1), SLICE("0.1"), "shortest form that reads back");
  is_slice(number(1.0 / 3), SLICE("0.3333333333333333"), "16 digits");
  is_slice(number(0.1 + 0.2), SLICE("0.30000000000000004"), "17 digits");
  is_slice(number(2000000), SLICE("2000000"), "whole numbers without a point");
  is_slice(number(-0.0), SLICE("0"), "no minus zero");
  is_slice(number(9007199254740991.0), SLICE("9007199254740991"), "the last whole number that is exact");
  is_slice(number(1e300), SLICE("1e+300"), "large ones with an exponent");
  is_slice(number((double)NAN), SLICE("null"), "not a number is null");
  is_slice(number(HUGE_VAL), SLICE("null"), "infinity is null");
  buf_release(&out);
  return tap_end();
}
