/* leaders.h: who held an office when, from data/leaders.tsv: heads of state and government, foreign and defence ministers, and others
 * whose names stand in the news without their country.
 *
 * Days are numbers YYYYMMDD.  Look-up is by the name as written (one of its spellings), or by the family name alone. */
#ifndef KNOW_LEADERS_H
#define KNOW_LEADERS_H
#include "know/sector.h"
#include "know/table.h"

#define LEADER_STILL 99999999

struct leader {
  struct slice names, family, country, office;
  struct slice code; /* where it is not made of country and sectors; or empty */
  uint8_t sectors[SECTORS_MAX];
  int32_t from, to;  /* days; LEADER_STILL */
  struct know_line where;
  const struct leader *next_name, *next_family;
};

struct leaders; /* opaque, immutable */
struct know_source;
enum status leaders_load(const struct leaders **to, struct know_source *src);
/* The office that the person of this full name holds on the day, or else held last before it (to < day), or else will hold first (from > day); NULL.
 * Day 0: the last one of all. */
const struct leader *leaders_named(const struct leaders *leaders, struct slice name, int32_t day);
/* The one person of this family name who holds an office of this table on the day; NULL when there is none, or more than one. */
const struct leader *leaders_family(const struct leaders *leaders, struct slice family, int32_t day);

#endif
