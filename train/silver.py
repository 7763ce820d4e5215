#!/usr/bin/env python3
"""Silver trees: the teacher labels raw text, for the student to learn from.

  silver.py --model DIR [DIR ...] --raw raw.jsonl[.xz] --sentences sentences.txt[.xz] --out DIR

Running text (JSON Lines: source, title, text) is cut by rawtext.py; single sentences, parted into tokens by
blanks, are first put back into running text, so that both get the treebank's tokens.  News comes first, then
encyclopaedia articles, single sentences, short biographies, speeches: a student may stop anywhere.

Output: DIR/silver-NN.conllu, each of about --words words, written under another name and renamed when it is
complete; shards that are there are left alone, so that an interrupted run goes on.  `newdoc id` is
silver-SOURCE-NUMBER.  All columns but DEPS are filled.  MISC holds, beside SpaceAfter:
  Name=B-TYPE     or I-TYPE, as the program marks names
  ArcP=0.97       the teachers' probability of this head
  RelP=0.99       ... of this relation, given the head
  TagP=0.8        ... of the UPOS, where it is below 0.95
  NameP=0.8       ... of the name tag, likewise
  ArcAlt=4:0.21   the best head but this one and its probability, where that is 0.02 or more
  RelAlt=obl:0.3 TagAlt=ADJ:0.2 NameAlt=I-place:0.4     likewise
With --part K/N (K from 1) only every N-th shard is made: two such processes with one thread each use two cores best.
"""
import argparse
import json
import lzma
import os
import re
import sys
import time

import torch

import data
import rawtext
import teacher

ORDER = ["wikinews", "wikipedia", "sentences", "Wikipedia (GAP)", "US presidents"]
SHORT = {"Wikipedia (GAP)": "gap", "US presidents": "speeches"}


def open_text(path):
    return lzma.open(path, "rt", encoding="utf-8") if path.endswith(".xz") else open(path, encoding="utf-8")


def untokenize(line):
    """Running text of a sentence whose tokens are parted by blanks."""
    line = " %s " % line.strip()
    line = re.sub(r" (n't|'s|'t|'re|'m|'ve|'d|'ll|’s)(?= )", r"\1", line, flags=re.I)
    line = re.sub(r"(?<=[sz]) '(?= \w)", "'", line) if line.count(" ' ") == 1 else \
        re.sub(r" ' ([^']*?) '(?= )", r" '\1'", line)
    line = re.sub(r' " ([^"]*?) "(?= )', r' "\1"', line)
    line = re.sub(r"(?<=\w) ([-‑]) (?=\w)", r"\1", line)
    line = re.sub(r"(?<=[\w.)]) / (?=\w)", "/", line)
    line = re.sub(r" ([,.;:?!%)\]]|\.\.\.)(?= )", r"\1", line)
    line = re.sub(r" ([,.;:?!%)\]]|\.\.\.)(?= )", r"\1", line)
    line = re.sub(r"(?<= )([(\[$£€#]) (?=\S)", r"\1", line)
    return re.sub(r"\s+", " ", line).strip()


def curl(text):
    """The same text with typographic quotation marks, as many news pages set it."""
    text = re.sub(r'(^|[\s(\[—–-])"(?=\S)', r"\1“", text, flags=re.M).replace('"', "”")
    text = re.sub(r"(^|[\s(\[“—–])'(?=\w)(?!\d\ds?\b)", r"\1‘", text, flags=re.M).replace("'", "’")
    return re.sub(r" ?--+ ?", "—", text)


def tidy(source, title, text, n):
    """A document's text without marks of its web page; news with its headline, each other one in Title Case."""
    if source == "wikipedia":
        text = re.sub(r" ?\[(\d+|citation needed|note \d+)\]", "", text)
        text = re.sub(r"\.\.(?!\.)", ".", text)
    if source == "wikinews":
        text = re.sub(r"^\(\([^()\n]{1,20}\)\) *", "", text, flags=re.M)
        small = teacher.SMALL
        text = (" ".join(w if w in small or k == 0 else w[:1].upper() + w[1:] for k, w in enumerate(title.split()))
                if n % 2 else title) + "\n" + text
    return curl(text) if n % 3 == 1 else text


def documents(raw, single):
    """(source, list of sentences) of all documents, news first; every third one with curly quotation marks."""
    docs = {k: [] for k in ORDER}
    if raw:
        with open_text(raw) as f:
            for line in f:
                d = json.loads(line)
                own = docs.setdefault(d["source"], [])
                own.append((rawtext.sentences, tidy(d["source"], d["title"], d["text"], len(own))))
    if single:
        with open_text(single) as f:
            lines = f.read().splitlines()
        blocks = [[untokenize(x) for x in lines[i:i + 50]] for i in range(0, len(lines), 50)]
        docs["sentences"] = [(wholes, [curl(x) for x in b] if n % 3 == 1 else b) for n, b in enumerate(blocks)]
    for source in sorted(docs, key=lambda s: ORDER.index(s) if s in ORDER else len(ORDER)):
        for n, (cut, text) in enumerate(docs[source]):
            yield "silver-%s-%05d" % (SHORT.get(source, source), n), cut(text)


