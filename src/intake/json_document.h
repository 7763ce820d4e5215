/* json_document.h: one JSON object becomes a document: members text (needed), id, title, date, publisher, url, language; the others are
 * kept as they stand in document.extra.  Strict JSON (jansson): no lone surrogate, no NUL, no member twice, UTF-8 alone. */
#ifndef INTAKE_JSON_DOCUMENT_H
#define INTAKE_JSON_DOCUMENT_H
#include "intake/document.h"

/* Where a value ends that begins at the first byte fed; brackets and strings are told apart, nothing else is checked. */
struct json_frame {
  uint64_t depth;
  bool string, escape, begun;
};
/* Feeds bytes [from, s.n); the place behind the value's last bracket, or SIZE_MAX when it goes on. */
size_t json_frame_end(struct json_frame *frame, struct slice s, size_t from);

/* Fills `document`, whose name is set, from the bytes of one object.  Its id stays empty when the object has none.
 * ST_REFUSED with the place (byte from the object's begin) and what to do. */
enum status json_document_read(struct document *document, struct slice json, size_t max_text, struct error *error);

#endif
