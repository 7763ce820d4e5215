#!/usr/bin/env python3
"""Writes the model file that the C engine runs: weights in 8 bits, label lists, splitter and lexicon.

  export.py --student DIR --splitter DIR --gold en-train.conllu [--silver FILE ...] --out model/en-small.tocsin
  export.py --teacher DIR --base model/en-small.tocsin --gold en-train.conllu [--silver FILE ...] --out model/en-large.tocsin

--base FILE: the splitter of another model file.  --language en.  The format is told at the head of src/lang/model_file.c.  The same
input gives the same bytes.  Gold and silver words are counted for the lexicon (form and word class -> lemma script, where nearly always
the same) and for which features a word class may have.
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

SPLITTER = ("contractions", "split.table", "split.scale", "split.bias", "split.out", "split.outb")


def plain(form):
    """word_plain() of the engine: typographic signs made plain, lower case."""
    return "".join(chr(features.lower_code(ord(features.NORMAL.get(ord(c), c)))) if c != "\u2026" else c for c in form)


def knowledge(gold, silver, labels):
    """(features that go with each word class, lexicon lines)"""
    marks = np.zeros((len(labels["upos"]), len(labels["feats"])), np.uint8)
    count = collections.defaultdict(collections.Counter)
    for part, weight in ((gold, 4), (silver, 1)):
        for s in part:
            for w in s.words:
                f = labels.id("feats", w.feats)
                if f >= 0 and weight > 1:
                    marks[labels.id("upos", w.upos), f] = 1
                if w.upos != "PROPN" and w.lemma != "_" and 1 < len(w.form) <= 40:
                    k = labels.id("lemma", data.lemma_script(w.form, w.lemma))
                    if k >= 0:
                        count[plain(w.form), w.upos][k] += weight
    out = []
    for (form, upos), c in count.items():
        best, n = min(c.items(), key=lambda x: (-x[1], x[0]))
        if sum(c.values()) >= 8 and n >= 0.97 * sum(c.values()) and form.isascii() and not any(x.isdigit() for x in form) and len(form) > 1:
            out.append("%s\t%s\t%d" % (form, upos, best))
    return marks, sorted(out)


def put_heads(out, heads):
    put_matrix(out, "top", heads.top)
    put_matrix(out, "arc", heads.arc, heads.arc.bias + heads.arc_head)
    put_matrix(out, "rel", heads.rel)
    put_matrix(out, "tags", heads.tags)
    out["root.arc"], out["root.lab"], out["distance"] = put_floats(heads.root_arc), put_floats(heads.root_lab), put_floats(heads.dist)


def put_labels(out, labels):
    for k in ("upos", "feats", "lemma", "deprel", "name"):
        out[k] = put_lines(labels[k])


def put_config(out, language, pairs, heads):
    arc, _, lab, _, tag = heads.parts
    out["config"] = put_lines(["language " + language] + ["%s %s" % x for x in pairs + [("arc", arc), ("lab", lab), ("tag", tag)]])


def small(a):
    """(sections, labels) of the student"""
    model, labels, vocab = student.load(a.student)
    out = {}
    put_config(out, a.language, [(k, model.cfg[k]) for k in ("embed", "width", "layers")], model.heads)
    put_labels(out, labels)
    out["vocab"] = put_lines(vocab)
    for name, w in [("word", model.word.weight)] + [("edge%d" % k, t.weight) for k, t in enumerate(model.edges)]:
        put_rows(out, name, w)
    out["glue"] = put_floats(model.glue.weight)
    for k, (m, w) in enumerate(zip(model.mix, model.layers)):
        out["mix%d" % k] = put_floats(m)
        put_matrix(out, "layer%d" % k, w)
    put_heads(out, model.heads)
    return out, labels


def large(a):
    """(sections, labels) of a teacher"""
    lab = teacher.Labeller([a.teacher])
    model, labels, out = lab.models[0], lab.labels, {}
    e = model.encoder
    put_config(out, a.language, [("encoder", "transformer"), ("width", e.d), ("inner", e.layers[0].up.out_features),
                                 ("heads", e.layers[0].heads), ("layers", len(e.layers))], model.heads)
    put_labels(out, labels)
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
    put_heads(out, model.heads)
    return out, labels


def put_splitter(out, folder):
    split, mwt = splitter.load(folder)
    out["contractions"] = put_lines(["suffix " + x for x in mwt["suffixes"]] +
                                    [" ".join(["word", w] + [str(n) for n in parts]) for w, parts in sorted(mwt["words"].items())])
    w = split.table.weight.detach().numpy()
    s = np.float32(np.abs(w).max() / 127)
    out["split.table"], out["split.scale"] = np.round(w / s).astype(np.int8).tobytes(), np.array([s], "<f4").tobytes()
    out["split.bias"], out["split.out"], out["split.outb"] = put_floats(split.bias), put_floats(split.out.weight), put_floats(split.out.bias)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    which = p.add_mutually_exclusive_group(required=True)
    which.add_argument("--student", metavar="DIR")
    which.add_argument("--teacher", metavar="DIR")
    where = p.add_mutually_exclusive_group(required=True)
    where.add_argument("--splitter", metavar="DIR")
    where.add_argument("--base", metavar="FILE")
    p.add_argument("--gold", required=True)
    p.add_argument("--silver", nargs="*", default=[])
    p.add_argument("--out", required=True)
    p.add_argument("--language", default="en")
    a = p.parse_args()
    out, labels = small(a) if a.student else large(a)
    if a.splitter:
        put_splitter(out, a.splitter)
    else:
        base = read(a.base)
        out.update({k: base[k] for k in SPLITTER})
    gold, silver = data.read_conllu(a.gold), [s for x in a.silver for s in data.read_conllu(x)]
    marks, lexicon = knowledge(gold, silver, labels)
    out["allowed"], out["lexicon"] = marks.tobytes(), put_lines(lexicon)
    print("%s: %d bytes, %d sections" % (a.out, write(a.out, out), len(out)))


if __name__ == "__main__":
    main()
