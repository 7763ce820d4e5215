"""Texts in the dresses in which they are printed: what the splitter is shown.

A document (a list of data.Sentence) becomes running text with the ends of its tokens and sentences.  Drawn anew for each text and
epoch: curly or single quotation marks and long dashes, paragraphs run together, ALL CAPITALS, no capitals at all, full stops left out,
datelines before a paragraph, titles and initials in names, phrases with abbreviations and addresses.  Only the dress varies: where tokens and sentences end is the treebank's.
Python 3 standard library only.
"""
TITLES = ("Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "Sen.", "Rep.", "Gov.", "Gen.", "Lt. Gen.", "Maj. Gen.", "Brig. Gen.", "Lt.", "Lt. Col.", "Col.",
          "Maj.", "Capt.", "Sgt.", "Adm.", "Rev.", "Pres.", "St.", "President", "Prime Minister", "Secretary")
MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
DAYS = ("Mon.", "Tues.", "Wed.", "Thurs.", "Fri.", "Sat.", "Sun.")
AGENCIES = ("AP", "AFP", "Reuters", "UPI", "Xinhua", "TASS", "dpa", "Kyodo", "BBC", "CNN")
DASHES = ("\u2014", "\u2013", "--", "-")
CLOSING = ('"', "''", "\u201d", "\u2019", "'", ")", "]")


class Dress:
    """quotes: plain, curly, single, british (curly and single); run: how often a paragraph's break is a blank; letters: plain, upper, lower;
    stops: how often a final full stop is left out; news: how often a dateline, title, initial or phrase is put in; dots: ... as one sign."""

    def __init__(self, quotes="plain", run=0.0, letters="plain", stops=0.0, news=0.0, dots=False):
        self.quotes, self.run, self.letters, self.stops, self.news, self.dots = quotes, run, letters, stops, news, dots


PLAIN, CURLY, UPPER = Dress(), Dress("curly"), Dress(letters="upper")


def draw(rng):
    quotes = rng.choices(("plain", "curly", "single", "british"), (58, 32, 5, 5))[0]
    letters = rng.choices(("plain", "upper", "lower"), (92, 5, 3))[0]
    return Dress(quotes, rng.choice((0.0, 0.0, 0.3, 1.0)), letters, rng.choices((0.0, 0.3), (95, 5))[0],
                 rng.choices((0.0, 0.3), (75, 25))[0], rng.random() < 0.5)


def documents(sentences):
    out = []
    for s in sentences:
        if s.new_doc or not out:
            out.append([])
        out[-1].append(s)
    return out


def dateline(names, rng):
    """KYIV, Oct. 24 (Agency) --: tokens before the first sentence of a report."""
    out = [(w.upper() if rng.random() < 0.6 else w, True) for w in rng.choice(names).split()]
    if rng.random() < 0.5:
        out[-1] = (out[-1][0], False)
        out += [(",", True), (rng.choice(MONTHS), True), (str(rng.randrange(1, 32)), True)]
    if rng.random() < 0.7:
        out += [("(", False), (rng.choice(AGENCIES), False), (")", True)]
    return out + [(rng.choice(DASHES), True)]


def phrase(names, rng):
    """(tokens of a short phrase, does it end in an abbreviation whose stop is the sentence's too?)"""
    name, other = rng.choice(names), rng.choice(names)
    word = name.lower() + str(rng.randrange(100)) * rng.randrange(2)
    host = "%s.%s" % (word, rng.choice(("com", "org", "net", "co.uk", "example.org")))
    path = "".join("/" + rng.choice(("news", "a", "2024", other.lower(), "world", "index.html", "report.pdf")) for _ in range(rng.randrange(4)))
    kind = rng.randrange(9)
    if kind == 0:
        return ["at", rng.choice((str(rng.randrange(1, 13)), "%d:%02d" % (rng.randrange(1, 13), rng.randrange(60)))), rng.choice(("a.m.", "p.m."))], True
    if kind == 1:
        return ["in", "the", rng.choice(("U.S.", "U.K.", "U.N.", "E.U."))], True
    if kind == 2:
        return ["with", name, rng.choice(("Inc.", "Corp.", "Co.", "Ltd.", "Jr.", "Bros."))], True
    if kind == 3:
        return ["on", rng.choice(DAYS + MONTHS)], True
    if kind == 4:
        return ["in", rng.choice(("plan", "group", "team", "type", "class", "hall", "vitamin")), rng.choice("ABCDEFXY")], False
    if kind == 5:
        return ["in", name, rng.choice(("v.", "vs.")), other], False
    if kind == 6:
        return ["at", rng.choice(("www.", "http://www.", "https://", "")) + host + path], False
    if kind == 7:
        return ["at", word + "@" + host], False
    return ["in", "%s %d" % (rng.choice(("No.", "Art.", "Vol.", "Sec.")), rng.randrange(1, 90))], False


