#include "lang/conllu.h"
#include "tap.h"

static struct arena arena;

#define ROW(id, form, lemma, upos, feats, head, deprel, misc) id "\t" form "\t" lemma "\t" upos "\t_\t" feats "\t" head "\t" deprel "\t_\t" misc "\n"
#define GONE ROW("1", "Gone", "go", "VERB", "_", "0", "root", "_")

static const char kim[] =
  "# newdoc id = d\n# sent_id = d-1\n# newpar\n# text = Kim Lee doesn't agree.\n"
  ROW("1", "Kim", "Kim", "PROPN", "Number=Sing", "5", "nsubj", "Name=B-person")
  ROW("2", "Lee", "Lee", "PROPN", "Number=Sing", "1", "flat", "Name=I-person")
  ROW("3-4", "doesn't", "_", "_", "_", "_", "_", "_")
  ROW("3", "does", "do", "AUX", "_", "5", "aux", "_")
  ROW("4", "n't", "not", "PART", "Polarity=Neg", "5", "advmod", "_")
  ROW("5", "agree", "agree", "VERB", "VerbForm=Inf", "0", "root", "SpaceAfter=No")
  ROW("5.1", "shadow", "shadow", "X", "_", "_", "_", "_")
  ROW("6", ".", ".", "PUNCT", "_", "5", "punct", "_")
  "\n# sent_id = d-2\n# text = Why?\n"
  ROW("1", "Why", "why", "ADV", "_", "0", "root", "SpaceAfter=No")
  ROW("2", "?", "?", "PUNCT", "_", "1", "punct", "_")
  "\n# sent_id = d-3\n# newpar\n# text = Gone\n" GONE "\n";

static void reads(void)
{
  struct analysis a;
  struct error error;
  error_clear(&error);
  ok(conllu_read(SLICE(kim), "kim", &arena, &a, &error) == ST_OK, "a sound file is read");
  is_slice(a.text, SLICE("Kim Lee doesn't agree. Why?\n\nGone\n"), "its text is put together again");
  is_int(a.n_tokens, 9, "empty nodes are skipped");
  is_int(a.n_sentences, 3, "sentences");
  is_slice(slice_span(a.text, a.tokens[2].span), SLICE("doesn't"), "a multiword token's span");
  is_slice(slice_span(a.text, a.tokens[3].span), SLICE("doesn't"), "is shared by its words");
  is_slice(a.tokens[3].form, SLICE("n't"), "which keep their forms");
  ok(a.tokens[2].mwt_begins && a.tokens[3].in_mwt && !a.tokens[3].mwt_begins && !a.tokens[4].in_mwt, "words of the multiword token");
  is_int(a.tokens[0].name, NAME_PERSON, "a name from MISC");
  ok(a.tokens[0].name_begins && !a.tokens[1].name_begins, "where it begins");
  ok(!a.tokens[4].space_after && a.tokens[5].space_after && a.tokens[7].space_after, "white space after tokens");
  is_int(a.tokens[4].head, TOKEN_NONE, "the root");
  is_int(a.sentences[0].root, 4, "is known to the sentence");
  is_int(a.tokens[7].head, 6, "heads count through the document");
  is_int(a.tokens[4].left, 0, "extent of a tree, left");
  is_int(a.tokens[4].right, 5, "extent of a tree, right");
  ok(a.sentences[0].new_paragraph && !a.sentences[1].new_paragraph && a.sentences[2].new_paragraph, "paragraphs");
  ok(a.tokens[3].feats == FEAT_NEG, "features as bits");
}

static void writes(void)
{
  static const char want[] =
    "# newdoc id = d\n# sent_id = d-1\n# newpar\n# text = Kim Lee doesn't agree.\n"
    ROW("1", "Kim", "Kim", "PROPN", "Number=Sing", "5", "nsubj", "Name=B-person")
    ROW("2", "Lee", "Lee", "PROPN", "Number=Sing", "1", "flat", "Name=I-person")
    ROW("3-4", "doesn't", "_", "_", "_", "_", "_", "_")
    ROW("3", "does", "do", "AUX", "_", "5", "aux", "_")
    ROW("4", "n't", "not", "PART", "Polarity=Neg", "5", "advmod", "_")
    ROW("5", "agree", "agree", "VERB", "VerbForm=Inf", "0", "root", "SpaceAfter=No")
    ROW("6", ".", ".", "PUNCT", "_", "5", "punct", "_")
    "\n# sent_id = d-2\n# text = Why?\n"
    ROW("1", "Why", "why", "ADV", "_", "0", "root", "SpaceAfter=No")
    ROW("2", "?", "?", "PUNCT", "_", "1", "punct", "_")
    "\n# sent_id = d-3\n# newpar\n# text = Gone\n" GONE "\n";
  struct analysis a;
  struct buf buf;
  buf_init(&buf, 1 << 16);
  ok(conllu_read(SLICE(kim), "kim", &arena, &a, NULL) == ST_OK, "read for writing");
  conllu_write(&buf, &a, SLICE("d"), 0);
  is_slice(buf_get(&buf), SLICE(want), "what was read is written again");
  buf_release(&buf);
}

