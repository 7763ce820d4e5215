/* lang_char.c: ranges instead of tables of 64 K: the order of the tests is that of how often they hit. */
#include "lang/lang_char.h"
#include <stddef.h>

bool char_is_newline(uint32_t c) { return (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029; }

bool char_is_blank(uint32_t c)
{
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x1F);
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

struct range {
  uint32_t first, last;
};

static bool is_in(const struct range *ranges, size_t n, uint32_t c)
{
  for (size_t i = 0; i < n; i++)
    if (c >= ranges[i].first && c <= ranges[i].last) return true;
  return false;
}
#define IS_IN(ranges, c) is_in((ranges), sizeof(ranges) / sizeof *(ranges), (c))

bool char_is_letter(uint32_t c)
{
  static const struct range latin[] = {{0xAA, 0xAA}, {0xAE, 0xAE}, {0xB5, 0xB5}, {0xBA, 0xBA}, {0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0xFF}};
  static const struct range marks[] = {{0x2000, 0x2BFF}, {0x2E00, 0x2E7F}, {0x3000, 0x3004}, {0x3008, 0x3020}, {0xFE10, 0xFE6F},
                                       {0xFF00, 0xFF0F}, {0xFF1A, 0xFF20}, {0xFFF0, 0xFFFF}, {0x1F000, 0x1FAFF}};
  if (c < 0x80) return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  if (c < 0x100) return IS_IN(latin, c);
  return !IS_IN(marks, c);
}

/* Three ways in which capitals and small letters stand: apart by a number, in pairs with the capital even, in pairs with it odd. */
uint32_t char_lower(uint32_t c)
{
  static const struct range apart[] = {{0xC0, 0xD6}, {0xD8, 0xDE}, {0x391, 0x3A1}, {0x3A3, 0x3A9}, {0x410, 0x42F}};
  static const struct range even[] = {{0x100, 0x137}, {0x14A, 0x177}, {0x1E00, 0x1E95}, {0x1EA0, 0x1EFF}, {0x460, 0x481}};
  static const struct range odd[] = {{0x139, 0x148}, {0x179, 0x17E}};
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  if (IS_IN(apart, c)) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if (c == 0x130) return 'i';
  if (c == 0x178) return 0xFF;
  if (IS_IN(even, c)) return c | 1;
  return IS_IN(odd, c) && c & 1 ? c + 1 : c;
}

uint32_t char_normal(uint32_t c)
{
  if (c < 0x80) return c == '`' ? '\'' : c;
  switch (c) {
  case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2032: case 0xB4: return '\'';
  case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x2033: case 0xAB: case 0xBB: return '"';
  case 0x2010: case 0x2011: case 0x2212: return '-';
  case 0x2015: return 0x2014;
  case 0xA0: return ' ';
  default: return c;
  }
}
