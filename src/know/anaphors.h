/* anaphors.h: common nouns that point back at something named ("the city", "the company"), from data/en/anaphors.tsv. */
#ifndef KNOW_ANAPHORS_H
#define KNOW_ANAPHORS_H
#include "know/names.h"

struct anaphor {
  enum entity_kind kind;  /* of what it points back at: KIND_COUNTRY, KIND_PLACE or KIND_ORGANIZATION */
  uint32_t what;          /* 1 << place kind, or 1 << sector; 0: any */
  struct know_line where;
};

struct anaphors; /* opaque, immutable */
struct know_source;
enum status anaphors_load(const struct anaphors **to, struct know_source *src);
/* By lemma; NULL when the noun points back at nothing. */
const struct anaphor *anaphors_find(const struct anaphors *anaphors, struct slice lemma);

#endif
