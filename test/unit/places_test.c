/* places_test.c: names of places in trees written by hand: which place, and what for. */
#include "lang/conllu.h"
#include "read/reader.h"
#include "tap.h"

static struct know know;

/* Words as "form/UPOS/head/deprel[/name]", parted by blanks; heads from 1, 0 = root; the form is the lemma too, but for its case. */
static void to_conllu(const char *words, struct buf *to)
{
  struct slice rest = slice_of(words);
  for (int id = 1; rest.n; id++) {
    struct slice word = slice_cut(&rest, ' ');
    struct slice form = slice_cut(&word, '/'), upos = slice_cut(&word, '/'), head = slice_cut(&word, '/'), deprel = slice_cut(&word, '/');
    buf_printf(to, "%d\t%.*s\t%.*s\t%.*s\t_\t_\t%.*s\t%.*s\t_\t", id, SLICE_ARG(form), SLICE_ARG(form), SLICE_ARG(upos), SLICE_ARG(head),
               SLICE_ARG(deprel));
    if (word.n) buf_printf(to, "Name=%.*s\n", SLICE_ARG(word));
    else buf_text(to, "_\n");
  }
  buf_char(to, '\n');
}

/* Compares the places of a sentence with "text=COUNTRY:use ..." */
static void check(const char *words, const char *want)
{
  static const char *const uses[] = {"literal", "modifier", "demonym", "metonym", "embedded"};
  struct buf in, got;
  struct arena arena;
  struct analysis a;
  struct error error = {0};
  buf_init(&in, 1 << 20);
  buf_init(&got, 1 << 20);
  arena_init(&arena, ARENA_NO_CEILING);
  to_conllu(words, &in);
  struct reader r = {.arena = &arena, .a = &a, .know = &know, .error = &error};
  if (ok(conllu_read(buf_get(&in), "test", &arena, &a, &error) == ST_OK, words)) {
    r.place_at = arena_array(&arena, int32_t, (size_t)a.n_tokens + 1);
    ok(r.place_at && places_read(&r) == ST_OK, "reads");
    for (size_t i = 0; i < r.places.n; i++) {
      const struct place *p = &r.places.at[i];
      struct slice text = slice_span(a.text, p->span);
      buf_printf(&got, "%s%.*s=%.*s:%s", i ? ", " : "", SLICE_ARG(text), SLICE_ARG(p->country), uses[p->use]);
      for (int32_t t = p->first; t < p->end; t++) is_int(r.place_at[t], (int64_t)i, "the place at its tokens");
    }
    is_slice(buf_get(&got), slice_of(want), want);
  } else printf("# %s\n", error.message);
  buf_release(&in);
  buf_release(&got);
  arena_release(&arena);
}

