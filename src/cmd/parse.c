/* parse.c: tokens, trees and names of documents as CoNLL-U, or trees drawn for a person. */
#include "cmd/run.h"
#include "lang/conllu.h"

struct parse {
  int tree;
  struct show_style style;
};

static enum status make(const void *context, const struct run_input *in, struct buf *to, struct error *error)
{
  const struct parse *parse = context;
  (void)error;
  if (!parse->tree) {
    conllu_write(to, in->analysis, in->document->id, in->before);
    return ST_OK;
  }
  for (uint32_t k = 0; k < in->analysis->n_sentences; k++) {
    show_tree(to, in->analysis, k, parse->style);
    buf_char(to, '\n');
    buf_spill(to);
  }
  return ST_OK;
}

static int run_parse(const struct command *self, int argc, char **argv)
{
  struct parse parse = {.style = run_style()};
  const struct option options[] = {RUN_LONG, {"tree", no_argument, &parse.tree, 1}, {NULL, 0, NULL, 0}};
  struct run run;
  int option;
  run_init(&run, self);
  while ((option = getopt_long(argc, argv, RUN_SHORT, options, NULL)) != -1) {
    int stop = option ? run_option(&run, option, option == '?' ? argv[optind - 1] : optarg) : RUN_GO_ON;
    if (stop >= 0) return stop;
  }
  run.parts = true;
  run.make = make;
  run.context = &parse;
  return run_documents(&run, argc - optind, argv + optind);
}

const struct command command_parse = {
  .name = "parse",
  .synopsis = "[--tree] [--model M] [-j N] [FILE|-]...",
  .does = "tokens, trees and names as CoNLL-U",
  .help = "  --tree              trees drawn for a person instead of CoNLL-U\n" RUN_HELP,
  .run = run_parse,
};
