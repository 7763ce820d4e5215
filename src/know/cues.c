/* cues.c: loads the cues and the table of shifts between stances. */
#include "know/cues.h"
#include "base/vec.h"
#include "know/source.h"

struct shift_row {
  enum shift shift;
  struct know_line where;
};

struct cue_list {
  struct cue *first;
};

struct cues {
  struct phrases phrases;
  VEC(struct cue_list) at; /* by lemma */
  struct shift_row shifts[STANCE_COUNT][STANCE_COUNT];
};

static const char *const classes[] = {"verb", "noun", "adjective", "source", "hold", "light", "sure", "around", "any", "mark",
                                       "mute", "turn", "untrue", "outright", "not", "time", "back", "voice", "relay", "former", "blank",
                                       "side", "cease", "nameless", NULL};
static const char *const patterns[] = {"that", "quote", "inf", "obj", "as", "predicate", "number", NULL};
static const char *const certainties[] = {"", "certain", "probable", "possible", "unspecified", NULL};
static const char *const shifts[] = {"", "reversal", "softening", "hardening", NULL};
#define STANCE_TEXT(name, text) text,
static const char *const stances[] = {STANCE_WORDS(STANCE_TEXT) NULL};
#undef STANCE_TEXT

static bool find(const char *const *list, struct slice word, int *to)
{
  for (int i = 0; list[i]; i++)
    if (slice_is(word, list[i])) {
      *to = i;
      return true;
    }
  return false;
}

/* The stance of a cue that is negated where its row does not say it: who does not condemn a thing keeps his view to himself. */
static int negation(enum cue_class class, enum stance stance)
{
  switch (stance) {
  case STANCE_AFFIRMS: return class == CUE_ADJECTIVE ? STANCE_QUESTIONS : STANCE_WITHHOLDS;
  case STANCE_WARNS: return class == CUE_ADJECTIVE ? STANCE_DENIES : STANCE_WITHHOLDS;
  case STANCE_SUPPORTS: return class == CUE_ADJECTIVE ? STANCE_CONDEMNS : STANCE_WITHHOLDS;
  case STANCE_DEFENDS: case STANCE_DEMANDS: case STANCE_THREATENS: case STANCE_PROMISES: case STANCE_REPORTS: case STANCE_ESTIMATES: case STANCE_SUGGESTS:
    return STANCE_WITHHOLDS;
  case STANCE_CONDEMNS: case STANCE_DENIES: return STANCE_EVADES;
  case STANCE_BELIEVES: return STANCE_QUESTIONS;
  case STANCE_INTENDS: return STANCE_DENIES;
  default: return STANCE_COUNT;
  }
}

static bool patterns_read(struct slice column, uint32_t *to)
{
  int pattern;
  while (column.n) {
    struct slice word = slice_cut(&column, '+');
    if (word.n == 0) return false;
    *to |= find(patterns, word, &pattern) ? (uint32_t)1 << pattern : (uint32_t)CUE_PREPOSITION;
  }
  return true;
}

static const char *fill(struct cue *cue, const struct table_row *row)
{
  int class = 0, stance = 0, certainty = 0, negated = STANCE_COUNT, shift = SHIFT_NONE;
  if (row->n < 2 || !find(classes, row->column[1], &class)) return "needs lemma and class; the classes stand at the head of the table";
  bool plain = class == CUE_LIGHT || class == CUE_SURE || class == CUE_AROUND || (class >= CUE_TURN && !(class >= CUE_RELAY && class <= CUE_SIDE));
  if (!plain && !find(stances, row->column[3], &stance)) return "has an unknown stance; the record format lists them";
  if (class == CUE_TURN && (!find(shifts, row->column[3], &shift) || shift == SHIFT_NONE)) return "has an unknown shift: reversal, softening, hardening";
  if (!find(certainties, row->column[4], &certainty)) return "has an unknown certainty: certain, probable, possible, unspecified or none";
  if (row->column[5].n && !find(stances, row->column[5], &negated)) return "has an unknown stance in the last column";
  if (!patterns_read(row->column[2], &cue->patterns)) return "has an empty pattern between two '+'";
  if ((class <= CUE_ADJECTIVE || class == CUE_MUTE || class == CUE_TURN) && cue->patterns == 0) return "needs at least one pattern";
  cue->class = (enum cue_class)class;
  cue->prepositions = row->column[2];
  cue->stance = (enum stance)stance;
  if (negated == STANCE_COUNT && class <= CUE_ADJECTIVE) negated = negation((enum cue_class)class, (enum stance)stance);
  cue->negated = (enum stance)negated;
  cue->shift = (enum shift)shift;
  cue->certainty = certainty == 4 ? CERTAINTY_UNSPECIFIED : (enum certainty)certainty;
  cue->where = row->where;
  return NULL;
}

