/* parts.h: parts of a reading in its JSON form, for those who write it in other forms.  Slices point into the reading. */
#ifndef EXPORT_PARTS_H
#define EXPORT_PARTS_H
#include "base/json_out.h"
#include "ledger/ledger_item.h"
#include "ledger/ledger_view.h"

/* A pair of numbers of the record; {0, 0} when there is none. */
struct span part_span(const json_t *record, const char *member);
struct slice part_text(const json_t *reading, const json_t *record, const char *member); /* the text of that span */
const json_t *part_place(const json_t *reading, const json_t *event, const char *member); /* "place", "origin", "destination"; NULL */
/* The point of a place in degrees; false when it has none. */
bool part_point(const json_t *place, double *lat, double *lon);
/* The name of the entity behind a claim's source or a position's holder, else its text. */
struct slice part_who(const json_t *reading, const json_t *who);
/* The code of that entity. */
struct slice part_code(const json_t *reading, const json_t *who);
const json_t *part_claim(const json_t *reading, const json_t *record); /* that the record stands in; NULL */
/* Appends the member of each object of the list, parted by `between`; those without it are left out. */
void part_join(struct buf *to, const json_t *list, const char *member, const char *between);
/* Appends the strings or whole numbers of the list, parted by `between`. */
void part_list(struct buf *to, const json_t *list, const char *between);
/* The day that an event tells of, else that of publication: "2024-10-28"; empty when neither is a day. */
struct slice part_day(const json_t *event, struct slice published);
/* Number of the sentence in which the byte stands, from 1; 0: none. */
int64_t part_sentence(const json_t *reading, int64_t at);
/* How many characters the text has before byte `at`. */
int64_t part_characters(struct slice text, size_t at);
/* What the record at hand is about, in a short line: "MOBILIZE troops: PRK > RUS". */
void part_event_line(struct buf *to, const json_t *reading, const json_t *event);
/* "3000", "3000 to 5000", "3000 or more", "up to 3000" */
void part_value(struct buf *to, const json_t *figure);

/* Is it of the web and of a form that a URI may have?  What else an address holds is left out of what others read, not mended. */
bool part_is_address(struct slice url);

#endif
