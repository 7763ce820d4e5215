/* petrarch_test.c: the dictionaries as they are read: words, dates, plurals, forms, what is told of a line that cannot be read.  What they
 * give on trees stands in test/cases/petrarch1.conllu and petrarch2.conllu. */
#include "know/petrarch.h"
#include "know/know.h"
#include "tap.h"

static struct arena arena;
static const struct petrarch *p;

/* Reads one dictionary with this name. */
static void load(const char *name, const char *bytes)
{
  static struct table tables[UINT8_MAX];
  static struct know know;
  static struct error error;
  error = (struct error){0};
  if (!know.tables && know_open(&know, NULL, &error) != ST_OK) ok(false, error.message);
  arena_clear(&arena);
  uint16_t n = know.n_tables;
  if (!ok(n < UINT8_MAX, "a place for one more table")) return;
  memcpy(tables, know.tables, n * sizeof *tables);
  tables[n] = (struct table){.name = slice_of(name), .file = slice_of(name), .bytes = slice_of(bytes)};
  struct know_source src = {.arena = &arena, .tables = tables, .n_tables = (uint16_t)(n + 1), .n_own = n, .error = &error};
  if (!ok(petrarch_load(&p, &src, n) == ST_OK, name)) printf("# %s\n", error.message);
}

static void word_is(const char *text, const char *want)
{
  char room[PETR_WORD_BYTES], all[200];
  bool joined;
  size_t n = 0;
  for (struct slice rest = slice_of(text), word; (word = petr_next_word(&rest, room, &joined)).n && n + word.n + 1 < sizeof all;) {
    if (n) all[n++] = joined ? '_' : ' ';
    memcpy(all + n, word.at, word.n);
    n += word.n;
  }
  is_slice(((struct slice){all, n}), slice_of(want), text);
}

static void words(void)
{
  word_is("Al-Qaeda", "AL_QAEDA");
  word_is("GROUP OF_77", "GROUP OF_77");
  word_is("Gondor's", "GONDOR_'S");
  word_is("Gondor\xe2\x80\x99s men", "GONDOR_'S MEN");
  word_is("DON'T", "DO_N'T");
  word_is("n't", "N'T");
  word_is("N'Djamena", "NDJAMENA");
  word_is("U.S.", "U.S");
  word_is("George_W._Bush_", "GEORGE_W_BUSH");
  word_is("C\xc3\xb4te d\xe2\x80\x99Ivoire", "COTE DIVOIRE");
  word_is("MOHAMMED\x60S (AAIA)", "MOHAMMEDS AAIA");
  word_is(" _- ", "");
}

static const struct petr_phrase *phrase(const char *text)
{
  uint32_t id[PETR_PHRASE_WORDS], n = 0;
  char room[PETR_WORD_BYTES];
  bool joined;
  for (struct slice rest = slice_of(text), word; (word = petr_next_word(&rest, room, &joined)).n && n < PETR_PHRASE_WORDS;) id[n++] = petr_word(p, word);
  for (size_t i = 0; i < p->phrases.n; i++)
    if (p->phrases.at[i].n == n && memcmp(p->phrases.at[i].words, id, n * sizeof *id) == 0) return &p->phrases.at[i];
  return NULL;
}

static void code_is(const char *text, int32_t day, const char *want)
{
  const struct petr_phrase *one = phrase(text);
  const struct petr_restriction *code = one ? petr_code_on(one, day) : NULL;
  is_slice(code ? code->code : SLICE("none"), slice_of(want), text);
}

static void actors(void)
{
  load("a.actors.txt", "<!-- a\n b --> \nAARDVARK [saf]\n+EARTH_PIG\n# a comment\n\nGAMGEE [HOB]\n\t[HOBCIV <20080120] # first\n  [HOBMIL 20080120-20121109]\n"
                       "[ORC 20100109-20100112]\n[HOBELI >20130119]\nLAST_ONE [AAA <790606] [BBB 020101 - 050101][CCC 20100101]\nGAMGEE [TWO]\n");
  is_int(p->warnings.n, 0, "without a warning");
  is_int(p->n_actors, 4, "four phrases");
  code_is("aardvark", 20240101, "SAF");
  code_is("EARTH PIG", 0, "SAF");
  code_is("GAMGEE", 20080119, "HOBCIV");
  code_is("GAMGEE", 20080121, "HOBMIL");
  code_is("GAMGEE", 20100112, "ORC");
  code_is("GAMGEE", 20121201, "HOB");
  code_is("GAMGEE", 20130120, "HOBELI");
  code_is("GAMGEE", 0, "HOB");
  code_is("LAST ONE", 19790101, "AAA");
  code_is("LAST ONE", 20030101, "BBB");
  code_is("LAST ONE", 20110101, "CCC");
  code_is("LAST ONE", 20060101, "none");
  load("b.actors.txt", "GOOD [GDL]\n+\nBAD [BAD 2004017-20050101] [XXX\nNO_CODE\nSource: none");
  is_int(p->warnings.n, 6, "six lines are told");
  is_slice(p->warnings.at[0], SLICE("b.actors.txt:2: no word in the phrase: the line is left out"), "by file and line");
  code_is("GOOD", 0, "GDL");
}

