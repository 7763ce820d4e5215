/* rules_test.c: the rules load, fire for their lemmas in their order, and each fault of a rule file is named by file and line. */
#include "base/sys.h"
#include "know/know.h"
#include "tap.h"
#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/tocsin-rules-XXXXXX";

/* Lays `text` over the rules of d_assault.rules; the error must hold `want`. */
static void refuse(const char *text, const char *want)
{
  char path[64];
  snprintf(path, sizeof path, "%s/d_assault.rules", folder);
  FILE *file = fopen(path, "w");
  if (!file) {
    ok(false, "a file can be made");
    return;
  }
  fputs(text, file);
  fclose(file);
  struct know know;
  struct error error = {0};
  enum status status = know_open(&know, path, &error);
  bool good = ok(want ? status == ST_TABLE && strstr(error.message, want) : status == ST_OK, want ? want : text);
  if (!good) printf("# got \"%s\"\n", error.message);
  know_free(&know);
  unlink(path);
}

static void ours(void)
{
  struct know know;
  struct error error = {0};
  ok(know_open(&know, NULL, &error) == ST_OK, error.code ? error.message : "our rules load");
  ok(rules_count(know.rules) >= 1500, "at least 1500 senses");
  const struct rule_trigger *deploy = rules_at(know.rules, TRIGGER_VERB, SLICE("deploy"));
  ok(deploy && deploy->rule->n_conditions > 0, "deploy has a rule with conditions");
  for (const struct rule_trigger *t = deploy; t && t->next; t = t->next)
    ok(t->rule->n_conditions + (t->with.n > 0) >= t->next->rule->n_conditions + (t->next->with.n > 0), "more conditions come first");
  ok(!rules_at(know.rules, TRIGGER_NOUN, SLICE("deploy")), "a verb is no noun");
  const struct rule_class *arms = rules_class(know.rules, "arms"), *help = rules_class(know.rules, "help");
  ok(rule_class_word(arms, SLICE("tank")) && rule_class_word(help, SLICE("tank")), "a class holds the words of those it includes");
  ok(rule_class_pair(arms, SLICE("fighter"), SLICE("jet")) && !rule_class_pair(arms, SLICE("jet"), SLICE("fighter")), "two words keep their order");
  know_free(&know);
}

static void cues(void)
{
  struct know know;
  struct error error = {0};
  if (!ok(know_open(&know, NULL, &error) == ST_OK, "the cues load")) return;
  const struct status_cue *call = status_cues_at(know.status_cues, STATUS_CUE_VERB, SLICE("call"));
  ok(call && (call->with.n || call->infinitive), "the narrower reading of a cue comes first");
  ok(!status_cues_at(know.status_cues, STATUS_CUE_NOUN, SLICE("deny")), "kinds are kept apart");
  know_free(&know);
}

int main(void)
{
  if (!ok(mkdtemp(folder) != NULL, "a folder can be made")) return tap_end();
  ours();
  cues();
  refuse("rule x: verb hit -> ASSAULT 190; actor = subject\n", NULL);
  refuse("# a comment\n\nrule x: verb hit\n  -> ASSALT 190; actor = subject\n", "/d_assault.rules:3: \"ASSALT\" is no event type");
  refuse("rule x: verb hit -> ASSAULT/visit 190; actor = subject\n", ":1: type ASSAULT has no mode \"visit\"");
  refuse("rule x: verb hit -> ASSAULT 999; actor = subject\n", ":1: \"999\" is no CAMEO code");
  refuse("rule x: verb hit -> ASSAULT 190; actors = subject\n", ":1: unknown key \"actors\"");
  refuse("rule x: verb hit -> ASSAULT 190; actor = Subject\n", "is no place in a frame");
  refuse("rule x: verb hit -> ASSAULT 190; actor = subject; if object is %nowhere\n", "no class \"%nowhere\"");
  refuse("rule x: verb hit -> ASSAULT 190; actor = subject; if object is @NOBODY\n", "is neither a sector");
  refuse("rule x: verb hit -> ASSAULT 190; actor = subject; if object has tank\n", "a condition is");
  refuse("rule x: verb hit -> ASSAULT 190\n", "names neither actor nor recipient");
  refuse("rule x: hit -> ASSAULT 190; actor = subject\n", "triggers begin with verb, noun or adj");
  refuse("rule x: verb hit; actor = subject\n", "a rule needs");
  refuse("rule x: verb hit -> ASSAULT 190; as nobody\n", "no roles \"nobody\"");
  refuse("class a: x,,y\n", "an empty member");
  refuse("class troops: x\n", "stands above already");
  refuse("context weather: rain\n", "\"weather\" is no context");
  refuse("rule x: verb hit -> ASSAULT 190; actor = sentence\n", "\"sentence\" is for conditions");
  refuse("rule x: verb hit -> ASSAULT 190; actor = subject; if sentence any\n", "\"sentence\" goes with is and not");
  refuse("rule x: verb hit -> ASSAULT 190; actor = passage\n", "\"passage\" is for conditions");
  refuse("verb hit\n", "a statement is KIND NAME: PARTS");
  refuse("thing x: y\n", "unknown statement \"thing\"");
  rmdir(folder);
  return tap_end();
}
