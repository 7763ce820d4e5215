/* petrarch_build.h: what the files of the dictionary reader share.  Private to src/know/petrarch*.c.
 *
 *   petrarch.c         words, phrases, the order of files, what is found again later
 *   petrarch_actors.c  actors, agents, discards
 *   petrarch_verbs.c   synsets, blocks, verbs and their forms
 *   petrarch_pattern.c patterns of both dialects, transformations */
#ifndef KNOW_PETRARCH_BUILD_H
#define KNOW_PETRARCH_BUILD_H
#include "know/petrarch.h"

struct petr_reader {
  struct petrarch *to;
  struct know_source *src;
  struct arena *arena;
  const struct table *table;
  uint16_t index;
  struct slice rest;     /* of the file */
  struct slice base;     /* the file's name without folders */
  uint32_t line;
  bool in_comment;       /* within <!-- ... --> over several lines */
  bool full;             /* memory ran out */
  struct map phrase_at, synset_at;
  bool p2;
};

/* The next line that says something, without comment and blanks at its end.  *indented: it began with white space. */
bool petr_line(struct petr_reader *r, struct slice *line, bool *indented);
/* "FILE:LINE: what": the line is left out. */
__attribute__((format(printf, 2, 3))) void petr_warn(struct petr_reader *r, const char *format, ...);
struct know_line petr_where(const struct petr_reader *r);
/* "verbs.txt:12" of the line at hand */
struct slice petr_rule(struct petr_reader *r);
/* The number of a word, a new one if need be; 0 when memory ran out. */
uint32_t petr_intern(struct petr_reader *r, struct slice word);
/* The words of a phrase; n = 0 when there is none, or too many (told). */
struct petr_words {
  uint32_t at[PETR_PHRASE_WORDS];
  bool gap[PETR_PHRASE_WORDS];
  uint32_t n;
};
bool petr_words(struct petr_reader *r, struct slice text, struct petr_words *to);
const uint32_t *petr_keep(struct petr_reader *r, const uint32_t *at, uint32_t n);
/* The phrase with these words and of this sort, entered if it is new; NULL when memory ran out.  It dies with the next one. */
struct petr_phrase *petr_phrase_of(struct petr_reader *r, const struct petr_words *words, enum petr_sort sort);
/* "PARTY" -> "PARTIES": the regular plural, as the dictionaries form it; n = 0 when it is too long. */
struct slice petr_plural(struct slice word, char room[PETR_WORD_BYTES]);
/* The first bracket group of the line: what stands in it, and what stands before it.  False: no bracket, or not closed. */
bool petr_bracket(struct slice line, struct slice *before, struct slice *inside, struct slice *behind);
/* "[031:032]" without its brackets */
struct petr_act petr_act_of(struct petr_reader *r, struct slice code);

void petr_actors(struct petr_reader *r);
void petr_agents(struct petr_reader *r);
void petr_discards(struct petr_reader *r);
void petr_verbs(struct petr_reader *r);
/* "PATTERN [CODE]" of the block; false when it was left out. */
bool petr_pattern(struct petr_reader *r, struct slice line, struct petr_block *block);
void petr_transformation(struct petr_reader *r, struct slice line);
/* Elements of "A_&B C" from `text` on; false when it was left out (told). */
struct petr_elements {
  struct petr_element at[PETR_PHRASE_WORDS];
  uint32_t n;
};
bool petr_elements(struct petr_reader *r, struct slice text, struct petr_elements *to);

#endif
