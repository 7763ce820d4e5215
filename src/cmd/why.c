/* why.c: the tree of a sentence, and the rule and table lines behind each of its records. */
#include "cmd/run.h"

struct why {
  int64_t sentence; /* from 0; < 0: all */
  struct show_style style;
};

static enum status make(const void *context, const struct run_input *in, struct buf *to, struct error *error)
{
  const struct why *why = context;
  if (why->sentence >= in->analysis->n_sentences)
    return error_set(error, ST_REFUSED, "there is no sentence %lld: the last one is %u", (long long)why->sentence + 1,
                     (unsigned)in->analysis->n_sentences);
  struct show_input show = {.document = in->document, .analysis = in->analysis, .reading = in->reading, .know = in->know};
  show_why(to, &show, why->sentence, why->style);
  return ST_OK;
}

static int run_why(const struct command *self, int argc, char **argv)
{
  static const struct option options[] = {RUN_LONG, RUN_LONG_READING, {NULL, 0, NULL, 0}};
  struct why why = {.sentence = -1, .style = run_style()};
  struct run run;
  int option;
  run_init(&run, self);
  while ((option = getopt_long(argc, argv, RUN_SHORT, options, NULL)) != -1) {
    int stop = run_option(&run, option, option == '?' ? argv[optind - 1] : optarg);
    if (stop >= 0) return stop;
  }
  int n = argc - optind;
  if (n < 1 || n > 2) return command_misused(self, "takes a file and the number of a sentence in it");
  if (n == 2 && (!slice_to_i64(slice_of(argv[optind + 1]), &why.sentence) || why.sentence-- < 1))
    return command_misused(self, "'%s' is no number of a sentence: they count from 1", argv[optind + 1]);
  run.reading = true;
  run.make = make;
  run.context = &why;
  return run_documents(&run, 1, argv + optind);
}

const struct command command_why = {
  .name = "why",
  .synopsis = "[--date D] [--tables PATH] [--model M] FILE [SENTENCE]",
  .does = "tree, rule and table lines behind each record of a sentence",
  .help = RUN_HELP_READING RUN_HELP,
  .run = run_why,
};
