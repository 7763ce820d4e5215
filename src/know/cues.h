/* cues.h: words that attribute: "say", "deny", "according to", "concern that".
 *
 * From data/en/cues.tsv, whose head explains the columns.  A lemma may have several rows (a chain, in the order of the table); the reader takes
 * the first whose pattern it finds.  Immutable, shared by all threads. */
#ifndef KNOW_CUES_H
#define KNOW_CUES_H
#include "know/phrases.h"
#include "know/table.h"

#define STANCE_WORDS(X)                                                                                                      \
  X(AFFIRMS, "affirms") X(DENIES, "denies") X(EVADES, "evades") X(SUPPORTS, "supports") X(CONDEMNS, "condemns") X(DEFENDS, "defends")  \
  X(DEMANDS, "demands") X(THREATENS, "threatens") X(WARNS, "warns") X(PROMISES, "promises") X(QUESTIONS, "questions")                  \
  X(ESTIMATES, "estimates") X(SUGGESTS, "suggests") X(REPORTS, "reports") X(CLAIMS_RESPONSIBILITY, "claims_responsibility")            \
  X(WITHHOLDS, "withholds") X(INTENDS, "intends") X(WISHES, "wishes") X(BELIEVES, "believes") X(PERCEIVES, "perceives")
enum stance {
#define STANCE_ENUM(name, text) STANCE_##name,
  STANCE_WORDS(STANCE_ENUM)
#undef STANCE_ENUM
  STANCE_COUNT
};
enum certainty { CERTAINTY_UNSPECIFIED, CERTAINTY_CERTAIN, CERTAINTY_PROBABLE, CERTAINTY_POSSIBLE };

/* How a holder's stance toward one thing turned into another (data/shifts.tsv). */
enum shift { SHIFT_NONE, SHIFT_REVERSAL, SHIFT_SOFTENING, SHIFT_HARDENING };
enum cue_class { CUE_VERB, CUE_NOUN, CUE_ADJECTIVE, CUE_SOURCE, CUE_HOLD, CUE_LIGHT, CUE_SURE, CUE_AROUND, CUE_ANY, CUE_MARK,
                 CUE_MUTE, CUE_TURN, CUE_UNTRUE, CUE_OUTRIGHT, CUE_NOT, CUE_TIME, CUE_BACK, CUE_VOICE, CUE_RELAY,
                 CUE_FORMER, CUE_BLANK, CUE_SIDE, CUE_CEASE, CUE_NAMELESS };
enum cue_pattern { CUE_THAT = 1, CUE_QUOTE = 2, CUE_INFINITIVE = 4, CUE_OBJECT = 8, CUE_AS = 16, CUE_PREDICATE = 32, CUE_NUMBER = 64, CUE_PREPOSITION = 128 };

struct cue {
  enum cue_class class;
  uint32_t patterns;         /* CUE_ bits */
  struct slice prepositions; /* the patterns column; see cue_takes */
  enum stance stance, negated; /* negated: STANCE_COUNT when the table gives none */
  enum certainty certainty;
  enum shift shift;          /* of CUE_TURN */
  const struct cue *next;
  struct know_line where;
};

struct cues; /* opaque */
struct know_source;

enum status cues_load(const struct cues **to, struct know_source *src);
/* The table of shifts alone, for who reads no text. */
enum status cues_load_shifts(const struct cues **to, struct know_source *src);
/* The stance that the record format calls so; false when there is none. */
bool cues_stance(struct slice word, enum stance *to);
/* The first row of this lemma with this class, or NULL; the next one is cues_next. */
const struct cue *cues_find(const struct cues *cues, struct slice lemma, enum cue_class class);
const struct cue *cues_next(const struct cue *cue);
/* The row of the longest phrase of this class that begins at token `first`. */
const struct cue *cues_at(const struct cues *cues, const struct analysis *a, int32_t first, int32_t end, enum cue_class class, int32_t *length);
/* Is this preposition among the cue's patterns? */
bool cue_takes(const struct cue *cue, struct slice preposition);

const char *cues_shift_word(enum shift shift); /* "reversal"; "" for none */
enum shift cues_shift(const struct cues *cues, enum stance before, enum stance after, struct know_line *where);

#endif
