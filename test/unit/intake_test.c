/* Documents from files made here, through the door that all input takes (sys()->open and read), so that no file system is needed and
 * each call can be made to fail. */
#include "base/buf.h"
#include "base/sys.h"
#include "intake/intake.h"
#include "intake/iso_date.h"
#include "tap.h"
#include <errno.h>
#include <stdlib.h>

static struct {
  struct slice bytes;
  size_t at, piece;  /* bytes a read gives */
  size_t repeat;     /* the bytes are given so often, as one file */
  size_t fail_after; /* reads that work; SIZE_MAX: all */
} file;
static size_t allocations_left = SIZE_MAX, largest;
static struct sys table;

static int fake_open(const char *path, int flags, mode_t mode)
{
  (void)flags, (void)mode;
  if (strcmp(path, "missing") == 0) {
    errno = ENOENT;
    return -1;
  }
  file.at = 0;
  return 1000;
}

static ssize_t fake_read(int fd, void *to, size_t n)
{
  (void)fd;
  if (file.fail_after != SIZE_MAX && file.fail_after-- == 0) {
    errno = EIO;
    return -1;
  }
  if (file.at == file.bytes.n && file.repeat > 1) {
    file.repeat--;
    file.at = 0;
  }
  if (n > file.piece) n = file.piece;
  if (n > file.bytes.n - file.at) n = file.bytes.n - file.at;
  if (n) memcpy(to, file.bytes.at + file.at, n);
  file.at += n;
  return (ssize_t)n;
}

static int fake_fstat(int fd, struct stat *to)
{
  (void)fd;
  memset(to, 0, sizeof *to);
  to->st_mode = S_IFREG;
  return 0;
}

static int fake_close(int fd)
{
  (void)fd;
  return 0;
}

static void *fake_realloc(void *old, size_t old_size, size_t new_size)
{
  (void)old_size;
  if (new_size == 0) {
    free(old);
    return NULL;
  }
  if (allocations_left == 0) return NULL;
  if (allocations_left != SIZE_MAX) allocations_left--;
  if (new_size > largest) largest = new_size;
  return realloc(old, new_size);
}

static struct intake_options options = {.max_text = 1000};

/* What the file gives, one line a document: "id|title|published|text" or "!message". */
static struct slice reads(const char *path, struct slice bytes, size_t piece)
{
  static struct buf out;
  struct intake *in = NULL;
  struct error error = {ST_OK, ""};
  if (out.cap == 0) { /* its room comes first, so that what fails later is not this test */
    static char room[100000];
    buf_init(&out, SIZE_MAX);
    buf_put(&out, room, sizeof room);
  }
  buf_clear(&out);
  file.bytes = bytes;
  file.piece = piece;
  enum status status = intake_open(&in, path, &options, &error);
  for (unsigned turns = 0; status == ST_OK && turns < 1000; turns++) {
    struct document *d = NULL;
    enum status got = intake_next(in, &d, &error);
    if (got == ST_OK && !d) break;
    if (got == ST_OK) {
      buf_printf(&out, "%.*s|%.*s|%.*s|", SLICE_ARG(d->id), SLICE_ARG(d->title), SLICE_ARG(d->published));
      buf_slice(&out, d->text);
      if (d->extra.n) buf_printf(&out, "|%.*s", SLICE_ARG(d->extra));
    } else buf_printf(&out, "!%s", error.message);
    buf_char(&out, '\n');
    document_free(d);
    error_clear(&error);
  }
  if (status != ST_OK) buf_printf(&out, "!%s\n", error.message);
  intake_close(in);
  return buf_get(&out);
}

/* The same result whatever pieces the file comes in. */
static void gives(const char *path, struct slice bytes, const char *want, const char *name)
{
  struct slice whole = reads(path, bytes, SIZE_MAX);
  is_slice(whole, slice_of(want), name);
  if (slice_is(whole, want)) ok(slice_is(reads(path, bytes, 1), want), "... also byte by byte");
}

static void plain(void)
{
  gives("a/report.txt", SLICE("Rain in Oslo\n\nIt rained.\r\n"), "report|Rain in Oslo||Rain in Oslo\n\nIt rained.\r\n\n", "text as given, headline as title");
  gives("report.TXT.gz", SLICE("It rained.\nA lot.\n"), "report|||It rained.\nA lot.\n\n", "a first sentence is no headline");
  gives("x.2024", SLICE("\xEF\xBB\xBFHi."), "x.2024|||Hi.\n", "no byte order mark; an unknown ending stays");
  gives("e.txt", SLICE(""), "e|||\n", "the empty text");
  gives("e.txt", SLICE("[Corrected] Rain.\n"), "e|||[Corrected] Rain.\n\n", "a bracket is no JSON");
  gives("l.txt", SLICE("Le pr\xE9sident fran\xE7" "ais a \xE9t\xE9 r\xE9\xE9lu \xE0 Orl\xE9" "ans."),
        "l|||Le président français a été réélu à Orléans.\n", "Latin-1 is converted");
  gives("u.txt", SLICE("\xFF\xFEH\0i\0.\0\x3D\xD8\x00\xDE"), "u|||Hi.😀\n", "UTF-16 with its mark");
  gives("d.txt", SLICE("für über \xFF schön"),
        "!d.txt: damaged UTF-8 (byte 11): mend it, or drop what is broken with iconv -c -t UTF-8\n", "damaged UTF-8 is no other charset");
  gives("n.txt", SLICE("a\0b"), "!n.txt: a NUL at byte 1, so it is no text: send text, in UTF-8 if it can be\n", "NUL");
  gives("z.txt", SLICE("\x1F\x8B\x08 etc"), "!z.txt: is gzip-compressed, which tocsin does not read: unpack it with gzip -d\n", "gzip");
  gives("h.txt", SLICE(" \n<!DOCTYPE html><p>x"), "!h.txt: is HTML or XML, which tocsin does not read: send its text, plain or as JSON\n", "HTML");
  gives("missing", SLICE(""), "!missing: cannot open it (No such file or directory): check the path\n", "no such file");
}

