/* entities.h: what the files of the entity reader share.
 *
 *   entities_find.c   the mentions: names, noun phrases of political nouns, personal pronouns, each with its tokens
 *   entities_code.c   whom a mention stands for: country, sectors and CAMEO code, from titles, nationalities, bodies and the context
 *   entities_link.c   which mentions are one entity (coreference: for each mention in turn the most precise rule that fits, after Lee
 *                     et al. 2013, "Deterministic coreference resolution based on entity-centric, precision-ranked rules")
 *   entities_nominal.c what noun phrases point back at, or are told of
 *   entities_pronoun.c whom "he", "she", "it" and "they" mean
 *   entities_voice.c  whom "I", "we" and "you" mean
 *   entities.c        runs them and keeps the records
 *
 * One actor is one entity: a country ("Russia") and its government ("Moscow" or "the Kremlin" as metonyms, "the Russian government") are
 * two, with the codes RUS and RUSGOV; a city that is only a place is a third, of kind place. */
#ifndef READ_ENTITIES_H
#define READ_ENTITIES_H
#include "read/claims.h"
#include "read/reader.h"
#include "base/map.h"
#include "read/tree.h"

enum mention_form { MENTION_NAME, MENTION_NOMINAL, MENTION_PRONOUN };
enum gender { GENDER_UNKNOWN, GENDER_MALE, GENDER_FEMALE, GENDER_NEUTER };

/* Whom a mention stands for, as far as the words of the mention tell. */
struct standing {
  struct slice code, country;
  uint8_t sectors[SECTORS_MAX];
  struct trace trace;
};

struct mention {
  int32_t head;                 /* token */
  int32_t first, end;           /* tokens of the whole mention */
  int32_t name_first, name_end; /* of the name in it; equal when there is none */
  const struct noun *noun;      /* the title in front of a name, or the noun itself; NULL, also for a noun that is no actor's ("the city") */
  int32_t noun_head, noun_first, noun_end;
  const struct sense *sense;    /* of the name, when the tables know it */
  enum mention_form form;
  enum name_type type;          /* of the name */
  enum entity_kind kind;
  enum gender gender;
  bool plural, definite, metonym, former;
  bool own_country;             /* its own words tell the country */
  struct standing standing;
  int32_t person;               /* of a pronoun: 1, 2, 3 */
  int32_t entity;               /* ID_NONE until linked */
  int32_t quote;                /* the quotation that it stands in, or -1 */
};

/* Where a country is named, in order of the text: the context of titles that tell none. */
struct country_at {
  int32_t token;
  struct slice country;
};

/* What linking knows of an entity beside its record. */
struct known {
  enum gender gender;
  bool plural;
  enum mention_form form; /* the best so far */
  int32_t name_words;     /* of its name */
  bool from_table;        /* a table told its kind */
  uint32_t votes[KIND_OTHER + 1]; /* names that the engine took for each kind */
  bool own_country;       /* its country is told, not guessed */
  int8_t place;           /* its kind of place, or -1 */
  struct span latest;     /* its latest mention */
  uint32_t n_mentions, cap_mentions; /* room in the record's mentions */
};

struct cast {
  struct reader *r;
  struct quotations quotes;
  VEC(struct mention) mentions;  /* in order of the text, an outer one before those inside it */
  VEC(struct country_at) countries;
  struct slice home;             /* the country most named in the whole text, and how many of a hundred names are its */
  uint32_t home_share;
  size_t one_country;            /* so many names from the first on are of one country */
  VEC(struct known) known;       /* by entity */
  VEC(struct slice) noun_countries; /* by the values of by_noun: the country told with the noun; empty when there were several */
  struct map by_noun;            /* lemmas of nouns that were told with a country ("Israeli soldiers") */
  struct map by_name, by_part, by_phrase; /* to entity ids: full names and codes; parts of names; noun and country */
};

enum status entities_find(struct cast *c);

/* The standing of one mention; `noun` and modifiers are read from the mention.  Never fails but for memory. */
enum status entities_describe(struct cast *c, struct mention *m);
/* The country most spoken of around the token (its paragraph up to it, then the text before, for who is private only where the text has a home);
 * empty when none stands out. */
struct slice entities_context(const struct cast *c, int32_t token, bool private);
/* Finds the home of the text, when all names are found. */
enum status entities_home(struct cast *c);
/* "RUS" + GOV, MIL -> "RUSGOVMIL" */
bool entities_compose(struct arena *arena, struct slice country, const uint8_t sectors[SECTORS_MAX], struct slice *code);

enum status entities_link(struct cast *c);
/* Makes a new entity of the mention, or adds the mention to one. */
enum status entities_new(struct cast *c, struct mention *m);
enum status entities_join(struct cast *c, struct mention *m, int32_t entity);
/* Adds a mention to the record alone, in its place; one that meets another of the entity is left out.  False when the arena is full. */
bool entities_mention(struct cast *c, int32_t entity, struct span span);
/* Links the noun phrase, mention i. */
enum status entities_link_nominal(struct cast *c, size_t i);
/* Links the noun phrase in front of the name, mention i, that the name tells ("the city of Bex"). */
enum status entities_link_governor(struct cast *c, size_t i);
/* What the mention is told of in apposition; ID_NONE. */
int32_t entities_apposed(const struct cast *c, const struct mention *m);

/* Keys of the maps, in one spelling (entities_link.c); empty when longer than KEY_MOST. */
#define KEY_MOST 160
enum status entities_put(struct cast *c, struct map *map, struct slice key, int32_t entity); /* takes the key over */
int32_t entities_get(const struct map *map, struct slice key);
struct slice entities_name_key(const struct cast *c, char prefix, int32_t first, int32_t end, char key[KEY_MOST]);
struct slice entities_phrase_key(const struct noun *noun, struct slice country, bool plural, char key[KEY_MOST]);

/* The entity that a third-person pronoun (mention i) means; ID_NONE when none suits. */
int32_t entities_antecedent(const struct cast *c, size_t i);
/* Links what is said in the first and second person, when all other mentions are linked. */
enum status entities_voices(struct cast *c);

/* Is the seat a city, which may be meant as a place? */
static inline bool entities_city(const struct sense *sense)
{
  return sense->toponym && (sense->toponym->kind == PLACE_CITY || sense->toponym->kind == PLACE_ADMIN1 || sense->toponym->kind == PLACE_COUNTRY);
}

/* The text of the tokens [first, end) as written. */
/* Is the token's lemma a word of this class?  False for TOKEN_NONE. */
static inline bool entities_word(const struct cast *c, int32_t token, enum entity_word as)
{
  return token != TOKEN_NONE && entity_words_is(c->r->know->entity_words, c->r->a->tokens[token].lemma, as);
}
static inline struct slice entities_text(const struct cast *c, int32_t first, int32_t end)
{
  return slice_span(c->r->a->text, tree_span(c->r->a, first, end));
}

#endif
