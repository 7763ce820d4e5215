#!/usr/bin/env python3
"""Writes the model file that the C engine runs: the student's and the splitter's weights in 8 bits.

  export.py --student DIR --splitter DIR --gold en-train.conllu [--silver FILE ...] --out model/en-small.tocsin [--language en]

The format is told at the head of src/lang/model_file.c.  The same input gives the same bytes.  Gold and silver words are counted for
the lexicon (form and word class -> lemma script, where nearly always the same) and for which features a word class may have.
"""
import argparse
import collections
import hashlib
import struct

import numpy as np
import torch

import data
import features
import splitter
import student


def rows8(w):
    """(8-bit rows, scale of each)"""
    w = w.detach().numpy().astype(np.float32)
    s = np.maximum(np.abs(w).max(1), 1e-12).astype(np.float32) / np.float32(127)
    return np.round(w / s[:, None]).astype(np.int8), s


def matrix(out, name, layer, bias=None):
    """Rows in blocks of 16, columns in groups of 4 (src/lang/lang_kernel.h)."""
    q, s = rows8(layer.weight)
    b = layer.bias.detach().numpy() if bias is None else bias
    pad = -len(q) % 16
    q = np.pad(q, ((0, pad), (0, 0)))
    n, d = q.shape
    assert d % 16 == 0
    out[name + ".w"] = q.reshape(n // 16, 16, d // 4, 4).transpose(0, 2, 1, 3).tobytes()
    out[name + ".s"] = np.pad(s, (0, pad)).astype("<f4").tobytes()
    out[name + ".b"] = np.pad(b, (0, pad)).astype("<f4").tobytes()


def floats(x):
    return x.detach().numpy().astype("<f4").tobytes()


def lines(xs):
    assert all("\n" not in x for x in xs)
    return "".join(x + "\n" for x in xs).encode("utf-8")


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


def sections(a):
    model, labels, vocab = student.load(a.student)
    split, mwt = splitter.load(a.splitter)
    cfg, out = model.cfg, {}
    out["config"] = lines(["language " + a.language] + ["%s %d" % (k, v) for k, v in (
        ("embed", cfg["embed"]), ("width", cfg["width"]), ("layers", cfg["layers"]),
        ("arc", student.ARC), ("lab", student.LAB), ("tag", student.TAG))])
    for k in ("upos", "feats", "lemma", "deprel", "name"):
        out[k] = lines(labels[k])
    out["vocab"] = lines(vocab)
    out["contractions"] = lines(["suffix " + x for x in mwt["suffixes"]] +
                                [" ".join(["word", w] + [str(n) for n in parts]) for w, parts in sorted(mwt["words"].items())])
    for name, w in [("word", model.word.weight)] + [("edge%d" % k, t.weight) for k, t in enumerate(model.edges)]:
        q, s = rows8(w)
        out[name + ".q"], out[name + ".s"] = q.tobytes(), s.astype("<f4").tobytes()
    out["glue"] = floats(model.glue.weight)
    for k, (m, w) in enumerate(zip(model.mix, model.layers)):
        out["mix%d" % k] = floats(m)
        matrix(out, "layer%d" % k, w)
    matrix(out, "top", model.top)
    matrix(out, "arc", model.arc, (model.arc.bias + model.arc_head).detach().numpy())
    matrix(out, "rel", model.rel)
    matrix(out, "tags", model.tags)
    out["root.arc"], out["root.lab"], out["distance"] = floats(model.root_arc), floats(model.root_lab), floats(model.dist)
    w = split.table.weight.detach().numpy()
    s = np.float32(np.abs(w).max() / 127)
    out["split.table"], out["split.scale"] = np.round(w / s).astype(np.int8).tobytes(), np.array([s], "<f4").tobytes()
    out["split.bias"], out["split.out"], out["split.outb"] = floats(split.bias), floats(split.out.weight), floats(split.out.bias)
    gold, silver = data.read_conllu(a.gold), [s for x in a.silver for s in data.read_conllu(x)]
    marks, lexicon = knowledge(gold, silver, labels)
    out["allowed"], out["lexicon"] = marks.tobytes(), lines(lexicon)
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--student", required=True)
    p.add_argument("--splitter", required=True)
    p.add_argument("--gold", required=True)
    p.add_argument("--silver", nargs="*", default=[])
    p.add_argument("--out", required=True)
    p.add_argument("--language", default="en")
    a = p.parse_args()
    parts = sections(a)
    at, table, body = 64 + 32 * len(parts), b"", b""
    for name, content in parts.items():
        body += b"\0" * (-(at + len(body)) % 64)
        table += struct.pack("<16sQQ", name.encode(), at + len(body), len(content))
        body += content
    rest = table + body
    head = struct.pack("<8sIIQ32s8x", b"TOCSINLM", 1, len(parts), 64 + len(rest), hashlib.sha256(rest).digest())
    with open(a.out, "wb") as f:
        f.write(head + rest)
    print("%s: %d bytes, %d sections" % (a.out, len(head) + len(rest), len(parts)))


if __name__ == "__main__":
    main()
