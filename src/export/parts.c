#include "export/parts.h"

struct span part_span(const json_t *record, const char *member)
{
  const json_t *span = json_object_get(record, member);
  const json_int_t b = json_integer_value(json_array_get(span, 0)), e = json_integer_value(json_array_get(span, 1));
  return b < 0 || e < b || e > UINT32_MAX ? (struct span){0, 0} : (struct span){(uint32_t)b, (uint32_t)e};
}

struct slice part_text(const json_t *reading, const json_t *record, const char *member)
{
  const struct slice text = item_string(json_object_get(reading, "document"), "text");
  const struct span span = part_span(record, member);
  return span.end <= text.n ? slice_span(text, span) : (struct slice){NULL, 0};
}

const json_t *part_place(const json_t *reading, const json_t *event, const char *member)
{
  return item_at(json_object_get(reading, "places"), event, member);
}

bool part_point(const json_t *place, double *lat, double *lon) { return place && item_number(place, "lat", lat) && item_number(place, "lon", lon); }

static const json_t *entity_of(const json_t *reading, const json_t *who) { return item_at(json_object_get(reading, "entities"), who, "entity"); }

struct slice part_who(const json_t *reading, const json_t *who)
{
  const struct slice name = item_string(entity_of(reading, who), "name");
  return name.n ? name : item_string(who, "text");
}

struct slice part_code(const json_t *reading, const json_t *who)
{
  const struct slice own = item_string(who, "code");
  return own.n ? own : item_string(entity_of(reading, who), "code");
}

const json_t *part_claim(const json_t *reading, const json_t *record) { return item_at(json_object_get(reading, "claims"), record, "claim"); }

void part_join(struct buf *to, const json_t *list, const char *member, const char *between)
{
  size_t i;
  json_t *one;
  bool any = false;
  json_array_foreach(list, i, one) {
    const struct slice text = item_string(one, member);
    if (!text.n) continue;
    if (any) buf_text(to, between);
    any = true;
    buf_slice(to, text);
  }
}

void part_list(struct buf *to, const json_t *list, const char *between)
{
  size_t i;
  json_t *one;
  json_array_foreach(list, i, one) {
    if (i) buf_text(to, between);
    if (json_is_integer(one)) buf_printf(to, "%lld", (long long)json_integer_value(one));
    else if (json_is_string(one)) buf_put(to, json_string_value(one), json_string_length(one));
  }
}

struct slice part_day(const json_t *event, struct slice published)
{
  enum { DAY = 10 };
  int32_t day;
  const struct slice value = item_string(json_object_get(event, "date"), "value");
  if (item_day(value, &day)) return slice_sub(value, 0, DAY);
  return item_day(published, &day) ? slice_sub(published, 0, DAY) : (struct slice){NULL, 0};
}

int64_t part_sentence(const json_t *reading, int64_t at)
{
  size_t i;
  json_t *sentence;
  json_array_foreach(json_object_get(reading, "sentences"), i, sentence) {
    const struct span span = part_span(sentence, "span");
    if (at >= span.begin && at < span.end) return (int64_t)i + 1;
  }
  return 0;
}

int64_t part_characters(struct slice text, size_t at)
{
  int64_t n = 0;
  for (size_t i = 0; i < at && i < text.n; i++) n += ((unsigned char)text.at[i] & 0xc0) != 0x80;
  return n;
}

static void put_parties(struct buf *to, const json_t *parties)
{
  size_t i;
  json_t *party;
  json_array_foreach(parties, i, party) {
    if (i) buf_text(to, ", ");
    buf_slice(to, item_string(party, "text"));
  }
}

void part_event_line(struct buf *to, const json_t *reading, const json_t *event)
{
  const json_t *place = part_place(reading, event, "place");
  buf_slice(to, item_string(event, "type"));
  if (item_string(event, "mode").n) {
    buf_char(to, ' ');
    buf_slice(to, item_string(event, "mode"));
  }
  if (json_array_size(json_object_get(event, "actor"))) buf_text(to, " by ");
  put_parties(to, json_object_get(event, "actor"));
  if (json_array_size(json_object_get(event, "recipient"))) buf_text(to, " toward ");
  put_parties(to, json_object_get(event, "recipient"));
  if (place) buf_text(to, " in ");
  if (place) buf_slice(to, item_string(place, "name"));
}

void part_value(struct buf *to, const json_t *figure)
{
  double value, low, high;
  const bool has_low = item_number(figure, "low", &low), has_high = item_number(figure, "high", &high);
  if (item_number(figure, "value", &value)) buf_printf(to, "%.15g", value);
  else if (has_low && has_high) buf_printf(to, "%.15g to %.15g", low, high);
  else if (has_low) buf_printf(to, "%.15g or more", low);
  else if (has_high) buf_printf(to, "up to %.15g", high);
}

bool part_is_address(struct slice url)
{
  if (!slice_starts(url, SLICE("http://")) && !slice_starts(url, SLICE("https://"))) return false;
  for (size_t i = 0; i < url.n; i++)
    if (url.at[i] <= ' ' || url.at[i] > '~' || strchr("\"<>\\^`{|}", url.at[i])) return false;
  return true;
}
