#include "ledger/ledger_item.h"
#include "base/json_in.h"
#include "read/calendar_math.h"

#define ITEM_MOST ((size_t)1 << 30) /* bytes for what is made of one reading */
enum { READING_LONGEST = 900000000 }; /* bytes; SQLite takes a billion in one value, so that none of a reading's is too long for it */

struct slice item_string(const json_t *object, const char *member)
{
  const json_t *value = json_object_get(object, member);
  return json_is_string(value) ? (struct slice){json_string_value(value), json_string_length(value)} : (struct slice){NULL, 0};
}

int64_t item_int(const json_t *object, const char *member, int64_t absent)
{
  const json_t *value = json_object_get(object, member);
  return json_is_integer(value) ? json_integer_value(value) : absent;
}

bool item_number(const json_t *object, const char *member, double *to)
{
  const json_t *value = json_object_get(object, member);
  if (!json_is_number(value)) return false;
  *to = json_number_value(value);
  return true;
}

const json_t *item_at(const json_t *records, const json_t *record, const char *member)
{
  const int64_t id = item_int(record, member, -1);
  return id < 0 ? NULL : json_array_get(records, (size_t)id);
}

static bool digits(struct slice s, size_t from, size_t n, int32_t *to)
{
  *to = 0;
  if (from + n > s.n) return false;
  for (size_t i = from; i < from + n; i++) {
    if (s.at[i] < '0' || s.at[i] > '9') return false;
    *to = *to * 10 + (s.at[i] - '0');
  }
  return true;
}

bool item_day(struct slice date, int32_t *to)
{
  struct day day;
  if (date.n < 10 || date.at[4] != '-' || date.at[7] != '-') return false;
  if (!digits(date, 0, 4, &day.year) || !digits(date, 5, 2, &day.month) || !digits(date, 8, 2, &day.day) || !day_valid(day)) return false;
  *to = day_number(day);
  return true;
}

static enum status refused(const char *what, struct error *error)
{
  return error_set(error, ST_REFUSED, "a reading %s: make it with tocsin read --json --with-text", what);
}

/* Every record's number is its place, and every span of it lies in the text. */
static bool records_good(const json_t *records, const char *span, size_t text)
{
  size_t i;
  json_t *record;
  json_array_foreach(records, i, record) {
    const json_t *s = json_object_get(record, span);
    if (!json_is_object(record) || (json_object_get(record, "id") && item_int(record, "id", -1) != (int64_t)i)) return false;
    if (!s) continue;
    const json_int_t b = json_integer_value(json_array_get(s, 0)), e = json_integer_value(json_array_get(s, 1));
    if (json_array_size(s) != 2 || b < 0 || e < b || (uint64_t)e > text) return false;
  }
  return true;
}

static enum status take_records(struct ledger_item *item, struct error *error)
{
  const struct { const char *name, *span; const json_t **to; } kinds[] = {
    {"sentences", "span", &item->sentences}, {"entities", "", &item->entities}, {"places", "span", &item->places}, {"events", "trigger", &item->events},
    {"claims", "span", &item->claims}, {"figures", "span", &item->figures}, {"positions", "span", &item->positions}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    *kinds[i].to = json_object_get(item->root, kinds[i].name);
    if (!json_is_array(*kinds[i].to)) return refused("without all of its arrays", error);
    if (!records_good(*kinds[i].to, kinds[i].span, item->text.n)) return refused("with a wrong id or span", error);
  }
  item->dates = json_object_get(item->root, "dates"); /* a reading without them is whole */
  size_t i;
  json_t *event;
  json_array_foreach(item->events, i, event)
    if (!json_object_get(event, "trigger") || !item_string(event, "type").n || !item_string(event, "status").n)
      return refused("with an event that is not whole", error);
  json_array_foreach(item->figures, i, event)
    if (!json_object_get(event, "span") || !item_string(event, "bound").n) return refused("with a figure that is not whole", error);
  return ST_OK;
}

enum status item_read_tree(struct ledger_item *item, struct slice json, json_t *tree, struct error *error)
{
  *item = (struct ledger_item){.json = json};
  arena_init(&item->arena, ITEM_MOST);
  json_error_t why;
  if (json.n > READING_LONGEST) return error_set(error, ST_REFUSED, "a reading of more than %d MB: cut the document", READING_LONGEST / 1000000);
  item->root = tree ? json_incref(tree) : json_in(json, JSON_REJECT_DUPLICATES, &why);
  if (!item->root) return error_set(error, ST_REFUSED, "not valid JSON: %s", why.text);
  const json_t *document = json_object_get(item->root, "document");
  if (item_int(item->root, "tocsin", 0) != 1 || !json_is_object(document)) return refused("of no form that is known", error);
  item->id = item_string(document, "id");
  item->title = item_string(document, "title");
  item->publisher = item_string(document, "publisher");
  item->url = item_string(document, "url");
  item->published = item_string(document, "published");
  item->sha256 = item_string(document, "sha256");
  item->text = item_string(document, "text");
  item->has_day = item_day(item->published, &item->day);
  if (!json_is_string(json_object_get(document, "text"))) return refused("without its text", error);
  if (!item->id.n || !item->sha256.n) return refused("without id or sha256", error);
  return take_records(item, error);
}

enum status item_read(struct ledger_item *item, struct slice json, struct error *error) { return item_read_tree(item, json, NULL, error); }

void item_release(struct ledger_item *item)
{
  json_decref(item->root);
  item->root = NULL;
  arena_release(&item->arena);
}
