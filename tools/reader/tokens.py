#!/usr/bin/env python3
"""The reference for retrieval/encoder/wordpiece: Hugging Face's tokenizers,
set as bert-base-uncased and e5-small-v2 are.

    tokens.py vocabulary tokenizer.json > vocabulary.txt
        the words in the order of their numbers; fails when the file's settings
        are not the ones written below
    tokens.py classes > classes.go
        what the reference does to each of the 1,112,064 code points
    tokens.py sample vocabulary.txt Blocks.txt > testdata/sample.jsonl
        sentences in many languages, the beginning of each run of classes, and that
        of each Unicode block (Blocks.txt: https://www.unicode.org/Public/UNIDATA/Blocks.txt; Perl
        brings one, unicore/Blocks.txt), with their tokens
    tokens.py encode vocabulary.txt < texts.jsonl
        a line for each JSON string: the tokens as numbers, "id start end ...",
        without [CLS] and [SEP], start and end in bytes

It needs the package tokenizers; 0.22.2 wrote what is in the repository. Run the
tests against it with PARLEY_TOKENIZERS=/path/to/a/python that has it.
"""

import json
import sys
import unicodedata

from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers

SETTINGS = {  # as tokenizer.json says them
    "normalizer": {
        "type": "BertNormalizer",
        "clean_text": True,
        "handle_chinese_chars": True,
        "strip_accents": None,
        "lowercase": True,
    },
    "pre_tokenizer": {"type": "BertPreTokenizer"},
    "model": {
        "type": "WordPiece",
        "unk_token": "[UNK]",
        "continuing_subword_prefix": "##",
        "max_input_chars_per_word": 100,
    },
}
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def vocabulary(path):
    with open(path, encoding="utf-8") as f:
        spec = json.load(f)
    words = spec["model"].pop("vocab")
    for part, want in SETTINGS.items():
        if spec[part] != want:
            sys.exit(f"{path}: {part} is {spec[part]}, not {want}")
    added = [t["content"] for t in spec["added_tokens"]]
    if added != SPECIAL or any(t["normalized"] or t["lstrip"] or t["rstrip"] for t in spec["added_tokens"]):
        sys.exit(f"{path}: added tokens are {spec['added_tokens']}")
    ordered = sorted(words, key=words.get)
    if [words[w] for w in ordered] != list(range(len(words))):
        sys.exit(f"{path}: the numbers of the words have gaps")
    sys.stdout.write("\n".join(ordered))


def tokenizer(path):
    with open(path, encoding="utf-8", newline="\n") as f:
        words = f.read().split("\n")
    t = Tokenizer(
        models.WordPiece(
            {w: i for i, w in enumerate(words)},
            unk_token="[UNK]",
            continuing_subword_prefix="##",
            max_input_chars_per_word=100,
        )
    )
    t.normalizer = normalizers.BertNormalizer(True, True, None, True)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.add_special_tokens([AddedToken(w, special=True, normalized=False) for w in SPECIAL])
    return t


def tokens(text, encoding):
    """The tokens of an encoding, as one list of numbers: id, start, end, in bytes."""
    ends = None
    if not text.isascii():
        ends = [0]
        for c in text:
            ends.append(ends[-1] + len(c.encode()))
    out = []
    for i, (start, end) in zip(encoding.ids, encoding.offsets):
        out += (i, start, end) if ends is None else (i, ends[start], ends[end])
    return out


def encode(t):
    batch = []

    def write():
        found = t.encode_batch(batch, add_special_tokens=False)
        sys.stdout.writelines(" ".join(map(str, tokens(s, e))) + "\n" for s, e in zip(batch, found))
        batch.clear()

    for line in sys.stdin:
        batch.append(json.loads(line))
        if len(batch) == 2000:
            write()
    write()


def code_points():
    return (c for c in range(0x110000) if not 0xD800 <= c < 0xE000)


def runs():
    """The runs of code points that the reference treats alike: first, class.

    Told by trying, since it mixes versions of Unicode: 8 for categories, 9 for the
    order of marks and for decomposition, its compiler's for case and white space.
    """
    clean = normalizers.BertNormalizer(True, False, False, False).normalize_str
    chinese = normalizers.BertNormalizer(False, True, False, False).normalize_str
    strip = normalizers.BertNormalizer(False, False, True, False).normalize_str
    nfd = normalizers.NFD().normalize_str
    split = pre_tokenizers.BertPreTokenizer().pre_tokenize_str

    def class_of(s):
        if clean(s) == "":
            return "dropped"
        if clean(s) == " ":
            return "space"
        if chinese(s) != s:
            return "ideograph"
        if nfd(s) == s:  # else its parts are asked
            if len(split("a" + s + "b")) == 3:
                return "punct"
            if strip(s) == "":
                return "mark"
            # It changes places with the mark of the lowest class or of the highest.
            if nfd("a" + s + "\u0334") != "a" + s + "\u0334" or nfd("a\u0345" + s) != "a\u0345" + s:
                return "moving"
        return "letter"

    last = None
    for c in code_points():
        k = class_of(chr(c))
        if k != last:
            yield c, k
            last = k


def classes():
    """The runs as Go source."""
    print("// Code generated by tools/reader/tokens.py classes. DO NOT EDIT.\n")
    print("package wordpiece\n")
    print("// classes are the runs of code points that the reference treats alike: where")
    print("// each begins, in order. The last reaches to the end.")
    print("var classes = [...]run{")
    found = list(runs())
    for at in range(0, len(found), 4):
        print("\t" + " ".join("{0x%X, %s}," % r for r in found[at : at + 4]))
    print("}")


