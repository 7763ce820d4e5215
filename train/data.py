"""The treebank as the trainers see it: sentences, names, lemma scripts and label inventories.

Shared by teacher.py (big encoder), silver.py (labels raw text) and the student's trainer, so that all of
them mean the same thing by a label.  Python 3 standard library only.

Shapes
  Word      one syntactic word; head is 0 for the root, else the number of a word (from 1).
  Sentence  words in order, plus the multiword tokens, which are kept aside as (first, last, form, space_after)
            with first and last counted from 1; name is a list of BIO tags, or None where the document carries
            no entity marks (such a sentence must give no loss on names).
  Labels    one list of strings per task; a label's index is its place in the list.

Lemma scripts.  A script is "CASE|STRIP|ADD" or "CASE|=WORD":
  CASE   l  lemma is in lower case          k  letters keep the case they have in the form
         t  first letter upper, rest lower  u  all upper
         n  as l, but commas are taken out of the form first (1,100 -> 1100)
  STRIP  how many characters (code points) to cut off the end of the form
  ADD    what to put there
  =WORD  the whole lemma, for forms that share no first letter with it (is -> be)
ADD and WORD are in lower case; CASE is applied to the form before STRIP and ADD (t: after).  The script of
a pair is the first that works in the order l, k, t, u; a pair that none gives ("k|=WORD" writes WORD as it
stands) is kept whole.

Feature bundles are the FEATS column as it stands ("_" when empty).
"""
import collections
import json
import re

NAME_TAGS = ["O"] + [p + "-" + t for t in ("person", "organization", "place", "other") for p in "BI"]
NAME_KIND = {"person": "person", "place": "place", "organization": "organization"}


class Word:
    __slots__ = ("form", "lemma", "upos", "xpos", "feats", "head", "deprel", "misc", "soft")

    def __init__(self, form, lemma="_", upos="X", xpos="_", feats="_", head=0, deprel="dep", misc="_"):
        self.form, self.lemma, self.upos, self.xpos = form, lemma, upos, xpos
        self.feats, self.head, self.deprel, self.misc = feats, head, deprel, misc
        self.soft = None               # read_soft

    def get(self, key):
        """The value of KEY=... in MISC, "" when it is not there."""
        for part in self.misc.split("|"):
            if part.startswith(key + "="):
                return part[len(key) + 1:]
        return ""

    @property
    def space_after(self):
        return "SpaceAfter=No" not in self.misc


class Sentence:
    __slots__ = ("doc", "text", "words", "mwts", "name", "new_doc", "new_par")

    def __init__(self, doc="", text=""):
        self.doc, self.text, self.words, self.mwts, self.name = doc, text, [], [], None
        self.new_doc = self.new_par = False

    def __len__(self):
        return len(self.words)

    def surface(self):
        """The sentence's tokens as written: (form, space_after, first word, last word), words from 0."""
        first = {m[0] - 1: m for m in self.mwts}
        out, i = [], 0
        while i < len(self.words):
            if i in first:
                a, b, form, space = first[i]
                out.append((form, space, a - 1, b - 1))
                i = b
            else:
                out.append((self.words[i].form, self.words[i].space_after, i, i))
                i += 1
        return out


def read_conllu(path):
    """All sentences of a CoNLL-U file; empty nodes are skipped; names are read from Entity= or Name= marks."""
    out, cur, doc, new_doc, new_par = [], None, "", False, False
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if not line:
                if cur is not None and cur.words:
                    out.append(cur)
                cur = None
                continue
            if line[0] == "#":
                if line.startswith("# newdoc"):
                    doc, new_doc = line.split("=")[-1].strip(), True
                elif line.startswith("# newpar"):
                    new_par = True
                elif line.startswith("# text ="):
                    cur = cur or Sentence(doc)
                    cur.text = line[8:].strip()
                continue
            if cur is None:
                cur = Sentence(doc)
            if new_doc or new_par:
                cur.new_doc, cur.new_par, new_doc, new_par = cur.new_doc or new_doc, True, False, False
            c = line.split("\t")
            cur.doc = doc
            if "." in c[0]:
                continue
            if "-" in c[0]:
                a, b = c[0].split("-")
                cur.mwts.append((int(a), int(b), c[1], "SpaceAfter=No" not in c[9]))
            else:
                cur.words.append(Word(c[1], c[2], c[3], c[4], c[5], int(c[6]), c[7], c[9]))
    if cur is not None and cur.words:
        out.append(cur)
    marked = {s.doc for s in out if any("Entity=" in w.misc for w in s.words)}
    for s in out:
        if s.doc in marked:
            s.name = name_tags(s)
        elif any("Name=" in w.misc for w in s.words) or s.doc.startswith("silver"):
            s.name = [w.get("Name") or "O" for w in s.words]
    return out


