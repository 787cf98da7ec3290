"""Averages weights, one tensor at a time: python average.py OUT.pt BASE_FOLDER RUN.pt:SHARE ... ; what is left to 1 is the base's."""

import sys

import torch

import model


def main(out, base, *runs):
    start = model.load(base)[0].state_dict()
    total = {k: v.clone() for k, v in start.items()}
    for run in runs:
        path, share = run.rsplit(":", 1)
        for k, v in torch.load(path).items():
            if v.dtype.is_floating_point:
                total[k] += float(share) * (v - start[k])
    torch.save(total, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
