/* petrarch.h: what the files that apply PETRARCH's dictionaries share.  When the user gave a dictionary of verbs, events come from it.
 *
 *   petrarch_scene.c   a sentence as words of the dictionaries; its actors and agents, and the noun phrases that they make
 *   petrarch_match.c   which verb and pattern fit at a token, and whom the pattern names
 *   petrarch_events.c  who is source and target, what is left out, the records
 *
 * PETRARCH takes its phrases from a constituency tree; here they come from the dependencies: a noun phrase is a nominal head with what
 * modifies it, a verb phrase what hangs on the verb behind it, without other conjuncts and without a parenthesis ("..., he said"). */
#ifndef READ_PETRARCH_H
#define READ_PETRARCH_H
#include "read/events.h"

#define PETR_CODES 16  /* actors of one compound */
#define PETR_NONE (-1)

struct petr_scene_word {
  uint32_t id; /* 0: in no dictionary */
  int32_t token;
};

/* One actor of a phrase. */
struct petr_who {
  struct slice code;
  int32_t head;         /* token of its noun phrase */
  bool nobody;          /* an agent without an actor: "---GOV" */
  struct know_line where;
};

/* A noun phrase with its conjuncts. */
struct petr_group {
  int32_t first, last;  /* tokens, both in it */
  uint32_t n;
  struct petr_who who[PETR_CODES];
};

struct petr_scene {
  struct reader *r;
  const struct petrarch *p;
  int32_t day;          /* of the document, YYYYMMDD; 0: unknown */
  int32_t first, end;   /* tokens of the sentence */
  struct petr_scene_word *words;
  uint32_t n_words;
  int32_t *word_of;     /* [token - first]: its first word */
  int32_t *group_at;    /* [token - first]: index into groups, or PETR_NONE */
  VEC(struct petr_group) groups; /* in order of the text */
  bool discard, discard_story;
  bool *upper, *lower, *path; /* [token - first]: of the latest petr_reach */
  int32_t reached;            /* its verb, or TOKEN_NONE */
};

/* Everything about a sentence, in r->scratch; false when memory ran out. */
bool petr_scene(struct petr_scene *s, struct reader *r, uint32_t sentence);

/* What a verb says: the verb, or its pattern, and whom the pattern names (index into groups, or PETR_NONE). */
struct petr_match {
  const struct petr_verb *verb;
  const struct petr_pattern *pattern; /* NULL: the verb's own code */
  struct petr_act act;
  bool p2;
  int32_t source, target, both;       /* both: % before the verb */
  int32_t first, end;                 /* tokens of the verb's words */
};

/* What of the sentence left and right of a verb its patterns may see: [token - first], in the scene; valid until the next one. */
struct petr_reach {
  int32_t verb;
  int32_t from, last;  /* first token of the upper part, last one of the verb phrase */
  const bool *upper, *lower;
};

void petr_reach(struct petr_scene *s, int32_t verb, struct petr_reach *to);
/* False when no dictionary has the verb. */
bool petr_match(const struct petr_scene *s, const struct petr_reach *reach, struct petr_match *to);
/* Is one of the verbs of this block so called ("SAY")? */
bool petr_block_has(const struct petrarch *p, uint32_t block, struct slice name);

/* Who is so named in a dictionary of actors (the whole name [first, end)), on the document's day: their code, without what stands behind a '/'; for our
 * own readers of entities.  False: no dictionary has the name, or it has no code then. */
bool petr_named(const struct reader *r, int32_t first, int32_t end, struct slice *code, struct know_line *where);
/* "USAMIL": country and PLOVER's sectors as far as the groups of three letters tell. */
void petr_read_code(struct slice code, struct slice *country, uint8_t sectors[SECTORS_MAX]);
/* The document's day as YYYYMMDD; 0: unknown. */
int32_t petr_day(struct slice published);

/* The events of the document by the dictionaries. */
enum status petrarch_events(struct reader *r);

#endif
