/* petrarch.c: words, lines and phrases of the dictionaries; what the readers of the four kinds share, and the order in which they run.
 *
 * After PETRARCH's PETRreader.py and docs (MIT), read from their documentation; where program and documentation differ, the documented
 * rule holds. */
#include "base/utf8.h"
#include "know/petrarch_build.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

/* ---- words ---- */

static bool parts_words(uint32_t c) { return c <= ' ' || c == '_' || c == '-' || c == '(' || c == ')' || c == 0xA0 || (c >= 0x2010 && c <= 0x2014); }
static bool is_apostrophe(uint32_t c) { return c == '\'' || c == 0x2019 || c == 0x2018; }

/* Writes a letter in capitals without its marks; false when the room is full. */
static bool put_capital(char *room, size_t *n, uint32_t c)
{
  utf8proc_int32_t parts[16];
  int last_class = 0;
  utf8proc_ssize_t got = 1;
  parts[0] = (utf8proc_int32_t)c;
  if (c >= 0x80) got = utf8proc_decompose_char((utf8proc_int32_t)c, parts, 16, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK, &last_class);
  for (utf8proc_ssize_t i = 0; i < got && i < 16; i++) {
    char bytes[4];
    size_t width = utf8_put((uint32_t)utf8proc_toupper(parts[i]), bytes);
    if (*n + width > PETR_WORD_BYTES) return false;
    memcpy(room + *n, bytes, width);
    *n += width;
  }
  return true;
}

/* Does a word end here, before an apostrophe that begins 's or comes within n't? */
static bool clitic_at(struct slice s, size_t at)
{
  size_t next = at;
  if (at >= s.n) return false;
  uint32_t c = utf8_next(s, &next);
  if (c == 'n' || c == 'N') {
    c = next < s.n ? utf8_next(s, &next) : 0;
    if (!is_apostrophe(c) || next >= s.n) return false;
    c = utf8_next(s, &next);
    if (c != 't' && c != 'T') return false;
  } else {
    if (!is_apostrophe(c) || next >= s.n) return false;
    c = utf8_next(s, &next);
    if (c != 's' && c != 'S') return false;
  }
  return next >= s.n || parts_words((unsigned char)s.at[next]);
}

/* Signs that are no part of a word. */
static bool is_sign(uint32_t c)
{
  return c == UTF8_BAD || c == '`' || c == '"' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == 0x201C || c == 0x201D || is_apostrophe(c);
}

/* The bytes [begin, end) as a word; n = 0 when it holds signs alone. */
static struct slice capitals(struct slice s, char room[PETR_WORD_BYTES])
{
  bool clitic = clitic_at(s, 0);
  size_t n = 0, at = 0;
  while (at < s.n) {
    uint32_t c = utf8_next(s, &at);
    if (is_sign(c) && !(clitic && is_apostrophe(c))) continue;
    if (!put_capital(room, &n, is_apostrophe(c) ? '\'' : c)) return (struct slice){room, n}; /* nobody tells longer words apart */
  }
  while (n > 1 && room[n - 1] == '.') n--;
  return (struct slice){room, n};
}

struct slice petr_next_word(struct slice *rest, char room[PETR_WORD_BYTES], bool *joined)
{
  *joined = true;
  while (rest->n) {
    struct slice s = *rest;
    size_t at = 0;
    for (size_t next = 0; at < s.n; at = next) { /* what parts words */
      uint32_t c = utf8_next(s, &next);
      if (!parts_words(c)) break;
      if (c <= ' ' || c == 0xA0) *joined = false;
    }
    size_t begin = at;
    for (size_t next = at; at < s.n; at = next)
      if (parts_words(utf8_next(s, &next)) || (at > begin && clitic_at(s, at))) break;
    *rest = slice_sub(s, at, s.n);
    struct slice word = capitals(slice_sub(s, begin, at), room);
    if (word.n) return word;
  }
  return (struct slice){0};
}

uint32_t petr_intern(struct petr_reader *r, struct slice word)
{
  struct petrarch *to = r->to;
  uint32_t id = map_get(&to->words, word);
  if (id != MAP_NONE) return id;
  struct slice own = slice_copy(r->arena, word);
  if (!own.at || !map_add(&to->words, r->arena, own, to->n_words + 1)) {
    r->full = true;
    return 0;
  }
  return ++to->n_words;
}

