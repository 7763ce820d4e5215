/* figures_digits.c: a number in digits as it is written: [sign] [currency] [sign] digits [fraction or power of ten] [magnitude or unit].
 *
 *   10,000   3.5   2.5m   40min   $5   US $7.2   $US1.2bn   AUD1.5m   -$3   $-50.8bn   +0.3%   1/2   1 1/2   2.9×10^8
 *
 * It reads the text's bytes up to where the digits end, since where tokens end within these says nothing; behind it a token must end. */
#include "read/figures.h"
#include "read/tree.h"

#define DIGITS_MOST 15 /* a longer run of digits is an identifier, not a count (and a double could not hold it) */
#define PREFIX_MOST 10 /* bytes of sign and currency in front */
#define POWER_MOST 40

/* Digits with commas between groups of three; *n = bytes read, *digits = how many of them are digits.  False for groups of other sizes, and for
 * more digits than a count has. */
static bool whole_read(struct slice s, size_t *n, size_t *digits)
{
  size_t i = 0, group = 0;
  bool commas = false;
  *digits = 0;
  for (; i < s.n; i++) {
    if (is_digit(s.at[i])) {
      group++;
      if (++*digits > DIGITS_MOST) return false;
    } else if (s.at[i] == ',' && i + 1 < s.n && is_digit(s.at[i + 1])) {
      if (commas ? group != 3 : group == 0 || group > 3) return false;
      commas = true;
      group = 0;
    } else
      break;
  }
  *n = i;
  return !commas || group == 3;
}

/* The same with one decimal point; *to = the value. */
static bool digits_read(struct slice s, double *to, size_t *n)
{
  size_t i, digits, k = 1;
  char plain[2 * DIGITS_MOST + 3] = "0"; /* without commas, read as a whole to get the nearest double */
  if (!whole_read(s, &i, &digits)) return false;
  if (i + 1 < s.n && s.at[i] == '.' && is_digit(s.at[i + 1]))
    for (i++; i < s.n && is_digit(s.at[i]); i++)
      if (++digits > DIGITS_MOST) return false;
  for (size_t j = 0; j < i && k < sizeof plain; j++)
    if (s.at[j] != ',') plain[k++] = s.at[j];
  *n = i;
  return digits > 0 && slice_to_double((struct slice){plain, k}, to);
}

/* Bytes of the sign of minus (a hyphen, an en dash, U+2212) with which `s` begins, or 0. */
static size_t minus_sign(struct slice s)
{
  static const struct slice signs[] = {{"-", 1}, {"\xE2\x80\x93", 3}, {"\xE2\x88\x92", 3}};
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    if (slice_starts(s, signs[i])) return signs[i].n;
  return 0;
}

static bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

/* The currency written as `sign` ("$", "US $", "AUD"); `first` = its first token.  An ISO code in capitals may stand before its number as well as
 * behind it.  With a blank inside, its letters are capitals and no article: "a $5 bill", "it cost us $5". */
static const struct unit *currency(const struct reader *r, struct slice sign, int32_t first)
{
  const struct token *t = &r->a->tokens[first];
  char joined[PREFIX_MOST];
  size_t n = 0;
  bool capitals = true;
  for (size_t i = 0; i < sign.n; i++) {
    if (sign.at[i] == ' ') continue;
    if (is_letter(sign.at[i]) && (sign.at[i] & 32)) capitals = false;
    joined[n++] = sign.at[i];
  }
  if (n < sign.n && (!capitals || t->upos == UPOS_DET || t->upos == UPOS_PRON)) return NULL;
  struct slice key = {joined, n};
  const struct unit *unit = numbers_unit_word(r->know->numbers, key, true);
  if (unit) return unit;
  unit = capitals ? numbers_unit_word(r->know->numbers, key, false) : NULL;
  return unit && unit->kind == UNIT_CURRENCY && slice_eq(unit->code, key) && t->upos != UPOS_VERB ? unit : NULL;
}

