-- Evidence (schema version 5): what was signed about the ledger, and that nothing written changes.
--
-- A seal is the signed Merkle root over the heads of the cases that moved since the one before; its document is canonical
-- JSON (schemas/protocol.md).  The heads stay beside it, for proofs and to find a ledger whose end was cut off.
CREATE TABLE day_seal (n INTEGER PRIMARY KEY, day TEXT NOT NULL, at TEXT NOT NULL, document TEXT NOT NULL) STRICT;
CREATE TABLE sealed_head (
    n INTEGER NOT NULL, case_id INTEGER NOT NULL, seq INTEGER NOT NULL, head BLOB NOT NULL, PRIMARY KEY (n, case_id)) STRICT, WITHOUT ROWID;
CREATE INDEX sealed_head_case ON sealed_head (case_id);

-- The public keys of the seals, each signed by the one before.
CREATE TABLE signing_key (n INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;

-- Cases with events that no seal covers yet.
CREATE TABLE moved (case_id INTEGER PRIMARY KEY) STRICT;
INSERT INTO moved SELECT DISTINCT case_id FROM event;
CREATE TRIGGER event_moves AFTER INSERT ON event BEGIN INSERT INTO moved (case_id) VALUES (NEW.case_id) ON CONFLICT DO NOTHING; END;

-- REPLACE would pass by the triggers on DELETE, so what is added must be the next.
CREATE TRIGGER event_only_grows BEFORE INSERT ON event
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM event WHERE case_id = NEW.case_id)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
CREATE TRIGGER day_seal_only_grows BEFORE INSERT ON day_seal WHEN NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM day_seal)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
CREATE TRIGGER day_seal_never_changes BEFORE UPDATE ON day_seal BEGIN SELECT RAISE(ABORT, 'a seal is never edited'); END;
CREATE TRIGGER day_seal_never_goes BEFORE DELETE ON day_seal BEGIN SELECT RAISE(ABORT, 'a seal is never edited'); END;
CREATE TRIGGER sealed_head_only_grows BEFORE INSERT ON sealed_head WHEN EXISTS (SELECT 1 FROM sealed_head WHERE n = NEW.n AND case_id = NEW.case_id)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
CREATE TRIGGER sealed_head_never_changes BEFORE UPDATE ON sealed_head BEGIN SELECT RAISE(ABORT, 'a seal is never edited'); END;
CREATE TRIGGER sealed_head_never_goes BEFORE DELETE ON sealed_head BEGIN SELECT RAISE(ABORT, 'a seal is never edited'); END;
CREATE TRIGGER signing_key_only_grows BEFORE INSERT ON signing_key WHEN NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM signing_key)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
CREATE TRIGGER signing_key_never_changes BEFORE UPDATE ON signing_key BEGIN SELECT RAISE(ABORT, 'a key is never edited'); END;
CREATE TRIGGER signing_key_never_goes BEFORE DELETE ON signing_key BEGIN SELECT RAISE(ABORT, 'a key is never edited'); END;