bool petr_words(struct petr_reader *r, struct slice text, struct petr_words *to)
{
  char room[PETR_WORD_BYTES];
  bool joined;
  to->n = 0;
  for (struct slice rest = text;;) {
    struct slice word = petr_next_word(&rest, room, &joined);
    if (word.n == 0) break;
    if (to->n == PETR_PHRASE_WORDS) {
      petr_warn(r, "more than %d words in one phrase", PETR_PHRASE_WORDS);
      return false;
    }
    to->gap[to->n] = to->n > 0 && !joined;
    if (!(to->at[to->n++] = petr_intern(r, word))) return false;
  }
  if (to->n == 0) petr_warn(r, "no word in the phrase");
  return to->n > 0;
}

const uint32_t *petr_keep(struct petr_reader *r, const uint32_t *at, uint32_t n)
{
  uint32_t *own = arena_array(r->arena, uint32_t, n);
  if (!own) r->full = true;
  else memcpy(own, at, n * sizeof *own);
  return own;
}

struct slice petr_plural(struct slice word, char room[PETR_WORD_BYTES])
{
  size_t n = word.n;
  if (n == 0 || n + 3 > PETR_WORD_BYTES) return (struct slice){0};
  memmove(room, word.at, n);
  char last = room[n - 1];
  const char *ending = last == 'Y' ? "IES" : last == 'S' ? "ES" : "S";
  if (last == 'Y') n--;
  for (const char *c = ending; *c; c++) room[n++] = *c;
  return (struct slice){room, n};
}

/* ---- lines ---- */

struct know_line petr_where(const struct petr_reader *r) { return (struct know_line){r->index, r->line}; }

void petr_warn(struct petr_reader *r, const char *format, ...)
{
  struct error line = {ST_OK, ""};
  char what[300];
  va_list args;
  va_start(args, format);
  vsnprintf(what, sizeof what, format, args);
  va_end(args);
  table_error(&line, r->table, petr_where(r), "%s: the line is left out", what);
  struct slice own = slice_copy(r->arena, slice_of(line.message));
  if (!own.at || !vec_push(&r->to->warnings, r->arena, own)) r->full = true;
}

struct slice petr_rule(struct petr_reader *r)
{
  char text[200];
  int n = snprintf(text, sizeof text, "%.*s:%u", SLICE_ARG(r->base), (unsigned)r->line);
  struct slice own = slice_copy(r->arena, (struct slice){text, n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1});
  if (!own.at) r->full = true;
  return own;
}

/* What is no comment of "a <!-- b --> c # d". */
static struct slice without_comment(struct petr_reader *r, struct slice line)
{
  if (r->in_comment) {
    size_t end = slice_find(line, SLICE("-->"));
    if (end == SIZE_MAX) return (struct slice){0};
    r->in_comment = false;
    line = slice_sub(line, end + 3, line.n);
  }
  size_t begin = slice_find(line, SLICE("<!--"));
  if (begin != SIZE_MAX) {
    r->in_comment = slice_find(slice_sub(line, begin, line.n), SLICE("-->")) == SIZE_MAX;
    line = slice_sub(line, 0, begin);
  }
  if (slice_starts(slice_trim(line), SLICE("<!"))) return (struct slice){0};
  for (size_t i = 0; i < line.n; i++) {
    bool hash = line.at[i] == '#' && !(i > 0 && line.at[i - 1] == '#') && !slice_starts(slice_sub(line, i, line.n), SLICE("###]"));
    bool semicolon = line.at[i] == ';' && (i == 0 || line.at[i - 1] == ' ' || line.at[i - 1] == '\t');
    if (hash || semicolon) return slice_sub(line, 0, i);
  }
  return line;
}

bool petr_line(struct petr_reader *r, struct slice *line, bool *indented)
{
  while (r->rest.n && !r->full) {
    struct slice all = slice_cut(&r->rest, '\n');
    r->line++;
    struct slice said = without_comment(r, all);
    *line = slice_trim(said);
    if (line->n == 0) continue;
    if (utf8_valid(*line) < line->n || memchr(line->at, '\0', line->n)) {
      struct error told = {ST_OK, ""};
      table_error(&told, r->table, petr_where(r), "not UTF-8: the bytes that are not are passed over");
      struct slice own = slice_copy(r->arena, slice_of(told.message));
      if (!own.at || !vec_push(&r->to->warnings, r->arena, own)) r->full = true;
    }
    *indented = said.at[0] == ' ' || said.at[0] == '\t';
    return true;
  }
  return false;
}

