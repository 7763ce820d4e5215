#include "know/know.h"
#include "lang/conllu.h"
#include "read/read.h"
#include "read/reader.h"
#include "tap.h"

static struct know know;

/* Trees in short: "form/lemma/UPOS/head/deprel[/feats[/Name]]" parted by blanks, sentences by '|'; members of feats
 * are parted by '+'. */
static void put_trees(struct buf *to, const char *text)
{
  struct slice sentences = slice_of(text);
  while (sentences.n) {
    struct slice words = slice_cut(&sentences, '|');
    for (int id = 1; words.n;) {
      struct slice word = slice_cut(&words, ' '), column[7] = {{0}};
      if (!word.n) continue;
      for (int i = 0; i < 7 && word.n; i++) column[i] = slice_cut(&word, '/');
      char feats[120];
      snprintf(feats, sizeof feats, "%.*s", SLICE_ARG(column[5].n ? column[5] : SLICE("_")));
      for (char *p = feats; *p; p++)
        if (*p == '+') *p = '|';
      buf_printf(to, "%d\t%.*s\t%.*s\t%.*s\t_\t%s\t%.*s\t%.*s\t_\t%s%.*s\n", id++, SLICE_ARG(column[0]), SLICE_ARG(column[1]), SLICE_ARG(column[2]),
                 feats, SLICE_ARG(column[3]), SLICE_ARG(column[4]), column[6].n ? "Name=" : "_",
                 SLICE_ARG(column[6]));
    }
    buf_text(to, "\n");
  }
}

/* The entities are just these: "name, code: mention + mention; ...". */
static void reads(const char *trees, const char *want, const char *name)
{
  struct buf conllu, got;
  struct arena arena;
  struct analysis a;
  struct reading reading;
  struct error error = {0};
  buf_init(&conllu, 1 << 20);
  buf_init(&got, 1 << 20);
  arena_init(&arena, ARENA_NO_CEILING);
  put_trees(&conllu, trees);
  enum status status = conllu_read(buf_get(&conllu), "test", &arena, &a, &error);
  if (status == ST_OK) status = read_document(&a, &know, SLICE("2024-10-28"), &arena, &reading, &error);
  if (status != ST_OK) buf_text(&got, error.message);
  for (uint32_t i = 0; status == ST_OK && i < reading.n_entities; i++) {
    const struct entity *e = &reading.entities[i];
    buf_printf(&got, "%s%.*s%s%.*s, %.*s:", i ? "; " : "", SLICE_ARG(e->name), e->role.n ? " = " : "", SLICE_ARG(e->role), SLICE_ARG(e->code));
    for (uint32_t k = 0; k < e->mentions.n; k++) {
      struct slice mention = slice_span(a.text, e->mentions.at[k]);
      buf_printf(&got, "%s %.*s", k ? " +" : "", SLICE_ARG(mention));
    }
  }
  is_slice(buf_get(&got), slice_of(want), name);
  arena_release(&arena);
  buf_release(&got);
  buf_release(&conllu);
}

#define SHE "/she/PRON/2/nsubj/Case=Nom+Gender=Fem+Number=Sing+Person=3+PronType=Prs"

