/* towns_index.c: makes the index of a gazetteer; see towns_index.h for its layout. */
#include "know/towns_index.h"
#include "know/name_key.h"

#define COLUMNS 15

bool town_line(struct slice line, struct town_line *to)
{
  struct slice column[COLUMNS] = {{0}};
  size_t n = 0;
  if (line.n == 0 || line.at[0] == '#') return false;
  for (bool more = true; more && n < COLUMNS; n++) {
    more = line.n && memchr(line.at, '\t', line.n);
    column[n] = slice_cut(&line, '\t');
  }
  *to = (struct town_line){column[0], column[1], column[4], column[5], column[6], column[8], column[10], column[14]};
  return n == COLUMNS && to->name.n && to->class.n == 1 && to->class.at[0] == 'P';
}

bool towns_are(struct slice bytes)
{
  struct town_line town;
  double number;
  for (int lines = 0; bytes.n && lines < 200; lines++) {
    struct slice line = slice_cut(&bytes, '\n'), rest = line;
    size_t tabs = 0;
    if (line.n == 0 || line.at[0] == '#') continue;
    for (; rest.n && memchr(rest.at, '\t', rest.n); tabs++) slice_cut(&rest, '\t');
    if (tabs < COLUMNS - 1) return false;
    if (!town_line(line, &town)) continue; /* a mountain */
    return slice_to_double(town.lat, &number) && slice_to_double(town.lon, &number) && town.country.n == 2;
  }
  return false;
}

/* Gives each town's key and place. */
struct each {
  struct slice bytes;
  size_t place;
  char key[NAME_BYTES];
};

static bool next_town(struct each *e, struct slice *key, uint32_t *place)
{
  while (e->place < e->bytes.n) {
    struct slice rest = slice_sub(e->bytes, e->place, e->bytes.n), line = slice_cut(&rest, '\n');
    struct town_line town;
    *place = (uint32_t)e->place;
    e->place += line.n + 1;
    if (!town_line(line, &town)) continue;
    *key = (struct slice){e->key, name_key(town.name, e->key)};
    if (key->n) return true;
  }
  return false;
}

void towns_index(struct slice bytes, struct arena *arena, struct slice *to)
{
  struct each each = {.bytes = bytes};
  struct slice key;
  uint32_t place, n = 0, n_slots = 8;
  *to = (struct slice){0};
  if (bytes.n >= TOWNS_MOST) return;
  while (next_town(&each, &key, &place)) n++;
  while (n_slots / 4 * 3 <= n) n_slots *= 2;
  uint32_t n_blocks = (uint32_t)(bytes.n / TOWNS_BLOCK + 1);
  size_t at_starts = sizeof(struct towns_header), at_blocks = at_starts + TOWNS_STARTS, at_slots = (at_blocks + n_blocks * sizeof(uint32_t) + 7) & ~(size_t)7;
  size_t all = at_slots + n_slots * sizeof(struct towns_slot);
  char *made = arena_zalloc(arena, 1, all);
  if (!made) return;
  struct towns_header header = {.magic = TOWNS_MAGIC, .bytes = bytes.n, .n_slots = n_slots, .n_blocks = n_blocks};
  memcpy(made, &header, sizeof header);
  uint8_t *starts = (uint8_t *)made + at_starts;
  uint32_t *blocks = (uint32_t *)(void *)(made + at_blocks), lines = 0;
  struct towns_slot *slots = (struct towns_slot *)(void *)(made + at_slots);
  for (size_t i = 0; i < bytes.n; i++) {
    if (i % TOWNS_BLOCK == 0) blocks[i / TOWNS_BLOCK] = lines;
    lines += bytes.at[i] == '\n';
  }
  for (each.place = 0; next_town(&each, &key, &place);) {
    uint64_t hash = slice_hash(key);
    uint8_t *longest = &starts[slice_hash(name_first_word(key)) & (TOWNS_STARTS - 1)];
    if (key.n > *longest) *longest = (uint8_t)key.n;
    uint32_t i = (uint32_t)hash & (n_slots - 1);
    while (slots[i].place) i = (i + 1) & (n_slots - 1);
    slots[i] = (struct towns_slot){place + 1, (uint32_t)(hash >> 32)};
  }
  *to = (struct slice){made, all};
}
