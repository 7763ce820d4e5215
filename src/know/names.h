/* names.h: names that the tables know: countries, demonyms, seats of government, organisations, places.
 *
 * One spelling may have several senses ("Georgia", "Washington"); the readers choose.  Look-up is by the longest sequence of tokens,
 * case-sensitive but for text in capitals; immutable and shared by all threads. */
#ifndef KNOW_NAMES_H
#define KNOW_NAMES_H
#include "know/sector.h"
#include "know/table.h"
#include "lang/analysis.h"

enum entity_kind { KIND_PERSON, KIND_ORGANIZATION, KIND_COUNTRY, KIND_GROUP, KIND_PLACE, KIND_OTHER };
enum place_kind { PLACE_COUNTRY, PLACE_ADMIN1, PLACE_CITY, PLACE_REGION, PLACE_WATER, PLACE_LAND, PLACE_FACILITY, PLACE_OTHER };

/* Somebody who acts: "RUSGOV", country "RUS", sectors {GOV}. */
/* What an organisation was in an earlier or later time. */
struct actor_term {
  int32_t from, to;       /* days as 20241028, both included; 0 and INT32_MAX: open */
  struct slice code;
  uint8_t sectors[SECTORS_MAX];
  struct know_line where;
  const struct actor_term *next;
};

struct actor {
  struct slice name;      /* the name shown: "Russia", "NATO" */
  enum entity_kind kind;
  struct slice code;      /* CAMEO string */
  struct slice country;   /* ISO 3166-1 alpha-3, PLOVER's IGO, UNO, EUR, NGO ..., or empty */
  uint8_t sectors[SECTORS_MAX];
  struct know_line where;
  const struct actor_term *terms; /* of data/actor_codes.tsv, or NULL */
};

struct toponym {
  struct slice name;
  enum place_kind kind;
  struct slice country;   /* alpha-3, or empty (seas) */
  struct slice admin1;    /* name of the first-level region, or empty */
  double lat, lon;        /* degrees */
  bool has_point;
  bool minor;             /* one of the many small towns (towns.h): meant only where the text speaks of where it lies */
  uint32_t population;    /* 0 = unknown */
  struct know_line where;
};

enum sense_kind {
  SENSE_COUNTRY,      /* actor (the country) and toponym */
  SENSE_DEMONYM,      /* adjective of a country: "Russian" */
  SENSE_PEOPLE,       /* noun for its people: "Russians", "Mexican(s)" */
  SENSE_SEAT,         /* capital, palace or ministry that stands for a government: actor (GOV, MIL ...) and perhaps toponym */
  SENSE_ORGANIZATION, /* actor; perhaps a toponym within it */
  SENSE_PLACE         /* toponym alone */
};

struct sense {
  enum sense_kind kind;
  const struct actor *actor;     /* or NULL */
  const struct toponym *toponym; /* or NULL */
  const struct sense *next;      /* another sense of the same spelling, most likely first */
  struct know_line where;        /* the line that gives this spelling */
};

struct names; /* opaque */
struct know_source;

/* From data/countries.tsv, data/places.tsv, data/cities.tsv and data/en/ (see data/README.md); a loader of know.c. */
enum status names_load(const struct names **to, struct know_source *src);

/* Senses of the longest known name that begins at token `first` and ends before `end`; *length = its tokens.  NULL: none. */
const struct sense *names_match(const struct names *names, const struct analysis *a, int32_t first, int32_t end, int32_t *length);
/* Senses of one spelling, blanks between words ("South Korea"). */
const struct sense *names_find(const struct names *names, struct slice spelling);
/* The same with the many small towns, whose names are also words and people's: for the reader of places. */
const struct sense *names_match_towns(const struct names *names, const struct analysis *a, int32_t first, int32_t end, int32_t *length);
const struct sense *names_find_towns(const struct names *names, struct slice spelling);
/* The country itself by its alpha-3 code; NULL when unknown. */
const struct sense *names_country(const struct names *names, struct slice alpha3);

#endif
