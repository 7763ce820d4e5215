#include "know/calendar.h"
#include "base/map.h"
#include "know/source.h"

struct calendar {
  struct map by_word;
  struct calendar_word *at;
  uint32_t n;
};

static const char *const class_names[] = {
#define CALENDAR_NAME(name, text) text,
  CALENDAR_LIST(CALENDAR_NAME)
#undef CALENDAR_NAME
};
static const struct { const char *name; uint32_t bit; } flag_names[] = {
  {"cased", CALENDAR_CASED}, {"noun", CALENDAR_NOUN}, {"short", CALENDAR_SHORT},
  {"counted", CALENDAR_COUNTED}, {"deictic", CALENDAR_DEICTIC}, {"anchor", CALENDAR_ANCHOR},
  {"point", CALENDAR_POINT}, {"final", CALENDAR_FINAL}, {"span", CALENDAR_SPAN},
};

static bool flags_find(struct slice list, uint32_t *to)
{
  *to = 0;
  if (slice_is(list, "-")) return true;
  while (list.n) {
    struct slice name = slice_cut(&list, '+');
    uint32_t bit = 0;
    for (size_t i = 0; i < sizeof flag_names / sizeof flag_names[0]; i++)
      if (slice_is(name, flag_names[i].name)) bit = flag_names[i].bit;
    if (!bit) return false;
    *to |= bit;
  }
  return true;
}

enum status calendar_load(const struct calendar **to, struct know_source *src)
{
  const struct table *table;
  uint16_t index;
  enum status status = know_table(src, "en/calendar.tsv", &table, &index);
  if (status != ST_OK) return status;
  size_t lines = 1;
  for (size_t i = 0; i < table->bytes.n; i++) lines += table->bytes.at[i] == '\n';
  struct calendar *calendar = arena_new(src->arena, struct calendar);
  if (calendar) calendar->at = arena_array(src->arena, struct calendar_word, lines);
  if (!calendar || !calendar->at) return know_full(src);
  struct table_reader reader;
  struct table_row row;
  table_begin(&reader, table, index);
  while (table_next(&reader, &row, src->error)) {
    if (row.n != 4 || !row.column[0].n) return table_error(src->error, table, row.where, "needs word, class, value and flags, parted by tabs");
    struct calendar_word word = {.class = CALENDAR_CLASSES, .value = row.column[2], .where = row.where};
    for (int i = 0; i < CALENDAR_CLASSES; i++)
      if (slice_is(row.column[1], class_names[i])) word.class = (enum calendar_class)i;
    if (word.class == CALENDAR_CLASSES)
      return table_error(src->error, table, row.where, "\"%.*s\" is no class: see the head of the table", SLICE_ARG(row.column[1]));
    if (!flags_find(row.column[3], &word.flags))
      return table_error(src->error, table, row.where, "\"%.*s\" is no list of flags: see the head of the table", SLICE_ARG(row.column[3]));
    if (!slice_to_i64(word.value, &word.number)) word.number = 0;
    uint32_t *slot = map_add(&calendar->by_word, src->arena, row.column[0], MAP_NONE);
    if (!slot) return know_full(src);
    if (*slot != MAP_NONE) word.next = &calendar->at[*slot];
    *slot = calendar->n;
    calendar->at[calendar->n++] = word;
  }
  *to = calendar;
  return src->error->code;
}

const struct calendar_word *calendar_any(const struct calendar *calendar, struct slice word)
{
  uint32_t i = map_get(&calendar->by_word, word);
  return i == MAP_NONE ? NULL : &calendar->at[i];
}

const struct calendar_word *calendar_find(const struct calendar *calendar, struct slice word, enum calendar_class class)
{
  for (const struct calendar_word *w = calendar_any(calendar, word); w; w = w->next)
    if (w->class == class) return w;
  return NULL;
}