def read_soft(sentences):
    """Keeps, of each silver word's MISC, the teachers' second choices: {"Arc": (head, share), "Rel": (label, share), "Tag", "Name"}.

    The share is that of the second choice in the mass of both; a choice without a second one is missing."""
    for s in sentences:
        for w in s.words:
            m = dict(x.split("=", 1) for x in w.misc.split("|") if "=" in x)
            soft = {}
            for key in ("Arc", "Rel", "Tag", "Name"):
                alt = m.get(key + "Alt")
                if alt:
                    what, p = alt.rsplit(":", 1)
                    p = float(p)
                    soft[key] = (int(what) if key == "Arc" else what, p / (p + float(m.get(key + "P", 1 - p))))
            w.soft = soft or None
            w.misc = "SpaceAfter=No" if "SpaceAfter=No" in m.get("SpaceAfter", "") or "SpaceAfter=No" in w.misc else "_"


# --- names ---------------------------------------------------------------------------------------------

def entity_spans(s):
    """(first, last, type, heads) of each Entity= span that opens and closes in the sentence, words from 0."""
    opened, out = collections.defaultdict(list), []
    for i, w in enumerate(s.words):
        for m in re.finditer(r"\(([^()]+)(\))?|([^()]+)\)", w.get("Entity")):
            if m.group(1):
                f = m.group(1).split("-")
                key = f[0]
                head = next((x for x in f[4:7] if re.fullmatch(r"[\d,]+", x)), "")
                opened[key].append((i, f[1] if len(f) > 1 else "", head))
                if not m.group(2):
                    continue
            else:
                key = m.group(3).split("-")[0]
            if opened[key]:
                b, kind, head = opened[key].pop()
                heads = [b + int(x) - 1 for x in head.split(",") if x] if head else \
                    [k for k in range(b, i + 1) if not b <= s.words[k].head - 1 <= i]
                out.append((b, i, kind, heads))
    return out


def name_tags(s):
    """BIO tags from entity spans: a name is a longest run of proper nouns that holds a span's head.

    Two runs with "of" or "of the" between them are one name where an organization's span holds both.  The
    type is that of the smallest such span (person, place, organization, else other); times are no names.
    """
    sp, runs, w = entity_spans(s), [], s.words
    i = 0
    while i < len(w):
        j = i
        while j < len(w) and w[j].upos == "PROPN":
            j += 1
        if j > i:
            runs.append([i, j - 1])
        i = max(j, i + 1)
    k = 0
    while k + 1 < len(runs):
        a, b = runs[k], runs[k + 1]
        between = [w[x].form.lower() for x in range(a[1] + 1, b[0])]
        if between in (["of"], ["of", "the"]) and any(
                x[0] <= a[0] and b[1] <= x[1] and x[2] == "organization" and any(a[0] <= h <= a[1] for h in x[3])
                for x in sp):
            runs[k:k + 2] = [[a[0], b[1]]]
        else:
            k += 1
    tags = ["O"] * len(w)
    for a, b in runs:
        own = sorted((x[1] - x[0], x[2]) for x in sp if any(a <= h <= b for h in x[3]))
        if own and own[0][1] != "time":
            kind = NAME_KIND.get(own[0][1], "other")
            tags[a] = "B-" + kind
            tags[a + 1:b + 1] = ["I-" + kind] * (b - a)
    return tags


def name_spans(tags):
    """{(first, last, type)} of a BIO sequence; an I- that continues nothing opens a name of its own."""
    out, prev = [], None
    for i, t in enumerate(tags):
        if t[0] == "I" and prev == t[2:]:
            out[-1] = (out[-1][0], i, t[2:])
        elif t != "O":
            out.append((i, i, t[2:]))
        prev = t[2:] if t != "O" else None
    return set(out)


