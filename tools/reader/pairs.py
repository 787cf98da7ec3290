"""Trains the pair model: upper layers of its own over the encoder's lower ones, that read two texts together.

    python pairs.py --base BASE --encoder RUN.pt --out OUT.pt --questions FOLDER[:SHARE] ... --claims FOLDER ... --pairs FILE ... [--inference FILE ...]

One model has three offices, told apart by what stands before the first text:
  question: does the second text, a sentence under its title, answer the first? And with which of its words?
  claim:    is the first text supported by the second, contradicted, or neither?
  same:     the first text is a question with one answer, the second is another answer: the same, one that excludes it, or one that adds?

Questions are those of train.py (data.py); negatives are the sentences whose vectors come nearest (negatives). A folder of claims has
articles.jsonl and claims.jsonl (article, sentence, label, claim); a file of pairs has question, a, b, relation (same, differ, adds)
a line; a file of inference has claim, sentence, label and perhaps title a line.
"""

import argparse
import random
import re
import time

import torch
import torch.nn.functional as F
from torch import nn

import data
import model

QUESTION, CLAIM, ACCOUNT = "question: ", "claim: ", "same: "
FIRST, FIRST_ACCOUNT, SECOND = 64, 128, 110  # tokens that are read of each text
VERDICTS = {"supported": 0, "contradicted": 1, "not_stated": 2}
RELATIONS = {"same": 0, "differ": 1, "adds": 2}
LOSSES = {"answer": 1., "choice": .8, "span": .25, "verdict": 1.5, "relation": .6}


def titled(title, sentence):
    return (title + ": " if title else "") + sentence


class Pairs(nn.Module):
    """The encoder's first layers, kept as they are, and further ones with a head for each office."""

    def __init__(self, base, encoder, shared):
        super().__init__()
        self.bert, self.tok = model.load(base, encoder)
        self.shared = shared
        self.exact = False  # in float32, to compare with
        for p in self.bert.parameters():
            p.requires_grad = False
        for layer in self.bert.encoder.layer[shared:]:
            for p in layer.parameters():
                p.requires_grad = True
        width = self.bert.config.hidden_size
        self.heads = nn.ModuleDict({n: nn.Linear(width, k) for n, k in (("answer", 1), ("span", 2), ("verdict", 3), ("relation", 3))})

    def ids(self, lead, first, second, answer=None):
        """A pair as tokens, where the second text begins, and the first and last token of the answer in it."""
        cut = lambda text, n: self.tok(text, add_special_tokens=False, truncation=True, max_length=n, return_offsets_mapping=True)
        x = [self.tok.cls_token_id] + cut(lead + first, FIRST_ACCOUNT if lead == ACCOUNT else FIRST)["input_ids"] + [self.tok.sep_token_id]
        second_ids, at = cut(second, SECOND), None
        if answer and second.rfind(answer) >= 0:
            start = second.rfind(answer)
            inside = [i for i, (a, b) in enumerate(second_ids["offset_mapping"]) if a < start + len(answer) and b > start]
            if inside:
                at = (inside[0], inside[-1])
        return x + second_ids["input_ids"] + [self.tok.sep_token_id], len(x), at

    def forward(self, sequences, width=1400):
        """The token vectors of sequences, those of about one length together."""
        order, out, i = sorted(range(len(sequences)), key=lambda i: len(sequences[i])), [None] * len(sequences), 0
        while i < len(order):
            j = i + 1
            while j < len(order) and (j + 1 - i) * len(sequences[order[j]]) <= width:
                j += 1
            some = order[i:j]
            x = torch.zeros(len(some), len(sequences[some[-1]]), dtype=torch.long)
            mask = torch.zeros_like(x)
            for row, k in enumerate(some):
                x[row, :len(sequences[k])] = torch.tensor(sequences[k])
                mask[row, :len(sequences[k])] = 1
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not self.exact):
                away = (1 - mask[:, None, None, :]).to(torch.float32 if self.exact else torch.bfloat16) * -1e4
                with torch.no_grad():
                    h = self.bert.embeddings(x)
                    for layer in self.bert.encoder.layer[:self.shared]:
                        h = through(layer, h, away)
                for layer in self.bert.encoder.layer[self.shared:]:
                    h = through(layer, h, away)
            for row, k in enumerate(some):
                out[k] = h[row, :len(sequences[k])].float()
            i = j
        return out

    def state(self):
        return {"bert": self.bert.state_dict(), "heads": self.heads.state_dict(), "shared": self.shared, "layers": self.bert.config.num_hidden_layers}

    def restore(self, path):
        state = torch.load(path)
        self.bert.load_state_dict(state["bert"])
        self.heads.load_state_dict(state["heads"])


