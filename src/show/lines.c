#include "show/lines.h"
#include "base/utf8.h"

#define PART_CEILING ((size_t)64 << 20)

void lines_init(struct lines *lines, struct buf *to, struct show_style style)
{
  *lines = (struct lines){.to = to, .style = style};
  buf_init(&lines->part, PART_CEILING);
}

void lines_release(struct lines *lines)
{
  buf_release(&lines->part);
}

static void put_ink(struct lines *lines, enum ink ink)
{
  static const char *const codes[] = {"", "\033[1m", "\033[2m", "\033[32m", "\033[33m", "\033[31m", "\033[36m"};
  if (lines->style.colour && ink != INK_PLAIN) buf_text(lines->to, codes[ink]);
}

static void put_inked(struct lines *lines, enum ink ink, struct slice text)
{
  put_ink(lines, ink);
  buf_slice(lines->to, text);
  if (lines->style.colour && ink != INK_PLAIN) buf_text(lines->to, "\033[0m");
  lines->column += utf8_width(text);
}

static void put_blanks(struct lines *lines, unsigned end)
{
  for (; lines->column < end; lines->column++) buf_char(lines->to, ' ');
}

static void part_done(struct lines *lines)
{
  if (lines->part.failed) lines->to->failed = true;
  buf_clear(&lines->part);
}

void lines_cell(struct lines *lines, enum ink ink, unsigned end)
{
  put_inked(lines, ink, buf_get(&lines->part));
  part_done(lines);
  put_blanks(lines, lines->column < end ? end : lines->column + 1);
}

void lines_rest(struct lines *lines, enum ink ink, unsigned indent)
{
  struct slice rest = buf_get(&lines->part);
  bool first = true;
  if (lines->column > lines->style.columns / 2 && lines->column > indent) lines_end(lines);
  put_blanks(lines, indent);
  while (rest.n) {
    struct slice word = slice_cut(&rest, ' ');
    if (word.n == 0) continue;
    unsigned width = utf8_width(word);
    if (!first && lines->column + 1 + width > lines->style.columns) {
      lines_end(lines);
      put_blanks(lines, indent);
      first = true;
    }
    if (!first) {
      buf_char(lines->to, ' ');
      lines->column++;
    }
    put_inked(lines, ink, word);
    first = false;
  }
  part_done(lines);
  lines_end(lines);
}

void lines_text(struct lines *lines, enum ink ink, const char *text) { put_inked(lines, ink, slice_of(text)); }

void lines_end(struct lines *lines)
{
  while (lines->to->n && lines->to->at[lines->to->n - 1] == ' ') lines->to->n--; /* an empty last cell */
  buf_char(lines->to, '\n');
  lines->column = 0;
}
