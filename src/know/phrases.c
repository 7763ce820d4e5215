/* phrases.c: a key is put together on the stack, word by word, and looked up at each length; the longest hit wins. */
#include "know/phrases.h"

struct key {
  char bytes[PHRASE_BYTES];
  size_t n;
};

/* Adds the bytes of one word in lower case; false when the key is full. */
static bool put(struct key *key, struct slice word)
{
  for (size_t i = 0; i < word.n; i++) {
    if (key->n == PHRASE_BYTES) return false;
    unsigned char c = (unsigned char)word.at[i];
    if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + 32);
    if (c == 0xE2 && i + 2 < word.n && (unsigned char)word.at[i + 1] == 0x80 && (unsigned char)word.at[i + 2] == 0x99) {
      c = '\''; /* U+2019 */
      i += 2;
    }
    key->bytes[key->n++] = (char)c;
  }
  return true;
}

static bool put_token(struct key *key, const struct token *t, bool lemma)
{
  if (key->n && !put(key, SLICE(" "))) return false;
  return put(key, lemma && t->lemma.n ? t->lemma : t->form);
}

enum status phrases_add(struct phrases *p, struct arena *arena, struct slice phrase, uint32_t value, uint32_t *older)
{
  if (phrase.n == 0 || phrase.n > PHRASE_BYTES) return ST_USAGE;
  for (size_t i = 0; i < phrase.n; i++)
    if (phrase.at[i] >= 'A' && phrase.at[i] <= 'Z') return ST_USAGE;
  *older = map_get(&p->map, phrase);
  if (*older != MAP_NONE) return ST_OK;
  return map_add(&p->map, arena, phrase, value) ? ST_OK : ST_MEMORY;
}

uint32_t phrases_find(const struct phrases *p, struct slice phrase)
{
  struct key key = {.n = 0};
  if (!put(&key, phrase)) return MAP_NONE;
  return map_get(&p->map, (struct slice){key.bytes, key.n});
}

uint32_t phrases_at(const struct phrases *p, const struct analysis *a, int32_t first, int32_t end, bool lemmas, int32_t *length)
{
  struct key key = {.n = 0};
  uint32_t best = MAP_NONE;
  *length = 0;
  for (int32_t i = first; i < end && i - first < PHRASE_WORDS; i++) {
    if (!put_token(&key, &a->tokens[i], lemmas)) break;
    uint32_t value = map_get(&p->map, (struct slice){key.bytes, key.n});
    if (value == MAP_NONE) continue;
    best = value;
    *length = i - first + 1;
  }
  return best;
}

uint32_t phrases_before(const struct phrases *p, const struct analysis *a, int32_t first, int32_t end, int32_t *length)
{
  *length = 0;
  for (int32_t n = PHRASE_WORDS; n >= 1; n--) {
    if (end - n < first) continue;
    struct key key = {.n = 0};
    bool whole = true;
    for (int32_t i = end - n; whole && i < end; i++) whole = put_token(&key, &a->tokens[i], false);
    uint32_t value = whole ? map_get(&p->map, (struct slice){key.bytes, key.n}) : MAP_NONE;
    if (value == MAP_NONE) continue;
    *length = n;
    return value;
  }
  return MAP_NONE;
}
