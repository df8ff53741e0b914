"""One application becomes several cases, in one transaction, once."""
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import Broker, FORM, Refused, Worker  # noqa: E402

PARTS = "一月的统计\n\n  二月的统计  \n三月的统计"


class Split(unittest.TestCase):
    def setUp(self):
        self.b = Broker(workers=("intake", "review"))
        self.case, self.receipt = self.handled("一月、二月、三月的统计")

    def tearDown(self):
        self.assertEqual(self.b.verify()["problems"], [])
        self.assertEqual(self.b.close(), 0)

    def show(self, case):
        return self.b.client.ask("case.show", {"as": "wu.gang", "case": case})

    def act(self, case, who, action, request_id=None, **fields):
        return self.b.client.ask("case.act", {"as": who, "case": case, "action": action, "fields": fields}, request_id)

    def handled(self, text, documents=()):
        ok = self.b.submit({**FORM, "request": {"description": text}}, documents)
        self.b.until(lambda: self.show(ok["case"])["state"] == "handling", "it is triaged")
        return ok["case"], ok["receipt"]

    def status(self, receipt):
        return self.b.client.ask("application.status", {"receipt": receipt})

    def refused(self, text, *args, **fields):
        with self.assertRaises(Refused) as caught:
            self.act(*args, **fields)
        self.assertIn(text, str(caught.exception))

    def test_each_part_is_a_case_with_number_and_ordinal(self):
        between, _ = self.handled("别的")
        ok = self.act(self.case, "chen.jing", "split", parts=PARTS, reason="三个月份可以分别答复")
        self.assertEqual(ok["cases"], ["GZ-2026-000003", "GZ-2026-000004"])
        whole = self.show(self.case)
        self.assertEqual((whole["number"], whole["state"], whole["split"]["cases"]), ("GZ-2026-000001", "handling", ok["cases"]))
        self.assertEqual((whole["split"]["part"], whole["ordinal"]), ("一月的统计", 1))
        for number, ordinal, text in zip(ok["cases"], (3, 4), ("二月的统计", "三月的统计")):
            self.b.until(lambda: self.show(number)["state"] == "handling", "the part is triaged")
            part = self.show(number)
            self.assertEqual((part["ordinal"], part["split"]["from"], part["received_on"]), (ordinal, whole["number"], whole["received_on"]))
            self.assertEqual((part["due_on"], part["form"]["applicant"]), (whole["due_on"], whole["form"]["applicant"]))
            self.assertEqual((part["form"]["request"], part["form"]["delivery"]), ({"description": text}, whole["form"]["delivery"]))
            self.assertNotIn("repeat", part["flags"])       # parts of one application repeat nothing
        self.handled("再来一件")
        self.assertEqual(self.show("GZ-2026-000005")["ordinal"], 5)
        self.assertEqual(self.show(between)["ordinal"], 2)

    def test_the_receipt_of_the_whole_opens_the_parts(self):
        numbers = self.act(self.case, "zhao.min", "split", parts=PARTS, reason="x")["cases"]
        status = self.status(self.receipt)
        self.assertEqual([part["number"] for part in status["parts"]], numbers)
        self.assertIn("split", [entry["event"] for entry in status["timeline"]])
        second = status["parts"][0]
        self.assertEqual((self.status(second["receipt"])["number"], self.status(second["receipt"])["split_from"]),
                         (numbers[0], status["number"]))
        self.b.client.ask("application.withdraw", {"receipt": second["receipt"]})
        self.assertEqual([part["state"] for part in self.status(self.receipt)["parts"]][0], "withdrawn")
        self.assertEqual(self.status(self.receipt)["state"], "handling")

    def test_once_whatever_is_repeated_or_killed(self):
        before = self.act(self.case, "chen.jing", "split", "r1", parts=PARTS, reason="x")
        self.b.kill("broker")
        self.b.start()
        self.assertEqual(self.act(self.case, "chen.jing", "split", "r1", parts=PARTS, reason="x"), before)
        with self.assertRaises(Refused):
            self.act("GZ-2026-000004", "wu.gang", "note", text="x")

    def test_a_refusal_takes_no_number(self):
        for text, who, parts in (("2 to 20", "chen.jing", "只有一件"), ("2 to 20", "chen.jing", "\n".join("x" * 21)),
                                 ("may not do split", "guo.qiang", PARTS)):
            self.refused(text, self.case, who, "split", parts=parts, reason="x")
        self.refused("reason", self.case, "chen.jing", "split", parts=PARTS)
        self.assertEqual(self.act(self.case, "chen.jing", "split", parts="一\n二", reason="x")["cases"], ["GZ-2026-000002"])
        self.refused("SPLITTABLE", self.case, "zhao.min", "split", parts=PARTS, reason="x")
        self.refused("SPLIT_TOLD", self.case, "zhao.min", "charge", standard="pages", count=31, reason="x")

    def make(self, reply):
        """Make a letter that is asked for; its facts, None when none is."""
        given = reply.job(patience=0.5)
        if not given:
            return None
        facts = json.loads(given[1])["facts"]
        digest = self.b.client.put(b"%PDF-1.4 " + facts["case_number"].encode() + facts["letter"].encode())
        reply.final(given[0], json.dumps({"ok": {"letter": facts["letter"], "digest": digest, "pages": 1, "size": 9,
                                                 "check_code": facts["head"][:8]}}).encode())
        return facts

    def send(self, mail):
        given = mail.job(patience=0.5)
        if given:
            mail.final(given[0], json.dumps({"ok": {"sent": [], "failed": []}}).encode())
        return given and json.loads(given[1])

    def test_the_notice_is_of_all_parts_and_lets_a_fee_follow(self):
        reply, mail = Worker(self.b.endpoint, "reply"), Worker(self.b.endpoint, "reminder")
        numbers = self.act(self.case, "chen.jing", "split", parts=PARTS, reason="分别答复")["cases"]
        notices, told = {}, set()
        while len(notices) < 3 or len(told) < 3:        # letter and mail of a case wait for each other
            facts, job = self.make(reply), self.send(mail)
            if facts and facts["letter"] == "split_notice":
                notices[facts["case_number"]] = facts
            if job and job["facts"]["message"] == "split":
                told.add(job["number"])
            if len(told) == 0:
                self.refused("SPLIT_TOLD", self.case, "zhao.min", "charge", standard="pages", count=31, reason="x")
        for number, text in zip(("GZ-2026-000001", *numbers), ("一月的统计", "二月的统计", "三月的统计")):
            self.assertEqual(notices[number]["request"], {"description": text})
            self.assertEqual(notices[number]["fields"]["listing"][1], f"二月的统计（登记编号：{numbers[0]}）")
            self.assertEqual((notices[number]["fields"]["split_from"], notices[number]["fields"]["reason"]), ("GZ-2026-000001", "分别答复"))
        for case in (self.case, numbers[1]):
            self.b.until(lambda: self.show(case)["state"] == "handling", "it is handled")
            self.act(case, "zhao.min", "charge", standard="pages", count=31, reason="x")
        reply.close()
        mail.close()

    def test_by_consent_it_moves_to_the_office_whose_matter_it_is(self):
        digest = self.b.client.put("附件".encode())
        case, receipt = self.handled("南关的统计", [{"digest": digest, "name": "附件.txt"}])
        self.refused("no other office", case, "chen.jing", "pass_on", to_office="GZ", consent="x")
        before = self.act(case, "chen.jing", "pass_on", "r1", to_office="NG", consent="电话同意")
        self.assertEqual(self.act(case, "chen.jing", "pass_on", "r1", to_office="NG", consent="电话同意"), before)
        self.assertEqual((self.show(case)["state"], self.show(case)["outcome"]), ("withdrawn", "O3"))
        there = self.b.until(lambda: [p for p in self.status(receipt)["parts"] if p["state"] == "handling"], "it is registered there")[0]
        self.assertEqual(there["number"], "NG-2026-000001")
        view = self.b.client.ask("case.show", {"as": "bai.lu", "case": there["number"]})
        self.assertEqual((view["office"], view["received_on"], view["ordinal"]), ("NG", self.show(case)["received_on"], 1))
        self.assertEqual(view["form"]["request"], {"description": "南关的统计"})
        self.assertEqual([d["digest"] for d in view["documents"]], [digest])
        self.assertEqual(self.status(there["receipt"])["office"], there["office"])
        self.refused("withdrawn", case, "chen.jing", "split", parts=PARTS, reason="x")

    def test_what_was_attached_goes_with_each_part(self):
        digest = self.b.client.put("附件".encode())
        case, _ = self.handled("两项", [{"digest": digest, "name": "附件.txt"}])
        part = self.act(case, "chen.jing", "split", parts="甲\n乙", reason="x")["cases"][0]
        self.assertEqual([(d["digest"], d["name"]) for d in self.show(part)["documents"]], [(digest, "附件.txt")])


if __name__ == "__main__":
    unittest.main()
