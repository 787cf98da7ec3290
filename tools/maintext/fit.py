"""Fits the models of corpus/read/maintext to what main.go wrote down.

    python fit.py PAGES.jsonl DIR MODEL.json

A line of PAGES.jsonl further has "site", the pages of which are kept together,
and "hold": a page to measure by and not to fit to. Printed are the share of
chunks told right and of pages whose every chunk is, by folds of sites and on the
pages held out. Needs lightgbm, scikit-learn and scipy.
"""

import collections
import hashlib
import json
import sys

import lightgbm
import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression

import labels

FOLDS = 3
MIN_SITES = 10  # that a word must be seen on
PART = 0.6  # of a chunk that stands in the truth for it to be of the article
FAR = 0.2  # of the chunks far from any article that are fitted to
TREES = dict(objective="binary", learning_rate=0.08, num_leaves=20, min_data_in_leaf=40, feature_fraction=0.3, bagging_fraction=0.7,
             bagging_freq=1, lambda_l2=5, max_bin=63, verbose=-1, num_threads=2, seed=1)
ROUNDS = 140


def read(pages_file, folder):
    known = {}
    for line in open(pages_file):
        page = json.loads(line)
        known[page["id"]] = page
    names = json.load(open(f"{folder}/names.json"))
    features = np.fromfile(f"{folder}/features.bin", "<f4").reshape(-1, len(names))
    pages = []
    for line in open(f"{folder}/samples.jsonl"):
        read = json.loads(line)
        page = known[read["id"]]
        page["samples"] = read["samples"] or []
        texts = [s["text"] for s in page["samples"]]
        if "truth" in page:
            truth = labels.tokens(page["truth"])
            chunks = [labels.tokens(t) for t in texts]
            page["y"] = [int(s >= PART) for s in labels.by_text(chunks, truth)]
            covered = sum(len(c) for c, y in zip(chunks, page["y"]) if y) / max(1, len(truth))
            page["fit"] = 0.85 < covered <= 1.2 and not page.get("hold")
        else:
            page["y"], page["fit"] = labels.by_pieces(texts, page["with"], page["without"]), True
        pages.append(page)
    return names, features, pages


class Data:
    """All chunks of all pages, one after the other."""

    def __init__(self, names, features, pages):
        self.names, self.x, self.pages = names, features, pages
        self.page = np.concatenate([np.full(len(p["y"]), i) for i, p in enumerate(pages)]).astype(int)
        self.y = np.concatenate([np.array(p["y"], int) for p in pages])
        self.words = np.array([s["words"] for p in pages for s in p["samples"]], float)
        self.whole = np.array(["truth" in p for p in pages])
        self.news = np.array([bool(p.get("news")) for p in pages])
        self.fold = np.array([int(hashlib.sha1(p["site"].encode()).hexdigest(), 16) % FOLDS for p in pages])
        self.fit = np.array([p["fit"] for p in pages])[self.page] & (self.y >= 0)
        size = np.array([len(p["y"]) for p in pages])
        weight = 1 / np.sqrt(np.maximum(1, np.where(self.whole, size, 4 * size))) * np.where(self.news, 1.5, 1)
        self.weight = weight[self.page] / weight[self.page][self.fit].mean()
        near = np.convolve((self.y == 1).astype(np.float32), np.ones(31), "same") > 0
        near |= ~self.whole[self.page]
        self.taken = near | (np.random.default_rng(1).random(len(self.y)) < FAR)
        self.tree_weight = np.where(near, 1, 1 / FAR) * self.weight

    def folds(self, predict_from):
        """Out-of-fold verdicts; those on pages that are held out are of the
        model that is fitted to all."""
        out = np.zeros(len(self.y))
        for f in range(FOLDS):
            others = self.fit & (self.fold[self.page] != f)
            mine = self.fold[self.page] == f
            out[mine] = predict_from(others)(mine)
        full = predict_from(self.fit)
        held = np.array([bool(p.get("hold")) for p in self.pages])[self.page]
        if held.any():
            out[held] = full(held)
        return out, full


def linear(data):
    """The linear model of names and words."""
    seen = collections.defaultdict(set)
    for p in data.pages:
        if not p.get("hold"):
            for s, y in zip(p["samples"], p["y"]):
                if y >= 0:
                    for w in s["sparse"] or ():
                        seen[w].add(p["site"])
    vocabulary = {w: i for i, w in enumerate(sorted(w for w, sites in seen.items() if len(sites) >= MIN_SITES))}
    rows, cols = [], []
    n = 0
    for p in data.pages:
        for s in p["samples"]:
            for w in s["sparse"] or ():
                if w in vocabulary:
                    rows.append(n)
                    cols.append(vocabulary[w])
            n += 1
    x = scipy.sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, cols)), (n, len(vocabulary)))
    last = {}

    def fit(rows):
        m = LogisticRegression(C=0.1, solver="liblinear", l1_ratio=1, penalty="l1", max_iter=60, tol=1e-3)
        m.fit(x[rows], data.y[rows], sample_weight=data.weight[rows])
        last["m"] = m
        return lambda some: m.decision_function(x[some])

    verdicts, _ = data.folds(fit)
    words = sorted(vocabulary, key=vocabulary.get)
    weights = {w: float(f"{v:.3g}") for w, v in zip(words, last["m"].coef_[0]) if v}
    return verdicts.astype(np.float32), weights, float(last["m"].intercept_[0])


