/* Words to pieces: the longest first, signs apart, accents off, what cannot be made; shapes. */
#include "lang/lang_pieces.h"
#include "tap.h"
#include <stdio.h>
#include <stdlib.h>

static struct piece_vocab vocab;

static void pieces_are(const char *form, const char *want)
{
  uint32_t ids[WORD_PIECES], n = word_pieces(&vocab, slice_of(form), ids);
  char got[400];
  size_t at = 0;
  for (uint32_t i = 0; i < n; i++) at += (size_t)snprintf(got + at, sizeof got - at, "%s%.*s", i ? " " : "", SLICE_ARG(vocab.words.words[ids[i]]));
  struct slice all = {got, at};
  is_slice(all, slice_of(want), form);
}

static void cut(void)
{
  pieces_are("house", "house");
  pieces_are("Houses", "house ##s");
  pieces_are("THE", "the");
  pieces_are("houseboats", "house ##boat ##s");
  pieces_are("boat", "[UNK]");
  pieces_are("the-house", "the - house");
  pieces_are("caf\xC3\xA9", "cafe");
  pieces_are("CAFE\xCC\x81s", "cafe ##s");
  pieces_are("house\xE2\x80\x8Bs", "house ##s");
  pieces_are("\xC3\x9Cnion-house", "[UNK] - house");
  pieces_are("", "[UNK]");
  pieces_are("\xCC\x81", "[UNK]");
  pieces_are("\xD0\x94\xD0\xB0", "\xD0\xB4\xD0\xB0");
  pieces_are("--------------------------------------", "- - - - - - - - - - - - - - - - - - - - - - - -");
  char *many = malloc(100000);
  if (!ok(many != NULL, "memory")) return;
  memset(many, 's', 100000);
  uint32_t ids[WORD_PIECES];
  ok(word_pieces(&vocab, (struct slice){many, 100000}, ids) == 1 && ids[0] == vocab.unknown, "a word of 100,000 letters");
  free(many);
}

static void shapes(void)
{
  static const struct { const char *form; uint8_t shape; } all[] = {
    {"1945", 1}, {"...", 2}, {"", 2}, {"3rd", 3}, {"F16", 4}, {"house", 5}, {"I", 6}, {"U.S.", 7}, {"NATO", 7}, {"Oslo", 8}, {"O'Brien", 9}, {"iPhone", 9},
    {"\xC3\x84rzte", 8}, {"\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0", 8}, {"a", 5},
  };
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) is_int(word_shape(slice_of(all[i].form)), all[i].shape, all[i].form);
}

int main(void)
{
  struct arena arena;
  bool found = false;
  arena_init(&arena, (size_t)1 << 20);
  ok(piece_vocab_init(&vocab, SLICE("[PAD]\n[UNK]\nhouse\nthe\n"), &arena, &found) && !found, "a list without its mark");
  ok(piece_vocab_init(&vocab, SLICE("[PAD]\n[UNK]\n[CLS]\nhouse\n##s\n##boat\nthe\n-\ncafe\n\xD0\xB4\xD0\xB0\n"), &arena, &found) && found, "a list of pieces");
  cut();
  shapes();
  arena_release(&arena);
  return tap_end();
}
