/* run.h: what read, parse and why have in common: options, the engine and the tables opened once, documents from the arguments
 * through a pool of threads, output in the order of the input.
 *
 *     struct run run;
 *     run_init(&run, self);
 *     while ((c = getopt_long(argc, argv, RUN_SHORT, options, NULL)) != -1) {     options: { RUN_LONG, ..., {0} }
 *       int stop = run_option(&run, c, c == '?' ? argv[optind - 1] : optarg);
 *       if (stop == RUN_NOT_MINE) ... the command's own
 *       else if (stop >= 0) return stop;
 *     }
 *     run.make = make; run.context = &mine;
 *     return run_documents(&run, argc - optind, argv + optind);
 *
 * Errors go to stderr as "tocsin: MESSAGE", one line each, in the order of the documents. */
#ifndef CMD_RUN_H
#define CMD_RUN_H
#include "base/buf.h"
#include "cmd/command.h"
#include "intake/intake.h"
#include "know/know.h"
#include "lang/model.h"
#include "read/reading.h"
#include "show/show.h"
#include <getopt.h>

/* What a document, or with `parts` the next part of it, became; all of it lives until make returns. */
struct run_input {
  const struct document *document;
  const struct analysis *analysis;
  uint32_t before;               /* sentences of the document in the parts before this one */
  const struct reading *reading; /* all zeros without `reading` below */
  const struct know *know;       /* NULL without `reading` */
};

/* What a document gave to the command that keeps it. */
struct run_made {
  struct slice id;
  struct slice made; /* what `make` wrote; empty when the document was refused, or where there is a `prepare` */
  void *prepared;    /* what `prepare` made; NULL when the document was refused */
};

#define RUN_TABLES 64 /* --tables given so often at most */

struct run {
  const struct command *self;
  bool reading;            /* set by the command: read the analysis too, which takes the tables */
  bool parts;              /* set by the command: make is called for one part of the document after the other (lang_next), at least once, and may
                            * spill `to`: neither the analysis nor what is made of it grows with the document.  Not with `reading`. */
  /* Writes what the document gives on stdout.  Runs on any thread; context is only read.  ST_REFUSED with *error set refuses the document. */
  enum status (*make)(const void *context, const struct run_input *in, struct buf *to, struct error *error);
  const void *context;
  /* Set by a command that does not write to stdout but keeps what its documents gave: called on one thread, in the order of the input, with a
   * document's id and what `make` wrote (nothing of a document that was refused).  idle: no document behind it is ready.  ST_REFUSED with *error
   * set refuses the document, what is worse ends the run. */
  enum status (*take)(void *context, const struct run_made *made, bool idle, struct error *error);
  void *take_context;
  /* Set beside `take`: makes something of what `make` wrote, on the same thread, which take gets (and from then on owns) instead.  `drop` frees what no
   * take got. */
  enum status (*prepare)(void *context, const struct document *document, struct slice made, void **to, struct error *error);
  void (*drop)(void *prepared);
  /* Set by a command whose documents come from elsewhere than files: the next one; NULL at the end or with *error set, which ends the
   * run unless it is ST_REFUSED. */
  struct document *(*source)(void *context, struct error *error);
  void *source_context;
  /* Asked where one thread does all, so that nobody else could have taken what comes next: does it wait?  NULL: nobody knows. */
  bool (*waits)(void *context);
  bool keep_readings;        /* set by the command: a document that is a reading already is not read again */
  /* from the options */
  const char *model;
  const char *tables[RUN_TABLES];
  size_t n_tables;
  bool keep_ours;
  unsigned threads;
  struct intake_options intake;
  char published[40];
};

#define RUN_NOT_MINE (-2)
#define RUN_GO_ON (-1)
enum { RUN_OPTION_DATE = 1000, RUN_OPTION_PUBLISHER, RUN_OPTION_TABLES, RUN_OPTION_KEEP_OURS, RUN_OPTION_MODEL,
       RUN_OPTION_MAX_TEXT, RUN_OPTION_HELP, RUN_OPTION_OWN };
#define RUN_SHORT "j:h"
#define RUN_LONG                                                                                                                  \
  {"model", required_argument, NULL, RUN_OPTION_MODEL}, {"max-text", required_argument, NULL, RUN_OPTION_MAX_TEXT},               \
    {"help", no_argument, NULL, RUN_OPTION_HELP}
/* for the commands that read */
#define RUN_LONG_READING                                                                                                          \
  {"date", required_argument, NULL, RUN_OPTION_DATE}, {"publisher", required_argument, NULL, RUN_OPTION_PUBLISHER},               \
    {"tables", required_argument, NULL, RUN_OPTION_TABLES}, {"keep-ours", no_argument, NULL, RUN_OPTION_KEEP_OURS}
/* their lines of help */
#define RUN_HELP                                                                                                                  \
  "  --model M           language model: small (in the program), large, or a file\n"                                             \
  "  --max-text N        refuse documents of more than N bytes (32M; also K, G)\n"                                                \
  "  -j N                threads (all cores)\n"
#define RUN_HELP_READING                                                                                                          \
  "  --date D            publication date of documents without one: 2024-10-28\n"                                                 \
  "  --publisher P       publisher of documents that do not tell theirs\n"                                                        \
  "  --tables PATH       a folder of tables, or one, instead of ours of that name,\n"                                              \
  "                      or dictionaries of TABARI or PETRARCH; may be repeated\n"                                                \
  "  --keep-ours         our event rules beside such dictionaries, not behind them\n"

void run_init(struct run *run, const struct command *self);
/* Takes an option of the above: RUN_GO_ON, RUN_NOT_MINE, or an exit status (help asked for, wrong value). */
int run_option(struct run *run, int option, char *value);
/* Reads all arguments ("-", or none at all: standard input) and gives the exit status. */
int run_documents(const struct run *run, int n, char **paths);
/* The model that --model names (NULL: the built-in one; run_model.c); for commands that use the engine without documents. */
/* The file that it would be opened from; false: it is in the program, or there is none. */
bool run_model_file(const char *name, char to[4096]);
enum status run_open_model(struct model **to, const char *name, struct error *error);

/* The ledger that -d names, else $TOCSIN_LEDGER, else tocsin.db (add.c). */
const char *ledger_path(const char *given);

/* How to write for a person: colour and the window's width on a terminal; else plain, in 79 columns. */
struct show_style run_style(void);
/* "tocsin: MESSAGE" on stderr, in one write. */
void run_say(const char *message);
/* All of it to the file descriptor; false with errno when that failed. */
bool run_write_to(int fd, struct slice bytes);
/* All of it to stdout.  False (and said on stderr) when that failed: the command then ends with 3. */
bool run_write(struct slice bytes);

#endif
