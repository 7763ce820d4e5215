/* Capitals shown in usual case: the table's lines, neighbours, unknown words, and which sentences count as capitals. */
#include "lang/analysis.h"
#include "lang/lang_recase.h"
#include "lang/lang_word.h"
#include "tap.h"

static struct arena arena;
static struct recase recase;

/* The forms that the model is shown of a sentence's words, parted by blanks. */
static void shown(const char *words, const char *want, bool follows, bool in_capitals)
{
  struct token tokens[32] = {{.form = {0}}};
  struct slice seen[32], rest = slice_of(words);
  uint32_t n = 0;
  while (rest.n && n < 32) tokens[n++].form = slice_cut(&rest, ' ');
  char got[400] = "";
  size_t length = 0;
  bool capitals = !in_capitals;
  ok(lang_recase(&recase, tokens, n, follows, seen, &capitals, &arena) && capitals == in_capitals, words);
  for (uint32_t t = 0; t < n && length + 100 < sizeof got; t++)
    length += (size_t)snprintf(got + length, sizeof got - length, "%s%.*s", t ? " " : "", SLICE_ARG(seen[t]));
  struct slice form = {got, length};
  is_slice(form, slice_of(want), want);
}

int main(void)
{
  static const char lines[] = "-ing\n^ Bank\n^ Party\nand\nbank\nItalia\nLavrov\nMcCain\nn't\nNATO\nof\n"
                              "party\nsaid\nthe\nthe US\nus\nworld\nWorld >bank\n\xC3\xA9tat\n";
  arena_init(&arena, (size_t)4 << 20);
  shown("THE PARTY", "THE PARTY", false, false);
  recase.lines = SLICE(lines);
  for (struct slice rest = recase.lines; rest.n;) {
    struct slice line = slice_cut(&rest, '\n');
    char low[100];
    ok(slice_eq(recase_find(&recase, (struct slice){low, word_plain(line, low, sizeof low)}), line), "each line is found");
  }
  ok(!recase_find(&recase, SLICE("a")).n && !recase_find(&recase, SLICE("zzz")).n && !recase_find(&recase, SLICE("m")).n, "and no other");
  shown("THE PARTY SAID", "The party said", false, true);
  shown("The party said", "The party said", false, false);
  shown("LAVROV AND THE PARTY", "Lavrov and the party", false, true);
  shown("NATO", "NATO", false, false);
  shown("THE NATO PARTY .", "The NATO Party .", false, true);
  shown("MCCAIN SAID", "McCain said", false, true);
  shown("OF THE WORLD BANK", "Of the World Bank", false, true);
  shown("OF THE WORLD", "Of the world", false, true);
  shown("SAID THE US", "Said the US", false, true);
  shown("SAID US", "Said us", false, true);
  shown("SAID O'NEILL", "Said O'Neill", false, true);
  shown("OF FLOGGING", "Of flogging", false, true);
  shown("OF 3 MH17 , U.N. 12TH", "Of 3 MH17 , U.N. 12TH", false, true);
  shown("\" THE PARTY \"", "\" The party \"", false, true);
  shown("PARTY", "PARTY", false, false);
  shown("PARTY", "Party", true, true);
  shown("NATO , NATO", "NATO , NATO", false, false);
  shown("DID N'T", "Did n't", false, true);
  shown("THE \xC3\x89TAT", "The \xC3\xA9tat", false, true);
  arena_release(&arena);
  return tap_end();
}
