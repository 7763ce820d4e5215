/* gdelt.h: what GDELT's event tables need beside CAMEO codes (data/gdelt.tsv): FIPS codes of countries, what the groups of letters in an actor's code
 * tell, codes of acts that are no facts.  Immutable; any thread. */
#ifndef KNOW_GDELT_H
#define KNOW_GDELT_H
#include "know/plover.h"

struct gdelt; /* opaque */
struct know_source;
/* Codes are checked against the ontology. */
enum status gdelt_load(const struct gdelt **to, const struct plover *plover, struct know_source *src);

enum gdelt_group { GDELT_COUNTRY, GDELT_KNOWN, GDELT_ETHNIC, GDELT_RELIGION, GDELT_TYPE };
/* What three letters of an actor's code tell; what the table does not have is a known group. */
enum gdelt_group gdelt_group(const struct gdelt *gdelt, struct slice letters);
/* The country's code of FIPS 10-4 and its English name; empty when unknown. */
struct slice gdelt_fips(const struct gdelt *gdelt, struct slice alpha3);
struct slice gdelt_country(const struct gdelt *gdelt, struct slice alpha3);
struct slice gdelt_alpha2(const struct gdelt *gdelt, struct slice alpha3); /* ISO 3166-1 alpha-2, by geonames.tsv; empty when unknown */
/* The CAMEO code of an act told with this status. */
struct slice gdelt_cameo(const struct gdelt *gdelt, struct slice status, struct slice type, struct slice cameo);

#endif
