"""Questions with known sentences, as groups: texts that belong together and all the questions on them."""

import collections
import json
import random
import re
from pathlib import Path

WORDS = 120  # of a passage, as parley cuts them


def rows(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def groups(folder):
    """Yields (articles, questions): questions as (text, [(article number, sentence number)...]), the list empty for one without an answer.

    A folder holds articles.jsonl and questions.jsonl. A question names its article and the sentences that answer it, best first,
    or, on an event told by several articles, "at" as ARTICLE:NUMBER. Articles with one "group" are one group.
    """
    folder = Path(folder)
    articles = {a["id"]: a for a in rows(folder / "articles.jsonl")}
    of = {i: a.get("group") or i for i, a in articles.items()}
    members = collections.defaultdict(list)
    for i, g in of.items():
        members[g].append(i)
    asked, events = collections.defaultdict(list), collections.defaultdict(list)
    for q in rows(folder / "questions.jsonl"):
        if "event" in q:
            events[q["event"]].append(q)
        else:
            asked[of[q["article"]]].append(q)
    for g, qs in asked.items():
        at = {i: n for n, i in enumerate(members[g])}
        yield ([articles[i] for i in members[g]],
               [(q["question"], [(at[q["article"]], n) for n in q.get("sentences", [])]) for q in qs])
    for qs in events.values():
        ids = sorted({x.split(":")[0] for q in qs for x in q.get("at") or q.get("nearest_at", [])})
        at = {i: n for n, i in enumerate(ids)}
        place = lambda x: (at[x.split(":")[0]], int(x.split(":")[1]))
        yield [articles[i] for i in ids], [(q["question"], [place(x) for x in q.get("at", [])]) for q in qs]


def passages(article, rng):
    """Cuts an article into passages of about WORDS words, the first one shorter at random so that the cuts differ each time.

    The header loses its parts now and then, so that none is needed.
    """
    head = {"title": article.get("title") if rng.random() > 0.1 else "", "publisher": article.get("publisher"),
            "date": article.get("date") if rng.random() > 0.3 else ""}
    out, room = [], rng.uniform(0.3, 1.1) * WORDS
    for n, s in enumerate(article["sentences"]):
        if not out or words + len(s.split()) > room:
            if out:
                room = WORDS
            out.append({**head, "first": n, "sentences": []})
            words = 0
        out[-1]["sentences"].append(s)
        words += len(s.split())
    return out


def plain(text):
    return re.sub(r"\W+", " ", text.lower()).strip()


def sentences(path):
    """The long sentences of a file of articles, whichever way it holds them."""
    for a in rows(path):
        for s in a.get("sentences") or re.split(r"(?<=[.!?])\s+", a["text"]):
            if len(plain(s)) > 60:
                yield plain(s)


def without(items, files):
    """Leaves out the groups that share a long sentence with files of articles to measure on."""
    measured = {s for f in files for s in sentences(f)}
    return [(articles, qs) for articles, qs in items if not any(plain(s) in measured for a in articles for s in a["sentences"])]
