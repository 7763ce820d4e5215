#!/usr/bin/env python3
"""A treebank in ALL CAPITALS, to measure what the program makes of old wire reports.

  caps.py en-dev.conllu > en-dev-caps.conllu      (its raw text: `tocsin eval`, or any scorer that takes text from FORM)

FORM and the sentence's text are in capitals, all else is as it was: the lemma, too, is that of ordinary writing.
A letter whose capital is another number of characters stays.  Python 3 standard library only.
"""
import sys


def upper(text):
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in text)


def main():
    if len(sys.argv) != 2 or sys.argv[1] in ("-h", "--help"):
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as f:
        for line in f:
            if line.startswith("# text ="):
                line = upper(line.replace("# text =", "# TEXT =")).replace("# TEXT =", "# text =")
            elif "\t" in line:
                c = line.split("\t")
                c[1] = upper(c[1])
                line = "\t".join(c)
            sys.stdout.write(line)


if __name__ == "__main__":
    main()
