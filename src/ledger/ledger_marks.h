/* ledger_marks.h: inside of the ledger: what is to be marked in a figure, and how far those who tell it lie apart.
 *
 * Found when it is asked for, from what the question sees. */
#ifndef LEDGER_LEDGER_MARKS_H
#define LEDGER_LEDGER_MARKS_H
#include "ledger/ledger_ask.h"

struct marks {
  bool jump;         /* at least twice the number that it revises, or at most half of it */
  bool retraction;   /* less than the number that it revises can have been; or its own source denies it since */
  bool disagreement; /* another side's number excludes it */
};

/* Of a reading. */
enum status marks_of(struct ask *ask, int64_t key, struct marks *to);
/* "marks":["jump"] as a member of the open object; nothing when there is none. */
void marks_put(struct json_out *j, const struct marks *marks);
/* "  jump, retraction"; nothing when there is none. */
void marks_say(struct buf *to, const struct marks *marks);

/* The latest number of each side, as it stands beside the reading `key` that holds now, as a member "spread" of the open object:
 * {"low":30,"high":75,"sides":[{"side":"TURGOV","reading":1,"value":30},...]}. */
enum status spread_put(struct ask *ask, struct json_out *j, int64_t key);
/* A line for a person, where there are two sides or more. */
enum status spread_say(struct ask *ask, int64_t key);

#endif
