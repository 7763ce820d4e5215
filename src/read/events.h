/* events.h: what the files of the event reader share.
 *
 *   events.c        runs over the tokens, makes the records
 *   events_match.c  which rule a trigger fires: its frame with light verbs joined, slots, classes, conditions
 *   events_party.c  who stands at an argument
 *   events_elsewhere.c  who is told elsewhere in the clause
 *   events_sides.c  whom "both sides" means
 *   events_where.c  place, origin, destination, date, contexts
 *   events_same.c   mentions of one act: place and date told elsewhere
 *   status.c        how real it is */
#ifndef READ_EVENTS_H
#define READ_EVENTS_H
#include "read/frame.h"
#include "read/reader.h"
#include "read/tree.h"

struct match {
  const struct rule *rule;
  struct frame frame;
  const struct rule_trigger *next; /* the rules to try when this one's needs are not met */
  int32_t light;         /* the light verb whose object or subject the nominal trigger is, or TOKEN_NONE */
  bool mutual;           /* its doers do it to each other */
  uint32_t joined;       /* from here on the arguments are joined from other words: who is told to have done it is no possessor */
  /* where no rule fired: the one that came closest, or NULL, and what kept it */
  const struct rule *near;
  uint32_t near_held;    /* its conditions that hold */
  struct slice near_part;
  bool near_word;        /* near_part is a word that is not there, else the place that the condition is about */
};

#define SLOT_TOKENS 12
struct slot_tokens {
  int32_t at[SLOT_TOKENS];
  uint32_t n;
};

/* The rule that the token fires; rule NULL when none does. */
void events_match(const struct reader *r, int32_t token, struct match *to);
/* The next rule whose conditions hold, when the needs of this one are not met. */
void events_match_next(const struct reader *r, struct match *m);
/* The tokens that stand at a slot. */
void events_slot(const struct reader *r, const struct match *m, const struct rule_slot *slot, struct slot_tokens *to);
/* Is the token (or what a container noun holds: "shipments of arms") in the class? */
bool events_in_class(const struct reader *r, int32_t token, const struct rule_class *class);
/* Does the token (or what a container holds) tell an act that is in the class ("urged Russia to *withdraw*": RETREAT)?  Asked once a token. */
bool events_tells(const struct reader *r, int32_t token, const struct rule_class *class);
/* The noun inside a container ("thousands of troops"), or the token itself. */
int32_t events_inside(const struct reader *r, int32_t token);
/* Lower-case lemma in `room`. */
/* The two whom a noun like "both sides" means, as parties of an event told before; false when it means nobody. */
bool events_sides(const struct reader *r, int32_t token, const struct party *two[2]);
struct slice events_lemma(const struct reader *r, int32_t token, char room[64]);

/* Another word that the form may be, by the endings of the rules (for lemmas that the tables do not know); n = 0 when there are no more.  *next is
 * 0 before the first call. */
struct slice events_other_lemma(const struct reader *r, int32_t token, enum trigger_pos pos, size_t *next, char room[64]);

/* Collects the parties of a role; false when memory ran out. */
bool events_parties(struct reader *r, const struct match *m, const struct rule_part *part, struct parties *to);

/* What names a thing: its noun phrase without number and determiner, with what it is of. */
struct span events_thing(const struct reader *r, int32_t token);
/* Who is named without a code, and the things that it was done to: a country from the place, entities of their own.  False when memory ran out. */
bool events_uncoded(struct reader *r, const struct rule *rule, struct event *e);
/* Of the types that the rules name for it ("elsewhere"): a recipient that stood at none of the rule's places is looked for in all that the act's
 * clause tells ("agreed to postpone the rally in Baku"); another country before the actor's own.  False when memory ran out. */
bool events_elsewhere(struct reader *r, const struct match *m, struct event *e);

/* Of the types that the rules name for it ("elsewhere actor"): whom a nominal act was held with, somebody held it with: the subject of the clause
 * that the act hangs on, where he is of another country ("after talks with B, A said").  False when memory ran out. */
bool events_attended(struct reader *r, const struct match *m, struct event *e);

/* The entity at the token, when it has a country, a sector or a code; a place there as its country; adds a party that is not there yet (false when
 * memory ran out). */
bool events_somebody(const struct reader *r, int32_t token, struct party *to);
bool events_somewhere(const struct reader *r, int32_t token, struct party *to);
bool events_add_party(struct reader *r, struct parties *to, const struct party *p);

/* Has any party a country, a sector or a code? */
bool events_codable(const struct event *e);

void events_where(struct reader *r, const struct match *m, struct event *e);
void events_when(struct reader *r, const struct match *m, struct event *e);
/* Mentions of one act: those without place or date have them from the others.  False when memory ran out. */
bool events_same(struct reader *r);
void events_contexts(struct reader *r, int32_t token, struct event *e);

/* How real the act told by `token` is; adds the lines it used to *trace. */
enum event_status status_of(const struct reader *r, int32_t token, struct trace *trace);

#endif
