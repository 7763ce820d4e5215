/* json_document.c: jansson says whether the bytes are JSON and decodes the strings; the bytes of each member, which jansson does not tell,
 * are found by a walk over what is then known to be valid.  Both meet the members in the same order. */
#include "intake/json_document.h"
#include "base/json_in.h"
#include "base/vec.h"
#include "intake/iso_date.h"
#include <jansson.h>

struct member {
  struct slice key, value; /* as written, the key with its quotes */
};

size_t json_frame_end(struct json_frame *frame, struct slice s, size_t from)
{
  for (size_t i = from; i < s.n; i++) {
    char c = s.at[i];
    if (frame->string) {
      if (frame->escape) frame->escape = false;
      else if (c == '\\') frame->escape = true;
      else if (c == '"') frame->string = false;
    } else if (c == '"') frame->string = true;
    else if (c == '{' || c == '[') {
      frame->depth++;
      frame->begun = true;
    } else if ((c == '}' || c == ']') && frame->depth > 0) {
      frame->depth--;
      if (frame->depth == 0) return i + 1;
    }
  }
  return SIZE_MAX;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static size_t skip_blanks(struct slice s, size_t at)
{
  while (at < s.n && is_blank(s.at[at])) at++;
  return at;
}

static size_t string_end(struct slice s, size_t at)
{
  for (at++; at < s.n && s.at[at] != '"'; at++)
    if (s.at[at] == '\\') at++;
  return at + 1;
}

/* The next member of a valid object; *at stands behind '{' or behind the member before.  False at the end. */
static bool next_member(struct slice s, size_t *at, struct member *to)
{
  size_t i = skip_blanks(s, *at);
  if (i < s.n && s.at[i] == ',') i = skip_blanks(s, i + 1);
  if (i >= s.n || s.at[i] != '"') return false;
  size_t end = string_end(s, i);
  to->key = slice_sub(s, i, end);
  i = skip_blanks(s, end) + 1; /* the colon */
  i = skip_blanks(s, i);
  if (s.at[i] == '"') end = string_end(s, i);
  else if (s.at[i] == '{' || s.at[i] == '[') {
    struct json_frame frame = {0};
    end = json_frame_end(&frame, s, i);
  } else
    for (end = i; end < s.n && s.at[end] != ',' && s.at[end] != '}' && !is_blank(s.at[end]); end++) continue;
  to->value = slice_sub(s, i, end);
  *at = end;
  return true;
}

/* Copies JSON without the blanks between its tokens. */
static size_t copy_tight(struct slice s, char *to)
{
  size_t n = 0;
  bool string = false;
  for (size_t i = 0; i < s.n; i++) {
    char c = s.at[i];
    if (!string && is_blank(c)) continue;
    to[n++] = c;
    if (string && c == '\\') to[n++] = s.at[++i];
    else if (c == '"') string = !string;
  }
  return n;
}

static const struct {
  const char *key;
  size_t at; /* in struct document */
} strings[] = {
  {"title", offsetof(struct document, title)},
  {"publisher", offsetof(struct document, publisher)},
  {"url", offsetof(struct document, url)},
  {"language", offsetof(struct document, language)},
};

static enum status full(const struct document *document, struct error *error)
{
  return error_set(error, ST_REFUSED, "%.*s: not enough memory for it: free some, or cut the document", SLICE_ARG(document->name));
}

static enum status wrong(const struct document *document, const char *key, const char *what, struct error *error)
{
  return error_set(error, ST_REFUSED, "%.*s: member \"%s\" %s", SLICE_ARG(document->name), key, what);
}

static bool keep(struct document *document, struct slice *to, const json_t *string)
{
  *to = slice_copy(&document->arena, (struct slice){json_string_value(string), json_string_length(string)});
  return to->at;
}

static enum status take_text(struct document *document, const json_t *value, size_t max_text, struct error *error)
{
  if (!json_is_string(value)) return wrong(document, "text", "is not a string: put the text of the document there", error);
  struct slice text = {json_string_value(value), json_string_length(value)};
  if (text.n > max_text)
    return error_set(error, ST_REFUSED, "%.*s: more than %zu bytes of text: cut it, or allow more with --max-text", SLICE_ARG(document->name), max_text);
  return document_set_text(document, text) ? ST_OK : full(document, error);
}

/* One of our members; *mine = false for any other. */
static enum status take_member(struct document *document, const char *key, const json_t *value, struct slice raw, size_t max_text, bool *mine,
                               struct error *error)
{
  *mine = true;
  if (strcmp(key, "text") == 0) return take_text(document, value, max_text, error);
  if (strcmp(key, "id") == 0) {
    if (json_is_null(value)) return ST_OK;
    if (json_is_number(value)) document->id = slice_copy(&document->arena, raw);
    else if (json_is_string(value)) return keep(document, &document->id, value) ? ST_OK : full(document, error);
    else return wrong(document, key, "is neither a string nor a number: write it as a string", error);
    return document->id.at ? ST_OK : full(document, error);
  }
  if (strcmp(key, "date") == 0) {
    if (json_is_null(value)) return ST_OK;
    char date[ISO_DATE_SIZE];
    if (!json_is_string(value) || !iso_date_normal((struct slice){json_string_value(value), json_string_length(value)}, date))
      return wrong(document, key, "is no date of ISO 8601: write it as \"2024-10-28\", or leave it out", error);
    document->published = slice_copy(&document->arena, slice_of(date));
    return document->published.at ? ST_OK : full(document, error);
  }
  for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
    if (strcmp(key, strings[i].key) != 0) continue;
    if (json_is_null(value)) return ST_OK;
    if (!json_is_string(value)) return wrong(document, key, "is not a string: write it as one, or leave it out", error);
    struct slice *to = (struct slice *)(void *)((char *)document + strings[i].at);
    return keep(document, to, value) ? ST_OK : full(document, error);
  }
  *mine = false;
  return ST_OK;
}

