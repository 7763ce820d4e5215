#include "ledger/ledger_words.h"

enum { TOGETHER_MOST = 16, COMPARED = 64 }; /* of what was written as one word so many parts are compared, of each so many bytes */

static fts5_api *full_text(struct ledger *ledger)
{
  fts5_api *api = NULL;
  sqlite3_stmt *get = NULL;
  if (sqlite3_prepare_v2(ledger->db, "SELECT fts5(?1)", -1, &get, NULL) == SQLITE_OK && sqlite3_bind_pointer(get, 1, &api, "fts5_api_ptr", NULL) == SQLITE_OK)
    (void)sqlite3_step(get); /* api stays NULL when it fails */
  sqlite3_finalize(get);
  return api;
}

struct taking {
  struct asked_words *asked;
  struct slice word;
  struct buf *match;
  uint32_t of, n;
};

static int take_word(void *context, int flags, const char *stem, int n, int begin, int end)
{
  struct taking *t = context;
  if (flags & FTS5_TOKEN_COLOCATED || n < 0 || begin < 0 || end < begin || (size_t)end > t->word.n) return SQLITE_OK;
  const struct asked_word one = {slice_copy(&t->asked->arena, (struct slice){stem, (size_t)n}), t->of};
  if (!one.stem.at || !vec_push(&t->asked->words, &t->asked->arena, one)) return SQLITE_NOMEM;
  if (t->match->n) buf_char(t->match, ' ');
  buf_char(t->match, '"');
  buf_slice(t->match, slice_sub(t->word, (size_t)begin, (size_t)end));
  buf_char(t->match, '"');
  t->n++;
  return SQLITE_OK;
}

enum status asked_open(struct ledger *ledger, struct slice words, struct asked_words *to, struct buf *match, struct error *error)
{
  const char *arguments[] = {"unicode61"};
  void *own = NULL;
  *to = (struct asked_words){.tokenizer = NULL};
  arena_init(&to->arena, (size_t)64 << 20);
  fts5_api *api = full_text(ledger);
  if (!api || api->xFindTokenizer(api, "porter", &own, &to->cut) != SQLITE_OK || to->cut.xCreate(own, arguments, 1, &to->tokenizer) != SQLITE_OK)
    return error_set(error, ST_MEMORY, "%s: not enough memory for the question: free some", ledger->path);
  struct taking taking = {.asked = to, .match = match};
  for (; words.n; taking.of++) {
    taking.word = slice_cut(&words, ' ');
    taking.n = 0;
    if (!taking.word.n) continue;
    if (taking.word.n > 1 << 16 ||
        to->cut.xTokenize(to->tokenizer, &taking, FTS5_TOKENIZE_QUERY, taking.word.at, (int)taking.word.n, take_word) != SQLITE_OK || match->failed)
      return error_set(error, ST_USAGE, "the words to look for are too many: ask for fewer");
    to->together |= taking.n > 1;
  }
  return ST_OK;
}

void asked_close(struct asked_words *asked)
{
  if (asked->tokenizer) asked->cut.xDelete(asked->tokenizer);
  arena_release(&asked->arena);
}

/* The text's last words, and which of what must stand together was met. */
struct looking {
  struct asked_words *asked;
  char last[TOGETHER_MOST][COMPARED]; /* a ring */
  size_t n[TOGETHER_MOST], at;
  bool *met; /* by the place of the first of them in asked->words */
};

static struct slice cut_long(struct slice word) { return slice_sub(word, 0, word.n < COMPARED ? word.n : COMPARED); }

static bool ends_with(const struct looking *l, const struct asked_word *words, size_t n)
{
  for (size_t i = 0; i < n; i++) {
    const size_t at = (l->at + TOGETHER_MOST * 2 - n + i) % TOGETHER_MOST;
    if (!slice_eq((struct slice){l->last[at], l->n[at]}, cut_long(words[i].stem))) return false;
  }
  return true;
}

static size_t run_of(const struct asked_words *asked, size_t from)
{
  size_t n = 1;
  while (from + n < asked->words.n && n < TOGETHER_MOST && asked->words.at[from + n].of == asked->words.at[from].of) n++;
  return n;
}

static size_t next_run(const struct asked_words *asked, size_t from)
{
  const uint32_t of = asked->words.at[from].of;
  while (from < asked->words.n && asked->words.at[from].of == of) from++;
  return from;
}

static int look(void *context, int flags, const char *stem, int n, int begin, int end)
{
  struct looking *l = context;
  (void)begin, (void)end;
  if (flags & FTS5_TOKEN_COLOCATED || n < 0) return SQLITE_OK;
  const struct slice word = cut_long((struct slice){stem, (size_t)n});
  const size_t at = l->at % TOGETHER_MOST;
  if (word.n) memcpy(l->last[at], word.at, word.n);
  l->n[at] = word.n;
  l->at++;
  for (size_t i = 0; i < l->asked->words.n; i = next_run(l->asked, i)) {
    const size_t run = run_of(l->asked, i);
    if (run > 1 && run <= l->at && !l->met[i]) l->met[i] = ends_with(l, l->asked->words.at + i, run);
  }
  return SQLITE_OK;
}

bool asked_stand(struct asked_words *asked, struct slice title, struct slice text)
{
  struct looking l = {.asked = asked, .met = arena_array(&asked->arena, bool, asked->words.n + 1)};
  const struct slice texts[] = {title, text};
  if (!asked->together || !l.met) return true;
  for (int i = 0; i < 2; i++) {
    l.at = 0;
    if (texts[i].n && texts[i].n <= INT32_MAX) (void)asked->cut.xTokenize(asked->tokenizer, &l, FTS5_TOKENIZE_DOCUMENT, texts[i].at, (int)texts[i].n, look);
  }
  for (size_t i = 0; i < asked->words.n; i = next_run(asked, i))
    if (run_of(asked, i) > 1 && !l.met[i]) return false;
  return true;
}
