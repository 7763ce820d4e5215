/* lang_pieces.c: see the header. */
#include "lang/lang_pieces.h"
#include "base/utf8.h"
#include <utf8proc.h>

#define DECOMPOSED 8 /* most code points that one decomposes to, and more */

/* A part of a word: letters and digits between signs, as UTF-8, with where each character begins. */
struct part {
  char bytes[2 + 4 * PIECE_CODES];     /* room for "##" before it */
  uint16_t begin[PIECE_CODES + 1];     /* counted from bytes + 2 */
  uint32_t n;
};

struct pieces {
  const struct piece_vocab *vocab;
  uint32_t *to;
  uint32_t n;
};

static void put_piece(struct pieces *p, uint32_t piece)
{
  if (p->n < WORD_PIECES) p->to[p->n++] = piece;
}

/* The longest piece that stands in the part from character b on; *e = the character behind it.  0 when there is none. */
static uint32_t longest_piece(const struct piece_vocab *vocab, struct part *part, uint32_t b, uint32_t *e)
{
  const uint32_t from = part->begin[b], lead = b > 0 ? 2 : 0;
  char *at = part->bytes + 2 + from - lead, kept[2];
  memcpy(kept, at, sizeof kept);
  if (lead) memcpy(at, "##", 2);
  uint32_t piece = 0;
  for (*e = part->n; *e > b; (*e)--) {
    const size_t n = (size_t)part->begin[*e] - from + lead;
    if (n > vocab->longest) continue;
    piece = word_vocab_find(&vocab->words, (struct slice){at, n});
    if (piece) break;
  }
  if (lead) memcpy(at, kept, sizeof kept);
  return piece;
}

static void end_part(struct pieces *p, struct part *part)
{
  const uint32_t first = p->n;
  for (uint32_t b = 0, e; b < part->n && p->n < WORD_PIECES; b = e) {
    uint32_t piece = longest_piece(p->vocab, part, b, &e);
    if (!piece) {
      p->n = first;
      put_piece(p, p->vocab->unknown);
      break;
    }
    put_piece(p, piece);
  }
  part->n = 0;
}

static void put_code(struct pieces *p, struct part *part, uint32_t code)
{
  const bool common = code < 0x80 && ((code | 32) - 'a' < 26 || code - '0' < 10);
  const utf8proc_category_t kind = common ? UTF8PROC_CATEGORY_LL : utf8proc_category((utf8proc_int32_t)code);
  const bool sign = (kind >= UTF8PROC_CATEGORY_PC && kind <= UTF8PROC_CATEGORY_SO);
  const bool nothing = kind == UTF8PROC_CATEGORY_MN || kind >= UTF8PROC_CATEGORY_ZS || kind == UTF8PROC_CATEGORY_CN;
  if (nothing) return;
  if (sign) end_part(p, part);
  if (part->n == PIECE_CODES) return;
  const uint16_t at = part->n ? part->begin[part->n] : 0;
  part->begin[part->n++] = at;
  part->begin[part->n] = (uint16_t)(at + utf8_put(code, part->bytes + 2 + at));
  if (sign) end_part(p, part);
}

uint32_t word_pieces(const struct piece_vocab *vocab, struct slice form, uint32_t to[WORD_PIECES])
{
  struct pieces p = {vocab, to, 0};
  struct part part;
  part.n = 0;
  size_t at = 0;
  for (uint32_t k = 0; k < PIECE_CODES && at < form.n; k++) {
    uint32_t code = utf8_next(form, &at);
    if (code < 0x80) {
      put_code(&p, &part, code >= 'A' && code <= 'Z' ? code + 32 : code);
      continue;
    }
    utf8proc_int32_t parts[DECOMPOSED];
    int last = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char(utf8proc_tolower((utf8proc_int32_t)code), parts, DECOMPOSED, UTF8PROC_DECOMPOSE, &last);
    for (utf8proc_ssize_t i = 0; i < n && i < DECOMPOSED; i++) put_code(&p, &part, (uint32_t)parts[i]);
  }
  end_part(&p, &part);
  if (p.n == 0) put_piece(&p, vocab->unknown);
  return p.n;
}

uint8_t word_shape(struct slice form)
{
  uint32_t letters = 0, upper = 0, digits = 0;
  bool first_digit = false, first_upper = false;
  size_t at = 0;
  for (uint32_t k = 0; k < PIECE_CODES && at < form.n; k++) {
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)utf8_next(form, &at));
    if (kind == UTF8PROC_CATEGORY_ND) {
      digits++;
      first_digit = first_digit || k == 0;
    } else if (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO) {
      if (letters == 0) first_upper = kind == UTF8PROC_CATEGORY_LU;
      letters++;
      upper += kind == UTF8PROC_CATEGORY_LU;
    }
  }
  if (letters == 0) return digits ? 1 : 2;
  if (digits) return first_digit ? 3 : 4;
  if (upper == 0) return 5;
  if (letters == 1) return 6;
  if (upper == letters) return 7;
  return first_upper && upper == 1 ? 8 : 9;
}

bool piece_vocab_init(struct piece_vocab *vocab, struct slice lines, struct arena *arena, bool *found)
{
  if (!word_vocab_init(&vocab->words, lines, arena)) return false;
  vocab->unknown = word_vocab_find(&vocab->words, SLICE("[UNK]"));
  vocab->mark = word_vocab_find(&vocab->words, SLICE("[CLS]"));
  vocab->longest = 0;
  for (uint32_t i = 0; i < vocab->words.n; i++)
    if (vocab->words.words[i].n > vocab->longest) vocab->longest = (uint32_t)vocab->words.words[i].n;
  *found = vocab->unknown && vocab->mark;
  return true;
}
