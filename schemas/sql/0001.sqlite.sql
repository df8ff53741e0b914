-- The ledger and what is derived from it (schema version 1, SQLite).
--
-- `event` is the truth; `cases`, `timer` and `job` are its consequences, stored in the
-- same transaction.  Hot state (`job_state`) stands apart from what never changes, so
-- that an acknowledgement touches a narrow row.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- A case, or an office's own stream (state 'ledger').  Found by number, by hash of the
-- receipt code, or by keyed hash of the applicant's proof number.
CREATE TABLE cases (
    id INTEGER PRIMARY KEY, number TEXT UNIQUE, receipt BLOB UNIQUE, applicant BLOB, content BLOB,
    office TEXT NOT NULL, unit TEXT NOT NULL, holder TEXT NOT NULL, state TEXT NOT NULL, seq INTEGER NOT NULL,
    head BLOB NOT NULL, received_on TEXT NOT NULL, due_on TEXT NOT NULL, provisional INTEGER NOT NULL,
    clock TEXT NOT NULL, outcome TEXT NOT NULL) STRICT;
CREATE INDEX cases_desk ON cases (state, office, unit, due_on);
CREATE INDEX cases_applicant ON cases (applicant, office) WHERE applicant IS NOT NULL;

CREATE TABLE event (
    case_id INTEGER NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, "on" TEXT NOT NULL, type TEXT NOT NULL,
    actor TEXT NOT NULL, request_id TEXT NOT NULL, data TEXT NOT NULL, state TEXT NOT NULL, clock TEXT NOT NULL,
    due_on TEXT NOT NULL, provisional INTEGER NOT NULL, article TEXT NOT NULL, rules TEXT NOT NULL, calendar TEXT NOT NULL,
    hash BLOB NOT NULL, PRIMARY KEY (case_id, seq)) STRICT, WITHOUT ROWID;
CREATE TRIGGER event_never_changes BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the ledger is never edited'); END;
CREATE TRIGGER event_never_goes BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the ledger is never edited'); END;

-- Bodies of texts and persons; the event holds only their salted hash, so that lawful
-- erasure leaves the chain valid.  key_id: NULL while bodies are stored plain.
CREATE TABLE seal (
    case_id INTEGER NOT NULL, seq INTEGER NOT NULL, name TEXT NOT NULL, salt BLOB NOT NULL, key_id INTEGER,
    body BLOB NOT NULL, PRIMARY KEY (case_id, seq, name)) STRICT, WITHOUT ROWID;

CREATE TABLE document (digest TEXT PRIMARY KEY, size INTEGER NOT NULL, uploaded_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE document_use (case_id INTEGER NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (digest, case_id)) STRICT, WITHOUT ROWID;

-- What workers owe.  A case's job is (service, case, event that caused it, task); its body
-- is built when it is handed out.  A plain queued service has no case but a body.
CREATE TABLE job (
    id INTEGER PRIMARY KEY AUTOINCREMENT, service TEXT NOT NULL, case_id INTEGER NOT NULL, cause_seq INTEGER NOT NULL,
    lane INTEGER NOT NULL, task TEXT NOT NULL) STRICT;
CREATE TABLE job_state (id INTEGER PRIMARY KEY, attempts INTEGER NOT NULL, dead INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;
CREATE TABLE job_body (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;

CREATE TABLE timer (case_id INTEGER NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (case_id, name)) STRICT, WITHOUT ROWID;
CREATE INDEX timer_at ON timer (at);

-- Numbers that must be unique and without holes.
CREATE TABLE counter (scope TEXT NOT NULL, period TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (scope, period)) STRICT, WITHOUT ROWID;

-- Requests seen: the same id gets the first answer.  Of a case command only the event is kept
-- (its answer is built from it, for ever); a plain service's answer expires.
CREATE TABLE request (
    principal TEXT NOT NULL, service TEXT NOT NULL, id TEXT NOT NULL, payload BLOB NOT NULL, case_id INTEGER NOT NULL,
    seq INTEGER NOT NULL, job_id INTEGER NOT NULL, answer BLOB, expires_at INTEGER,
    PRIMARY KEY (principal, service, id)) STRICT, WITHOUT ROWID;
CREATE INDEX request_job ON request (job_id) WHERE job_id > 0;
CREATE INDEX request_expiry ON request (expires_at) WHERE expires_at IS NOT NULL;
