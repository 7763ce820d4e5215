/* From text to words: contractions, hyphens, quotes, sentence ends, strange text; and the promises of analysis.h on all of it. */
#include "lang/lang_char.h"
#include "lang/model.h"
#include "tap.h"
#include <stdio.h>
#include <stdlib.h>

static struct model *model;
static struct lang *lang;
static struct arena arena;

static bool refused;

static struct analysis read_text(struct slice text)
{
  struct analysis a = {0};
  struct error error = {0};
  arena_clear(&arena);
  refused = lang_analyse(lang, text, &arena, &a, &error) != ST_OK;
  if (refused) printf("# refused: %s\n", error.message);
  return a;
}

/* The words of a text, parted by blanks, sentences by " / ". */
static void words_are(const char *text, const char *want)
{
  char got[2000];
  size_t n = 0;
  struct analysis a = read_text(slice_of(text));
  for (int32_t i = 0; i < a.n_tokens && n < sizeof got - 300; i++) {
    const char *between = i == 0 ? "" : a.tokens[i].sentence != a.tokens[i - 1].sentence ? " / " : " ";
    n += (size_t)snprintf(got + n, sizeof got - n, "%s%.*s", between, SLICE_ARG(a.tokens[i].form));
  }
  struct slice words = {got, n};
  is_slice(words, slice_of(want), text);
}

/* What analysis.h promises: order, spans, one root a sentence, heads inside. */
static bool sound(const struct analysis *a)
{
  uint32_t at = 0;
  for (uint32_t s = 0; s < a->n_sentences; s++) {
    const struct sentence *se = &a->sentences[s];
    int32_t roots = 0;
    if (se->first != (s ? a->sentences[s - 1].end : 0) || se->end <= se->first || se->end - se->first > 200) return false;
    for (int32_t i = se->first; i < se->end; i++) {
      const struct token *t = &a->tokens[i];
      bool shares = t->in_mwt && !t->mwt_begins;
      if (t->form.n > 512 || t->span.end - t->span.begin > 512) return false;
      if (t->sentence != s || t->form.n == 0 || t->lemma.n == 0 || t->span.end <= t->span.begin || t->span.end > a->text.n) return false;
      if (!shares && t->span.begin < at) return false;
      for (uint32_t k = at; !shares && k < t->span.begin; k++) /* nothing but blanks is left out */
        if ((unsigned char)a->text.at[k] < 0x80 && !char_is_blank((unsigned char)a->text.at[k])) return false;
      at = t->span.end;
      roots += t->head == TOKEN_NONE;
      if (t->head != TOKEN_NONE && (t->head < se->first || t->head >= se->end || t->head == i)) return false;
      if ((t->deprel == DEP_ROOT) != (t->head == TOKEN_NONE)) return false;
    }
    if (roots != 1 || a->tokens[se->root].head != TOKEN_NONE) return false;
  }
  return a->n_sentences == 0 ? a->n_tokens == 0 : a->sentences[a->n_sentences - 1].end == a->n_tokens;
}

static void ordinary(void)
{
  words_are("The minister didn't answer.", "The minister did n't answer .");
  words_are("They cannot stay, and we're leaving.", "They can not stay , and we 're leaving .");
  words_are("The ministry\xE2\x80\x99s envoy said they won\xE2\x80\x99t sign.", "The ministry \xE2\x80\x99s envoy said they wo n\xE2\x80\x99t sign .");
  words_are("A long-range missile hit the port.", "A long - range missile hit the port .");
  words_are("\xE2\x80\x9CWe will not leave,\xE2\x80\x9D the mayor said. Nobody did.",
            "\xE2\x80\x9C We will not leave , \xE2\x80\x9D the mayor said . / Nobody did .");
  words_are("Mr. Hale met Dr. Ortiz in St. Paul. They spoke for an hour.", "Mr. Hale met Dr. Ortiz in St. Paul . / They spoke for an hour .");
  words_are("Floods Cut Off Northern Towns\nRain fell for a third day. Rescuers were on their way.",
            "Floods Cut Off Northern Towns / Rain fell for a third day . / Rescuers were on their way .");
  words_are("The firm paid $3.5 million, or 12% of sales.", "The firm paid $ 3.5 million , or 12 % of sales .");
  words_are("", "");
  words_are(" \n\n\t ", "");
}

