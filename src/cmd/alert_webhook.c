#include "base/hmac.h"
#include "base/sys.h"
#include "cmd/alert_out.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { SECRET_MOST = 4096, SECRET_LEAST = 16, FIRST_WAIT_MS = 250, LONGEST_WAIT_MS = 8000, ANSWER_MOST = 1 << 16 };

static enum status read_secret(const char *path, char *to, size_t *n, struct error *error)
{
  ssize_t got = 0;
  const int fd = sys()->open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY, 0);
  if (fd < 0) return error_set(error, ST_IO, "%s: cannot read the secret (%s): check --secret", path, strerror(errno));
  for (*n = 0; *n <= SECRET_MOST && (got = sys()->read(fd, to + *n, SECRET_MOST + 1 - *n)) > 0;) *n += (size_t)got;
  const int wrong = errno;
  sys()->close(fd);
  if (got < 0) return error_set(error, ST_IO, "%s: cannot read the secret (%s): check --secret", path, strerror(wrong));
  if (*n > SECRET_MOST) return error_set(error, ST_IO, "%s: more than %d bytes are no secret: check --secret", path, SECRET_MOST);
  return ST_OK;
}

enum status alert_webhook_open(struct alert_webhook *hook, const char *secret_file, struct error *error)
{
  static const struct slice mark = {"whsec_", 6};
  char bytes[SECRET_MOST + 1];
  size_t n = 0;
  buf_init(&hook->secret, SECRET_MOST);
  enum status status = read_secret(secret_file, bytes, &n, error);
  if (status != ST_OK) return status;
  const struct slice text = slice_trim((struct slice){bytes, n});
  bool good = true;
  if (slice_starts(text, mark)) good = base64_read(&hook->secret, slice_sub(text, mark.n, text.n));
  else buf_slice(&hook->secret, text);
  if (!good) return error_set(error, ST_IO, "%s: no Base64 behind whsec_: check the secret", secret_file);
  if (hook->secret.n < SECRET_LEAST)
    return error_set(error, ST_IO, "%s: a secret has %d bytes or more: make one with head -c 32 /dev/urandom | base64", secret_file, SECRET_LEAST);
  return web_open(&hook->web, error);
}

void alert_webhook_close(struct alert_webhook *hook)
{
  web_close(hook->web);
  buf_release(&hook->secret);
}

/* The value of the signature's header. */
static bool sign(const struct alert_webhook *hook, const struct alert *alert, const char *at, struct buf *to)
{
  unsigned char digest[32];
  struct buf whole;
  buf_init(&whole, alert->json.n + 256);
  buf_slice(&whole, alert->id);
  buf_printf(&whole, ".%s.", at);
  buf_slice(&whole, alert->json);
  const bool good = !whole.failed && hmac_sha256(buf_get(&hook->secret), buf_get(&whole), digest);
  buf_release(&whole);
  buf_text(to, "webhook-signature: v1,");
  base64_put(to, (struct slice){(const char *)digest, good ? sizeof digest : 0});
  buf_char(to, '\0');
  return good && !to->failed;
}

/* One try. */
static enum web_got post(struct alert_webhook *hook, const struct alert *alert, struct web_reply *reply)
{
  char id[96], at[32], stamp[64];
  struct timespec now = {.tv_sec = 0};
  struct buf signature;
  clock_gettime(CLOCK_REALTIME, &now);
  snprintf(at, sizeof at, "%" PRId64, (int64_t)now.tv_sec);
  snprintf(id, sizeof id, "webhook-id: %.*s", SLICE_ARG(alert->id));
  snprintf(stamp, sizeof stamp, "webhook-timestamp: %s", at);
  buf_init(&signature, 1 << 10);
  *reply = (struct web_reply){.why = "not enough memory"};
  enum web_got got = WEB_FAILED;
  if (sign(hook, alert, at, &signature)) {
    const char *const headers[] = {"Content-Type: application/json", "Expect:", id, stamp, signature.at, NULL};
    const struct web_request request = {.url = hook->url, .post = true, .body = alert->json, .headers = headers, .seconds = hook->seconds, .most = ANSWER_MOST};
    got = web_ask(hook->web, &request, reply);
    buf_release(&reply->body);
  }
  buf_release(&signature);
  return got;
}

static void pause_ms(long ms)
{
  struct timespec left = {ms / 1000, ms % 1000 * 1000000};
  while (nanosleep(&left, &left) != 0 && errno == EINTR) continue;
}

enum status alert_webhook_take(void *context, const struct alert *alert, struct error *error)
{
  struct alert_webhook *hook = context;
  long wait = FIRST_WAIT_MS;
  struct web_reply reply;
  if (hook->down) return ST_REFUSED;
  for (unsigned left = hook->tries;; wait = wait * 2 < LONGEST_WAIT_MS ? wait * 2 : LONGEST_WAIT_MS) {
    const enum web_got got = post(hook, alert, &reply);
    const bool answered = got == WEB_ANSWERED || (got == WEB_TOO_LARGE && reply.code);
    if (answered && reply.code >= 200 && reply.code < 300) return ST_OK;
    if (answered) snprintf(reply.why, sizeof reply.why, "it answers %ld", reply.code);
    if (answered && reply.code >= 300 && reply.code < 500)
      return error_set(error, ST_REFUSED, "alert %.12s: %s: %s: see to the receiver; it gets the alert again next time", alert->id.at, hook->url, reply.why);
    if (got == WEB_BAD_ADDRESS || --left == 0) break;
    pause_ms(wait);
  }
  hook->down = true;
  return error_set(error, ST_REFUSED, "alert %.12s: %s: %s, tried %u times: it and those behind it are sent next time", alert->id.at, hook->url, reply.why,
                   hook->tries);
}
