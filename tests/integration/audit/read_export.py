"""Reads an export of the journal with Python's csv and json modules or with openpyxl, and judges it.

csv, xlsx: prints all cells. jsonl: computes every row's hash, the Merkle root of all rows (RFC 6962) and follows each
row's path to the root of the head, from the documentation of the formats alone.
"""

import csv
import json
import sys

sys.dont_write_bytecode = True
from journal_format import root_from_path, row_hash, sha256


def judge_jsonl(file):
    lines = [json.loads(line) for line in open(file, encoding="utf-8")]
    head, rows = lines[0], lines[1:]
    hashes = all(row_hash(row).hex() == row["hash"] for row in rows)
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
