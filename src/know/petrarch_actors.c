/* petrarch_actors.c: dictionaries of actors, agents and discards.
 *
 *     PRIMARY_PHRASE [CODE] [CODE restriction]...
 *     +SYNONYM_PHRASE                  shares the codes of the primary
 *     <blank>[CODE restriction]        belongs to it too
 *
 * A record ends where the next primary begins; a phrase that comes again gets more codes. */
#include "know/petrarch_build.h"

/* ---- days ---- */

static bool all_digits(struct slice s)
{
  for (size_t i = 0; i < s.n; i++)
    if (s.at[i] < '0' || s.at[i] > '9') return false;
  return s.n > 0;
}

/* "20121109", "121109", "790606" (00 to 30 is 2000 to 2030) as a number; false when it is no day. */
static bool day_of(struct slice text, int32_t *to)
{
  int64_t n;
  if (!all_digits(text) || text.n < 6 || text.n > 10) return false;
  if (text.n > 7) text.n = 8;
  else if (text.n == 7) return false;
  if (!slice_to_i64(text, &n)) return false;
  if (text.n == 6) n += n / 10000 <= 30 ? 20000000 : 19000000;
  int64_t month = n / 100 % 100, day = n % 100;
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  *to = (int32_t)n;
  return true;
}

/* "<D", ">D", "D1-D2" or "D" (from that day on) */
static bool days_of(struct slice text, int32_t *from, int32_t *to)
{
  *from = 0;
  *to = PETR_EVER;
  if (text.n == 0) return true;
  char sign = text.at[0];
  if (sign == '<' || sign == '>') {
    struct slice day = slice_trim(slice_sub(text, 1, text.n));
    return day_of(day, sign == '<' ? to : from);
  }
  struct slice first = slice_trim(slice_cut(&text, '-')), last = slice_trim(text);
  if (!day_of(first, from)) return false;
  return last.n == 0 || (day_of(last, to) && *to >= *from);
}

/* ---- actors ---- */

static bool is_code(struct slice s)
{
  for (size_t i = 0; i < s.n; i++) {
    char c = s.at[i];
    bool good = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '-' || c == '+' || c == '#';
    if (!good) return false;
  }
  return s.n > 0;
}

/* In capitals: a few stand in small letters. */
static struct slice code_of(struct petr_reader *r, struct slice s)
{
  struct slice own = slice_copy(r->arena, s);
  char *at = own.at ? arena_alloc(r->arena, s.n + 1) : NULL;
  if (!at) {
    r->full = true;
    return (struct slice){0};
  }
  for (size_t i = 0; i < s.n; i++) at[i] = own.at[i] >= 'a' && own.at[i] <= 'z' ? (char)(own.at[i] - 'a' + 'A') : own.at[i];
  return (struct slice){at, s.n};
}

/* "HOBGOV 20121109-20130119" */
static bool restriction(struct petr_reader *r, struct slice inside, struct petr_restriction *to)
{
  size_t n = 0;
  while (n < inside.n && inside.at[n] != ' ' && inside.at[n] != '\t' && inside.at[n] != '<' && inside.at[n] != '>') n++;
  struct slice code = slice_sub(inside, 0, n), days = slice_trim(slice_sub(inside, n, inside.n));
  *to = (struct petr_restriction){.where = petr_where(r)};
  if (!is_code(code) || all_digits(code)) {
    petr_warn(r, "\"[%.*s]\" holds no code", SLICE_ARG(inside));
    return false;
  }
  to->code = code_of(r, code);
  if (days_of(days, &to->from, &to->to)) return true;
  petr_warn(r, "\"%.*s\" is no restriction by days (<D, >D or D-D, D as YYYYMMDD or YYMMDD)", SLICE_ARG(days));
  return false;
}

/* The phrases of one record, and the codes that they share; kept until the next primary. */
struct record {
  uint32_t phrases[256];
  size_t n_phrases;
  uint32_t line;     /* of the primary */
  VEC(struct petr_restriction) codes;
};

/* Gives the codes to each of its phrases. */
static void flush(struct petr_reader *r, struct record *record)
{
  if (record->n_phrases && record->codes.n == 0) {
    uint32_t here = r->line;
    r->line = record->line;
    petr_warn(r, "an actor without a code");
    r->line = here;
  }
  for (size_t i = 0; i < record->n_phrases && !r->full; i++) {
    struct petr_phrase *phrase = &r->to->phrases.at[record->phrases[i]];
    for (size_t k = 0; k < record->codes.n; k++)
      if (!vec_push(&phrase->codes, r->arena, record->codes.at[k])) r->full = true;
  }
  record->n_phrases = 0;
  record->codes.n = 0;
}