static void tree(void)
{
  struct analysis a = read_text(SLICE("The army attacked two villages near the border."));
  ok(sound(&a) && a.n_sentences == 1 && a.n_tokens == 9, "a plain sentence");
  ok(a.n_tokens == 9 && a.tokens[2].head == TOKEN_NONE && a.tokens[2].upos == UPOS_VERB, "its verb is the root");
  ok(a.n_tokens == 9 && a.tokens[1].head == 2 && a.tokens[1].deprel == DEP_NSUBJ, "its subject");
  ok(a.n_tokens == 9 && a.tokens[4].head == 2 && a.tokens[4].deprel == DEP_OBJ, "its object");
  ok(a.n_tokens == 9 && slice_is(a.tokens[4].lemma, "village") && slice_is(a.tokens[2].lemma, "attack"), "lemmas");
  ok(a.n_tokens == 9 && (a.tokens[4].feats & FEAT_PLUR) && (a.tokens[2].feats & FEAT_PAST), "features");
  a = read_text(SLICE("President Maria Lopez flew to Berlin."));
  ok(a.n_tokens == 7 && a.tokens[1].name == NAME_PERSON && a.tokens[2].name == NAME_PERSON, "a person's name");
  ok(a.n_tokens == 7 && a.tokens[5].name == NAME_PLACE && a.tokens[5].name_begins, "a place's name");
}

static char *fill(const char *piece, size_t times, size_t *n)
{
  size_t length = strlen(piece);
  char *text = malloc(length * times + 1);
  *n = length * times;
  for (size_t i = 0; text && i < times; i++) memcpy(text + i * length, piece, length);
  return text;
}

static void strange(void)
{
  static const struct { const char *piece, *name; size_t times; } kinds[] = {
    {"a", "a megabyte without a blank", 1000000},
    {"7", "a megabyte of digits", 1000000},
    {"\xCC\x81", "combining marks", 100000},
    {"word ", "50,000 words without an end", 50000},
    {"don't", "contractions without a blank", 20000},
    {"a.", "letters and full stops without a blank", 50000},
    {"aG9x7Zk+Q/", "letters, digits and signs without a blank", 10000},
    {". ", "full stops alone", 10000},
    {"\xE2\x80\x9C", "quotation marks alone", 30000},
    {"a.b/c@d", "signs and letters in turn", 30000},
    {"\n", "line breaks alone", 300000},
    {" ", "blanks alone", 300000},
    {"\xF0\x9F\x98\x80", "faces", 30000},
    {"\xE4\xB8\xAD\xE6\x96\x87", "letters without blanks", 60000},
  };
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
    size_t n = 0;
    char *text = fill(kinds[k].piece, kinds[k].times, &n);
    if (!text) continue;
    struct analysis a = read_text((struct slice){text, n});
    ok(!refused && sound(&a), kinds[k].name);
    free(text);
  }
}

/* A sentence without an end is cut where one might end: before a conjunction, behind a comma, behind a semicolon sooner than behind a comma. */
static void cut_behind(const char *left, const char *middle, const char *right, const char *name)
{
  char text[4000];
  size_t n = 0;
  for (int k = 0; k < 120; k++) n += (size_t)snprintf(text + n, sizeof text - n, "stone ");
  n += (size_t)snprintf(text + n, sizeof text - n, "%s", left);
  const size_t place = n;
  n += (size_t)snprintf(text + n, sizeof text - n, "%s", middle);
  for (int k = 0; k < 40; k++) n += (size_t)snprintf(text + n, sizeof text - n, "stone ");
  n += (size_t)snprintf(text + n, sizeof text - n, "%s", right);
  for (int k = 0; k < 100; k++) n += (size_t)snprintf(text + n, sizeof text - n, "stone ");
  struct analysis a = read_text((struct slice){text, n});
  ok(sound(&a) && a.n_sentences >= 2 && a.sentences[1].span.begin == place, name);
}

/* Sentences in small letters without any sign, one behind the other: many places where length cuts them are sentence ends (blindly
 * it would be one in twelve). */
static void run_on(void)
{
  static const char *const own[] = {
    "the minister arrived in the capital on monday after a long flight ",    "she told reporters that nobody had asked her for a new plan ",
    "he thinks that the police will find the boy before it gets dark ",      "it rained all night and most of the roads in the north were closed ",
    "they have not paid their workers since the end of last winter ",        "i would not buy that house even if they gave me the garden too ",
    "we left the village early and walked along the river to the bridge ",   "there is no reason to believe that the talks will start again ",
  };
  const size_t kinds = sizeof own / sizeof *own;
  char text[40000];
  size_t n = 0, begins[500], count = 0, long_ones = 0, right = 0;
  for (size_t k = 0; k < 400; k++) {
    begins[count++] = n;
    n += (size_t)snprintf(text + n, sizeof text - n, "%s", own[(k * k + k / 3) % kinds]);
  }
  struct analysis a = read_text((struct slice){text, n});
  for (uint32_t s = 0; s + 1 < a.n_sentences; s++) {
    if (a.sentences[s].end - a.sentences[s].first <= 80) continue;
    long_ones++;
    for (size_t k = 0; k < count; k++) right += begins[k] == a.sentences[s + 1].span.begin;
  }
  printf("# %zu of %zu\n", right, long_ones);
  ok(sound(&a) && long_ones >= 10 && right * 3 > long_ones, "sentences without signs are cut at sentence ends in one place of three");
}

