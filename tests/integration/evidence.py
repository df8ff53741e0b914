"""What the agency signed: seals of days, proofs, receipts, keys; nothing written changes, and a ledger whose end was cut is found."""
import json
import os
import re
import pathlib
import signal
import sqlite3
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import BIN, Broker, FORM, Refused, SOURCE  # noqa: E402


def programs():
    """{"check.py": text ...}: the fenced blocks of schemas/protocol.md."""
    page = (SOURCE / "schemas/protocol.md").read_text()
    return {name: text for text, name in re.findall(r"^```python\n(# (\w+\.py) .*?)^```$", page, re.M | re.S)}


class Evidence(unittest.TestCase):
    def setUp(self):
        self.b = Broker(workers=("intake", "review", "reply"))
        self.answers = [self.b.submit({**FORM, "request": {"description": f"第{number}件不同的申请内容"}}) for number in range(3)]
        self.b.until(lambda: not any(row["ready"] or row["leased"] for row in self.ask("admin.workers")["services"]
                                     if row["service"] in ("intake", "review")), "they are handled")
        self.key = self.ask("seal.keys")["keys"][-1]["key"]

    def tearDown(self):
        self.assertIn(self.b.close(), (0, 1, -signal.SIGKILL))

    def ask(self, service, **body):
        return self.b.client.ask(service, {"as": "wu.gang", **body})

    def note(self, case, text="一条笔记"):
        return self.b.client.ask("case.act", {"as": "chen.jing", "case": case, "action": "note", "fields": {"text": text}})

    def gongkai(self, *words, status=0, data=True):
        done = subprocess.run([BIN / "gongkai", *(["--data", self.b.data] if data else []), "--as", "wu.gang", "--lang", "en", *words],
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertNotIn("Sanitizer", done.stderr)
        return done.stdout + done.stderr

    def saved(self, name, document):
        path = self.b.folder / name
        path.write_text(json.dumps(document))
        return path

    def write_secret(self, path, data):
        path.unlink(missing_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(data)

    def stop(self):
        for name in ("intake", "review", "reply", "broker"):
            if self.b.processes[name].poll() is None:
                self.b.kill(name, signal.SIGTERM)

    def cut(self, case, events, seals=False):
        """Take the last events of a case away so that the ledger is consistent: chain, row, jobs, timers; with `seals` these too."""
        db = sqlite3.connect(self.b.data / "ledger.db")
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        (last,) = db.execute("SELECT max(seq) FROM event WHERE case_id = ?", (case,)).fetchone()
        for table, column in (("event", "seq"), ("seal", "seq")):
            db.execute(f"DELETE FROM {table} WHERE case_id = ? AND {column} > ?", (case, last - events))
        db.execute("UPDATE cases SET seq = e.seq, head = e.hash, state = e.state, due_on = e.due_on, clock = e.clock FROM event e "
                   "WHERE cases.id = ? AND e.case_id = ? AND e.seq = ?", (case, case, last - events))
        if seals:
            db.execute("UPDATE cases SET unit = '' WHERE id = ?", (case,))
            for table in ("day_seal", "sealed_head"):
                db.execute(f"DELETE FROM {table}")
            db.execute("INSERT INTO moved SELECT id FROM cases WHERE true ON CONFLICT DO NOTHING")
        for _, sql in triggers:
            db.execute(sql)
        db.commit()
        db.close()

    def test_every_day_that_moved_is_sealed(self):
        self.assertEqual(self.ask("seal.list")["seals"], [])
        self.b.advance("2026-03-03")
        self.note(self.answers[0]["case"])
        self.b.advance("2026-03-04")
        seals = self.ask("seal.list")["seals"]
        self.assertEqual([seal["day"] for seal in seals], ["2026-03-03", "2026-03-04"])
        self.assertEqual([seal["seal"] for seal in seals], [1, 2])
        self.assertEqual((seals[0]["previous"], len(seals[1]["previous"])), (None, 64))
        self.assertGreaterEqual(seals[0]["count"], 4)                   # three cases and the office's stream
        self.assertIn("event=day-sealed seal=2 day=2026-03-04", self.b.said())
        self.assertEqual(self.ask("seal.show", day="2026-03-04")["seals"], seals[1:])
        with self.assertRaises(Refused):
            self.ask("seal.show", day="2026-03-02")
        self.assertEqual(self.b.verify()["problems"], [])
        self.assertIn(seals[1]["root"], self.gongkai("seal", "list"))
        self.assertIn(seals[1]["signature"], self.gongkai("seal", "show", "2026-03-04"))

    def test_a_restart_seals_no_day_twice_and_misses_none(self):
        self.b.kill("broker")
        self.b.start()
        self.assertEqual(self.ask("seal.list")["seals"], [])            # the day is not over
        self.b.advance("2026-03-03")
        self.b.kill("broker")
        self.b.start()
        self.assertEqual(len(self.ask("seal.list")["seals"]), 1)
        self.b.advance("2026-03-04")
        self.assertEqual(self.b.verify()["problems"], [])

    def test_a_proof_is_checked_without_a_broker(self):
        case = self.answers[1]["case"]
        self.assertIn("no seal covers", self.gongkai("seal", "proof", case, status=1))
        self.b.advance("2026-03-03")
        path = self.b.folder / "proof.json"
        self.gongkai("seal", "proof", case, "--save", path)
        by_receipt = self.b.client.ask("seal.proof", {"receipt": self.answers[1]["receipt"]})
        proof = json.loads(path.read_text())
        self.assertEqual(proof, by_receipt)
        key_file = self.b.folder / "agency.pub"
        key_file.write_text(self.key + "\n")
        for key in (self.key, key_file):
            self.assertIn("2026-03-03", self.gongkai("verify", "--proof", path, "--key", key, data=False))
        self.gongkai("verify", "--proof", path, "--key", "00" * 32, status=1, data=False)
        self.gongkai("verify", "--proof", path, "--key", "no key", status=1, data=False)
        bent = self.saved("bent.json", {**proof, "head": "00" * 32})
        self.assertIn("not under the root", self.gongkai("verify", "--proof", bent, "--key", self.key, status=1, data=False))
        self.gongkai("verify", "--proof", path)
        self.gongkai("verify", "--key", self.key, status=2)
        for hostile in ("[]", "{", '{"case": "@1"}', json.dumps({**proof, "path": ["00" * 32] * 1000}), json.dumps({**proof, "keys": [{}] * 5000}),
                        json.dumps({**proof, "index": -1}), json.dumps({**proof, "seal": []})):
            path.write_text(hostile)
            for more in ((), ("--key", self.key)):
                self.gongkai("verify", "--proof", path, *more, status=1)

    def test_a_receipt_is_signed_and_holds_no_person(self):
        answer = self.answers[0]
        path = self.b.folder / "receipt.json"
        self.gongkai("receipt", answer["receipt"], "--save", path)
        receipt = json.loads(path.read_text())
        self.assertEqual(receipt, self.b.client.ask("application.status", {"receipt": answer["receipt"]})["signed"])
        self.assertEqual((receipt["case"], receipt["received_on"], receipt["training"]), (answer["case"], "2026-03-02", True))
        self.assertEqual(answer["signed"]["receipt_hash"], receipt["receipt_hash"])
        self.assertLess(answer["signed"]["seq"], receipt["seq"])
        self.assertNotIn(FORM["applicant"]["name"], path.read_text())
        self.assertIn("2026-03-02", self.gongkai("verify", "--receipt", path, "--key", self.key, data=False))
        self.gongkai("verify", "--receipt", path)
        bent = self.saved("bent.json", {**receipt, "received_on": "2026-03-01"})
        self.assertIn("signature", self.gongkai("verify", "--receipt", bent, "--key", self.key, status=1, data=False))
        self.gongkai("verify", "--receipt", path, "--key", "00" * 32, status=1, data=False)

    def test_a_receipt_tells_nothing_that_the_applicant_was_not_told(self):
        """What the office does among itself moves the head, and not the receipt."""
        before = self.b.client.ask("application.status", {"receipt": self.answers[0]["receipt"]})["signed"]
        self.note(self.answers[0]["case"])
        self.assertEqual(self.b.client.ask("application.status", {"receipt": self.answers[0]["receipt"]})["signed"], before)

    def python(self, name, *words):
        path = self.b.folder / name
        path.write_text(programs()[name])
        return subprocess.run([sys.executable, path, *words], capture_output=True, text=True, timeout=60)

    def test_a_stranger_checks_with_what_the_page_says(self):
        self.b.advance("2026-03-03")
        for answer in self.answers:
            proof = self.b.client.ask("seal.proof", {"receipt": answer["receipt"]})
            receipt = self.b.client.ask("application.status", {"receipt": answer["receipt"]})["signed"]
            for name, document in (("proof", proof), ("receipt", receipt)):
                done = self.python("check.py", self.saved(f"{name}.json", document), self.key)
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertIn(document["head"], done.stdout)
                for bent in ({**document, "head": "00" * 32}, {**document, "seq": document["seq"] + 1}):
                    self.assertNotEqual(self.python("check.py", self.saved("bent.json", bent), self.key).returncode, 0)
                self.assertNotEqual(self.python("check.py", self.saved("other.json", document), "11" * 32).returncode, 0)
        self.assertRegex(self.python("chain.py", self.b.data / "ledger.db").stdout, r"^[4-9] chains")
        self.stop()
        copy = self.b.folder / "copy.db"
        sqlite3.connect(self.b.data / "ledger.db").execute("VACUUM INTO ?", (str(copy),))
        db = sqlite3.connect(copy)
        db.execute("DROP TRIGGER event_never_changes")
        db.execute("UPDATE event SET article = 'x' WHERE case_id = 3 AND seq = 2")
        db.commit()
        db.close()
        self.assertIn("case @3, event 2", self.python("chain.py", copy).stderr)

    def test_nothing_written_changes(self):
        self.b.advance("2026-03-03")
        db = sqlite3.connect(self.b.data / "ledger.db")
        for table in ("event", "day_seal", "sealed_head", "signing_key"):
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            row = db.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()
            self.assertIsNotNone(row)
            values = ", ".join("?" * len(row))
            for sql, given in ([f'UPDATE {table} SET "{columns[-1]}" = "{columns[-1]}"', ()], [f"DELETE FROM {table}", ()],
                               [f"INSERT OR REPLACE INTO {table} VALUES ({values})", row], [f"REPLACE INTO {table} VALUES ({values})", row]):
                with self.assertRaises(sqlite3.DatabaseError, msg=sql) as refused:
                    db.execute(sql, given)
                self.assertRegex(str(refused.exception), "never edited|only grows")
            self.assertEqual(db.execute(f"SELECT * FROM {table} LIMIT 1").fetchone(), row)
        db.rollback()
        db.execute("DELETE FROM timer")                                     # what is derived may go
        db.rollback()
        db.close()
        self.assertEqual(self.b.verify()["problems"], [])

    def test_a_cut_end_behind_the_last_seal_is_found_at_the_start(self):
        case = self.answers[0]["case"]
        self.note(case)
        self.b.advance("2026-03-03")
        self.stop()
        self.cut(int(case[1:]), 1)
        with self.assertRaises(RuntimeError) as refused:
            self.b.start()
        self.assertIn(f"id={case}", str(refused.exception))
        self.assertIn("cut off", str(refused.exception))

    def test_a_cut_end_is_found_by_what_was_published(self):
        """The seals are cut too, so the ledger is sound in itself: only what lies elsewhere tells."""
        case, receipt = self.answers[0]["case"], self.b.folder / "receipt.json"
        proof = self.b.folder / "proof.json"
        self.note(case)
        head = self.ask("case.show", case=case)["head"]
        self.gongkai("receipt", self.answers[0]["receipt"], "--save", receipt)
        self.b.advance("2026-03-03")
        self.gongkai("seal", "proof", case, "--save", proof)
        for words in ((case, "--head", head), (case, "--head", head[:8]), ("--receipt", receipt), ("--proof", proof)):
            self.gongkai("verify", *words)
        signed = json.loads(receipt.read_text())
        last = self.ask("case.show", case=case)["seq"]
        self.stop()
        self.cut(int(case[1:]), last - signed["seq"] + 1, seals=True)       # triage is gone, and with it the unit
        self.b.start()
        self.assertEqual(self.b.verify()["problems"], [])
        for words in ((case, "--head", head), (case, "--head", head[:8]), ("--receipt", receipt)):
            said = self.gongkai("verify", *words, status=1)
            self.assertIn("behind the published head", said)
            self.assertIn(self.answers[0]["number"] or case, said)
        self.gongkai("verify", "--proof", proof, status=1)

    def test_what_moved_since_the_last_seal_is_checked_at_the_start(self):
        self.b.advance("2026-03-03")
        case = self.answers[2]["case"]
        self.note(case)
        self.stop()
        db = sqlite3.connect(self.b.data / "ledger.db")
        db.execute("DROP TRIGGER event_never_changes")
        db.execute("UPDATE event SET actor = 'nobody' WHERE case_id = ? AND seq = 1", (case[1:],))
        db.commit()
        db.close()
        with self.assertRaises(RuntimeError) as refused:
            self.b.start()
        self.assertIn(f"id={case} seq=1", str(refused.exception))

    def test_a_new_key_is_signed_by_the_old_one(self):
        self.b.advance("2026-03-03")
        receipt = self.saved("old.json", self.b.client.ask("application.status", {"receipt": self.answers[0]["receipt"]})["signed"])
        self.stop()
        done = subprocess.run([BIN / "gongkai-broker", "--data", self.b.data, "--new-signing-key"], capture_output=True, text=True, timeout=60, check=True)
        new = done.stdout.strip()
        self.b.start()
        keys = self.ask("seal.keys")["keys"]
        self.assertEqual([key["key"] for key in keys], [self.key, new])
        self.assertIn(new, self.gongkai("seal", "key"))
        proof = self.b.folder / "proof.json"
        self.note(self.answers[0]["case"])
        self.b.advance("2026-03-04")
        for case in (self.answers[0]["case"], self.answers[1]["case"]):     # sealed under the new key, under the old one
            self.gongkai("seal", "proof", case, "--save", proof)
            for key in (self.key, new):
                self.gongkai("verify", "--proof", proof, "--key", key, data=False)
        self.assertIn("signed by the key", self.gongkai("verify", "--receipt", receipt, "--key", new, status=1, data=False))
        self.gongkai("verify", "--receipt", receipt, "--key", self.key, data=False)
        self.gongkai("verify", "--receipt", receipt)
        self.assertEqual(self.b.verify()["problems"], [])

    def test_no_key_is_changed_where_there_is_no_ledger(self):
        done = subprocess.run([BIN / "gongkai-broker", "--data", self.b.folder / "typo", "--new-signing-key"], capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertFalse((self.b.folder / "typo").exists())

    def test_a_change_of_keys_that_was_cut_off_is_finished(self):
        keys = self.b.data / "keys"
        old = (keys / "signing.key").read_bytes()
        self.stop()
        subprocess.run([BIN / "gongkai-broker", "--data", self.b.data, "--new-signing-key"], capture_output=True, timeout=60, check=True)
        (keys / "signing.key").rename(keys / "signing.next.key")            # as if killed before the rename
        self.write_secret(keys / "signing.key", old)
        self.b.start()
        self.assertFalse((keys / "signing.next.key").exists())
        self.b.kill("broker", signal.SIGTERM)
        self.write_secret(keys / "signing.key", os.urandom(32))
        with self.assertRaisesRegex(RuntimeError, "another key"):
            self.b.start()
        (keys / "signing.key").unlink()
        with self.assertRaisesRegex(RuntimeError, "is missing"):
            self.b.start()


if __name__ == "__main__":
    unittest.main(verbosity=2)
