/* dates.h: what the files of the date reader share.
 *
 * A date is read from the bytes, not from the tree: the text is cut into pieces (a run of letters, a run of digits, a sign), each with the
 * calendar words that it may be, and patterns are tried at each piece; the longest wins.  So dates do not depend on how a language
 * model splits "10/28/2024" or "mid-1990s".  The tree is asked only for the tense: "on Monday" lies ahead of a verb in the future.
 *
 * Reference times (as in TimeML): what is deictic ("last week", "two days ago", a bare weekday or month in the news) is reckoned from the
 * day of publication; what is anaphoric ("the next day", "two days later") from the last date told.  In a text whose years mostly lie
 * far from its publication (a history, a biography) days and months without a year belong to the last date told. */
#ifndef READ_DATES_H
#define READ_DATES_H
#include "read/calendar_math.h"
#include "read/reader.h"

enum piece_kind { PIECE_WORD, PIECE_DIGITS, PIECE_SIGN };

struct piece {
  struct span span;
  enum piece_kind kind;
  bool space, line;                  /* white space, a line break stands in front */
  bool capital;
  int32_t token;
  int64_t number;                    /* of digits (at most 9 of them), else -1 */
  double count;                      /* of a number word, else -1 */
  const struct calendar_word *words; /* or NULL */
};

enum grain { GRAIN_NONE, GRAIN_DECADE, GRAIN_CENTURY, GRAIN_YEAR, GRAIN_SEASON, GRAIN_QUARTER, GRAIN_MONTH, GRAIN_WEEK, GRAIN_WEEKEND, GRAIN_DAY };

struct when {
  enum grain grain;
  struct day day;        /* what is finer than the grain is 1 */
  int32_t quarter;
  struct slice season;   /* "WI" */
  struct slice part;     /* "MO", or empty */
  int32_t hour, minute;  /* -1: none */
  bool utc, bc;
};

#define VALUE_MOST 40
struct found {
  int32_t first, end;    /* pieces */
  bool article;          /* a "the" in front belongs to it */
  enum date_type type;
  char value[VALUE_MOST]; /* empty: unresolved */
  struct when when;      /* grain NONE when it names no point of the calendar */
  struct trace trace;
};

struct dates {
  struct reader *r;
  const struct calendar *calendar;
  struct piece *at;
  int32_t n;
  struct day published;
  bool has_published;
  struct when anchor;    /* the last date told; grain NONE: none */
  int32_t behind;        /* the piece behind the last date */
  bool narrative;
};

/* Cuts the text into pieces; false when the arena is full. */
bool dates_pieces(struct dates *d);
/* The word of a piece in a class, with its flags kept; NULL. */
const struct calendar_word *dates_word(const struct dates *d, int32_t i, enum calendar_class class);
/* Is there white space or nothing (but no line break) between pieces i - 1 and i? */
bool dates_joined(const struct dates *d, int32_t i);
bool dates_sign(const struct dates *d, int32_t i, char sign);
/* Of what time the clause around the piece speaks: 1 future, -1 past, 0 cannot be told. */
int dates_tense(const struct dates *d, int32_t i);
static inline bool dates_future(const struct dates *d, int32_t i) { return dates_tense(d, i) > 0; }

/* The longest date at piece i. */
bool dates_parse(struct dates *d, int32_t i, struct found *to);
bool dates_relative(struct dates *d, int32_t i, struct found *to); /* shifts, durations, sets, references: dates_relative.c */

void when_write(const struct when *w, char value[VALUE_MOST]);
/* The time that deictic or anaphoric words count from; false when there is none. */
bool dates_base(const struct dates *d, bool anaphoric, struct day *to);
/* The day's year, month, week ... moved by `steps` of a unit ("W"). */
bool when_shift(struct day base, struct slice unit, int32_t steps, struct when *to);
/* Year of a month (and day, or 0) that tells none. */
bool dates_year(const struct dates *d, int32_t i, int32_t month, int32_t day, int32_t *year);

#endif
