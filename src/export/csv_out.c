#include "export/csv_out.h"
#include "base/json_out.h"

void csv_begin(struct csv_out *csv, struct buf *to) { *csv = (struct csv_out){to, false}; }

static void part(struct csv_out *csv)
{
  if (csv->begun) buf_char(csv->to, ',');
  csv->begun = true;
}

void csv_text(struct csv_out *csv, struct slice text)
{
  bool quote = false;
  part(csv);
  for (size_t i = 0; i < text.n && !quote; i++) quote = text.at[i] == ',' || text.at[i] == '"' || text.at[i] == '\n' || text.at[i] == '\r';
  if (!quote) {
    buf_slice(csv->to, text);
    return;
  }
  buf_char(csv->to, '"');
  for (size_t i = 0; i < text.n; i++) {
    if (text.at[i] == '"') buf_char(csv->to, '"');
    buf_char(csv->to, text.at[i]);
  }
  buf_char(csv->to, '"');
}

void csv_int(struct csv_out *csv, int64_t value)
{
  part(csv);
  buf_printf(csv->to, "%lld", (long long)value);
}

void csv_number(struct csv_out *csv, bool has, double value)
{
  struct json_out j;
  part(csv);
  if (!has) return;
  json_init(&j, csv->to);
  json_num(&j, value); /* the shortest form that reads back as the same number */
}

void csv_end(struct csv_out *csv)
{
  buf_text(csv->to, "\r\n");
  csv->begun = false;
  buf_spill(csv->to);
}

void csv_header(struct csv_out *csv, const char *names)
{
  buf_text(csv->to, names);
  csv->begun = true;
  csv_end(csv);
}
