/* towns.h: the many small towns: a gazetteer in GeoNames' layout with its index (towns_index.h), looked at only where a text has a name of
 * its own.  A user may name another gazetteer, as large as GeoNames' full dump. */
#ifndef KNOW_TOWNS_H
#define KNOW_TOWNS_H
#include "base/map.h"
#include "know/names.h"

struct towns; /* opaque */
struct know_source;

/* What a GeoNames code ("US", "US.TX") means to us. */
struct town_region {
  struct slice country, admin1; /* alpha-3 code; name of the region, or empty */
};

/* From towns.tsv.  `region_of` maps GeoNames codes to indexes of `regions`; both live as long as the know.  A town in a country that is not there is
 * none. */
enum status towns_load(const struct towns **to, struct know_source *src, const struct map *region_of, const struct town_region *regions);
/* Bytes of the longest key that may begin with this word; 0: none. */
size_t towns_longest(const struct towns *towns, struct slice first_word);
/* The senses of a key: those that it has otherwise (`others`, may be NULL), and the towns of this name behind them; others when there is no such town,
 * or no memory.  Any thread may ask. */
const struct sense *towns_find(const struct towns *towns, struct slice key, const struct sense *others);

#endif
