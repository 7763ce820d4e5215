/* lang_char.h: what the language engine knows of single characters: kinds, lower case, and twins of typographic signs.
 *
 * Only what the models were trained with: train/features.py holds the same tables, and the trainer checks that both agree.  Not meant
 * for anything else (base/slice.h has Unicode lower case). */
#ifndef LANG_LANG_CHAR_H
#define LANG_LANG_CHAR_H
#include <stdbool.h>
#include <stdint.h>

bool char_is_blank(uint32_t code);   /* white space of Unicode: what separates tokens */
bool char_is_newline(uint32_t code);
bool char_is_letter(uint32_t code);  /* and marks: whatever is no sign, digit, blank or punctuation that we know */
uint32_t char_lower(uint32_t code);  /* Latin, Greek and Cyrillic; others as they are */
/* ' for all single quotes, " for double ones, - for the hyphens; others as they are (the ellipsis too: it has no one-character twin) */
uint32_t char_normal(uint32_t code);
static inline bool char_is_digit(uint32_t code) { return code >= '0' && code <= '9'; }
static inline bool char_is_upper(uint32_t code) { return char_lower(code) != code; }

#endif
