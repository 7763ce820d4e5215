/* towns_index.h: the index of a gazetteer in GeoNames' layout, so that a hundred thousand towns cost nothing until a text names one.
 *
 * The gazetteer stays as it is: lines of columns parted by tabs (https://download.geonames.org/export/dump/readme.txt):
 *
 *     1 id, 2 name, 3 ASCII name, 4 other names, 5 lat, 6 lon, 7 feature class, 8 feature code, 9 country (alpha-2), 10 -, 11 first-level region, 12 - 14 -,
 *     15 population ...
 *
 * The index (little-endian, at an address that 8 divides) is made when the program is built (tool/towns_index.c), or, for a gazetteer
 * of the user's, when it is loaded:
 *
 *     header, starts[STARTS] (bytes), blocks[n_blocks] (u32), slots[n_slots] (u32 place of a line, u32 rest of its hash)
 *
 * starts: by the hash of a first word, bytes of the longest key that begins with one of that hash.  blocks: how many lines begin before each
 * piece of TOWNS_BLOCK bytes.  slots: open addressing by the hash of the name's key; lines of equal keys stand in the order of the gazetteer. */
#ifndef KNOW_TOWNS_INDEX_H
#define KNOW_TOWNS_INDEX_H
#include "base/arena.h"
#include "base/slice.h"

#define TOWNS_MAGIC 0x31534e574f54u /* "TOWNS1" */
#define TOWNS_STARTS ((size_t)1 << 17)
#define TOWNS_BLOCK ((size_t)4096)
#define TOWNS_MOST ((size_t)4 << 30) /* bytes of a gazetteer */

struct towns_header {
  uint64_t magic, bytes; /* of the gazetteer */
  uint32_t n_slots;      /* a power of two */
  uint32_t n_blocks;
};

struct towns_slot {
  uint32_t place; /* of the line + 1; 0: free */
  uint32_t hash;
};

struct town_line {
  struct slice id, name, lat, lon, class, country, region, population;
};

/* The columns of one line (without its line feed); false for a comment, an empty line, one with too few columns, or what is no populated place. */
bool town_line(struct slice line, struct town_line *to);
/* Does the text look like a gazetteer in this layout?  By its first line that is no comment. */
bool towns_are(struct slice bytes);
/* The index of a gazetteer; *to is empty when the arena is full. */
void towns_index(struct slice bytes, struct arena *arena, struct slice *to);

#endif