static void groups(struct petr_reader *r, struct record *record, struct slice text)
{
  struct slice before, inside, behind;
  struct petr_restriction one;
  while (text.n && !r->full) {
    if (!petr_bracket(text, &before, &inside, &behind)) {
      petr_warn(r, "\"%.*s\" stands where a code in brackets should", SLICE_ARG(text));
      return;
    }
    if (before.n) petr_warn(r, "\"%.*s\" stands before a bracket", SLICE_ARG(before));
    if (restriction(r, inside, &one) && !vec_push(&record->codes, r->arena, one)) r->full = true;
    text = behind;
  }
}

static void phrase_line(struct petr_reader *r, struct record *record, struct slice line)
{
  struct petr_words words;
  const char *bracket = memchr(line.at, '[', line.n);
  size_t n = bracket ? (size_t)(bracket - line.at) : line.n;
  bool known = petr_words(r, slice_sub(line, 0, n), &words);
  if (known && record->n_phrases == sizeof record->phrases / sizeof *record->phrases) petr_warn(r, "too many synonyms of one actor");
  else if (known) {
    struct petr_phrase *phrase = petr_phrase_of(r, &words, PETR_ACTOR);
    if (!phrase) return;
    if (phrase->codes.n == 0) r->to->n_actors++;
    if (record->n_phrases == 0) record->line = r->line;
    record->phrases[record->n_phrases++] = (uint32_t)(phrase - r->to->phrases.at);
  }
  groups(r, record, slice_sub(line, n, line.n));
}

void petr_actors(struct petr_reader *r)
{
  struct record record = {.n_phrases = 0};
  struct slice line;
  bool indented;
  while (petr_line(r, &line, &indented)) {
    if (line.at[0] == '[') {
      if (record.n_phrases == 0) petr_warn(r, "a code that belongs to no actor");
      else groups(r, &record, line);
      continue;
    }
    bool synonym = line.at[0] == '+';
    if (!synonym) flush(r, &record);
    else if (record.n_phrases == 0) {
      petr_warn(r, "a synonym of no actor");
      continue;
    }
    phrase_line(r, &record, synonym ? slice_sub(line, 1, line.n) : line);
  }
  flush(r, &record);
}

/* ---- agents ---- */

#define SETS_MOST 64
#define FORMS_MOST 32
struct substitution {
  struct slice mark; /* "!PERSON!" */
  struct slice form[FORMS_MOST];
  uint32_t n;
};

struct agents {
  struct petr_reader *r;
  struct substitution set[SETS_MOST];
  uint32_t n;
};

/* "!MARK! = FORM, FORM" */
static void substitution(struct agents *a, struct slice line)
{
  struct slice mark = slice_trim(slice_cut(&line, '='));
  if (a->n == SETS_MOST || mark.n < 3 || mark.at[mark.n - 1] != '!' || slice_trim(line).n == 0) {
    petr_warn(a->r, "a substitution is \"!MARK! = FORM, FORM\", and there are %d at most", SETS_MOST);
    return;
  }
  struct substitution *set = &a->set[a->n++];
  *set = (struct substitution){.mark = mark};
  while (line.n) {
    struct slice form = slice_trim(slice_cut(&line, ','));
    if (form.n && set->n < FORMS_MOST) set->form[set->n++] = form;
    else petr_warn(a->r, "an empty form, or more than %d", FORMS_MOST);
  }
}

static void enter_agent(struct agents *a, struct slice text, struct slice code, bool in_front)
{
  struct petr_words words;
  if (!petr_words(a->r, text, &words)) return;
  struct petr_phrase *phrase = petr_phrase_of(a->r, &words, PETR_AGENT);
  if (!phrase) return;
  struct petr_restriction one = {.code = code, .to = PETR_EVER, .where = petr_where(a->r)};
  if (phrase->codes.n) return; /* the first one counts */
  phrase->in_front = in_front;
  a->r->to->n_agents++;
  if (!vec_push(&phrase->codes, a->r->arena, one)) a->r->full = true;
}

