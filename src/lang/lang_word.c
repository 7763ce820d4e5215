/* lang_word.c: the twin of train/features.py. */
#include "lang/lang_word.h"
#include "base/utf8.h"
#include "lang/lang_char.h"

#define EDGE_BYTES 128 /* of a form longer than twice this only so much at either end is looked at */
#define SHAPE_MOST 16

const uint32_t word_edge_rows[WORD_EDGES] = {2048, 4096, 6144, 1024, 3072, 3072, 1024};

#define FNV_BASE 2166136261u
#define FNV_PRIME 16777619u

static uint32_t fnv_end(uint32_t h)
{
  h ^= h >> 15;
  h *= 0x2C1B3C6Du;
  return h ^ (h >> 13);
}

static uint32_t fnv_bytes(uint32_t h, const char *at, size_t n)
{
  for (size_t i = 0; i < n; i++) h = (h ^ (unsigned char)at[i]) * FNV_PRIME;
  return h;
}

static uint32_t fnv_codes(const uint32_t *at, size_t n, uint32_t salt)
{
  uint32_t h = FNV_BASE ^ salt;
  for (size_t i = 0; i < n; i++) {
    char bytes[4];
    h = fnv_bytes(h, bytes, utf8_put(at[i], bytes));
  }
  return fnv_end(h);
}

/* Signs that stand for another, as in features.NORMAL; the ellipsis becomes three dots (returns how many were put). */
static size_t put_normal(uint32_t code, uint32_t *to)
{
  if (code == 0x2026) {
    to[0] = to[1] = to[2] = '.';
    return 3;
  }
  to[0] = char_normal(code);
  return 1;
}

/* The form's code points as the features see them; returns how many. */
static size_t normalise(struct slice form, uint32_t *to)
{
  size_t n = 0, head = form.n, tail = form.n;
  if (form.n > 2 * EDGE_BYTES) {
    head = EDGE_BYTES;
    tail = form.n - EDGE_BYTES;
    while (((unsigned char)form.at[head] & 0xC0) == 0x80) head--;
    while (((unsigned char)form.at[tail] & 0xC0) == 0x80) tail++;
  }
  if (slice_eq(form, SLICE("--")) || slice_eq(form, SLICE("---"))) return to[0] = 0x2014, 1;
  if (slice_eq(form, SLICE("``")) || slice_eq(form, SLICE("''"))) return to[0] = '"', 1;
  for (size_t at = 0; at < form.n && n + 3 <= WORD_CHARS;) {
    if (at == head) at = tail;
    if (at >= form.n) break;
    n += put_normal(utf8_next(form, &at), to + n);
  }
  return n;
}

/* X upper, x letter, d digit, other ASCII as it is, o else; a run is cut to two (digits: four). */
static uint32_t shape_row(const uint32_t *codes, size_t n, uint32_t salt)
{
  char shape[SHAPE_MOST];
  size_t length = 0;
  unsigned run = 0;
  char last = 0;
  for (size_t i = 0; i < n && length < SHAPE_MOST; i++) {
    uint32_t c = codes[i];
    char k = char_is_upper(c) ? 'X' : char_is_letter(c) ? 'x' : char_is_digit(c) ? 'd' : c < 0x80 ? (char)c : 'o';
    run = k == last ? run + 1 : 1;
    last = k;
    if (run <= (k == 'd' ? 4u : 2u)) shape[length++] = k;
  }
  return fnv_end(fnv_bytes(FNV_BASE ^ salt, shape, length));
}

static uint32_t vocab_hash(struct slice word)
{
  return fnv_end(fnv_bytes(FNV_BASE, word.at, word.n));
}

uint32_t word_vocab_find(const struct word_vocab *vocab, struct slice word)
{
  for (uint32_t s = vocab_hash(word) & vocab->mask;; s = (s + 1) & vocab->mask) {
    if (vocab->slots[s] == 0) return 0;
    if (slice_eq(vocab->words[vocab->slots[s] - 1], word)) return vocab->slots[s] - 1;
  }
}

bool word_vocab_init(struct word_vocab *vocab, struct slice lines, struct arena *arena)
{
  uint32_t n = 0, slots = 16;
  for (size_t i = 0; i < lines.n; i++) n += lines.at[i] == '\n';
  while (slots < 2 * n + 2) slots *= 2;
  vocab->words = arena_array(arena, struct slice, (size_t)n + 1);
  vocab->slots = arena_array(arena, uint32_t, slots);
  vocab->mask = slots - 1;
  if (!vocab->words || !vocab->slots) return false;
  for (vocab->n = 0; vocab->n < n; vocab->n++) {
    struct slice word = slice_cut(&lines, '\n');
    vocab->words[vocab->n] = word;
    uint32_t s = vocab_hash(word) & vocab->mask;
    while (vocab->slots[s]) s = (s + 1) & vocab->mask;
    vocab->slots[s] = vocab->n + 1;
  }
  return true;
}

void word_features(const struct word_vocab *vocab, struct slice form, struct word_rows *to)
{
  uint32_t codes[WORD_CHARS], low[WORD_CHARS];
  size_t n = normalise(form, codes), bytes = 0;
  char key[WORD_VOCAB_BYTES + 4];
  for (size_t i = 0; i < n; i++) {
    low[i] = char_is_digit(codes[i]) ? '0' : char_lower(codes[i]);
    if (bytes <= WORD_VOCAB_BYTES) bytes += utf8_put(low[i], key + bytes);
  }
  to->word = bytes > 0 && bytes <= WORD_VOCAB_BYTES ? word_vocab_find(vocab, (struct slice){key, bytes}) : 0;
  for (uint32_t t = 0; t < WORD_EDGES; t++) {
    uint32_t salt = 0x9E3779B1u * (t + 1), h;
    size_t k = 2 + t % 3 < n ? 2 + t % 3 : n;
    if (t < 3) h = fnv_codes(low + n - k, k, salt);
    else if (t < 6) h = fnv_codes(low, k, salt);
    else h = shape_row(codes, n, salt);
    to->edge[t] = h % word_edge_rows[t];
  }
}

size_t word_plain(struct slice form, char *to, size_t room)
{
  size_t n = 0;
  for (size_t at = 0; at < form.n;) {
    uint32_t code = char_lower(char_normal(utf8_next(form, &at)));
    if (n + 4 > room) return 0;
    n += utf8_put(code, to + n);
  }
  return n;
}
