#include "know/nouns.h"
#include "base/embed.h"
#include "know/source.h"
#include "lang/conllu.h"
#include "tap.h"

static enum status load(const struct nouns **to, struct arena *arena, struct slice bytes, struct error *error)
{
  static struct table table;
  table = (struct table){.name = SLICE("en/nouns.tsv"), .bytes = bytes};
  struct know_source src = {.arena = arena, .tables = &table, .n_tables = 1, .error = error};
  error_clear(error);
  return nouns_load(to, &src);
}

/* The noun at token `head` of a text given as word/TAG/lemma, one a line of CoNLL-U. */
static const struct noun *match(const struct nouns *nouns, struct arena *arena, const char *conllu, int32_t head, int32_t *first, int32_t *end)
{
  struct analysis a;
  struct error error = {0};
  if (conllu_read(slice_of(conllu), "test", arena, &a, &error) != ST_OK) return NULL;
  return nouns_match(nouns, &a, head, first, end);
}

int main(void)
{
  struct arena arena;
  struct error error = {0};
  const struct nouns *nouns = NULL;
  arena_init(&arena, ARENA_NO_CEILING);

  size_t n = 0;
  const struct embedded *files = embedded_files(&n);
  struct slice ours = {0};
  for (size_t i = 0; i < n; i++)
    if (strcmp(files[i].name, "en/nouns.tsv") == 0) ours = files[i].bytes;
  is_int(load(&nouns, &arena, ours, &error), ST_OK, "our own table is well formed");
  if (error.code) printf("# %s\n", error.message);
  const struct noun *noun = nouns ? nouns_find(nouns, SLICE("prime minister")) : NULL;
  ok(noun && noun->sectors[0] == SECTOR_GOV && (noun->flags & NOUN_OFFICE) && (noun->flags & NOUN_HEAD_OF_STATE), "prime minister heads a government");
  noun = nouns_find(nouns, SLICE("defense secretary"));
  ok(noun && noun->sectors[0] == SECTOR_GOV && noun->sectors[1] == SECTOR_MIL, "a defense secretary has two sectors");
  ok(!nouns_find(nouns, SLICE("banana")), "a banana is no actor");

  int32_t first = -1, end = -1;
  static const char ministers[] =
    "1\tTwo\ttwo\tNUM\t_\t_\t3\tnummod\t_\t_\n2\tPrime\tprime\tADJ\t_\t_\t3\tamod\t_\t_\n"
    "3\tMinisters\tminister\tNOUN\t_\tNumber=Plur\t4\tnsubj\t_\t_\n4\tmet\tmeet\tVERB\t_\t_\t0\troot\t_\t_\n\n";
  noun = match(nouns, &arena, ministers, 2, &first, &end);
  ok(noun && slice_is(noun->lemma, "prime minister") && first == 1 && end == 3, "the longest entry, in the plural and in capitals");
  static const char chief[] =
    "1\tNATO\tNATO\tPROPN\t_\t_\t2\tcompound\t_\t_\n2\tSecretary\tsecretary\tPROPN\t_\tNumber=Sing\t0\troot\t_\tSpaceAfter=No\n"
    "3\t-\t-\tPUNCT\t_\t_\t4\tpunct\t_\tSpaceAfter=No\n4\tGeneral\tgeneral\tPROPN\t_\t_\t2\tflat\t_\t_\n\n";
  noun = match(nouns, &arena, chief, 1, &first, &end);
  ok(noun && slice_is(noun->lemma, "secretary-general") && first == 1 && end == 4, "words that a hyphen joins, behind the head");

  is_int(load(&nouns, &arena, SLICE("chief\t-\tperson\nchief\tMIL\toffice\n"), &error), ST_OK, "a lemma may stand on two lines");
  noun = nouns_find(nouns, SLICE("chief"));
  ok(noun && noun->flags == (NOUN_PERSON | NOUN_OFFICE) && noun->sectors[0] == SECTOR_MIL && noun->where.line == 2, "which are joined");
  is_int(load(&nouns, &arena, SLICE("a\tGOV\tperson\nb\tXYZ\tperson\n"), &error), ST_TABLE, "an unknown sector is refused");
  ok(strstr(error.message, "en/nouns.tsv:2") != NULL, "with its file and line");
  is_int(load(&nouns, &arena, SLICE("b\tGOV\tking\n"), &error), ST_TABLE, "an unknown flag is refused");
  is_int(load(&nouns, &arena, SLICE("b\tGOV\n"), &error), ST_TABLE, "a missing column is refused");
  arena_release(&arena);
  return tap_end();
}
