"""Judges a JSON Lines export of a whole journal from the file and two certificates alone: EXPORT ROOT_PEM ISSUING_PEM.

Python's standard library computes every row's hash, the chain, the Merkle root (RFC 6962) and the rows' paths to it, from
the documentation of the formats; OpenSSL judges the signature, and what it signed is what counts of the head.
"""

import base64
import hashlib
import json
import struct
import subprocess
import sys

COLUMNS = """seq at workstation actor role event request_id operation outcome sent_sha256 received_sha256 key_month
iin_cipher iin_lookup person_cipher note details prev_hash""".split()
BLOBS = set("sent_sha256 received_sha256 iin_cipher iin_lookup person_cipher prev_hash".split())


def sha256(data):
    return hashlib.sha256(data).digest()


def text(value):
    return b"\x02" + struct.pack(">I", len(value)) + value


def blob(value):
    return b"\x03" + struct.pack(">I", len(value)) + value


def field(name, value):
    if value is None:
        return b"\x00"
    if isinstance(value, int):
        return b"\x01" + struct.pack(">q", value)
    return blob(bytes.fromhex(value)) if name in BLOBS else text(value.encode())


def row_hash(row):
    return sha256(text(b"arm-tson:audit-row:v1") + b"".join(field(name, row[name]) for name in COLUMNS))


def tree_root(leaves):
    """RFC 6962, section 2.1."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + tree_root(leaves[:split]) + tree_root(leaves[split:]))


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


def signed_text(cms, root, issuing):
    """What OpenSSL finds signed, or None where it refuses."""
    how = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any", "-CAfile", root, "-certfile", issuing]
    run = subprocess.run(how, input=cms, capture_output=True)
    return run.stdout.decode() if run.returncode == 0 else None


file, root_file, issuing_file = sys.argv[1:]
lines = [json.loads(line) for line in open(file, encoding="utf-8")]
log, rows = lines[0], lines[1:]
hashes = [bytes.fromhex(row["hash"]) for row in rows]
first = sha256(text(b"arm-tson:audit-log:v1") + blob(bytes.fromhex(log["logId"])))
signed = signed_text(base64.b64decode(log["signedHead"]["cms"]), root_file, issuing_file)
head = dict(line.split(" ", 1) for line in (signed or "").splitlines()[1:])
size, root = int(head.get("size", 0)), head.get("root")
leaves = [sha256(b"\x00" + row) for row in hashes]
print(
    json.dumps(
        {
            "rows": len(rows),
            "hashes": all(row_hash(row) == row_bytes for row, row_bytes in zip(rows, hashes)),
            "chain": [row["prev_hash"] for row in rows] == [before.hex() for before in [first, *hashes[:-1]]],
            "signature": signed is not None,
            "sameLog": head.get("log") == log["logId"],
            "covered": size,
            "root": 0 < size <= len(leaves) and tree_root(leaves[:size]).hex() == root,
            "paths": sum(
                (found := root_from_path(leaf, row["leafIndex"], size, [bytes.fromhex(p) for p in row["path"]])) is not None
                and found.hex() == root
                for row, leaf in zip(rows, leaves)
                if "path" in row
            ),
        }
    )
)
