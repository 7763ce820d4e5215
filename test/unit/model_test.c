/* Model files: a good one opens; cut, damaged, foreign, newer and lying ones are refused with a reason. */
#include "lang/model.h"
#include "tap.h"
#include "tools/small_model.h"

static enum status try_bytes(const char *bytes, size_t n, struct error *error)
{
  struct model *m = NULL;
  error_clear(error);
  enum status status = model_open_bytes(&m, (struct slice){bytes, n}, "test.tocsin", error);
  if (status == ST_OK) {
    struct lang *lang = lang_new(m); /* whatever opens must also run */
    struct arena arena;
    struct analysis a;
    struct error ignored = {0};
    arena_init(&arena, (size_t)16 << 20);
    if (lang) (void)lang_analyse(lang, SLICE("The houses don't move. It's a river's bank, 1,100 of them"), &arena, &a, &ignored);
    lang_free(lang);
    arena_release(&arena);
  }
  model_free(m);
  return status;
}

static bool refused(const char *bytes, size_t n)
{
  struct error error = {0};
  return try_bytes(bytes, n, &error) == ST_MODEL && error.message[0] != 0;
}

static void heads(char *bytes, size_t n)
{
  struct error error = {0};
  ok(try_bytes(bytes, n, &error) == ST_OK, "the smallest good model opens and runs");
  bool all = true;
  for (size_t i = 0; i < SMALL_HEADER; i++) {
    bytes[i] ^= 0x41;
    all = all && refused(bytes, n);
    bytes[i] ^= 0x41;
  }
  ok(all, "a change of any byte of the head is seen");
  all = true;
  for (size_t i = 0; i < 48; i++) {
    size_t at = SMALL_HEADER + i * (n - SMALL_HEADER) / 48;
    bytes[at] ^= 1;
    all = all && refused(bytes, n);
    bytes[at] ^= 1;
  }
  ok(all, "a changed bit anywhere behind it, by the checksum");
  all = refused(bytes, 0);
  for (size_t cut = 1; cut < n; cut = cut * 2 + 1) all = all && refused(bytes, cut) && refused(bytes, n - cut);
  ok(all, "a file cut anywhere");
}

/* Under a good checksum, which does not cover it: a table of sections told one shorter, whose last section might be one that may be missing. */
static void counts(char *bytes, size_t n)
{
  uint32_t sections, lie;
  memcpy(&sections, bytes + 12, 4);
  bool all = true;
  for (lie = 0; lie <= sections + 1; lie++) {
    memcpy(bytes + 12, &lie, 4);
    all = all && (lie == sections || refused(bytes, n));
  }
  memcpy(bytes + 12, &sections, 4);
  ok(all, "any other number of sections");
}

static void versions(char *bytes, size_t n)
{
  struct error error = {0};
  bytes[8] = 2;
  ok(try_bytes(bytes, n, &error) == ST_MODEL && strstr(error.message, "format 2"), "a newer format is told by its number");
  bytes[8] = 1;
  static const char foreign[256] = "\x7f" "ELF";
  ok(try_bytes(foreign, sizeof foreign, &error) == ST_MODEL && strstr(error.message, "not a model"), "a foreign file");
  struct model *m = NULL;
  error_clear(&error);
  ok(model_open_file(&m, "/nonexistent/model", &error) == ST_MODEL && strstr(error.message, "/nonexistent/model") && !m, "a path that is none");
  error_clear(&error);
  ok(model_open_file(&m, "/", &error) == ST_MODEL && !m, "a folder");
}

/* Lies under a good checksum: each section in turn is shortened, moved outside, renamed. */
static void lies(bool transformer, char *bytes, size_t n)
{
  struct small_section s[SMALL_MOST];
  uint32_t count = small_sections(s, transformer);
  bool outside = true, renamed = true;
  for (uint32_t i = 0; i < count; i++) {
    char *entry = bytes + SMALL_HEADER + (size_t)i * SMALL_ENTRY, kept[SMALL_ENTRY];
    memcpy(kept, entry, sizeof kept);
    uint64_t far = n / 64 * 64 + 64;
    memcpy(entry + 16, &far, 8);
    small_model_seal_quickly(bytes, n);
    outside = outside && refused(bytes, n);
    memcpy(entry, kept, sizeof kept);
    entry[0] = 'Z';
    small_model_seal_quickly(bytes, n);
    static const char *const may_be_missing[] = {"allowed", "lexicon", "recase", "lemmas"};
    bool optional = false;
    for (size_t k = 0; k < sizeof may_be_missing / sizeof *may_be_missing; k++) optional = optional || strcmp(s[i].name, may_be_missing[k]) == 0;
    renamed = renamed && refused(bytes, n) != optional;
    memcpy(entry, kept, sizeof kept);
  }
  small_model_seal_quickly(bytes, n);
  ok(outside, "a section that lies outside the file");
  ok(renamed, "a section that is missing, but for those that may be");
}

/* Each byte of the texts, one after the other, becomes something else: opened or refused, never worse. */
static void texts(bool transformer, char *bytes, size_t n)
{
  static const char with[] = {0, '\n', ' ', '9', 'Z', '\t', (char)0xFF};
  struct small_section s[SMALL_MOST];
  uint32_t count = small_sections(s, transformer);
  struct error error = {0};
  size_t refusals = 0, tries = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (!s[i].text) continue;
    uint64_t offset;
    memcpy(&offset, bytes + SMALL_HEADER + (size_t)i * SMALL_ENTRY + 16, 8);
    for (size_t k = 0; k < s[i].size; k += 3) {
      char kept = bytes[offset + k];
      bytes[offset + k] = with[(k + i) % sizeof with];
      small_model_seal_quickly(bytes, n);
      enum status status = try_bytes(bytes, n, &error);
      refusals += status == ST_MODEL;
      tries += status == ST_MODEL || status == ST_OK;
      bytes[offset + k] = kept;
    }
  }
  small_model_seal_quickly(bytes, n);
  ok(tries > 60 && refusals > 30, "damaged lists are refused, or harmless");
}

int main(void)
{
  for (int kind = 0; kind < 2; kind++) {
    size_t n = 0;
    char *bytes = small_model_make(kind == 1, &n);
    if (!ok(bytes != NULL, kind ? "a transformer" : "a recurrent model")) return tap_end();
    heads(bytes, n);
    counts(bytes, n);
    versions(bytes, n);
    lies(kind == 1, bytes, n);
    texts(kind == 1, bytes, n);
    free(bytes);
  }
  struct model *m = NULL;
  struct error error = {0};
  ok(model_open_embedded(&m, &error) == ST_OK, "the built-in model opens");
  ok(m && model_description(m).n > 10, "and says what it is");
  model_free(m);
  return tap_end();
}
