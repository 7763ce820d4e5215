/* ledger_alert_rules.c: reads the file of rules. */
#include "base/vec.h"
#include "know/table.h"
#include "ledger/ledger_alerts.h"

#define ALERT_WORD(name, word) word,
static const char *const conditions[] = {ALERT_CONDITIONS(ALERT_WORD) NULL};
#undef ALERT_WORD
static const char *const kinds[] = {"event", "first", "planned", "figure", "turn", "contradiction", NULL};

#define BIT(condition) (1u << ALERT_##condition)
#define OF_EVENTS (BIT(TYPE) | BIT(MODE) | BIT(STATUS) | BIT(ACTOR) | BIT(RECIPIENT) | BIT(PLACE) | BIT(PUBLISHER) | BIT(STORY))
static const uint32_t takes[] = {OF_EVENTS, OF_EVENTS, OF_EVENTS & ~BIT(STATUS),
                                 BIT(STATE) | BIT(UNIT) | BIT(PLACE) | BIT(PUBLISHER) | BIT(STORY) | BIT(OVER) |
                                 BIT(RISES),
                                 BIT(WHO) | BIT(TURN) | BIT(STORY), BIT(WHO) | BIT(KIND) | BIT(STORY)};

static int find(const char *const *list, struct slice word)
{
  int i = 0;
  while (list[i] && !slice_is(word, list[i])) i++;
  return list[i] ? i : -1;
}

/* What is wrong with the condition; NULL: nothing. */
static const char *take(struct alert_rule *rule, struct slice word)
{
  struct slice value = word;
  const int which = find(conditions, slice_cut(&value, '='));
  if (which < 0 || !value.n) return "is no condition of a rule: doc/alerts.md lists them";
  if (!(takes[rule->kind] & 1u << which)) return "is no condition of this kind of rule: doc/alerts.md lists them";
  if (rule->value[which].n) return "is given twice";
  rule->value[which] = value;
  if (which == ALERT_STORY && (!slice_to_i64(value, &rule->story) || rule->story < 1)) return "is no number of a story";
  if (which == ALERT_OVER && !slice_to_double(value, &rule->over)) return "is no number";
  if (which == ALERT_TURN && !slice_is(value, "reversal") && !slice_is(value, "softening") && !slice_is(value, "hardening"))
    return "is no turn: reversal, softening or hardening";
  if (which != ALERT_RISES) return NULL;
  rule->percent = value.at[value.n - 1] == '%';
  if (!slice_to_double(slice_sub(value, 0, value.n - rule->percent), &rule->rises) || rule->rises <= 0) return "is no number above 0, or percentage like 20%";
  return NULL;
}

enum status alert_rules_read(struct alert_rules *to, struct arena *arena, struct slice bytes, const char *file, struct error *error)
{
  VEC(struct alert_rule) rules = {0};
  const struct table table = {.name = slice_of(file), .file = slice_of(file), .bytes = bytes};
  struct table_reader reader;
  struct table_row row;
  *to = (struct alert_rules){0};
  table_begin(&reader, &table, 1);
  while (table_next(&reader, &row, error)) {
    struct alert_rule rule = {.name = row.column[0]};
    const int kind = row.n >= 2 ? find(kinds, row.column[1]) : -1;
    if (kind < 0 || row.n > 3 || !rule.name.n)
      return table_error(error, &table, row.where, "needs a name, a kind (event, first, planned, figure, turn, contradiction) and conditions, parted by tabs");
    rule.kind = (enum alert_kind)kind;
    for (struct slice rest = row.n > 2 ? row.column[2] : (struct slice){NULL, 0}; rest.n;) {
      const struct slice word = slice_cut(&rest, ' ');
      const char *wrong = word.n ? take(&rule, word) : NULL;
      if (wrong) return table_error(error, &table, row.where, "'%.*s' %s", SLICE_ARG(word), wrong);
    }
    if (rule.kind == ALERT_FIGURE && !rule.value[ALERT_OVER].n == !rule.value[ALERT_RISES].n)
      return table_error(error, &table, row.where, "a figure's rule needs either over= or rises=");
    for (size_t i = 0; i < rules.n; i++)
      if (slice_eq(rules.at[i].name, rule.name)) return table_error(error, &table, row.where, "the name '%.*s' is taken by a rule above", SLICE_ARG(rule.name));
    if (!vec_push(&rules, arena, rule)) return error_set(error, ST_MEMORY, "%s: not enough memory for its rules: free some", file);
  }
  *to = (struct alert_rules){rules.at, rules.n};
  return error ? error->code : ST_OK;
}