static void long_sentences(void)
{
  cut_behind("", "but ", "", "a long sentence is cut before a conjunction");
  cut_behind("stone, ", "", "", "behind a comma");
  cut_behind("stone; ", "", "stone, ", "behind a semicolon sooner than behind a comma");
  run_on();
}

static bool same_slice(struct slice a, struct slice b) { return a.n == b.n && (a.n == 0 || memcmp(a.at, b.at, a.n) == 0); }

static bool same_index(int32_t whole, int32_t part, int32_t first)
{
  return part == TOKEN_NONE ? whole == TOKEN_NONE : whole == part + first;
}

/* Is the part what the whole has from this token and sentence on? */
static bool same_part(const struct analysis *whole, const struct analysis *part, int32_t first, uint32_t before)
{
  if (first + part->n_tokens > whole->n_tokens || before + part->n_sentences > whole->n_sentences) return false;
  for (uint32_t k = 0; k < part->n_sentences; k++) {
    const struct sentence *w = &whole->sentences[before + k], *p = &part->sentences[k];
    if (w->first != p->first + first || w->end != p->end + first || w->root != p->root + first || w->span.begin != p->span.begin ||
        w->span.end != p->span.end || w->new_paragraph != p->new_paragraph)
      return false;
  }
  for (int32_t i = 0; i < part->n_tokens; i++) {
    const struct token *w = &whole->tokens[first + i], *p = &part->tokens[i];
    if (!same_index(w->head, p->head, first) || !same_index(w->first_child, p->first_child, first) || !same_index(w->left, p->left, first) ||
        !same_index(w->next_sibling, p->next_sibling, first) || !same_index(w->right, p->right, first) || w->sentence != p->sentence + before)
      return false;
    if (w->span.begin != p->span.begin || w->span.end != p->span.end || !same_slice(w->form, p->form) || !same_slice(w->lemma, p->lemma) ||
        !same_slice(w->feats_text, p->feats_text) || w->feats != p->feats || w->upos != p->upos || w->deprel != p->deprel || w->name != p->name ||
        w->name_begins != p->name_begins || w->in_mwt != p->in_mwt || w->mwt_begins != p->mwt_begins || w->space_after != p->space_after)
      return false;
  }
  return true;
}

/* Few words fill a chunk of some 32,000 characters, so that the test is fast. */
#define LONG "extraordinarilylongwordwhichhasnomeaningbutfillsthechunkfastandisnotsqueezedyet"
#define PART_TOKENS 33000 /* no more than one a character of a chunk, and an open sentence */

/* A text in parts gives what it gives as a whole, in parts that stay small. */
static void parts_of(struct slice text, bool many, const char *name)
{
  struct analysis whole = read_text(text), part;
  struct arena other;
  struct lang_parts parts;
  struct error error = {0};
  int32_t first = 0;
  uint32_t before = 0, n = 0;
  bool same = !refused, small = true;
  arena_init(&other, (size_t)32 << 20);
  lang_begin(lang, text, &parts);
  for (; same; n++) {
    arena_clear(&other);
    same = lang_next(&parts, &other, &part, &error) == ST_OK;
    if (!same || part.n_sentences == 0) break;
    small = small && part.n_tokens <= PART_TOKENS;
    same = same_part(&whole, &part, first, before);
    first += part.n_tokens;
    before += part.n_sentences;
  }
  ok(same && first == whole.n_tokens && before == whole.n_sentences, name);
  ok(small && (n > 1) == many, "... in small parts");
  ok(lang_next(&parts, &other, &part, &error) == ST_OK && part.n_sentences == 0 && part.n_tokens == 0, "... and behind its end comes nothing");
  arena_release(&other);
}

static void parts(void)
{
  static const struct { const char *piece, *name; size_t times; bool many; } kinds[] = {
    {"", "an empty text", 0, false},
    {"The army didn't attack. ", "one short text", 1, false},
    {"The army didn't attack \xE2\x80\x9C" LONG "\xE2\x80\x9D near St. Paul, Mr. Hale said. He left.\n\nNo one followed ",
     "sentences and paragraphs", 250, true},
    {"The minister, who had flown in from Oslo to meet the rebels and\ntheir leaders, left for the north of the country on Monday with\n"
     "his aides, and no one followed them. It rained for three days on\nend.\n", "hard-wrapped lines", 180, true},
    {"word " LONG " ", "no sentence end", 600, true},
    {"we can't " LONG " ", "contractions without a sentence end", 600, true},
    {"yes, " LONG ", ", "commas without a sentence end", 600, true},
    {"ab cde " LONG "\n", "lines", 600, true},
    {LONG, "one word", 1000, false},
    {"\n\n \t", "blanks", 50000, false},
    {"\"He said: \"No.\" (" LONG ".) ", "odd quotation marks", 450, true},
  };
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
    size_t n = 0;
    char *text = fill(kinds[k].piece, kinds[k].times, &n);
    if (text) parts_of((struct slice){text, n}, kinds[k].many, kinds[k].name);
    free(text);
  }
}