static void agents(void)
{
  load("a.agents.txt", "!PERSON! = MAN, WOMEN\nCONGRESS!PERSON! [~LEG]\nPARTY [~PTY]\nGLASS_BOSS [~BUS]\nPOLICE {} [ ~COP]\nGOOSE {GEESE} [~GGS]\n"
                       "BODY [NGO~]\nBAD [~ENV}\nX!NO! [~GOV]\n");
  is_int(p->warnings.n, 2, "two bad lines");
  ok(phrase("CONGRESSWOMEN") != NULL && phrase("CONGRESSWOMENS") == NULL, "a substitution, without a plural");
  ok(phrase("PARTIES") != NULL && phrase("GLASS BOSSES") != NULL && phrase("GEESE") != NULL, "plurals");
  ok(phrase("POLICES") == NULL && phrase("GOOSES") == NULL, "none where none or another is given");
  ok(phrase("BODY") && phrase("BODY")->in_front && !phrase("PARTY")->in_front, "a code in front");
}

static bool has_form(const char *text)
{
  struct slice word = slice_of(text);
  uint32_t id = petr_word(p, word);
  return id && p->form_of.at[id];
}

static void verbs(void)
{
  load("a.verbs.txt", "&S_\n+ONE TWO\n&T\n+THING\n+&S\n--- A [013:012] ---\nPASS\nCARRY\nHOPE [020!]\nAGREE\nSTOP {STOPPED}\nKEEP {}\n+BEEF_UP\nWIRE_+TAP\n"
                      "- A * B [1]\n- C_D_* &T E [2]\n- * &NONE [3]\n- no verb [4]\n- * * [5]\n- * {A} [6]\n- *\n");
  is_int(p->warnings.n, 5, "five patterns cannot be read");
  is_int(p->n_patterns, 2, "two can");
  ok(has_form("PASSES") && has_form("CARRIES") && has_form("HOPED") && has_form("HOPING") && has_form("AGREEING"), "regular forms");
  ok(has_form("STOPPED") && !has_form("STOPS") && has_form("KEEP") && !has_form("KEEPS"), "those that are given take their place");
  ok(has_form("BEEFED") && has_form("TAPS") && !has_form("WIRED"), "the marked word is inflected");
  is_slice(p->verbs.at[2].act.first, SLICE("020"), "a code of its own");
  is_slice(p->verbs.at[0].act.second, SLICE("012"), "or of its block");
  const struct petr_pattern *longest = &p->blocks.at[0].patterns.at[0];
  is_int(longest->weight, 4, "the longest pattern is first");
  ok(longest->before[0].adjacent && longest->before[1].adjacent && !longest->after[0].adjacent, "what is tied");
  is_slice(longest->rule, SLICE("a.verbs.txt:16"), "knows its line");
  ok(!p->blocks.at[0].p2, "the older dialect");
  load("b.verbs.txt", "--- A [---] ---\nASK\n- CONVOY * {FOOD AID} (TO CAMP) (BY) [073]\n~ a (b . ATTACK) SAY = a b 112\n~ a b\n");
  ok(p->blocks.at[0].p2 && p->blocks.at[0].patterns.at[0].n_parts == 4, "the newer dialect");
  is_int(p->transformations.n, 1, "a transformation");
  is_int(p->warnings.n, 1, "and none");
}

int main(void)
{
  arena_init(&arena, (size_t)1 << 26);
  words();
  actors();
  agents();
  verbs();
  load("a.discards.txt", "+World Cup\nBASEBALL # x\n1914\n");
  ok(phrase("WORLD CUP") && phrase("WORLD CUP")->story && phrase("1914") && !phrase("1914")->story, "discards of story and sentence");
  ok(!petrarch_is(&(struct table){.file = SLICE("x.txt"), .bytes = SLICE("Dear reader,\nthis is a letter.\n")}), "a letter is no dictionary");
  arena_release(&arena);
  return tap_end();
}
