"""Trains the reader: a question's vector is near those of the sentences that answer it, and of no sentence when none does.

    python train.py --base BASE --out OUT.pt --data [~]FOLDER[:SHARE] ... [--epochs 2] [--lr 3e-5] [--keep 40]

One step takes some groups of texts (data.py) with all their questions; every sentence of the step is a negative for every other
question. Loss: softmax over the step's sentences for questions with an answer, and one logistic line over the best cosine for all,
so that near misses stay below it. In every other step the vectors for search, of some passages and questions, are held to those of the
base model, so that search keeps its breadth.
"""

import argparse
import random
import time

import torch
from torch import nn

import data
import model


def nearest_first(items, loose, bert, tok):
    """For every group, itself and the others nearest in subject: batches of related texts have harder negatives.

    Loose groups are not put together: other groups of their set may hold what answers their near misses. In one step by chance they seldom do.
    """
    apart = [n for n in range(len(items)) if n not in loose]
    text = ["query: " + " ".join(filter(None, (items[n][0][0].get("title"), items[n][0][0]["sentences"][0]))) for n in apart]
    with torch.no_grad():
        v = model.embed(bert, tok, text, limit=64)
    near = [[n] for n in range(len(items))]
    for n, row in zip(apart, (v @ v.T).topk(min(12, len(apart)), dim=1).indices.tolist()):
        near[n] += [apart[k] for k in row if apart[k] != n]
    return near


def batches(items, near, rng, budget):
    """An epoch: every group once, each step a group with related ones, as many as fit into the budget of tokens."""
    left = list(range(len(items)))
    rng.shuffle(left)
    todo = set(left)
    size = lambda i: 1.5 * (sum(len(s.split()) for a in items[i][0] for s in a["sentences"]) + sum(len(q.split()) + 5 for q, _ in items[i][1]))
    while todo:
        step, used = [], 0.
        for seed in left:
            if seed not in todo:
                continue
            for i in [seed] + [j for j in near[seed][1:] if j in todo]:
                if i in todo and (not step or used + size(i) <= budget):
                    step.append(i)
                    todo.discard(i)
                    used += size(i)
            if used > 0.8 * budget:
                break
        left = [i for i in left if i in todo]
        yield step


class Loss(nn.Module):
    def __init__(self):
        super().__init__()
        self.sharp, self.slope, self.line = (nn.Parameter(torch.tensor(v)) for v in (25., 30., -25.5))

    def forward(self, similarity, gold):
        choice = [-torch.logsumexp(torch.log_softmax(similarity[i] * self.sharp, 0)[g], 0) for i, g in enumerate(gold) if g]
        best = torch.stack([similarity[i][g].max() if g else similarity[i].max() for i, g in enumerate(gold)])
        want = torch.tensor([float(bool(g)) for g in gold])
        refuse = nn.functional.binary_cross_entropy_with_logits(self.slope * best + self.line, want)
        return (sum(choice) / len(choice) if choice else 0.) + refuse


def reading_loss(bert, tok, loss, groups, rng):
    """The loss of a step, and its passages and questions."""
    texts, place, questions, gold = [], {}, [], []
    column = 0
    for g, (articles, qs) in enumerate(groups):
        for a, article in enumerate(articles):
            for p in data.passages(article, rng):
                texts.append(p)
                for n in range(len(p["sentences"])):
                    place[g, a, p["first"] + n] = column
                    column += 1
        for q, at in qs:
            questions.append(q)
            gold.append([place[g, a, n] for a, n in at])
    sentences = model.embed(bert, tok, [s for p in texts for s in model.sentence_texts(p)], limit=100)
    asked = model.embed(bert, tok, [model.QUESTION + q for q in questions], limit=64)
    return loss(asked @ sentences.T, gold), texts, questions


def drift(bert, base, tok, passages, questions, rng):
    """How far the vectors for search are from the base model's: the mean of 1 - cosine."""
    texts = [model.QUERY + q for q in rng.sample(questions, min(len(questions), 30))]
    for p in rng.sample(passages, min(len(passages), 5)):
        texts.append(model.passage_text(p))
    with torch.no_grad():
        want = model.embed(base, tok, texts)
    return (1 - (model.embed(bert, tok, texts) * want).sum(1)).mean()


def train(o):
    torch.manual_seed(0)
    rng = random.Random(o.seed)
    model.fetch(o.base)
    bert, tok = model.load(o.base, o.start)
    base, _ = model.load(o.base)
    items, loose = [], set()
    for spec in o.data:
        folder, _, share = spec.lstrip("~").partition(":")
        part = data.without(data.groups(folder), o.without)
        if share:
            part = rng.sample(part, int(len(part) * float(share)))
        if spec.startswith("~"):
            loose |= set(range(len(items), len(items) + len(part)))
        items += part
        print(folder, len(part), "groups", sum(len(q) for _, q in part), "questions", flush=True)
    near = nearest_first(items, loose, base, tok)
    loss = Loss()
    parameters = [p for p in bert.parameters() if p.requires_grad]
    opt = torch.optim.AdamW([{"params": parameters, "lr": o.lr}, {"params": loss.parameters(), "lr": 1e-2, "weight_decay": 0.}], weight_decay=.01)
    per_epoch = len(list(batches(items, near, random.Random(0), o.budget)))
    steps = int(per_epoch * o.epochs)
    plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min(1, (s + 1) / (steps * .06)) * max(.02, 1 - s / steps))
    done, start, running = 0, time.time(), 0.
    while done < steps:
        for step in batches(items, near, rng, o.budget):
            value, passages, questions = reading_loss(bert, tok, loss, [items[i] for i in step], rng)
            opt.zero_grad()
            value.backward()
            if done % 2 == 0:
                away = drift(bert, base, tok, passages, questions, rng)
                (o.keep * away).backward()
            nn.utils.clip_grad_norm_(parameters, 1.)
            opt.step()
            plan.step()
            done += 1
            running += value.item()
            if done % 20 == 0:
                print(f"{done}/{steps} loss {running / 20:.3f}, {(time.time() - start) / done:.2f} s a step, line at cosine {(-loss.line / loss.slope).item():.3f}, drift {away.item():.4f}", flush=True)
                running = 0.
            if done % 200 == 0:
                torch.save(bert.state_dict(), o.out)
            if done == steps:
                break
    torch.save(bert.state_dict(), o.out)


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--base", required=True)
    p.add_argument("--start")
    p.add_argument("--out", required=True)
    p.add_argument("--data", nargs="+", required=True, help="folders; ~ marks those whose groups are not independent of one another")
    p.add_argument("--without", nargs="*", default=[], help="files of articles that it is measured on: what shares a sentence with them is left out")
    p.add_argument("--epochs", type=float, default=2)
    p.add_argument("--lr", type=float, default=3e-5)
    p.add_argument("--budget", type=float, default=4000, help="words and marks of a step, about its tokens")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--keep", type=float, default=40, help="weight of the drift of vectors for search")
    train(p.parse_args())
