/* export.c: tocsin export: the ledger in forms that other programs read. */
#include "export/export.h"
#include "cmd/filters.h"
#include "cmd/output.h"
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

struct wanted {
  struct filters filters;
  const struct export_format *format;
  const char *table, *folder;
};

enum { FORMAT = FILTERS_OWN, TABLE, OUT };
static const struct option options[] = {FILTERS_LONG, {"format", required_argument, NULL, FORMAT}, {"table", required_argument, NULL, TABLE},
                                        {"out", required_argument, NULL, OUT}, {NULL, 0, NULL, 0}};

static int take_option(const struct command *self, struct wanted *to, int option, char *value)
{
  const int stop = filters_option(self, &to->filters, option, value);
  if (stop != RUN_NOT_MINE) return stop;
  if (option == TABLE) to->table = value;
  else if (option == OUT) to->folder = value;
  else {
    to->format = export_format(value);
    if (!to->format) return command_misused(self, "--format %s: no such format", value);
  }
  return RUN_GO_ON;
}

/* Which table, and do the filters fit? */
static int check(const struct command *self, struct wanted *w)
{
  if (!w->format) return command_misused(self, "needs --format");
  const char *const *tables = w->format->tables;
  size_t i = 0;
  while (w->table && tables[i] && strcmp(tables[i], w->table) != 0) i++;
  if (w->table && !tables[i]) return command_misused(self, "--table %s: %s has no such table", w->table, w->format->name);
  if (w->table && w->folder) return command_misused(self, "--out writes all tables: leave out --table, or --out");
  struct ledger_question *q = &w->filters.question;
  if (strcmp(w->format->name, "md") == 0 && !q->story) return command_misused(self, "--format md is of one story: needs --story");
  const char *table = w->table ? w->table : tables[0];
  q->what = strcmp(w->format->name, "claim") == 0 ? ASK_CLAIMS : ASK_EVENTS; /* events choose documents too */
  if (q->what == ASK_CLAIMS) return filters_check(self, q);
  if (strcmp(w->format->name, "csv") != 0 || !table || w->folder) return filters_values(self, q);
  if (strcmp(table, "claims") == 0) q->what = ASK_CLAIMS;
  if (strcmp(table, "figures") == 0) q->what = ASK_FIGURES;
  if (strcmp(table, "positions") == 0) q->what = ASK_POSITIONS;
  return filters_check(self, q);
}

static enum status write_one(const struct wanted *w, struct ledger *ledger, const struct know *know, const char *table, struct output *out,
                             struct error *error)
{
  out->clean = w->format->for_persons;
  return output_end(out, export_ledger(ledger, &w->filters.question, w->format, table, know, &out->to, error), error);
}

/* One file a table, or one for all: FOLDER/events.csv, FOLDER/export.geojson. */
static enum status write_folder(const struct wanted *w, struct ledger *ledger, const struct know *know, struct error *error)
{
  enum status status = ST_OK;
  size_t i = 0;
  if (mkdir(w->folder, 0777) != 0 && errno != EEXIST)
    return error_set(error, ST_IO, "%s: cannot make the folder (%s): check the path", w->folder, strerror(errno));
  do {
    char path[4096];
    struct output out;
    const char *table = w->format->tables[i];
    const int n = snprintf(path, sizeof path, "%s/%s.%s", w->folder, table ? table : "export", w->format->ending);
    if (n < 0 || (size_t)n >= sizeof path) return error_set(error, ST_IO, "%s: the path is too long: name another folder", w->folder);
    status = output_file(&out, path, error);
    if (status == ST_OK) status = write_one(w, ledger, know, table, &out, error);
  } while (status == ST_OK && w->format->tables[i] && w->format->tables[++i]);
  return status;
}

static enum status write_all(const struct wanted *w, struct ledger *ledger, const struct know *know, struct error *error)
{
  struct output out;
  if (w->folder) return write_folder(w, ledger, know, error);
  output_stdout(&out, false);
  return write_one(w, ledger, know, w->table ? w->table : w->format->tables[0], &out, error);
}

static int export_run(const struct command *self, int argc, char **argv)
{
  struct wanted w = {.folder = NULL};
  struct ledger *ledger = NULL;
  struct know know = {0};
  struct error error = {ST_OK, ""};
  int c, stop = RUN_GO_ON;
  opterr = 0;
  while (stop < 0 && (c = getopt_long(argc, argv, FILTERS_SHORT, options, NULL)) != -1)
    stop = take_option(self, &w, c, c == '?' ? argv[optind - 1] : optarg);
  if (stop < 0 && optind < argc) stop = command_misused(self, "%s: takes options alone", argv[optind]);
  if (stop < 0) stop = check(self, &w);
  if (stop >= 0) return stop;
  enum status status = know_open_export(&know, NULL, 0, &error);
  if (status == ST_OK) status = ledger_open(&ledger, ledger_path(w.filters.path), LEDGER_READ, &error);
  if (status == ST_OK) status = write_all(&w, ledger, &know, &error);
  if (status != ST_OK) run_say(error.message);
  ledger_close(ledger);
  know_free(&know);
  return status_exit(status);
}

const struct command command_export = {
  .name = "export",
  .synopsis = "[-d LEDGER] --format F [--table T | --out FOLDER] [FILTER]...",
  .does = "the ledger in forms that other programs read",
  .help = "Writes to stdout; doc/export.md tells the fields of each format.\n\n"
          "  --format F          jsonl: the readings as kept, for tocsin add\n"
          "                      csv: tables with a header line (RFC 4180)\n"
          "                      plover: PLOVER's records, one JSON object a line\n"
          "                      gdelt: GDELT 2.0, columns parted by tabs\n"
          "                      geojson: events with a point (RFC 7946)\n"
          "                      ics: planned events with a day (RFC 5545)\n"
          "                      claim: claims of schema.org (JSON-LD)\n"
          "                      stix: a bundle of STIX 2.1\n"
          "                      md: a brief of one story (Markdown), with --story\n"
          "  --table T           of csv: events (if none is named), claims, figures,\n"
          "                      positions, documents; of gdelt: events, mentions\n"
          "  --out FOLDER        files in this folder, of formats with tables one a table\n"
          "  -d LEDGER           the ledger ($TOCSIN_LEDGER, or tocsin.db)\n" FILTERS_HELP,
  .run = export_run,
};
