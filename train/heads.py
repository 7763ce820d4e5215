"""What small and large model have in common: 8-bit arithmetic, simulated, and the heads that the C engine runs.

A model's encoder gives one row a word, the sentences of a batch one after the other.  `Heads` makes of them: vectors of arcs
and labels, scores of tags.  Arcs are bilinear with a bias by distance, the root a learnt vector; the label of an arc comes
from the rectified sum of two vectors (src/lang/lang.c runs the same).

A batch (dict of tensors) tells where rows stand: start [sentences + 1]; pad [sentences, longest], the row of each word, the
number of rows where there is none; begin [rows], the first row of the word's sentence; head [rows], 0 = root, else the number
of a word of the sentence, from 1.
"""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

DIST = 32                       # arcs carry a bias by signed distance, cut at this


def quant_rows(x):
    """Each row to 8 bits by its largest absolute value, and back; gradients pass straight through."""
    s = x.detach().abs().amax(-1, keepdim=True).clamp_min(1e-12) / 127
    return x + (torch.round(x.detach() / s) * s - x.detach())


class Matrix(nn.Linear):
    quant = False

    def forward(self, x):
        if Matrix.quant:
            return F.linear(quant_rows(x), quant_rows(self.weight), self.bias)
        return super().forward(x)


class Heads(nn.Module):
    """d: width of a word's row; sizes: number of labels of upos, feats, lemma, name and deprel."""
    TAGS = ("upos", "feats", "lemma", "name")

    def __init__(self, d, sizes, arc=128, lab=128, tag=160, drop=0.25):
        super().__init__()
        self.sizes, self.drop = [sizes[t] for t in self.TAGS], drop
        self.parts = [arc, arc, lab, lab, tag]
        self.top = Matrix(d, sum(self.parts))
        self.arc = Matrix(arc, arc)
        self.arc_head = nn.Parameter(torch.zeros(arc))
        self.root_arc = nn.Parameter(torch.randn(arc) * 0.1)
        self.root_lab = nn.Parameter(torch.zeros(lab))
        self.dist = nn.Parameter(torch.zeros(2 * DIST + 1))
        self.rel = Matrix(lab, sizes["deprel"])
        self.tags = Matrix(tag, sum(self.sizes))

    def forward(self, x):
        """(dep, head, label of dep, label of head, tag) vectors of the rows."""
        dep, head, ld, lh, tag = self.top(x).split(self.parts, 1)
        p = self.drop if self.training else 0.0
        dep, head = F.dropout(F.relu(dep), p, self.training), F.dropout(F.relu(head), p, self.training)
        tag = F.dropout(F.relu(tag), p, self.training)
        dep = self.arc(dep) + self.arc_head
        if Matrix.quant:
            dep, head = quant_rows(dep), quant_rows(head)
        return dep, head, ld, lh, tag

    def tag_scores(self, tag):
        return dict(zip(self.TAGS, self.tags(tag).float().split(self.sizes, 1)))

    def arc_scores(self, dep, head, b):
        """[sentences, longest, 1 + longest]; column 0 is the root, a word is never its own head."""
        pad = b["pad"]
        zero = dep.new_zeros(1, dep.shape[1])
        d, h = torch.cat([dep, zero])[pad], torch.cat([head, zero])[pad]
        root = self.root_arc.to(h.dtype).expand(len(pad), 1, -1)
        if Matrix.quant:
            root = quant_rows(root)
        s = torch.bmm(d, torch.cat([root, h], 1).transpose(1, 2)).float()
        n = pad.shape[1]
        i = torch.arange(n, device=s.device)
        off = (i[None, :] - i[:, None]).clamp(-DIST, DIST) + DIST
        s = s + F.pad(self.dist[off], (1, 0))
        own = F.pad(torch.eye(n, dtype=torch.bool, device=s.device), (1, 0))
        return s.masked_fill(F.pad(pad == len(dep), (1, 0)).unsqueeze(1) | own, -1e9)

    def rel_scores(self, ld, lh, heads, b):
        """Labels of the words whose heads are given as in a batch; no label is taken from the words that have none (-100)."""
        at = torch.where(heads <= 0, torch.full_like(heads, len(lh)), b["begin"] + heads - 1)
        h = torch.cat([lh, self.root_lab.to(lh.dtype).unsqueeze(0)])[at]
        return self.rel(F.dropout(F.relu(ld + h), self.drop if self.training else 0.0, self.training)).float()


SOFT = ("head", "deprel", "upos", "name")       # targets that may have a second choice, in the order of the columns below


def second_choices(words, labels):
    """(second choice, its share of the target), each [words, 4], of words with data.read_soft; -100 and 0 where there is none."""
    second, share = np.full((len(words), 4), -100, np.int64), np.zeros((len(words), 4), np.float32)
    for i, w in enumerate(words):
        for k, key in enumerate(("Arc", "Rel", "Tag", "Name") if w.soft else ()):
            if key in w.soft:
                what, part = w.soft[key]
                got = what if key == "Arc" else labels.id(SOFT[k], what)
                if got >= 0:
                    second[i, k], share[i, k] = got, part
    return second, share


def soft_cross_entropy(scores, target, second, share):
    """Cross entropy of each row; where there is a second choice, it gets its share of the target.  Rows with target -100 give 0."""
    ce = F.cross_entropy(scores, target, ignore_index=-100, reduction="none")
    some = ((share > 0) & (target >= 0)).nonzero().squeeze(1)
    other = F.cross_entropy(scores[some], second[some], reduction="none")
    return ce.index_add(0, some, share[some] * (other - ce[some]))


def word_rows(b, scores):
    """[rows, ...] of [sentences, longest, ...]."""
    return scores.reshape(-1, scores.shape[-1])[(b["pad"] < len(b["begin"])).reshape(-1)]


def places(lens):
    """start, pad, begin of sentences of these lengths, as numpy arrays."""
    lens = np.asarray(lens)
    start = np.zeros(len(lens) + 1, np.int64)
    start[1:] = np.cumsum(lens)
    pad = np.full((len(lens), int(lens.max())), int(start[-1]), np.int64)
    pad[np.arange(pad.shape[1])[None, :] < lens[:, None]] = np.arange(int(start[-1]))
    return {"start": start, "pad": pad, "begin": np.repeat(start[:-1], lens)}
