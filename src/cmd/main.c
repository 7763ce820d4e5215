/* main.c: finds the command and hands over. */
#include "base/slice.h"
#include "cmd/command.h"
#include "cmd/run.h"
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>

static const struct command *const commands[] = {
  &command_read,
  &command_add,
  &command_stories,
  &command_story,
  &command_events,
  &command_claims,
  &command_figures,
  &command_positions,
  &command_contradictions,
  &command_alerts,
  &command_find,
  &command_correct,
  &command_reread,
  &command_export,
  &command_parse,
  &command_why,
  &command_eval,
  NULL,
};

static int list(bool asked)
{
  struct buf to;
  buf_init(&to, 1 << 20);
  buf_text(&to, "tocsin " TOCSIN_VERSION ": reads the news and keeps the record of a developing story\n\n");
  for (const struct command *const *c = commands; *c; c++) buf_printf(&to, "  tocsin %-14s %s\n", (*c)->name, (*c)->does);
  buf_text(&to, "\n'tocsin help COMMAND' tells a command's options, 'tocsin --version' the version.\n");
  int result = asked ? 0 : 2;
  if (!asked) fwrite(to.at, 1, to.n, stderr);
  else if (!run_write(buf_get(&to))) result = 3;
  buf_release(&to);
  return result;
}

static const struct command *find(const char *name)
{
  const struct command *const *c = commands;
  while (*c && strcmp((*c)->name, name) != 0) c++;
  return *c;
}

int command_misused(const struct command *self, const char *format, ...)
{
  char message[400];
  struct error error = {ST_OK, ""};
  va_list args;
  va_start(args, format);
  vsnprintf(message, sizeof message, format, args);
  va_end(args);
  error_set(&error, ST_USAGE, "%s: 'tocsin help %s' tells how", message, self->name);
  run_say(error.message);
  return status_exit(ST_USAGE);
}

int command_help(const struct command *self)
{
  struct buf to;
  buf_init(&to, 1 << 20);
  buf_printf(&to, "tocsin %s %s\n\n%s\n\n%s", self->name, self->synopsis, self->does, self->help);
  int result = run_write(buf_get(&to)) ? 0 : 3;
  buf_release(&to);
  return result;
}

int main(int argc, char **argv)
{
  signal(SIGPIPE, SIG_IGN); /* a reader that went away is a failed write, which has its exit status */
  if (argc < 2) return list(false);
  const char *name = argv[1];
  if (strcmp(name, "--version") == 0) return run_write(SLICE("tocsin " TOCSIN_VERSION "\n")) ? 0 : 3;
  bool help = strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0;
  if (help && argc < 3) return list(true);
  if (help) name = argv[2];
  const struct command *command = find(name);
  if (command && help) return command_help(command);
  if (command) {
    argv[1] = argv[0];
    return command->run(command, argc - 1, argv + 1);
  }
  struct error error = {ST_OK, ""};
  error_set(&error, ST_USAGE, "no command '%s': 'tocsin help' lists them", name);
  run_say(error.message);
  return status_exit(ST_USAGE);
}
