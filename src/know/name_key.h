/* name_key.h: the key by which a name's spelling is looked up: its bytes with runs of blanks as one blank, typographic quotes and dashes as ASCII
 * ones, and Latin letters without their marks ("Côte d’Ivoire" -> "Cote d'Ivoire").  Case stays. */
#ifndef KNOW_NAME_KEY_H
#define KNOW_NAME_KEY_H
#include "base/slice.h"

#define NAME_BYTES 120 /* longest key */

/* Writes the key of `spelling`; 0 when it is empty, too long or not UTF-8. */
size_t name_key(struct slice spelling, char to[NAME_BYTES]);
/* The first word of a key (not empty): letters and digits up to the first other ASCII sign. */
struct slice name_first_word(struct slice key);

#endif