static void json(void)
{
  gives("r.json", SLICE("{\n  \"text\": \"A b.\\u00e9\\n\",\n  \"id\": 12345678901234567890,\n \"title\": null, \"date\": \"20241028T1405\" }\n"),
        "12345678901234567890||2024-10-28T14:05|A b.é\n\n", "one object over lines; a number as id; date in long form");
  gives("r.json", SLICE("{\"text\":\"x\"}"), "r|||x\n", "alone in its file it has the file's name");
  gives("r.jsonl", SLICE("{\"id\":\"a\",\"text\":\"1\"}\n\r\n{\"id\":\"b\",\"text\":\"2\",\"k\":[1, 2.50, {\"a b\": \"c \\\" d\"}],\"\\u006b2\" : true}\n"),
        "a|||1\nb|||2|{\"k\":[1,2.50,{\"a b\":\"c \\\" d\"}],\"\\u006b2\":true}\n", "JSON Lines; unknown members as they stand");
  gives("r.json", SLICE("[ {\"id\":\"a\",\"text\":\"]\"},\n{\"id\":\"b\",\"text\":\"2\"} ]\n"), "a|||]\nb|||2\n", "an array");
  gives("r.json", SLICE("[]"), "", "an empty array");
  gives("r.json", SLICE("{\n\"id\":\"a\",\"text\":\"1\"}\n{\n\"id\":\"b\",\"text\":\"2\"}"), "a|||1\nb|||2\n", "objects one behind the other");
  gives("q.json", SLICE("{\"text\":\"a\"}\n{\"text\":\"a\"}\n"),
        "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb|||a\nca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb|||a\n",
        "without id among others: the hash of the text");
}

static void bad_json(void)
{
  gives("r.jsonl",
        SLICE("{\"text\":\"1\n{\"id\":1,\"text\":\"2\"}\n{\"text\":3}\n{\"text\":\"\\ud800\"}\n{\"text\":\"\\u0000\"}\n{\"text\":\"x\xFF\"}\n"
              "{\"id\":[],\"text\":\"\"}\n"
              "{\"text\":\"a\",\"text\":\"b\"}\n{}\n7\n{\"text\":\"\",\"date\":\"2023-02-29\"}\n{\"id\":2,\"text\":\"3\"}"),
        "!r.jsonl:1: not valid JSON (byte 10): premature end of input near '\"1': send whole JSON objects in UTF-8\n"
        "1|||2\n"
        "!r.jsonl:3: member \"text\" is not a string: put the text of the document there\n"
        "!r.jsonl:4: not valid JSON (byte 16): invalid Unicode '\\uD800' near '\"\\ud800\"': send whole JSON objects in UTF-8\n"
        "!r.jsonl:5: not valid JSON (byte 16): a NUL in a string: send whole JSON objects in UTF-8\n"
        "!r.jsonl:6: not valid JSON (byte 10): unable to decode byte 0xff near '\"x': send whole JSON objects in UTF-8\n"
        "!r.jsonl:7: member \"id\" is neither a string nor a number: write it as a string\n"
        "!r.jsonl:8: not valid JSON (byte 18): duplicate object key near '\"text\"': send whole JSON objects in UTF-8\n"
        "!r.jsonl:9: the JSON object has no member \"text\": put the text there\n"
        "!r.jsonl:10: not valid JSON (byte 1): '[' or '{' expected near '7': send whole JSON objects in UTF-8\n"
        "!r.jsonl:11: member \"date\" is no date of ISO 8601: write it as \"2024-10-28\", or leave it out\n"
        "2|||3\n",
        "each bad line is named and the good ones are read");
  gives("r.json", SLICE("[{\"id\":1,\"text\":\"1\"},{\"text\":\"2"),
        "1|||1\n!r.json:1: the JSON is cut off before its end: send it whole\n", "an array cut in the middle");
  gives("r.json", SLICE("[{\"id\":1,\"text\":\"1\"} {\"text\":\"2\"}]"),
        "1|||1\n!r.json:1: not valid JSON (byte 21): a document {\"text\": ...} belongs here\n", "no comma");
  gives("r.json", SLICE("{\n\"text\": \"a\",\n"), "!r.json:1: the JSON is cut off before its end: send it whole\n", "an object cut in the middle");
}

