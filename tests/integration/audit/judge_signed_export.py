"""Judges a JSON Lines export of a whole journal from the file and two certificates alone: EXPORT ROOT_PEM ISSUING_PEM.

Python's standard library computes every row's hash, the chain, the Merkle root (RFC 6962) and the rows' paths to it, from
the documentation of the formats; OpenSSL judges the signature, and what it signed is what counts of the head.
"""

import base64
import json
import subprocess
import sys

sys.dont_write_bytecode = True
from journal_format import blob, root_from_path, row_hash, sha256, text, tree_root


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
