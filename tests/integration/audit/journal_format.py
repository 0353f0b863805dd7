"""The formats of a journal's rows and of the tree over them, written from their documentation alone."""

import hashlib
import struct

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
