/* jsonl.c: the readings as they were added, one JSON object a line: `tocsin add` takes them back (as `read --json --with-text` writes them). */
#include "export/export.h"

static enum status put(void *context, const struct ledger_document *document)
{
  struct exporting *e = context;
  const size_t from = e->to->n;
  enum status status = view_reading_json(e->view, document, e->to);
  for (size_t i = from; i < e->to->n; i++) /* in valid JSON no line ends but between its parts */
    if (e->to->at[i] == '\n' || e->to->at[i] == '\r') e->to->at[i] = ' ';
  while (e->to->n > from && e->to->at[e->to->n - 1] == ' ') e->to->n--;
  buf_char(e->to, '\n');
  buf_spill(e->to);
  return status;
}

enum status export_jsonl(struct exporting *e) { return view_documents(e->view, false, put, e); }
