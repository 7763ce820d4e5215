#!/usr/bin/env python3
"""The splitter: where tokens and sentences end, learnt from the treebank's texts.

  splitter.py train --gold en-train.conllu --dev en-dev.conllu --out DIR [--epochs 6] [--seed 1]
  splitter.py eval  --model DIR --dev en-dev.conllu [--errors N]

Features are taken by the engine's own C (src/lang/lang_split.c, built here into a shared library).  Each feature
has a vector of HIDDEN numbers; their sum, a rectifier and one matrix decide between inside, token end, sentence end.
Texts are also shown with curly quotes and long dashes, as newspapers print them, and as one running paragraph.
DIR gets splitter.pt and mwt.json (how contractions are cut: counted, not trained).  Seeded; needs a C compiler.
"""
import argparse
import collections
import ctypes
import json
import os
import random
import subprocess
import tempfile
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import data
import features

HERE = os.path.dirname(os.path.abspath(__file__))
SRC = os.path.join(HERE, "..", "src")
FEATURES, BITS, HIDDEN, CLASSES = 31, 15, 32, 3


def library():
    out = os.path.join(tempfile.mkdtemp(prefix="split-"), "split.so")
    files = [os.path.join(HERE, "split_lib.c")] + [os.path.join(SRC, x) for x in ("lang/lang_split.c", "lang/lang_char.c", "base/utf8.c")]
    subprocess.check_call(["cc", "-O2", "-std=c17", "-D_GNU_SOURCE", "-shared", "-fPIC", "-I", SRC, "-o", out] + files + ["-lutf8proc"])
    lib = ctypes.CDLL(out)
    lib.split_all.restype = ctypes.c_int64
    lib.split_all.argtypes = [ctypes.c_char_p, ctypes.c_int64] + [ctypes.c_void_p] * 3 + [ctypes.c_int64]
    return lib


LIB = None


def candidates(text):
    """(byte offsets, kind of what follows: 0 text, 1 blank, 2 paragraph's end, features) of a text."""
    global LIB
    LIB = LIB or library()
    raw = text.encode("utf-8")
    at, blank = np.zeros(len(raw) + 1, np.int32), np.zeros(len(raw) + 1, np.uint8)
    feats = np.zeros((len(raw) + 1, FEATURES), np.uint32)
    n = LIB.split_all(raw, len(raw), at.ctypes.data, blank.ctypes.data, feats.ctypes.data, len(raw) + 1)
    return at[:n], blank[:n], feats[:n].astype(np.int32)


# --- texts with the ends of their tokens ---------------------------------------------------------------

def documents(sentences):
    out = []
    for s in sentences:
        if s.new_doc or not out:
            out.append([])
        out[-1].append(s)
    return out


def dress(form, mode, state):
    """A token as a newspaper prints it; the number of characters may change, its borders do not."""
    if mode == "plain":
        return form
    if form in ('"', "``", "''"):
        state["q"] = not state["q"]
        return "\u201c" if state["q"] else "\u201d"
    if form in ("--", "---"):
        return "\u2014"
    if form == "-" and state["blank"]:
        return "\u2013"
    if form == "...":
        return "\u2026" if mode == "dots" else form
    return form.replace("'", "\u2019")


def render(doc, mode, rng, run=0.0):
    """(text, ends of tokens, ends of sentences) in bytes; `run`: how often a paragraph's break is shown as a blank."""
    out, at, tokens, ends = [], 0, set(), set()
    state = {"q": False, "blank": True}

    def put(x):
        nonlocal at
        out.append(x)
        at += len(x.encode("utf-8"))

    for k, s in enumerate(doc):
        if k:
            if s.new_par and not (rng.random() < run and out[-1][-1:] in ".!?\"\u201d"):
                put("\n\n")
                state["q"] = False
            elif space:
                put(" ")
        for form, space, _, _ in s.surface():
            put(dress(form, mode, state))
            tokens.add(at)
            state["blank"] = space
            last = at
            if space:
                put(" ")
        if space:
            out.pop()
            at -= 1
        ends.add(last)
    return "".join(out), tokens, ends


