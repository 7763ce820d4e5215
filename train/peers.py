#!/usr/bin/env python3
"""The large model run by other engines, to be held against ours: PyTorch in bf16 and ONNX Runtime in 8 bits.

  peers.py --model model/en-large.tocsin --words FILE.conllu [--threads 1] [--runs 3] [--only pytorch|onnxruntime]

FILE.conllu: the output of `tocsin parse` of a text; its sentences and words are taken as they are.  Both peers get batches of sentences of
like length with their pieces ready, and give vectors of arcs and labels and all scores of tags: cutting text, spanning trees, lemmas and
labels are not in their time, all of which ours does.  Prints "NAME WORDS/S" for each, the best of the runs.
Needs: requirements.txt and requirements-peers.txt.
"""
import argparse
import os
import tempfile
import time

import torch
from torch import nn

import data
import teacher

BATCHES = (400, 1500, 6000)       # pieces; each engine gets the size that suits it best


class Network(nn.Module):
    """The teacher's network with plain tensors in and out, for export."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, ids, shapes, mask, first, last):
        m = self.model
        bias = (1.0 - mask) * -1e4
        x = m.mix(m.encoder(ids, shapes, bias[:, None, None, :]))
        x = x.reshape(-1, x.shape[-1])
        dep, head, ld, lh, tag = m.heads(torch.cat([x[first], x[last]], 1))
        return dep, head, ld, lh, m.heads.tags(tag)


def inputs(group):
    b = teacher.collate(group)
    return b["ids"], b["shapes"], b["piece_mask"].float(), b["first"], b["last"]


def measure(run, items, runs):
    """Words a second with the best size of batch."""
    best = 0.0
    for size in BATCHES:
        groups = [inputs(g) for g in teacher.batches(items, size)]
        run(groups[0])
        for _ in range(runs):
            began = time.perf_counter()
            for g in groups:
                run(g)
            best = max(best, sum(len(x.first) for x in items) / (time.perf_counter() - began))
    return best


def pytorch(net):
    def run(x):
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            net(*x)
    return run


def onnx_runtime(net, group, threads, folder):
    import onnxruntime
    from onnxruntime.quantization import QuantType, quantize_dynamic
    plain, small = os.path.join(folder, "plain.onnx"), os.path.join(folder, "small.onnx")
    names = ["ids", "shapes", "mask", "first", "last"]
    axes = {"ids": {0: "b", 1: "t"}, "shapes": {0: "b", 1: "t"}, "mask": {0: "b", 1: "t"}, "first": {0: "w"}, "last": {0: "w"}}
    with torch.inference_mode():
        torch.onnx.export(net, inputs(group), plain, input_names=names, dynamic_axes=axes, opset_version=17)
    quantize_dynamic(plain, small, weight_type=QuantType.QInt8, per_channel=True)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    session = onnxruntime.InferenceSession(small, options, providers=["CPUExecutionProvider"])
    return lambda x: session.run(None, {k: v.numpy() for k, v in zip(names, x)})


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", required=True)
    p.add_argument("--words", required=True)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--runs", type=int, default=3)
    p.add_argument("--only", choices=("pytorch", "onnxruntime"))
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    model, _, pieces = teacher.unpack(a.model)
    net = Network(model).eval()
    items = [teacher.Item([w.form for w in s.words], pieces) for s in data.read_conllu(a.words)]
    items = [x for x in items if len(x.ids) <= teacher.MAX_PIECES]
    if a.only != "onnxruntime":
        print("pytorch %.0f" % measure(pytorch(net), items, a.runs), flush=True)
    if a.only != "pytorch":
        with tempfile.TemporaryDirectory() as folder:
            print("onnxruntime %.0f" % measure(onnx_runtime(net, items[:4], a.threads, folder), items, a.runs), flush=True)


if __name__ == "__main__":
    main()
