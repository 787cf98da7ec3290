"""Writes a trained pair model (pairs.py) as parley's weights file, and a sample to compare it with.

    python exportpairs.py --encoder reader.weights --run RUN.pt --name NAME --out pairs.weights [--base BASE --start RUN.pt --texts FILE --parity FILE]

The file holds the layers that are the pair model's own, and the heads; the lower layers are those of the encoder's file, whose
checksum it names. retrieval/encoder/pairs.go reads it.
"""

import argparse
import json

import torch

import export
import pairs


def tensors(run):
    bert = {k: v.detach().float().numpy() for k, v in run["bert"].items()}
    for i in range(run["shared"], run.get("layers", 12)):
        yield from export.layer(bert, f"encoder.layer.{i}.", f"layer.{i}.")
    for name in ("answer", "span", "verdict", "relation"):
        for part in ("weight", "bias"):
            yield f"{name}.{part}", run["heads"][f"{name}.{part}"].detach().float().numpy()


def parity(o):
    """What the heads say of some pairs in each office, one JSON object a line."""
    reads = pairs.Pairs(o.base, o.start, 6)
    reads.restore(o.run)
    reads.exact = True
    with open(o.texts, encoding="utf-8") as f, open(o.parity, "w", encoding="utf-8") as out, torch.no_grad():
        for first, second in map(json.loads, f):
            for office, lead in (("answer", pairs.QUESTION), ("verdict", pairs.CLAIM), ("relation", pairs.ACCOUNT)):
                h = reads([reads.ids(lead, first, second)[0]])[0]
                logits = reads.heads[office](pairs.pooled(h)).tolist()
                out.write(json.dumps({"office": office, "first": first, "second": second, "logits": [round(v, 4) for v in logits]}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    for name in ("encoder", "run", "name", "out"):
        p.add_argument("--" + name, required=True)
    for name in ("base", "start", "texts", "parity"):
        p.add_argument("--" + name)
    o = p.parse_args()
    run = torch.load(o.run)
    with open(o.encoder, "rb") as f:
        reader = f.read()[-32:][:6].hex()
    export.write({"name": o.name, "reader": reader, "shared": run["shared"], "layers": run.get("layers", 12),
                  "question": pairs.QUESTION, "claim": pairs.CLAIM, "account": pairs.ACCOUNT}, tensors(run), o.out)
    if o.parity:
        parity(o)