def second_features(data, p, z):
    """What second.go makes of the verdicts of the first trees, in its order."""
    out, start = [], 0
    for page in data.pages:
        n = len(page["y"])
        rows = slice(start, start + n)
        start += n
        if n == 0:
            continue
        q, w, zz = p[rows], data.words[rows], z[rows]
        at = np.arange(n)
        padded = np.concatenate([np.zeros(4), q, np.zeros(4)])
        sure = np.where((q > 0.5) & (w >= 10))[0]
        first, last = (sure[0], sure[-1]) if len(sure) else (0, n - 1)
        up_to = np.concatenate([[0], np.cumsum(w * (q > 0.5))])
        total = max(up_to[-1], 1)
        mass, words = np.concatenate([[0], np.cumsum(q * w)]), np.concatenate([[0], np.cumsum(w)])

        def mean(low, high):
            low, high = np.maximum(low, 0), np.minimum(high, n)
            high = np.maximum(low, high)
            return (mass[high] - mass[low]) / np.maximum(words[high] - words[low], 1)

        cols = [q] + [padded[4 + d : 4 + d + n] for d in (-4, -3, -2, -1, 1, 2, 3, 4)]
        cols += [np.clip(at - first, -30, 60), np.clip(last - at, -30, 60), up_to[:-1] / total, (total - up_to[1:]) / total, np.full(n, np.log1p(total))]
        cols += [mean(at - 5, at + 6), mean(at - 15, at + 16), mean(at - 6, at), mean(at + 1, at + 7)]
        groups = np.array([s["groups"] for s in page["samples"]])
        for k in range(3):
            g = groups[:, k]
            cols.append((np.bincount(g, q * w) / np.maximum(np.bincount(g, w), 1))[g])
            cols.append((np.bincount(g, q) / np.maximum(np.bincount(g), 1))[g])
        head = np.array([s["head"] for s in page["samples"]])
        near = (head >= 0) & (at - head < 40)
        cols += [np.where(near, q[head], -1), np.where(near, zz[head], 0)]
        cols += [np.concatenate([[0], zz[:-1]]), np.concatenate([zz[1:], [0]])]
        out.append(np.stack(cols, 1))
    return np.concatenate(out).astype(np.float32)


def trees(data, x):
    last = {}

    def fit(rows):
        rows = rows & data.taken
        m = lightgbm.train(TREES, lightgbm.Dataset(x[rows], data.y[rows], weight=data.tree_weight[rows]), ROUNDS)
        last["m"] = m
        print("  fitted to", int(rows.sum()), "chunks", flush=True)
        return lambda some: m.predict(x[some])

    verdicts, _ = data.folds(fit)
    return verdicts, last["m"]


def forest(booster):
    out = dict(roots=[], feature=[], value=[], left=[], right=[])

    def add(node):
        at = len(out["feature"])
        for k in ("feature", "value", "left", "right"):
            out[k].append(0)
        if "leaf_value" in node:
            out["feature"][at], out["value"][at] = -1, float(f"{node['leaf_value']:.4g}")
        else:
            out["feature"][at], out["value"][at] = node["split_feature"], float(f"{node['threshold']:.7g}")
            out["left"][at], out["right"][at] = add(node["left_child"]), add(node["right_child"])
        return at

    for t in booster.dump_model()["tree_info"]:
        out["roots"].append(add(t["tree_structure"]))
    return out


def report(data, name, p):
    right = (p >= 0.5) == (data.y == 1)
    for what, some in (("folds", data.fit), ("held out", np.array([bool(q.get("hold")) for q in data.pages])[data.page])):
        if some.any():
            pages = np.unique(data.page[some])
            wrong = np.bincount(data.page[some & ~right], minlength=len(data.pages))
            whole = data.whole[pages]
            print(f"{name}, {what}: {right[some].mean():.4f} of chunks right, all of them on {(wrong[pages][whole] == 0).mean():.3f} of pages", flush=True)


def main():
    data = Data(*read(sys.argv[1], sys.argv[2]))
    z, words, intercept = linear(data)
    report(data, "linear", 1 / (1 + np.exp(-z)))
    kind = [data.news[data.page], ~data.whole[data.page]]
    x = np.column_stack([data.x, z, *kind]).astype(np.float32)
    p, first = trees(data, x)
    report(data, "first trees", p)
    x = np.column_stack([x, second_features(data, p, z)])
    p, second = trees(data, x)
    report(data, "second trees", p)
    np.save(sys.argv[2] + "/verdicts.npy", p)
    model = dict(features=data.names, words=dict(sorted(words.items())), intercept=intercept, first=forest(first), second=forest(second))
    text = json.dumps(model, ensure_ascii=False, separators=(",", ":"))
    for key in ("words", "intercept", "first", "second", "feature", "value", "left", "right"):
        text = text.replace(f',"{key}":', f',\n"{key}":')
    open(sys.argv[3], "w").write(text + "\n")


main()