static void refuses(void)
{
  static const struct {
    const char *what, *bytes, *message;
  } cases[] = {
    {"a missing column", "1\tGone\tgo\tVERB\n\n", "f:1: 4 columns, not 10"},
    {"ids out of order", GONE ROW("3", "on", "on", "ADV", "_", "1", "advmod", "_"), "f:2: ids are out of order at '3'"},
    {"a head out of range", "# text = x\n" GONE ROW("2", "on", "on", "ADV", "_", "4", "advmod", "_") "\n", "f:3: head 4 out of range"},
    {"a head that is no number", ROW("1", "on", "on", "ADV", "_", "x", "advmod", "_"), "f:1: head 'x' is no number of a word"},
    {"two roots", GONE ROW("2", "on", "on", "ADV", "_", "0", "root", "_"), "f:2: a second root"},
    {"no root", ROW("1", "on", "on", "ADV", "_", "1", "dep", "_"), "f:1: no root in this sentence"},
    {"a cycle", GONE ROW("2", "a", "a", "X", "_", "3", "dep", "_") ROW("3", "b", "b", "X", "_", "2", "dep", "_"), "f:2: the heads run in a circle"},
    {"an unknown relation", ROW("1", "on", "on", "ADV", "_", "0", "rot", "_"), "f:1: unknown relation 'rot'"},
    {"an unknown tag", ROW("1", "on", "on", "VRB", "_", "0", "root", "_"), "f:1: unknown tag 'VRB'"},
    {"an empty form", ROW("1", "", "on", "ADV", "_", "0", "root", "_"), "f:1: empty form"},
    {"a range that ends before it begins", GONE ROW("3-2", "x", "_", "_", "_", "_", "_", "_"), "f:2: the range '3-2' ends before it begins"},
    {"a range out of order", GONE ROW("3-4", "x", "_", "_", "_", "_", "_", "_"), "f:2: ids are out of order at '3-4'"},
    {"a multiword token too long", ROW("1-3", "Gone", "_", "_", "_", "_", "_", "_") GONE "\n\n", "f:3: a multiword token ends behind its sentence"},
    {"bytes that are not UTF-8", GONE "\n\n1\t\xFF\n", "f:4: not UTF-8 at byte 34"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct analysis a;
    struct error error;
    error_clear(&error);
    ok(conllu_read(slice_of(cases[i].bytes), "f", &arena, &a, &error) == ST_REFUSED, cases[i].what);
    struct slice message = slice_of(error.message);
    size_t n = strlen(cases[i].message);
    is_slice(slice_sub(message, 0, message.n < n ? message.n : n), slice_of(cases[i].message), "names file and line");
  }
}

/* Lines that end in CR and LF, and no empty line at the end. */
static void other_ends(void)
{
  struct analysis a;
  ok(conllu_read(SLICE("# text = x\r\n1\tGone\tgo\tVERB\t_\t_\t0\troot\t_\t_\r\n\r\n" GONE), "ends", &arena, &a, NULL) == ST_OK && a.n_sentences == 2,
     "CRLF, and no empty line at the end");
  is_slice(a.text, SLICE("Gone Gone\n"), "its text");
}

/* In parts sentences count on, and the document begins once; a field longer than what a buffer holds leaves it on the way. */
static size_t left, largest;
static bool leave(void *context, struct buf *buf)
{
  (void)context;
  left += buf->n;
  if (buf->n > largest) largest = buf->n;
  buf->n = 0;
  return true;
}

static void parts(void)
{
  struct analysis a;
  struct buf buf;
  buf_init(&buf, 1 << 20);
  ok(conllu_read(SLICE(GONE), "part", &arena, &a, NULL) == ST_OK, "a part");
  conllu_write(&buf, &a, SLICE("d"), 7);
  is_slice(buf_get(&buf), SLICE("# sent_id = d-8\n# newpar\n# text = Gone\n" GONE "\n"), "is written as one");
  buf_clear(&buf);
  size_t n = 1000000;
  char *word = arena_alloc(&arena, n);
  if (word && a.n_tokens == 1) {
    memset(word, 'x', n);
    a.tokens[0].form = a.tokens[0].lemma = (struct slice){word, n};
  }
  buf.spill = leave;
  conllu_write(&buf, &a, SLICE("d"), 7);
  ok(!buf.failed && left + buf.n > 2 * n && largest < 3 * BUF_SPILL, "a word of a megabyte leaves the buffer in pieces");
  buf_release(&buf);
}

static void bounded(void)
{
  struct arena small;
  struct analysis a;
  arena_init(&small, 256);
  ok(conllu_read(SLICE(kim), "kim", &small, &a, NULL) == ST_REFUSED, "an arena that is too small refuses the file");
  arena_release(&small);
  ok(conllu_read(SLICE(""), "empty", &arena, &a, NULL) == ST_OK && a.n_tokens == 0 && a.text.n == 0, "an empty file has no tokens");
}

int main(void)
{
  arena_init(&arena, ARENA_NO_CEILING);
  reads();
  writes();
  refuses();
  other_ends();
  parts();
  bounded();
  arena_release(&arena);
  return tap_end();
}