/* The phrase with its mark replaced by each form; no plural of its own then. */
static bool marked(struct agents *a, struct slice text, struct slice code, bool in_front)
{
  if (!text.n || !memchr(text.at, '!', text.n)) return false;
  for (uint32_t i = 0; i < a->n; i++) {
    const struct substitution *set = &a->set[i];
    size_t at = slice_find(text, set->mark);
    if (at == SIZE_MAX) continue;
    for (uint32_t f = 0; f < set->n; f++) {
      size_t n = text.n - set->mark.n + set->form[f].n;
      char *joined = arena_alloc(a->r->arena, n);
      if (!joined) {
        a->r->full = true;
        return true;
      }
      memcpy(joined, text.at, at);
      memcpy(joined + at, set->form[f].at, set->form[f].n);
      memcpy(joined + at + set->form[f].n, text.at + at + set->mark.n, text.n - at - set->mark.n);
      enter_agent(a, (struct slice){joined, n}, code, in_front);
    }
    return true;
  }
  petr_warn(a->r, "\"%.*s\" has a mark that no substitution above explains", SLICE_ARG(text));
  return true;
}

/* The phrase and the plural of its last word. */
static void with_plural(struct agents *a, struct slice text, struct slice code, bool in_front)
{
  char room[PETR_WORD_BYTES];
  size_t at = text.n;
  enter_agent(a, text, code, in_front);
  while (at > 0 && text.at[at - 1] == '_') at--;
  text.n = at;
  while (at > 0 && text.at[at - 1] != '_' && text.at[at - 1] != ' ') at--;
  struct slice plural = petr_plural(slice_sub(text, at, text.n), room);
  char *joined = plural.n ? arena_alloc(a->r->arena, at + plural.n) : NULL;
  if (!joined) return;
  memcpy(joined, text.at, at);
  memcpy(joined + at, plural.at, plural.n);
  enter_agent(a, (struct slice){joined, at + plural.n}, code, in_front);
}

/* "PHRASE {PLURAL} [~CODE]" */
static void agent(struct agents *a, struct slice line)
{
  struct slice before, inside, behind;
  if (!petr_bracket(line, &before, &inside, &behind)) {
    petr_warn(a->r, "an agent is \"PHRASE {PLURAL} [~CODE]\"");
    return;
  }
  bool in_front = inside.n > 1 && inside.at[inside.n - 1] == '~';
  struct slice code = in_front ? slice_sub(inside, 0, inside.n - 1) : inside.n && inside.at[0] == '~' ? slice_sub(inside, 1, inside.n) : inside;
  if (!is_code(slice_trim(code))) {
    petr_warn(a->r, "\"[%.*s]\" holds no code", SLICE_ARG(inside));
    return;
  }
  code = code_of(a->r, slice_trim(code));
  const char *open = before.n ? memchr(before.at, '{', before.n) : NULL;
  size_t n = open ? (size_t)(open - before.at) : before.n;
  struct slice text = slice_trim(slice_sub(before, 0, n)), plural = slice_sub(before, n, before.n);
  if (marked(a, text, code, in_front)) return;
  if (!open) {
    with_plural(a, text, code, in_front);
    return;
  }
  enter_agent(a, text, code, in_front);
  plural = slice_sub(plural, 1, plural.n);
  plural = slice_trim(slice_cut(&plural, '}'));
  if (plural.n) enter_agent(a, plural, code, in_front);
}

void petr_agents(struct petr_reader *r)
{
  struct agents *a = arena_new(r->arena, struct agents);
  struct slice line;
  bool indented;
  if (!a) {
    r->full = true;
    return;
  }
  a->r = r;
  while (petr_line(r, &line, &indented)) {
    if (line.at[0] == '!' && memchr(line.at, '=', line.n)) substitution(a, line);
    else agent(a, line);
  }
}

/* ---- discards ---- */

void petr_discards(struct petr_reader *r)
{
  struct slice line;
  struct petr_words words;
  bool indented;
  while (petr_line(r, &line, &indented)) {
    bool story = line.at[0] == '+';
    if (!petr_words(r, slice_sub(line, story ? 1 : 0, line.n), &words)) continue;
    struct petr_phrase *phrase = petr_phrase_of(r, &words, PETR_DISCARD);
    if (!phrase) return;
    phrase->story = phrase->story || story;
    r->to->n_discards++;
  }
}
