#include "base/sys.h"
#include "cmd/alert_out.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { PAUSE_NS = 5000000 };

struct child {
  pid_t pid;
  int fd; /* its standard input */
  int64_t until;
};

/* In a group of its own, so that what it starts ends with it. */
static int start(const struct alert_exec *exec, struct child *child)
{
  int ends[2];
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  sigset_t all;
  sigemptyset(&all);
  sigaddset(&all, SIGPIPE); /* we do without it, the program may want it */
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  int wrong = posix_spawn_file_actions_init(&files);
  if (!wrong) wrong = posix_spawnattr_init(&attributes);
  if (!wrong) wrong = posix_spawn_file_actions_adddup2(&files, ends[0], STDIN_FILENO);
  if (!wrong) wrong = posix_spawnattr_setsigdefault(&attributes, &all);
  if (!wrong) wrong = posix_spawnattr_setpgroup(&attributes, 0);
  if (!wrong) wrong = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  if (!wrong) wrong = posix_spawnp(&child->pid, exec->argv[0], &files, &attributes, exec->argv, environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  close(ends[0]);
  child->fd = ends[1];
  child->until = sys()->monotonic_ns() + (int64_t)exec->seconds * 1000000000;
  if (wrong) close(ends[1]);
  else fcntl(ends[1], F_SETFL, O_NONBLOCK);
  return wrong;
}

/* What it does not want to read it need not. */
static void feed(struct child *child, struct slice bytes)
{
  while (bytes.n && sys()->monotonic_ns() < child->until) {
    const ssize_t n = write(child->fd, bytes.at, bytes.n);
    if (n > 0) bytes = slice_sub(bytes, (size_t)n, bytes.n);
    else if (n < 0 && errno == EAGAIN) {
      struct pollfd one = {.fd = child->fd, .events = POLLOUT};
      poll(&one, 1, 100);
    } else if (n == 0 || errno != EINTR) break;
  }
  close(child->fd);
}

/* Its wait status; false: it had to be killed. */
static bool await(const struct child *child, int *how)
{
  const struct timespec pause = {0, PAUSE_NS};
  for (;;) {
    const pid_t got = waitpid(child->pid, how, WNOHANG);
    if (got == child->pid) return true;
    if (got < 0 && errno != EINTR) return false;
    if (sys()->monotonic_ns() >= child->until) break;
    nanosleep(&pause, NULL);
  }
  kill(-child->pid, SIGKILL);
  kill(child->pid, SIGKILL);
  while (waitpid(child->pid, how, 0) < 0 && errno == EINTR) continue;
  return false;
}

enum status alert_exec_take(void *context, const struct alert *alert, struct error *error)
{
  struct alert_exec *exec = context;
  struct child child;
  struct buf line;
  int how = 0;
  if (exec->absent) return ST_REFUSED;
  const int wrong = start(exec, &child);
  if (wrong) {
    exec->absent = true;
    return error_set(error, ST_REFUSED, "%s: cannot be run (%s): check --exec; the alerts are kept for it", exec->argv[0], strerror(wrong));
  }
  buf_init(&line, alert->json.n + 1);
  buf_slice(&line, alert->json);
  buf_char(&line, '\n');
  feed(&child, line.failed ? alert->json : buf_get(&line));
  buf_release(&line);
  const bool ended = await(&child, &how);
  if (ended && WIFEXITED(how) && WEXITSTATUS(how) == 0) return ST_OK;
  const char *again = "it gets the alert again next time";
  if (!ended) return error_set(error, ST_REFUSED, "alert %.12s: %s did not end in %ld s: %s", alert->id.at, exec->argv[0], exec->seconds, again);
  if (WIFSIGNALED(how)) return error_set(error, ST_REFUSED, "alert %.12s: %s was ended by signal %d: %s", alert->id.at, exec->argv[0], WTERMSIG(how), again);
  return error_set(error, ST_REFUSED, "alert %.12s: %s ended with status %d: %s", alert->id.at, exec->argv[0], WEXITSTATUS(how), again);
}