def wholes(texts):
    """One sentence of each text."""
    pairs = [(rawtext.tokens_of(x), x) for x in texts]
    return [rawtext.sentence(t, x) for t, x in pairs if t]


def keep(s, seen, pieces):
    """Sentences worth a tree: some letters, not too long, not seen before."""
    if not 3 <= len(s.words) <= 110 or sum(c.isalpha() for c in s.text) < 0.5 * len(s.text) or s.text in seen:
        return False
    if sum(not c.isascii() for c in s.text) > 0.2 * len(s.text):
        return False
    seen.add(s.text)
    return sum(len(pieces.word(w.form)) for w in s.words) < teacher.MAX_PIECES - 2


def shards(docs, pieces, size):
    """Lists of sentences of about `size` words; a document is never parted."""
    seen, cur, words = set(), [], 0
    for doc, sents in docs:
        first = True                          # of the sentences kept
        for s in sents:
            if keep(s, seen, pieces):
                s.doc, s.new_doc, first = doc, first, False
                cur.append(s)
                words += len(s)
        if words >= size:
            yield cur
            cur, words = [], 0
    if cur:
        yield cur


def second(p, best):
    """(index, probability) of the likeliest label but `best`."""
    rest = p.copy()
    rest[best] = 0
    k = int(rest.argmax())
    return k, rest[k]


def misc(lab, r, i, w, name):
    """MISC of word i: what the teacher holds of its own choice, and of the next best."""
    out = [w.misc] if w.misc != "_" else []
    if name != "O":
        out.append("Name=" + name)
    out.append("ArcP=%.2f" % r["arc"][i][w.head])
    k, p = second(r["arc"][i], w.head)
    if p >= 0.02:
        out.append("ArcAlt=%d:%.2f" % (k, p))
    for key, task, own in (("Rel", "deprel", w.deprel), ("Tag", "upos", w.upos), ("Name", "name", name)):
        scores = r["rel" if task == "deprel" else task][i]
        best = lab.id(task, own)
        k, p = second(scores, best)
        if key == "Rel" or scores[best] < 0.95:
            out.append("%sP=%.2f" % (key, scores[best]))
        if p >= 0.02:
            out.append("%sAlt=%s:%.2f" % (key, lab[task][k], p))
    return "|".join(out)


def label(labeller, sents, batch, note, behind):
    """Fills the sentences; `behind`: words of the shards still to come, for the time that is left."""
    items = [teacher.Item([w.form for w in s.words], labeller.pieces, s) for s in sents]
    total, done, began, told = sum(len(s) for s in sents), 0, time.time(), 0.0
    for group in teacher.batches(items, batch):
        for it, r in zip(group, labeller.run(group)):
            s = it.ref
            labeller.fill(s, r)
            for i, w in enumerate(s.words):
                w.misc = misc(labeller.labels, r, i, w, s.name[i])
            done += len(s)
        if time.time() - told > 30:
            told = time.time()
            rate = done / (time.time() - began)
            teacher.log("%s  %d/%d words, %.0f/s, ready in %.0f min" % (note, done, total, rate, (total - done + behind) / rate / 60))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", required=True, nargs="+", metavar="DIR", help="trained teachers; several are averaged")
    p.add_argument("--raw", metavar="FILE")
    p.add_argument("--sentences", metavar="FILE")
    p.add_argument("--treebank", metavar="FILE", help="its lemmas join the raw text's words: a lemma should be one")
    p.add_argument("--out", required=True, metavar="DIR")
    p.add_argument("--words", type=int, default=200000, help="words a shard")
    p.add_argument("--shards", type=int, default=0, help="stop after so many (0: all)")
    p.add_argument("--part", default="1/1", metavar="K/N")
    p.add_argument("--batch", type=int, default=3000, help="subwords a batch")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--device", default="cpu")
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    k, n = (int(x) for x in a.part.split("/"))
    labeller = teacher.Labeller(a.model, a.device)
    os.makedirs(a.out, exist_ok=True)
    docs = list(documents(a.raw, a.sentences))
    labeller.known = teacher.known_words([s for _, sents in docs for s in sents], 3)
    if a.treebank:
        labeller.known |= teacher.known_words(data.read_conllu(a.treebank))
    wanted = sum(len(s) for _, sents in docs for s in sents) // a.words + 1
    wanted = min(wanted, a.shards) if a.shards else wanted
    for i, sents in enumerate(shards(docs, labeller.pieces, a.words)):
        if a.shards and i >= a.shards:
            break
        path = os.path.join(a.out, "silver-%02d.conllu" % i)
        if i % n != k - 1 or os.path.exists(path):
            continue
        behind = sum(1 for j in range(i + 1, wanted) if j % n == k - 1) * a.words
        label(labeller, sents, a.batch, os.path.basename(path), behind)
        with open(path + ".tmp", "w", encoding="utf-8") as f:
            for s in sents:
                data.write_sentence(s, f, ["newdoc id = " + s.doc] if s.new_doc else [])
        os.replace(path + ".tmp", path)
        teacher.log("%s  %d sentences, %d words" % (path, len(sents), sum(len(s) for s in sents)))


if __name__ == "__main__":
    sys.exit(main())