def through(layer, h, away):
    y = layer(h, away)
    return y[0] if isinstance(y, tuple) else y


def pooled(h):
    """What the heads over a whole pair see: the mean of all vectors and that of [CLS]."""
    return h.mean(0) + h[0]


def negatives(pairs, folder, share, rng):
    """Questions with the sentences that answer them, and those that come nearest and do not."""
    answers = {q["question"]: q.get("answer", "") for q in data.rows(f"{folder}/questions.jsonl")}
    groups = list(data.groups(folder))
    groups = rng.sample(groups, int(len(groups) * share))
    sentences, place, asked = [], {}, []
    for g, (articles, questions) in enumerate(groups):
        for a, article in enumerate(articles):
            for n, s in enumerate(article["sentences"]):
                place[g, a, n] = len(sentences)
                sentences.append((article.get("title") or "", s, g))
        asked += [(q, [place[g, a, n] for a, n in at], g) for q, at in questions]
    with torch.no_grad():
        near = model.embed(pairs.bert, pairs.tok, [model.SENTENCE + titled(t, s) for t, s, _ in sentences], limit=100)
        questions = model.embed(pairs.bert, pairs.tok, [model.QUESTION + q for q, _, _ in asked], limit=64)
    for i, (q, right, g) in enumerate(asked):
        order = [k for k in (questions[i] @ near.T).topk(min(60, len(sentences))).indices.tolist() if k not in right]
        texts = lambda ks: [sentences[k][:2] for k in ks]
        yield {"question": q, "answer": answers.get(q, ""), "right": texts(right), "near": texts([k for k in order if sentences[k][2] == g][:6]),
               "far": texts([k for k in order if sentences[k][2] != g][:4])}


def question_items(pairs, q, rng):
    """A question with one sentence that answers, if one does, and a few that do not: (sequence, office, target)."""
    out = []
    if q["right"]:
        title, s = q["right"][0] if rng.random() < .75 else rng.choice(q["right"])
        out.append((pairs.ids(QUESTION, q["question"], titled(title, s), q["answer"]), "answer", 1))
    near, more = q["near"], 1 if q["right"] else 2
    hard = near[:1] + rng.sample(near[1:], min(more, len(near) - 1)) if near and rng.random() < .75 else rng.sample(near, min(2, len(near)))
    for title, s in hard + ([rng.choice(q["far"])] if q["far"] else []):
        out.append((pairs.ids(QUESTION, q["question"], titled(title, s)), "answer", 0))
    return out


def claims(folders):
    """Claims with their sentences, and others of the article that share words with them."""
    for folder in folders:
        articles = {a["id"]: a for a in data.rows(f"{folder}/articles.jsonl")}
        for c in data.rows(f"{folder}/claims.jsonl"):
            a, at = articles[c["article"]], c["sentence"] if isinstance(c["sentence"], list) else [c["sentence"]]
            words = lambda text: set(re.findall(r"\w+", text.lower()))
            others = sorted((s for i, s in enumerate(a["sentences"]) if i not in at), key=lambda s: -len(words(c["claim"]) & words(s)) / (5 + len(s.split())))
            yield c["claim"], a.get("title") or "", [a["sentences"][i] for i in at], VERDICTS[c["label"]], others[:3]


def claim_items(pairs, c, rng):
    claim, title, right, verdict, others = c
    out = [(pairs.ids(CLAIM, claim, titled(title, rng.choice(right))), "verdict", verdict)]
    if others and rng.random() < .35:
        out.append((pairs.ids(CLAIM, claim, titled(title, rng.choice(others))), "verdict", VERDICTS["not_stated"]))
    return out


def inference_items(pairs, r, rng):
    return [(pairs.ids(CLAIM, r["claim"], titled(r.get("title"), r["sentence"])), "verdict", VERDICTS[r["label"]])]


def account_items(pairs, r, rng):
    a, b = (r["a"], r["b"]) if rng.random() < .5 else (r["b"], r["a"])
    return [(pairs.ids(ACCOUNT, r["question"] + " " + a, b), "relation", RELATIONS[r["relation"]])]


