/* lang_char.c: ranges instead of tables of 64 K: the order of the tests is that of how often they hit. */
#include "lang/lang_char.h"

bool char_is_newline(uint32_t c) { return (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029; }

bool char_is_blank(uint32_t c)
{
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x1F);
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

bool char_is_letter(uint32_t c)
{
  if (c < 0x80) return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  if (c < 0x100)
    return c >= 0xAA && c != 0xAB && c != 0xAC && c != 0xAD && c != 0xAF && c != 0xB7 && c != 0xBB && c != 0xBF && c != 0xD7 && c != 0xF7 &&
           !(c >= 0xB0 && c <= 0xB4) && c != 0xB6 && !(c >= 0xB8 && c <= 0xB9) && !(c >= 0xBC && c <= 0xBE);
  return !((c >= 0x2000 && c <= 0x2BFF) || (c >= 0x2E00 && c <= 0x2E7F) || (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020) ||
           (c >= 0xFE10 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFFF0 && c <= 0xFFFF) ||
           (c >= 0x1F000 && c <= 0x1FAFF));
}

uint32_t char_lower(uint32_t c)
{
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9 && c != 0x3A2) || (c >= 0x410 && c <= 0x42F)) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) || (c >= 0x1E00 && c <= 0x1E95) || (c >= 0x1EA0 && c <= 0x1EFF) ||
      (c >= 0x460 && c <= 0x481))
    return c == 0x130 ? 'i' : c | 1;
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c & 1 ? c + 1 : c;
  return c == 0x178 ? 0xFF : c;
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
