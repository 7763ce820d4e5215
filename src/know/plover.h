/* plover.h: what the event ontology holds: PLOVER's types, modes, contexts and scores (data/plover.tsv) and the CAMEO codes that name the
 * same acts (data/cameo.tsv).  After the PLOVER manual (openeventdata/PLOVER) and the CAMEO manual.  Immutable; any thread. */
#ifndef KNOW_PLOVER_H
#define KNOW_PLOVER_H
#include "know/table.h"

struct plover; /* opaque */
struct know_source;
enum status plover_load(const struct plover **to, struct know_source *src);

/* A type, or a type with a mode. */
struct plover_act {
  struct slice type, mode; /* mode empty for the bare type */
  double score;            /* conflict (-10) to cooperation (10) */
  unsigned quad;           /* 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict */
  struct know_line where;
};

/* What PLOVER's own records call an act of that type and mode told with that status ("planned"): of an act that is planned, or hangs on an if, another
 * type.  NULL: they leave it out. */
const struct plover_act *plover_record(const struct plover *plover, struct slice status, struct slice type, struct slice mode);
/* NULL when the type does not exist or has no such mode. */
const struct plover_act *plover_act(const struct plover *plover, struct slice type, struct slice mode);
bool plover_has_context(const struct plover *plover, struct slice context);
/* The contexts that the crosswalk gives a CAMEO code, parted by ';'; empty for none. */
struct slice plover_cameo_contexts(const struct plover *plover, struct slice code);
/* Is it a CAMEO code, of three or four digits? */
bool plover_has_cameo(const struct plover *plover, struct slice code);
/* The Goldstein score that GDELT gives a CAMEO code; false for no code. */
bool plover_goldstein(const struct plover *plover, struct slice code, double *to);
/* The first CAMEO code, in the order of the table, that says the same as a type and mode, else as the type; empty: there is none. */
struct slice plover_cameo_of(const struct plover *plover, struct slice type, struct slice mode);
/* The type and mode that say the same as a CAMEO code, or as the family that it belongs to; NULL: PLOVER has none (statements). */
const struct plover_act *plover_of_cameo(const struct plover *plover, struct slice code);

#endif
