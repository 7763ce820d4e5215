#!/usr/bin/env python3
"""Writes the model file that the C engine runs: weights in 8 bits, label lists, splitter, usual forms and lexicon.

  export.py --student DIR --splitter DIR --recase recase.txt --gold en-train.conllu [--silver FILE ...] --out model/en-small.tocsin
  export.py --teacher DIR --base model/en-small.tocsin --gold en-train.conllu [--silver FILE ...] --out model/en-large.tocsin
  export.py --network model/en-small.tocsin --splitter DIR --recase recase.txt --out FILE

The network comes from a student, from a teacher or, with its lexicon, from another model file; splitter and usual forms from a
splitter's folder and a table of recase.py, or from another model file (--base).  --language en.  The format is told at the head of
src/lang/model_file.c.  The same input gives the same bytes.  Gold and silver words are counted for the lexicon (form and word class ->
lemma script, where nearly always the same) and for which features a word class may have.
"""
import argparse
import collections
import os

import numpy as np
import torch

import data
import features
import splitter
import student
import teacher
from model_file import put_floats, put_lines, put_matrix, put_rows, read, write


def is_splitter(section):
    return section.startswith("split.") or section in ("contractions", "recase")


def plain(form):
    """word_plain() of the engine: typographic signs made plain, lower case."""
    return "".join(chr(features.lower_code(ord(features.NORMAL.get(ord(c), c)))) if c != "\u2026" else c for c in form)


def irregular():
    """(form, word class, lemma script) of the verbs of irregular.tsv that are no other verb's base."""
    table = teacher.irregular_verbs()
    bases = set(table.values())
    return [(form, "VERB", data.lemma_script(form, lemma)) for (form, _), lemma in sorted(table.items()) if form not in bases]


def knowledge(gold, silver, labels):
    """(features that go with each word class, {(form, word class): lemma script})"""
    marks = np.zeros((len(labels["upos"]), len(labels["feats"])), np.uint8)
    count, marked = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter)
    for part, weight in ((gold, 4), (silver, 1)):
        for s in part:
            for w in s.words:
                f = labels.id("feats", w.feats)
                if f >= 0 and weight > 1:
                    marks[labels.id("upos", w.upos), f] = 1
                if w.lemma != "_" and 1 < len(w.form) <= 40:
                    script = data.lemma_script(w.form, w.lemma)
                    count[plain(w.form), w.upos][script] += weight
                    if weight > 1:
                        marked[plain(w.form), w.upos][script] += 1
    out = {(form, upos): script for form, upos, script in irregular()}
    for (form, upos), c in count.items():
        best = agreed(marked[form, upos], GOLD_OFTEN, GOLD_SHARE) or agreed(c, 8, 0.97)
        if best is None or not form.isascii() or any(x.isdigit() for x in form) or len(form) < 2:
            continue
        if upos == "PROPN" and best.endswith("|0|"):
            continue                              # names keep their form, and their case is the model's matter
        if upos == "ADJ" and best == "k|0|" and form.isalpha():
            best = "t|0|"                         # "american" has the capital that "American" always has
        out.setdefault((form, upos), best)
    return marks, out


GOLD_OFTEN, GOLD_SHARE = 20, 0.95               # what people marked so often and nearly always alike, teachers do not outvote


def agreed(scripts, least, share):
    """The script that nearly all of at least so many have, or None."""
    best, n = min(scripts.items(), key=lambda x: (-x[1], x[0]), default=(None, 0))
    return best if sum(scripts.values()) >= least and n >= share * sum(scripts.values()) else None


def lexicon_lines(lexicon, labels):
    """(lines of the lexicon, scripts that only it needs: they stand behind the model's own)"""
    extra = sorted({x for x in lexicon.values() if labels.id("lemma", x) < 0})
    index = {x: len(labels["lemma"]) + k for k, x in enumerate(extra)}
    return sorted("%s\t%s\t%d" % (form, upos, index.get(x, labels.id("lemma", x))) for (form, upos), x in lexicon.items()), extra