int main(void)
{
  struct error error = {0};
  if (!ok(know_open(&know, NULL, &error) == ST_OK, "tables load")) {
    printf("# %s\n", error.message);
    return tap_end();
  }
  /* acting, and being there */
  check("Moscow/PROPN/2/nsubj denied/VERB/0/root it/PRON/2/obj", "Moscow=RUS:metonym");
  check("He/PRON/2/nsubj lives/VERB/0/root in/ADP/4/case Moscow/PROPN/2/obl", "Moscow=RUS:literal");
  check("talks/NOUN/0/root between/ADP/3/case Moscow/PROPN/1/nmod and/CCONJ/5/cc Pyongyang/PROPN/3/conj", "Moscow=RUS:metonym, Pyongyang=PRK:metonym");
  check("He/PRON/2/nsubj visit/VERB/0/root Japan/PROPN/2/obj", "Japan=JPN:literal");
  check("They/PRON/2/nsubj blamed/VERB/0/root Japan/PROPN/2/obj", "Japan=JPN:metonym");
  check("The/DET/2/det Kremlin/PROPN/3/nsubj agreed/VERB/0/root", "Kremlin=RUS:metonym");
  check("Peru/PROPN/3/nmod:poss 's/PART/1/case border/NOUN/0/root", "Peru=PER:literal");
  check("Peru/PROPN/3/nmod:poss 's/PART/1/case threat/NOUN/0/root", "Peru=PER:metonym");
  check("U.S./PROPN/3/obl -/PUNCT/1/punct led/VERB/4/amod talks/NOUN/0/root", "U.S.=USA:literal");
  check("Bogota/PROPN/6/nsubj ,/PUNCT/3/punct 22/NUM/1/nummod Sep/PROPN/3/flat --/PUNCT/6/punct killed/VERB/0/root", "Bogota=COL:literal");
  check("Bogota/PROPN/5/nsubj ,/PUNCT/1/punct unmoved/ADJ/1/amod ,/PUNCT/3/punct killed/VERB/0/root", "Bogota=COL:metonym");
  /* nationality, people, languages */
  check("Russian/ADJ/2/amod troops/NOUN/0/root", "Russian=RUS:demonym");
  check("Russian/ADJ/4/amod and/CCONJ/3/cc Chinese/ADJ/1/conj troops/NOUN/0/root", "Russian=RUS:demonym, Chinese=CHN:demonym");
  check("U.S./PROPN/2/compound troops/NOUN/0/root", "U.S.=USA:metonym");
  check("the/DET/2/det U.S./PROPN/3/nsubj agreed/VERB/0/root", "U.S.=USA:metonym");
  check("Mexicans/PROPN/2/nsubj voted/VERB/0/root", "");
  check("she/PRON/2/nsubj speaks/VERB/0/root Russian/PROPN/2/obj", "");
  /* parts of names, and compounds */
  check("Gaza/PROPN/2/compound hospital/NOUN/0/root", "Gaza=PSE:modifier");
  check("Murmansk/PROPN/2/compound/B-person governor/PROPN/0/root/I-person Yury/PROPN/2/flat/I-person", "Murmansk=RUS:modifier");
  check("U.S./PROPN/2/compound/B-person president/PROPN/0/root/I-person Smith/PROPN/2/flat/I-person", "U.S.=USA:metonym");
  check("Paris/PROPN/3/nsubj Hilton/PROPN/1/flat sang/VERB/0/root", "");
  check("Paris/PROPN/3/nsubj/B-person Hilton/PROPN/1/flat/I-person sang/VERB/0/root", "");
  check("University/PROPN/0/root/B-organization of/ADP/3/case/I-organization Kansas/PROPN/1/nmod/I-organization", "Kansas=USA:embedded");
  check("near/ADP/2/case Zzyzx/PROPN/0/root/B-place", "Zzyzx=:literal");
  check("He/PRON/2/nsubj praised/VERB/0/root Zzyzx/PROPN/2/obj/B-place", "");
  check("He/PRON/2/nsubj praised/VERB/0/root Zzyzx/PROPN/2/obj/B-place in/ADP/5/case Zzyzx/PROPN/2/obl/B-place", "Zzyzx=:literal, Zzyzx=:literal");
  check("in/ADP/3/case Idlib/PROPN/3/compound/B-place province/NOUN/0/root/I-place", "Idlib province=SYR:literal");
  check("in/ADP/3/case Laurel/PROPN/3/compound/B-place County/PROPN/0/root/I-place", "Laurel County=:literal");
  check("New/PROPN/3/compound/B-organization Zealand/PROPN/3/compound/I-organization Herald/PROPN/0/root/I-organization",
        "New Zealand=NZL:embedded");
  check("members/NOUN/0/root of/ADP/3/case Congress/PROPN/1/nmod", "");
  check("hear/VERB/0/root us/PRON/1/obj", "");
  /* which */
  check("in/ADP/2/case Paris/PROPN/0/root ,/PUNCT/4/punct Texas/PROPN/2/appos", "Paris=USA:literal, Texas=USA:literal");
  check("in/ADP/2/case Paris/PROPN/0/root", "Paris=FRA:literal");
  check("in/ADP/2/case Atlanta/PROPN/0/root ,/PUNCT/4/punct Georgia/PROPN/2/appos", "Atlanta=USA:literal, Georgia=USA:literal");
  check("in/ADP/2/case Georgia/PROPN/0/root", "Georgia=GEO:literal");
  check("Illinois/PROPN/0/root ,/PUNCT/3/punct New/PROPN/4/compound York/PROPN/1/conj ,/PUNCT/6/punct Ohio/PROPN/1/conj",
        "Illinois=USA:literal, New York=USA:literal, Ohio=USA:literal");
  check("Paris/PROPN/3/nsubj/B-person Smith/PROPN/1/flat/I-person sang/VERB/0/root ;/PUNCT/6/punct Paris/PROPN/6/nsubj left/VERB/3/parataxis", "");
  check("Al/PROPN/3/nsubj/B-person Zzyzx/PROPN/1/flat/I-person sang/VERB/0/root to/ADP/5/case Zzyzx/PROPN/3/obl/B-place", "");
  check("Bush/PROPN/2/nsubj spoke/VERB/0/root", "");
  know_free(&know);
  return tap_end();
}
