#!/usr/bin/env python3
"""What other programs read, held against ours by the same scorers on the same texts.

  peers_read.py --shared ../shared --tocsin build/tocsin [--corenlp FOLDER] [--only NAME,...] [--most N]

NAME         data                    peer                                       measure
quantities   NewsQuant, dev          quantulum3 without its classifier          value F1
dates        MEANTIME, WikiWars dev  Stanford CoreNLP: SUTime                   value F1
quotes       PolNeAR, dev            Stanford CoreNLP: quote annotator          who said what, direct quotations only (source and content)
coref        treebank, dev, GUM      Stanford CoreNLP: rules (dcoref)           mean of MUC, B3, CEAF-e
gap          GAP, dev                Stanford CoreNLP: rules (dcoref)           overall F1

FOLDER: the jars of Stanford CoreNLP and its models.  --most takes the first N documents of each set only: the rules need phrase structure
trees and are slow.  Both get the documents as score/to_input.py gives them.  Prints "NAME<TAB>data, measure<TAB>peer<TAB>its figure<TAB>ours", a line
each.  A peer that is not there is left out and said.  Needs: requirements-peers.txt.
"""
import argparse
import json
import lzma
import os
import subprocess
import sys
import tempfile

ALL = 1000000
PLAIN = "tokenize,ssplit,pos,lemma,ner"
ANNOTATORS = {"dates": PLAIN, "quotes": PLAIN + ",depparse,coref,quote", "coref": PLAIN + ",parse,dcoref", "gap": PLAIN + ",parse,dcoref"}


