"""Reads an export of the journal with Python's csv and json modules or with openpyxl, and judges it.

csv, xlsx: prints all cells. jsonl: computes every row's hash, the Merkle root of all rows (RFC 6962) and follows each
row's path to the root of the head, from the documentation of the formats alone.
"""

import csv
import hashlib
import json
import struct
import sys

COLUMNS = """seq at workstation actor role event request_id operation outcome sent_sha256 received_sha256 key_month
iin_cipher iin_lookup person_cipher note details prev_hash""".split()
BLOBS = set("sent_sha256 received_sha256 iin_cipher iin_lookup person_cipher prev_hash".split())


def field(name, value):
    if value is None:
        return b"\x00"
    if isinstance(value, int):
        return b"\x01" + struct.pack(">q", value)
    data = bytes.fromhex(value) if name in BLOBS else value.encode()
    return (b"\x03" if name in BLOBS else b"\x02") + struct.pack(">I", len(data)) + data


def sha256(data):
    return hashlib.sha256(data).digest()


def root_from_path(leaf, index, size, path):
    """RFC 9162, section 2.1.3.2."""
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return None
        if fn % 2 == 1 or fn == sn:
            r = sha256(b"\x01" + p + r)
            while fn % 2 == 0 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha256(b"\x01" + r + p)
        fn, sn = fn >> 1, sn >> 1
    return r if sn == 0 else None


def judge_jsonl(file):
    lines = [json.loads(line) for line in open(file, encoding="utf-8")]
    head, rows = lines[0], lines[1:]
    hashes = all(
        sha256(
            field("", "arm-tson:audit-row:v1") + b"".join(field(name, row[name]) for name in COLUMNS)
        ).hex()
        == row["hash"]
        for row in rows
    )
    paths = 0
    for row in rows:
        if "path" not in row:
            continue
        leaf = sha256(b"\x00" + bytes.fromhex(row["hash"]))
        signed = head["signedHead"]
        found = root_from_path(leaf, row["leafIndex"], signed["treeSize"], [bytes.fromhex(p) for p in row["path"]])
        paths += found is not None and found.hex() == signed["rootHash"]
    return {"head": head["head"], "rows": len(rows), "hashes": hashes, "paths": paths}


def read_xlsx(file):
    from openpyxl import load_workbook

    sheet = load_workbook(file)["Журнал"]
    return [[[cell.value, cell.data_type, bool(cell.quotePrefix)] for cell in row] for row in sheet.iter_rows()]


kind, file = sys.argv[1:]
if kind == "csv":
    result = list(csv.reader(open(file, encoding="utf-8-sig", newline="")))
elif kind == "xlsx":
    result = read_xlsx(file)
else:
    result = judge_jsonl(file)
print(json.dumps(result))
