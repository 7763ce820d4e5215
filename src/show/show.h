/* show.h: a reading as JSON and for a person. */
#ifndef SHOW_SHOW_H
#define SHOW_SHOW_H
#include "base/buf.h"
#include "lang/analysis.h"
#include "read/reading.h"

struct document; /* intake/document.h */

struct show_input {
  const struct document *document;
  const struct analysis *analysis;
  const struct reading *reading;
  const struct know *know;
};

/* One JSON object and a line feed, members in the order of the record format. */
void show_json(struct buf *to, const struct show_input *in, bool with_text);

struct show_style {
  bool colour;
  unsigned columns; /* 40 .. 200 */
};
/* Headline, then events, figures, claims, positions as short aligned lines with source and sentence number. */
void show_person(struct buf *to, const struct show_input *in, struct show_style style);
/* The tree of one sentence drawn with lines, and (show_why) for the sentence (or all: sentence < 0) the rule and table lines behind each record. */
void show_tree(struct buf *to, const struct analysis *a, uint32_t sentence, struct show_style style);
void show_why(struct buf *to, const struct show_input *in, int64_t sentence, struct show_style style);

#endif
