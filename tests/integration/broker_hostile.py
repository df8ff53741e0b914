"""Nothing that a peer sends stops the broker; nobody reads or does what is not theirs; nothing
personal stands in a log or in the ledger's events."""
import json
import os
import pathlib
import random
import sqlite3
import sys
import unittest

import zmq

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import Asking, Broker, Client, FORM, ORG, PATIENCE, Refused  # noqa: E402


class Hostile(Asking, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.b = Broker(workers=("intake", "review", "confidentiality"))

    @classmethod
    def tearDownClass(cls):
        assert cls.b.close() == 0

    def handled(self, documents=(), **changes):
        """A case on the desk of its unit."""
        form = json.loads(json.dumps(FORM))
        form["request"]["description"] += " " + os.urandom(8).hex()
        form.update(changes)
        answer = self.b.submit(form, documents)
        number = answer["number"]
        view = lambda: self.ask("case.show", **{"as": "wu.gang", "case": number})   # noqa: E731
        self.b.until(lambda: view()["state"] == "handling", "the case is handled")
        return number, answer["receipt"]

    # ---- bytes --------------------------------------------------------------------------

    def test_noise(self):
        generator = random.Random(20260302)
        socket = zmq.Context.instance().socket(zmq.DEALER)
        socket.linger = 0
        socket.connect(self.b.endpoint)
        words = [b"", b"MDPC02", b"MDPW02", b"MDPC01", b"MDPW01", b"\x01", b"\x02", b"\x03", b"\x04", b"\x05", b"\x06", b"\xff",
                 b"echo", b"case.act", b"intake", b"mmi.service", b"document.put", b"application.submit", b"r1", b"{}", b"[" * 5000,
                 b'{"a":1,"a":2}', b'{"as":"x"}', b"\x00" * 16, "公开".encode(), b"\xc0\x80", b"A" * 300, b"128", b"99999999999", b"-1"]
        for i in range(4000):
            frames = [generator.choice(words) if generator.random() < 0.9 else generator.randbytes(generator.randrange(2000))
                      for _ in range(generator.randrange(1, 8))]
            socket.send_multipart(frames)
            while socket.poll(0):
                socket.recv_multipart()
            if i % 1000 == 999:
                self.assertEqual(self.ask("query.verify")["problems"], [])
        socket.close(0)
        self.assertTrue(self.b.alive())

    def test_too_large_a_message_ends_only_its_sender(self):
        client = Client(self.b.endpoint)
        client.connect()
        client.socket.send_multipart([b"MDPC02", b"\x01", b"echo", b"r", b"x" * (2 << 20)])
        self.assertFalse(client.socket.poll(300))
        self.assertEqual(self.ask("query.verify")["problems"], [])

    def test_malformed_messages_are_counted_not_listed(self):
        """A line every ten seconds at most, however many come."""
        fresh = Broker(org=False)
        try:
            socket = zmq.Context.instance().socket(zmq.DEALER)
            socket.linger = 0
            socket.connect(fresh.endpoint)
            for _ in range(20):
                for _ in range(25):
                    socket.send_multipart([b"noise", b"\xff"])
                socket.send_multipart([b"MDPC02", b"\x01", b"mmi.gongkai", b"r", b""])
                self.assertTrue(socket.poll(PATIENCE * 1000))
                socket.recv_multipart()
            socket.close(0)
            lines = [line for line in fresh.log.read_text().splitlines() if "event=bad-message" in line]
            self.assertIn(len(lines), (1, 2), lines)
            self.assertIn("count=", lines[0])
        finally:
            self.assertEqual(fresh.close(), 0)

    def test_payloads(self):
        rows = [
            ("bad_message", "case.show", b"{"), ("bad_message", "case.show", b"[1]"), ("bad_message", "case.show", b"[" * 40 + b"]" * 40),
            ("bad_message", "case.show", b'{"as":"a","as":"b"}'), ("bad_message", "case.show", b'{"as":"\xff"}'),
            ("bad_value", "case.show", b'{"az":"x","case":"@1"}'), ("missing_field", "case.show", b'{"as":"wu.gang"}'),
            ("not_found", "no.such.service", b"{}"), ("not_allowed", "case.show", b'{"case":"@3"}'),
            ("not_allowed", "case.show", b'{"as":"nobody","case":"@3"}'), ("not_found", "case.show", b'{"as":"wu.gang","case":"@99999999999999999999"}'),
            ("not_found", "case.show", b'{"as":"wu.gang","case":"@1"}'),    # an office's own stream is no case
            ("not_found", "application.status", b'{"receipt":"00000-00000-00000-00000-00000-0"}'),
            ("not_found", "application.status", b'{"receipt":"%"}'), ("bad_value", "application.submit", b'{"form":{"applicant":{"name":5}}}'),
            ("bad_value", "application.submit", b'{"form":{"extra":"x"}}'), ("not_found", "intake", b"{}"),
        ]
        for code, service, payload in rows:
            answer = json.loads(self.b.client.answers(service, payload)[-1][1][0])
            self.assertEqual(answer.get("error", {}).get("code"), code, f"{service} {payload[:60]}: {answer}")
            self.assertTrue(answer["error"]["text"])

    def test_a_command_needs_its_id(self):
        """And a document, whose bytes could not be told from the payload."""
        digest = self.b.client.put(b"bytes without an id")
        number, _ = self.handled([{"digest": digest, "name": "甲.txt"}])
        self.b.until(lambda: self.ask("case.show", **{"as": "wu.gang", "case": number})["documents"][0]["status"] == "admitted", "admitted")
        for head, service, body in (([b"MDPC02", b"\x01"], "application.submit", {"form": FORM}),
                                    ([b"MDPC02", b"\x01"], "document.get", {"as": "wu.gang", "case": number, "digest": digest}),
                                    ([b"", b"MDPC01"], "document.get", {"as": "wu.gang", "case": number, "digest": digest})):
            client = Client(self.b.endpoint)
            client.connect()
            client.socket.send_multipart([*head, service.encode(), json.dumps(body).encode()])
            self.assertTrue(client.socket.poll(PATIENCE * 1000))
            answer = json.loads(client.socket.recv_multipart()[-1])
            client.socket.close(0)
            self.assertEqual(answer.get("error", {}).get("code"), "bad_message", service)

    def test_a_worker_is_not_believed(self):
        """READY for the broker's own services, findings without a lease, a lease of somebody else's."""
        number, _ = self.handled()
        before = self.ask("case.show", **{"as": "wu.gang", "case": number})["seq"]
        socket = zmq.Context.instance().socket(zmq.DEALER)
        socket.linger = 0
        socket.connect(self.b.endpoint)
        for service in (b"case.act", b"nothing"):
            socket.send_multipart([b"MDPW02", b"\x01", service, b"10"])
            self.assertTrue(socket.poll(PATIENCE * 1000))
            self.assertEqual(socket.recv_multipart()[:2], [b"MDPW02", b"\x06"])
        for job in range(1, 60):
            address = job.to_bytes(8, "big") + os.urandom(8)
            socket.send_multipart([b"MDPW02", b"\x04", address, b"", b'{"ok":{"unit":"FGC"}}'])
            socket.send_multipart([b"MDPW02", b"\x04", job.to_bytes(8, "big") + bytes(8), b"", b'{"ok":{"unit":"FGC"}}'])
        self.assertEqual(self.ask("query.verify")["problems"], [])
        self.assertEqual(self.ask("case.show", **{"as": "wu.gang", "case": number})["seq"], before)
        socket.close(0)

    # ---- once ------------------------------------------------------------------------------

    def test_a_repeated_request_is_one(self):
        form = json.loads(json.dumps(FORM))
        form["request"]["description"] = "重复提交 " + os.urandom(8).hex()
        first = self.b.submit(form, request_id="twice-1")
        again = self.b.submit(form, request_id="twice-1")
        self.assertEqual(first["receipt"], again["receipt"])
        self.assertEqual(first["number"], again["number"])
        form["request"]["description"] += "x"
        with self.assertRaises(Refused) as caught:
            self.b.submit(form, request_id="twice-1")
        self.assertEqual(caught.exception.code, "request_id_reused")
        number = first["number"]
        self.b.until(lambda: self.ask("case.show", **{"as": "wu.gang", "case": number})["state"] == "handling", "handled")
        body = {"as": "chen.jing", "case": number, "action": "note", "fields": {"text": "一次"}}
        one = self.b.client.ask("case.act", body, "note-1")
        two = self.b.client.ask("case.act", body, "note-1")
        self.assertEqual(one, two)
        events = [e["event"] for e in self.ask("case.show", **{"as": "wu.gang", "case": number})["timeline"]]
        self.assertEqual(events.count("noted"), 1)

    def test_a_repeated_change_of_an_administrator_is_one(self):
        """Each is an event of the office's ledger; a calendar that is loaded again under the same id is answered the same."""
        notice = (pathlib.Path(os.environ["GK_SOURCE"]) / "schemas/calendar/2026.txt").read_text()
        notice = notice.replace("2026", "2027").replace("〔2025〕7号", "〔2026〕9号")        # a number of its own
        for service, body in (("admin.calendar_load", {"as": "sun.lei", "notice": notice}), ("admin.time_confirm", {"as": "sun.lei"}),
                              ("admin.org_load", {"as": "sun.lei", "org": ORG})):
            before = self.ask("query.verify")["events"]
            first = self.b.client.ask(service, body, "admin-1")
            events = self.ask("query.verify")["events"]
            self.assertGreater(events, before)
            self.assertEqual(self.b.client.ask(service, body, "admin-1"), first)
            self.assertEqual(self.ask("query.verify")["events"], events, service)
            with self.assertRaises(Refused) as caught:
                self.b.client.ask(service, {**body, "as": "wu.gang"}, "admin-1")
            self.assertEqual(caught.exception.code, "not_allowed", service)
        with self.assertRaises(Refused) as caught:
            self.b.client.ask("admin.calendar_load", {"as": "sun.lei", "notice": notice + "\n"}, "admin-1")
        self.assertEqual(caught.exception.code, "request_id_reused")

    def test_the_first_load_is_answered_again(self):
        """It named nobody; by then there is somebody who would have to be named."""
        fresh = Broker(org=False)
        try:
            first = fresh.client.ask("admin.org_load", {"org": ORG}, "first-1")
            self.assertEqual(fresh.client.ask("admin.org_load", {"org": ORG}, "first-1"), first)
            with self.assertRaises(Refused):
                fresh.client.ask("admin.org_load", {"org": ORG}, "first-2")
        finally:
            self.assertEqual(fresh.close(), 0)

    def test_stale(self):
        number, _ = self.handled()
        seq = self.ask("case.show", **{"as": "wu.gang", "case": number})["seq"]
        self.ask("case.act", **{"as": "chen.jing", "case": number, "action": "note", "seq": seq, "fields": {"text": "x"}})
        self.refused("stale", "case.act", **{"as": "chen.jing", "case": number, "action": "note", "seq": seq, "fields": {"text": "y"}})

    # ---- rights ------------------------------------------------------------------------------

    def test_offices_and_units_are_apart(self):
        number, receipt = self.handled()
        self.refused("not_found", "case.show", **{"as": "bai.lu", "case": number})
        self.refused("not_found", "case.actions", **{"as": "bai.lu", "case": number})
        self.refused("not_found", "case.explain", **{"as": "bai.lu", "case": number})
        self.refused("not_allowed", "case.act", **{"as": "bai.lu", "case": number, "action": "note", "fields": {"text": "x"}})
        self.refused("not_allowed", "case.act", **{"as": "wu.gang", "case": number, "action": "note", "fields": {"text": "x"}})
        self.refused("not_allowed", "admin.org_load", **{"as": "chen.jing", "org": {"offices": []}})
        self.refused("not_allowed", "admin.calendar_load", **{"as": "chen.jing", "notice": "x"})
        self.refused("not_allowed", "admin.retry", **{"as": "chen.jing", "job": 1})
        self.refused("not_allowed", "application.register", **{"as": "zhou.wei", "form": FORM, "receipt": {"channel": "in_person", "arrived_on": "2026-03-02"}})
        self.refused("bad_value", "application.register", **{"as": "chen.jing", "form": FORM, "receipt": {"channel": "portal", "submitted_on": "2026-03-02"}})
        listed = [row["number"] for row in self.ask("case.list", **{"as": "bai.lu"})["cases"]]
        self.assertNotIn(number, listed)
        status = self.ask("application.status", receipt=receipt)
        self.assertTrue(all("actor" not in event and "data" not in event for event in status["timeline"]))

    def test_who_reads_what_the_applicant_attached_is_on_record(self):
        """Archive: views of ID copies are events, before the first byte; mailroom and Finance see neither copy nor number."""
        digest = self.b.client.put(("身份证复印件 " + os.urandom(300000).hex()).encode())
        number, receipt = self.handled([{"digest": digest, "name": "身份证.txt"}])
        show = lambda who: self.ask("case.show", **{"as": who, "case": number})   # noqa: E731
        views = lambda: [(e["actor"], e["data"]) for e in show("wu.gang")["timeline"] if e["event"] == "document_viewed"]     # noqa: E731
        read = lambda who, offset=0: self.b.client.ask("document.get", {"as": who, "case": number, "digest": digest, "offset": offset})     # noqa: E731
        self.b.until(lambda: show("wu.gang")["documents"][0]["status"] == "admitted", "the attachment is admitted")
        self.assertEqual(views(), [])                           # the worker that scanned it is no view
        unit = show("wu.gang")["unit"]
        desk = next(p["name"] for o in ORG["offices"] for p in o["people"] if p["unit"] == unit and p["roles"] == ["handler"])
        other = next(p["name"] for o in ORG["offices"] for p in o["people"] if p["unit"] not in (unit, "BGS") and p["roles"] == ["handler"])
        ok, _ = read(desk, 262144)                              # the second chunk alone is a view as well
        self.assertFalse(ok["last"])
        self.assertEqual(views(), [(desk, {"digest": digest})])
        for who in (desk, desk, "chen.jing", "chen.jing"):
            read(who)
        self.assertEqual([who for who, _ in views()], [desk, "chen.jing"])      # one a person, document and day
        for who in ("liu.yang", "ma.li", other):
            with self.assertRaises(Refused) as caught:
                read(who)
            self.assertEqual(caught.exception.code, "not_allowed")
            self.assertEqual((show(who)["form"]["applicant"]["proof"]["number"], show(who)["documents"]), ("****", []))
        for who in (desk, "chen.jing", "zhao.min", "xu.lan", "he.ping", "wu.gang"):
            self.assertEqual(show(who)["form"]["applicant"]["proof"]["number"], FORM["applicant"]["proof"]["number"])
        self.assertEqual(len(views()), 2)
        self.assertNotIn("document_viewed", [e["event"] for e in self.ask("application.status", receipt=receipt)["timeline"]])

    def test_documents_are_their_cases(self):
        digest = self.b.client.put(("可以公开的附件 " + os.urandom(8).hex()).encode())
        number, receipt = self.handled([{"digest": digest, "name": "附件.txt"}])
        other, other_receipt = self.handled()
        show = lambda: self.ask("case.show", **{"as": "wu.gang", "case": number})   # noqa: E731
        self.b.until(lambda: show()["documents"][0]["status"] == "admitted", "the attachment is admitted")
        ok, raw = self.b.client.ask("document.get", {"as": "wu.gang", "case": number, "digest": digest})
        self.assertIn("可以公开".encode(), raw)
        for right in ({"as": "wu.gang", "case": other}, {"as": "bai.lu", "case": number}, {"receipt": other_receipt}, {"receipt": receipt},
                      {}, {"case": number}, {"lease": "00" * 16}, {"lease": "zz"}):
            with self.assertRaises(Refused):
                self.b.client.ask("document.get", {**right, "digest": digest})
        for wrong in ("../ledger.db", "A" * 64, "0" * 63, ""):
            with self.assertRaises(Refused):
                self.b.client.ask("document.get", {"as": "wu.gang", "case": number, "digest": wrong})
        seen = lambda: [(e["actor"], e["data"]["digest"]) for e in show()["timeline"] if e["event"] == "document_viewed"]     # noqa: E731
        self.assertEqual(seen(), [("wu.gang", digest)])         # nor is the scan, or what was refused, a view
        for upload in ("../x", "a/b", "", "x" * 65):
            with self.assertRaises(Refused):
                self.b.client.ask("document.put", {"upload": upload, "offset": 0, "last": True}, raw=b"x")
        self.refused("not_found", "application.submit", form=FORM, documents=[{"digest": "0" * 64, "name": "x"}])
        for offset, raw in ((5, b"x"), (20 << 20, b"x"), (0, b"x" * (256 * 1024 + 1))):
            with self.assertRaises(Refused):
                self.b.client.ask("document.put", {"upload": "far" + str(offset), "offset": offset, "last": False}, raw=raw)

    def test_a_classified_file_is_never_admitted(self):
        secret = ("机密★10年\n涉密内容不得外传 " + os.urandom(8).hex()).encode()
        kept, gone = self.b.client.put(secret), self.b.client.put(secret + b"2")
        number, receipt = self.handled([{"digest": kept, "name": "甲.txt"}, {"digest": gone, "name": "乙.txt"}])
        show = lambda: self.ask("case.show", **{"as": "he.ping", "case": number})   # noqa: E731
        self.b.until(lambda: [d["status"] for d in show()["documents"]] == ["refused"] * 2, "both are refused")
        for right in ({"as": "he.ping", "case": number}, {"as": "wu.gang", "case": number}, {"receipt": receipt}):
            with self.assertRaises(Refused):
                self.b.client.ask("document.get", {**right, "digest": kept})
        mark = [e for e in show()["timeline"] if e["event"] == "documents_admitted"][0]["data"]
        self.assertEqual(mark["marks"][0]["level"], "机密")
        self.assertNotIn("涉密内容", json.dumps(show(), ensure_ascii=False))
        self.assertIn("classified", show()["flags"])
        act = lambda **more: self.ask("case.act", **{"as": "he.ping", "case": number, **more})  # noqa: E731
        self.refused("not_allowed", "case.act", **{"as": "chen.jing", "case": number, "action": "clear_document", "fields": {"digest": kept, "reason": "x"}})
        act(action="clear_document", fields={"digest": kept, "reason": "演示文字，并非国家秘密标志"})
        act(action="destroy_document", fields={"digest": gone, "reason": "按规定销毁"})
        self.assertEqual([d["status"] for d in show()["documents"]], ["admitted", "destroyed"])
        _, raw = self.b.client.ask("document.get", {"as": "he.ping", "case": number, "digest": kept})
        self.assertEqual(raw, secret)
        self.b.until(lambda: not list(self.b.data.glob(f"*/{gone}")), "the destroyed file is gone from the disk")

    def test_nothing_personal_in_logs_and_events(self):
        form = json.loads(json.dumps(FORM))
        form["applicant"] = {**form["applicant"], "name": "欧阳秘名", "proof": {"type": "id_card", "number": "110101209912310015"},
                             "contact": {"address": "秘密街九号", "phone": "13800138000", "email": "hidden.person@example.cn"}}
        form["request"] = {"description": "请公开关于独特词语蓝鲸七号的文件"}
        number = self.b.submit(form)["number"]
        self.b.until(lambda: self.ask("case.show", **{"as": "wu.gang", "case": number})["state"] == "handling", "handled")
        self.ask("case.act", **{"as": "chen.jing", "case": number, "action": "note", "fields": {"text": "欧阳秘名来电"}})
        words = ("欧阳秘名", "110101209912310015", "秘密街", "13800138000", "hidden.person", "蓝鲸七号")
        log = self.b.log.read_text()
        ledger = sqlite3.connect(f"file:{self.b.data}/ledger.db?mode=ro", uri=True)
        events = "\n".join("|".join(str(cell) for cell in row) for row in ledger.execute("SELECT * FROM event"))
        cases = "\n".join("|".join(str(cell) for cell in row) for row in ledger.execute("SELECT * FROM cases"))
        ledger.close()
        for word in words:
            self.assertNotIn(word, log)
            self.assertNotIn(word, events)
            self.assertNotIn(word, cases)


if __name__ == "__main__":
    unittest.main(verbosity=2)
