#!/usr/bin/env python3
"""Running text to sentences and words by rules, in the manner of the treebank.

  rawtext.py [FILE]            CoNLL-U with forms only, on stdout

For silver trees, and as further text for the learnt splitter that the program has.  Python 3 standard library.

What the treebank does, and these rules with it: hyphenated words are three tokens (gas - powered) unless the
first part is a prefix (re-elected, anti-war) or the whole is a number, an e-mail or a given name of two
syllables (Jong-un); $ % and units stand alone ($ 5 m, 6 am), ordinals and decades do not (9th, 1960s);
n't 's 'll 're 've 'd 'm and the possessive ' are the second word of a multiword token, as are cannot, gonna.
Abbreviations keep their full stop, and at the end of a sentence there is then no other.
"""
import re
import sys

import data

PREFIX = ("a ante anti arch bi bio co contra counter cross cyber e eco electro ex extra geo hyper infra inter intra macro "
          "mega meta micro mid mini mis mono multi neo non over paleo pan para poly post pre pro proto pseudo psycho quasi "
          "re semi socio sub super trans tri ultra un under uni").split()
UNITS = ("k m kg km cm mm am pm mph kph bn mn tn ft lb lbs g mg ml l h hr hrs min mins sec ghz mhz hz kw mw gw mm gb mb kb "
         "tb kt oz in yd sq usd eur sek c f b p k/h km/h nm dwt acres").split()
TITLES = ("Mr Mrs Ms Dr Prof Gen Lt Col Maj Capt Cpl Sgt Adm Cmdr Brig Rev Hon Sen Sens Rep Reps Gov Govs Pres St Ste Mt Ft Messrs "
          "Mme Mlle Supt Det Insp Const Atty Amb Fr Sr Br Pvt Msgr Spc Cdr Ald").split()
OTHER = ("Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat vs etc cf al viz approx est ca "
         "No Nos no nos vol Vol pp p art Art Fig fig Figs ed eds Ed Eds Inc Corp Co Cos Ltd Jr Bros Dept Assn Univ Ave Blvd Rd "
         "Hwy Bldg Apt Ore Calif Conn Fla Ill Ind Kan Ky Mich Minn Miss Mo Mont Neb Nev Okla Pa Penn Tenn Tex Va Vt Wash Wis Wyo Ala "
         "Ariz Ark Colo Del Ga La Mass Md eg ie Pt Esq Int Intl Natl Govt Gov't incl min max mins hrs yrs lb lbs oz ft dist "
         "Sec sec Para para Ch ch trans Trans rev c").split()
NEVER_END = set(TITLES) | set("vs cf viz ca Vol Fig fig Figs No Nos no nos eg ie e.g i.e c approx pp St".split())
STARTERS = set("The A An This That These Those It He She They We I You His Her Their Its Our My Your There Here In On At By For "
               "From With After Before When While As If But And Or So Yet Although Though However Then Since Because During "
               "Under Over Some Many Most Several Both One Two All Each Every No Not Only What Who Why How Where Which Other "
               "Another Later Also According Meanwhile Despite Until Such Among Between Now To Let Yesterday Today".split())

URL = r"(?:https?://|www\.)[^\s<>\"“”]*[\w/#=&]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
NUM = (r"(?:\d{4}-\d\d-\d\d|\d{3}-\d{3}-\d{4}|\d{3}-\d{4}|\d+/\d+/\d+|9/11|\d{1,2}:\d\d(?::\d\d)?"
       r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)+|\d+|\.\d+)")
WORD = r"[^\W\d_][^\W_]*"
TOKEN = re.compile("|".join((
    r"(?P<url>%s)" % URL,
    r"(?P<abbr>(?:[^\W\d_]\.){2,}(?!\w)|Ph\.D\.)",
    r"(?P<num>%s(?:(?:st|nd|rd|th|s|['’]s)\b)?)" % NUM,
    r"(?P<cur>(?:US|A|C|NZ|HK|AU|S|NT|R)?\$)",
    r"(?P<pre>(?:%s)[-‑](?:%s|\d{4}s?))" % ("|".join(PREFIX), WORD),
    r"(?P<amp>[A-Z]+&[A-Z]+)",
    r"(?P<word>(?:[OoDdLl]['’](?=[^\W\d_]{2}))?%s(?:['’](?!(?:s|S|t|T|ll|LL|re|RE|ve|VE|d|D|m|M)\b)[^\W\d_]+)*)" % WORD,
    r"(?P<clitic>['’](?:s|S|t|T|ll|LL|re|RE|ve|VE|d|D|m|M)\b)",
    r"(?P<year>['’]\d\ds?\b)",
    r"(?P<dots>\.{2,}|…|-{2,}|–+|—+|''|``|!+\?*|\?+!*)",
    r"(?P<other>\S)")), re.I)
