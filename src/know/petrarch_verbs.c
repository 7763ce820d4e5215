/* petrarch_verbs.c: dictionaries of verbs: synsets, blocks of verbs with their forms, and the patterns of each block.
 *
 *     &NAME                        then +MEMBER lines
 *     --- BLOCK [CODE] ---         then
 *     VERB {FORM FORM} [CODE]      and
 *     - PATTERN [CODE]             which belongs to all verbs of the block
 *     ~ a (b . ATTACK) SAY = a b 112
 */
#include "know/petrarch_build.h"

#define FORMS_MOST 24 /* of one verb */

struct verbs {
  struct petr_reader *r;
  uint32_t block;          /* index + 1; 0: none yet */
  struct petr_act act;     /* of the block */
  struct petr_synset *set; /* whose members stand here; NULL */
};

/* ---- synsets ---- */

static void synset(struct verbs *v, struct slice line)
{
  struct petr_reader *r = v->r;
  struct slice name = slice_trim(slice_sub(line, 1, line.n));
  bool whole = name.n && name.at[name.n - 1] == '_';
  if (whole) name.n--;
  v->set = NULL;
  if (name.n == 0) {
    petr_warn(r, "a synset without a name");
    return;
  }
  struct petr_synset set = {.name = name, .whole = whole};
  uint32_t *slot = map_add(&r->synset_at, r->arena, name, (uint32_t)r->to->synsets.n);
  if (!slot || !vec_push(&r->to->synsets, r->arena, set)) {
    r->full = true;
    return;
  }
  *slot = (uint32_t)r->to->synsets.n - 1; /* a later synset of the same name takes its place */
  v->set = &r->to->synsets.at[*slot];
}

/* A member may name synsets that stand above it, but not its own. */
static void member(struct verbs *v, struct slice text)
{
  struct petr_reader *r = v->r;
  struct petr_elements elements;
  bool whole = v->set->whole || (text.n && text.at[text.n - 1] == '_');
  uint32_t own = (uint32_t)(v->set - r->to->synsets.at);
  if (!petr_elements(r, text, &elements) || elements.n == 0) return;
  for (uint32_t i = 0; i < elements.n; i++) {
    if (elements.at[i].item == PETR_WORD || (elements.at[i].item == PETR_SYNSET && elements.at[i].id != own)) continue;
    petr_warn(r, "a synset's member is words, and synsets that stand above it");
    return;
  }
  struct petr_element *kept = arena_array(r->arena, struct petr_element, elements.n);
  if (!kept) {
    r->full = true;
    return;
  }
  memcpy(kept, elements.at, elements.n * sizeof *kept);
  struct petr_member m = {.at = kept, .n = elements.n};
  if (!whole && kept[m.n - 1].item == PETR_WORD) {
    char room[PETR_WORD_BYTES], word[PETR_WORD_BYTES];
    struct slice last = {0}, rest = text, next;
    bool joined;
    while ((next = petr_next_word(&rest, word, &joined)).n) last = next;
    struct slice plural = petr_plural(last, room);
    m.plural = plural.n ? petr_intern(r, plural) : 0;
  }
  if (!vec_push(&v->set->members, r->arena, m)) r->full = true;
}

/* ---- verbs and their forms ---- */

static bool vowel(char c) { return c == 'A' || c == 'E' || c == 'I' || c == 'O' || c == 'U'; }

/* "STOP" -> "STOPPED" is no regular form here: PETRARCH does not double. */
static struct slice ending(struct slice word, int which, char room[PETR_WORD_BYTES])
{
  size_t n = word.n;
  if (n == 0 || n + 4 > PETR_WORD_BYTES) return (struct slice){0};
  memcpy(room, word.at, n);
  char last = room[n - 1];
  const char *add = "S";
  if (which == 0) {
    if (last == 'S' || last == 'X' || last == 'Z') add = "ES";
    if (last == 'Y') {
      add = "IES";
      n--;
    }
  } else if (which == 1) add = last == 'E' ? "D" : "ED";
  else {
    add = "ING";
    if (last == 'E' && n > 1 && !vowel(room[n - 2])) n--;
  }
  for (const char *c = add; *c; c++) room[n++] = *c;
  return (struct slice){room, n};
}

static void enter_form(struct verbs *v, const uint32_t *words, uint32_t n, uint32_t head)
{
  struct petr_reader *r = v->r;
  const uint32_t *own = petr_keep(r, words, n);
  struct petr_form form = {.words = own, .n = n, .head = head, .verb = (uint32_t)r->to->verbs.n - 1};
  if (!own || !vec_push(&r->to->forms, r->arena, form)) r->full = true;
}

/* "+BEEF_UP", "WIRE_+TAP": words, and which of them is inflected (without a '+' the first). */
static bool verb_words(struct verbs *v, struct slice text, struct petr_words *words, uint32_t *head)
{
  const char *plus = text.n ? memchr(text.at, '+', text.n) : NULL;
  char room[PETR_WORD_BYTES];
  bool joined;
  *head = 0;
  if (plus)
    for (struct slice before = slice_sub(text, 0, (size_t)(plus - text.at)); petr_next_word(&before, room, &joined).n;) ++*head;
  char *clean = arena_alloc(v->r->arena, text.n + 1);
  if (!clean) {
    v->r->full = true;
    return false;
  }
  for (size_t i = 0; i < text.n; i++) clean[i] = text.at[i] == '+' ? '_' : text.at[i];
  if (!petr_words(v->r, (struct slice){clean, text.n}, words)) return false;
  if (*head >= words->n) *head = words->n - 1; /* "BLOWING_UP+" */
  return true;
}