def records(path):
    with (lzma.open if path.endswith(".xz") else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write(path, items):
    with open(path, "w", encoding="utf-8") as out:
        for item in items:
            out.write(json.dumps(item, ensure_ascii=False) + "\n")


class Bench:
    def __init__(self, options, folder):
        self.options, self.folder, self.score = options, folder, os.path.join(options.shared, "score")

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, *command, stdin=None):
        return subprocess.run(command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False).stdout

    def scorer(self, program, *arguments):
        return self.run(sys.executable, os.path.join(self.score, program), *arguments)

    def inputs(self, gold):
        """The documents of a file of answers, without them."""
        return [json.loads(line) for line in self.scorer("to_input.py", gold).splitlines()]

    def ours(self, documents, kind=None):
        """Our readings, as a scorer's input when `kind` names one."""
        write(self.path("ours.in"), documents)
        with open(self.path("ours.read"), "w", encoding="utf-8") as out:
            subprocess.run([self.options.tocsin, "read", "--json", self.path("ours.in")], stdout=out, stderr=subprocess.DEVNULL, check=False)
        if not kind:
            return self.path("ours.read")
        with open(self.path("ours.read"), encoding="utf-8") as readings, open(self.path("ours.out"), "w", encoding="utf-8") as out:
            out.write(self.run(sys.executable, os.path.join(self.score, "from_reading.py"), kind, stdin=readings))
        return self.path("ours.out")

    def corenlp(self, name, documents):
        """(document, its annotation) for each that CoreNLP gave back."""
        folder = tempfile.mkdtemp(dir=self.folder)
        files = []
        with open(os.path.join(folder, "dates"), "w", encoding="utf-8") as dates:
            for i, d in enumerate(documents):
                files.append(os.path.join(folder, "%06d.txt" % i))
                with open(files[-1], "w", encoding="utf-8") as out:
                    out.write(d["text"])
                if d.get("date"):
                    dates.write("%06d.txt\t%s\n" % (i, d["date"][:10]))
        with open(os.path.join(folder, "files"), "w", encoding="utf-8") as out:
            out.write("\n".join(files) + "\n")
        settings = {"annotators": ANNOTATORS[name], "outputFormat": "json", "threads": "1", "outputDirectory": folder, "parse.maxlen": "100",
                    "coref.algorithm": "statistical", "coref.md.type": "dep", "ner.docdate.useMappingFile": os.path.join(folder, "dates"),
                    "ner.applyFineGrained": "false"}
        with open(os.path.join(folder, "settings"), "w", encoding="utf-8") as out:
            out.write("".join("%s = %s\n" % x for x in settings.items()))
        subprocess.run(["java", "-Xmx5g", "-cp", os.path.join(self.options.corenlp, "*"), "edu.stanford.nlp.pipeline.StanfordCoreNLP",
                        "-props", os.path.join(folder, "settings"), "-filelist", os.path.join(folder, "files")],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if not any(os.path.exists(path + ".json") for path in files):
            raise FileNotFoundError("CoreNLP gave nothing: are its jars and its models in %s?" % self.options.corenlp)
        for path, d in zip(files, documents):
            if os.path.exists(path + ".json"):
                with open(path + ".json", encoding="utf-8") as f:
                    yield d, json.load(f)


class Bytes:
    """CoreNLP counts UTF-16 units, the scorers bytes of UTF-8."""

    def __init__(self, text):
        self.at, n = [], 0
        for c in text:
            self.at += [n] * (2 if ord(c) > 0xFFFF else 1)
            n += len(c.encode("utf-8"))
        self.at.append(n)

    def span(self, begin, end):
        return [self.at[min(begin, len(self.at) - 1)], self.at[min(end, len(self.at) - 1)]]


def field(out, prefix, n):
    """The n-th word behind the prefix of the first line that begins with it."""
    for line in out.splitlines():
        if line.startswith(prefix):
            return line[len(prefix):].split()[n - 1]
    return "?"


def after(out, prefix, key):
    """The word behind `key` in that line."""
    for line in out.splitlines():
        words = line.replace("(", " ").replace(",", " ").split()
        if line.startswith(prefix) and key in words:
            return words[words.index(key) + 1]
    return "?"


def subset(bench, gold):
    """(path, inputs) of the first documents of a set."""
    items = records(gold)[:bench.options.most]
    path = bench.path("gold.jsonl")
    write(path, items)
    return path, bench.inputs(path)


def quantities(bench):
    import quantulum3.classifier
    from quantulum3 import parser
    quantulum3.classifier.USE_CLF = False
    gold, documents = subset(bench, os.path.join(bench.options.shared, "quantities/newsquant-dev.jsonl"))
    system = []
    for d in documents:
        found = []
        for q in parser.parse(d["text"]):
            entry = {"value": q.value} if not q.uncertainty else {"range": [q.value - q.uncertainty, q.value + q.uncertainty]}
            entry.update(change="=", unit=q.unit.name or "-", norm_unit=q.unit.name or "-", concept=[])
            found.append(entry)
        system.append({"id": d["id"], "quantities": found})
    write(bench.path("peer"), system)
    peer = field(bench.scorer("score_quantities.py", gold, bench.path("peer")), "value ", 3)
    ours = field(bench.scorer("score_quantities.py", gold, bench.ours(documents, "quantities")), "value ", 3)
    yield "NewsQuant dev, value F1", "quantulum3 without its classifier", peer, ours


def dates(bench):
    for part in ("meantime", "wikiwars"):
        gold, documents = subset(bench, os.path.join(bench.options.shared, "dates/%s-dev.jsonl" % part))
        system = []
        for d, annotation in bench.corenlp("dates", documents):
            span, found = Bytes(d["text"]), {}
            for s in annotation["sentences"]:
                for m in s["entitymentions"]:
                    if m.get("timex"):
                        b, e = span.span(m["characterOffsetBegin"], m["characterOffsetEnd"])
                        found[b, e] = {"b": b, "e": e, "type": m["timex"].get("type"), "value": m["timex"].get("value") or m["timex"].get("altValue")}
            system.append({"id": d["id"], "timex": list(found.values())})
        write(bench.path("peer"), system)
        peer = after(bench.scorer("score_dates.py", gold, bench.path("peer")), "value F1", "F1")
        ours = after(bench.scorer("score_dates.py", gold, bench.ours(documents, "dates")), "value F1", "F1")
        yield "%s dev, value F1" % part, "CoreNLP, SUTime", peer, ours


def quotes(bench):
    sys.path.insert(0, bench.score)
    import score_attribution

    def direct(record, text):
        doc = score_attribution.Doc(text)
        return [a for a in record["attributions"] if score_attribution.Att(doc, a, record["id"], None).kind == "direct"]

    items = records(os.path.join(bench.options.shared, "attribution/dev.jsonl.xz"))[:bench.options.most]
    for r in items:
        r["attributions"] = direct(r, r["text"])
    texts = {r["id"]: r["text"] for r in items}
    gold = bench.path("gold.jsonl")
    write(gold, items)
    documents, system = bench.inputs(gold), []
    for d, annotation in bench.corenlp("quotes", documents):
        span, found = Bytes(d["text"]), []
        tokens = [t for s in annotation["sentences"] for t in s["tokens"]]
        for q in annotation.get("quotes") or []:
            source = []
            if q.get("mentionBegin", -1) >= 0 and q.get("mention") not in (None, "Unknown"):
                source = [span.span(tokens[q["mentionBegin"]]["characterOffsetBegin"], tokens[q["mentionEnd"]]["characterOffsetEnd"])]
            found.append({"source": source, "cue": [], "content": [span.span(q["beginIndex"], q["endIndex"])]})
        system.append({"id": d["id"], "attributions": found})
    write(bench.path("peer"), system)
    ours = records(bench.ours(documents, "attribution"))
    for r in ours:
        r["attributions"] = direct(r, texts[r["id"]])
    write(bench.path("ours"), ours)
    figures = [field(bench.scorer("score_attribution.py", gold, bench.path(x)), "attribution claim", 3) for x in ("peer", "ours")]
    yield "PolNeAR dev, direct quotations: who said what, F1", "CoreNLP, quote annotator", figures[0], figures[1]


def chains(annotation, span):
    """CoreNLP's chains as a reading's entities."""
    tokens = {s["index"]: s["tokens"] for s in annotation["sentences"]}
    entities = []
    for i, chain in enumerate(annotation["corefs"].values()):
        mentions = []
        for m in chain:
            of = tokens[m["sentNum"] - 1]
            mentions.append(span.span(of[m["startIndex"] - 1]["characterOffsetBegin"], of[m["endIndex"] - 2]["characterOffsetEnd"]))
        entities.append({"id": i, "mentions": mentions})
    return entities


def resolved(bench, name, documents):
    readings = [{"document": {"id": d["id"]}, "entities": chains(a, Bytes(d["text"]))} for d, a in bench.corenlp(name, documents)]
    write(bench.path("peer"), readings)
    return bench.path("peer")


def coref(bench):
    gold = os.path.join(bench.options.shared, "treebank/en-dev.conllu")
    documents = [json.loads(line) for line in bench.scorer("score_coref.py", gold, "--emit-input").splitlines()][:bench.options.most]
    ids, kept, keep = {d["id"] for d in documents}, [], False
    with open(gold, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc id"):
                keep = line.split("=", 1)[1].strip() in ids
            if keep:
                kept.append(line)
    with open(bench.path("gold.conllu"), "w", encoding="utf-8") as out:
        out.writelines(kept)
    figures = [after(bench.scorer("score_coref.py", bench.path("gold.conllu"), x), "mean", "F1")
               for x in (resolved(bench, "coref", documents), bench.ours(documents))]
    yield "treebank dev, GUM, mean of MUC, B3, CEAF-e", "CoreNLP, rules", figures[0], figures[1]


def gap(bench):
    gold, documents = subset(bench, os.path.join(bench.options.shared, "coref/gap-dev.jsonl"))
    figures = [after(bench.scorer("score_gap.py", gold, x), "overall", "F1") for x in (resolved(bench, "gap", documents), bench.ours(documents))]
    yield "GAP dev, overall F1", "CoreNLP, rules", figures[0], figures[1]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--shared", default="../shared")
    p.add_argument("--tocsin", default="build/tocsin")
    p.add_argument("--corenlp", help="a folder with the jars of CoreNLP")
    p.add_argument("--only", default="quantities,dates,quotes,coref,gap")
    p.add_argument("--most", type=int, default=ALL)
    options = p.parse_args()
    parts = {"quantities": quantities, "dates": dates, "quotes": quotes, "coref": coref, "gap": gap}
    for name in options.only.split(","):
        if name != "quantities" and not options.corenlp:
            print("peers_read.py: %s: CoreNLP is not there" % name, file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                for data, peer, theirs, ours in parts[name](Bench(options, folder)):
                    part = "" if options.most >= ALL else " (first %d)" % options.most
                    print("\t".join((name, data + part, peer, theirs, ours)), flush=True)
            except (ImportError, OSError) as e:
                print("peers_read.py: %s: %s" % (name, e), file=sys.stderr)


if __name__ == "__main__":
    main()
