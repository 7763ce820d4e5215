/* rules.h: the event rules of data/en/events/, compiled.  The language is described in doc/rules.md.
 *
 * A rule names its triggers (lemmas of verbs, nouns or adjectives, with other words that must hang on them), the act (type, mode, CAMEO code),
 * where actor, recipient and so on stand in the trigger's frame (read/frame.h), and conditions on what stands there.  Here is only what the
 * rule says; read/events.c applies it.  Immutable; any thread. */
#ifndef KNOW_RULES_H
#define KNOW_RULES_H
#include "base/map.h"
#include "know/names.h"
#include "know/plover.h"

struct know_source;

#define RULE_INCLUDES 8
#define RULE_ACTS 12
/* A type with a mode, as a member of a class: what a word there tells. */
struct rule_act {
  struct slice type, mode;
};

/* A set of words, sectors, kinds of entities and acts.  Words are lemmas in lower case; two words ("air strike") are a head and a word hanging on
 * it. */
struct rule_class {
  struct slice name;
  struct map words;
  struct map pairs;   /* "air strike" */
  uint64_t sectors;   /* bit = enum sector */
  uint64_t without;   /* sectors whose bearers are not meant */
  uint32_t kinds;     /* bit = enum entity_kind */
  uint32_t types;     /* bit = rules_type(): what tells an event of this type */
  struct rule_act acts[RULE_ACTS];
  uint32_t n_acts;
  const struct rule_class *includes[RULE_INCLUDES];
  uint32_t n_includes;
  struct know_line where;
};

enum place_kind_of_slot {
  SLOT_SUBJECT,
  SLOT_OBJECT,
  SLOT_IOBJECT,
  SLOT_CLAUSE,     /* the head of its clause */
  SLOT_MODIFIER,   /* a demonym, name or actor noun before a nominal trigger */
  SLOT_SELF,       /* the trigger itself */
  SLOT_SENTENCE,   /* any word of the sentence; in conditions alone */
  SLOT_PASSAGE,    /* any word of the sentence and the three before it; in conditions alone */
  SLOT_POSSESSOR,  /* whose a nominal trigger is, not who is only told to have done it */
  SLOT_ADPOSITION  /* what stands behind the preposition `word` */
};

/* Where a part stands: a slot of the frame, and a step from there. */
struct rule_slot {
  enum place_kind_of_slot slot;
  struct slice word;   /* the preposition's lemma */
  bool owner;          /* 's: who does or has it ("object's": of "condemned Russia's attack" Russia) */
  bool place;          /* .place: a place there counts as its country */
  uint8_t otherwise;   /* :BUS, the sector of a name there of which nothing is known; SECTOR_NONE: such a name is nobody */
};

#define RULE_SLOTS 16
/* Groups parted by '|': the first that gives somebody; within a group ('+') all. */
struct rule_part {
  struct rule_slot slot[RULE_SLOTS];
  bool begins[RULE_SLOTS]; /* this slot begins a new alternative */
  uint32_t n;
};

enum rule_test {
  TEST_IS,
  TEST_NOT,
  TEST_WITH,   /* a word of the class hangs on what stands there */
  TEST_MARKED, /* a mark of the class begins the clause: "to", "that" */
  TEST_ASKED,  /* the clause tells nothing that is so: an infinitive, a subjunctive, or a word of the class hangs on it */
  TEST_LEADS,  /* what stands there has a clause of its own, begun by a mark of the class: "has | to go" */
  TEST_SAME,   /* the clause is done by the trigger's own subject */
  TEST_ANY,
  TEST_NONE
};
struct rule_condition {
  struct rule_slot slot;
  enum rule_test test;
  const struct rule_class *class; /* IS, NOT, WITH, MARKED, ASKED */
};

#define RULE_CONDITIONS 6
struct rule {
  struct slice name;
  struct slice type, mode, cameo;
  double score;
  struct rule_part actor, recipient, instrument;
  struct rule_condition condition[RULE_CONDITIONS];
  uint32_t n_conditions;
  bool needs_actor, needs_recipient, needs_nations; /* nations: those who act are of two countries at least */
  const struct rule_class *things; /* "anybody": those without a code are parties too, and these things; else NULL */
  struct know_line where;
};

enum trigger_pos { TRIGGER_VERB, TRIGGER_NOUN, TRIGGER_ADJ };

/* One lemma of a rule; the others for the same lemma and part of speech follow in order: more conditions first, then as they stand. */
struct rule_trigger {
  const struct rule *rule;
  struct slice with;   /* a word that must hang on the trigger: particle, object or modifier; or empty */
  const struct rule_trigger *next;
};

/* Finer mode by the words beside: instruments, or what a request, refusal or threat is about. */
struct rule_finer {
  struct slice type, mode, cameo;
  double score;
  const struct rule_class *class;
  struct know_line where;
};
/* Acts that are done by anybody, and to anybody or to a thing of the class. */
struct rule_anybody {
  struct slice type;
  const struct rule_class *things;
};
struct rule_context {
  struct slice context;
  bool between; /* only of acts in the class, between parties of two countries */
  const struct rule_class *class;
  struct know_line where;
};

/* A form "deployed" may be the word "deploy": ending "ed", replaced by "".  For words whose lemma the tables do not know. */
struct rule_ending {
  struct slice ending, instead;
  enum trigger_pos pos;
};

struct rules; /* opaque */
enum status rules_load(const struct rules **to, struct know_source *src);

const struct rule_trigger *rules_at(const struct rules *rules, enum trigger_pos pos, struct slice lemma);
/* The class with this name, or NULL: "light" (light verbs), "container" ("group of rebels"), ... */
const struct rule_class *rules_class(const struct rules *rules, const char *name);
const struct rule_finer *rules_instruments(const struct rules *rules, size_t *n);
const struct rule_finer *rules_contents(const struct rules *rules, size_t *n);
/* Acts held in a country of none of those who act ("third"). */
const struct rule_finer *rules_venues(const struct rules *rules, size_t *n);
const struct rule_ending *rules_endings(const struct rules *rules, size_t *n);
const struct rule_context *rules_contexts(const struct rules *rules, size_t *n);
/* The type's number (order of first use in the rules), for rule_class.types; UINT32_MAX for an unknown one. */
uint32_t rules_type(const struct rules *rules, struct slice type);
const struct plover *rules_plover(const struct rules *rules);
enum elsewhere_part { ELSEWHERE_ACTOR, ELSEWHERE_RECIPIENT, ELSEWHERE_PARTS };
/* The line that lets a party of acts of this type be looked for beyond the places of the rule (statement "elsewhere"); table 0: it may not. */
struct know_line rules_elsewhere(const struct rules *rules, enum elsewhere_part part, uint32_t type);
size_t rules_count(const struct rules *rules);
/* As the rule writes it: "object", or its preposition. */
struct slice rule_slot_name(const struct rule_slot *slot);
/* `word` is in the class, or "child word" is for one of the words in `children`. */
bool rule_class_word(const struct rule_class *class, struct slice word);
/* Is the act in the class, by its type or by type and mode? */
bool rule_class_act(const struct rules *rules, const struct rule_class *class, struct slice type, struct slice mode);
bool rule_class_pair(const struct rule_class *class, struct slice child, struct slice word);

#endif