static void limits(void)
{
  static char longer[5000];
  memset(longer, 'x', sizeof longer);
  gives("t.txt", (struct slice){longer, sizeof longer}, "!t.txt: more than 1000 bytes of text: cut it, or allow more with --max-text\n", "a text too long");
  ok(slice_find(reads("t.txt", (struct slice){longer, 1000}, 7), SLICE("t|||xxx")) == 0, "the most that is allowed");

  /* A gigabyte without a line feed, then a good line: nothing near a gigabyte is ever held. */
  static char million[1 << 20];
  memset(million, ' ', sizeof million);
  memcpy(million, "{\"text\":\"", 9);
  file.repeat = 1024;
  largest = 0;
  struct slice out = reads("g.jsonl", (struct slice){million, sizeof million}, SIZE_MAX);
  is_slice(out, SLICE("!g.jsonl:1: more than 1000 bytes of text: cut the document, or allow more with --max-text\n"), "a gigabyte in one line is refused");
  ok(largest < ((size_t)16 << 20), "in bounded memory");
  file.repeat = 1;
}

static void faults(void)
{
#define INPUT(literal) {(literal), sizeof(literal) - 1}
  static const struct slice inputs[] = {
    INPUT("{\"id\":1,\"text\":\"1\",\"k\":2}\n{\"id\":2,\"text\":\"2\",\"url\":\"u\"}\n"),
    INPUT("[{\"id\":1,\"text\":\"1\"}]"),
    INPUT("Le pr\xE9sident fran\xE7" "ais a \xE9t\xE9 r\xE9\xE9lu"),
    INPUT("\xFF\xFEH\0i\0.\0"),
  };
  bool told = true, ended = true;
  for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
    struct slice want = reads("f", inputs[i], SIZE_MAX);
    char *good = malloc(want.n + 1);
    memcpy(good, want.at, want.n);
    struct slice kept = {good, want.n};
    for (size_t n = 0;; n++) { /* the n-th allocation and all behind it fail */
      allocations_left = n;
      struct slice got = reads("f", inputs[i], SIZE_MAX);
      bool same = slice_eq(got, kept), spoke = slice_find(got, SLICE("!")) != SIZE_MAX || got.n == 0;
      allocations_left = SIZE_MAX;
      told = told && (same || spoke);
      if (!same && !spoke) printf("# input %zu, allocation %zu: %.*s\n", i, n, SLICE_ARG(got));
      if (same) break;
      if (n > 200) {
        ended = false;
        break;
      }
    }
    for (size_t n = 0; n < 3; n++) { /* the n-th read fails */
      file.fail_after = n;
      struct slice got = reads("f", inputs[i], 3);
      file.fail_after = SIZE_MAX;
      bool said = slice_find(got, SLICE("cannot read on (Input/output error")) != SIZE_MAX;
      if (!said) printf("# input %zu, read %zu: %.*s\n", i, n, SLICE_ARG(got));
      told = told && said;
    }
    free(good);
  }
  ok(told, "a lack of memory or a failed read is told");
  ok(ended, "and with enough of it all is read");
}

static bool date_is(const char *given, const char *want)
{
  char to[ISO_DATE_SIZE];
  bool good = iso_date_normal(slice_of(given), to);
  return want ? good && strcmp(to, want) == 0 : !good;
}

static void dates(void)
{
  ok(date_is("2024-02-29", "2024-02-29") && date_is("20240229", "2024-02-29") && date_is(" 2024-02-29\n", "2024-02-29"), "days");
  ok(!date_is("2023-02-29", "2023-02-29") && date_is("2023-02-29", NULL) && date_is("1900-02-29", NULL) && date_is("2000-02-29", "2000-02-29"), "leap years");
  ok(date_is("2024-13-01", NULL) && date_is("2024-04-31", NULL) && date_is("0000-01-01", NULL) && date_is("2024-1-1", NULL) && date_is("2024-0101", NULL) &&
       date_is("yesterday", NULL) && date_is("", NULL) && date_is("2024-01-01x", NULL),
     "what is no day");
  ok(date_is("2024-10-28T14:05:30.123Z", "2024-10-28T14:05:30Z") && date_is("2024-10-28 14:05 +0200", "2024-10-28T14:05+02:00") &&
       date_is("20241028T140530-05", "2024-10-28T14:05:30-05:00"),
     "times of day");
  ok(date_is("2024-10-28T24:01", NULL) && date_is("2024-10-28T", NULL) && date_is("2024-10-28T14:05:", NULL) &&
       date_is("2024-10-28T14:05+25:00", NULL),
     "what is none");
}

int main(void)
{
  table = *sys();
  table.open = fake_open;
  table.read = fake_read;
  table.fstat = fake_fstat;
  table.close = fake_close;
  table.realloc = fake_realloc;
  file.fail_after = SIZE_MAX;
  file.repeat = 1;
  sys_replace(&table);
  plain();
  json();
  bad_json();
  limits();
  faults();
  dates();
  return tap_end();
}