# re.I lets prefixes and units match in any case; the amp group is checked again for case below.

SPLIT_WORD = {"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3}
CLOSE = set("\"'”’)]}»") | {"''"}
OPEN = set("\"'“‘([{«") | {"``"}
END = re.compile(r"^(\.|\.{2,}|…|[!?]+)$")


def chunk(text, begin):
    """Tokens of a piece of text without a break inside: [form, begin, end, words or None]."""
    out, i = [], 0
    while i < len(text):
        m = TOKEN.match(text, i)
        if not m:
            i += 1
            continue
        kind, form = m.lastgroup, m.group()
        if kind == "amp" and not form.isupper():
            m = re.compile(WORD).match(text, i)
            form = m.group()
        if kind == "num":
            unit = re.match(r"[^\W\d_]+", text[m.end():])
            if unit and unit.group().lower() not in UNITS and not unit.group()[0].islower() or \
                    unit and len(unit.group()) == 1 and unit.group().isupper():
                form += re.match(r"[^\W_]+", text[m.end():]).group()      # 18T, 3D, 5G
        if kind == "word" and re.fullmatch(WORD + r"['’]?", form):
            given = re.match(r"[A-Z][a-z]{1,5}-[a-z]{2,5}\b(?!-)", text[i:])
            if given and re.search(r"[A-Z][a-z]+ $", text[:i]) and not re.search(r"[.!?\"] $", text[:i]):
                form = given.group()
            dot = text[i + len(form):i + len(form) + 1] == "."
            if dot and (form in TITLES or form in OTHER or len(form) == 1 and form.isupper() and form != "I"):
                form += "."
            elif dot and form == "I" and re.match(r"\. [A-Z]", text[i + 1:]) and re.search(r"[A-Z][a-z.]+ $", text[:i]):
                form += "."
        out.append([form, begin + i, begin + i + len(form), None])
        i += len(form)
    return out


def join_clitics(tokens, text):
    """Contractions and possessives become multiword tokens."""
    out = []
    for k, t in enumerate(tokens):
        form, b, e, _ = t
        prev = out[-1] if out else None
        glued = prev is not None and prev[2] == b and (prev[0][-1:].isalnum() or prev[0][-1:] == ".")
        if glued and re.fullmatch(r"['’](?:s|S|ll|LL|re|RE|ve|VE|d|D|m|M)", form) and prev[3] is None:
            out[-1] = [prev[0] + form, prev[1], e, [prev[0], form]]
        elif glued and re.fullmatch(r"['’][tT]", form) and prev[0][-1:] in "nN" and len(prev[0]) > 1 and prev[3] is None:
            out[-1] = [prev[0] + form, prev[1], e, [prev[0][:-1], prev[0][-1] + form]]      # n't
        elif glued and form in "'’" and prev[0][-1:] in "szxSZ" and prev[3] is None and possessive(tokens, k, text):
            out[-1] = [prev[0] + form, prev[1], e, [prev[0], form]]
        elif form.lower() in SPLIT_WORD:
            n = SPLIT_WORD[form.lower()]
            out.append([form, b, e, [form[:n], form[n:]]])
        else:
            out.append(t)
    return out


def possessive(tokens, k, text):
    """True if the apostrophe tokens[k] after an s is a possessive, not a closing quotation mark."""
    after = text[tokens[k][2]:tokens[k][2] + 2]
    if not re.match(r"\s\w", after):
        return False
    opened = 0
    for t in tokens[max(0, k - 40):k]:
        if t[0] == "‘" or t[0] == "'" and (t[1] == 0 or text[t[1] - 1].isspace() or text[t[1] - 1] in "\"“("):
            opened += 1
        elif t[0] in "'’" and opened:
            opened -= 1
    return not opened


def tokens_of(text):
    """All tokens of a text."""
    out = chunk(text, 0)
    return join_clitics(out, text)


def footnote(tokens, k):
    """True if a reference like [6] begins at token k: it belongs to the sentence before it."""
    return k + 2 < len(tokens) and tokens[k][0] == "[" and tokens[k + 2][0] == "]" and tokens[k + 1][0].isdigit()


def ends_sentence(tokens, k, text):
    """True if a sentence ends after token k (its closing quotes and brackets are dealt with by the caller)."""
    form = tokens[k][0]
    nxt = tokens[k + 1] if k + 1 < len(tokens) else None
    if nxt is None:
        return True
    if footnote(tokens, k + 1):
        return False
    gap = text[tokens[k][2]:nxt[1]]
    if not gap or nxt[0][0].islower():
        return False
    upper = nxt[0][0].isupper() or nxt[0][0].isdigit() or nxt[0] in OPEN or not nxt[0][0].isascii()
    if form == "]" and k > 2 and footnote(tokens, k - 2):
        return END.match(tokens[k - 3][0]) is not None and upper
    if form in CLOSE:
        j = k
        while j > 0 and tokens[j][0] in CLOSE:
            j -= 1
        inner = tokens[j][0]
        said = any(x[0] in ("said", "says", "asked", "told", "added", "wrote", "replied") for x in tokens[k + 1:k + 5])
        if END.match(inner):
            return upper and not (said and inner[0] in "?!,")
        return inner.endswith(".") and len(inner) > 1 and upper and nxt[0] in STARTERS
    if END.match(form):
        return upper
    if form.endswith(".") and len(form) > 1:
        if form[:-1] in NEVER_END:
            return False
        return nxt[0] in STARTERS or nxt[0] in OPEN and form not in ("No.",)
    return False


def paragraph(text):
    """Sentences of one paragraph, as lists of tokens."""
    tokens, out, cur = tokens_of(text), [], []
    quote = False
    k = 0
    while k < len(tokens):
        cur.append(tokens[k])
        if tokens[k][0] == '"':
            quote = not quote
        form = tokens[k][0]
        if END.match(form) or form.endswith(".") or form in CLOSE:
            # closing marks that touch the sentence's end belong to it
            closing = k + 1 < len(tokens) and tokens[k + 1][1] == tokens[k][2] and tokens[k + 1][0] in CLOSE and \
                not (tokens[k + 1][0] == '"' and not quote)
            if not closing and ends_sentence(tokens, k, text):
                out.append(cur)
                cur = []
        k += 1
    if cur:
        out.append(cur)
    return out


def sentence(tokens, text, doc=""):
    """A data.Sentence of tokens; text is what their offsets count in."""
    s = data.Sentence(doc, text[tokens[0][1]:tokens[-1][2]].replace("\n", " "))
    for k, (form, b, e, words) in enumerate(tokens):
        space = k + 1 == len(tokens) or tokens[k + 1][1] > e
        n = len(s.words)
        if words:
            s.mwts.append((n + 1, n + len(words), form, space))
            s.words += [data.Word(w) for w in words]
        else:
            s.words.append(data.Word(form, misc="_" if space else "SpaceAfter=No"))
    return s


def sentences(text, doc=""):
    """All sentences of a text whose paragraphs are parted by line ends."""
    out = []
    for par in re.split(r"\n+", text):
        par = par.strip()
        if par:
            first = True
            for t in paragraph(par):
                s = sentence(t, par, doc)
                s.new_par, first = first, False
                out.append(s)
    return out


def main():
    if len(sys.argv) > 1 and sys.argv[1] in ("-h", "--help"):
        print(__doc__)
        return
    f = open(sys.argv[1], encoding="utf-8") if len(sys.argv) > 1 else sys.stdin
    for s in sentences(f.read()):
        for i, w in enumerate(s.words):
            w.head, w.deprel = i and 1, "dep" if i else "root"
        data.write_sentence(s, sys.stdout)


if __name__ == "__main__":
    main()
