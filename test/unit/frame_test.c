/* frame_test.c: predicates and their arguments, on small trees written here.
 *
 * A tree is one line: words parted by blanks, each FORM/UPOS/HEAD/DEPREL with, where it matters, /FEATS and /LEMMA (else the form in lower
 * case).  A frame is shown as "passive S:x O:y I:z [to]x C:v M:m"; * marks an argument from outside the predicate's own subtree. */
#include "base/buf.h"
#include "lang/conllu.h"
#include "read/frame.h"
#include "tap.h"
#include <ctype.h>

static void write_tree(struct buf *to, const char *tree)
{
  struct slice rest = slice_of(tree);
  for (int id = 1; rest.n; id++) {
    struct slice word = slice_cut(&rest, ' '), part[6] = {{0}};
    for (int i = 0; i < 6 && word.n; i++) part[i] = slice_cut(&word, '/');
    char lemma[64] = "";
    for (size_t i = 0; i < part[0].n && i < sizeof lemma - 1; i++) lemma[i] = (char)tolower((unsigned char)part[0].at[i]);
    char line[256];
    int n = snprintf(line, sizeof line, "%d\t%.*s\t%.*s\t%.*s\t_\t%.*s\t%.*s\t%.*s\t_\t_\n", id, SLICE_ARG(part[0]),
                     SLICE_ARG(part[5].n ? part[5] : slice_of(lemma)), SLICE_ARG(part[1]), SLICE_ARG(part[4].n ? part[4] : SLICE("_")),
                     SLICE_ARG(part[2]), SLICE_ARG(part[3]));
    buf_put(to, line, (size_t)n);
  }
  buf_text(to, "\n");
}

/* The frame of the first word with this form. */
static void check(const char *tree, const char *form, const char *want)
{
  struct arena arena;
  arena_init(&arena, ARENA_NO_CEILING);
  struct error error = {0};
  struct analysis a;
  struct buf conllu, got;
  buf_init(&conllu, 65536);
  buf_init(&got, 65536);
  write_tree(&conllu, tree);
  if (conllu_read(buf_get(&conllu), "tree", &arena, &a, &error) != ST_OK) {
    ok(false, error.message);
    buf_release(&conllu);
  buf_release(&got);
  arena_release(&arena);
    return;
  }
  int32_t predicate = 0;
  while (predicate < a.n_tokens - 1 && !slice_is(a.tokens[predicate].form, form)) predicate++;
  struct frame f;
  frame_of(&a, predicate, &f);
  if (f.passive) buf_text(&got, "passive ");
  for (uint32_t i = 0; i < f.n; i++) {
    const struct argument *arg = &f.arguments[i];
    if (i) buf_text(&got, " ");
    if (arg->role == ROLE_OBLIQUE) {
      buf_text(&got, "[");
      if (arg->marker != TOKEN_NONE) buf_slice(&got, a.tokens[arg->marker].form);
      buf_text(&got, "]");
    } else {
      const char *const letter[] = {"S:", "O:", "I:", "", "C:", "M:"};
      buf_text(&got, letter[arg->role]);
    }
    buf_slice(&got, a.tokens[arg->token].form);
    if (arg->shared) buf_text(&got, "*");
  }
  is_slice(buf_get(&got), slice_of(want), form);
  buf_release(&conllu);
  buf_release(&got);
  arena_release(&arena);
}

#define PAST "/Tense=Past|VerbForm=Fin"
#define PART "/Tense=Past|VerbForm=Part|Voice=Pass"
#define ING "/VerbForm=Ger"
#define INF "/VerbForm=Inf"
#define REL "/PronType=Rel"

static void actives_and_passives(void)
{
  check("Rebels/NOUN/2/nsubj attacked/VERB/0/root" PAST " Kyiv/PROPN/2/obj and/CCONJ/5/cc Lviv/PROPN/3/conj in/ADP/7/case May/PROPN/2/obl", "attacked",
        "S:Rebels O:Kyiv O:Lviv [in]May");
  check("Kyiv/PROPN/3/nsubj:pass was/AUX/3/aux:pass attacked/VERB/0/root" PART
        " by/ADP/5/case rebels/NOUN/3/obl:agent and/CCONJ/7/cc soldiers/NOUN/5/conj on/ADP/9/case Monday/PROPN/3/obl",
        "attacked", "passive S:rebels S:soldiers O:Kyiv [on]Monday");
  check("Kyiv/PROPN/3/nsubj:pass was/AUX/3/aux:pass given/VERB/0/root" PART " tanks/NOUN/3/obj", "given", "passive O:tanks I:Kyiv");
  check("Moscow/PROPN/2/nsubj supplied/VERB/0/root" PAST " Minsk/PROPN/2/iobj weapons/NOUN/2/obj", "supplied", "S:Moscow O:weapons I:Minsk");
}

