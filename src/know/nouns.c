/* nouns.c: the table of political nouns as a map from lemma to noun, and its look-up in a text. */
#include "know/nouns.h"
#include "base/map.h"
#include "know/source.h"

#define TABLE "en/nouns.tsv"

struct nouns {
  struct map by_lemma;
  struct noun *at;
  uint32_t n;
};

static const struct { const char *name; uint32_t bit; } flag_names[] = {
  {"office", NOUN_OFFICE}, {"person", NOUN_PERSON}, {"group", NOUN_GROUP}, {"body", NOUN_BODY}, {"spokes", NOUN_SPOKES},
  {"head", NOUN_HEAD_OF_STATE}, {"expert", NOUN_EXPERT}, {"document", NOUN_DOCUMENT}, {"former", NOUN_FORMER},
  {"male", NOUN_MALE}, {"female", NOUN_FEMALE}, {"link", NOUN_LINK}, {"honorific", NOUN_HONORIFIC}, {"firm", NOUN_FIRM},
};

static bool flags_find(struct slice list, uint32_t *to)
{
  *to = 0;
  while (list.n) {
    struct slice name = slice_trim(slice_cut(&list, '+'));
    uint32_t bit = 0;
    for (size_t i = 0; i < sizeof flag_names / sizeof flag_names[0]; i++)
      if (slice_is(name, flag_names[i].name)) bit = flag_names[i].bit;
    if (!bit) return false;
    *to |= bit;
  }
  return *to != 0;
}

/* A lemma that stands on two lines is one noun: flags of both, sectors and place of the first that has sectors. */
static enum status add(struct nouns *nouns, struct know_source *src, const struct noun *noun)
{
  uint32_t *slot = map_add(&nouns->by_lemma, src->arena, noun->lemma, nouns->n);
  if (!slot) return know_full(src);
  if (*slot == nouns->n) {
    nouns->at[nouns->n++] = *noun;
    return ST_OK;
  }
  struct noun *old = &nouns->at[*slot];
  uint32_t flags = old->flags | noun->flags;
  if (old->sectors[0] == SECTOR_NONE) *old = *noun;
  old->flags = flags;
  return ST_OK;
}

enum status nouns_load(const struct nouns **to, struct know_source *src)
{
  const struct table *table;
  uint16_t index;
  enum status status = know_table(src, TABLE, &table, &index);
  if (status != ST_OK) return status;
  size_t lines = 1;
  for (size_t i = 0; i < table->bytes.n; i++) lines += table->bytes.at[i] == '\n';
  struct nouns *nouns = arena_new(src->arena, struct nouns);
  if (nouns) nouns->at = arena_array(src->arena, struct noun, lines);
  if (!nouns || !nouns->at) return know_full(src);
  struct table_reader reader;
  struct table_row row;
  table_begin(&reader, table, index);
  while (table_next(&reader, &row, src->error)) {
    if (row.n != 3) return table_error(src->error, table, row.where, "needs lemma, sectors and flags, parted by tabs");
    struct noun noun = {.lemma = row.column[0], .where = row.where};
    if (noun.lemma.n == 0 || noun.lemma.n > NOUN_LEMMA_MOST)
      return table_error(src->error, table, row.where, "a lemma has 1 to %d bytes", NOUN_LEMMA_MOST);
    struct slice sectors = slice_is(row.column[1], "-") ? (struct slice){0} : row.column[1];
    if (!sectors_find(sectors, noun.sectors))
      return table_error(src->error, table, row.where, "\"%.*s\" is no list of sectors: write one to %d as in GOV+MIL, or -",
                         SLICE_ARG(sectors), SECTORS_MAX);
    if (!flags_find(row.column[2], &noun.flags))
      return table_error(src->error, table, row.where, "\"%.*s\" is no list of flags: see the head of the table", SLICE_ARG(row.column[2]));
    if (add(nouns, src, &noun) != ST_OK) return src->error->code;
  }
  *to = nouns;
  return src->error->code;
}

const struct noun *nouns_find(const struct nouns *nouns, struct slice lemma)
{
  uint32_t i = map_get(&nouns->by_lemma, lemma);
  return i == MAP_NONE ? NULL : &nouns->at[i];
}

/* Appends a word in lower case (ASCII; other bytes as they are) to a key; false when it grows too long. */
static bool key_put(char *key, size_t *n, struct slice word, bool blank)
{
  if (*n + word.n + 1 > NOUN_LEMMA_MOST) return false;
  if (blank) key[(*n)++] = ' ';
  for (size_t i = 0; i < word.n; i++) {
    char c = word.at[i];
    key[(*n)++] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
  }
  return true;
}

/* The noun spelled by the tokens [first, end): all words as written but the head, which is spelled `of_head`. */
static const struct noun *spelled(const struct nouns *nouns, const struct analysis *a, int32_t first, int32_t end, int32_t head, struct slice of_head)
{
  char key[NOUN_LEMMA_MOST + 1];
  size_t n = 0;
  for (int32_t t = first; t < end; t++) {
    struct slice word = t == head ? of_head : a->tokens[t].form;
    bool blank = t > first && a->tokens[t - 1].space_after && !(a->tokens[t].in_mwt && !a->tokens[t].mwt_begins);
    if (!key_put(key, &n, word, blank)) return NULL;
  }
  return nouns_find(nouns, (struct slice){key, n});
}

#define BEFORE 3 /* words of an entry in front of its head, and behind it */
#define BEHIND 4

const struct noun *nouns_match(const struct nouns *nouns, const struct analysis *a, int32_t head, int32_t *first, int32_t *end)
{
  const struct sentence *s = &a->sentences[a->tokens[head].sentence];
  int32_t from = head - BEFORE < s->first ? s->first : head - BEFORE, to = head + 1 + BEHIND > s->end ? s->end : head + 1 + BEHIND;
  const struct noun *best = NULL;
  for (int32_t b = from; b <= head; b++)
    for (int32_t e = to; e > head; e--) {
      if (best && e - b <= *end - *first) continue;
      const struct noun *noun = spelled(nouns, a, b, e, head, a->tokens[head].form);
      if (!noun) noun = spelled(nouns, a, b, e, head, a->tokens[head].lemma);
      /* the lemma of a name keeps its plural: "Officials" */
      struct slice form = a->tokens[head].form;
      if (!noun && a->tokens[head].upos == UPOS_PROPN && form.n > 3 && form.at[form.n - 1] == 's')
        noun = spelled(nouns, a, b, e, head, slice_sub(form, 0, form.n - 1));
      if (!noun) continue;
      best = noun;
      *first = b;
      *end = e;
    }
  return best;
}