def examples(docs, mode, rng, run=0.0):
    xs, ys, bs = [], [], []
    for d in docs:
        text, tokens, ends = render(d, mode, rng, run)
        at, blank, feats = candidates(text)
        y = np.array([2 if a in ends else 1 if a in tokens else 0 for a in at.tolist()], np.int64)
        keep = blank < 2
        xs.append(feats[keep])
        ys.append(y[keep])
        bs.append(blank[keep])
    return np.concatenate(xs), np.concatenate(ys), np.concatenate(bs)


class Splitter(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.EmbeddingBag(1 << BITS, HIDDEN, mode="sum")
        nn.init.normal_(self.table.weight, std=0.05)
        self.bias = nn.Parameter(torch.zeros(HIDDEN))
        self.out = nn.Linear(HIDDEN, CLASSES)

    def forward(self, x, drop=0.0):
        w = None
        if drop:
            w = (torch.rand(x.shape) >= drop).float() / (1 - drop)
        h = self.table(x, per_sample_weights=w) + self.bias
        return self.out(F.relu(F.dropout(h, drop, self.training)))

    def rounded(self):
        """The same with 8-bit vectors, one scale for all: what export.py writes."""
        s = self.table.weight.detach().abs().max() / 127
        self.table.weight.data = torch.round(self.table.weight.data / s) * s
        return self


def decide(scores, blank):
    """Class of each candidate: at a blank a token ends in any case, at a paragraph's end a sentence too."""
    s = scores.clone()
    s[torch.from_numpy(blank == 1), 0] = -1e9
    y = s.argmax(1).numpy()
    y[blank == 2] = 2
    return y


def ends_of(ats, ys):
    """Ends of tokens and of sentences from the classes of candidates."""
    return [a for a, y in zip(ats, ys) if y], [a for a, y in zip(ats, ys) if y == 2]


def evaluate(model, docs, mode="plain", errors=0):
    model.eval()
    good, count = collections.Counter(), collections.Counter()
    shown = []
    for d in docs:
        text, tokens, ends = render(d, mode, random.Random(1))
        at, blank, feats = candidates(text)
        with torch.no_grad():
            y = decide(model(torch.from_numpy(feats)), blank)
        t, e = ends_of(at.tolist(), y.tolist())
        for name, gold, got in (("tokens", sorted(tokens), t), ("sentences", sorted(ends), e)):
            g = set(zip([0] + gold[:-1], gold))
            s = set(zip([0] + got[:-1], got))
            good[name] += len(g & s)
            count[name] += len(g) + len(s)
            if errors:
                raw = text.encode("utf-8")
                for a in sorted(set(gold) ^ set(got)):
                    shown.append("%s %-7s %s|%s" % (name[:5], "missed" if a in set(gold) else "extra",
                                                   raw[max(0, a - 30):a].decode("utf-8", "ignore").replace("\n", "/"),
                                                   raw[a:a + 30].decode("utf-8", "ignore").replace("\n", "/")))
    model.train()
    if errors:
        random.Random(3).shuffle(shown)
        print("\n".join(sorted(shown[:errors])))
    return {k: 200.0 * good[k] / count[k] for k in good}


# --- contractions --------------------------------------------------------------------------------------

def contractions(sentences):
    """{"words": {lower-case token: [lengths of its parts] or [] for never}, "suffixes": [...]}: what the treebank cuts.

    A suffix is cut off any token that ends in it and is longer; "words" are the tokens that suffixes do not get right."""
    whole, cut = collections.Counter(), collections.defaultdict(collections.Counter)
    for s in sentences:
        for form, _, a, b in s.surface():
            low = features.lower(features.normalise(form))
            if a == b:
                whole[low] += 1
            else:
                parts = [len(features.normalise(w.form)) for w in s.words[a:b + 1]]
                if sum(parts) == len(low) and "".join(w.form for w in s.words[a:b + 1]).lower() == form.lower():
                    cut[low][tuple(parts)] += 1
    ends = collections.Counter()
    for low, c in cut.items():
        parts = c.most_common(1)[0][0]
        if len(parts) == 2:
            ends[low[parts[0]:]] += 1
    suffixes = []
    for e, n in ends.most_common():
        other = sum(1 for low in whole if low.endswith(e) and len(low) > len(e))
        if n >= 5 and e[0] in "'n" and "'" in e and n > 2 * other:
            suffixes.append(e)
    suffixes.sort(key=lambda x: (-len(x), x))
    if "'s" in suffixes and "'" not in suffixes:
        suffixes.append("'")

    def rule(low):
        for e in suffixes:
            if low.endswith(e) and len(low) > len(e) and (e != "'" or low[-2] == "s"):
                return (len(low) - len(e), len(e))
        return ()

    words = {}
    for low in sorted(set(cut) | set(whole)):
        n = sum(cut[low].values())
        best = cut[low].most_common(1)[0][0] if n > whole[low] else ()
        if best != rule(low) and n + whole[low] >= 2 and (n > whole[low] or whole[low] > 1) and "0" not in low:
            words[low] = list(best)
    return {"words": words, "suffixes": suffixes}


def train(a):
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    rng = random.Random(a.seed)
    gold, dev = data.read_conllu(a.gold), data.read_conllu(a.dev)
    docs, dev_docs = documents(gold), documents(dev)
    os.makedirs(a.out, exist_ok=True)
    with open(os.path.join(a.out, "mwt.json"), "w", encoding="utf-8") as f:
        m = contractions(gold)
        json.dump(m, f, ensure_ascii=False, indent=0)
    print("suffixes", m["suffixes"], "words", len(m["words"]), flush=True)
    sets = [examples(docs, "plain", rng), examples(docs, "plain", rng, 0.5), examples(docs, "curly", rng, 0.2), examples(docs, "dots", rng, 0.5)]
    x, y = np.concatenate([s[0] for s in sets]), np.concatenate([s[1] for s in sets])
    blank = np.concatenate([s[2] for s in sets])
    print("%d candidates, classes %s" % (len(y), np.bincount(y)), flush=True)
    model = Splitter()
    opt = torch.optim.Adam(model.parameters(), lr=a.lr)
    x, y, blank = torch.from_numpy(x), torch.from_numpy(y), torch.from_numpy(blank)
    steps, done, t0 = a.epochs * (len(y) // a.batch), 0, time.time()
    for epoch in range(a.epochs):
        order, mean = torch.randperm(len(y)), 0.0
        for k in range(len(y) // a.batch):
            pick = order[k * a.batch:(k + 1) * a.batch]
            for g in opt.param_groups:
                g["lr"] = a.lr * (1 - done / steps)
            s = model(x[pick], a.drop)
            s[:, 0] = s[:, 0].masked_fill(blank[pick] == 1, -30.0)
            loss = F.cross_entropy(s, y[pick])
            opt.zero_grad()
            loss.backward()
            opt.step()
            done += 1
            mean += loss.item()
        print("epoch %d  loss %.5f  dev %s  curly %s  ready in %.1f min" % (
            epoch + 1, mean / (len(y) // a.batch), evaluate(model, dev_docs), evaluate(model, dev_docs, "curly"),
            (time.time() - t0) / done * (steps - done) / 60), flush=True)
    print("8 bits:", evaluate(model.rounded(), dev_docs))
    torch.save(model.state_dict(), os.path.join(a.out, "splitter.pt"))


def load(folder):
    model = Splitter()
    model.load_state_dict(torch.load(os.path.join(folder, "splitter.pt"), weights_only=True))
    with open(os.path.join(folder, "mwt.json"), encoding="utf-8") as f:
        return model, json.load(f)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = p.add_subparsers(dest="what", required=True)
    t = sub.add_parser("train")
    t.add_argument("--gold", required=True)
    t.add_argument("--dev", required=True)
    t.add_argument("--out", required=True)
    t.add_argument("--epochs", type=int, default=6)
    t.add_argument("--seed", type=int, default=1)
    t.add_argument("--batch", type=int, default=512)
    t.add_argument("--lr", type=float, default=3e-3)
    t.add_argument("--drop", type=float, default=0.15)
    t.add_argument("--threads", type=int, default=1)
    e = sub.add_parser("eval")
    e.add_argument("--model", required=True)
    e.add_argument("--dev", required=True)
    e.add_argument("--errors", type=int, default=0)
    a = p.parse_args()
    if a.what == "train":
        train(a)
    else:
        print(evaluate(load(a.model)[0], documents(data.read_conllu(a.dev)), errors=a.errors))


if __name__ == "__main__":
    main()
