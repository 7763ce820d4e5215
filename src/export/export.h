/* export.h: what a ledger holds, in forms that others read.  One file a format; doc/export.md tells their fields.
 *
 *     const struct export_format *format = export_format("gdelt");
 *     status = export_ledger(ledger, &question, format, format->tables[0], &know, &to, &error);
 *
 * The question's filters choose (its `what` says nothing here), its `as_of` the day.  The same ledger gives the same bytes: no clock, no locale; ids
 * are made from what they stand for.  *to may spill after each record.  ST_USAGE: the question names a story that is not there. */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H
#include "base/buf.h"
#include "know/know.h"
#include "ledger/ledger_view.h"

enum { EXPORT_TABLES = 8 };

struct exporting { /* what a format's writer gets */
  struct ask *view;
  const struct ledger_question *question;
  const struct know *know; /* as know_open_export gives it */
  const char *table;       /* one of the format's; NULL when it has none */
  struct buf *to;
};

struct export_format {
  const char *name, *does;              /* "geojson" */
  const char *ending;                   /* of its files: "geojson" */
  const char *tables[EXPORT_TABLES];    /* of which one is written at a time; none: NULL */
  enum status (*write)(struct exporting *e);
  bool for_persons;                     /* text: control characters are left out */
};

/* All of them, the last one without a name. */
extern const struct export_format export_formats[];
const struct export_format *export_format(const char *name); /* NULL: there is none */
enum status export_ledger(struct ledger *ledger, const struct ledger_question *question, const struct export_format *format, const char *table,
                          const struct know *know, struct buf *to, struct error *error);
/* The answer to any question as a table with a header (csv.c). */
enum status export_answer_csv(struct ledger *ledger, const struct ledger_question *question, struct buf *to, struct error *error);

enum status export_claim(struct exporting *e);
enum status export_csv(struct exporting *e);
enum status export_gdelt(struct exporting *e);
enum status export_geojson(struct exporting *e);
enum status export_ics(struct exporting *e);
enum status export_jsonl(struct exporting *e);
enum status export_markdown(struct exporting *e);
enum status export_plover(struct exporting *e);
enum status export_stix(struct exporting *e);

#endif
