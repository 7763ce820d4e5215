/* json_in.h: JSON into the trees of jansson, fast where it is written as we write it.
 *
 * The plain form (no numbers with exponents, no \u, moderate depth) is read here; whatever else there is, all that is wrong included, is jansson's to
 * read or to refuse.  So the same bytes give the same tree or the same error as json_loadb. */
#ifndef BASE_JSON_IN_H
#define BASE_JSON_IN_H
#include "base/slice.h"
#include <jansson.h>

/* As json_loadb does with these flags (0, or JSON_REJECT_DUPLICATES). */
json_t *json_in(struct slice json, size_t flags, json_error_t *why);

#endif
