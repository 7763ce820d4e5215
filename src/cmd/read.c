/* read.c: tocsin read. */
#include "cmd/run.h"
#include "export/plover.h"

struct read_options {
  bool json, with_text, plover;
  struct show_style style;
};

#define READING_MOST ((size_t)2 << 30)

/* By way of the reading in JSON, as the ledger keeps it. */
static void put_plover(struct buf *to, const struct show_input *in)
{
  struct buf json;
  json_error_t why;
  buf_init(&json, READING_MOST);
  show_json(&json, in, true);
  json_t *reading = json.failed ? NULL : json_loadb(json.at, json.n, 0, &why);
  buf_release(&json);
  if (reading) plover_put_all(to, rules_plover(in->know->rules), reading);
  else to->failed = true;
  json_decref(reading);
}

static enum status make(const void *context, const struct run_input *in, struct buf *to, struct error *error)
{
  const struct read_options *options = context;
  const struct show_input input = {.document = in->document, .analysis = in->analysis, .reading = in->reading, .know = in->know};
  (void)error; /* a full buf is seen by the caller */
  if (options->plover) put_plover(to, &input);
  else if (options->json) show_json(to, &input, options->with_text);
  else show_person(to, &input, options->style);
  return ST_OK;
}

static int read_run(const struct command *self, int argc, char **argv)
{
  enum { JSON = RUN_OPTION_OWN, WITH_TEXT, PLOVER };
  static const struct option options[] = {
    RUN_LONG, RUN_LONG_READING, {"json", no_argument, NULL, JSON}, {"with-text", no_argument, NULL, WITH_TEXT},
    {"plover", no_argument, NULL, PLOVER}, {NULL, 0, NULL, 0}};
  struct read_options mine = {.style = run_style()};
  struct run run;
  int c;
  run_init(&run, self);
  while ((c = getopt_long(argc, argv, RUN_SHORT, options, NULL)) != -1) {
    int stop = run_option(&run, c, c == '?' ? argv[optind - 1] : optarg);
    if (stop >= 0) return stop;
    if (c == JSON) mine.json = true;
    else if (c == WITH_TEXT) mine.with_text = true;
    else if (c == PLOVER) mine.plover = true;
  }
  if (mine.with_text && !mine.json) return command_misused(self, "--with-text goes with --json");
  if (mine.plover && mine.json) return command_misused(self, "--plover and --json are two forms: take one");
  run.reading = true;
  run.make = make;
  run.context = &mine;
  return run_documents(&run, argc - optind, argv + optind);
}

const struct command command_read = {
  .name = "read",
  .synopsis = "[--date D] [--json [--with-text] | --plover] [OPTION]... [FILE|-]...",
  .does = "read who did what to whom, who says so, how many",
  .help = "Reads plain text, JSON or JSON Lines, told by the content; without FILE, from\nstandard input.\n\n"
          "  --json              one JSON object a document, one a line\n"
          "  --with-text         put the text into it, for tocsin add\n"
          "  --plover            the events as PLOVER's own records, one JSON object a line\n" RUN_HELP_READING RUN_HELP,
  .run = read_run,
};