SENTENCES = [
    "",
    " ",
    "The bridge over the river was closed on Tuesday, officials said.",
    "He paid $1,299.99 (plus 19% VAT) for it; she didn't.",
    "U.S. shares fell 3.5% at 4:30 p.m.; the Dow lost 1,032.89 points to 23,860.46!",
    "e-mail: someone@example.org, https://example.org/a_b?c=d#e -- see [1], {2} & <3>",
    "Naïve café owners in São Paulo über-celebrated Dvořák's façade; Ærøskøbing didn't.",
    "İstanbul'da IĞDIR ile Diyarbakır arasında ılık bir gün.",
    "Der Fluß ist groß, die STRAẞE heißt »Königsallee« – schön!",
    "L’élève n’a pas mangé d’œufs à Noël ; « Où est-il ? »",
    "El niño comió piñas en la montaña, ¿verdad? ¡Claro!",
    "Žluťoučký kůň příšerně úpěl ďábelské ódy.",
    "Zażółć gęślą jaźń w Łodzi.",
    "Ο ΣΊΣΥΦΟΣ ανέβασε τον βράχο· γιατί; ΟΔΥΣΣΕΎΣ",
    "Ἐν ἀρχῇ ἦν ὁ λόγος, ᾠδή, ᾯ.",
    "Съешь же ещё этих мягких французских булок, да выпей чаю. Їжак і ґанок.",
    "הַשָּׁמַיִם יפים היום, אמר דוד.",
    "السَّلامُ عليكم، كيف حالُكَ اليوم؟",
    "नमस्ते, क़िला और ज़मीन कहाँ हैं?",
    "বাংলা ভাষা ও ড়ঢ়য়।",
    "தமிழ் மொழி பொன்னியின் செல்வன்.",
    "ภาษาไทยไม่มีช่องว่างระหว่างคำ",
    "한국어는 띄어쓰기가 있다. 각 값 읽기 힘 길 일 시민의",
    "東京タワーで日本語を話す。ガギグゲゴ、ガギグ",
    "我爱北京天安门,abc天123。",
    "Tiếng Việt rất khó: người, đường, ngữ pháp.",
    "Combining: e\u0301 a\u0308\u0323 n\u0303\u0301 x\u0338= \u0301alone o\u0300\u0301\u0302\u0303\u0304",
    "Emoji 😀👍🏽 👨‍👩‍👧 🇩🇪 ❤️ 🤣 and ☃ signs ™ © € £ ¥ № ½ ² ﬁ ﬀ",
    "zero\u200bwidth\u200djoin\u2060er soft\u00adhyphen \ufeffbom \u202eright-to-left\u202c nb\u00a0space thin\u2009space ideo\u3000space",
    "controls\x00in\x01the\x7fmid\x85dle\ttab\r\nline\x0bvt\x0cff\u2028sep\u2029par \ufffd replaced",
    "Math: ∑x² ≠ ≮ ≯ √2 − 1 × 3 ÷ 4 ≤ 5 ‰ · ` ´ ^ ~ | \\ = + < > $",
    "Greek question mark \u037e ano teleia \u0387 varia \u1fef Kelvin \u212a Ångström \u212b Ohm \u2126",
    "[CLS] [SEP] a[MASK]b [PAD] [UNK] [cls] [ SEP ] [[SEP]] [SEP]\u0301x",
    "supercalifragilisticexpialidocious antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis",
    "a" * 99 + " " + "b" * 100 + " " + "c" * 101 + " " + "é" * 100 + " " + "é" * 101 + " d",
    "##ing ing# # ## unaffable Unaffable UNAFFABLE un-affable",
    "compat ﾊﾝｶｸ ＡＢＣ１２３！ 豈更 \U0002f800 \uf900x 가\u1100\u1161\u11a8",
    "music \U0001d15e \U0001d160\u0334 a\U0001d165\u0334b \u1b13\u1b44\u0345 \u0344\U0001d165 a\u08d4\u0334\u0345 \u302e\u0334",
    "a\u0345\x00\u1b44 a\u0345\u0941\u1b44 a\u0345\u200b\u1b44\u200b\u0334 \x00\u0345\u1b44",
    "new letters \u1c89 \ua7cb \u1c90\u10d0 \U00011938 \U0001e922 \U00010d50",
    "\ue000private\ue001 \ufdd0non \ufffe\uffff \U000e0061tags \U0010ffff end",
]


def sample(t, blocks):
    texts = list(SENTENCES)
    with open(blocks, encoding="utf-8") as f:
        for line in f:
            if ".." not in line or line.startswith("#"):
                continue
            first, last = (int(x, 16) for x in line.split(";")[0].split(".."))
            points = [chr(c) for c in range(first, last + 1) if not 0xD800 <= c < 0xE000]
            letters = [s for s in points if unicodedata.category(s)[0] == "L"][:20]
            texts += ["".join(letters) + " " + " ".join(letters[:6])] if letters else []
            texts += ["a".join(points[:20])] if points else []
    firsts = [chr(c) for c, _ in runs()]
    for at in range(0, len(firsts), 40):
        texts.append(" ".join(f"a{c}b {c}\u0334" for c in firsts[at : at + 40]))
    for s in texts:
        found = tokens(s, t.encode(s, add_special_tokens=False))
        print(json.dumps({"text": s, "tokens": found}, ensure_ascii=False, separators=(",", ":")))


def main(args):
    match args:
        case ["vocabulary", path]:
            vocabulary(path)
        case ["classes"]:
            classes()
        case ["sample", path, blocks]:
            sample(tokenizer(path), blocks)
        case ["encode", path]:
            encode(tokenizer(path))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
