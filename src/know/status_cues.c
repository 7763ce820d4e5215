/* status_cues.c: loads data/en/status.tsv: kind, words parted by commas, effect, and perhaps "to" (only a to-infinitive) or a preposition. */
#include "know/status_cues.h"
#include "base/map.h"
#include "base/vec.h"
#include "know/source.h"

#define KEY_MOST 80

struct status_cues {
  struct map map;                 /* "k lemma" -> index; k = 'a' + kind */
  VEC(struct status_cue *) at;
};

static const char *const kinds[STATUS_CUE_KINDS] = {"negator", "modal", "condition", "mark", "verb", "noun", "adj", "subject", "purpose", "modifier", "focus",
                                                    "quantifier", "degree", "said", "inverted"};

static const struct { const char *name; enum status_effect effect; } effects[] = {
  {"through", EFFECT_THROUGH}, {"actual", EFFECT_ACTUAL}, {"planned", EFFECT_PLANNED}, {"possible", EFFECT_POSSIBLE},
  {"conditional", EFFECT_CONDITIONAL}, {"requested", EFFECT_REQUESTED}, {"denied", EFFECT_DENIED}, {"negated", EFFECT_NEGATED},
  {"future-in-past", EFFECT_FUTURE_IN_PAST}, {"fact", EFFECT_FACT}, {"doubt", EFFECT_DOUBT}, {"evidence", EFFECT_EVIDENCE},
  {"excluded", EFFECT_EXCLUDED}, {"threat", EFFECT_THREAT}, {"time", EFFECT_TIME}, {"wish", EFFECT_WISH}, {"need", EFFECT_NEED}};

static struct slice key_of(char room[KEY_MOST], enum status_cue_kind kind, struct slice lemma)
{
  if (lemma.n + 2 > KEY_MOST) return (struct slice){0};
  room[0] = (char)('a' + (int)kind);
  room[1] = ' ';
  memcpy(room + 2, lemma.at, lemma.n);
  return (struct slice){room, lemma.n + 2};
}

const struct status_cue *status_cues_at(const struct status_cues *cues, enum status_cue_kind kind, struct slice lemma)
{
  char room[KEY_MOST];
  if (lemma.n == 0) return NULL;
  struct slice key = key_of(room, kind, lemma);
  uint32_t at = key.n ? map_get(&cues->map, key) : MAP_NONE;
  return at == MAP_NONE ? NULL : cues->at.at[at];
}

/* ST_REFUSED: it is there already. */
static enum status add(struct status_cues *cues, struct know_source *src, enum status_cue_kind kind, struct slice word, struct status_cue cue)
{
  char room[KEY_MOST];
  struct status_cue *own = arena_new(src->arena, struct status_cue);
  struct slice key = slice_copy(src->arena, key_of(room, kind, word));
  if (!own || !key.at) return know_full(src);
  *own = cue;
  uint32_t old = map_get(&cues->map, key);
  if (old != MAP_NONE) {
    for (const struct status_cue *same = cues->at.at[old]; same; same = same->next)
      if (same->infinitive == own->infinitive && slice_eq(same->with, own->with)) return ST_REFUSED;
    /* those with a narrower condition come first as they are asked first */
    own->next = cues->at.at[old];
    if (!own->infinitive && !own->with.n) {
      struct status_cue *last = cues->at.at[old];
      while (last->next) last = (struct status_cue *)(uintptr_t)last->next;
      last->next = own;
      own->next = NULL;
      return ST_OK;
    }
    cues->at.at[old] = own;
    return ST_OK;
  }
  if (!map_add(&cues->map, src->arena, key, (uint32_t)cues->at.n)) return know_full(src);
  return vec_push(&cues->at, src->arena, own) ? ST_OK : know_full(src);
}

static enum status read_row(struct status_cues *cues, struct know_source *src, const struct table *table, const struct table_row *row)
{
  if (row->n < 3 || row->n > 4) return table_error(src->error, table, row->where, "needs kind, words and effect, and perhaps a preposition, parted by tabs");
  int kind = 0;
  while (kind < STATUS_CUE_KINDS && !slice_is(row->column[0], kinds[kind])) kind++;
  if (kind == STATUS_CUE_KINDS) return table_error(src->error, table, row->where, "unknown kind \"%.*s\"", SLICE_ARG(row->column[0]));
  struct status_cue cue = {.where = row->where};
  for (size_t i = 0; i < sizeof effects / sizeof effects[0]; i++)
    if (slice_is(row->column[2], effects[i].name)) cue.effect = effects[i].effect;
  if (cue.effect == EFFECT_NONE) return table_error(src->error, table, row->where, "unknown effect \"%.*s\"", SLICE_ARG(row->column[2]));
  cue.infinitive = slice_is(row->column[3], "to-infinitive");
  if (!cue.infinitive) cue.with = row->column[3];
  struct slice words = row->column[1];
  while (words.n) {
    struct slice word = slice_trim(slice_cut(&words, ','));
    if (word.n == 0 || word.n + 2 > KEY_MOST) return table_error(src->error, table, row->where, "an empty or too long word");
    enum status status = add(cues, src, (enum status_cue_kind)kind, word, cue);
    if (status == ST_REFUSED) return table_error(src->error, table, row->where, "\"%.*s\" stands twice in this kind with this condition", SLICE_ARG(word));
    if (status != ST_OK) return status;
  }
  return ST_OK;
}

enum status status_cues_load(const struct status_cues **to, struct know_source *src)
{
  struct status_cues *cues = arena_new(src->arena, struct status_cues);
  const struct table *table;
  uint16_t index;
  if (!cues) return know_full(src);
  enum status status = know_table(src, "en/status.tsv", &table, &index);
  if (status != ST_OK) return status;
  struct table_reader reader;
  struct table_row row;
  for (table_begin(&reader, table, index); status == ST_OK && table_next(&reader, &row, src->error);) status = read_row(cues, src, table, &row);
  *to = cues;
  return status == ST_OK ? src->error->code : status;
}
