/* pager.c: a pipe to $PAGER instead of the terminal. */
#include "cmd/pager.h"
#include "base/slice.h"
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static bool in_path(const char *program)
{
  const char *path = getenv("PATH");
  struct slice rest = slice_of(path ? path : "/usr/bin:/bin");
  while (rest.n) {
    char name[4096];
    const struct slice folder = slice_cut(&rest, ':');
    const int n = snprintf(name, sizeof name, "%.*s/%s", SLICE_ARG(folder), program);
    if (n > 0 && (size_t)n < sizeof name && access(name, X_OK) == 0) return true;
  }
  return false;
}

/* The command line; NULL: none is wanted, or there is none. */
static const char *wanted(void)
{
  const char *set = getenv("PAGER");
  if (set) return *set && strcmp(set, "cat") != 0 ? set : NULL;
  return in_path("less") ? "less -FRX" : NULL;
}

void pager_begin(struct pager *pager)
{
  char shell[] = "sh", dash_c[] = "-c";
  const char *command = wanted();
  int pipes[2];
  *pager = (struct pager){0, -1, false};
  if (!command || !isatty(STDOUT_FILENO) || pipe(pipes) != 0) return;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t defaults;
  char *line = strdup(command);
  char *argv[] = {shell, dash_c, line, NULL};
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE); /* which main ignores */
  pid_t pid = 0;
  if (line && posix_spawn_file_actions_init(&actions) == 0) {
    if (posix_spawnattr_init(&attributes) == 0) {
      posix_spawnattr_setsigdefault(&attributes, &defaults);
      posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
      posix_spawn_file_actions_adddup2(&actions, pipes[0], STDIN_FILENO);
      posix_spawn_file_actions_addclose(&actions, pipes[0]);
      posix_spawn_file_actions_addclose(&actions, pipes[1]);
      if (posix_spawnp(&pid, shell, &actions, &attributes, argv, environ) != 0) pid = 0;
      posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
  }
  free(line);
  close(pipes[0]);
  pager->terminal = pid ? dup(STDOUT_FILENO) : -1;
  if (pid && pager->terminal >= 0 && dup2(pipes[1], STDOUT_FILENO) >= 0) pager->pid = pid;
  close(pipes[1]);
}

bool pager_left(struct pager *pager)
{
  if (pager->pid && errno == EPIPE) pager->left = true;
  return pager->left;
}

void pager_end(struct pager *pager)
{
  int how;
  if (!pager->pid) return;
  dup2(pager->terminal, STDOUT_FILENO); /* closes the pipe: the pager sees its end */
  close(pager->terminal);
  while (waitpid(pager->pid, &how, 0) < 0 && errno == EINTR) {}
}
