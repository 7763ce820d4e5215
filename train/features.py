"""What the student sees of a word: the same numbers that src/lang/lang_word.c makes in C, bit for bit.

A form is first normalised (curly quotes, dashes and dots to their ASCII or single-character twins), then looked
up in lower case with digits as 0; its edges and its shape are hashed into fixed tables.  compare.py checks that
C and Python agree on every form of the treebank.  Python 3 standard library only.
"""
EDGE = 128                 # of a form longer than 2 * EDGE bytes only EDGE bytes at either end are looked at
VOCAB_BYTES = 48           # a longer form is never in the vocabulary
TABLES = (("suf2", 2048), ("suf3", 4096), ("suf4", 6144), ("pre2", 1024), ("pre3", 3072), ("pre4", 3072), ("shape", 1024))
SALT = {name: 0x9E3779B1 * (k + 1) & 0xFFFFFFFF for k, (name, _) in enumerate(TABLES)}
GLUE = 4                   # bit 0: no blank before the token, bit 1: none after it

NORMAL = {0x2018: "'", 0x2019: "'", 0x201A: "'", 0x201B: "'", 0x2032: "'", 0x60: "'", 0xB4: "'",
          0x201C: '"', 0x201D: '"', 0x201E: '"', 0x201F: '"', 0x2033: '"', 0xAB: '"', 0xBB: '"',
          0x2010: "-", 0x2011: "-", 0x2212: "-", 0x2015: "\u2014", 0x2026: "...", 0xA0: " "}
WHOLE = {"--": "\u2014", "---": "\u2014", "``": '"', "''": '"'}


def lower_code(c):
    """Simple lower case of the alphabets below U+0530; other letters stay as they are (mirrored in C)."""
    if 0x41 <= c <= 0x5A or 0xC0 <= c <= 0xDE and c != 0xD7 or 0x391 <= c <= 0x3A9 and c != 0x3A2 or 0x410 <= c <= 0x42F:
        return c + 32
    if 0x400 <= c <= 0x40F:
        return c + 80
    if 0x100 <= c <= 0x137 or 0x14A <= c <= 0x177 or 0x1E00 <= c <= 0x1E95 or 0x1EA0 <= c <= 0x1EFF or 0x460 <= c <= 0x481:
        return c | 1 if c != 0x130 else 0x69
    if 0x139 <= c <= 0x148 or 0x179 <= c <= 0x17E:
        return c + 1 if c & 1 else c
    if c == 0x178:
        return 0xFF
    return c


def is_upper(c):
    return lower_code(c) != c


def is_letter(c):
    """A letter for our purpose: ASCII letters and everything from U+00AA that is no mark, sign or punctuation we know."""
    if c < 0x80:
        return 0x41 <= c <= 0x5A or 0x61 <= c <= 0x7A
    return not (c < 0xAA or c in (0xAB, 0xAC, 0xAD, 0xAF, 0xB7, 0xBB, 0xBF, 0xD7, 0xF7) or 0xB0 <= c <= 0xB4 or 0xB6 == c or 0xB8 <= c <= 0xB9
                or 0xBC <= c <= 0xBE or 0x2000 <= c <= 0x2BFF or 0x2E00 <= c <= 0x2E7F or 0x3000 <= c <= 0x3004
                or 0x3008 <= c <= 0x3020 or 0xFE10 <= c <= 0xFE6F or 0xFF00 <= c <= 0xFF0F or 0xFF1A <= c <= 0xFF20
                or 0xFFF0 <= c <= 0xFFFF or 0x1F000 <= c <= 0x1FAFF)


def normalise(form):
    """The form as the word features see it."""
    b = form.encode("utf-8")
    if len(b) > 2 * EDGE:
        head, tail = EDGE, len(b) - EDGE
        while b[head] & 0xC0 == 0x80:
            head -= 1
        while b[tail] & 0xC0 == 0x80:
            tail += 1
        form = (b[:head] + b[tail:]).decode("utf-8")
    if form in WHOLE:
        return WHOLE[form]
    return "".join(NORMAL.get(ord(c), c) for c in form)


def lower(form):
    return "".join("0" if "0" <= c <= "9" else chr(lower_code(ord(c))) for c in form)


def shape(form):
    """X upper, x letter, d digit, other ASCII as it is, o else; a run is cut to two (digits: four); 16 long at most."""
    out = ""
    run, last = 0, ""
    for ch in form:
        c = ord(ch)
        k = "X" if is_upper(c) else "x" if is_letter(c) else "d" if 0x30 <= c <= 0x39 else ch if c < 0x80 else "o"
        run = run + 1 if k == last else 1
        last = k
        if run <= (4 if k == "d" else 2):
            out += k
            if len(out) == 16:
                break
    return out


def fnv(text, salt):
    h = 2166136261 ^ salt
    for b in text.encode("utf-8"):
        h = ((h ^ b) * 16777619) & 0xFFFFFFFF
    h ^= h >> 15
    h = (h * 0x2C1B3C6D) & 0xFFFFFFFF
    return h ^ (h >> 13)


_cache = {}


def word(form):
    """(key into the vocabulary, tuple of the rows in TABLES)."""
    got = _cache.get(form)
    if got is None:
        n = normalise(form)
        low = lower(n)
        parts = (low[-2:], low[-3:], low[-4:], low[:2], low[:3], low[:4], shape(n))
        rows = tuple(fnv(p, SALT[t]) % size for p, (t, size) in zip(parts, TABLES))
        got = _cache[form] = (low, rows)
    return got


def glue(before, after):
    """Row of the glue table: is there white space before and after the token?"""
    return (0 if before else 1) | (0 if after else 2)
