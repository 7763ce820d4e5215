#!/usr/bin/env python3
"""Do the engine in C and the trainers in Python say the same?  Exit 1 when they do not.

  compare.py --model FILE.tocsin --dev en-dev.conllu --tocsin build/tocsin [--splitter DIR]

The engine reads the raw text of the dev documents.  In each sentence as the engine cuts it, the heads (one by one, 8-bit arithmetic
simulated) and word classes of the network in PyTorch, with the weights of the same file, are held against the engine's: rounding may turn a
close decision and the spanning tree a head, so 99% of heads and 99.7% of classes must agree.  With --splitter sentence and token ends
must agree to 99.9%.
"""
import argparse
import random
import subprocess
import sys
import tempfile

import torch

import data
import dress
import model_file
import splitter
import student
import teacher
from heads import Matrix, word_rows


def ends_by_engine(sentences):
    """Ends of tokens and sentences, in characters that are no blanks."""
    at, tokens, ends = 0, [], []
    for s in sentences:
        for form, _, _, _ in s.surface():
            at += len("".join(form.split()))
            tokens.append(at)
        ends.append(at)
    return set(tokens), set(ends)


def ends_by_student(model, text):
    at, blank, feats = splitter.candidates(text)
    y = splitter.decide(splitter.scores_of(model, feats), blank)
    raw = text.encode("utf-8")
    tokens, ends, count, byte = set(), set(), 0, 0
    for a, k in zip(at.tolist(), y.tolist()):
        count += len("".join(raw[byte:a].decode("utf-8").split()))
        byte = a
        if k:
            tokens.add(count)
        if k == 2:
            ends.add(count)
    return tokens, ends


def agreement(a, b):
    return 2.0 * len(a & b) / max(1, len(a) + len(b))


def small(path):
    """(network, function that makes batches of sentences, labels) of a student's file"""
    with tempfile.TemporaryDirectory() as folder:
        student.unpack(path, folder)
        model, labels, vocab = student.load(folder)
    coder = student.Coder(labels, {w: i for i, w in enumerate(vocab)})

    def batches(sentences):
        for group in student.batches([coder.item(s) for s in sentences], 4000):
            b = student.collate(group)
            yield b, b["head"], b["upos"]
    return model, batches, labels


def large(path):
    """The same of a teacher's file."""
    model, labels, pieces = teacher.unpack(path)

    def batches(sentences):
        items = [teacher.Item([w.form for w in s.words], pieces) for s in sentences]
        for it, s in zip(items, sentences):
            it.gold = teacher.gold_ids(s.words, None, labels)
        for group in teacher.batches([x for x in items if len(x.ids) <= teacher.MAX_PIECES], 4000):
            b = teacher.collate(group)
            yield b, b["gold_head"], b["gold_upos"]
    return model, batches, labels


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("dev", "tocsin", "model"):
        p.add_argument("--" + name, required=True)
    p.add_argument("--splitter")
    a = p.parse_args()
    docs = dress.documents(data.read_conllu(a.dev))
    text = "\n\n".join(dress.render(d, dress.PLAIN, random.Random(1))[0] for d in docs) + "\n"
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as f, tempfile.NamedTemporaryFile("r", suffix=".conllu") as out:
        f.write(text)
        f.flush()
        subprocess.run([a.tocsin, "parse", "--model", a.model, f.name], stdout=open(out.name, "w"), check=True)
        engine = data.read_conllu(out.name)
    rows = []
    Matrix.quant = True
    if a.splitter:
        split, _ = splitter.load(a.splitter)
        t1, e1 = ends_by_engine(engine)
        t2, e2 = ends_by_student(split.rounded().eval(), text)
        rows += [("token ends", agreement(t1, t2), 0.999), ("sentence ends", agreement(e1, e2), 0.999)]
    kind = model_file.config(model_file.read(a.model)).get("encoder", "recurrent")
    model, batches, labels = (large if kind == "transformer" else small)(a.model)
    model.eval()
    good = torch.zeros(3)
    with torch.no_grad():
        for b, head, upos in batches(engine):
            out = model(b)
            tags, dep, head_vectors = (out[0], out[1], out[2]) if kind == "transformer" else (model.heads.tag_scores(out[4]), out[0], out[1])
            h = word_rows(b, model.heads.arc_scores(dep, head_vectors, b)).argmax(1)
            good += torch.tensor([(h == head).sum(), (tags["upos"].argmax(1) == upos).sum(), len(h)])
    rows += [("heads", (good[0] / good[2]).item(), 0.99), ("word classes", (good[1] / good[2]).item(), 0.997)]
    for name, got, least in rows:
        print("%-14s agree %.3f%%  (at least %.1f%%)  %s" % (name, 100 * got, 100 * least, "ok" if got >= least else "NOT OK"))
    sys.exit(any(got < least for _, got, least in rows))


if __name__ == "__main__":
    main()