bool petr_bracket(struct slice line, struct slice *before, struct slice *inside, struct slice *behind)
{
  const char *open = line.n ? memchr(line.at, '[', line.n) : NULL;
  if (!open) return false;
  size_t begin = (size_t)(open - line.at);
  const char *close = memchr(open, ']', line.n - begin);
  if (!close) return false;
  size_t end = (size_t)(close - line.at);
  *before = slice_trim(slice_sub(line, 0, begin));
  *inside = slice_trim(slice_sub(line, begin + 1, end));
  *behind = slice_trim(slice_sub(line, end + 1, line.n));
  return true;
}

/* "080!" -> "080"; "---", "+++" and "###" are no event. */
static struct slice one_act(struct slice code)
{
  code = slice_trim(code);
  size_t n = 0;
  if (code.n == 0) return (struct slice){0};
  while (n < code.n && ((code.at[n] >= '0' && code.at[n] <= '9') || (code.at[n] >= 'A' && code.at[n] <= 'Z') || (code.at[n] >= 'a' && code.at[n] <= 'z'))) n++;
  return slice_sub(code, 0, n);
}

struct petr_act petr_act_of(struct petr_reader *r, struct slice code)
{
  struct petr_act act = {0};
  (void)r;
  act.first = one_act(slice_cut(&code, ':'));
  act.second = one_act(code);
  return act;
}

/* ---- phrases ---- */

struct petr_phrase *petr_phrase_of(struct petr_reader *r, const struct petr_words *words, enum petr_sort sort)
{
  struct petrarch *to = r->to;
  uint32_t key[PETR_PHRASE_WORDS + 1];
  memcpy(key, words->at, words->n * sizeof *key);
  key[words->n] = (uint32_t)sort;
  struct slice bytes = {(const char *)key, (words->n + 1) * sizeof *key};
  uint32_t at = map_get(&r->phrase_at, bytes);
  if (at != MAP_NONE) return &to->phrases.at[at];
  const uint32_t *own = petr_keep(r, key, words->n + 1);
  bool *gap = arena_array(r->arena, bool, words->n);
  if (!own || !gap) {
    r->full = true;
    return NULL;
  }
  memcpy(gap, words->gap, words->n * sizeof *gap);
  struct petr_phrase phrase = {.words = own, .gap = gap, .n = words->n, .order = (uint32_t)to->phrases.n, .sort = sort, .where = petr_where(r)};
  struct slice kept = {(const char *)own, bytes.n};
  if (!map_add(&r->phrase_at, r->arena, kept, phrase.order) || !vec_push(&to->phrases, r->arena, phrase)) {
    r->full = true;
    return NULL;
  }
  return &to->phrases.at[to->phrases.n - 1];
}