/* The three regular endings of the inflected word beside the base form. */
static void regular_forms(struct verbs *v, struct slice text, const struct petr_words *words, uint32_t head)
{
  char room[PETR_WORD_BYTES], inflected[PETR_WORD_BYTES];
  struct slice rest = text, base = {0};
  bool joined;
  for (uint32_t i = 0; i <= head; i++) base = petr_next_word(&rest, room, &joined);
  while (base.n && base.at[0] == '+') base = slice_sub(base, 1, base.n);
  for (int which = 0; which < 3; which++) {
    struct slice form = ending(base, which, inflected);
    uint32_t id = form.n ? petr_intern(v->r, form) : 0;
    struct petr_words with = *words;
    if (!id) continue;
    with.at[head] = id;
    enter_form(v, with.at, with.n, head);
  }
}

/* "VERB {FORM FORM} [CODE]" */
static void verb(struct verbs *v, struct slice line)
{
  struct petr_reader *r = v->r;
  struct slice text = line, code, behind, forms = {0};
  struct petr_words words;
  uint32_t head;
  struct petr_act act = v->act;
  if (petr_bracket(line, &text, &code, &behind)) act = petr_act_of(r, code);
  const char *open = text.n ? memchr(text.at, '{', text.n) : NULL;
  bool given = open != NULL;
  if (open) {
    forms = slice_sub(text, (size_t)(open - text.at) + 1, text.n);
    text = slice_trim(slice_sub(text, 0, (size_t)(open - text.at)));
    forms = slice_cut(&forms, '}');
  }
  if (v->block == 0) {
    petr_warn(r, "a verb that stands in no block");
    return;
  }
  if (!verb_words(v, text, &words, &head)) return;
  struct petr_verb one = {.name = text, .rule = petr_rule(r), .block = v->block - 1, .act = act, .where = petr_where(r)};
  if (!vec_push(&r->to->verbs, r->arena, one)) {
    r->full = true;
    return;
  }
  enter_form(v, words.at, words.n, head);
  if (!given) regular_forms(v, text, &words, head);
  for (int n = 0; forms.n && n < FORMS_MOST; n++) {
    forms = slice_trim(forms);
    size_t end = 0;
    while (end < forms.n && forms.at[end] != ' ' && forms.at[end] != '\t') end++;
    struct slice form = slice_sub(forms, 0, end);
    forms = slice_trim(slice_sub(forms, end, forms.n));
    if (form.n && verb_words(v, form, &words, &head)) enter_form(v, words.at, words.n, head);
  }
}

/* "--- NAME [CODE] ---": only the first bracket counts. */
static void block(struct verbs *v, struct slice line)
{
  struct petr_reader *r = v->r;
  struct slice before, code = {0}, behind;
  v->set = NULL;
  v->act = (struct petr_act){0};
  if (petr_bracket(line, &before, &code, &behind)) v->act = petr_act_of(r, code);
  if (!vec_push(&r->to->blocks, r->arena, (struct petr_block){.p2 = r->p2})) {
    r->full = true;
    return;
  }
  v->block = (uint32_t)r->to->blocks.n;
}

/* A file is P2 when a pattern holds a parenthesis before its code. */
static bool is_p2(struct petr_reader reader)
{
  struct slice line, before, code, behind;
  bool indented;
  size_t patterns = 0, with = 0;
  struct slice rest = reader.rest;
  while (rest.n) {
    line = slice_trim(slice_cut(&rest, '\n'));
    if (!slice_starts(line, SLICE("- ")) || !petr_bracket(line, &before, &code, &behind)) continue;
    patterns++;
    with += memchr(before.at, '(', before.n) != NULL;
  }
  (void)indented;
  return with * 100 > patterns;
}

void petr_verbs(struct petr_reader *r)
{
  struct verbs v = {.r = r};
  struct slice line;
  bool indented;
  r->p2 = is_p2(*r);
  memset(&r->synset_at, 0, sizeof r->synset_at); /* names belong to their file */
  while (petr_line(r, &line, &indented)) {
    if (slice_starts(line, SLICE("---"))) block(&v, line);
    else if (line.at[0] == '&') synset(&v, line);
    else if (line.at[0] == '~') petr_transformation(r, slice_sub(line, 1, line.n));
    else if (line.at[0] == '-') {
      if (v.block == 0) petr_warn(r, "a pattern that stands in no block");
      else if (petr_pattern(r, slice_trim(slice_sub(line, 1, line.n)), &r->to->blocks.at[v.block - 1])) r->to->n_patterns++;
    } else if (line.at[0] == '+' && v.set) member(&v, slice_sub(line, 1, line.n));
    else verb(&v, line);
    if (line.at[0] != '+' && line.at[0] != '&') v.set = NULL;
  }
}
