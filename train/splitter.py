#!/usr/bin/env python3
"""The splitter: where tokens and sentences end, learnt from the treebank's texts.

  splitter.py train --gold en-train.conllu --dev en-dev.conllu --out DIR [--raw raw.jsonl.xz] [--epochs 16] [--seed 1]
  splitter.py eval  --model DIR --dev en-dev.conllu [--errors N]

Features are taken by the engine's own C (src/lang/lang_split.c, built here into a shared library).  Each feature
has a vector of HIDDEN numbers; their sum goes through a rectifier, then through a gated recurrence that runs over the
candidates of the text from both sides (WIDTH numbers each, the student's minimal gated unit), and one matrix decides
between inside, token end and sentence end.  Each epoch shows every text once, in a dress drawn anew (train/dress.py).
DIR gets splitter.pt and mwt.json (how contractions are cut: counted, not trained), and after each epoch checkpoint.pt, from which a training that
was broken off goes on.  Seeded; needs a C compiler.
"""
import argparse
import collections
import ctypes
import json
import lzma
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
import dress
import features
import heads
import rawtext
import student

HERE = os.path.dirname(os.path.abspath(__file__))
SRC = os.path.join(HERE, "..", "src")
FEATURES, BITS, HIDDEN, WIDTH, CLASSES = 37, 15, 64, 64, 3


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


# --- texts as rows -------------------------------------------------------------------------------------

class Rows:
    """Candidates of texts one after the other: features, class (-1: none to learn, a paragraph ends), blank, begin of each text."""

    def __init__(self):
        self.x, self.y, self.blank, self.start = [], [], [], [0]

    def add(self, text, tokens, ends):
        at, blank, feats = candidates(text)
        y = np.array([2 if a in ends else 1 if a in tokens else 0 for a in at.tolist()], np.int64)
        y[blank == 2] = -1
        self.x.append(feats)
        self.y.append(y)
        self.blank.append(blank)
        self.start.append(self.start[-1] + len(y))

    def arrays(self):
        return np.concatenate(self.x), np.concatenate(self.y), np.concatenate(self.blank), np.array(self.start)


def batches(start, rows, rng, longest=2000):
    """Texts in a drawn order, about `rows` candidates each: (index of each row, where sequences begin in the batch).

    Texts are cut and joined at random, so that the recurrence meets every length of what came before and of what follows."""
    order = list(range(len(start) - 1))
    rng.shuffle(order)
    out, parts, cuts, n = [], [], [0], 0
    for k in order:
        a, end = int(start[k]), int(start[k + 1])
        while a < end:
            b = min(end, a + rng.randrange(40, longest))
            parts.append(np.arange(a, b))
            n += b - a
            if b < end or rng.random() < 0.5:
                cuts.append(n)
            a = b
        if n >= rows:
            if cuts[-1] != n:
                cuts.append(n)
            out.append((np.concatenate(parts), np.array(cuts)))
            parts, cuts, n = [], [0], 0
    return out