class MoreScripts:
    """The matrix of tags with rows for scripts that are never chosen by score."""

    def __init__(self, heads, extra):
        at, (rows, cols) = sum(heads.sizes[:3]), heads.tags.weight.shape
        self.weight, self.bias = torch.zeros(rows + extra, cols), torch.full((rows + extra,), -1e4)
        for old, new in ((slice(0, at), slice(0, at)), (slice(at, rows), slice(at + extra, rows + extra))):
            self.weight[new], self.bias[new] = heads.tags.weight.detach()[old], heads.tags.bias.detach()[old]


def read_trees(a):
    """(gold, silver) sentences"""
    return data.read_conllu(a.gold), [s for x in a.silver for s in data.read_conllu(x)]


def known_lemmas(gold, silver):
    """Lines "lemma TAB word class TAB times seen, as a power of two": lemmas of inflected words.  A lemma that teachers alone give must stand somewhere as
    a word of its class that is its own lemma: of "occupied" they make "occupi" too, and no text has that."""
    count, marked, own = collections.Counter(), set(), set()
    for part, weight in ((gold, 3), (silver, 1)):
        for s in part:
            for w in s.words:
                if w.upos in ("NOUN", "VERB", "ADJ", "ADV") and w.lemma.isascii() and w.lemma.isalpha() and w.lemma.islower() and len(w.lemma) > 2:
                    count[w.lemma, w.upos] += weight
                    if weight > 1:
                        marked.add((w.lemma, w.upos))
                    if w.form.lower() == w.lemma:
                        own.add((w.lemma, w.upos))
    return sorted("%s\t%s\t%d" % (lemma, upos, n.bit_length()) for (lemma, upos), n in count.items()
                  if n >= 3 and ((lemma, upos) in marked or (lemma, upos) in own))


def put_knowledge(out, labels, gold, silver):
    """Features by word class, the lexicon and the known lemmas; returns the scripts that only the lexicon needs."""
    marks, lexicon = knowledge(gold, silver, labels)
    rows, extra = lexicon_lines(lexicon, labels)
    out["allowed"], out["lexicon"], out["lemmas"] = marks.tobytes(), put_lines(rows), put_lines(known_lemmas(gold, silver))
    return extra


def put_heads(out, heads, extra):
    """extra: scripts of lemmas that only the lexicon needs"""
    put_matrix(out, "top", heads.top)
    put_matrix(out, "arc", heads.arc, heads.arc.bias + heads.arc_head)
    put_matrix(out, "rel", heads.rel)
    put_matrix(out, "tags", MoreScripts(heads, len(extra)))
    out["root.arc"], out["root.lab"], out["distance"] = put_floats(heads.root_arc), put_floats(heads.root_lab), put_floats(heads.dist)


def put_labels(out, labels, extra):
    for k in ("upos", "feats", "lemma", "deprel", "name"):
        out[k] = put_lines(labels[k] + (extra if k == "lemma" else []))


def put_config(out, language, pairs, heads):
    arc, _, lab, _, tag = heads.parts
    out["config"] = put_lines(["language " + language] + ["%s %s" % x for x in pairs + [("arc", arc), ("lab", lab), ("tag", tag)]])


def fewer_words(vocab, table, most, sentences):
    """The `most` words that stand most often in the sentences, in their order, and their rows; the first is the unknown word."""
    count = collections.Counter(features.word(w.form)[0] for s in sentences for w in s.words)
    keep = sorted(range(1, len(vocab)), key=lambda k: (-count[vocab[k]], vocab[k]))[:most - 1]
    keep = [0] + sorted(keep)
    return [vocab[k] for k in keep], table[keep]


def small(a):
    """The sections of the student."""
    model, labels, vocab = student.load(a.student)
    out, words = {}, model.word.weight
    gold, silver = read_trees(a)
    extra = put_knowledge(out, labels, gold, silver)
    if a.words and a.words < len(vocab):
        vocab, words = fewer_words(vocab, words, a.words, gold + silver)
    put_config(out, a.language, [(k, model.cfg[k]) for k in ("embed", "width", "layers")], model.heads)
    put_labels(out, labels, extra)
    out["vocab"] = put_lines(vocab)
    for name, w in [("word", words)] + [("edge%d" % k, t.weight) for k, t in enumerate(model.edges)]:
        put_rows(out, name, w)
    out["glue"] = put_floats(model.glue.weight)
    for k, (m, w) in enumerate(zip(model.mix, model.layers)):
        out["mix%d" % k] = put_floats(m)
        put_matrix(out, "layer%d" % k, w)
    put_heads(out, model.heads, extra)
    return out


