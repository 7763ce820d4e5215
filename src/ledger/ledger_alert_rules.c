/* ledger_alert_rules.c: reads the file of rules. */
#include "base/map.h"
#include "base/vec.h"
#include "know/cues.h"
#include "ledger/ledger_alerts.h"
#include "ledger/ledger_item.h"
#include "read/reading.h"

enum { NUMBER_MOST = 1000000 };

#define WORD(name, word) word,
static const char *const conditions[] = {ALERT_CONDITIONS(WORD) NULL};
static const char *const kinds[] = {ALERT_KINDS(WORD) NULL};
#undef WORD
static const char *const turns[] = {"reversal", "softening", "hardening", NULL};

#define BIT(condition) (1u << ALERT_##condition)
#define OF_DOCUMENTS (BIT(PUBLISHER) | BIT(GRADE) | BIT(SINCE) | BIT(UNTIL) | BIT(STORY))
#define OF_EVENTS (OF_DOCUMENTS | BIT(TYPE) | BIT(MODE) | BIT(STATUS) | BIT(ACTOR) | BIT(RECIPIENT) | BIT(PARTY) | BIT(PLACE))
/* What a kind takes, and of what it needs one. */
static const struct {
  uint32_t takes, needs;
} of_kind[ALERT_KIND_COUNT] = {
  [ALERT_EVENT_KIND] = {OF_EVENTS, 0},
  [ALERT_FIRST_KIND] = {OF_EVENTS, 0},
  [ALERT_PLANNED_KIND] = {OF_EVENTS & ~BIT(STATUS), 0},
  [ALERT_FIGURE_KIND] = {OF_DOCUMENTS | BIT(STATE) | BIT(UNIT) | BIT(PLACE) | BIT(PARTY) | BIT(OVER) | BIT(RISES), BIT(OVER) | BIT(RISES)},
  [ALERT_TURNED_KIND] = {OF_DOCUMENTS | BIT(WHO) | BIT(TURN), 0},
  [ALERT_CONTRADICTION_KIND] = {OF_DOCUMENTS | BIT(WHO) | BIT(KIND), 0},
  [ALERT_CLAIM_KIND] = {OF_DOCUMENTS | BIT(ACTOR) | BIT(STANCE), BIT(ACTOR)},
  [ALERT_POSITION_KIND] = {OF_DOCUMENTS | BIT(ACTOR) | BIT(STANCE), 0},
  [ALERT_FIND_KIND] = {OF_DOCUMENTS | BIT(WORDS), BIT(WORDS)},
  [ALERT_RISE_KIND] = {(OF_EVENTS & ~BIT(STATUS)) | BIT(OVER) | BIT(WEEKS) | BIT(EVENTS), BIT(OVER)},
};

const char *alert_kind_word(enum alert_kind kind) { return kinds[kind]; }
const char *alert_condition_word(enum alert_condition condition) { return conditions[condition]; }

static int find(const char *const *list, struct slice word)
{
  int i = 0;
  while (list[i] && !slice_is(word, list[i])) i++;
  return list[i] ? i : -1;
}

/* What is wrong with the value; NULL: nothing. */
static const char *check(struct alert_rule *rule, int which, struct slice value)
{
  enum stance stance;
  int32_t day;
  switch (which) {
  case ALERT_STORY:
  case ALERT_WEEKS:
  case ALERT_EVENTS:
    return slice_to_i64(value, &rule->number[which]) && rule->number[which] > 0 && rule->number[which] <= NUMBER_MOST ? NULL : "is no number from 1 to 1000000";
  case ALERT_SINCE:
  case ALERT_UNTIL:
    if (value.n != 10 || !item_day(value, &day)) return "is no day of the calendar, like 2024-10-28";
    rule->number[which] = day;
    return NULL;
  case ALERT_GRADE: return value.n == 1 && value.at[0] >= 'A' && value.at[0] <= 'E' ? NULL : "is no grade from A to E";
  case ALERT_OVER: return slice_to_double(value, &rule->over) ? NULL : "is no number";
  case ALERT_TURN: return find(turns, value) >= 0 ? NULL : "is no turn: reversal, softening or hardening";
  case ALERT_STATUS: return ledger_wrong_status(value);
  case ALERT_STANCE: return cues_stance(value, &stance) ? NULL : "is no stance of a claim: affirms, denies, evades, ...";
  case ALERT_RISES:
    rule->percent = value.at[value.n - 1] == '%';
    if (slice_to_double(slice_sub(value, 0, value.n - rule->percent), &rule->rises) && rule->rises > 0) return NULL;
    return "is no number above 0, or percentage like 20%";
  default: return NULL;
  }
}

static const char *take(struct alert_rule *rule, struct slice name, struct slice value)
{
  const int which = find(conditions, name);
  if (which < 0 || !value.n) return "is no condition of a rule: doc/alerts.md lists them";
  if (!(of_kind[rule->kind].takes & 1u << which)) return "is no condition of this kind of rule: doc/alerts.md lists them";
  if (rule->value[which].n) return "is given twice";
  rule->value[which] = value;
  return check(rule, which, value);
}

