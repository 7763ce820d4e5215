/* calendar.h: the words that tell dates, from data/en/calendar.tsv (its head says what each class and flag means). */
#ifndef KNOW_CALENDAR_H
#define KNOW_CALENDAR_H
#include "know/table.h"

#define CALENDAR_LIST(X)                                                                                                  \
  X(MONTH, "month") X(WEEKDAY, "weekday") X(WEEKDAYS, "weekdays") X(SEASON, "season") X(UNIT, "unit") X(UNITS, "units")    \
  X(PART, "part") X(CLOCK, "clock") X(HALF, "half") X(ZONE, "zone") X(DAY, "day") X(TONIGHT, "tonight")                    \
  X(REFERENCE, "reference") X(SHIFT, "shift") X(AFTER, "after") X(EDGE, "edge") X(COUNT, "count") X(EACH, "each")          \
  X(SET, "set") X(ERA, "era") X(HOLIDAY, "holiday") X(ORDINAL, "ordinal") X(SUFFIX, "suffix") X(FUTURE, "future")          \
  X(ARTICLE, "article") X(OF, "of") X(AND, "and") X(OLD, "old") X(LONG, "long") X(SINCE, "since") X(TO, "to")

enum calendar_class {
#define CALENDAR_ENUM(name, text) CALENDAR_##name,
  CALENDAR_LIST(CALENDAR_ENUM)
#undef CALENDAR_ENUM
  CALENDAR_CLASSES
};

enum calendar_flag { CALENDAR_CASED = 1, CALENDAR_NOUN = 2, CALENDAR_SHORT = 4, CALENDAR_COUNTED = 8, CALENDAR_DEICTIC = 16, CALENDAR_ANCHOR = 32,
                     CALENDAR_POINT = 64, CALENDAR_FINAL = 128, CALENDAR_SPAN = 256 };

struct calendar_word {
  enum calendar_class class;
  struct slice value;
  int64_t number;                   /* of the value, where it is one */
  uint32_t flags;
  const struct calendar_word *next; /* the same word in another class */
  struct know_line where;
};

struct calendar; /* opaque, immutable */
struct know_source;
enum status calendar_load(const struct calendar **to, struct know_source *src);
/* The word (lower case) in a class, or NULL. */
const struct calendar_word *calendar_find(const struct calendar *calendar, struct slice word, enum calendar_class class);
/* The word in all its classes, or NULL. */
const struct calendar_word *calendar_any(const struct calendar *calendar, struct slice word);

#endif
