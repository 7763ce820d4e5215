/* json_out.h: writes JSON into a buf.  Our own writer, since the bytes are promised: no blanks, members in the order written, numbers
 * in the shortest form that reads back as the same double, strings as UTF-8 with only ", \ and control characters escaped.
 *
 *     json_begin(&j, '{'); json_key(&j, "id"); json_int(&j, 7); json_end(&j, '}');
 *
 * Commas come by themselves.  Depth is at most 32 (asserted).  Failure sticks in the buf. */
#ifndef BASE_JSON_OUT_H
#define BASE_JSON_OUT_H
#include "base/buf.h"

struct json_out { /* private */
  struct buf *to;
  uint32_t comma; /* bit d: a value was written at depth d */
  unsigned depth;
  bool after_key;
};

void json_init(struct json_out *j, struct buf *to);
void json_begin(struct json_out *j, char open); /* '{' or '[' */
void json_end(struct json_out *j, char close);
void json_key(struct json_out *j, const char *key);
void json_str(struct json_out *j, struct slice s); /* s is valid UTF-8 */
void json_int(struct json_out *j, int64_t v);
void json_num(struct json_out *j, double v); /* not finite: null.  Whole numbers below 2^53 without point or exponent */
void json_bool(struct json_out *j, bool v);
void json_none(struct json_out *j);
void json_raw(struct json_out *j, struct slice json); /* one JSON value, taken as it stands */
void json_span(struct json_out *j, struct span s);    /* [b,e] */
/* key and value in one; the _opt forms write nothing for an empty slice */
void json_kstr(struct json_out *j, const char *key, struct slice s);
void json_kstr_opt(struct json_out *j, const char *key, struct slice s);
void json_kint(struct json_out *j, const char *key, int64_t v);
void json_knum(struct json_out *j, const char *key, double v);
void json_kspan(struct json_out *j, const char *key, struct span s);

#endif
