#include "tocsin.h"
#include "tap.h"

static struct slice reading_of(struct tocsin_reader *reader, const struct tocsin_document *document, int *status, char *why)
{
  const char *json;
  size_t bytes;
  *status = tocsin_read(reader, document, &json, &bytes, why);
  return (struct slice){json, bytes};
}

static bool holds(struct slice s, struct slice what) { return slice_find(s, what) != SIZE_MAX; }

int main(void)
{
  struct tocsin *tocsin, *none;
  char why[TOCSIN_MESSAGE] = "";
  int status;
  static const char text[] = "Norway sent 200 soldiers to Mali on Monday.#";
  is_int(tocsin_open(&none, "/nowhere/model", NULL, why), 3, "a model that is not there");
  ok(!none && holds(slice_of(why), SLICE("/nowhere/model")), "is named");
  is_int(tocsin_open(&none, NULL, "/nowhere/tables", why), 3, "tables that are not there");
  ok(!none && holds(slice_of(why), SLICE("/nowhere/tables")), "are named");
  if (!ok(tocsin_open(&tocsin, NULL, NULL, why) == 0, "opens what is built in")) return tap_end();
  struct tocsin_reader *reader = tocsin_reader_new(tocsin);
  ok(reader, "a reader");
  struct tocsin_document d = {.text = text, .text_bytes = sizeof text - 2, .id = "n1", .date = "2024-10-28"};
  struct slice json = reading_of(reader, &d, &status, why);
  is_int(status, 0, "reads");
  ok(slice_starts(json, SLICE("{\"tocsin\":1,\"document\":{\"id\":\"n1\",")) && slice_ends(json, SLICE("}\n")), "one object on a line");
  ok(holds(json, SLICE("\"bytes\":43")), "the text is as long as told, without a NUL");
  d = (struct tocsin_document){.text = "a\xFF", .text_bytes = 2};
  (void)reading_of(reader, &d, &status, why);
  ok(status == 1 && holds(slice_of(why), SLICE("not UTF-8 (byte 1)")), "refuses what is not UTF-8");
  d = (struct tocsin_document){.text = "a\0b", .text_bytes = 3};
  (void)reading_of(reader, &d, &status, why);
  ok(status == 1 && holds(slice_of(why), SLICE("NUL (byte 1)")), "refuses a NUL");
  d = (struct tocsin_document){.text = "a", .text_bytes = 1, .date = "Monday"};
  (void)reading_of(reader, &d, &status, why);
  ok(status == 1 && holds(slice_of(why), SLICE("Monday")), "refuses what is no date");
  d = (struct tocsin_document){.text = NULL, .text_bytes = 0};
  json = reading_of(reader, &d, &status, NULL);
  ok(status == 0 && holds(json, SLICE("\"id\":\"e3b0c44298fc1c14")), "the empty text is known by its hash");
  tocsin_reader_free(reader);
  tocsin_close(tocsin);
  tocsin_close(NULL);
  is_text(tocsin_version(), TOCSIN_VERSION, "the version");
  return tap_end();
}