static void relatives(void)
{
  check("men/NOUN/0/root who/PRON/3/nsubj" REL " attacked/VERB/1/acl:relcl" PAST " Kyiv/PROPN/3/obj", "attacked", "S:men* O:Kyiv");
  check("towns/NOUN/0/root that/PRON/4/obj" REL " rebels/NOUN/4/nsubj took/VERB/1/acl:relcl" PAST, "took", "S:rebels O:towns*");
  check("towns/NOUN/0/root rebels/NOUN/3/nsubj took/VERB/1/acl:relcl" PAST, "took", "S:rebels O:towns*");
  check("town/NOUN/0/root where/ADV/4/advmod/PronType=Rel they/PRON/4/nsubj met/VERB/1/acl:relcl" PAST, "met", "S:they [where]town*");
  check("town/NOUN/0/root attacked/VERB/1/acl" PART " by/ADP/4/case rebels/NOUN/2/obl:agent", "attacked", "passive S:rebels O:town*");
  check("troops/NOUN/0/root deployed/VERB/1/acl" PART " to/ADP/4/case Russia/PROPN/2/obl", "deployed", "passive O:troops* [to]Russia");
  check("troops/NOUN/0/root advancing/VERB/1/acl" ING " on/ADP/4/case Kyiv/PROPN/2/obl", "advancing", "S:troops* [on]Kyiv");
}

static void control(void)
{
  check("Paris/PROPN/2/nsubj agreed/VERB/0/root" PAST " to/PART/4/mark send/VERB/2/xcomp" INF " aid/NOUN/4/obj", "send", "S:Paris* O:aid");
  check("Paris/PROPN/2/nsubj urged/VERB/0/root" PAST " Moscow/PROPN/2/obj to/PART/5/mark withdraw/VERB/2/xcomp" INF, "withdraw", "S:Moscow*");
  check("Austin/PROPN/3/nsubj:pass is/AUX/3/aux:pass scheduled/VERB/0/root" PART " to/PART/5/mark meet/VERB/3/xcomp" INF " Kim/PROPN/5/obj", "meet",
        "S:Austin* O:Kim");
  check("They/PRON/2/nsubj want/VERB/0/root/VerbForm=Fin to/PART/4/mark begin/VERB/2/xcomp" INF " to/PART/6/mark fight/VERB/4/xcomp" INF, "fight", "S:They*");
  check("Troops/NOUN/3/nsubj:pass are/AUX/3/aux:pass expected/VERB/0/root" PART " to/PART/6/mark be/AUX/6/aux:pass deployed/VERB/3/xcomp" PART, "deployed",
        "passive O:Troops*");
  check("A/DET/2/det bomb/NOUN/3/nsubj exploded/VERB/0/root" PAST " ,/PUNCT/5/punct killing/VERB/3/advcl" ING " five/NUM/5/obj", "killing", "S:bomb* O:five");
  check("Iran/PROPN/3/nmod:poss 's/PART/1/case plan/NOUN/0/root to/PART/5/mark attack/VERB/3/acl" INF " Iraq/PROPN/5/obj", "attack", "S:Iran* O:Iraq");
  check("Iran/PROPN/2/nsubj made/VERB/0/root" PAST " plans/NOUN/2/obj to/PART/5/mark attack/VERB/3/acl" INF, "attack", "S:Iran*");
}

static void coordination(void)
{
  check("Police/NOUN/2/nsubj entered/VERB/0/root" PAST " and/CCONJ/4/cc arrested/VERB/2/conj" PAST " him/PRON/4/obj", "arrested", "S:Police* O:him");
  check("He/PRON/3/nsubj:pass was/AUX/3/aux:pass arrested/VERB/0/root" PART " and/CCONJ/5/cc charged/VERB/3/conj" PART " by/ADP/7/case police/NOUN/3/obl:agent",
        "charged", "passive S:police* O:He*");
  check("men/NOUN/0/root who/PRON/3/nsubj" REL " fled/VERB/1/acl:relcl" PAST " and/CCONJ/5/cc hid/VERB/3/conj" PAST, "hid", "S:men*");
  check("police/NOUN/2/nsubj beat/VERB/0/root" PAST " and/CCONJ/4/cc arrested/VERB/2/conj" PAST " protesters/NOUN/2/obj", "arrested",
        "S:police* O:protesters*");
}

static void nominals(void)
{
  check("the/DET/2/det deployment/NOUN/0/root of/ADP/4/case troops/NOUN/2/nmod to/ADP/6/case Russia/PROPN/2/nmod by/ADP/8/case Kim/PROPN/2/nmod", "deployment",
        "S:Kim O:troops [to]Russia");
  check("Russia/PROPN/3/nmod:poss 's/PART/1/case invasion/NOUN/0/root of/ADP/5/case Ukraine/PROPN/3/nmod", "invasion", "S:Russia O:Ukraine");
  check("the/DET/2/det city/NOUN/4/nmod:poss 's/PART/2/case destruction/NOUN/0/root by/ADP/6/case rebels/NOUN/4/nmod", "destruction", "S:rebels O:city");
  check("North/ADJ/2/amod Korean/ADJ/4/amod troop/NOUN/4/compound deployment/NOUN/0/root", "deployment", "M:Korean M:troop");
  check("arrest/NOUN/0/root and/CCONJ/3/cc torture/NOUN/1/conj of/ADP/5/case men/NOUN/3/nmod", "arrest", "O:men*");
  check("talks/NOUN/0/root between/ADP/3/case Iran/PROPN/1/nmod and/CCONJ/5/cc Iraq/PROPN/3/conj", "talks", "[between]Iran [between]Iraq");
}

int main(void)
{
  actives_and_passives();
  relatives();
  control();
  coordination();
  nominals();
  return tap_end();
}
