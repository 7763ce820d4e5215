/* names.c: look-up of names by their spelling; see name_key.h for the keys, names_build.h for the maps, towns.h for small towns. */
#include "know/names.h"
#include "know/names_build.h"

/* Lower case of the ASCII letters; all is in capitals when there are four of them or more and none is small. */
static bool lower_capitals(struct slice key, char to[NAME_BYTES])
{
  size_t letters = 0;
  for (size_t i = 0; i < key.n; i++) {
    char c = key.at[i];
    if (c >= 'a' && c <= 'z') return false;
    if (c >= 'A' && c <= 'Z') {
      letters++;
      c = (char)(c - 'A' + 'a');
    }
    to[i] = c;
  }
  return letters >= 4;
}

static void lower(struct slice key, char *to)
{
  for (size_t i = 0; i < key.n; i++) to[i] = key.at[i] >= 'A' && key.at[i] <= 'Z' ? (char)(key.at[i] - 'A' + 'a') : key.at[i];
}

/* ---- building ---- */

/* `word` begins a key of `n` bytes */
static bool note_start(struct names *names, struct map *starts, struct slice word, size_t n)
{
  uint32_t *longest = map_add(starts, names->arena, word, 0);
  if (!longest) return false;
  if (n > *longest) *longest = (uint32_t)n;
  return true;
}

/* A headline in capitals seldom names a small town; leaving these out halves the time of loading. */
#define CAPITALS_TOWN 100000
static bool in_capitals(const struct sense *s)
{
  return s->kind != SENSE_PLACE || s->toponym->kind != PLACE_CITY || s->toponym->population >= CAPITALS_TOWN;
}

static bool new_list(struct names *names, struct slice key, bool capitals, uint32_t **to)
{
  uint32_t list = (uint32_t)names->lists.n;
  if (!vec_push(&names->lists, names->arena, (struct sense_list){NULL, NULL})) return false;
  if (!(*to = map_add(&names->exact, names->arena, key, list)) || !note_start(names, &names->starts, name_first_word(key), key.n)) return false;
  if (!capitals) return true;
  char *small = arena_alloc(names->arena, key.n);
  if (!small) return false;
  lower(key, small);
  struct slice low = {small, key.n};
  return map_add(&names->capitals, names->arena, low, list) && note_start(names, &names->capital_starts, name_first_word(low), key.n);
}

static bool same_sense(const struct sense *a, const struct sense *b)
{
  return a->kind == b->kind && a->actor == b->actor && a->toponym == b->toponym;
}

static enum add_result add_key(struct names *names, struct slice key, struct sense sense, struct know_line *before)
{
  uint32_t at = map_get(&names->exact, key), *list = &at;
  if (at == MAP_NONE) {
    struct slice kept = slice_copy(names->arena, key);
    if (!kept.at || !new_list(names, kept, in_capitals(&sense), &list)) return ADD_FULL;
  }
  struct sense_list *senses = &names->lists.at[*list];
  for (const struct sense *s = senses->first; s; s = s->next)
    if (same_sense(s, &sense)) {
      *before = s->where;
      return ADD_TWICE;
    }
  struct sense *copy = arena_new(names->arena, struct sense);
  if (!copy) return ADD_FULL;
  *copy = sense;
  copy->next = NULL;
  if (senses->last) senses->last->next = copy;
  else senses->first = copy;
  senses->last = copy;
  return ADD_OK;
}

enum add_result names_add(struct names *names, struct slice spelling, struct sense sense, struct know_line *before)
{
  char bytes[NAME_BYTES];
  struct slice key = {bytes, name_key(spelling, bytes)};
  if (key.n == 0) return ADD_BAD;
  enum add_result result = add_key(names, key, sense, before);
  if (result != ADD_OK || !(bytes[0] >= 'a' && bytes[0] <= 'z')) return result;
  bytes[0] = (char)(bytes[0] - 'a' + 'A'); /* "al-Qaeda" at the beginning of a sentence */
  struct know_line ignored;
  result = add_key(names, key, sense, &ignored);
  return result == ADD_TWICE ? ADD_OK : result;
}

/* ---- looking up ---- */

static const struct sense *find_key(const struct names *names, struct slice key, bool towns)
{
  uint32_t list = map_get(&names->exact, key);
  const struct sense *town = towns ? towns_find(names->towns, key, list == MAP_NONE ? NULL : names->lists.at[list].first) : NULL;
  if (town) return town;
  if (list == MAP_NONE) {
    char small[NAME_BYTES];
    if (!lower_capitals(key, small)) return NULL;
    list = map_get(&names->capitals, (struct slice){small, key.n});
    if (list == MAP_NONE) return NULL;
  }
  return names->lists.at[list].first;
}

/* Bytes of the longest key that may begin here; 0: none. */
static size_t longest_from(const struct names *names, struct slice key, bool towns)
{
  struct slice word = name_first_word(key);
  uint32_t exact = map_get(&names->starts, word), low = MAP_NONE;
  char small[NAME_BYTES];
  if (word.at[0] >= 'A' && word.at[0] <= 'Z') {
    lower(word, small);
    low = map_get(&names->capital_starts, (struct slice){small, word.n});
  }
  size_t n = exact == MAP_NONE ? 0 : exact, town = towns ? towns_longest(names->towns, word) : 0;
  if (town > n) n = town;
  return low != MAP_NONE && low > n ? low : n;
}

static const struct sense *match(const struct names *names, const struct analysis *a, int32_t first, int32_t end, int32_t *length, bool towns)
{
  const struct sense *best = NULL;
  uint32_t begin = token_span(a, first).begin;
  size_t longest = 0;
  *length = 0;
  for (int32_t t = first; t < end; t++) {
    struct span here = token_span(a, t);
    if (here.end < begin || here.end - begin > 2 * NAME_BYTES) break;
    char bytes[NAME_BYTES];
    struct slice key = {bytes, name_key(slice_sub(a->text, begin, here.end), bytes)};
    if (key.n == 0) break;
    if (t == first && (longest = longest_from(names, key, towns)) == 0) break;
    if (key.n > longest) break;
    const struct sense *found = find_key(names, key, towns);
    if (!found) continue;
    best = found;
    *length = t - first + 1;
  }
  return best;
}

const struct sense *names_match(const struct names *names, const struct analysis *a, int32_t first, int32_t end, int32_t *length)
{
  return match(names, a, first, end, length, false);
}

const struct sense *names_match_towns(const struct names *names, const struct analysis *a, int32_t first, int32_t end, int32_t *length)
{
  return match(names, a, first, end, length, true);
}

const struct sense *names_find(const struct names *names, struct slice spelling)
{
  char bytes[NAME_BYTES];
  struct slice key = {bytes, name_key(spelling, bytes)};
  return key.n ? find_key(names, key, false) : NULL;
}

const struct sense *names_find_towns(const struct names *names, struct slice spelling)
{
  char bytes[NAME_BYTES];
  struct slice key = {bytes, name_key(spelling, bytes)};
  return key.n ? find_key(names, key, true) : NULL;
}

const struct sense *names_country(const struct names *names, struct slice alpha3)
{
  uint32_t at = map_get(&names->country_codes, alpha3);
  return at == MAP_NONE ? NULL : names->countries.at[at];
}