/* The next condition, "name=value" or "name="a value"", cut off *rest, which does not begin with a blank; NULL or what is wrong. */
static const char *next(struct slice *rest, struct slice *whole, struct slice *name, struct slice *value)
{
  size_t n = 0, equals = SIZE_MAX;
  bool quoted = false;
  for (; n < rest->n && (quoted || rest->at[n] != ' '); n++) {
    if (rest->at[n] == '=' && equals == SIZE_MAX) equals = n;
    else if (rest->at[n] == '"' && (quoted || n == equals + 1)) {
      quoted = !quoted;
      if (!quoted && n + 1 < rest->n && rest->at[n + 1] != ' ') break;
    }
  }
  *whole = slice_sub(*rest, 0, n);
  *rest = slice_sub(*rest, n, rest->n);
  if (equals == SIZE_MAX) equals = n;
  *name = slice_sub(*whole, 0, equals);
  *value = slice_sub(*whole, equals < n ? equals + 1 : n, n);
  if (quoted || (value->n && value->at[0] == '"' && (value->n < 2 || value->at[value->n - 1] != '"'))) return "has a quote that does not end the value";
  if (value->n && value->at[0] == '"') *value = slice_sub(*value, 1, value->n - 1);
  return NULL;
}

static enum status read_conditions(struct alert_rule *rule, const struct table *table, const struct table_row *row, struct error *error)
{
  for (struct slice rest = row->n > 2 ? row->column[2] : (struct slice){NULL, 0}; rest.n;) {
    struct slice whole, name, value;
    if (rest.at[0] == ' ') {
      rest = slice_sub(rest, 1, rest.n);
      continue;
    }
    const char *wrong = next(&rest, &whole, &name, &value);
    if (!wrong) wrong = take(rule, name, value);
    if (wrong) return table_error(error, table, row->where, "'%.*s' %s", whole.n > 100 ? 100 : (int)whole.n, whole.at, wrong);
  }
  return ST_OK;
}

/* Types, modes and states must be of the tables. */
static enum status check_words(const struct alert_rule *rule, const struct table *table, const struct table_row *row, const struct plover *plover,
                               const struct numbers *numbers, struct error *error)
{
  const struct slice type = rule->value[ALERT_TYPE], mode = rule->value[ALERT_MODE], state = rule->value[ALERT_STATE];
  const char *wrong = plover && type.n ? ledger_wrong_act(plover, type, mode) : NULL;
  if (wrong) return table_error(error, table, row->where, "'%.*s%s%.*s' %s", SLICE_ARG(type), mode.n ? " " : "", SLICE_ARG(mode), wrong);
  if (state.n && !numbers_is_state(numbers, state))
    return table_error(error, table, row->where, "'state=%.*s' is no state of people: data/en/states.tsv lists them",
                       state.n > 100 ? 100 : (int)state.n, state.at);
  return ST_OK;
}

static enum status read_rule(struct alert_rule *rule, const struct table *table, const struct table_row *row, const struct plover *plover,
                             const struct numbers *numbers, struct error *error)
{
  const int kind = row->n >= 2 ? find(kinds, row->column[1]) : -1;
  if (kind < 0 || row->n > 3 || !rule->name.n)
    return table_error(error, table, row->where, "needs a name, a kind (event, first, planned, figure, turn, contradiction, claim, position, find, rise)"
                                                 " and conditions, parted by tabs");
  rule->kind = (enum alert_kind)kind;
  enum status status = read_conditions(rule, table, row, error);
  if (status != ST_OK) return status;
  uint32_t given = 0;
  for (unsigned i = 0; i < ALERT_CONDITION_COUNT; i++) given |= rule->value[i].n ? 1u << i : 0;
  const uint32_t needed = of_kind[kind].needs & given;
  if (kind == ALERT_FIGURE_KIND && needed != BIT(OVER) && needed != BIT(RISES))
    return table_error(error, table, row->where, "a figure's rule needs either over= or rises=");
  if (of_kind[kind].needs && !needed) {
    const char *which = kind == ALERT_CLAIM_KIND ? "actor" : kind == ALERT_FIND_KIND ? "words" : "over";
    return table_error(error, table, row->where, "a rule of the kind %s needs %s=", kinds[kind], which);
  }
  return check_words(rule, table, row, plover, numbers, error);
}

enum status alert_rules_read(struct alert_rules *to, struct arena *arena, struct slice bytes, const char *file, const struct plover *plover,
                             const struct numbers *numbers, struct error *error)
{
  VEC(struct alert_rule) rules = {0};
  const struct table table = {.name = slice_of(file), .file = slice_of(file), .bytes = bytes};
  struct map names = {0};
  struct table_reader reader;
  struct table_row row;
  *to = (struct alert_rules){.plover = plover};
  error_clear(error);
  table_begin(&reader, &table, 1);
  while (table_next(&reader, &row, error)) {
    struct alert_rule rule = {.name = row.column[0]};
    const enum status status = read_rule(&rule, &table, &row, plover, numbers, error);
    if (status != ST_OK) return status;
    if (map_get(&names, rule.name) != MAP_NONE) return table_error(error, &table, row.where, "the name '%.*s' is taken by a rule above", SLICE_ARG(rule.name));
    if (!map_add(&names, arena, rule.name, 0) || !vec_push(&rules, arena, rule))
      return error_set(error, ST_MEMORY, "%s: not enough memory for its rules: make it shorter", file);
  }
  to->at = rules.at;
  to->n = rules.n;
  return error->code;
}
