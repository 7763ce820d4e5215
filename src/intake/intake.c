/* intake.c: looks at the first bytes, then gives document after document.
 *
 * JSON comes in three shapes.  What begins with '[' is an array, whose elements are framed one by one.  What begins with '{' is JSON Lines
 * when a whole object ends on its first line, or when that line is broken within a string or followed by another '{'; then every line
 * stands for itself and a broken one harms no other.  Else (an object over many lines) objects are framed by their brackets, and behind
 * a broken one nothing more can be trusted. */
#include "intake/intake.h"
#include "base/sys.h"
#include "base/utf8.h"
#include "intake/charset.h"
#include "intake/json_document.h"
#include "intake/stream.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum shape { SHAPE_UNKNOWN, SHAPE_TEXT, SHAPE_LINES, SHAPE_OBJECTS, SHAPE_ARRAY, SHAPE_END };

struct intake {
  struct intake_options options;
  struct stream stream;
  enum shape shape;
  const char *path;  /* "-": standard input */
  const char *name;  /* the same for messages */
  struct slice base; /* base name without endings; empty for standard input */
  bool first;        /* no document was given yet */
  bool between;      /* in an array, behind an element */
};

/* Escapes make JSON longer than its text: Cyrillic as \u0434 three times. */
#define JSON_FACTOR 3
#define JSON_BESIDES ((size_t)4 << 20) /* for the members other than text */

static const char *const endings[] = {".gz", ".zst", ".txt", ".text", ".md", ".html", ".htm", ".xml", ".json", ".jsonl", ".ndjson"};

/* "dir/report.txt.gz" -> "report"; at most one ending of compression and one of format */
static struct slice base_of(const char *path)
{
  struct slice base = slice_of(path);
  for (size_t i = base.n; i > 0; i--)
    if (path[i - 1] == '/') {
      base = slice_sub(base, i, base.n);
      break;
    }
  size_t from = 0;
  for (unsigned pass = 0; pass < 2; pass++) {
    size_t to = pass == 0 ? 2 : sizeof endings / sizeof *endings;
    for (size_t i = from; i < to; i++) {
      struct slice ending = slice_of(endings[i]);
      if (base.n <= ending.n || !slice_eq_ascii_case(slice_sub(base, base.n - ending.n, base.n), ending)) continue;
      base.n -= ending.n;
      break;
    }
    from = to;
  }
  return base;
}

enum status intake_open(struct intake **to, const char *path, const struct intake_options *options, struct error *error)
{
  bool standard = strcmp(path, "-") == 0;
  struct stat st;
  *to = NULL;
  int fd = standard ? STDIN_FILENO : sys()->open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY, 0);
  if (fd < 0) return error_set(error, ST_REFUSED, "%s: cannot open it (%s): check the path", path, strerror(errno));
  if (sys()->fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
    if (!standard) sys()->close(fd);
    return error_set(error, ST_REFUSED, "%s: is a folder: name the files in it", standard ? "standard input" : path);
  }
  struct intake *in = sys_alloc(sizeof *in);
  if (!in) {
    if (!standard) sys()->close(fd);
    return error_set(error, ST_REFUSED, "%s: not enough memory to open it: free some", path);
  }
  *in = (struct intake){.options = *options, .path = path, .name = standard ? "standard input" : path, .first = true};
  if (in->options.max_text > MAX_TEXT_MOST) in->options.max_text = MAX_TEXT_MOST;
  if (!standard) in->base = base_of(path);
  stream_init(&in->stream, fd, intake_most(&in->options));
  *to = in;
  return ST_OK;
}

enum status intake_open_bytes(struct intake **to, const char *name, struct buf *bytes, const struct intake_options *options, struct error *error)
{
  struct intake *in = sys_alloc(sizeof *in);
  *to = NULL;
  if (!in) return error_set(error, ST_REFUSED, "%s: not enough memory to open it: free some", name);
  *in = (struct intake){.options = *options, .path = name, .name = name, .first = true};
  if (in->options.max_text > MAX_TEXT_MOST) in->options.max_text = MAX_TEXT_MOST;
  stream_init(&in->stream, -1, intake_most(&in->options));
  stream_replace(&in->stream, bytes->at, bytes->n, bytes->cap);
  bytes->at = NULL;
  bytes->n = bytes->cap = 0;
  *to = in;
  return ST_OK;
}