/* A sentence's reading does not hang on what stands before it in the batch, and the same bytes give the same reading. */
static void steady(void)
{
  static const char last[] = "The minister, who had flown in from Oslo, refused to meet the rebels.";
  struct analysis a = read_text(slice_of(last));
  int32_t n = a.n_tokens, heads[64], same = 0;
  uint8_t deprels[64];
  for (int32_t i = 0; i < n && i < 64; i++) heads[i] = a.tokens[i].head, deprels[i] = a.tokens[i].deprel;
  char text[60000];
  size_t at = 0;
  for (int k = 0; k < 300; k++) at += (size_t)snprintf(text + at, sizeof text - at, "Sentence number %d says little of note to anyone.\n\n", k);
  memcpy(text + at, last, sizeof last - 1);
  a = read_text((struct slice){text, at + sizeof last - 1});
  int32_t first = a.n_tokens - n;
  for (int32_t i = 0; i < n; i++) {
    const struct token *t = &a.tokens[first + i];
    same += (t->head == TOKEN_NONE ? TOKEN_NONE : t->head - first) == heads[i] && t->deprel == deprels[i];
  }
  is_int(same, n, "a sentence is read alike wherever it stands");
  arena_release(&arena);
  arena_init(&arena, 100000);
  struct error error = {0};
  ok(lang_analyse(lang, (struct slice){text, at}, &arena, &a, &error) == ST_REFUSED && error.message[0], "an arena too small refuses the document");
}

/* Names remember what their document said of them, and nothing of other documents. */
static void names(void)
{
  static const char first[] = "Varna said that she would resign. Mrs Varna, a lawyer, thanked her husband. \"Ms Varna was kind,\" her son said.";
  static const char second[] = "They arrived in Varna. The harbour of Varna is on the Black Sea coast, and Varna has an airport.";
  struct lang *fresh = lang_new(model);
  struct arena own;
  struct analysis alone = {0};
  struct error error = {0};
  arena_init(&own, (size_t)16 << 20);
  if (!ok(fresh && lang_analyse(fresh, SLICE(second), &own, &alone, &error) == ST_OK, "a text read alone")) return;
  (void)read_text(SLICE(first));
  struct analysis after = read_text(SLICE(second));
  bool same = after.n_tokens == alone.n_tokens;
  for (int32_t i = 0; same && i < after.n_tokens; i++) same = after.tokens[i].name == alone.tokens[i].name;
  ok(same, "reads the same behind another text with the same name");
  int kinds = 0;
  uint8_t seen = NAME_NONE;
  for (int32_t i = 0; i < after.n_tokens; i++)
    if (slice_is(after.tokens[i].form, "Varna") && after.tokens[i].name != seen) kinds++, seen = after.tokens[i].name;
  is_int(kinds, 1, "a name is of one kind within a text that speaks of it plainly");
  lang_free(fresh);
  arena_release(&own);
}

/* A long hard-wrapped text has no more sentences than its paragraphs have, wherever the engine's chunks of it begin. */
static void wrapped(void)
{
  static const char paragraph[] =
    "The ministry of transport said on Monday that the bridge over the river\n"
    "would be closed for repairs until the end of the month. All drivers who\n"
    "want to go north should take the road along the coast. Two lanes of the\n"
    "tunnel will be open at night, but only to lorries. Engineers have found\n"
    "cracks in one of its pillars after the floods of last winter. They had\n"
    "already damaged the railway line farther to the north.\n\n";
  struct analysis a = read_text(SLICE(paragraph));
  const uint32_t each = a.n_sentences;
  size_t n = 0;
  char *text = fill(paragraph, 800, &n);
  if (!ok(text && each >= 3, "a wrapped paragraph")) return;
  a = read_text((struct slice){text, n});
  is_int(a.n_sentences, 800 * each, "800 of them");
  free(text);
}

int main(void)
{
  struct error error = {0};
  arena_init(&arena, (size_t)1 << 30);
  if (!ok(model_open_embedded(&model, &error) == ST_OK && (lang = lang_new(model)) != NULL, "the built-in model")) return tap_end();
  ordinary();
  tree();
  strange();
  long_sentences();
  parts();
  wrapped();
  steady();
  names();
  lang_free(lang);
  model_free(model);
  arena_release(&arena);
  return tap_end();
}
