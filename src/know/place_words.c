#include "know/place_words.h"
#include "know/word_classes.h"

struct place_words {
  struct word_classes classes;
};

_Static_assert(PLACE_WORD_COUNT <= WORD_CLASSES_MOST, "a map for each class");

enum status place_words_load(const struct place_words **to, struct know_source *src)
{
  static const char *const names[PLACE_WORD_COUNT] = {
    [PLACE_WORD_SITE] = "site", [PLACE_WORD_REACH] = "reach", [PLACE_WORD_PARTNER] = "partner", [PLACE_WORD_WHOLE] = "whole", [PLACE_WORD_APART] = "apart"};
  struct place_words *words = arena_new(src->arena, struct place_words);
  *to = words;
  return words ? word_classes_load(&words->classes, src, "en/place_words.tsv", names, PLACE_WORD_COUNT) : know_full(src);
}

struct know_line place_words_find(const struct place_words *words, struct slice lemma, enum place_word as)
{
  return word_classes_find(&words->classes, lemma, as);
}
