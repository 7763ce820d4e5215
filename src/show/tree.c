/* tree.c: a dependency tree with lines, words in the order of the text.
 *
 *      ╭── Kim    PROPN  nsubj
 *      ├── did    AUX    aux
 *     ─┼── agree  VERB   root
 *      │╭─ with   ADP    case
 *      ╰┴─ Lee    PROPN  obl
 *
 * Each head with its dependents is one vertical line in a column of its own, right of those of the heads above it.  Where a row has to
 * pass another head's line (only a non-projective tree makes it) they cross.
 *
 * Drawing, after Udapi's TextModeTrees (Popel et al. 2017): heads are taken from the root downwards; the rows between a head's first and
 * last dependent are filled up to the longest of them, then each gets one more mark: the corner or branch to a dependent, the head's own
 * knot, or a piece of the vertical line. */
#include "base/sys.h"
#include "base/utf8.h"
#include "show/lines.h"
#include "show/words.h"

/* Longer sentences are listed without lines: the drawing grows with length times depth. */
#define DRAWN_TOKENS 300
#define FORM_COLUMNS 30

/* a mark = the directions in which it has arms */
enum { UP = 1, DOWN = 2, LEFT = 4, RIGHT = 8, MARKS = 16 };
static const char *const marks[MARKS] = {" ", "╵", "╷", "│", "╴", "╯", "╮", "┤", "╶", "╰", "╭", "├", "─", "┴", "┬", "┼"};

struct drawing {
  const struct analysis *a;
  const struct sentence *s;
  uint8_t *rows;   /* rows[i * width + column]: marks */
  size_t *length;  /* marks of each row */
  size_t width;
};

static bool to_right(const struct drawing *d, size_t row) { return d->length[row] && (d->rows[row * d->width + d->length[row] - 1] & RIGHT); }

static void add_mark(struct drawing *d, size_t row, unsigned mark)
{
  if (d->length[row] < d->width) d->rows[row * d->width + d->length[row]++] = (uint8_t)mark;
}

/* One head's vertical line over the rows from its first to its last dependent. */
static void draw_head(struct drawing *d, int32_t head)
{
  const struct token *t = d->a->tokens;
  int32_t low = head, high = head, first = d->s->first;
  for (int32_t k = t[head].first_child; k != TOKEN_NONE; k = t[k].next_sibling) {
    if (k < low) low = k;
    if (k > high) high = k;
  }
  size_t longest = 0;
  for (int32_t i = low; i <= high; i++)
    if (d->length[i - first] > longest) longest = d->length[i - first];
  for (int32_t i = low; i <= high; i++) {
    size_t row = (size_t)(i - first);
    unsigned vertical = (i > low ? UP : 0u) | (i < high ? DOWN : 0u);
    bool open = to_right(d, row); /* a line comes in from the left */
    while (d->length[row] < longest) add_mark(d, row, open ? LEFT | RIGHT : 0);
    if (i == head) add_mark(d, row, vertical | (open ? LEFT : 0u) | RIGHT);
    else if (t[i].head == head) add_mark(d, row, vertical | RIGHT);
    else add_mark(d, row, vertical | (open ? LEFT | RIGHT : 0u));
  }
}

static void draw_lines(struct drawing *d, int32_t *stack)
{
  const struct token *t = d->a->tokens;
  size_t n = 0;
  add_mark(d, (size_t)(d->s->root - d->s->first), RIGHT);
  stack[n++] = d->s->root;
  while (n) {
    int32_t head = stack[--n];
    if (t[head].first_child == TOKEN_NONE) continue;
    draw_head(d, head);
    for (int32_t k = t[head].first_child; k != TOKEN_NONE; k = t[k].next_sibling) stack[n++] = k;
  }
}

static unsigned form_columns(const struct analysis *a, const struct sentence *s)
{
  unsigned most = 4;
  for (int32_t i = s->first; i < s->end; i++) {
    unsigned width = utf8_width(a->tokens[i].form);
    if (width > most) most = width;
  }
  return most < FORM_COLUMNS ? most : FORM_COLUMNS;
}

static void put_rows(struct lines *l, const struct drawing *d)
{
  static const char *const names[] = {"", "person", "organization", "place", "name"};
  unsigned columns = form_columns(d->a, d->s);
  size_t n = (size_t)(d->s->end - d->s->first), longest = 0;
  for (size_t row = 0; d->width && row < n; row++)
    if (d->length[row] > longest) longest = d->length[row];
  for (int32_t i = d->s->first; i < d->s->end; i++) {
    const struct token *t = &d->a->tokens[i];
    size_t row = (size_t)(i - d->s->first);
    for (size_t k = 0; k < longest; k++) lines_text(l, INK_DIM, marks[k < d->length[row] ? d->rows[row * d->width + k] : LEFT | RIGHT]);
    lines_text(l, INK_DIM, longest ? "─ " : " ");
    unsigned end = l->column + columns + 1;
    show_clean(&l->part, t->form, FORM_COLUMNS);
    lines_cell(l, t->head == TOKEN_NONE ? INK_BOLD : INK_PLAIN, end);
    buf_text(&l->part, upos_name((enum upos)t->upos));
    lines_cell(l, INK_DIM, end + 6);
    buf_text(&l->part, deprel_name((enum deprel)t->deprel));
    if (t->name == NAME_NONE) {
      lines_rest(l, INK_CYAN, 0);
      continue;
    }
    lines_cell(l, INK_CYAN, end + 18);
    buf_printf(&l->part, "%s%s", t->name_begins ? "" : "… ", names[t->name]);
    lines_rest(l, INK_YELLOW, 0);
  }
}

void show_tree(struct buf *to, const struct analysis *a, uint32_t sentence, struct show_style style)
{
  const struct sentence *s = &a->sentences[sentence];
  size_t n = (size_t)(s->end - s->first);
  struct drawing d = {.a = a, .s = s};
  struct lines l;
  style.columns = 0xFFFF; /* rows are not wrapped: a drawing cannot be */
  lines_init(&l, to, style);
  if (n && n <= DRAWN_TOKENS) {
    d.width = n + 2; /* a head's line adds one mark to the longest row it passes, and there are at most n heads */
    size_t bytes = n * d.width, lengths = n * sizeof *d.length, stack_bytes = n * sizeof(int32_t);
    d.rows = sys_alloc(bytes);
    d.length = sys_alloc(lengths);
    int32_t *stack = sys_alloc(stack_bytes);
    if (d.rows && d.length && stack) {
      memset(d.length, 0, lengths);
      draw_lines(&d, stack);
      put_rows(&l, &d);
    } else {
      to->failed = true;
    }
    sys_free(stack, stack_bytes);
    sys_free(d.length, lengths);
    sys_free(d.rows, bytes);
  } else if (n) {
    put_rows(&l, &d);
  }
  lines_release(&l);
}