/* Reads sign and currency, which begin at token `at`; false when they are something else.  The blank before the digits is taken off by the caller. */
static bool prefix_read(const struct reader *r, int32_t at, struct slice prefix, struct operand *o)
{
  struct slice text = r->a->text;
  uint32_t begin = token_span(r->a, at).begin;
  char before = begin ? text.at[begin - 1] : ' ';
  size_t n = minus_sign(prefix);
  bool plus = prefix.at[0] == '+';
  if (n || plus) {
    if (is_digit(before) || is_letter(before) || (unsigned char)before >= 0x80 || before == '-' || before == '/' || before == '.') return false;
    o->sign = n ? -1 : 1;
    prefix = slice_sub(prefix, n ? n : 1, prefix.n);
    if (prefix.n == 0) return true;
    begin += n ? (uint32_t)n : 1;
  }
  for (size_t i = 1; i < prefix.n && o->sign == 0; i++) { /* "$-5" and "minus-5", but not "RM-70" */
    n = minus_sign(slice_sub(prefix, i, prefix.n));
    o->sign_word = numbers_word(r->know->numbers, slice_sub(prefix, 0, i), NUMBER_MINUS) != NULL;
    if (n == 0 || i + n != prefix.n || (is_letter(prefix.at[i - 1]) && !o->sign_word)) continue;
    o->sign = -1;
    if (o->sign_word) return true;
    prefix = slice_sub(prefix, 0, i);
  }
  if (prefix.n == 0 || prefix.at[0] == ' ') return false;
  o->symbol = currency(r, prefix, at);
  o->symbol_span = (struct span){begin, begin + (uint32_t)prefix.n};
  return o->symbol != NULL;
}

/* The token that covers byte `at` of the text, at or behind `from`; TOKEN_NONE when it is not before `end`. */
static int32_t token_over(const struct analysis *a, int32_t from, int32_t end, uint32_t at)
{
  while (from < end && token_span(a, from).end <= at) from++;
  return from < end && token_span(a, from).begin <= at ? from : TOKEN_NONE;
}

/* The number of bytes of "×10^8", "x 10^-3", "×10−8" at the beginning of `s`, and the power; 0 when it begins with something else. */
static size_t power_read(struct slice s, int *power)
{
  size_t i = s.n && s.at[0] == ' ' ? 1 : 0, sign, digits = 0;
  if (i + 1 >= s.n) return 0;
  bool times = (unsigned char)s.at[i] == 0xC3 && (unsigned char)s.at[i + 1] == 0x97;
  if (!times && s.at[i] != 'x' && s.at[i] != '*') return 0;
  i += times ? 2 : 1;
  if (i < s.n && s.at[i] == ' ') i++;
  if (!slice_starts(slice_sub(s, i, s.n), SLICE("10"))) return 0;
  i += 2;
  bool raised = i < s.n && s.at[i] == '^';
  if (raised) i++;
  sign = minus_sign(slice_sub(s, i, s.n));
  i += sign;
  if (!raised && !sign) return 0;
  for (*power = 0; i < s.n && is_digit(s.at[i]) && digits < 4; i++, digits++) *power = *power * 10 + (s.at[i] - '0');
  if (sign) *power = -*power;
  return digits ? i : 0;
}

/* The same of "/2" and " 1/2" (behind a whole number); *part = what is added, or what the number is a part of. */
static size_t fraction_read(struct slice s, double whole, double *value)
{
  static const double lower[] = {2, 3, 4, 5, 8, 16};
  size_t i = 0, n = 0, digits = 0;
  double upper = whole, under = 0;
  bool mixed = s.n && s.at[0] == ' ';
  if (mixed && (!digits_read(slice_sub(s, ++i, s.n), &upper, &n) || n > 1)) return 0;
  i += n;
  if (i >= s.n || s.at[i] != '/') return 0;
  for (i++; i < s.n && is_digit(s.at[i]) && digits < 3; i++, digits++) under = under * 10 + (s.at[i] - '0');
  bool ends = i >= s.n || !(is_digit(s.at[i]) || is_letter(s.at[i]) || s.at[i] == '/' || s.at[i] == '.');
  for (size_t k = 0; k < sizeof lower / sizeof *lower; k++)
    if (digits && ends && under == lower[k] && upper >= 1 && upper < under && upper == (int)upper) {
      *value = mixed ? whole + upper / under : upper / under;
      return i;
    }
  return 0;
}

