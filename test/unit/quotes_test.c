#include "read/claims.h"
#include "tap.h"

/* An analysis whose tokens are the words of the text, cut at blanks and around marks of punctuation. */
static struct analysis words(struct arena *arena, const char *text)
{
  struct analysis a = {.text = slice_of(text)};
  a.tokens = arena_array(arena, struct token, a.text.n + 1);
  a.sentences = arena_array(arena, struct sentence, 1);
  for (size_t i = 0; i < a.text.n;) {
    size_t begin = i;
    unsigned char c = (unsigned char)text[i];
    bool word = (c | 32) >= 'a' && (c | 32) <= 'z';
    for (i++; i < a.text.n && word; i++) {
      unsigned char d = (unsigned char)text[i];
      if (!((d | 32) >= 'a' && (d | 32) <= 'z')) break;
    }
    while (!word && i < a.text.n && ((unsigned char)text[i] & 0xC0) == 0x80) i++;
    if (c == ' ' || c == '\n') continue;
    struct token *t = &a.tokens[a.n_tokens++];
    t->span = (struct span){(uint32_t)begin, (uint32_t)i};
    t->form = slice_sub(a.text, begin, i);
    t->upos = word ? UPOS_NOUN : UPOS_PUNCT;
  }
  a.n_sentences = 1;
  a.sentences[0] = (struct sentence){.end = a.n_tokens};
  return a;
}

/* The inner texts of all quotations, each behind a '|'. */
static void check(const char *text, const char *want, const char *name)
{
  struct arena arena;
  struct quotations q;
  char got[512];
  size_t n = 0;
  arena_init(&arena, (size_t)1 << 20);
  struct analysis a = words(&arena, text);
  ok(quotes_find(&arena, &a, &q), "room");
  for (uint32_t i = 0; i < q.n; i++) {
    struct slice inner = slice_span(a.text, q.at[i].inner);
    n += (size_t)snprintf(got + n, sizeof got - n, "|%.*s%s", SLICE_ARG(inner), q.at[i].closed ? "" : "...");
  }
  got[n] = '\0';
  is_text(got, want, name);
  arena_release(&arena);
}

int main(void)
{
  check("He said \"no\" and \"yes\".", "|no|yes", "straight marks in pairs");
  check("“We stay,” he said. “For now.”", "|We stay,|For now.", "curly marks");
  check("«Non», he wrote.", "|Non", "angle marks");
  check("``It is over,'' he said.", "|It is over,", "marks of two characters");
  check("He's the boys' coach, isn't he?", "", "apostrophes are none");
  check("Police 'shot the dog' in Ohio", "|shot the dog", "single marks of a headline");
  check("It is ‘over’, he said.", "|over", "single curly marks");
  check("\"We said 'no' twice,\" he wrote.", "|We said 'no' twice,", "single marks inside double ones belong to them");
  check("\"It began here.\n\"It ends now,\" he said.", "|It began here....|It ends now,", "an open one ends with its paragraph");
  check("He said \"it", "|it...", "or with the text");
  check("\"I read “Dust” twice,\" he said.", "|I read “Dust” twice,", "curly marks within straight ones");
  check("“He told us: “Go.” We went,” she said.", "|He told us: “Go.” We went,", "curly marks within curly ones");
  check("“They call it \"home\" now,” she said.", "|They call it \"home\" now,", "straight marks within curly ones");
  check("“It is new,“ she said. “It works.”", "|It is new,|It works.", "a mark of the wrong side closes");
  check("”It is new,” she said.", "|It is new,", "a mark of the wrong side opens");
  check("“It is new, she said. “It works,” he said.", "|It works,", "one never closed gives way to the next that opens and closes");
  check("\"One.\n“Two” and three.\nFour” ends.", "|One....|Two", "a mark that closes nothing is none");
  check("“““““a”", "|““““a", "marks without end");
  check("\" \"", "", "nothing between is none");
  check("", "", "nor is nothing");
  return tap_end();
}
