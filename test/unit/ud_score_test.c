#include "lang/conllu.h"
#include "tap.h"

static struct arena arena;

#define ROW(id, form, upos, head, deprel, misc) id "\t" form "\t" form "\t" upos "\t_\t_\t" head "\t" deprel "\t_\t" misc "\n"
#define MWT(id, form) id "\t" form "\t_\t_\t_\t_\t_\t_\t_\t_\n"

static enum status score(const char *gold, const char *system, struct ud_measure to[UD_METRICS], struct error *error)
{
  struct analysis g, s;
  error_clear(error);
  ok(conllu_read(slice_of(gold), "gold", &arena, &g, error) == ST_OK && conllu_read(slice_of(system), "system", &arena, &s, error) == ST_OK,
     "both sides are read");
  return ud_score(&g, &s, &arena, to, error);
}

static const char gold[] =
  ROW("1", "Kim", "PROPN", "4", "nsubj", "_")
  MWT("2-3", "doesn't") ROW("2", "does", "AUX", "4", "aux", "_") ROW("3", "n't", "PART", "4", "advmod", "_")
  ROW("4", "agree", "VERB", "0", "root", "SpaceAfter=No")
  ROW("5", ".", "PUNCT", "4", "punct", "_") "\n";

static void same(void)
{
  struct ud_measure m[UD_METRICS];
  struct error error;
  ok(score(gold, gold, m, &error) == ST_OK, "a file against itself");
  for (int k = 0; k < UD_METRICS; k++) ok(m[k].f1 > 99.999 && m[k].f1 < 100.001, ud_metric_name((enum ud_metric)k));
  is_int(m[UD_TOKENS].gold, 4, "tokens are counted on the surface");
  is_int(m[UD_WORDS].gold, 5, "words within them");
  is_int(m[UD_CLAS].gold, 3, "content words");
}

/* "doesn't" cut as two plain tokens: no token of that range, and the words find their mates by form; one relation and one tag are wrong. */
static void cut_anew(void)
{
  static const char system[] =
    ROW("1", "Kim", "PROPN", "4", "obj", "_")
    ROW("2", "does", "VERB", "4", "aux", "SpaceAfter=No") ROW("3", "n't", "PART", "4", "advmod", "_")
    ROW("4", "agree", "VERB", "0", "root", "SpaceAfter=No") "\n"
    ROW("1", ".", "PUNCT", "0", "root", "_") "\n";
  struct ud_measure m[UD_METRICS];
  struct error error;
  ok(score(gold, system, m, &error) == ST_OK, "a text cut anew");
  is_int(m[UD_TOKENS].correct, 3, "tokens of the same range");
  is_int(m[UD_TOKENS].system, 5, "tokens of the system");
  is_int(m[UD_SENTENCES].correct, 0, "no sentence of the same range");
  is_int(m[UD_WORDS].correct, 5, "words align by form across a multiword token");
  is_int(m[UD_UPOS].correct, 4, "tags");
  is_int(m[UD_UAS].correct, 4, "heads");
  is_int(m[UD_LAS].correct, 3, "heads with relations");
  is_int(m[UD_CLAS].system, 4, "content words of the system");
}

static void other_text(void)
{
  struct ud_measure m[UD_METRICS];
  struct error error;
  ok(score(gold, ROW("1", "Kin", "PROPN", "0", "root", "_"), m, &error) == ST_REFUSED, "another text cannot be scored");
  ok(slice_find(slice_of(error.message), SLICE("differ from byte 2")) != SIZE_MAX, "the message says where they part");
}

int main(void)
{
  arena_init(&arena, ARENA_NO_CEILING);
  same();
  cut_anew();
  other_text();
  arena_release(&arena);
  return tap_end();
}
