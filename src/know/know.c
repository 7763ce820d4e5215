/* know.c: gathers the tables, lays the user's over them, and has each kind of knowledge loaded.
 *
 * Tables are known by their path below data/ ("en/countries.tsv").  A user's path is either a folder, whose files of the same
 * names (FOLDER/en/nouns.tsv) take the place of ours, or one file, which takes the place of the table that its path names.  Dictionaries of
 * TABARI and PETRARCH are told by their text and stand behind all tables (petrarch.h). */
#include "know/know.h"
#include "base/embed.h"
#include "base/sys.h"
#include "know/source.h"
#include "know/towns_index.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* A new kind of knowledge is one line here: a member `m` of struct know, made by m_load(&know->m, src). */
#define LOADERS(X) \
  X(anaphors) \
  X(calendar) \
  X(entity_words) \
  X(given_names) \
  X(languages) \
  X(leaders) \
  X(names) \
  X(nouns) \
  X(place_words) \
  X(numbers) \
  X(cues) \
  X(rules) \
  X(status_cues)

#define USER_TABLES 256                /* dictionaries and further files that a user may lay over ours */
#define TABLE_MOST ((size_t)64 << 20)  /* bytes of one user's table */
#define KNOW_MOST ((size_t)1 << 30)    /* bytes of all */

enum status know_full(struct know_source *src)
{
  return error_set(src->error, ST_MEMORY, "not enough memory for the tables: free some, or lay fewer tables over ours");
}

enum status know_table(struct know_source *src, const char *name, const struct table **table, uint16_t *index)
{
  for (uint16_t i = 0; i < src->n_tables; i++)
    if (slice_is(src->tables[i].name, name)) {
      *table = &src->tables[i];
      *index = (uint16_t)(i + 1);
      return ST_OK;
    }
  return error_set(src->error, ST_TABLE, "%s: no such table in this program: build it again with all of data/", name);
}

bool know_table_next(struct know_source *src, const char *folder, const struct table **table, uint16_t *index)
{
  for (uint16_t i = *index; i < src->n_tables; i++)
    if (slice_starts(src->tables[i].name, slice_of(folder))) {
      *table = &src->tables[i];
      *index = (uint16_t)(i + 1);
      return true;
    }
  return false;
}

static int by_name(const void *a, const void *b)
{
  return slice_cmp(((const struct table *)a)->name, ((const struct table *)b)->name);
}

/* The embedded tables: all files below data/ that end in .tsv or .rules. */
static enum status gather(struct know_source *src)
{
  size_t n = 0;
  const struct embedded *files = embedded_files(&n);
  src->tables = arena_array(src->arena, struct table, n + USER_TABLES);
  if (!src->tables) return know_full(src);
  for (size_t i = 0; i < n; i++) {
    struct slice name = slice_of(files[i].name);
    if (!slice_ends(name, SLICE(".tsv")) && !slice_ends(name, SLICE(".rules"))) continue;
    if (src->n_tables == UINT16_MAX) return error_set(src->error, ST_TABLE, "more than %d tables: join some", UINT16_MAX);
    src->tables[src->n_tables++] = (struct table){.name = name, .bytes = files[i].bytes};
  }
  qsort(src->tables, src->n_tables, sizeof *src->tables, by_name);
  src->n_own = src->n_tables;
  return ST_OK;
}

/* Reads the open file to its end into the arena. */
static enum status read_all(struct know_source *src, int fd, const char *path, struct slice *to)
{
  char *at = NULL;
  size_t n = 0, cap = 0;
  for (;;) {
    if (n == cap) {
      size_t more = cap ? cap * 2 : 65536;
      char *grown = arena_grow(src->arena, at, cap, more);
      if (!grown) return know_full(src);
      at = grown;
      cap = more;
    }
    ssize_t got = sys()->read(fd, at + n, cap - n);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return error_set(src->error, ST_TABLE, "%s: cannot read the table (%s): check the path", path, strerror(errno));
    if (got == 0) break;
    n += (size_t)got;
    if (n > TABLE_MOST) return error_set(src->error, ST_TABLE, "%s: a table of more than 64 MiB: cut it into smaller ones", path);
  }
  *to = (struct slice){at, n};
  return ST_OK;
}

