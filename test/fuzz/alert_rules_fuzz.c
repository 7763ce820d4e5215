/* alert_rules_fuzz.c: any bytes as a file of rules of alerts: each fault is one line that names the file and a line; rules that are read are tried on a
 * small ledger, which tells the same twice. */
#include "know/know.h"
#include "ledger/ledger_alerts.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char reading[] =
  "{\"tocsin\":1,\"document\":{\"id\":\"a\",\"published\":\"2023-05-14\",\"publisher\":\"Wire A\",\"sha256\":\"aa\","
  "\"text\":\"Greece fought Iran, Iran said 12 died.\"},"
  "\"sentences\":[{\"span\":[0,38]}],\"entities\":[{\"id\":0,\"name\":\"Greece\",\"kind\":\"country\",\"code\":\"GRC\",\"country\":\"GRC\","
  "\"mentions\":[[0,6]]},"
  "{\"id\":1,\"name\":\"Iran\",\"kind\":\"country\",\"code\":\"IRN\",\"country\":\"IRN\",\"mentions\":[[14,18]]}],\"places\":[],\"dates\":[],"
  "\"figures\":[{\"id\":0,\"text\":\"12\",\"span\":[30,32],\"value\":12,\"bound\":\"exact\",\"unit\":\"person\",\"state\":\"killed\",\"sort\":\"total\"}],"
  "\"claims\":[{\"id\":0,\"span\":[20,38],\"source\":{\"text\":\"Iran\",\"span\":[20,24],\"entity\":1,\"kind\":\"named\"},\"stance\":\"affirms\"}],"
  "\"events\":[{\"id\":0,\"span\":[0,18],\"trigger\":[7,13],\"type\":\"ASSAULT\",\"status\":\"actual\",\"rule\":\"fight\","
  "\"actor\":[{\"text\":\"Greece\",\"span\":[0,6],\"entity\":0,\"code\":\"GRC\",\"country\":\"GRC\"}],"
  "\"recipient\":[{\"text\":\"Iran\",\"span\":[14,18],\"entity\":1,\"code\":\"IRN\",\"country\":\"IRN\"}]}],"
  "\"positions\":[{\"id\":0,\"span\":[20,38],\"holder\":{\"entity\":1,\"code\":\"IRN\",\"country\":\"IRN\"},\"stance\":\"affirms\","
  "\"toward\":{\"event\":0},\"order\":1}]}";

static struct know know;
static struct ledger *ledger;

static void begin(void)
{
  struct error error = {ST_OK, ""};
  enum ledger_added added;
  if (ledger) return;
  if (know_open_export(&know, NULL, 0, &error) != ST_OK || ledger_open(&ledger, "memory", LEDGER_MEMORY, &error) != ST_OK) abort();
  if (ledger_add(ledger, SLICE(reading), &added, &error) != ST_OK) abort();
}

static enum status take(void *context, const struct alert *alert, struct error *error)
{
  struct buf *to = context;
  (void)error;
  buf_slice(to, alert->json);
  alert_say(alert, to);
  return ST_OK;
}

static void say(const char *message) { (void)message; }

static void check(const struct alert_rules *rules, struct slice bytes)
{
  struct error error = {ST_OK, ""};
  struct buf to[2];
  const struct alert_question question = {.dry_run = true};
  for (size_t i = 0; i < rules->n; i++)
    for (size_t k = 0; k < ALERT_CONDITION_COUNT; k++) {
      const struct slice v = rules->at[i].value[k];
      if (v.n && (v.at < bytes.at || v.at + v.n > bytes.at + bytes.n)) abort();
    }
  for (int i = 0; i < 2; i++) {
    buf_init(&to[i], (size_t)1 << 24);
    const struct alert_output output = {.take = take, .context = &to[i]};
    if (ledger_alerts(ledger, rules, &question, &output, 1, say, &error) != ST_OK) abort();
  }
  if (!slice_eq(buf_get(&to[0]), buf_get(&to[1]))) abort();
  buf_release(&to[0]);
  buf_release(&to[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  begin();
  struct arena arena;
  struct error error = {ST_OK, ""};
  struct alert_rules rules;
  const struct slice bytes = {(const char *)data, size};
  arena_init(&arena, (size_t)1 << 24);
  const enum status status = alert_rules_read(&rules, &arena, bytes, "some.alerts", know.plover, know.numbers, &error);
  if (status == ST_TABLE) {
    if (!slice_starts(slice_of(error.message), SLICE("some.alerts:")) || error.message[12] < '1' || error.message[12] > '9') abort();
  } else if (status != ST_OK) abort();
  else if (rules.n <= 16) check(&rules, bytes);
  arena_release(&arena);
  return 0;
}
