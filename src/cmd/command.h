/* command.h: one entry for each command; main.c lists them.  Help, the list of commands and their options come from here. */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

struct command {
  const char *name;     /* "read" */
  const char *synopsis; /* "[--date D] [--json] [FILE|-]..." */
  const char *does;     /* one line */
  const char *help;     /* its options, one a line, two blanks in front; ends in a line feed */
  int (*run)(const struct command *self, int argc, char **argv); /* argv[0] is "tocsin"; gives the exit status */
};

extern const struct command command_add, command_alerts, command_claims, command_contradictions, command_correct, command_eval, command_events,
  command_export, command_figures, command_find, command_parse, command_positions, command_read, command_reread, command_stories, command_story,
  command_why;

/* Says "tocsin NAME: MESSAGE" and how to get help on stderr; gives 2. */
__attribute__((format(printf, 2, 3)))
int command_misused(const struct command *self, const char *format, ...);
/* For --help: prints synopsis and help on stdout; gives 0. */
int command_help(const struct command *self);

#endif
