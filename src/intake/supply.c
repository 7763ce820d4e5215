#include "intake/supply.h"
#include "base/sys.h"
#include "base/vec.h"
#include "intake/web.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#define NAMES_MOST ((size_t)256 << 20) /* bytes of names of one folder */
enum { FETCH_SECONDS = 60, REDIRECTS = 5 };

void supply_init(struct supply *supply, char *const *arguments, size_t n, const struct intake_options *options)
{
  *supply = (struct supply){.options = *options, .arguments = arguments, .n = n};
}

static void leave_folder(struct supply *s) { arena_release(&s->folders[--s->depth].arena); }

void supply_release(struct supply *s)
{
  intake_close(s->intake);
  web_close(s->web);
  while (s->depth) leave_folder(s);
}

/* ---- folders ---- */

struct listing {
  struct arena *arena;
  VEC(const char *) names;
};

static bool list_one(void *context, const char *name)
{
  struct listing *to = context;
  if (name[0] == '.') return true;
  const struct slice copy = slice_copy(to->arena, slice_of(name));
  return copy.at && vec_push(&to->names, to->arena, copy.at);
}

static int by_bytes(const void *a, const void *b)
{
  const char *const *x = a, *const *y = b;
  return strcmp(*x, *y);
}

/* s->path names it, in n bytes. */
static enum status enter_folder(struct supply *s, size_t n, struct error *error)
{
  if (s->depth == SUPPLY_DEPTH) return error_set(error, ST_REFUSED, "%s: more than %d folders deep: name it by itself", s->path, SUPPLY_DEPTH);
  struct supply_folder *f = &s->folders[s->depth];
  *f = (struct supply_folder){.path_n = n};
  arena_init(&f->arena, NAMES_MOST);
  struct listing listing = {.arena = &f->arena};
  errno = 0;
  if (sys()->list(s->path, list_one, &listing) < 0) {
    error_set(error, ST_REFUSED, "%s: cannot read the folder (%s): check its permissions", s->path, strerror(errno));
  } else if (f->arena.full) error_set(error, ST_REFUSED, "%s: more names than fit into %zu bytes: divide the folder", s->path, NAMES_MOST);
  if (error->code != ST_OK) {
    arena_release(&f->arena);
    return error->code;
  }
  if (listing.names.n) qsort(listing.names.at, listing.names.n, sizeof *listing.names.at, by_bytes);
  f->names = listing.names.at;
  f->n = listing.names.n;
  s->depth++;
  return ST_OK;
}

/* The next thing in the innermost folder: opens a file, enters a folder, or passes it over. */
static enum status go_on(struct supply *s, struct error *error)
{
  struct supply_folder *f = &s->folders[s->depth - 1];
  struct stat st;
  if (f->next == f->n) {
    leave_folder(s);
    return ST_OK;
  }
  const char *name = f->names[f->next++];
  const size_t n = strlen(name), slash = f->path_n && s->path[f->path_n - 1] != '/', end = f->path_n + slash + n;
  if (end >= SUPPLY_PATH) {
    s->path[f->path_n] = '\0';
    return error_set(error, ST_REFUSED, "%.100s.../%.100s: the path is too long: name it from nearer by", s->path, name);
  }
  if (slash) s->path[f->path_n] = '/';
  memcpy(s->path + f->path_n + slash, name, n + 1);
  if (sys()->lstat(s->path, &st) != 0) return error_set(error, ST_REFUSED, "%s: cannot look at it (%s): check the path", s->path, strerror(errno));
  if (S_ISDIR(st.st_mode)) return enter_folder(s, end, error);
  return S_ISREG(st.st_mode) ? intake_open(&s->intake, s->path, &s->options, error) : ST_OK;
}

static bool is_folder(const char *path)
{
  const int fd = sys()->open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (fd >= 0) sys()->close(fd);
  return fd >= 0;
}

static enum status open_folder(struct supply *s, const char *path, struct error *error)
{
  const size_t n = strlen(path);
  if (n >= SUPPLY_PATH) return error_set(error, ST_REFUSED, "%.200s...: the path is too long: name it from nearer by", path);
  memcpy(s->path, path, n + 1);
  return enter_folder(s, n, error);
}

/* ---- addresses ---- */

/* "ftp://..." */
static bool has_scheme(struct slice text)
{
  const size_t at = slice_find(text, SLICE("://"));
  if (at == SIZE_MAX || at == 0) return false;
  for (size_t i = 0; i < at; i++) {
    const char c = text.at[i];
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (i > 0 && ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.')))) return false;
  }
  return true;
}

static enum status fetch(struct supply *s, const char *url, struct error *error)
{
  struct web_reply reply;
  struct intake_options options = s->options;
  const struct web_request request = {.url = url, .seconds = FETCH_SECONDS, .most = intake_most(&s->options), .redirects = REDIRECTS};
  if (!s->web && web_open(&s->web, error) != ST_OK) {
    error->code = ST_REFUSED; /* files are read nonetheless */
    return ST_REFUSED;
  }
  const enum web_got got = web_ask(s->web, &request, &reply);
  enum status status = ST_OK;
  if (got == WEB_TOO_LARGE)
    status = error_set(error, ST_REFUSED, "%s: %s: fetch it into a file, and add that; or allow more with --max-text", url, reply.why);
  else if (got != WEB_ANSWERED) status = error_set(error, ST_REFUSED, "%s: cannot be fetched (%s): check the address", url, reply.why);
  else if (reply.code != 200) status = error_set(error, ST_REFUSED, "%s: answers %ld: check the address", url, reply.code);
  options.url = slice_of(url);
  if (status == ST_OK) status = intake_open_bytes(&s->intake, url, &reply.body, &options, error);
  buf_release(&reply.body);
  return status;
}

static enum status open_next(struct supply *s, struct error *error)
{
  const char *argument = s->arguments[s->next++];
  if (web_is_address(slice_of(argument))) return fetch(s, argument, error);
  if (strcmp(argument, "-") != 0 && is_folder(argument)) return open_folder(s, argument, error);
  if (has_scheme(slice_of(argument))) return error_set(error, ST_REFUSED, "%s: of the web only http and https are fetched", argument);
  return intake_open(&s->intake, argument, &s->options, error);
}

enum status supply_next(struct supply *s, struct document **to, struct error *error)
{
  enum status status = ST_OK;
  *to = NULL;
  while (status == ST_OK) {
    if (s->intake) {
      status = intake_next(s->intake, to, error);
      if (status != ST_OK || *to) break;
      intake_close(s->intake);
      s->intake = NULL;
    } else if (s->depth) status = go_on(s, error);
    else if (s->next < s->n) status = open_next(s, error);
    else break;
  }
  return status;
}

bool supply_waits(const struct supply *s)
{
  if (s->intake && !intake_waits(s->intake)) return false;
  if (s->depth || s->next == s->n) return s->depth || s->intake;
  return strcmp(s->arguments[s->next], "-") != 0 && !web_is_address(slice_of(s->arguments[s->next]));
}
