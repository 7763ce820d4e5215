"""Model files as src/lang/model_file.c tells them: sections by name, written and read; 8-bit rows and matrices.  Needs numpy and torch."""
import hashlib
import struct

import numpy as np
import torch

HEADER, ENTRY = 64, 32
ODD, MASK = 0x9E3779B97F4A7C15, (1 << 64) - 1


def quick_sum(b):
    """The twin of model_quick_sum in src/lang/model_file.c."""
    n = len(b) // 64 * 64
    words = np.frombuffer(b[:n], "<u8").reshape(-1, 8)
    with np.errstate(over="ignore"):
        lane = np.arange(8, dtype=np.uint64) * np.uint64(ODD)
        for row in words:
            v = (lane ^ row) * np.uint64(ODD)
            lane = v << np.uint64(31) | v >> np.uint64(33)
    total = len(b)
    for x in b[n:]:
        total = (total ^ x) * ODD & MASK
    for v in lane.tolist():
        total = (total ^ v) * ODD & MASK
        total ^= total >> 29
    return total | 1


def write(path, parts):
    """parts: {name: bytes}; returns the size."""
    at, table, body = HEADER + ENTRY * len(parts), b"", bytearray()
    for name, content in parts.items():
        body += b"\0" * (-(at + len(body)) % 64)
        table += struct.pack("<16sQQ", name.encode(), at + len(body), len(content))
        body += content
    rest = table + bytes(body)
    head = struct.pack("<8sIIQ32sQ", b"TOCSINLM", 1, len(parts), HEADER + len(rest), hashlib.sha256(rest).digest(), quick_sum(rest))
    with open(path, "wb") as f:
        f.write(head + rest)
    return HEADER + len(rest)


def read(path):
    """{name: bytes}, in the order of the file."""
    with open(path, "rb") as f:
        b = f.read()
    magic, version, n, size = struct.unpack_from("<8sIIQ", b)
    if magic != b"TOCSINLM" or version != 1 or size != len(b):
        raise ValueError("%s: not a model file of format 1" % path)
    out = {}
    for i in range(n):
        name, at, size = struct.unpack_from("<16sQQ", b, HEADER + i * ENTRY)
        out[name.rstrip(b"\0").decode()] = b[at:at + size]
    return out


def config(parts):
    """{key: number or text}"""
    pairs = (x.split(" ", 1) for x in lines(parts["config"]))
    return {k: int(v) if v.isdigit() else v for k, v in pairs}


def lines(section):
    return section.decode("utf-8").split("\n")[:-1]


def put_lines(xs):
    xs = list(xs)
    assert all("\n" not in x for x in xs)
    return "".join(x + "\n" for x in xs).encode("utf-8")


def put_floats(x):
    return x.detach().numpy().astype("<f4").tobytes()


def floats(section, width=None):
    x = torch.from_numpy(np.frombuffer(section, "<f4").copy())
    return x if width is None else x.view(-1, width)


def rows8(w):
    """(8-bit rows, scale of each)"""
    w = w.detach().numpy().astype(np.float32)
    s = np.maximum(np.abs(w).max(1), 1e-12).astype(np.float32) / np.float32(127)
    return np.round(w / s[:, None]).astype(np.int8), s


def put_rows(out, name, w):
    q, s = rows8(w)
    out[name + ".q"], out[name + ".s"] = q.tobytes(), s.astype("<f4").tobytes()


def rows(parts, name, width):
    q = np.frombuffer(parts[name + ".q"], np.int8).reshape(-1, width).astype(np.float32)
    return torch.from_numpy(q * np.frombuffer(parts[name + ".s"], "<f4")[:, None])


def put_matrix(out, name, layer, bias=None):
    """Rows in blocks of 16, columns in groups of 4 (src/lang/lang_kernel.h)."""
    q, s = rows8(layer.weight)
    b = (layer.bias if bias is None else bias).detach().numpy()
    pad = -len(q) % 16
    q = np.pad(q, ((0, pad), (0, 0)))
    n, d = q.shape
    assert d % 16 == 0
    out[name + ".w"] = q.reshape(n // 16, 16, d // 4, 4).transpose(0, 2, 1, 3).tobytes()
    out[name + ".s"] = np.pad(s, (0, pad)).astype("<f4").tobytes()
    out[name + ".b"] = np.pad(b, (0, pad)).astype("<f4").tobytes()


def matrix(parts, name, key, layer):
    """{KEY.weight, KEY.bias} of the matrix, in the shape of `layer`."""
    n, d = layer.weight.shape
    q = np.frombuffer(parts[name + ".w"], np.int8).reshape(-1, d // 4, 16, 4).transpose(0, 2, 1, 3).reshape(-1, d).astype(np.float32)
    w = q * np.frombuffer(parts[name + ".s"], "<f4")[:, None]
    return {key + ".weight": torch.from_numpy(w[:n].copy()), key + ".bias": floats(parts[name + ".b"])[:n].clone()}