class Splitter(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.EmbeddingBag(1 << BITS, HIDDEN, mode="sum")
        nn.init.normal_(self.table.weight, std=0.05)
        self.bias = nn.Parameter(torch.zeros(HIDDEN))
        self.layer = heads.Matrix(HIDDEN, 4 * WIDTH)
        with torch.no_grad():
            self.layer.bias[:2 * WIDTH].uniform_(-3.0, 1.0)
        self.out = heads.Matrix(HIDDEN + 2 * WIDTH, CLASSES)

    def forward(self, x, start, drop=0.0):
        w = None
        if drop:
            w = (torch.rand(x.shape) >= drop).float() / (1 - drop)
        h = F.dropout(F.relu(self.table(x, per_sample_weights=w) + self.bias), drop, self.training)
        u = self.layer(h)
        y = student.Scan.apply(torch.sigmoid(u[:, :2 * WIDTH]), torch.tanh(u[:, 2 * WIDTH:]), start)
        return self.out(torch.cat([h, F.dropout(y, drop, self.training)], 1))

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


def scores_of(model, feats):
    """Of a whole text at once; the engine works in windows that see 64 candidates ahead, which changes next to nothing."""
    with torch.no_grad():
        return model(torch.from_numpy(feats), torch.tensor([0, len(feats)]))


def ends_of(ats, ys):
    """Ends of tokens and of sentences from the classes of candidates."""
    return [a for a, y in zip(ats, ys) if y], [a for a, y in zip(ats, ys) if y == 2]


def evaluate(model, docs, how=dress.PLAIN, errors=0, by=None):
    """F1 of tokens and sentences over all documents as one text; `by` names the group of a document."""
    model.eval()
    parts = [dress.render(d, how, random.Random(1)) for d in docs]
    text, tokens, ends, at, kind = "", set(), set(), 0, []
    for d, (t, tok, end) in zip(docs, parts):
        tokens |= {at + x for x in tok}
        ends |= {at + x for x in end}
        at += len((t + "\n\n").encode("utf-8"))
        text += t + "\n\n"
        kind.append((at, by(d) if by else "all"))
    at, blank, feats = candidates(text)
    s = scores_of(model, feats)
    t, e = ends_of(at.tolist(), decide(s, blank).tolist())
    good, count, k = collections.Counter(), collections.Counter(), 0
    for name, gold, got in (("tokens", sorted(tokens), t), ("sentences", sorted(ends), e)):
        g = set(zip([0] + gold[:-1], gold))
        s = set(zip([0] + got[:-1], got))
        for some, c, n in ((g & s, good, 1), (g, count, 1), (s, count, 1)):
            k = 0
            for x in sorted(some):
                while x[1] > kind[k][0]:
                    k += 1
                c[kind[k][1], name] += n
    model.train()
    if errors:
        raw, shown = text.encode("utf-8"), []
        for name, gold, got in (("tokens", tokens, set(t)), ("sentences", ends, set(e))):
            for a in sorted(gold ^ got):
                shown.append("%s %-7s %s|%s" % (name[:5], "missed" if a in gold else "extra",
                                               raw[max(0, a - 30):a].decode("utf-8", "ignore").replace("\n", "/"),
                                               raw[a:a + 30].decode("utf-8", "ignore").replace("\n", "/")))
        random.Random(3).shuffle(shown)
        print("\n".join(sorted(shown[:errors])))
    return {k if by else k[1]: round(200.0 * good[k] / count[k], 2) for k in sorted(count)}


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


SHARE = {"wikinews": 0.5, "wikipedia": 0.2, "Wikipedia (GAP)": 0.1, "US presidents": 0.02}   # of the texts of a source that an epoch shows


def rule_cut(path):
    """(source, its documents) of raw.jsonl.xz, cut by rules."""
    groups, speeches = {}, 0
    for line in lzma.open(path, "rt", encoding="utf-8"):
        j = json.loads(line)
        group = groups.setdefault(j["source"], [])
        if j["source"].startswith("US"):         # far more of them than an epoch shows
            speeches += 1
            if speeches % 4 != 1:
                continue
        s = rawtext.sentences(j["text"])
        if s:
            s[0].new_doc = True
            group.append(s)
    return sorted(groups.items())


def train(a):
    torch.manual_seed(a.seed)
    student.LIB = student.build_scan()
    torch.set_num_threads(a.threads)
    rng = random.Random(a.seed)
    gold, dev = data.read_conllu(a.gold), data.read_conllu(a.dev)
    docs, dev_docs = dress.documents(gold), dress.documents(dev)
    os.makedirs(a.out, exist_ok=True)
    with open(os.path.join(a.out, "mwt.json"), "w", encoding="utf-8") as f:
        m = contractions(gold)
        json.dump(m, f, ensure_ascii=False, indent=0)
    print("suffixes", m["suffixes"], "words", len(m["words"]), flush=True)
    model, raw = Splitter(), []
    if a.raw:
        for name, part in rule_cut(a.raw):
            raw.append((part, SHARE.get(name, 0.0)))
            print("%s: %d texts" % (name, len(part)), flush=True)
    opt = torch.optim.Adam(model.parameters(), lr=a.lr, betas=(0.9, 0.99))
    smooth = {k: v.clone() for k, v in model.state_dict().items()}
    done, begun, kept = 0, 0, os.path.join(a.out, "checkpoint.pt")
    if os.path.exists(kept):
        c = torch.load(kept, weights_only=False)
        model.load_state_dict(c["model"])
        opt.load_state_dict(c["opt"])
        smooth, done, begun = c["smooth"], c["done"], c["epoch"]
        rng.setstate(c["rng"])
        torch.set_rng_state(c["torch_rng"])
        print("goes on after epoch %d" % begun, flush=True)
    t0, told = time.time(), time.time()
    for epoch in range(begun, a.epochs):
        rows = Rows()
        for d in docs:
            rows.add(*dress.render(d, dress.draw(rng), rng))
        for part, share in raw:
            for d in rng.sample(part, int(share * len(part))):
                rows.add(*dress.render(d, dress.draw(rng), rng))
        x, y, blank, start = rows.arrays()
        x, y, blank = torch.from_numpy(x), torch.from_numpy(y), torch.from_numpy(blank)
        todo, mean = batches(start, a.batch, rng), 0.0
        for at, (pick, cuts) in enumerate(todo):
            rate = (epoch + at / len(todo)) / a.epochs
            for g in opt.param_groups:
                g["lr"] = a.lr * min(1.0, done / 50) * (1 - rate)
            pick = torch.from_numpy(pick)
            s = model(x[pick], torch.from_numpy(cuts), a.drop)
            s = torch.cat([s[:, :1].masked_fill((blank[pick] == 1)[:, None], -30.0), s[:, 1:]], 1)
            loss = F.cross_entropy(s, y[pick], ignore_index=-1)
            opt.zero_grad()
            loss.backward()
            opt.step()
            done += 1
            with torch.no_grad():
                for k, v in model.state_dict().items():
                    smooth[k].lerp_(v, 1 - a.smooth if done > 100 else 1.0)
            mean += loss.item()
            if time.time() - told > 30:
                told, share = time.time(), epoch - begun + (at + 1) / len(todo)
                print("epoch %d  %d/%d steps, ready in %.1f min" % (epoch + 1, at + 1, len(todo), (told - t0) / share * (a.epochs - begun - share) / 60), flush=True)
        torch.save({"model": model.state_dict(), "opt": opt.state_dict(), "smooth": smooth, "done": done, "epoch": epoch + 1, "rng": rng.getstate(),
                    "torch_rng": torch.get_rng_state()}, kept + ".tmp")
        os.replace(kept + ".tmp", kept)
        print("epoch %d  %d rows, loss %.5f  dev %s  ready in %.1f min" % (
            epoch + 1, len(y), mean / len(todo), evaluate(model, dev_docs) if epoch % 4 == 3 else "-", (time.time() - t0) / (epoch + 1 - begun) * (a.epochs - epoch - 1) / 60), flush=True)
    model.load_state_dict(smooth)
    heads.Matrix.quant = True
    print("8 bits:", evaluate(model.rounded(), dev_docs), "curly", evaluate(model, dev_docs, dress.CURLY), "caps", evaluate(model, dev_docs, dress.UPPER))
    torch.save(model.state_dict(), os.path.join(a.out, "splitter.pt"))


def load(folder):
    student.LIB = student.LIB or student.build_scan()
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
    t.add_argument("--epochs", type=int, default=16)
    t.add_argument("--seed", type=int, default=1)
    t.add_argument("--batch", type=int, default=3000)
    t.add_argument("--lr", type=float, default=4e-3)
    t.add_argument("--drop", type=float, default=0.35)
    t.add_argument("--smooth", type=float, default=0.99, help="the weights kept are a running mean of those of the steps")
    t.add_argument("--raw", help="running text, cut by the rules of rawtext.py, as further training text")
    t.add_argument("--threads", type=int, default=1)
    e = sub.add_parser("eval")
    e.add_argument("--model", required=True)
    e.add_argument("--dev", required=True)
    e.add_argument("--errors", type=int, default=0)
    e.add_argument("--dress", default="plain", choices=("plain", "curly", "upper"))
    a = p.parse_args()
    if a.what == "train":
        train(a)
    else:
        heads.Matrix.quant = True
        genre = lambda d: d[0].doc.split("_")[1] if d[0].doc.startswith("GUM_") else d[0].doc.split("-")[0]
        model, docs = load(a.model)[0].rounded(), dress.documents(data.read_conllu(a.dev))
        for by in (genre, None):
            for k, v in evaluate(model, docs, {"plain": dress.PLAIN, "curly": dress.CURLY, "upper": dress.UPPER}[a.dress], a.errors, by=by).items():
                print(k, v)


if __name__ == "__main__":
    main()