size_t intake_most(const struct intake_options *options)
{
  const size_t text = options->max_text < MAX_TEXT_MOST ? options->max_text : MAX_TEXT_MOST;
  return text * JSON_FACTOR + JSON_BESIDES;
}

bool intake_waits(const struct intake *in) { return stream_waits(&in->stream); }

void intake_close(struct intake *in)
{
  if (!in) return;
  stream_release(&in->stream);
  sys_free(in, sizeof *in);
}

/* Why the window does not grow although the document goes on; says it and ends the file where nothing more can come. */
static enum status broken_off(struct intake *in, struct error *error)
{
  const struct stream *s = &in->stream;
  if (s->failed) {
    in->shape = SHAPE_END;
    return error_set(error, ST_REFUSED, "%s: cannot read on (%s, byte %" PRIu64 "): check the file and its disk", in->name, strerror(s->failed),
                     s->offset + (s->end - s->begin));
  }
  if (s->no_memory) return error_set(error, ST_REFUSED, "%s:%" PRIu64 ": not enough memory for the document: free some", in->name, s->line + 1);
  return error_set(error, ST_REFUSED, "%s:%" PRIu64 ": more than %zu bytes of text: cut the document, or allow more with --max-text", in->name,
                   s->line + 1, in->options.max_text);
}

/* At least n bytes in the window, where the file has as many. */
static bool have(struct stream *stream, size_t n)
{
  while (stream_window(stream).n < n)
    if (!stream_more(stream)) return false;
  return true;
}

/* Passes blanks; the first byte behind them, 0 at the end. */
static char first_byte(struct stream *stream)
{
  for (;;) {
    struct slice w = stream_window(stream);
    size_t i = 0;
    while (i < w.n && (w.at[i] == ' ' || w.at[i] == '\t' || w.at[i] == '\n' || w.at[i] == '\r')) i++;
    char c = i < w.n ? w.at[i] : '\0';
    stream_skip(stream, i);
    if (i < w.n) return c;
    if (!stream_more(stream)) return 0;
  }
}

/* ---- what it is ---- */

static const struct {
  struct slice magic;
  const char *what, *remedy;
} foreign[] = {
  {{"\x1F\x8B", 2}, "gzip-compressed", "unpack it with gzip -d"},
  {{"\x28\xB5\x2F\xFD", 4}, "zstd-compressed", "unpack it with zstd -d"},
  {{"BZh", 3}, "bzip2-compressed", "unpack it with bzip2 -d"},
  {{"\xFD" "7zXZ", 5}, "xz-compressed", "unpack it with xz -d"},
  {{"PK\x03\x04", 4}, "a zip archive", "unpack it with unzip"},
  {{"%PDF-", 5}, "PDF", "take its text with pdftotext"},
  {{"WARC/", 5}, "a web archive", "send the text of its pages"},
};

/* '<' and then what begins a tag, a comment or a declaration */
static bool is_markup(struct slice s)
{
  return s.n > 1 && s.at[0] == '<' && ((s.at[1] >= 'a' && s.at[1] <= 'z') || (s.at[1] >= 'A' && s.at[1] <= 'Z') || s.at[1] == '!' || s.at[1] == '?');
}

static enum status refuse_foreign(struct intake *in, struct slice head, struct error *error)
{
  for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
    if (!slice_starts(head, foreign[i].magic)) continue;
    in->shape = SHAPE_END;
    return error_set(error, ST_REFUSED, "%s: is %s, which tocsin does not read: %s", in->name, foreign[i].what, foreign[i].remedy);
  }
  if (!is_markup(slice_trim(head))) return ST_OK;
  in->shape = SHAPE_END;
  return error_set(error, ST_REFUSED, "%s: is HTML or XML, which tocsin does not read: send its text, plain or as JSON", in->name);
}