/* A reading with its text (`read --json --with-text`): the document in it, with all of it beside. */
static enum status take_reading(struct document *document, const json_t *inner, struct slice json, size_t max_text, struct error *error)
{
  const struct { const char *key; struct slice *to; } own[] = {
    {"id", &document->id}, {"title", &document->title}, {"publisher", &document->publisher}, {"url", &document->url},
    {"published", &document->published}, {"language", &document->language}};
  const json_t *text = json_object_get(inner, "text");
  if (!text) return error_set(error, ST_REFUSED, "%.*s: a reading without its text: make it with --with-text", SLICE_ARG(document->name));
  enum status status = take_text(document, text, max_text, error);
  for (size_t i = 0; i < sizeof own / sizeof *own && status == ST_OK; i++) {
    const json_t *value = json_object_get(inner, own[i].key);
    if (!value || json_is_null(value)) continue;
    if (!json_is_string(value)) return wrong(document, own[i].key, "is not a string: write it as one, or leave it out", error);
    if (!keep(document, own[i].to, value)) return full(document, error);
  }
  char date[ISO_DATE_SIZE];
  if (status == ST_OK && document->published.n && !iso_date_normal(document->published, date))
    return wrong(document, "published", "is no date of ISO 8601: write it as \"2024-10-28\", or leave it out", error);
  if (status != ST_OK) return status;
  document->reading = slice_copy(&document->arena, json);
  return document->reading.at ? ST_OK : full(document, error);
}

static enum status take_members(struct document *document, json_t *object, struct slice json, size_t max_text, struct error *error)
{
  const char *key;
  json_t *value;
  struct member member;
  size_t at = skip_blanks(json, 0) + 1, n = 0;
  bool has_text = false;
  char *extra = NULL;
  json_object_foreach(object, key, value) {
    bool mine;
    if (!next_member(json, &at, &member)) break;
    enum status status = take_member(document, key, value, member.value, max_text, &mine, error);
    if (status != ST_OK) return status;
    has_text = has_text || strcmp(key, "text") == 0;
    if (mine) continue;
    if (!extra) {
      extra = arena_alloc(&document->arena, json.n + 2); /* no more than all of it */
      if (!extra) return full(document, error);
    }
    extra[n] = n == 0 ? '{' : ',';
    n++;
    n += copy_tight(member.key, extra + n);
    extra[n++] = ':';
    n += copy_tight(member.value, extra + n);
  }
  if (!has_text) return error_set(error, ST_REFUSED, "%.*s: the JSON object has no member \"text\": put the text there", SLICE_ARG(document->name));
  if (extra) {
    extra[n++] = '}';
    document->extra = (struct slice){extra, n};
  }
  return ST_OK;
}

enum status json_document_read(struct document *document, struct slice json, size_t max_text, struct error *error)
{
  json_error_t why;
  json_t *root = json_in(json, JSON_REJECT_DUPLICATES, &why);
  const bool whole = root != NULL; /* of members that we do not know a number may be greater than any of ours */
  if (!root && json_error_code(&why) == json_error_numeric_overflow)
    root = json_loadb(json.at, json.n, JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &why);
  if (!root) {
    size_t byte = why.position < 0 ? 0 : (size_t)why.position;
    const char *what = json_error_code(&why) == json_error_null_character ? "a NUL in a string" : why.text;
    return error_set(error, ST_REFUSED, "%.*s: not valid JSON (byte %zu): %s: send whole JSON objects in UTF-8", SLICE_ARG(document->name), byte, what);
  }
  enum status status;
  const json_t *inner = json_object_get(root, "document");
  if (json_is_number(json_object_get(root, "tocsin")) && json_is_object(inner)) {
    status = take_reading(document, inner, json, max_text, error);
    if (status == ST_OK && whole) document->tree = json_incref(root);
  }
  else if (json_is_object(root)) status = take_members(document, root, json, max_text, error);
  else status = error_set(error, ST_REFUSED, "%.*s: not a JSON object: send each document as {\"text\": ...}", SLICE_ARG(document->name));
  json_decref(root);
  return status;
}