struct mapped {
  void *at;
  size_t n;
};

static void unmap(void *what)
{
  struct mapped *mapped = what;
  sys()->munmap(mapped->at, mapped->n);
}

/* A large file is mapped, not read: a gazetteer may be larger than all else. */
static enum status map_all(struct know_source *src, int fd, size_t n, const char *path, struct slice *to)
{
  struct mapped *mapped = arena_new(src->arena, struct mapped);
  if (!mapped) return know_full(src);
  *mapped = (struct mapped){sys()->mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0), n};
  if (mapped->at == MAP_FAILED) return error_set(src->error, ST_TABLE, "%s: cannot map the table (%s): check the path", path, strerror(errno));
  if (!arena_on_release(src->arena, unmap, mapped)) {
    unmap(mapped);
    return know_full(src);
  }
  *to = (struct slice){mapped->at, n};
  if (towns_are(*to)) return ST_OK;
  return error_set(src->error, ST_TABLE, "%s: a table of more than 64 MiB that is no gazetteer: cut it into smaller ones", path);
}

/* Puts the file at `path` in the place of *table; ST_OK and *there = false when there is no such file. */
static enum status replace(struct know_source *src, const char *path, struct table *table, bool *there)
{
  int fd = sys()->open(path, O_RDONLY | O_CLOEXEC, 0);
  *there = fd >= 0;
  if (fd < 0 && (errno == ENOENT || errno == ENOTDIR)) return ST_OK;
  if (fd < 0) return error_set(src->error, ST_TABLE, "%s: cannot open the table (%s): check the path", path, strerror(errno));
  struct stat st = {0};
  bool large = sys()->fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > (off_t)TABLE_MOST && st.st_size < (off_t)TOWNS_MOST;
  enum status status = large ? map_all(src, fd, (size_t)st.st_size, path, &table->bytes) : read_all(src, fd, path, &table->bytes);
  sys()->close(fd);
  table->file = slice_copy(src->arena, slice_of(path));
  if (!table->file.at) return know_full(src);
  return status;
}

/* Is it a folder?  ST_TABLE when there is nothing at all. */
static enum status path_is_folder(struct know_source *src, const char *path, bool *folder)
{
  struct stat st;
  int fd = sys()->open(path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0) return error_set(src->error, ST_TABLE, "%s: cannot open the tables (%s): check the path", path, strerror(errno));
  int bad = sys()->fstat(fd, &st);
  int why = errno;
  sys()->close(fd);
  if (bad) return error_set(src->error, ST_TABLE, "%s: cannot open the tables (%s): check the path", path, strerror(why));
  *folder = S_ISDIR(st.st_mode);
  return ST_OK;
}

static struct slice base_name(struct slice path)
{
  size_t at = path.n;
  while (at > 0 && path.at[at - 1] != '/') at--;
  return slice_sub(path, at, path.n);
}

/* Does the path end in the whole of this name, from a border of folders on? */
static bool path_ends_in(struct slice path, struct slice name)
{
  return slice_ends(path, name) && (path.n == name.n || path.at[path.n - name.n - 1] == '/');
}

/* Our table that a single file takes the place of: the longest whole name that its path ends in ("my/en/countries.tsv"), else the one
 * with its base name; NULL. */
static void table_for(struct know_source *src, const char *path, struct table **to)
{
  struct slice whole = slice_of(path);
  struct table *ends = NULL, *base = NULL;
  for (uint16_t i = 0; i < src->n_own; i++) {
    struct table *table = &src->tables[i];
    if (path_ends_in(whole, table->name) && (!ends || table->name.n > ends->name.n)) ends = table;
    if (!base && slice_eq(base_name(table->name), base_name(whole))) base = table;
  }
  *to = ends ? ends : base;
}

