/* stix_out.h: objects of STIX 2.1 (OASIS standard, 10 June 2021) in a bundle, written one after another.
 *
 *     stix_begin(&s, to);
 *     id = stix_id("report", key);
 *     stix_object(&s, &id, published); json_kstr(&s.j, "name", ...); stix_close(&s);
 *     stix_end(&s);
 *
 * An id is a UUID of version 5 (RFC 9562, section 5.5): the same type and key give the same id in every bundle.  The time of an object is that of
 * publication (when.h), 1970-01-01 without one.  The first object is the identity of this program, by which all others are said to be made. */
#ifndef EXPORT_STIX_OUT_H
#define EXPORT_STIX_OUT_H
#include "base/json_out.h"

struct stix_id {
  const char *type; /* "report" */
  unsigned char uuid[16];
};

struct stix_out {
  struct json_out j;
  struct stix_id maker, bundle; /* the bundle's id hangs on those of all objects so far */
};

void stix_begin(struct stix_out *s, struct buf *to);
void stix_end(struct stix_out *s);
struct stix_id stix_id(const char *type, struct slice key);
void stix_object(struct stix_out *s, const struct stix_id *id, struct slice published); /* opens it, with what every object has */
void stix_close(struct stix_out *s);
void stix_ref(struct stix_out *s, const struct stix_id *id);                             /* a value: "report--..." */
void stix_time(struct stix_out *s, const char *key, struct slice published);

#endif
