/* export.c: the list of formats. */
#include "export/export.h"

const struct export_format export_formats[] = {
  {"jsonl", "the readings as they are kept, for tocsin add", "jsonl", {NULL}, export_jsonl, false},
  {"csv", "tables with a header line (RFC 4180)", "csv", {"events", "claims", "figures", "positions", "documents"}, export_csv, false},
  {"plover", "PLOVER's records, one JSON object a line", "jsonl", {NULL}, export_plover, false},
  {"gdelt", "GDELT 2.0 events and mentions, columns parted by tabs", "tsv", {"events", "mentions"}, export_gdelt, false},
  {"geojson", "events with a point (RFC 7946)", "geojson", {NULL}, export_geojson, false},
  {"ics", "planned events with a day (RFC 5545)", "ics", {NULL}, export_ics, false},
  {"claim", "claims of schema.org (JSON-LD)", "jsonld", {NULL}, export_claim, false},
  {"stix", "a bundle of STIX 2.1", "json", {NULL}, export_stix, false},
  {"md", "a brief of one story (Markdown)", "md", {NULL}, export_markdown, true},
  {NULL, NULL, NULL, {NULL}, NULL, false}};

const struct export_format *export_format(const char *name)
{
  const struct export_format *format = export_formats;
  while (format->name && strcmp(format->name, name) != 0) format++;
  return format->name ? format : NULL;
}

struct call {
  struct exporting exporting;
  enum status (*write)(struct exporting *e);
};

static enum status look(void *context, struct ask *view)
{
  struct call *call = context;
  call->exporting.view = view;
  return call->write(&call->exporting);
}

enum status export_ledger(struct ledger *ledger, const struct ledger_question *question, const struct export_format *format, const char *table,
                          const struct know *know, struct buf *to, struct error *error)
{
  struct call call = {{.question = question, .know = know, .table = table, .to = to}, format->write};
  enum status status = ledger_view(ledger, question, look, &call, error);
  if (status == ST_OK && to->failed) status = error_set(error, ST_MEMORY, "not enough memory for the export: narrow it by filters");
  return status;
}