/* A file in UTF-16 or UTF-32: all of it is converted in place of the window. */
static enum status convert_all(struct intake *in, const char *charset, struct error *error)
{
  struct stream *s = &in->stream;
  while (stream_more(s)) continue;
  if (!s->ended || s->failed) {
    enum status status = broken_off(in, error);
    in->shape = SHAPE_END;
    return status;
  }
  struct arena arena;
  struct slice text;
  arena_init(&arena, ARENA_NO_CEILING);
  enum status status = charset_convert(stream_window(s), charset, s->limit, &arena, in->name, &text, error);
  char *at = status == ST_OK ? sys_alloc(text.n + 1) : NULL;
  if (at) {
    memcpy(at, text.at, text.n + 1);
    stream_replace(s, at, text.n, text.n + 1);
  } else {
    in->shape = SHAPE_END;
    if (status == ST_OK) status = error_set(error, ST_REFUSED, "%s: not enough memory to convert it from %s: free some", in->name, charset);
  }
  arena_release(&arena);
  return status;
}

/* '{': lines or objects?  See the head of this file. */
static enum shape shape_of_objects(struct stream *stream)
{
  struct json_frame frame = {0};
  size_t at = 0;
  for (;;) {
    struct slice w = stream_window(stream);
    const char *feed = w.n > at ? memchr(w.at + at, '\n', w.n - at) : NULL;
    size_t to = feed ? (size_t)(feed - w.at) : w.n;
    if (json_frame_end(&frame, slice_sub(w, 0, to), at) != SIZE_MAX) return SHAPE_LINES;
    at = to;
    if (feed) break;
    if (!stream_more(stream)) return SHAPE_LINES; /* one line, cut or too long */
  }
  if (frame.string) return SHAPE_LINES;
  bool bare = at < 3; /* "{\n": what follows may begin with any bracket */
  for (;; at++) {
    while (at >= stream_window(stream).n)
      if (!stream_more(stream)) return SHAPE_OBJECTS;
    char c = stream_window(stream).at[at];
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') return c == '{' && !bare ? SHAPE_LINES : SHAPE_OBJECTS;
  }
}

/* '[': an array of documents, or a text that begins with a bracket ("[Corrected] ...")? */
static enum shape shape_of_bracket(struct stream *stream)
{
  for (size_t at = 1;; at++) {
    while (at >= stream_window(stream).n)
      if (!stream_more(stream)) return SHAPE_TEXT;
    char c = stream_window(stream).at[at];
    if (c == '{' || c == '"' || c == ']') return SHAPE_ARRAY;
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') return SHAPE_TEXT;
  }
}

static enum status recognise(struct intake *in, struct error *error)
{
  struct stream *s = &in->stream;
  have(s, 1024);
  const char *charset = charset_of_mark(stream_window(s));
  if (charset) {
    enum status status = convert_all(in, charset, error);
    if (status != ST_OK) return status;
  } else {
    struct slice w = stream_window(s);
    stream_skip(s, w.n - charset_skip_mark(w).n);
  }
  struct slice head = stream_window(s);
  enum status status = refuse_foreign(in, head, error);
  if (status != ST_OK) return status;
  struct slice inside = slice_trim(head);
  char first = inside.n ? inside.at[0] : 0;
  in->shape = SHAPE_TEXT;
  if (first == '{') {
    first_byte(s);
    in->shape = shape_of_objects(s);
  } else if (first == '[') {
    stream_skip(s, (size_t)(inside.at - head.at));
    if (shape_of_bracket(s) == SHAPE_ARRAY) {
      in->shape = SHAPE_ARRAY;
      stream_skip(s, 1);
    }
  }
  return ST_OK;
}

/* ---- documents ---- */

static struct document *new_document(struct intake *in, bool with_line, struct error *error)
{
  char name[512];
  int n = with_line ? snprintf(name, sizeof name, "%s:%" PRIu64 "", in->name, in->stream.line + 1) : snprintf(name, sizeof name, "%s", in->name);
  if (n < 0) n = 0;
  if ((size_t)n >= sizeof name) n = sizeof name - 1;
  struct document *document = document_new();
  if (document) document->name = slice_copy(&document->arena, (struct slice){name, (size_t)n});
  if (document && document->name.at) return document;
  document_free(document);
  error_set(error, ST_REFUSED, "%s: not enough memory for the document: free some", name);
  return NULL;
}

/* What the document does not tell itself. */
static enum status complete(struct intake *in, struct document *document, bool alone, struct error *error)
{
  struct slice id = document->id;
  if (id.n == 0 && alone && in->base.n > 0 && utf8_valid(in->base) == in->base.n) id = in->base;
  if (id.n == 0) id = (struct slice){document->sha256, 64};
  document->id = id.at == document->sha256 ? id : slice_copy(&document->arena, id);
  if (document->published.n == 0 && in->options.published.n > 0) document->published = slice_copy(&document->arena, in->options.published);
  if (alone && document->url.n == 0 && in->options.url.n > 0) document->url = slice_copy(&document->arena, in->options.url);
  if (document->publisher.n == 0 && in->options.publisher.n > 0) document->publisher = slice_copy(&document->arena, in->options.publisher);
  if (document->arena.full || !document->id.at)
    return error_set(error, ST_REFUSED, "%.*s: not enough memory for the document: free some", SLICE_ARG(document->name));
  return ST_OK;
}

/* The first line of a text, when it ends without sentence punctuation and something follows. */
static struct slice headline(struct slice text)
{
  struct slice rest = text, line = slice_trim(slice_cut(&rest, '\n'));
  static const struct slice marks[] = {{".", 1}, {"!", 1}, {"?", 1}, {":", 1}, {";", 1}, {",", 1}, {"\xE2\x80\xA6", 3}, {".\"", 2}, {".\xE2\x80\x9D", 4}};
  if (line.n == 0 || line.n > 400 || slice_trim(rest).n == 0) return (struct slice){NULL, 0};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (slice_ends(line, marks[i])) return (struct slice){NULL, 0};
  return line;
}

/* The bytes become the document's text, converted where they must be. */
static enum status text_of(struct intake *in, struct document *document, struct slice bytes, struct error *error)
{
  const char *nul = bytes.n ? memchr(bytes.at, '\0', bytes.n) : NULL;
  if (nul)
    return error_set(error, ST_REFUSED, "%s: a NUL at byte %zu, so it is no text: send text, in UTF-8 if it can be", in->name, (size_t)(nul - bytes.at));
  if (bytes.n > in->options.max_text)
    return error_set(error, ST_REFUSED, "%s: more than %zu bytes of text: cut it, or allow more with --max-text", in->name, in->options.max_text);
  if (utf8_valid(bytes) == bytes.n) {
    if (document_set_text(document, bytes)) return ST_OK;
    return error_set(error, ST_REFUSED, "%s: not enough memory for the document: free some", in->name);
  }
  struct slice text;
  enum status status = charset_convert(bytes, NULL, in->options.max_text, &document->arena, in->name, &text, error);
  if (status == ST_OK && memchr(text.at, '\0', text.n))
    status = error_set(error, ST_REFUSED, "%s: not UTF-8, and its charset cannot be told: convert it with iconv", in->name);
  if (status == ST_OK) document_own_text(document, text);
  return status;
}

static enum status next_text(struct intake *in, struct document **to, struct error *error)
{
  struct stream *s = &in->stream;
  in->shape = SHAPE_END;
  while (stream_window(s).n <= in->options.max_text && stream_more(s)) continue;
  if (stream_window(s).n <= in->options.max_text && (!s->ended || s->failed)) return broken_off(in, error);
  struct document *document = new_document(in, false, error);
  if (!document) return ST_REFUSED;
  enum status status = text_of(in, document, stream_window(s), error);
  stream_skip(s, stream_window(s).n);
  stream_trim(s);
  if (status == ST_OK) {
    document->title = headline(document->text);
    status = complete(in, document, true, error);
  }
  if (status == ST_OK) *to = document;
  else document_free(document);
  return status;
}

/* One object's bytes, the window's first `n`; the window then moves on. */
static enum status next_json(struct intake *in, size_t n, struct document **to, struct error *error)
{
  struct stream *s = &in->stream;
  struct document *document = new_document(in, true, error);
  enum status status = document ? json_document_read(document, slice_sub(stream_window(s), 0, n), in->options.max_text, error) : ST_REFUSED;
  stream_skip(s, n);
  stream_trim(s);
  bool alone = in->first && in->shape != SHAPE_ARRAY && first_byte(s) == 0;
  if (status == ST_OK) status = complete(in, document, alone, error);
  in->first = false;
  if (status == ST_OK) *to = document;
  else document_free(document);
  return status;
}

static enum status next_line(struct intake *in, struct document **to, struct error *error)
{
  struct stream *s = &in->stream;
  if (first_byte(s) == 0) {
    in->shape = SHAPE_END;
    return s->failed ? broken_off(in, error) : ST_OK;
  }
  for (size_t at = 0;;) {
    struct slice w = stream_window(s);
    const char *feed = w.n > at ? memchr(w.at + at, '\n', w.n - at) : NULL;
    if (feed) return next_json(in, (size_t)(feed - w.at), to, error);
    at = w.n;
    if (stream_more(s)) continue;
    if (s->ended && !s->failed) return next_json(in, w.n, to, error);
    enum status status = broken_off(in, error);
    in->first = false;
    if (in->shape != SHAPE_END) stream_skip_line(s);
    return status;
  }
}

/* Objects framed by brackets, on their own or as the elements of an array. */
static enum status next_object(struct intake *in, struct document **to, struct error *error)
{
  struct stream *s = &in->stream;
  bool array = in->shape == SHAPE_ARRAY;
  char c = first_byte(s);
  if (array && in->between && c == ',') {
    stream_skip(s, 1);
    c = first_byte(s);
  } else if (array && c == ']') {
    stream_skip(s, 1);
    c = first_byte(s);
    in->shape = SHAPE_END;
    if (c == 0 && !s->failed) return ST_OK;
    return error_set(error, ST_REFUSED, "%s:%" PRIu64 ": something follows the JSON array: drop it, or send JSON Lines", in->name, s->line + 1);
  } else if (array && in->between && c != 0) c = '?';
  if (c == 0 && !array && !s->failed) {
    in->shape = SHAPE_END;
    return ST_OK;
  }
  struct json_frame frame = {0};
  size_t end = SIZE_MAX;
  for (size_t at = 0; c == '{' && end == SIZE_MAX;) {
    struct slice w = stream_window(s);
    end = json_frame_end(&frame, w, at);
    at = w.n;
    if (end == SIZE_MAX && !stream_more(s)) break;
  }
  in->between = true;
  if (end != SIZE_MAX) return next_json(in, end, to, error);
  in->shape = SHAPE_END; /* what stands behind it cannot be told apart */
  if (c == '{' && !s->ended) return broken_off(in, error);
  if (s->failed) return broken_off(in, error);
  if (c == '{' || c == 0)
    return error_set(error, ST_REFUSED, "%s:%" PRIu64 ": the JSON is cut off before its end: send it whole", in->name, s->line + 1);
  return error_set(error, ST_REFUSED, "%s:%" PRIu64 ": not valid JSON (byte %" PRIu64 "): a document {\"text\": ...} belongs here", in->name,
                   s->line + 1, s->offset);
}

enum status intake_next(struct intake *in, struct document **to, struct error *error)
{
  *to = NULL;
  if (in->shape == SHAPE_UNKNOWN) {
    enum status status = recognise(in, error);
    if (status != ST_OK) return status;
  }
  switch (in->shape) {
  case SHAPE_TEXT: return next_text(in, to, error);
  case SHAPE_LINES: return next_line(in, to, error);
  case SHAPE_OBJECTS:
  case SHAPE_ARRAY: return next_object(in, to, error);
  case SHAPE_UNKNOWN:
  case SHAPE_END: break;
  }
  return ST_OK;
}
