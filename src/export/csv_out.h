/* csv_out.h: lines of comma-separated values as RFC 4180 has them: CR LF at the end, fields in quotes where they hold a comma, a quote or a line end,
 * quotes within them twice. */
#ifndef EXPORT_CSV_OUT_H
#define EXPORT_CSV_OUT_H
#include "base/buf.h"

struct csv_out { /* private */
  struct buf *to;
  bool begun; /* a field of this line is written */
};

void csv_begin(struct csv_out *csv, struct buf *to);
void csv_text(struct csv_out *csv, struct slice text);
void csv_int(struct csv_out *csv, int64_t value);
void csv_number(struct csv_out *csv, bool has, double value); /* empty when there is none */
void csv_end(struct csv_out *csv);
/* A header line of names parted by commas. */
void csv_header(struct csv_out *csv, const char *names);

#endif