def with_phrase(row, names, rng):
    """Such a phrase at the sentence's end or before an "and" in it."""
    words, abbreviation = phrase(names, rng)
    new = [(x, True) for w in words for x in w.split()]
    ands = [k for k, (form, _) in enumerate(row) if form == "and" and k > 2]
    if ands and rng.random() < 0.4:
        return row[:ands[0]] + new + row[ands[0]:]
    if row[-1][0] != "." or not row[-2][0].isalpha():
        return row
    stop = row[-1]
    row = row[:-2] + [(row[-2][0], True)] + new
    row[-1] = (row[-1][0], stop[1] if abbreviation else False)
    return row if abbreviation else row + [stop]


def names_of(doc):
    """Proper nouns of the text that stand alone."""
    got = [w.form for s in doc for w in s.words if w.upos == "PROPN" and w.form.istitle() and w.form.isalpha() and len(w.form) > 3]
    return got or ["London", "Geneva", "Nairobi", "Lima"]


def newspaper(s, tokens, rng, how):
    """Titles before names and initials in them; only where the treebank tells that a word is one."""
    out = []
    for form, space, a, b in tokens:
        w = s.words[a] if a == b and a < len(s.words) else None
        before = s.words[a - 1] if w is not None and a else None
        if w is not None and w.upos == "PROPN" and form.istitle() and form.isalpha() and rng.random() < how.news:
            if w.deprel == "flat" and before is not None and before.upos == "PROPN" and before.form.istitle():
                out += [(rng.choice("ABCDEFGHJKLMNPRSTW") + ".", True)]
            elif w.deprel in ("nsubj", "obl", "nmod", "obj", "conj", "root") and (before is None or before.upos in ("ADP", "PUNCT", "VERB", "SCONJ", "CCONJ")) and rng.random() < 0.3:
                out += [(t, True) for t in rng.choice(TITLES).split()]
        out.append((form, space))
    return out


def dress(form, how, state):
    """A token as it is printed; the number of characters may change, its borders do not."""
    if how.letters == "upper":
        form = form.upper()
    elif how.letters == "lower":
        form = form.lower()
    if how.dots and form == "...":
        form = "\u2026"
    if how.quotes == "plain":
        return form
    if form in ('"', "``", "''"):
        state["open"] = not state["open"]
        return {"curly": "\u201c\u201d", "british": "\u2018\u2019", "single": "''"}[how.quotes][0 if state["open"] else 1]
    if form in ("--", "---"):
        return "\u2014"
    if form == "-" and state["blank"]:
        return "\u2013"
    return form if how.quotes == "single" else form.replace("'", "\u2019")


def render(doc, how, rng):
    """(text, ends of tokens, ends of sentences) in bytes."""
    out, at, tokens, ends = [], 0, set(), set()
    state = {"open": False, "blank": True}
    space = True

    def put(x):
        nonlocal at
        out.append(x)
        at += len(x.encode("utf-8"))

    names = names_of(doc) if how.news else None
    for k, s in enumerate(doc):
        if k:
            if s.new_par and not (rng.random() < how.run and out[-1][-1:] in ".!?\"\u201d\u2019"):
                put("\n\n")
                state["open"] = False
            elif space:
                put(" ")
        row = s.surface()
        last_space = row[-1][1]
        row = newspaper(s, row, rng, how) if how.news and s.words[0].upos != "X" else [(f, sp) for f, sp, _, _ in row]
        if names and s.new_par and len(row) > 6 and rng.random() < how.news / 2:
            row = dateline(names, rng) + row
        if names and len(row) > 4 and rng.random() < how.news / 3:
            row = with_phrase(row, names, rng)
        if how.stops and len(row) > 3 and row[-1][0] == "." and rng.random() < how.stops:
            row[-2:] = [(row[-2][0], last_space)]
        for form, space in row:
            put(dress(form, how, state))
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
