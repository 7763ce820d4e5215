/* embed.h: the files that the build puts into the program: the tables of data/ and the models.
 *
 * Names are paths below their folder in the tree ("data/en/countries.tsv" is "en/countries.tsv").  The list is made by the build;
 * its bytes are part of the program and live as long as it does. */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H
#include "base/slice.h"

struct embedded {
  const char *name;
  struct slice bytes;
};

/* All of data/, by name in byte order. */
const struct embedded *embedded_files(size_t *n);
/* All models of model/ ("en-small.tocsin"), each at an address that 64 divides; none (*n = 0) when the tree held none. */
const struct embedded *embedded_models(size_t *n);
/* The index of towns.tsv, at an address that 64 divides (src/know/towns_index.h). */
struct slice embedded_towns(void);

#endif