static enum status add(struct cues *cues, struct cue *cue, struct slice lemma, struct know_source *src, const struct table *table)
{
  uint32_t older;
  enum status status = phrases_add(&cues->phrases, src->arena, lemma, (uint32_t)cues->at.n, &older);
  if (status == ST_USAGE) return table_error(src->error, table, cue->where, "the lemma must be in lower case and of at most %d bytes", PHRASE_BYTES);
  if (status != ST_OK) return know_full(src);
  if (older == MAP_NONE) return vec_push(&cues->at, src->arena, (struct cue_list){cue}) ? ST_OK : know_full(src);
  struct cue *last = cues->at.at[older].first;
  while (last->next) last = (struct cue *)(uintptr_t)last->next; /* rows are ours until the table is loaded */
  last->next = cue;
  return ST_OK;
}

static enum status shifts_load(struct cues *cues, struct know_source *src)
{
  const struct table *table;
  uint16_t index;
  enum status status = know_table(src, "shifts.tsv", &table, &index);
  if (status != ST_OK) return status;
  struct table_reader reader;
  struct table_row row;
  table_begin(&reader, table, index);
  while (table_next(&reader, &row, src->error)) {
    int before = 0, after = 0, shift = 0;
    if (row.n < 3 || !find(stances, row.column[0], &before) || !find(stances, row.column[1], &after) || !find(shifts, row.column[2], &shift))
      return table_error(src->error, table, row.where, "needs two stances and reversal, softening or hardening");
    cues->shifts[before][after] = (struct shift_row){(enum shift)shift, row.where};
  }
  return src->error->code;
}

enum status cues_load_shifts(const struct cues **to, struct know_source *src)
{
  struct cues *cues = arena_new(src->arena, struct cues);
  if (!cues) return know_full(src);
  *to = cues;
  return shifts_load(cues, src);
}

enum status cues_load(const struct cues **to, struct know_source *src)
{
  const struct table *table;
  uint16_t index;
  struct cues *cues = arena_new(src->arena, struct cues);
  if (!cues) return know_full(src);
  *to = cues;
  enum status status = know_table(src, "en/cues.tsv", &table, &index);
  if (status != ST_OK) return status;
  struct table_reader reader;
  struct table_row row;
  table_begin(&reader, table, index);
  while (table_next(&reader, &row, src->error)) {
    struct cue *cue = arena_new(src->arena, struct cue);
    if (!cue) return know_full(src);
    const char *wrong = fill(cue, &row);
    if (wrong) return table_error(src->error, table, row.where, "%s", wrong);
    status = add(cues, cue, row.column[0], src, table);
    if (status != ST_OK) return status;
  }
  return src->error->code == ST_OK ? shifts_load(cues, src) : src->error->code;
}

static const struct cue *of_class(const struct cue *cue, enum cue_class class)
{
  while (cue && cue->class != class) cue = cue->next;
  return cue;
}

const struct cue *cues_find(const struct cues *cues, struct slice lemma, enum cue_class class)
{
  uint32_t index = phrases_find(&cues->phrases, lemma);
  return index == MAP_NONE ? NULL : of_class(cues->at.at[index].first, class);
}

const struct cue *cues_next(const struct cue *cue) { return of_class(cue->next, cue->class); }

const struct cue *cues_at(const struct cues *cues, const struct analysis *a, int32_t first, int32_t end, enum cue_class class, int32_t *length)
{
  uint32_t index = phrases_at(&cues->phrases, a, first, end, false, length);
  return index == MAP_NONE ? NULL : of_class(cues->at.at[index].first, class);
}

bool cue_takes(const struct cue *cue, struct slice preposition)
{
  for (struct slice rest = cue->prepositions; rest.n;)
    if (slice_eq_ascii_case(slice_cut(&rest, '+'), preposition)) return true;
  return false;
}

bool cues_stance(struct slice word, enum stance *to)
{
  int stance = 0;
  if (!find(stances, word, &stance)) return false;
  *to = (enum stance)stance;
  return true;
}

const char *cues_shift_word(enum shift shift) { return shifts[shift]; }

enum shift cues_shift(const struct cues *cues, enum stance before, enum stance after, struct know_line *where)
{
  if (before >= STANCE_COUNT || after >= STANCE_COUNT) return SHIFT_NONE;
  *where = cues->shifts[before][after].where;
  return cues->shifts[before][after].shift;
}
