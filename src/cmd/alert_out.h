/* alert_out.h: where tocsin alerts sends alerts besides stdout: a program and a webhook.
 *
 * What each `take` gives is told in ledger/ledger_alerts.h. */
#ifndef CMD_ALERT_OUT_H
#define CMD_ALERT_OUT_H
#include "intake/web.h"
#include "ledger/ledger_alerts.h"

/* A program, run once an alert, with the alert as one line of JSON on its standard input.  It is run as it is, by no shell: nothing of an alert is
 * ever part of a command line.  Exit status 0 says that it has it. */
struct alert_exec {
  char *const *argv; /* ends in NULL; the first is looked for in $PATH */
  long seconds;      /* then it is killed */
  bool absent;       /* it cannot be started */
};
enum status alert_exec_take(void *context, const struct alert *alert, struct error *error);

/* A webhook after the Standard Webhooks (version 1 of their signatures): a POST of JSON with the headers
 *
 *     webhook-id: ALERT                        the same at each try, so that a receiver knows what it has
 *     webhook-timestamp: SECONDS               of this try; a receiver refuses old ones
 *     webhook-signature: v1,BASE64             HMAC-SHA256 of "ID.TIMESTAMP.BODY"
 *
 * An answer of 2xx says that it has it.  After 5xx, no answer in time or no connection it is tried again, after 1/4 s, 1/2 s, 1 s and so on up to 8 s;
 * after 3xx and 4xx it is not.  When all tries failed so, no more is sent in this run. */
struct alert_webhook {
  const char *url;
  long seconds; /* for one try */
  unsigned tries;
  struct buf secret;
  struct web *web;
  bool down;
};
/* Reads the secret: the file's bytes without blanks at its ends, or what stands in Base64 behind "whsec_".  ST_IO, ST_USAGE. */
enum status alert_webhook_open(struct alert_webhook *hook, const char *secret_file, struct error *error);
void alert_webhook_close(struct alert_webhook *hook);
enum status alert_webhook_take(void *context, const struct alert *alert, struct error *error);

#endif
