/* frame.h: a predicate with its arguments as they are meant, not as they stand: passives turned, subjects of relative, control,
 * raising, participle and coordinated clauses found, coordinated arguments told apart, nominalisations ("the deployment of troops by X")
 * and light verbs read like verbs.  Handled once, here, for every rule and every cue.  (Universal Dependencies v2.) */
#ifndef READ_FRAME_H
#define READ_FRAME_H
#include "lang/analysis.h"

enum frame_role {
  ROLE_SUBJECT,   /* who does it: subject of the active, agent of the passive, "by"/possessor of a nominal */
  ROLE_OBJECT,    /* to what it is done: object of the active, subject of the passive, "of" of a nominal */
  ROLE_IOBJECT,
  ROLE_OBLIQUE,   /* with a preposition: see `marker` */
  ROLE_CLAUSE,    /* ccomp, xcomp or a clause behind a noun ("reports that") */
  ROLE_MODIFIER   /* compound, amod or possessive modifier of a nominal predicate not read as subject or object */
};

struct argument {
  enum frame_role role;
  int32_t token;   /* its head */
  int32_t marker;  /* the preposition or mark token, or TOKEN_NONE */
  bool shared;     /* found outside the predicate's own subtree (control, conjunct, relative) */
};

#define FRAME_ARGUMENTS 32
struct frame {
  int32_t predicate;
  bool passive, nominal;
  struct argument arguments[FRAME_ARGUMENTS]; /* in order of the text within a role; conjuncts as arguments of their own */
  uint32_t n;
};

/* Fills *to for a verb, a predicative noun or adjective, or a nominalisation.  Cost: linear in its children and the climb to its clause, bounded. */
void frame_of(const struct analysis *a, int32_t predicate, struct frame *to);
/* The first argument with this role (and, for ROLE_OBLIQUE, this preposition's lemma, NULL = any); TOKEN_NONE when there is none. */
int32_t frame_argument(const struct analysis *a, const struct frame *frame, enum frame_role role, const char *marker);

/* The verb that a coordinated one goes on.  "She said that he would come and praised him": `praised` stands beside `said` though the tree hangs it on
 * `come`, since their forms are the same and those of `come` are not.  Of others the head. */
int32_t frame_coordinated(const struct analysis *a, int32_t token);

#endif
