/* web.h: HTTP by libcurl: one request at a time, within bounds of size, time and redirects.
 *
 *     struct web *web;
 *     status = web_open(&web, &error);
 *     got = web_ask(web, &request, &reply);     reply.body is the caller's, to be released in any case
 *     web_close(web);
 *
 * libcurl is opened when it is first needed: linked, it would take the thirty libraries that it stands on into every command (11 ms to start instead of
 * 3.5).  Only http and https are spoken, also behind a redirect; proxies are those of the environment (http_proxy).  One thread at a time. */
#ifndef INTAKE_WEB_H
#define INTAKE_WEB_H
#include "base/buf.h"
#include "base/status.h"

struct web; /* opaque */

/* ST_IO: there is no libcurl. */
enum status web_open(struct web **to, struct error *error);
void web_close(struct web *web); /* NULL is nothing */

struct web_request {
  const char *url;
  bool post;                  /* `body` is sent by POST; else it is asked for by GET */
  struct slice body;
  const char *const *headers; /* "Name: value", the last one NULL; NULL: none */
  long seconds;               /* at most, from the name's look-up to the last byte */
  size_t most;                /* bytes of an answer that is kept; more: WEB_TOO_LARGE */
  long redirects;             /* followed at most */
};

enum web_got { WEB_ANSWERED, WEB_TOO_LARGE, WEB_TIMED_OUT, WEB_REDIRECTED /* too often, or to what is no http */, WEB_BAD_ADDRESS, WEB_FAILED };

struct web_reply {
  long code;       /* of HTTP, when it was answered */
  struct buf body;
  char why[160];   /* what went wrong */
};

enum web_got web_ask(struct web *web, const struct web_request *request, struct web_reply *reply);
/* "http://..." or "https://...", in any case of letters */
bool web_is_address(struct slice text);

#endif
