/* given_names.h: given names and the sex of those who bear them, from data/en/given_names.tsv. */
#ifndef KNOW_GIVEN_NAMES_H
#define KNOW_GIVEN_NAMES_H
#include "know/table.h"

enum sex { SEX_UNKNOWN, SEX_MALE, SEX_FEMALE };
struct given_names; /* opaque, immutable */
struct know_source;
enum status given_names_load(const struct given_names **to, struct know_source *src);
enum sex given_names_sex(const struct given_names *names, struct slice name);

#endif
