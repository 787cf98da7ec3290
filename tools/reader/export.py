"""Writes a trained encoder as parley's weights file, and a sample to compare it with.

    python export.py --base BASE [--weights RUN.pt] --name NAME --out reader.weights [--parity parity.jsonl --texts TEXTS.jsonl]

Matrices become signed bytes with one scale for each output (largest magnitude = 127, rounded to nearest even), word
embeddings with one for each word; everything else stays float32. The layout is described in retrieval/encoder/file.go
and retrieval/encoder/kernel/matrix.go, which read it.
"""

import argparse
import hashlib
import json
import struct

import numpy
import torch

import model

MAGIC, VERSION, ALIGN = b"parley encoder\n\0", 1, 64


def quantise(w):
    """Rows of floats as signed bytes, and their scales."""
    scale = numpy.abs(w).max(axis=1) / 127
    scale[scale == 0] = 1
    return numpy.rint(w / scale[:, None]).clip(-127, 127).astype(numpy.int8), scale.astype(numpy.float32)


def pack(w):
    """Blocks of 16 outputs; in each, groups of 4 inputs; in each, outputs × inputs."""
    n, k = w.shape
    return numpy.ascontiguousarray(w.reshape(n // 16, 16, k // 4, 4).transpose(0, 2, 1, 3))


def tensors(bert, tok):
    state = {k: v.detach().float().numpy() for k, v in bert.state_dict().items()}
    vocabulary = tok.get_vocab()
    yield "vocabulary", "\n".join(sorted(vocabulary, key=vocabulary.get)).encode()
    words, scale = quantise(state["embeddings.word_embeddings.weight"])
    yield "words.weight", words
    yield "words.scale", scale
    yield "positions", state["embeddings.position_embeddings.weight"] + state["embeddings.token_type_embeddings.weight"][0]
    yield "norm.gamma", state["embeddings.LayerNorm.weight"]
    yield "norm.beta", state["embeddings.LayerNorm.bias"]

    for i in range(bert.config.num_hidden_layers):
        yield from layer(state, f"encoder.layer.{i}.", f"layer.{i}.")


def layer(state, at, to):
    """The tensors of one layer."""
    def linear(name, *parts):
        w, s = quantise(numpy.concatenate([state[at + p + ".weight"] for p in parts]))
        yield to + name + ".weight", pack(w)
        yield to + name + ".scale", s
        yield to + name + ".bias", numpy.concatenate([state[at + p + ".bias"] for p in parts])

    def norm(name, part):
        yield to + name + ".gamma", state[at + part + ".weight"]
        yield to + name + ".beta", state[at + part + ".bias"]

    yield from linear("attention", *(f"attention.self.{x}" for x in ("query", "key", "value")))
    yield from linear("output", "attention.output.dense")
    yield from norm("attention.norm", "attention.output.LayerNorm")
    yield from linear("up", "intermediate.dense")
    yield from linear("down", "output.dense")
    yield from norm("norm", "output.LayerNorm")


def describe(bert, name):
    """What the file says of the encoder."""
    c = bert.config
    return {"name": name, "base": "intfloat/e5-small-v2 (MIT)", "layers": c.num_hidden_layers, "hidden": c.hidden_size,
            "heads": c.num_attention_heads, "inner": c.intermediate_size, "positions": c.max_position_embeddings,
            "words": c.vocab_size, "epsilon": c.layer_norm_eps, "query": model.QUERY, "passage": model.PASSAGE, "question": model.QUESTION, "sentence": model.SENTENCE}


def write(header, tensors, path):
    """Writes a file: header, tensors, checksum."""
    header["tensors"] = {}
    parts = [(n, t if isinstance(t, bytes) else t.tobytes()) for n, t in tensors]
    start, body = 1 << 15, bytearray()  # room for the header
    for n, data in parts:
        body += bytes(-len(body) % ALIGN)
        header["tensors"][n] = [start + len(body), len(data)]
        body += data
    text = json.dumps(header, separators=(",", ":")).encode()
    head = MAGIC + struct.pack("<II", VERSION, len(text)) + text
    if len(head) > start:
        raise SystemExit(f"the header has {len(head)} bytes, more than {start}")
    data = head + bytes(start - len(head)) + bytes(body)
    with open(path, "wb") as f:
        f.write(data + hashlib.sha256(data).digest())
    print(path, len(data) + 32, "bytes")


def parity(bert, tok, texts, path):
    """The float32 vectors of whole texts, one JSON object a line, rounded to 5 digits."""
    with open(path, "w", encoding="utf-8") as f, torch.no_grad():
        for text in texts:
            x = tok(text, truncation=True, max_length=bert.config.max_position_embeddings, return_tensors="pt", return_token_type_ids=True)
            v = torch.nn.functional.normalize(bert(**x).last_hidden_state[0].mean(0), dim=0)
            f.write(json.dumps({"text": text, "vector": [round(z, 5) for z in v.tolist()]}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--base", required=True)
    p.add_argument("--weights")
    p.add_argument("--name", default="e5-small-v2")
    p.add_argument("--out")
    p.add_argument("--parity")
    p.add_argument("--texts", help="a file with one JSON string a line")
    o = p.parse_args()
    model.fetch(o.base)
    bert, tok = model.load(o.base, o.weights)
    bert.eval()
    if o.out:
        write(describe(bert, o.name), tensors(bert, tok), o.out)
    if o.parity:
        with open(o.texts, encoding="utf-8") as f:
            parity(bert, tok, [json.loads(line) for line in f], o.parity)