/* By first word, then the longer, then as they stand. */
static int by_first(const void *a, const void *b)
{
  const struct petr_phrase *x = a, *y = b;
  if (x->words[0] != y->words[0]) return x->words[0] < y->words[0] ? -1 : 1;
  if (x->n != y->n) return x->n > y->n ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

static void index_phrases(struct petr_reader *r)
{
  struct petrarch *to = r->to;
  if (to->phrases.n) qsort(to->phrases.at, to->phrases.n, sizeof *to->phrases.at, by_first);
  for (uint32_t w = 0; w <= to->n_words && !r->full; w++)
    if (!vec_push(&to->first, r->arena, 0)) r->full = true;
  for (size_t i = to->phrases.n; i-- > 0 && !r->full;) to->first.at[to->phrases.at[i].words[0]] = (uint32_t)i + 1;
}

static int by_weight(const void *a, const void *b)
{
  const struct petr_pattern *x = a, *y = b;
  if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

static void index_verbs(struct petr_reader *r)
{
  struct petrarch *to = r->to;
  for (size_t i = 0; i < to->blocks.n; i++)
    if (to->blocks.at[i].patterns.n)
      qsort(to->blocks.at[i].patterns.at, to->blocks.at[i].patterns.n, sizeof *to->blocks.at[i].patterns.at, by_weight);
  for (uint32_t w = 0; w <= to->n_words && !r->full; w++)
    if (!vec_push(&to->form_of, r->arena, 0)) r->full = true;
  for (size_t i = 0; i < to->forms.n && !r->full; i++) { /* a later form of the same words stands behind an earlier one, a longer before a shorter */
    struct petr_form *form = &to->forms.at[i];
    uint32_t *link = &to->form_of.at[form->words[form->head]];
    while (*link && to->forms.at[*link - 1].n >= form->n) link = &to->forms.at[*link - 1].next;
    form->next = *link;
    *link = (uint32_t)i + 1;
  }
}

const struct petr_restriction *petr_code_on(const struct petr_phrase *phrase, int32_t day)
{
  const struct petr_restriction *best = NULL, *always = NULL;
  for (size_t i = 0; i < phrase->codes.n; i++) {
    const struct petr_restriction *c = &phrase->codes.at[i];
    bool dated = c->from > 0 || c->to < PETR_EVER;
    if (!dated && !always) always = c;
    if (!dated || day < c->from || day > c->to || day == 0) continue;
    if (!best || c->to - c->from < best->to - best->from) best = c;
  }
  return best ? best : always;
}

/* ---- files ---- */

enum file_kind { FILE_NONE, FILE_ACTORS, FILE_AGENTS, FILE_VERBS, FILE_DISCARDS };

/* What the first lines that tell a kind look like. */
static enum file_kind kind_of(struct slice bytes, struct slice name)
{
  struct petr_reader r = {.rest = bytes};
  size_t end = name.n;
  bool discards = slice_find(name, SLICE("discard")) != SIZE_MAX;
  for (int said = 0; r.rest.n && said < 400;) {
    struct slice all = slice_cut(&r.rest, '\n'), line = slice_trim(without_comment(&r, all));
    if (line.n == 0) continue;
    said++;
    if (slice_starts(line, SLICE("---"))) return FILE_VERBS;
    if (line.at[0] == '&' || slice_starts(line, SLICE("- ")) || line.at[0] == '~') return FILE_VERBS;
    if (line.at[0] == '!' || slice_find(line, SLICE("~]")) != SIZE_MAX) return FILE_AGENTS;
    struct slice before, inside, behind;
    if (!petr_bracket(line, &before, &inside, &behind)) continue;
    if (slice_starts(inside, SLICE("~"))) return FILE_AGENTS;
    if (inside.n >= 3 && !memchr(inside.at, '\t', inside.n)) return FILE_ACTORS;
  }
  (void)end;
  return discards ? FILE_DISCARDS : FILE_NONE;
}

static struct slice base_name(struct slice path)
{
  size_t at = path.n;
  while (at > 0 && path.at[at - 1] != '/') at--;
  return slice_sub(path, at, path.n);
}

bool petrarch_is(const struct table *table) { return kind_of(table->bytes, base_name(table->file)) != FILE_NONE; }

enum status petrarch_load(const struct petrarch **to, struct know_source *src, uint16_t first)
{
  struct petrarch *p = arena_new(src->arena, struct petrarch);
  struct petr_reader r = {.to = p, .src = src, .arena = src->arena};
  if (!p) return know_full(src);
  enum status status = plover_load(&p->plover, src);
  for (uint16_t i = first; i < src->n_tables && status == ST_OK && !r.full; i++) {
    r.table = &src->tables[i];
    r.index = (uint16_t)(i + 1);
    r.rest = r.table->bytes;
    r.base = base_name(r.table->file);
    r.line = 0;
    r.in_comment = false;
    switch (kind_of(r.rest, r.base)) {
    case FILE_ACTORS: petr_actors(&r); break;
    case FILE_AGENTS: petr_agents(&r); break;
    case FILE_VERBS: petr_verbs(&r); break;
    case FILE_DISCARDS: petr_discards(&r); break;
    case FILE_NONE: break;
    }
  }
  if (status == ST_OK && !r.full) index_phrases(&r);
  if (status == ST_OK && !r.full) index_verbs(&r);
  if (status == ST_OK && r.full) status = know_full(src);
  *to = p;
  return status;
}
