/* eval.c: the language model measured against gold trees: their raw text is parsed anew and compared, and the parse is timed. */
#include "base/sys.h"
#include "cmd/run.h"
#include "lang/conllu.h"
#include <errno.h>
#include <fcntl.h>

#define GOLD_MOST ((size_t)1 << 30)
#define RUNS_LEAST 3
#define RUNS_MOST 20
#define ENOUGH_NS 1000000000 /* of measuring; a short text is read more often */

/* The whole file, into `to`. */
static enum status slurp(const char *path, struct buf *to, struct error *error)
{
  char block[1 << 16];
  int fd = sys()->open(path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0) return error_set(error, ST_REFUSED, "%s: cannot open (%s): check the path", path, strerror(errno));
  enum status status = ST_OK;
  while (!to->failed) {
    ssize_t n = sys()->read(fd, block, sizeof block);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) status = error_set(error, ST_REFUSED, "%s: cannot read (%s)", path, strerror(errno));
    if (n <= 0) break;
    buf_put(to, block, (size_t)n);
  }
  sys()->close(fd);
  if (!status && to->failed) status = error_set(error, ST_REFUSED, "%s: more than %zu MB, or no memory: split it", path, GOLD_MOST >> 20);
  return status;
}

struct speed {
  double seconds; /* of the fastest run */
  double work;    /* multiply-adds of one run */
  int runs;
};

/* Parses the text several times; the last analysis stays in `arena`. */
static enum status measure(const struct model *model, const struct analysis *gold, bool gold_tokens, struct arena *arena, struct analysis *to,
                           struct speed *speed, struct error *error)
{
  struct lang *lang = lang_new(model);
  if (!lang) return error_set(error, ST_MEMORY, "no memory for the language engine");
  enum status status = ST_OK;
  int64_t total = 0, best = INT64_MAX;
  for (speed->runs = 0; !status && speed->runs < RUNS_MOST && (speed->runs < RUNS_LEAST || total < ENOUGH_NS); speed->runs++) {
    arena_clear(arena);
    int64_t begin = sys()->monotonic_ns();
    status = gold_tokens ? lang_annotate(lang, gold, arena, to, error) : lang_analyse(lang, gold->text, arena, to, error);
    int64_t took = sys()->monotonic_ns() - begin;
    total += took;
    if (took < best) best = took;
  }
  speed->seconds = (double)best / 1e9;
  speed->work = speed->runs ? (double)(lang_work(lang) / (uint64_t)speed->runs) : 0;
  lang_free(lang);
  return status;
}

static void put_table(struct buf *to, const struct ud_measure measures[UD_METRICS], const struct model *model, struct speed speed)
{
  buf_printf(to, "%-10s %7s %7s %7s %8s %8s\n", "", "P", "R", "F1", "gold", "system");
  for (int k = 0; k < UD_METRICS; k++) {
    const struct ud_measure *m = &measures[k];
    buf_printf(to, "%-10s %7.2f %7.2f %7.2f %8llu %8llu\n", ud_metric_name((enum ud_metric)k), m->precision, m->recall, m->f1, (unsigned long long)m->gold,
               (unsigned long long)m->system);
  }
  double words = (double)measures[UD_WORDS].system;
  buf_text(to, "\nmodel   ");
  buf_slice(to, model_description(model));
  buf_printf(to, "\nspeed   %.0f words/s on one thread (%.0f words in %.3f s, best of %d)\n", speed.seconds > 0 ? words / speed.seconds : 0, words,
             speed.seconds, speed.runs);
  if (speed.seconds > 0 && words > 0)
    buf_printf(to, "work    %.2f million 8-bit multiply-adds a word, %.1f billion a second\n", speed.work / words / 1e6,
               speed.work / speed.seconds / 1e9);
}

static enum status eval(const char *model_name, bool gold_tokens, const char *path, struct buf *bytes, struct arena arenas[2], struct buf *out,
                        struct error *error)
{
  struct model *model = NULL;
  struct analysis gold, system;
  struct speed speed = {0};
  struct ud_measure measures[UD_METRICS];
  enum status status = slurp(path, bytes, error);
  if (!status) status = conllu_read(buf_get(bytes), path, &arenas[0], &gold, error);
  if (!status && gold.n_tokens == 0) status = error_set(error, ST_REFUSED, "%s: holds no sentence: give a treebank in CoNLL-U", path);
  if (!status) status = run_open_model(&model, model_name, error);
  if (!status && (status = measure(model, &gold, gold_tokens, &arenas[1], &system, &speed, error))) {
    const struct error what = *error;
    error_set(error, status, "%s: %s", path, what.message);
  }
  if (!status) status = ud_score(&gold, &system, &arenas[0], measures, error);
  if (!status) put_table(out, measures, model, speed);
  model_free(model);
  return status;
}

static int run_eval(const struct command *self, int argc, char **argv)
{
  enum { GOLD_TOKENS = RUN_OPTION_OWN };
  static const struct option options[] = {RUN_LONG, {"gold-tokens", no_argument, NULL, GOLD_TOKENS}, {NULL, 0, NULL, 0}};
  struct run run;
  bool gold_tokens = false;
  int option;
  run_init(&run, self);
  while ((option = getopt_long(argc, argv, RUN_SHORT, options, NULL)) != -1) {
    if (option == GOLD_TOKENS) {
      gold_tokens = true;
      continue;
    }
    int stop = run_option(&run, option, option == '?' ? argv[optind - 1] : optarg);
    if (stop >= 0) return stop;
  }
  if (argc - optind != 1) return command_misused(self, "takes one file of gold trees (CoNLL-U)");
  struct buf bytes, out;
  struct arena arenas[2];
  struct error error;
  error_clear(&error);
  buf_init(&bytes, GOLD_MOST);
  buf_init(&out, 1 << 16);
  for (int k = 0; k < 2; k++) arena_init(&arenas[k], ARENA_NO_CEILING);
  enum status status = eval(run.model, gold_tokens, argv[optind], &bytes, arenas, &out, &error);
  int exit_status = status_exit(status);
  if (status) run_say(error.message);
  else if (!run_write(buf_get(&out))) exit_status = 3;
  for (int k = 0; k < 2; k++) arena_release(&arenas[k]);
  buf_release(&out);
  buf_release(&bytes);
  return exit_status;
}

const struct command command_eval = {
  .name = "eval",
  .synopsis = "[--model M] [--gold-tokens] FILE.conllu",
  .does = "measure the language model against gold trees, and its speed",
  .help = "  --model M           language model: small (in the program), large, or a file\n"
          "  --gold-tokens       take the file's words and sentences, cut nothing anew\n",
  .run = run_eval,
};