/* A fraction or power of ten behind the digits that end at byte `p`.  False when a number goes on there that cannot be read. */
static bool form_read(const struct reader *r, int32_t end, uint32_t p, struct operand *o)
{
  const struct analysis *a = r->a;
  uint32_t limit = token_span(a, end - 1).end, most = p + POWER_MOST;
  struct slice s = slice_sub(a->text, p, limit < p ? p : limit < most ? limit : most);
  int power = 0;
  double value;
  size_t n = power_read(s, &power);
  if (n) {
    if (power > POWER_MOST || power < -POWER_MOST) return false;
    double scale = 1;
    for (int i = power < 0 ? -power : power; i > 0; i--) scale *= 10; /* exact up to 10^22 */
    o->value = power < 0 ? o->value / scale : scaled(o->value, scale);
  } else {
    n = fraction_read(s, o->value, &value);
    if (n == 0) return true;
    int32_t behind = token_over(a, o->last, end, p + (uint32_t)n - 1) + 1;
    if (behind >= end || (a->tokens[behind].upos != UPOS_NOUN && a->tokens[behind].upos != UPOS_ADP && a->tokens[behind].upos != UPOS_ADJ)) return true;
    o->fraction = value < 1;
    o->value = value;
  }
  int32_t t = token_over(a, o->last, end, p + (uint32_t)n - 1);
  if (t == TOKEN_NONE || token_span(a, t).end != p + n) return false;
  o->end = t + 1;
  return true;
}

/* What is glued behind the digits in their token: a magnitude, a fraction's sign, a unit, a plus. */
static bool rest_read(const struct reader *r, struct slice rest, struct span span, struct operand *o)
{
  const struct numbers *numbers = r->know->numbers;
  const struct number_word *magnitude = numbers_word(numbers, rest, NUMBER_GLUED);
  if (magnitude) {
    o->maybe = numbers_unit_word(numbers, rest, false);
    o->plain = o->value;
    o->value = scaled(o->value, magnitude->value);
    o->scale = magnitude->value;
    return true;
  }
  const struct number_word *fraction = numbers_word(numbers, rest, NUMBER_FRACTION);
  if (fraction && (unsigned char)rest.at[0] >= 0x80) { /* "1½" */
    o->value += fraction->value;
    return true;
  }
  if (rest.n > 1 || (unsigned char)rest.at[0] >= 0x80 || rest.at[0] == '%') o->glued = numbers_unit_word(numbers, rest, false);
  if (o->glued) {
    o->glued_span = span;
    return true;
  }
  o->after = numbers_hedge_word(numbers, rest, HEDGE_AFTER);
  return o->after != NULL;
}

/* The byte at which the digits begin that follow sign and currency at `begin`; `limit` when there are none near. */
static uint32_t digits_begin(struct slice text, uint32_t begin, uint32_t limit)
{
  int blanks = 0;
  for (uint32_t d = begin; d < limit && d - begin < PREFIX_MOST; d++) {
    char c = text.at[d];
    if (is_digit(c)) return d;
    if (c == '.' && d + 1 < limit && is_digit(text.at[d + 1]) && (d == begin || !is_letter(text.at[d - 1]))) return d; /* but "Rs.30" */
    if (c == '\n' || c == '\t' || (c == ' ' && ++blanks > 2)) break;
  }
  return limit;
}

bool digits_operand(const struct reader *r, int32_t at, int32_t end, struct operand *o)
{
  const struct analysis *a = r->a;
  uint32_t begin = token_span(a, at).begin, limit = token_span(a, end - 1).end, d = digits_begin(a->text, begin, limit);
  int32_t t = d < limit ? token_over(a, at, end, d) : TOKEN_NONE;
  if (t == TOKEN_NONE) return false;
  size_t prefix = d - begin;
  while (prefix && a->text.at[begin + prefix - 1] == ' ') prefix--;
  if (d > begin && (prefix == 0 || !prefix_read(r, at, slice_sub(a->text, begin, begin + prefix), o))) return false;
  if (o->sign && !o->symbol && prefix < d - begin) return false; /* "- 5" */
  struct span span = token_span(a, t);
  struct slice rest = slice_sub(a->text, d, span.end);
  size_t n = 0;
  if (!digits_read(rest, &o->value, &n)) return false;
  o->digits = true;
  o->scale = 1;
  o->last = t;
  o->end = t + 1;
  rest = slice_sub(rest, n, rest.n);
  double plain = o->value;
  if (!form_read(r, end, d + (uint32_t)n, o)) return false;
  bool rate = rest.n > 1 && rest.at[0] == '/' && is_letter(rest.at[1]); /* "$9.99/month" */
  bool whole = rest.n == 0 || rate || o->end > t + 1 || o->value < plain || o->value > plain;
  return whole || rest_read(r, rest, (struct span){d + (uint32_t)n, span.end}, o);
}
