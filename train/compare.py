#!/usr/bin/env python3
"""Do the engine in C and the trainer in Python say the same?  Exit 1 when they do not.

  compare.py --student DIR --splitter DIR --dev en-dev.conllu --tocsin build/tocsin --model model/en-small.tocsin

The engine reads the raw text of the dev documents.  In each sentence that both cut alike, the student's heads (one by one, 8-bit arithmetic
simulated) and word classes are held against the engine's: rounding may turn a close decision and the spanning tree a head, so
99% of heads and 99.7% of classes must agree.  Sentence and token ends must agree to 99.9%.
"""
import argparse
import random
import subprocess
import sys
import tempfile

import torch

import data
import splitter
import student


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
    with torch.no_grad():
        y = splitter.decide(model(torch.from_numpy(feats)), blank)
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


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("student", "splitter", "dev", "tocsin", "model"):
        p.add_argument("--" + name, required=True)
    a = p.parse_args()
    docs = splitter.documents(data.read_conllu(a.dev))
    text = "\n\n".join(splitter.render(d, "plain", random.Random(1))[0] for d in docs) + "\n"
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as f, tempfile.NamedTemporaryFile("r", suffix=".conllu") as out:
        f.write(text)
        f.flush()
        subprocess.run([a.tocsin, "parse", "--model", a.model, f.name], stdout=open(out.name, "w"), check=True)
        engine = data.read_conllu(out.name)
    split, _ = splitter.load(a.splitter)
    t1, e1 = ends_by_engine(engine)
    t2, e2 = ends_by_student(split.rounded().eval(), text)
    model, labels, vocab = student.load(a.student)
    coder = student.Coder(labels, {w: i for i, w in enumerate(vocab)})
    student.Matrix.quant = True
    model.eval()
    heads = upos = n = 0
    with torch.no_grad():
        for group in student.batches([coder.item(s) for s in engine], 4000):
            b = student.collate(group)
            dep, head, _, _, tags = model(b)
            s = model.arc_scores(dep, head, b)
            s[:, torch.arange(s.shape[1]), torch.arange(s.shape[1]) + 1] = -1e9
            h = s.reshape(-1, s.shape[-1])[(b["pad"] < len(b["head"])).reshape(-1)].argmax(1)
            heads += (h == b["head"]).sum().item()
            upos += (model.split_tags(tags)["upos"].argmax(1) == b["upos"]).sum().item()
            n += len(h)
    rows = (("token ends", agreement(t1, t2), 0.999), ("sentence ends", agreement(e1, e2), 0.999), ("heads", heads / n, 0.99), ("word classes", upos / n, 0.997))
    for name, got, least in rows:
        print("%-14s agree %.3f%%  (at least %.1f%%)  %s" % (name, 100 * got, 100 * least, "ok" if got >= least else "NOT OK"))
    sys.exit(any(got < least for _, got, least in rows))


if __name__ == "__main__":
    main()
