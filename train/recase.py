#!/usr/bin/env python3
"""In which case words are usually written: counted for text in ALL CAPITALS (src/lang/lang_recase.h tells the table).

  recase.py --gold en-train.conllu --raw raw.jsonl.xz --sentences sentences.txt.xz --out recase.txt

Words amid sentences count: not the first one, not behind an opening quotation mark or a colon, not in titles and sentences in capitals.
A word gets its most frequent form; one that is written otherwise behind or before a certain word, or behind names, gets a line for that; endings of rare words
tell which unknown words have small letters.  Of the speeches a quarter is read: the home of the table is news.  Python 3 standard library only.
"""
import argparse
import collections
import json
import lzma

import data
import features
import rawtext

OPENING = set("\"'“‘`([:;–—*-.!?…") | {"``", "''", "--", "...", "\u2019", "\u201d"}


def plain(form):
    return "".join(chr(features.lower_code(ord(features.NORMAL.get(ord(c), c)))) if c != "\u2026" else c for c in form)


def sentences(a):
    """(weight, forms) of all sentences; forms are words, contractions in their parts."""
    for s in data.read_conllu(a.gold):
        yield 2.0, [w.form for w in s.words]
    speeches = 0
    for line in lzma.open(a.raw, "rt", encoding="utf-8"):
        j = json.loads(line)
        speeches += j["source"].startswith("US")
        if not j["source"].startswith("US") or speeches % 4 == 1:
            for s in rawtext.sentences(j["text"]):
                yield 1.0, [w.form for w in s.words]
    for line in lzma.open(a.sentences, "rt", encoding="utf-8"):
        yield 1.0, line.split()


class Counts:
    """Forms of each word: in all, and among certain neighbours."""

    def __init__(self):
        self.all, self.named, self.behind, self.ahead = (collections.defaultdict(lambda: collections.defaultdict(float)) for _ in range(4))

    def add(self, forms, weight):
        words = [w for w in forms if w[:1].isalpha()]
        if len(words) < 4 or sum(w[0].isupper() for w in words) > 0.6 * len(words):
            return
        for i in range(1, len(forms)):
            before, w, after = forms[i - 1], forms[i], forms[i + 1] if i + 1 < len(forms) else "."
            if before in OPENING or not any(c.isalpha() for c in w) or len(w.encode("utf-8")) > 40:
                continue
            key = plain(w)
            self.all[key][w] += weight
            if before[:1].isupper() and i > 1 and before != "I":
                self.named[key][w] += weight
            if before[:1].isalpha() and len(before.encode("utf-8")) <= 40:
                self.behind[plain(before), key][w] += weight
            if after[:1].isalpha() and len(after.encode("utf-8")) <= 40:
                self.ahead[key, plain(after)][w] += weight


def best(forms):
    return max(forms.items(), key=lambda x: (x[1], x[0]))[0]


def differs(forms, usual):
    """The form that is clearly more frequent here than the usual one, or None."""
    form = best(forms)
    return form if form != usual and forms[form] >= 2.5 and forms[form] > 2 * forms.get(usual, 0) else None


def table(c):
    usual, lines, named = {}, [], {}
    for k, forms in c.all.items():
        rest = {f: n - c.named[k].get(f, 0) for f, n in forms.items()} if k in c.named else forms
        form = usual[k] = best(forms)
        if k in c.named and max(rest.values()) >= 2 and max(c.named[k].values()) >= 2:
            form, other = best(rest), best(c.named[k])
            usual[k] = form
            if other != form and c.named[k][other] > 4 * c.named[k].get(form, 0):
                named[k] = other
                lines.append("^ " + other)
    rare = collections.defaultdict(lambda: [0, 0])
    for k, forms in c.all.items():
        if sum(forms.values()) <= 2 and k.isalpha() and k.isascii():
            for n in (2, 3, 4):
                if len(k) > n + 1:
                    rare[k[-n:]][usual[k] == k] += 1
    ends = {e for e, (other, low) in rare.items() if low >= 8 and low >= 12 * other}
    ends = {e for e in ends if not any(e[-n:] in ends for n in range(2, len(e)))}
    lines += ["-" + e for e in ends]
    for k, form in usual.items():
        if sum(c.all[k].values()) >= 2 or form == k and not any(k[-n:] in ends for n in (2, 3, 4)):
            lines.append(form)
    for (before, k), forms in c.behind.items():
        name = usual.get(before, before) != before                   # what the table says without this line
        form = differs(forms, named.get(k, usual[k]) if name else usual[k])
        if form:
            lines.append(before + " " + form)
    for (k, after), forms in c.ahead.items():
        form = differs(forms, usual[k])
        if form:
            lines.append(form + " >" + after)
    # a line must keep to the characters of its key
    return sorted(x for x in set(lines) if len(plain(x)) == len(x) and "\t" not in x)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("gold", "raw", "sentences", "out"):
        p.add_argument("--" + name, required=True)
    a = p.parse_args()
    counts = Counts()
    for weight, forms in sentences(a):
        counts.add(forms, weight)
    lines = table(counts)
    with open(a.out, "w", encoding="utf-8") as f:
        f.write("".join(x + "\n" for x in lines))
    print("%s: %d lines, %d of them of two words, %d endings" % (
        a.out, len(lines), sum(" " in x for x in lines), sum(x[0] == "-" for x in lines)))


if __name__ == "__main__":
    main()