def large(a):
    """The sections of a teacher."""
    lab = teacher.Labeller([a.teacher])
    model, labels, out = lab.models[0], lab.labels, {}
    e = model.encoder
    extra = put_knowledge(out, labels, *read_trees(a))
    put_config(out, a.language, [("encoder", "transformer"), ("width", e.d), ("inner", e.layers[0].up.out_features),
                                 ("heads", e.layers[0].heads), ("layers", len(e.layers))], model.heads)
    put_labels(out, labels, extra)
    with open(os.path.join(a.teacher, "vocab.txt"), encoding="utf-8") as f:
        out["pieces"] = put_lines(line.rstrip("\n") for line in f)
    put_rows(out, "piece", e.word.weight)
    out["place"], out["shape"], out["blend"] = put_floats(e.pos.weight), put_floats(e.shape.weight), put_floats(model.mix.w.softmax(0))
    norms = [("norm", e.norm)]
    for k, layer in enumerate(e.layers):
        norms += [("norma%d" % k, layer.norm1), ("normb%d" % k, layer.norm2)]
        for name in ("qkv", "out", "up", "down"):
            put_matrix(out, "%s%d" % (name, k), getattr(layer, name))
    for name, norm in norms:
        out[name + ".w"], out[name + ".b"] = put_floats(norm.weight), put_floats(norm.bias)
    put_heads(out, model.heads, extra)
    return out


def table(rows):
    """Lines in the order of their bytes in lower case, each key once, as recase_find() of the engine looks them up."""
    first = {}
    for x in rows:
        first.setdefault(plain(x).encode("utf-8"), x)
    return put_lines(first[k] for k in sorted(first) if 0 < len(k) <= 90)


def put_splitter(out, folder, recase):
    """The network of a splitter's folder, its contractions, and the table of usual forms."""
    split, mwt = splitter.load(folder)
    out["contractions"] = put_lines(["suffix " + x for x in mwt["suffixes"]] +
                                    [" ".join(["word", w] + [str(n) for n in parts]) for w, parts in sorted(mwt["words"].items())])
    w = split.table.weight.detach().numpy()
    s = np.float32(np.abs(w).max() / 127)
    out["split.table"], out["split.scale"] = np.round(w / s).astype(np.int8).tobytes(), np.array([s], "<f4").tobytes()
    out["split.bias"] = put_floats(split.bias)
    put_matrix(out, "split.layer", split.layer)
    put_matrix(out, "split.out", split.out)
    if recase:
        with open(recase, encoding="utf-8") as f:
            out["recase"] = table(line.rstrip("\n") for line in f)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    which = p.add_mutually_exclusive_group(required=True)
    which.add_argument("--student", metavar="DIR")
    which.add_argument("--teacher", metavar="DIR")
    which.add_argument("--network", metavar="FILE")
    where = p.add_mutually_exclusive_group(required=True)
    where.add_argument("--splitter", metavar="DIR")
    where.add_argument("--base", metavar="FILE")
    p.add_argument("--recase", metavar="FILE")
    p.add_argument("--gold")
    p.add_argument("--silver", nargs="*", default=[])
    p.add_argument("--words", type=int, help="of the student's words only the most frequent ones of gold and silver")
    p.add_argument("--out", required=True)
    p.add_argument("--language", default="en")
    a = p.parse_args()
    if a.network:
        out = {k: v for k, v in read(a.network).items() if not is_splitter(k)}
    elif a.gold:
        out = small(a) if a.student else large(a)
    else:
        p.error("--student and --teacher need --gold")
    if a.splitter:
        put_splitter(out, a.splitter, a.recase)
    else:
        out.update({k: v for k, v in read(a.base).items() if is_splitter(k)})
    print("%s: %d bytes, %d sections" % (a.out, write(a.out, out), len(out)))


if __name__ == "__main__":
    main()