def name_runs(upos, p, labels):
    """BIO tags from probabilities of name tags [W, n]: each run of proper nouns is one name or none, two runs are one where
    the model reads on across up to two words between them; the type has the largest mean (twin of src/lang/lang_names.c)."""
    tags, n, i = ["O"] * len(upos), len(upos), 0
    kinds = [t[2:] for t in labels]
    inside = [k for k, t in enumerate(labels) if t[0] == "I"]
    while i < n:
        if upos[i] != "PROPN":
            i += 1
            continue
        rows, end = [], i
        while True:
            while end < n and upos[end] == "PROPN":
                rows.append(p[end])
                end += 1
            k = end
            while k < n and k - end < 2 and upos[k] != "PROPN" and sum(p[k][j] for j in inside) > 0.5:
                k += 1
            if k == end or k >= n or upos[k] != "PROPN":
                break
            end = k
        mass = collections.defaultdict(float)
        for row in rows:
            for k, kind in enumerate(kinds):
                mass[kind] += row[k]
        best = max(("person", "organization", "place", "other"), key=lambda t: mass[t])
        if mass[best] > mass[""]:
            tags[i:end] = ["B-" + best] + ["I-" + best] * (end - i - 1)
        i = end
    return tags


# --- lemmas --------------------------------------------------------------------------------------------

def apply_script(form, script):
    """The lemma that a script makes of a form."""
    case, rest = script.split("|", 1)
    if rest.startswith("="):
        out = rest[1:]
        return {"l": out, "k": out, "t": out[:1].upper() + out[1:], "u": out.upper()}[case]
    strip, add = rest.split("|", 1)
    n = int(strip)
    if case == "n":
        form = form.replace(",", "").lower()
    elif case == "l":
        form = form.lower()
    elif case == "u":
        form, add = form.upper(), add.upper()
    out = (form[:len(form) - n] if n else form) + add
    return out[:1].upper() + out[1:].lower() if case == "t" else out


def lemma_script(form, lemma):
    """The script of a pair (see the top of this file)."""
    if "," in form and form.replace(",", "").lower() == lemma and lemma:
        return "n|0|"
    low, goal = form.lower(), lemma.lower()
    p = 0
    while p < min(len(low), len(goal)) and low[p] == goal[p]:
        p += 1
    body = "=" + goal if p == 0 else "%d|%s" % (len(low) - p, goal[p:])
    for case in "lktu":
        if apply_script(form, case + "|" + body) == lemma:
            return case + "|" + body
    return "k|=" + lemma


# --- inventories ---------------------------------------------------------------------------------------

class Labels:
    """Label lists by task: upos, xpos, feats, lemma, deprel, name.  Rare lemma scripts are left out."""
    TASKS = ("upos", "xpos", "feats", "lemma", "deprel", "name")

    def __init__(self, lists):
        self.lists = lists
        self.index = {t: {x: i for i, x in enumerate(v)} for t, v in lists.items()}

    @classmethod
    def build(cls, sentences, min_feats=2, min_lemma=2):
        count = {t: collections.Counter() for t in cls.TASKS}
        for s in sentences:
            for w in s.words:
                count["upos"][w.upos] += 1
                count["xpos"][w.xpos] += 1
                count["feats"][w.feats] += 1
                count["deprel"][w.deprel] += 1
                count["lemma"][lemma_script(w.form, w.lemma)] += 1
        low = {"feats": min_feats, "lemma": min_lemma}
        lists = {t: sorted(x for x, n in count[t].items() if n >= low.get(t, 1)) for t in cls.TASKS if t != "name"}
        lists["lemma"].sort(key=lambda x: (x != "l|0|", x))     # index 0: the form in lower case
        lists["name"] = list(NAME_TAGS)
        return cls(lists)

    def save(self, path):
        with open(path, "w", encoding="utf-8") as f:
            json.dump(self.lists, f, ensure_ascii=False, indent=0)

    @classmethod
    def load(cls, path):
        with open(path, encoding="utf-8") as f:
            return cls(json.load(f))

    def __getitem__(self, task):
        return self.lists[task]

    def id(self, task, label):
        """Index of a label; -100 (PyTorch's "no loss here") when it is not in the inventory."""
        return self.index[task].get(label, -100)


def write_sentence(s, out, comments=()):
    """Write one sentence as CoNLL-U; SpaceAfter of words inside a multiword token must not be set."""
    for c in comments:
        out.write("# %s\n" % c)
    out.write("# text = %s\n" % s.text)
    mwt = {m[0]: m for m in s.mwts}
    for i, w in enumerate(s.words, 1):
        if i in mwt:
            a, b, form, space = mwt[i]
            out.write("%d-%d\t%s%s%s\n" % (a, b, form, "\t_" * 7, "\t_" if space else "\tSpaceAfter=No"))
        out.write("%d\t%s\t%s\t%s\t%s\t%s\t%d\t%s\t_\t%s\n" %
                  (i, w.form, w.lemma, w.upos, w.xpos, w.feats, w.head, w.deprel, w.misc))
    out.write("\n")
