/* petrarch_fuzz.c: any bytes as a dictionary of PETRARCH: it loads, each fault is one line that names the file, and two fixed trees are read with
 * it: whoever acts has a code, and each event names a line of the dictionary. */
#include "lang/conllu.h"
#include "read/read.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char trees[] =
  "# text = Gondor soldiers will not attack Mordor, officials said.\n"
  "1\tGondor\tGondor\tPROPN\t_\tNumber=Sing\t2\tcompound\t_\t_\n2\tsoldiers\tsoldier\tNOUN\t_\tNumber=Plur\t5\tnsubj\t_\t_\n"
  "3\twill\twill\tAUX\t_\tVerbForm=Fin\t5\taux\t_\t_\n4\tnot\tnot\tPART\t_\t_\t5\tadvmod\t_\t_\n5\tattack\tattack\tVERB\t_\tVerbForm=Inf\t9\tccomp\t_\t_\n"
  "6\tMordor\tMordor\tPROPN\t_\tNumber=Sing\t5\tobj\t_\tSpaceAfter=No\n7\t,\t,\tPUNCT\t_\t_\t5\tpunct\t_\t_\n"
  "8\tofficials\tofficial\tNOUN\t_\tNumber=Plur\t9\tnsubj\t_\t_\n9\tsaid\tsay\tVERB\t_\tTense=Past\t0\troot\t_\tSpaceAfter=No\n"
  "10\t.\t.\tPUNCT\t_\t_\t9\tpunct\t_\t_\n\n"
  "# text = Bree and Arnor were given aid by Gondor.\n"
  "1\tBree\tBree\tPROPN\t_\tNumber=Sing\t5\tnsubj:pass\t_\t_\n"
  "2\tand\tand\tCCONJ\t_\t_\t3\tcc\t_\t_\n3\tArnor\tArnor\tPROPN\t_\tNumber=Sing\t1\tconj\t_\t_\n"
  "4\twere\tbe\tAUX\t_\tTense=Past\t5\taux:pass\t_\t_\n5\tgiven\tgive\tVERB\t_\tTense=Past|VerbForm=Part|Voice=Pass\t0\troot\t_\t_\n"
  "6\taid\taid\tNOUN\t_\tNumber=Sing\t5\tobj\t_\t_\n"
  "7\tby\tby\tADP\t_\t_\t8\tcase\t_\t_\n8\tGondor\tGondor\tPROPN\t_\tNumber=Sing\t5\tobl:agent\t_\tSpaceAfter=No\n"
  "9\t.\t.\tPUNCT\t_\t_\t5\tpunct\t_\t_\n\n";

/* Beside the dictionary stand actors that the trees name, so that patterns meet somebody. */
static const char actors[] = "GONDOR [GON]\nMORDOR [ORC]\nBREE [BRE]\nARNOR [ARN]\n";

static struct know know;
static struct analysis analysis;
static struct arena ours;

static void begin(void)
{
  struct error error = {ST_OK, ""};
  if (know.tables) return;
  arena_init(&ours, (size_t)1 << 24);
  if (know_open(&know, NULL, &error) != ST_OK || conllu_read(SLICE(trees), "trees", &ours, &analysis, &error) != ST_OK) abort();
}

static void check_events(const struct reading *reading)
{
  for (uint32_t i = 0; i < reading->n_events; i++) {
    const struct event *e = &reading->events[i];
    if (!slice_starts(e->trace.rule, SLICE("discards.txt:")) || e->cameo.n == 0 || e->actor.n == 0 || e->recipient.n == 0) abort();
    for (uint32_t k = 0; k < e->actor.n; k++)
      if (e->actor.at[k].code.n == 0) abort();
    if (e->trigger.begin >= e->trigger.end || e->trigger.end > analysis.text.n) abort();
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  begin();
  struct arena arena;
  struct error error = {ST_OK, ""};
  struct reading reading;
  struct table tables[64];
  arena_init(&arena, (size_t)256 << 20);
  uint16_t n = know.n_tables;
  if (n + 2 > 64) abort();
  memcpy(tables, know.tables, n * sizeof *tables);
  tables[n] = (struct table){.name = SLICE("actors.txt"), .file = SLICE("actors.txt"), .bytes = SLICE(actors)};
  tables[n + 1] = (struct table){.name = SLICE("discards.txt"), .file = SLICE("discards.txt"), .bytes = {(const char *)data, size}};
  struct know_source src = {.arena = &arena, .tables = tables, .n_tables = (uint16_t)(n + 2), .n_own = n, .error = &error};
  struct know with = know;
  with.tables = tables;
  with.n_tables = src.n_tables;
  enum status status = petrarch_load(&with.petrarch, &src, n);
  if (status != ST_OK && status != ST_MEMORY) abort();
  for (size_t i = 0; status == ST_OK && i < with.petrarch->warnings.n; i++)
    if (!slice_starts(with.petrarch->warnings.at[i], SLICE("discards.txt:"))) abort();
  if (status == ST_OK && read_document(&analysis, &with, SLICE("2010-01-01"), &arena, &reading, &error) == ST_OK && with.petrarch->verbs.n)
    check_events(&reading);
  arena_release(&arena);
  return 0;
}