/* A gazetteer in GeoNames' layout takes the place of our towns, whatever its name. */
static enum status use_gazetteer(struct know_source *src, const struct table *gazetteer)
{
  for (uint16_t i = 0; i < src->n_own; i++)
    if (slice_is(src->tables[i].name, "towns.tsv")) {
      src->tables[i].bytes = gazetteer->bytes;
      src->tables[i].file = gazetteer->file;
      return ST_OK;
    }
  return ST_OK;
}

/* A dictionary of TABARI or PETRARCH stands behind our tables; *is = false for any other file. */
static enum status add_other(struct know_source *src, const char *path, bool *is)
{
  struct table table = {0};
  enum status status = replace(src, path, &table, is);
  if (status != ST_OK || !*is) return status;
  table.name = table.file;
  if (towns_are(table.bytes)) return use_gazetteer(src, &table);
  *is = petrarch_is(&table);
  if (!*is) return ST_OK;
  if (src->n_tables - src->n_own >= USER_TABLES)
    return error_set(src->error, ST_TABLE, "%s: more than %d dictionaries: join some", path, USER_TABLES);
  src->tables[src->n_tables++] = table;
  return ST_OK;
}

static enum status overlay_file(struct know_source *src, const char *path)
{
  struct table *table = NULL;
  bool there = false;
  table_for(src, path, &table);
  if (table) return replace(src, path, table, &there);
  enum status status = add_other(src, path, &there);
  if (status != ST_OK || there) return status;
  return error_set(src->error, ST_TABLE,
                   "%s: no table of ours has this name, and it is no gazetteer or PETRARCH dictionary: name it as one of data/, say nouns.tsv", path);
}

/* The text files of a folder, in the order of their names. */
struct listing {
  struct know_source *src;
  VEC(struct slice) names;
  bool full;
};

static bool list_one(void *context, const char *name)
{
  struct listing *listing = context;
  struct slice s = slice_of(name);
  if (!slice_ends(s, SLICE(".txt")) && !slice_ends(s, SLICE(".verbs")) && !slice_ends(s, SLICE(".actors")) && !slice_ends(s, SLICE(".agents"))) return true;
  struct slice own = slice_copy(listing->src->arena, s);
  listing->full = !own.at || !vec_push(&listing->names, listing->src->arena, own);
  return !listing->full;
}

static int by_bytes(const void *a, const void *b) { return slice_cmp(*(const struct slice *)a, *(const struct slice *)b); }

/* "FOLDER/name" */
static const char *path_below(struct know_source *src, const char *folder, struct slice name)
{
  size_t n = strlen(folder);
  char *full = arena_alloc(src->arena, n + 1 + name.n + 1);
  if (!full) return NULL;
  memcpy(full, folder, n);
  full[n] = '/';
  memcpy(full + n + 1, name.at, name.n);
  full[n + 1 + name.n] = '\0';
  return full;
}

static enum status folder_dictionaries(struct know_source *src, const char *path, bool *any)
{
  struct listing listing = {.src = src};
  if (sys()->list(path, list_one, &listing) != 0)
    return error_set(src->error, ST_TABLE, "%s: cannot list the folder (%s): check the path", path, strerror(errno));
  if (listing.full) return know_full(src);
  if (listing.names.n) qsort(listing.names.at, listing.names.n, sizeof *listing.names.at, by_bytes);
  for (size_t i = 0; i < listing.names.n; i++) {
    bool is = false;
    const char *full = path_below(src, path, listing.names.at[i]);
    if (!full) return know_full(src);
    enum status status = add_other(src, full, &is);
    if (status != ST_OK) return status;
    *any = *any || is;
  }
  return ST_OK;
}

