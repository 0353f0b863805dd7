"""Reads an audit log with Python's sqlite3 and hashlib, from the documentation of the canonical form alone.

Prints one JSON object: how many rows, the last hash, and the first row that does not hold (null where all do).
"""

import hashlib
import json
import sqlite3
import struct
import sys

COLUMNS = """seq at workstation actor role event request_id operation outcome sent_sha256 received_sha256 key_month
iin_cipher iin_lookup person_cipher note details prev_hash""".split()
TEXTS = set("at workstation actor role event request_id operation outcome key_month note details".split())


def field(value, is_text):
    if value is None:
        return b"\x00"
    if isinstance(value, int):
        return b"\x01" + struct.pack(">q", value)
    return (b"\x02" if is_text else b"\x03") + struct.pack(">I", len(value)) + value


def sha256(domain, fields):
    return hashlib.sha256(field(domain.encode(), True) + b"".join(fields)).digest()


db = sqlite3.connect(sys.argv[1])
db.text_factory = bytes
(log_id,) = db.execute("SELECT log_id FROM audit_log").fetchone()
previous = sha256("arm-tson:audit-log:v1", [field(log_id, False)])
rows, first_broken = 0, None
for *values, stored in db.execute(f"SELECT {', '.join(COLUMNS)}, hash FROM audit_row ORDER BY seq"):
    row = dict(zip(COLUMNS, values))
    computed = sha256("arm-tson:audit-row:v1", [field(value, name in TEXTS) for name, value in row.items()])
    if row["seq"] != rows + 1 or row["prev_hash"] != previous or stored != computed:
        first_broken = row["seq"]
        break
    rows, previous = rows + 1, stored


def tree_root(hashes):
    """Merkle tree hash, RFC 6962, section 2.1, word for word."""
    if not hashes:
        return hashlib.sha256().digest()
    if len(hashes) == 1:
        return hashlib.sha256(b"\x00" + hashes[0]).digest()
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return hashlib.sha256(b"\x01" + tree_root(hashes[:split]) + tree_root(hashes[split:])).digest()


roots = {
    size: tree_root([hash for (hash,) in db.execute("SELECT hash FROM audit_row WHERE seq <= ? ORDER BY seq", (size,))]).hex()
    for (size,) in db.execute("SELECT size FROM audit_head").fetchall()
}
print(json.dumps({"rows": rows, "head": previous.hex(), "firstBroken": first_broken, "roots": roots}))
