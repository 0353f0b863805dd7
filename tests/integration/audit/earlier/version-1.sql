PRAGMA application_id = 1095912769;
CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  log_id BLOB NOT NULL CHECK (length(log_id) = 16)
) STRICT;
CREATE TABLE audit_row (
  seq INTEGER PRIMARY KEY CHECK (seq >= 1),
  at TEXT NOT NULL CHECK (
    at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'
  ),
  workstation TEXT NOT NULL CHECK (length(workstation) <= 64),
  actor TEXT NOT NULL CHECK (length(actor) <= 64),
  role TEXT CHECK (length(role) <= 32),
  event TEXT NOT NULL CHECK (length(event) <= 64),
  request_id TEXT CHECK (length(request_id) <= 64),
  operation TEXT CHECK (length(operation) <= 64),
  outcome TEXT CHECK (length(outcome) <= 64),
  sent_sha256 BLOB CHECK (length(sent_sha256) = 32),
  received_sha256 BLOB CHECK (length(received_sha256) = 32),
  key_month TEXT CHECK (key_month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  iin_cipher BLOB CHECK (length(iin_cipher) BETWEEN 28 AND 1024),
  iin_lookup BLOB CHECK (length(iin_lookup) = 32),
  person_cipher BLOB CHECK (length(person_cipher) BETWEEN 28 AND 1024),
  note TEXT CHECK (length(note) <= 500),
  details TEXT CHECK (length(details) <= 8192 AND json_valid(details)),
  prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  CHECK ((iin_cipher IS NULL) = (iin_lookup IS NULL)),
  CHECK ((key_month IS NULL) = (iin_cipher IS NULL AND person_cipher IS NULL))
) STRICT;
CREATE TABLE audit_month_key (
  month TEXT PRIMARY KEY CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  data_key BLOB NOT NULL,
  lookup_key BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE audit_open_request (
  request_id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  last_seq INTEGER NOT NULL REFERENCES audit_row (seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_row_by_request ON audit_row (request_id) WHERE request_id IS NOT NULL;
INSERT INTO audit_log (id, log_id) VALUES (1, x'd9ebf2d2de5ce8d6f0241bec129ae92c');
INSERT INTO audit_row (seq, at, workstation, actor, role, event, request_id, operation, outcome, sent_sha256, received_sha256, key_month, iin_cipher, iin_lookup, person_cipher, note, details, prev_hash, hash) VALUES (1, '2026-03-02T08:01:01.000Z', 'TSON-0271-04', 'system', 'system', 'app.started', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{"front":"window"}', x'6cd2e2a0ad8cf7a357af43140434d097c941995364084f721b7c3c3c41e738ac', x'2cdc8a89d30def895ba95bdbf1a457a293f5d1c597245ec18dd683f47e60ddd3');
INSERT INTO audit_row (seq, at, workstation, actor, role, event, request_id, operation, outcome, sent_sha256, received_sha256, key_month, iin_cipher, iin_lookup, person_cipher, note, details, prev_hash, hash) VALUES (2, '2026-03-02T08:02:02.000Z', 'TSON-0271-04', 'operator', 'operator', 'session.signed-in', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, x'2cdc8a89d30def895ba95bdbf1a457a293f5d1c597245ec18dd683f47e60ddd3', x'fabae429f76e276079a95ea5ff3d9ba273430eed4ad87d3f7e6505575197e6d0');
INSERT INTO audit_row (seq, at, workstation, actor, role, event, request_id, operation, outcome, sent_sha256, received_sha256, key_month, iin_cipher, iin_lookup, person_cipher, note, details, prev_hash, hash) VALUES (3, '2026-03-02T08:03:03.000Z', 'TSON-0271-04', 'operator', 'operator', 'request.prepared', '5d6f5e38-cc08-41da-8fa4-569895074e12', 'RegisterUser', NULL, NULL, NULL, '2026-03', x'94415e4fabd6cd8f7573446ac36ce16a330143775e8545a4c865e724a579c515d30d5a3d3defbf31', x'02464d80c12eb3dd6e72546ae42d4faeb569594474bbadf533e8db628d090d40', x'a8f439b309f4f0b299803a8acb60c37b050888e882ad81e0c8f3b005e2e66b2a4c8959663e9b3ae40c3ff61cbf90744a8b7282824cfaf1', NULL, NULL, x'fabae429f76e276079a95ea5ff3d9ba273430eed4ad87d3f7e6505575197e6d0', x'0473557a22fe6b53d255cebfab913602933199fbe6d62851314a5f7a4bd2d511');
INSERT INTO audit_row (seq, at, workstation, actor, role, event, request_id, operation, outcome, sent_sha256, received_sha256, key_month, iin_cipher, iin_lookup, person_cipher, note, details, prev_hash, hash) VALUES (4, '2026-03-02T08:04:04.000Z', 'TSON-0271-04', 'operator', 'operator', 'request.sending', '5d6f5e38-cc08-41da-8fa4-569895074e12', 'RegisterUser', NULL, x'0707070707070707070707070707070707070707070707070707070707070707', NULL, NULL, NULL, NULL, NULL, NULL, NULL, x'0473557a22fe6b53d255cebfab913602933199fbe6d62851314a5f7a4bd2d511', x'915aeceb2ba5f30182ead43bf20cada265f67d95c711c2daf3a76e5000d0bf05');
INSERT INTO audit_row (seq, at, workstation, actor, role, event, request_id, operation, outcome, sent_sha256, received_sha256, key_month, iin_cipher, iin_lookup, person_cipher, note, details, prev_hash, hash) VALUES (5, '2026-03-02T08:05:05.000Z', 'TSON-0271-04', 'operator', 'operator', 'reply.issued', '5d6f5e38-cc08-41da-8fa4-569895074e12', 'RegisterUser', 'created', NULL, x'0909090909090909090909090909090909090909090909090909090909090909', NULL, NULL, NULL, NULL, NULL, NULL, x'915aeceb2ba5f30182ead43bf20cada265f67d95c711c2daf3a76e5000d0bf05', x'061838a6dea3aacf1468a0b409214ed223df1e27365a366b02761688ea550455');
INSERT INTO audit_row (seq, at, workstation, actor, role, event, request_id, operation, outcome, sent_sha256, received_sha256, key_month, iin_cipher, iin_lookup, person_cipher, note, details, prev_hash, hash) VALUES (6, '2026-03-02T08:06:06.000Z', 'TSON-0271-04', 'operator', 'operator', 'envelope.printing', '5d6f5e38-cc08-41da-8fa4-569895074e12', 'RegisterUser', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, x'061838a6dea3aacf1468a0b409214ed223df1e27365a366b02761688ea550455', x'c754856b181bb390e0ffdbe6c5b45390d5caf8a26c46bf17db80e9cd08229069');
INSERT INTO audit_row (seq, at, workstation, actor, role, event, request_id, operation, outcome, sent_sha256, received_sha256, key_month, iin_cipher, iin_lookup, person_cipher, note, details, prev_hash, hash) VALUES (7, '2026-03-02T08:07:07.000Z', 'TSON-0271-04', 'operator', 'operator', 'envelope.printed', '5d6f5e38-cc08-41da-8fa4-569895074e12', 'RegisterUser', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, x'c754856b181bb390e0ffdbe6c5b45390d5caf8a26c46bf17db80e9cd08229069', x'dced42fa05c5509fe26e3a53fcf3e58346977be6346642ddbb18bbbe3585aeb5');
INSERT INTO audit_row (seq, at, workstation, actor, role, event, request_id, operation, outcome, sent_sha256, received_sha256, key_month, iin_cipher, iin_lookup, person_cipher, note, details, prev_hash, hash) VALUES (8, '2026-03-02T08:08:08.000Z', 'TSON-0271-04', 'operator', 'operator', 'envelope.handed', '5d6f5e38-cc08-41da-8fa4-569895074e12', 'RegisterUser', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, x'dced42fa05c5509fe26e3a53fcf3e58346977be6346642ddbb18bbbe3585aeb5', x'20d34f0ed424d78aff449188ac737669d29335d068ee80184d0cca1c40049c36');
INSERT INTO audit_row (seq, at, workstation, actor, role, event, request_id, operation, outcome, sent_sha256, received_sha256, key_month, iin_cipher, iin_lookup, person_cipher, note, details, prev_hash, hash) VALUES (9, '2026-03-02T08:09:09.000Z', 'TSON-0271-04', 'operator', 'operator', 'request.prepared', '9587b6af-315e-4301-bcaf-d51a976ed236', 'RegisterUser', NULL, NULL, NULL, '2026-03', x'1c8597a1d8958f3dbe44afaeafd7cc5ea6418bdbd8fab20a32049bf1758eff5eda1880726ac5baba', x'60d231d93c786a364974c08be567b8e6f1190f792ad60de797486275097ac463', NULL, 'Утерян пароль, заявление № 14', NULL, x'20d34f0ed424d78aff449188ac737669d29335d068ee80184d0cca1c40049c36', x'799c2f357c99d308cf0605d17c4bb3bfea17fe403101f4408d82d72dcde0b827');
INSERT INTO audit_row (seq, at, workstation, actor, role, event, request_id, operation, outcome, sent_sha256, received_sha256, key_month, iin_cipher, iin_lookup, person_cipher, note, details, prev_hash, hash) VALUES (10, '2026-03-02T08:10:10.000Z', 'TSON-0271-04', 'operator', 'operator', 'request.sending', '9587b6af-315e-4301-bcaf-d51a976ed236', 'RegisterUser', NULL, x'0303030303030303030303030303030303030303030303030303030303030303', NULL, NULL, NULL, NULL, NULL, NULL, NULL, x'799c2f357c99d308cf0605d17c4bb3bfea17fe403101f4408d82d72dcde0b827', x'edd6cb3e64a7e4877c2030953bcd4abfd1032feecccd0102ea4ec13d0a063632');
INSERT INTO audit_row (seq, at, workstation, actor, role, event, request_id, operation, outcome, sent_sha256, received_sha256, key_month, iin_cipher, iin_lookup, person_cipher, note, details, prev_hash, hash) VALUES (11, '2026-03-02T08:11:11.000Z', 'TSON-0271-04', 'operator', 'operator', 'request.outcome-unknown', '9587b6af-315e-4301-bcaf-d51a976ed236', 'RegisterUser', 'gateway.timeout', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, x'edd6cb3e64a7e4877c2030953bcd4abfd1032feecccd0102ea4ec13d0a063632', x'a53e4e2c474116cbe6a10e4ed2985f602a6c9621a451cc782c4b34b1ea1109b8');
INSERT INTO audit_row (seq, at, workstation, actor, role, event, request_id, operation, outcome, sent_sha256, received_sha256, key_month, iin_cipher, iin_lookup, person_cipher, note, details, prev_hash, hash) VALUES (12, '2026-03-02T08:12:12.000Z', 'TSON-0271-04', 'system', 'system', 'app.stopped', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{"front":"window"}', x'a53e4e2c474116cbe6a10e4ed2985f602a6c9621a451cc782c4b34b1ea1109b8', x'746e270765d23e3e4749a80005c8d9d6bef9eb79a9bffd090866a2867315ba19');
INSERT INTO audit_month_key (month, data_key, lookup_key) VALUES ('2026-03', x'01d35cfbf183b2190a551bd221b75941378d1e6669ac89fa108a81298979f222f3480cf775e61e450d0e1b1a544159b07989a7831bb60504d1bfdf454a', x'01ad252a56925800ca4e99c9863f7a6ad91ba381757692595e2586a9226fccdb0221438026524009d467c47e81adabfa97eb79fde2ca6fa8cb6a3d3e73');
INSERT INTO audit_open_request (request_id, state, last_seq) VALUES ('9587b6af-315e-4301-bcaf-d51a976ed236', 'unknown', 11);
CREATE TRIGGER audit_log_refuse_insert BEFORE INSERT ON audit_log
BEGIN SELECT RAISE(ABORT, 'audit: the log has one identity'); END;
CREATE TRIGGER audit_log_refuse_update BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'audit: the identity of the log never changes'); END;
CREATE TRIGGER audit_log_refuse_delete BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'audit: the identity of the log is never deleted'); END;
CREATE TRIGGER audit_row_extends_chain BEFORE INSERT ON audit_row
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit_row)
  OR NEW.prev_hash IS NOT coalesce((SELECT hash FROM audit_row ORDER BY seq DESC LIMIT 1), NEW.prev_hash)
BEGIN SELECT RAISE(ABORT, 'audit: a row is only added at the end of the chain'); END;
CREATE TRIGGER audit_row_refuse_update BEFORE UPDATE ON audit_row
BEGIN SELECT RAISE(ABORT, 'audit: a row is never changed'); END;
CREATE TRIGGER audit_row_refuse_delete BEFORE DELETE ON audit_row
BEGIN SELECT RAISE(ABORT, 'audit: a row is never deleted'); END;
PRAGMA user_version = 1;
