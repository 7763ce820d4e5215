#include "intake/web.h"
#include "base/sys.h"
#include <curl/curl.h>
#include <dlfcn.h>
#include <stdio.h>

#define CONNECT_SECONDS 10L
#define STALLED_SECONDS 20L /* so long without a byte a second */

/* What is used of libcurl. */
#define CALLS(X) X(easy_init) X(easy_setopt) X(easy_perform) X(easy_getinfo) X(easy_cleanup) X(easy_reset) X(easy_strerror) X(slist_append) X(slist_free_all) \
  X(global_init)

struct web {
  void *library;
  CURL *easy;
#define CALL(name) __typeof__(curl_##name) *name;
  CALLS(CALL)
#undef CALL
};

/* In ISO C an object pointer is no function pointer; POSIX says that it is one here. */
static bool find(void *library, const char *name, void *to, size_t size)
{
  void *at = dlsym(library, name);
  memcpy(to, &at, size < sizeof at ? size : sizeof at);
  return at != NULL;
}

enum status web_open(struct web **to, struct error *error)
{
  *to = NULL;
  struct web *web = sys_alloc(sizeof *web);
  if (!web) return error_set(error, ST_MEMORY, "not enough memory for the web: free some");
  *web = (struct web){.library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL)};
  bool good = web->library != NULL;
#define FIND(call) good = good && find(web->library, "curl_" #call, &web->call, sizeof web->call);
  CALLS(FIND)
#undef FIND
  if (good && web->global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK) web->easy = web->easy_init();
  if (web->easy) {
    *to = web;
    return ST_OK;
  }
  web_close(web);
  return error_set(error, ST_IO, "there is no libcurl to speak with the web: install it (Debian: libcurl4)");
}

/* The library stays open until the program ends: others that it opened do not bear being closed. */
void web_close(struct web *web)
{
  if (!web) return;
  if (web->easy) web->easy_cleanup(web->easy);
  sys_free(web, sizeof *web);
}

struct reception {
  struct buf *body;
  size_t most;
  bool too_large;
};

static size_t receive(char *bytes, size_t size, size_t n, void *context)
{
  struct reception *r = context;
  n *= size;
  r->too_large = r->too_large || n > r->most - r->body->n;
  if (r->too_large) return 0;
  buf_put(r->body, bytes, n);
  return r->body->failed ? 0 : n;
}

static enum web_got what_came(const struct web *web, CURLcode code, const struct reception *r, struct web_reply *reply)
{
  enum web_got got = WEB_FAILED;
  if (r->too_large) {
    snprintf(reply->why, sizeof reply->why, "more than %zu bytes", r->most);
    web->easy_getinfo(web->easy, CURLINFO_RESPONSE_CODE, &reply->code);
    return WEB_TOO_LARGE;
  }
  if (code == CURLE_OK) return WEB_ANSWERED;
  if (code == CURLE_OPERATION_TIMEDOUT) got = WEB_TIMED_OUT;
  if (code == CURLE_TOO_MANY_REDIRECTS) got = WEB_REDIRECTED;
  if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL) {
    web->easy_getinfo(web->easy, CURLINFO_RESPONSE_CODE, &reply->code);
    got = reply->code ? WEB_REDIRECTED : WEB_BAD_ADDRESS;
  }
  if (!reply->why[0]) snprintf(reply->why, sizeof reply->why, "%s", web->easy_strerror(code));
  return got;
}

enum web_got web_ask(struct web *web, const struct web_request *request, struct web_reply *reply)
{
  char why[CURL_ERROR_SIZE] = "";
  struct curl_slist *headers = NULL;
  struct reception reception = {&reply->body, request->most, false};
  CURL *e = web->easy;
  *reply = (struct web_reply){.why = ""};
  buf_init(&reply->body, request->most);
  web->easy_reset(e);
  bool good = web->easy_setopt(e, CURLOPT_URL, request->url) == CURLE_OK;
#define SET(option, value) good = good && web->easy_setopt(e, CURLOPT_##option, value) == CURLE_OK
  SET(PROTOCOLS_STR, "http,https");
  SET(REDIR_PROTOCOLS_STR, "http,https");
  SET(FOLLOWLOCATION, request->redirects > 0 ? 1L : 0L);
  SET(MAXREDIRS, request->redirects);
  SET(CONNECTTIMEOUT, CONNECT_SECONDS);
  SET(TIMEOUT, request->seconds);
  SET(LOW_SPEED_LIMIT, 1L);
  SET(LOW_SPEED_TIME, STALLED_SECONDS);
  SET(NOSIGNAL, 1L);
  SET(ACCEPT_ENCODING, "");
  SET(USERAGENT, "tocsin/" TOCSIN_VERSION);
  SET(ERRORBUFFER, why);
  SET(WRITEFUNCTION, receive);
  SET(WRITEDATA, &reception);
  if (request->post) {
    SET(POSTFIELDSIZE_LARGE, (curl_off_t)request->body.n);
    SET(POSTFIELDS, request->body.n ? request->body.at : "");
  }
  for (size_t i = 0; good && request->headers && request->headers[i]; i++) {
    struct curl_slist *more = web->slist_append(headers, request->headers[i]);
    good = more != NULL;
    if (more) headers = more;
  }
  if (headers) SET(HTTPHEADER, headers);
#undef SET
  const CURLcode code = good ? web->easy_perform(e) : CURLE_OUT_OF_MEMORY;
  snprintf(reply->why, sizeof reply->why, "%s", why);
  const enum web_got got = what_came(web, code, &reception, reply);
  if (got == WEB_ANSWERED) web->easy_getinfo(e, CURLINFO_RESPONSE_CODE, &reply->code);
  web->slist_free_all(headers);
  web->easy_reset(e); /* it points at what is gone now */
  return got;
}

bool web_is_address(struct slice text)
{
  static const struct slice schemes[] = {{"http://", 7}, {"https://", 8}};
  for (size_t i = 0; i < 2; i++)
    if (text.n > schemes[i].n && slice_eq_ascii_case(slice_sub(text, 0, schemes[i].n), schemes[i])) return true;
  return false;
}