def endless(items, make, pairs, rng):
    while True:
        rng.shuffle(items)
        for x in items:
            yield make(pairs, x, rng)


def losses(pairs, groups):
    flat = [x for g in groups for x in g]
    hidden = pairs([ids for (ids, _, _), _, _ in flat])
    whole = torch.stack([pooled(h) for h in hidden])
    scores = {name: head(whole) for name, head in pairs.heads.items() if name != "span"}
    out, at = {name: [] for name in LOSSES}, 0
    for g in groups:
        rows = range(at, at + len(g))
        at += len(g)
        if g[0][1] != "answer":
            for i, (_, office, target) in zip(rows, g):
                out[office].append(F.cross_entropy(scores[office][i][None], torch.tensor([target]), label_smoothing=.05))
            continue
        logits = scores["answer"][list(rows), 0]
        out["answer"].append(F.binary_cross_entropy_with_logits(logits, torch.tensor([float(x[2]) for x in g])))
        (_, second, answer), _, right = g[0]
        if right and len(g) > 1:
            out["choice"].append(-torch.log_softmax(logits, 0)[0])
        if right and answer:
            spans = torch.log_softmax(pairs.heads["span"](hidden[rows[0]][second:]), 0)
            out["span"].append(-spans[answer[0], 0] - spans[answer[1], 1])
    return {name: torch.stack(v).mean() for name, v in out.items() if v}


def train(o):
    torch.manual_seed(o.seed)
    rng = random.Random(o.seed)
    pairs = Pairs(o.base, o.encoder, o.shared)
    questions = []
    for spec in o.questions:
        folder, _, share = spec.partition(":")
        questions += negatives(pairs, folder, float(share or 1), rng)
    sources = {"question": (questions, question_items, .48), "claim": (list(claims(o.claims)), claim_items, .2),
               "inference": ([r for f in o.inference for r in data.rows(f)], inference_items, .2),
               "account": ([r for f in o.pairs for r in data.rows(f)], account_items, .12)}
    if o.start:
        pairs.restore(o.start)
    streams = {n: endless(items, make, pairs, rng) for n, (items, make, _) in sources.items() if items}
    spent = dict.fromkeys(streams, 0.)
    print({n: len(items) for n, (items, _, _) in sources.items()}, flush=True)
    own = [p for p in pairs.bert.parameters() if p.requires_grad]
    opt = torch.optim.AdamW([{"params": own, "lr": o.lr}, {"params": pairs.heads.parameters(), "lr": 1e-3}], weight_decay=.01)
    plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min(1, (s + 1) / (o.steps * .06)) * max(.02, 1 - s / o.steps))
    start = time.time()
    for step in range(1, o.steps + 1):
        groups, tokens = [], 0
        while tokens < o.budget:
            name = min(streams, key=lambda n: spent[n] / sources[n][2])
            groups.append(next(streams[name]))
            n = sum(len(ids) for (ids, _, _), _, _ in groups[-1])
            spent[name], tokens = spent[name] + n, tokens + n
        value = losses(pairs, groups)
        opt.zero_grad()
        sum(LOSSES[n] * v for n, v in value.items()).backward()
        nn.utils.clip_grad_norm_(own + list(pairs.heads.parameters()), 1.)
        opt.step()
        plan.step()
        if step % 20 == 0:
            print(f"{step}/{o.steps}", *(f"{n} {v.item():.3f}" for n, v in value.items()), f"{(time.time() - start) / step:.2f} s a step", flush=True)
        if step % 200 == 0 or step == o.steps:
            torch.save(pairs.state(), o.out)


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--base", required=True)
    p.add_argument("--encoder", required=True, help="the training run of the encoder")
    p.add_argument("--out", required=True)
    p.add_argument("--start", help="a run to go on from")
    p.add_argument("--questions", nargs="*", default=[])
    p.add_argument("--claims", nargs="*", default=[])
    p.add_argument("--pairs", nargs="*", default=[])
    p.add_argument("--inference", nargs="*", default=[])
    p.add_argument("--shared", type=int, default=6, help="layers that stay those of the encoder")
    p.add_argument("--steps", type=int, default=1800)
    p.add_argument("--lr", type=float, default=5e-5)
    p.add_argument("--budget", type=int, default=4000, help="tokens of a step")
    p.add_argument("--seed", type=int, default=1)
    train(p.parse_args())
