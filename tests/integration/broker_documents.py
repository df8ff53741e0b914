"""Documents whose bytes meet: the same in two cases, the same upload name twice, one that was destroyed; and what a
broker that died leaves behind."""
import hashlib
import json
import os
import pathlib
import signal
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import Broker, Client, FORM, PATIENCE, Refused  # noqa: E402


class Documents(unittest.TestCase):
    def setUp(self):
        self.b = Broker(workers=("intake", "review", "confidentiality"))

    def tearDown(self):
        self.assertEqual(self.b.close(), 0)

    def show(self, case):
        return self.b.client.ask("case.show", {"as": "he.ping", "case": case})

    def act(self, case, action, digest):
        return self.b.client.ask("case.act", {"as": "he.ping", "case": case, "action": action,
                                              "fields": {"digest": digest, "reason": "演示"}})

    def submit(self, digest):
        form = json.loads(json.dumps(FORM))
        form["request"]["description"] += " " + os.urandom(8).hex()
        return self.b.submit(form, [{"digest": digest, "name": "附件.txt"}])["case"]

    def refused_by_scan(self, digest):
        case = self.submit(digest)
        self.b.until(lambda: self.show(case)["documents"][0]["status"] == "refused", "the mark is found")
        return case

    def secret(self):
        return ("机密★10年\n" + os.urandom(8).hex()).encode()

    def put(self, upload, raw, offset=0, last=True):
        ok = self.b.client.ask("document.put", {"upload": upload, "offset": offset, "last": last}, raw=raw)
        return ok.get("digest")

    def here(self, digest):
        return list(self.b.data.glob(f"*/{digest}"))

    def refused(self, code, what, *more):
        with self.assertRaises(Refused) as caught:
            what(*more)
        self.assertEqual(caught.exception.code, code)

    # ---- destroyed ------------------------------------------------------------------------

    def test_one_case_destroys_only_its_own(self):
        """A false hit that one case admitted stays, though another case with the same bytes destroys them."""
        raw = self.secret()
        digest = self.b.client.put(raw)
        one, other = self.refused_by_scan(digest), self.refused_by_scan(digest)
        self.act(one, "clear_document", digest)
        self.refused("quarantined", self.b.client.ask, "document.get", {"as": "he.ping", "case": other, "digest": digest})
        self.act(other, "destroy_document", digest)
        self.act(self.refused_by_scan(self.b.client.put(raw + b"2")), "destroy_document", hashlib.sha256(raw + b"2").hexdigest())
        self.b.until(lambda: not self.here(hashlib.sha256(raw + b"2").hexdigest()), "the depot has come so far")
        _, read = self.b.client.ask("document.get", {"as": "he.ping", "case": one, "digest": digest})
        self.assertEqual(read, raw)
        self.refused("quarantined", self.b.client.ask, "document.get", {"as": "he.ping", "case": other, "digest": digest})

    def test_the_last_case_to_destroy_takes_the_file(self):
        digest = self.b.client.put(self.secret())
        one, other = self.refused_by_scan(digest), self.refused_by_scan(digest)
        self.act(one, "destroy_document", digest)
        self.assertTrue(self.here(digest))
        self.act(other, "destroy_document", digest)
        self.b.until(lambda: not self.here(digest), "the file is gone")

    def test_what_was_destroyed_is_uploaded_again_before_it_is_named(self):
        raw = self.secret()
        digest = self.put("again", raw)
        self.act(self.refused_by_scan(digest), "destroy_document", digest)
        self.b.until(lambda: not self.here(digest), "the file is gone")
        self.refused("not_found", self.submit, digest)
        self.assertEqual(self.put("again", raw), digest)        # the same name too: nothing of it is left
        self.refused_by_scan(digest)

    def test_a_broker_that_died_before_the_file_went_finishes_it(self):
        raw, fresh = self.secret(), b"nobody named it yet"
        admitted = self.b.client.put(b"harmless")
        self.submit(admitted)
        self.b.until((self.b.data / "documents" / admitted).exists, "it is admitted")
        digest, kept = self.b.client.put(raw), self.b.client.put(fresh)
        waiting = self.refused_by_scan(self.b.client.put(raw + b"2"))
        self.act(self.refused_by_scan(digest), "destroy_document", digest)
        self.b.until(lambda: not self.here(digest), "the file is gone")
        self.b.kill("broker", signal.SIGKILL)
        (self.b.data / "quarantine" / digest).write_bytes(raw)          # as if the kill had come a moment earlier
        unknown = hashlib.sha256(b"unknown").hexdigest()
        (self.b.data / "quarantine" / unknown).write_bytes(b"unknown")  # and here before the ledger knew
        (self.b.data / "documents" / admitted).rename(self.b.data / "quarantine" / admitted)
        self.b.start()
        self.b.until(lambda: not self.here(digest) and not self.here(unknown), "both are gone")
        self.b.until((self.b.data / "documents" / admitted).exists, "what was admitted leaves quarantine")
        self.assertTrue(self.here(kept))
        self.assertTrue(self.here(self.show(waiting)["documents"][0]["digest"]))

    def test_a_refused_file_is_not_read_again_for_a_review(self):
        """It would not be released; the secrecy reviewer ends it before he clears the rest."""
        marked, clean = self.b.client.put(self.secret()), self.b.client.put(("可以公开 " + os.urandom(8).hex()).encode())
        case = self.submit(self.b.client.put(b"attachment"))
        self.b.until(lambda: self.show(case)["state"] == "handling", "handled")
        clerk = {"as": "zhao.min", "case": case}
        self.b.client.ask("case.act", {**clerk, "action": "attach", "fields": {"kind": "release"},
                                       "documents": [{"digest": marked, "name": "甲.txt"}, {"digest": clean, "name": "乙.txt"}]})
        self.b.until(lambda: [d["status"] for d in self.show(case)["documents"]] == ["admitted", "refused", "admitted"], "checked")
        self.b.client.ask("case.act", {**clerk, "action": "propose", "fields": {"outcome": "G2"}})
        self.b.until(lambda: self.show(case)["state"] == "secrecy", "scanned")
        scanned = next(event["data"] for event in self.show(case)["timeline"] if event["event"] == "scanned")
        self.assertEqual([verdict["digest"] for verdict in scanned["verdicts"]], [clean])
        clear = {"as": "he.ping", "case": case, "action": "clear_secrecy", "fields": {"verdict": "public", "opinion": "可以公开"}}
        self.refused("need_unmet", self.b.client.ask, "case.act", clear)
        self.act(case, "destroy_document", marked)
        self.refused("need_unmet", self.b.client.ask, "case.act", clear)        # nor without a verdict on the other
        self.b.client.ask("case.act", {**clear, "action": "give_verdict", "fields": {
            "digest": clean, "verdict": "public", "basis": "保守国家秘密法", "opinion": "可以公开"}})
        self.assertEqual(self.b.client.ask("case.act", clear)["state"], "approval")
        self.assertEqual([d["verdict"] for d in self.show(case)["documents"]], ["", "", "public"])

    # ---- many at once ------------------------------------------------------------------------

    def test_chunks_on_their_way_are_few(self):
        """The thread that reads, or writes, hangs on a file; what piles up before it has an end, and then it goes on."""
        digest = self.put("window", b"window")
        case = self.submit(digest)
        self.b.until(lambda: self.show(case)["documents"][0]["status"] == "admitted", "admitted")
        path, pipe = self.here(digest)[0], self.b.folder / "pipe"
        for service, body, raw in (("document.get", {"as": "he.ping", "case": case, "digest": digest}, None),
                                   ("document.put", {"upload": "window", "offset": 0, "last": True}, b"window")):
            kept = path.rename(self.b.folder / "kept")
            os.mkfifo(pipe)
            os.link(pipe, path)
            client = Client(self.b.endpoint)
            client.connect()
            for number in range(100):
                client.socket.send_multipart(client.frames(service, f"w{number}", json.dumps(body).encode(), raw))
            for number in range(36):
                self.assertTrue(client.socket.poll(PATIENCE * 1000), f"{service}: only {number} were refused")
                self.assertEqual(json.loads(client.socket.recv_multipart()[4])["error"]["code"], "busy")
            self.assertFalse(client.socket.poll(200), service)
            kept.rename(path)
            os.close(os.open(pipe, os.O_RDWR))
            pipe.unlink()
            for number in range(64):
                self.assertTrue(client.socket.poll(PATIENCE * 1000), f"{service}: only {number} were answered")
                client.socket.recv_multipart()
            client.socket.close(0)
            self.assertTrue(self.b.client.ask(service, body, raw=raw))

    # ---- uploads ------------------------------------------------------------------------------

    def test_an_upload_name_answers_for_its_own_bytes_only(self):
        mine = self.put("name", b"mine")
        self.assertEqual(self.put("name", b"mine"), mine)               # a chunk sent again is answered again
        for raw, offset, last in ((b"yours", 0, True), (b"min", 0, True), (b"minx", 0, True), (b"mine!", 0, False), (b"e", 9, True)):
            self.refused("request_id_reused", self.put, "name", raw, offset, last)

    def test_a_shorter_second_attempt_has_no_stale_end(self):
        self.put("shorter", b"0123456789", last=False)
        self.assertEqual(self.put("shorter", b"abc"), hashlib.sha256(b"abc").hexdigest())

    def test_chunks_in_any_order_that_leaves_no_hole(self):
        self.refused("bad_value", self.put, "hole", b"x", 3, False)
        self.put("order", b"0123", last=False)
        self.put("order", b"4567", 4, last=False)
        self.put("order", b"0123", last=False)
        self.assertEqual(self.put("order", b"89", 8), hashlib.sha256(b"0123456789").hexdigest())
        self.put("order", b"4567", 4, last=False)                       # late, and still answered


if __name__ == "__main__":
    unittest.main(verbosity=2)
