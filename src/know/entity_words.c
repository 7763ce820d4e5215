#include "know/entity_words.h"
#include "know/word_classes.h"

struct entity_words {
  struct word_classes classes;
};

_Static_assert(ENTITY_WORD_COUNT <= WORD_CLASSES_MOST, "a map for each class");

enum status entity_words_load(const struct entity_words **to, struct know_source *src)
{
  static const char *const names[ENTITY_WORD_COUNT] = {[ENTITY_WORD_OF] = "of",         [ENTITY_WORD_AS] = "as",   [ENTITY_WORD_CREDIT] = "credit",
                                                       [ENTITY_WORD_CALLED] = "called", [ENTITY_WORD_ONE] = "one", [ENTITY_WORD_GENERATION] = "generation"};
  struct entity_words *words = arena_new(src->arena, struct entity_words);
  *to = words;
  return words ? word_classes_load(&words->classes, src, "en/entity_words.tsv", names, ENTITY_WORD_COUNT) : know_full(src);
}

bool entity_words_is(const struct entity_words *words, struct slice word, enum entity_word as)
{
  return word_classes_find(&words->classes, word, as).table != 0;
}
