/* run_model.c: the language model that --model names.  The small one is in the program; the large one is a file beside it. */
#include "cmd/run.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LARGE "en-large.tocsin"
#define PATH_MOST 4096

/* Where the large model is looked for: $TOCSIN_MODELS, then beside the program, where `make install` puts it, and in a source tree. */
static const char *const near[] = {"", "../share/tocsin/", "../model/"};

/* The folder of the running program, with a slash at its end; empty when the system does not tell. */
static void own_folder(char to[PATH_MOST])
{
  ssize_t n = readlink("/proc/self/exe", to, PATH_MOST - 1);
  to[n > 0 ? n : 0] = 0;
  char *slash = strrchr(to, '/');
  if (slash) slash[1] = 0;
  else to[0] = 0;
}

static bool join(char to[PATH_MOST], const char *a, const char *b, const char *c)
{
  int n = snprintf(to, PATH_MOST, "%s%s%s", a, b, c);
  return n > 0 && n < PATH_MOST && access(to, R_OK) == 0;
}

/* `named`: the folder of $TOCSIN_MODELS, or NULL */
static bool find_large(const char *named, char to[PATH_MOST])
{
  char folder[PATH_MOST];
  if (named) return join(to, named, "/", LARGE);
  own_folder(folder);
  for (size_t i = 0; *folder && i < sizeof near / sizeof *near; i++)
    if (join(to, folder, near[i], LARGE)) return true;
  return false;
}

bool run_model_file(const char *name, char to[PATH_MOST])
{
  if (!name || strcmp(name, "small") == 0) return false;
  if (strcmp(name, "large") != 0) return snprintf(to, PATH_MOST, "%s", name) < PATH_MOST;
  const char *named = getenv("TOCSIN_MODELS");
  return find_large(named && *named ? named : NULL, to);
}

enum status run_open_model(struct model **to, const char *name, struct error *error)
{
  char path[PATH_MOST];
  *to = NULL;
  if (!name || strcmp(name, "small") == 0) return model_open_embedded(to, error);
  if (strcmp(name, "large") != 0) return model_open_file(to, name, error);
  const char *named = getenv("TOCSIN_MODELS");
  if (named && !*named) named = NULL;
  if (find_large(named, path)) return model_open_file(to, path, error);
  if (named) return error_set(error, ST_MODEL, "%s: no " LARGE " in this folder, which $TOCSIN_MODELS names: put it there, or use --model small", named);
  return error_set(error, ST_MODEL, "no large model beside the program: put " LARGE " into its folder or that of $TOCSIN_MODELS, or use --model small");
}
