/* names_build.h: how names.c and names_load.c share the making of a struct names.  Private to these two.
 *
 * A spelling is looked up by its key (name_key.h).
 * Maps: `exact` key -> list of senses; `capitals` lower-case key -> the same list, for text in capitals; `starts` (and
 * `capital_starts` for lower-case keys) first word of a key -> bytes of the longest key that begins with it, so that most tokens cost
 * one look-up. */
#ifndef KNOW_NAMES_BUILD_H
#define KNOW_NAMES_BUILD_H
#include "base/map.h"
#include "base/vec.h"
#include "know/name_key.h"
#include "know/names.h"
#include "know/source.h"
#include "know/towns.h"

struct sense_list {
  struct sense *first, *last;
};

struct names {
  struct arena *arena;
  struct map exact, capitals, starts, capital_starts;
  VEC(struct sense_list) lists;
  struct map country_codes;          /* alpha-3 -> index into countries */
  VEC(const struct sense *) countries;
  struct map region_of;              /* GeoNames code -> index into regions */
  VEC(struct town_region) regions;
  const struct towns *towns;
};

enum add_result { ADD_OK, ADD_TWICE, ADD_BAD, ADD_FULL };
/* Adds one sense to a spelling, behind those that it has.  ADD_TWICE: it has this very sense (same kind, actor and toponym) already,
 * given by *before. */
enum add_result names_add(struct names *names, struct slice spelling, struct sense sense, struct know_line *before);

#endif