static enum status overlay_folder(struct know_source *src, const char *path)
{
  bool any = false;
  enum status status = ST_OK;
  for (uint16_t i = 0; status == ST_OK && i < src->n_own; i++) {
    struct table *table = &src->tables[i];
    bool there = false;
    const char *full = path_below(src, path, table->name);
    if (!full) return know_full(src);
    status = replace(src, full, table, &there);
    any = any || there;
  }
  if (status == ST_OK) status = folder_dictionaries(src, path, &any);
  if (status == ST_OK && !any)
    return error_set(src->error, ST_TABLE, "%s: no table in it has the name of one of ours, and none is a PETRARCH dictionary: name it as in "
                     "FOLDER/en/nouns.tsv", path);
  return status;
}

static enum status overlay(struct know_source *src, const char *path)
{
  bool folder = false;
  enum status status = path_is_folder(src, path, &folder);
  if (status != ST_OK) return status;
  return folder ? overlay_folder(src, path) : overlay_file(src, path);
}

/* The tables in force, found and read. */
static enum status begin(struct know *to, const char *const *paths, size_t n, struct error *error, struct know_source *src)
{
  memset(to, 0, sizeof *to);
  arena_init(&to->arena, KNOW_MOST);
  *src = (struct know_source){.arena = &to->arena, .error = error};
  error_clear(error);
  enum status status = gather(src);
  for (size_t i = 0; i < n && status == ST_OK; i++) status = overlay(src, paths[i]);
  to->tables = src->tables;
  to->n_tables = src->n_tables;
  return status;
}

enum status know_open(struct know *to, const char *path, struct error *error) { return know_open_all(to, &path, path ? 1 : 0, error); }

enum status know_open_all(struct know *to, const char *const *paths, size_t n, struct error *error)
{
  struct error own = {0};
  struct know_source src;
  enum status status = begin(to, paths, n, error ? error : &own, &src);
#define LOAD(m) \
  if (status == ST_OK) status = m##_load(&to->m, &src);
  LOADERS(LOAD)
#undef LOAD
  if (status == ST_OK && src.n_tables > src.n_own) status = petrarch_load(&to->petrarch, &src, src.n_own);
  return status;
}

enum status know_open_languages(struct know *to, const char *const *paths, size_t n, struct error *error)
{
  struct error own = {0};
  struct know_source src;
  enum status status = begin(to, paths, n, error ? error : &own, &src);
  return status == ST_OK ? languages_load(&to->languages, &src) : status;
}

enum status know_open_words(struct know *to, const char *const *paths, size_t n, struct error *error)
{
  struct error own = {0};
  struct know_source src;
  enum status status = begin(to, paths, n, error ? error : &own, &src);
  if (status == ST_OK) status = running_totals_load(&to->running_totals, &src);
  if (status == ST_OK) status = cues_load_shifts(&to->cues, &src);
  if (status == ST_OK) status = word_list_load(&to->denial_ends, &src, "en/denial_ends.tsv");
  return status == ST_OK ? word_documents_load(&to->word_documents, &src) : status;
}

enum status know_open_export(struct know *to, const char *const *paths, size_t n, struct error *error)
{
  struct error own = {0};
  struct know_source src;
  enum status status = begin(to, paths, n, error ? error : &own, &src);
  if (status == ST_OK) status = plover_load(&to->plover, &src);
  if (status == ST_OK) status = numbers_load_states(&to->numbers, &src);
  return status == ST_OK ? gdelt_load(&to->gdelt, to->plover, &src) : status;
}

void know_free(struct know *know)
{
  arena_release(&know->arena);
  memset(know, 0, sizeof *know);
}

struct slice know_text(const struct know *know, struct know_line where)
{
  if (where.table == 0 || where.table > know->n_tables || where.line == 0) return (struct slice){0};
  struct slice rest = know->tables[where.table - 1].bytes, line = {0};
  for (uint32_t i = 0; i < where.line; i++) {
    if (rest.n == 0) return (struct slice){0};
    line = slice_cut(&rest, '\n');
  }
  return slice_trim(line);
}
