-- Who may log in (schema version 4).  Offices, names and roles are events (docs/decisions/0001); what proves a
-- person is no part of the ledger's history and stands here: a verifier of argon2id, never the password.
CREATE TABLE account (
    name TEXT PRIMARY KEY, verifier TEXT NOT NULL, must_change INTEGER NOT NULL, disabled INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Wrong passwords in a row, by keyed hash of the name that was typed, whether anybody has it or not.
CREATE TABLE attempt (who BLOB PRIMARY KEY, known INTEGER NOT NULL, failures INTEGER NOT NULL, failed_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_age ON attempt (known, failed_at);

-- Sessions by hash of their token: who reads this table is nobody.
CREATE TABLE session (
    id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE, name TEXT NOT NULL, began INTEGER NOT NULL, used INTEGER NOT NULL) STRICT;
CREATE INDEX session_name ON session (name, id);