int main(void)
{
  struct error error = {0};
  if (!ok(know_open(&know, NULL, &error) == ST_OK, "the tables load")) printf("# %s\n", error.message);

  reads("Secretary/Secretary/PROPN/6/nsubj of/of/ADP/3/case State/State/PROPN/1/nmod//B-place Nora/Nora/PROPN/1/appos//I-place "
        "Field/Field/PROPN/4/flat//I-place resigned/resign/VERB/0/root",
        "Nora Field = Secretary of State, GOV: Secretary of State Nora Field", "a title that runs into a name tagged as a place");
  reads("Pentagon/Pentagon/PROPN/2/compound//B-organization spokesperson/spokesperson/NOUN/3/nmod:desc/Number=Sing Mary/Mary/PROPN/5/nsubj//B-person "
        "Doe/Doe/PROPN/3/flat//I-person spoke/speak/VERB/0/root"
        "|Doe/Doe/PROPN/2/nsubj//B-person left/leave/VERB/0/root"
        "|She" SHE " returned/return/VERB/0/root",
        "Mary Doe = Pentagon spokesperson, USAMIL: Pentagon spokesperson Mary Doe + Doe + She; Pentagon, USAMIL: Pentagon",
        "a title in front, the family name, a pronoun");
  reads("South/South/PROPN/2/compound//B-place Korean/Korean/ADJ/3/amod//I-place President/President/PROPN/4/nmod:desc//B-person "
        "Kim/Kim/PROPN/6/nsubj//I-person "
        "Min-su/Min-su/PROPN/4/flat//I-person spoke/speak/VERB/0/root"
        "|Kim/Kim/PROPN/4/nsubj//B-person ,/,/PUNCT/1/punct again/again/ADV/4/advmod left/leave/VERB/0/root",
        "Kim Min-su = South Korean President, KORGOV: South Korean President Kim Min-su + Kim",
        "a title that was tagged as part of the name, and the family name in front");
  reads("Former/former/ADJ/2/amod ambassador/ambassador/NOUN/3/nmod:desc/Number=Sing Ann/Ann/PROPN/5/nsubj//B-person Roe/Roe/PROPN/3/flat//I-person "
        "spoke/speak/VERB/0/root",
        "Ann Roe = Former ambassador, ELI: Former ambassador Ann Roe", "who was something once is of the elite");
  reads("Russian/Russian/ADJ/2/amod troops/troops/NOUN/3/nsubj/Number=Plur left/leave/VERB/0/root"
        "|The/the/DET/2/det/Definite=Def troops/troops/NOUN/3/nsubj/Number=Plur returned/return/VERB/0/root"
        "|They/they/PRON/2/nsubj/Case=Nom+Number=Plur+Person=3+PronType=Prs rested/rest/VERB/0/root",
        "Russian troops, RUSMIL: Russian troops + The troops + They", "a nationality and an actor noun, pointed back at");
  reads("Two/two/NUM/2/nummod ministers/minister/NOUN/3/nsubj/Number=Plur left/leave/VERB/0/root"
        "|Two/two/NUM/2/nummod ministers/minister/NOUN/3/nsubj/Number=Plur came/come/VERB/0/root",
        "Two ministers, GOV: Two ministers; Two ministers, GOV: Two ministers", "two and two are four");
  reads("The/the/DET/2/det/Definite=Def Kremlin/Kremlin/PROPN/3/nsubj//B-organization spoke/speak/VERB/0/root"
        "|Russia/Russia/PROPN/2/nsubj//B-place waited/wait/VERB/0/root"
        "|The/the/DET/2/det/Definite=Def country/country/NOUN/3/nsubj/Number=Sing waited/wait/VERB/0/root",
        "Kremlin, RUSGOV: The Kremlin; Russia, RUS: Russia + The country", "a government and its country are two");
  reads("Lavrenko/Lavrenko/PROPN/7/nsubj//B-person ,/,/PUNCT/1/punct Ukraine/Ukraine/PROPN/6/nmod:poss//B-place 's/'s/PART/3/case foreign/foreign/ADJ/6/amod "
        "minister/minister/NOUN/1/appos/Number=Sing waited/wait/VERB/0/root",
        "Lavrenko = foreign minister, UKRGOV: Lavrenko + Ukraine 's foreign minister; Ukraine, UKR: Ukraine", "a title in apposition");
  reads("He/he/PRON/2/nsubj/Case=Nom+Gender=Masc+Number=Sing+Person=3+PronType=Prs left/leave/VERB/0/root", "", "a pronoun without anybody before it");
  reads("Mr/Mr/PROPN/2/nmod:desc Poe/Poe/PROPN/3/nsubj//B-person left/leave/VERB/0/root|She" SHE " returned/return/VERB/0/root",
        "Poe, : Mr Poe", "a man is no she");
  know_free(&know);
  return tap_end();
}
