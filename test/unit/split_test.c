/* split_test.c FILE...: newspaper text against the cases of test/cases/split.txt, whose head tells the format. */
#include "lang/model.h"
#include "tap.h"
#include <stdlib.h>

#define TEXT_MOST 4000

static struct model *model;
static struct lang *lang;
static struct arena arena;

/* The words of a text, parted by blanks, sentences by " / ". */
static struct slice words_of(struct slice text, char *to, size_t room)
{
  struct analysis a = {0};
  struct error error = {0};
  size_t n = 0;
  arena_clear(&arena);
  if (lang_analyse(lang, text, &arena, &a, &error) != ST_OK) return (struct slice){to, (size_t)snprintf(to, room, "refused: %s", error.message)};
  for (int32_t i = 0; i < a.n_tokens && n + 500 < room; i++) {
    const char *between = i == 0 ? "" : a.tokens[i].sentence != a.tokens[i - 1].sentence ? " / " : " ";
    n += (size_t)snprintf(to + n, room - n, "%s%.*s", between, SLICE_ARG(a.tokens[i].form));
  }
  return (struct slice){to, n};
}

static void check(struct slice text, struct slice want, bool known)
{
  char got[2 * TEXT_MOST + 1000], name[120];
  struct slice words = words_of(text, got, sizeof got);
  snprintf(name, sizeof name, "%s%.80s", known ? "known to fail: " : "", text.at);
  for (char *p = name; *p; p++)
    if (*p == '\n' || *p == '#') *p = ' '; /* both mean something in TAP */
  if (!known) is_slice(words, want, name);
  else ok(!slice_eq(words, want), name);
}

static struct slice read_file(const char *path)
{
  FILE *f = fopen(path, "rb");
  size_t room = 1 << 20, n = 0;
  char *bytes = f ? malloc(room) : NULL;
  if (bytes) n = fread(bytes, 1, room, f);
  if (f) fclose(f);
  return (struct slice){bytes, n};
}

static void cases(const char *path)
{
  struct slice file = read_file(path), rest = file;
  char text[TEXT_MOST];
  size_t n = 0;
  int done = 0, known = 0;
  while (rest.n) {
    struct slice line = slice_cut(&rest, '\n');
    if (line.n == 0 || line.at[0] == '#' || slice_starts(line, SLICE("=="))) continue;
    struct slice content = slice_sub(line, line.n > 1 ? 2 : 1, line.n);
    if (line.at[0] == '>' && n + content.n + 2 < sizeof text) {
      if (n) text[n++] = '\n';
      memcpy(text + n, content.at, content.n);
      n += content.n;
      text[n] = 0;
    } else if ((line.at[0] == '=' || line.at[0] == '~') && n) {
      check((struct slice){text, n}, content, line.at[0] == '~');
      known += line.at[0] == '~';
      done++;
      n = 0;
    } else ok(false, "a line that is no comment, class, text or words");
  }
  ok(done >= 120 && known * 20 <= done, "at least 120 cases, of which at most one in twenty is known to fail");
  printf("# %d cases, %d known to fail\n", done, known);
  free((void *)(uintptr_t)file.at);
}

int main(int argc, char **argv)
{
  struct error error = {0};
  const char *file = getenv("MODEL");
  enum status status = file ? model_open_file(&model, file, &error) : model_open_embedded(&model, &error);
  if (!ok(status == ST_OK && (lang = lang_new(model)), "a model")) return printf("# %s\n", error.message), tap_end();
  arena_init(&arena, (size_t)64 << 20);
  for (int i = 1; i < argc; i++) cases(argv[i]);
  arena_release(&arena);
  lang_free(lang);
  model_free(model);
  return tap_end();
}
