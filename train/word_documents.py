#!/usr/bin/env python3
"""Counts in how many pieces of news and encyclopaedia each word stem occurs: data/en/word_documents.tsv, by which the ledger weighs words.

  word_documents.py RAW.jsonl.xz > data/en/word_documents.tsv

A piece is 4,000 characters of one document.  Words are runs of letters and digits in lower case, stemmed by Snowball's English stemmer (Porter2), as
src/ledger/terms.c does.  Stems in fewer than three pieces are left out: what is not in the table counts as that rare.
"""
import collections, json, lzma, re, sys
import snowballstemmer

PIECE, LEAST = 4000, 3
WORD = re.compile(r"[^\W_]+(?:['’](?!s\b)[^\W_]+)*")


def main():
    stem = snowballstemmer.stemmer("english").stemWord
    known, count, pieces = {}, collections.Counter(), 0
    for line in lzma.open(sys.argv[1], "rt", encoding="utf-8"):
        text = json.loads(line)["text"]
        for at in range(0, len(text), PIECE):
            pieces += 1
            words = {w.lower().replace("’", "'") for w in WORD.findall(text[at:at + PIECE])}
            count.update({known.setdefault(w, stem(w)) for w in words})
    print("# In how many of %d pieces of text (news and encyclopaedia, 4,000 characters each) a word stem (Snowball, English) occurs." % pieces)
    print("# Made by train/word_documents.py; counted on Wikinews (CC BY 2.5) and English Wikipedia (CC BY-SA): this table is CC BY-SA 4.0.")
    print("*\t%d" % pieces)
    for word, n in sorted(count.items()):
        if n >= LEAST and len(word) < 32: print("%s\t%d" % (word, n))


main()
