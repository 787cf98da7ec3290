"""Labels of a page's chunks by the text of its article, and by pieces of it."""

import bisect
import re

TOKEN = re.compile(r"\w+")


def tokens(text):
    return [w.lower() for w in TOKEN.findall(text)]


def candidates(chunk, at, places, size):
    """Where in the truth a chunk may stand: (place, end, weight, share of it)."""
    n = len(chunk)
    votes = {}
    for k in range(n - 2):
        for p in places.get((chunk[k], chunk[k + 1], chunk[k + 2]), ()):
            votes[p - k] = votes.get(p - k, 0) + 1
    drift = 6 if n > 20 else 2
    best = {d: sum(votes.get(d + e, 0) for e in range(-drift, drift + 1)) for d in votes}
    for d, hits in sorted(best.items(), key=lambda x: -x[1])[:8]:
        if hits >= (n - 2) / 2:
            yield at, max(d, 0), min(d + n, size), hits + 2, min(hits / (n - 2), 1)


def chain(found, size):
    """The heaviest chain of candidates that rise in the page and in the truth."""
    tree = [(0.0, -1)] * (size + 2)

    def best(i):
        r, i = (0.0, -1), i + 1
        while i > 0:
            r, i = max(r, tree[i]), i - (i & -i)
        return r

    def put(i, v):
        i += 1
        while i < len(tree):
            if v[0] > tree[i][0]:
                tree[i] = v
            i += i & -i

    back, top, i = [-1] * len(found), (0.0, -1), 0
    while i < len(found):
        j, new = i, []
        while j < len(found) and found[j][0] == found[i][0]:
            before = best(min(found[j][1] + 2, size))
            back[j] = before[1]
            new.append((found[j][2], (before[0] + found[j][3], j)))
            j += 1
        for end, v in new:
            put(end, v)
            top = v if v[0] > top[0] else top
        i = j
    j = top[1]
    while j >= 0:
        yield found[j]
        j = back[j]


def by_text(chunks, truth):
    """Of each chunk, a list of words, the share of it that stands in the truth
    in the right order."""
    places = {}
    for i in range(len(truth) - 2):
        places.setdefault((truth[i], truth[i + 1], truth[i + 2]), []).append(i)
    found = [c for at, chunk in enumerate(chunks) if len(chunk) > 2 for c in candidates(chunk, at, places, len(truth))]
    share, span = [0.0] * len(chunks), {}
    for at, start, end, _, part in chain(sorted(found), len(truth)):
        share[at], span[at] = part, (start, end)
    known = sorted(span)
    for at, chunk in enumerate(chunks):  # the short ones, by their neighbours
        n = len(chunk)
        if not 0 < n < 3:
            continue
        k = bisect.bisect(known, at)
        low = span[known[k - 1]][1] if k > 0 else 0
        high = span[known[k]][0] if k < len(known) else len(truth)
        if k == 0:
            low = max(0, high - 30)
        elif k == len(known):
            high = low + 30
        low, high = max(0, min(low, high) - 1), min(max(low, high) + 1, len(truth) - n + 1)
        for p in range(low, high):
            if truth[p : p + n] == chunk:
                share[at], span[at] = 1.0, (p, p + n)
                bisect.insort(known, at)
                break
    return share


def by_pieces(chunks, inside, outside):
    """1 for chunks with a piece of the article, 0 for those with a piece that is
    none of it, -1 for the others."""

    def key(text):
        return re.sub(r"\W+", " ", text).lower().strip()

    inside, outside = ([k for k in map(key, pieces) if len(k) > 3] for pieces in (inside, outside))
    out = []
    for chunk in chunks:
        text = " " + key(chunk) + " "
        yes, no = any(k in text for k in inside), any(k in text for k in outside)
        out.append(-1 if yes == no else int(yes))
    return out
