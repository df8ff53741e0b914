"""What only the broker can check of an act, because it takes the sealed texts or another case."""
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import Broker, FORM, Refused, Worker  # noqa: E402

PARTY = "绿洲贸易有限公司"


class Acts(unittest.TestCase):
    def setUp(self):
        self.b = Broker(workers=("intake", "review"))

    def tearDown(self):
        self.assertEqual(self.b.close(), 0)

    def act(self, case, who, action, **fields):
        return self.b.client.ask("case.act", {"as": who, "case": case, "action": action, "fields": fields})

    def refused(self, text, *args, **fields):
        with self.assertRaises(Refused) as caught:
            self.act(*args, **fields)
        self.assertIn(text, str(caught.exception))

    def handled(self, **request):
        case = self.b.submit({**FORM, "request": request})["case"]
        show = lambda: self.b.client.ask("case.show", {"as": "wu.gang", "case": case})
        self.b.until(lambda: show()["state"] == "handling", "it is triaged")
        return case

    def test_neither_side_is_named_to_the_other(self):
        case = self.handled(description="某批货物的查验记录")
        asked = {"kind": "third_party", "third_party": {"name": PARTY, "address": "某路1号"}, "applicant_told": True}
        self.refused("never names", case, "chen.jing", "consult", information=f"{FORM['applicant']['name']}申请的记录", **asked)
        self.act(case, "chen.jing", "consult", information="查验记录", **asked)
        consultation = f"c{self.b.client.ask('case.show', {'as': 'wu.gang', 'case': case})['timeline'][-1]['seq']}"
        self.act(case, "chen.jing", "end_consultation", consultation=consultation, answer="disagree", opinion="x")
        named = f"须向{PARTY}核实"
        for who, action, fields in (("zhao.min", "extend", {"days": 5, "reason": named}),
                                    ("chen.jing", "request_correction", {"items": named}),
                                    ("chen.jing", "request_reasons", {"frequency": named}),
                                    ("zhao.min", "charge", {"standard": "pages", "count": 31, "reason": named}),
                                    ("zhao.min", "charge", {"standard": "pages", "count": 1500, "reason": named}),
                                    ("chen.jing", "itemise", {"items": named})):
            self.refused("names the third party", case, who, action, **fields)
        d4 = {"outcome": "D4", "severability": "x", "own_assessment": f"{PARTY}的商业秘密", "third_party_answer": f"{PARTY}不同意"}
        self.refused("names the third party", case, "chen.jing", "propose", reason=f"涉及{PARTY}的商业秘密", **d4)
        self.act(case, "chen.jing", "propose", reason="涉及第三方的商业秘密", **d4)

    def test_who_applies_together_is_one_case_written_to_together_and_named_to_nobody(self):
        joint = [{"name": "与其一同申请的人", "proof": {"type": "passport", "number": "N00000001"}}]
        reply = Worker(self.b.endpoint, "reply", credit=8)
        case = self.b.submit({**FORM, "request": {"description": "某批货物的查验记录"}, "joint": joint})["case"]
        facts = json.loads(reply.job()[1])["facts"]
        self.assertEqual((facts["letter"], facts["to"]["name"]), ("registration", FORM["applicant"]["name"] + "、" + joint[0]["name"]))
        show = lambda: self.b.client.ask("case.show", {"as": "wu.gang", "case": case})
        self.b.until(lambda: show()["state"] == "handling", "it is triaged")
        self.assertEqual((show()["form"]["joint"], show()["flags"]), (joint, []))
        asked = {"kind": "third_party", "third_party": {"name": PARTY, "address": "某路1号"}, "applicant_told": True}
        for said in (joint[0]["name"], joint[0]["proof"]["number"]):
            self.refused("joint applicant", case, "chen.jing", "consult", information=f"{said}要的记录", **asked)
        reply.close()

    def test_what_is_missing_of_an_agent_is_asked_for_and_refuses_nobody(self):
        agent = {"name": "某律师事务所", "proof": {"type": "credit_code", "number": "31440000MD00000000"}}
        case = self.b.submit({**FORM, "agent": agent})["case"]
        show = lambda: self.b.client.ask("case.show", {"as": "wu.gang", "case": case})
        self.b.until(lambda: show()["state"] == "handling", "it is triaged")
        self.assertEqual((show()["intake"]["missing"], show()["flags"]), (["agent.authority"], ["incomplete"]))
        self.act(case, "chen.jing", "request_correction", items="授权委托书")
        self.assertEqual(show()["state"], "correction")

    def test_help_given_is_on_record(self):
        case = self.handled(description="某批货物的查验记录")
        self.act(case, "chen.jing", "give_help", need="视力障碍", help="电话宣读答复内容")
        show = self.b.client.ask("case.show", {"as": "wu.gang", "case": case})
        self.assertEqual((show["helped_on"], show["timeline"][-1]["event"]), ("2026-03-02", "help_given"))

    def test_an_applicant_sees_what_was_told_to_him(self):
        ok = self.b.submit({**FORM, "request": {"description": "某批货物的查验记录"}})
        case, ask = ok["case"], self.b.client.ask
        self.b.until(lambda: ask("case.show", {"as": "wu.gang", "case": case})["state"] == "handling", "it is triaged")
        asked = {"third_party": {"name": PARTY, "address": "某路1号"}, "information": "查验记录"}
        seqs = []
        for kind, told in (("other_agency", False), ("third_party", True)):
            self.act(case, "chen.jing", "consult", kind=kind, applicant_told=told, **asked)
            seqs.append(ask("case.show", {"as": "wu.gang", "case": case})["seq"])
        for seq in seqs:
            self.act(case, "chen.jing", "end_consultation", consultation=f"c{seq}", answer="disagree", opinion="x")
        seen = lambda: ask("application.status", {"receipt": ok["receipt"]})   # noqa: E731
        self.assertEqual([entry["seq"] for entry in seen()["timeline"] if "consultation" in entry["event"]], [seqs[1], seqs[1] + 2])
        said = {who: str(ask("case.explain", {**key, "days": True})) for who, key in
                (("staff", {"as": "chen.jing", "case": case}), ("applicant", {"receipt": ok["receipt"]}))}
        self.assertIn("未告知申请人", said["staff"])
        self.assertNotIn("未告知申请人", said["applicant"])
        self.assertNotIn(PARTY, str(seen()) + said["applicant"])
        self.act(case, "chen.jing", "propose", outcome="D8", reason="x", other_channel="x", severability="x")
        self.assertEqual(ask("case.show", {"as": "wu.gang", "case": case})["state"], "legal")
        self.assertEqual(seen()["state"], "handling")      # that it lies with legal review would tell the draft

    def test_who_is_named_in_the_request_may_be_named_in_the_reply(self):
        case = self.handled(description=f"{PARTY}的查验记录")
        self.act(case, "chen.jing", "consult", kind="third_party", third_party={"name": PARTY}, information="查验记录", applicant_told=True)
        consultation = f"c{self.b.client.ask('case.show', {'as': 'wu.gang', 'case': case})['timeline'][-1]['seq']}"
        self.act(case, "chen.jing", "end_consultation", consultation=consultation, answer="agree", opinion="x")
        self.act(case, "chen.jing", "propose", outcome="U2", reason=f"没有{PARTY}的现成记录")

    def test_a_repeat_is_of_an_answered_application_of_the_same_applicant(self):
        first = self.handled(description="一月的统计")
        second = self.handled(description="二月的统计")
        number = self.b.client.ask("case.show", {"as": "wu.gang", "case": first})["number"]
        for previous in (number, "GZ-2019-000001", second):         # open, of nobody, the case itself
            self.refused("no answered application", second, "chen.jing", "propose", outcome="N2", previous_case=previous)

    def test_who_says_nothing_still_has_a_case(self):
        case = self.b.submit({})["case"]
        show = lambda: self.b.client.ask("case.show", {"as": "wu.gang", "case": case})
        self.b.until(lambda: show()["state"] == "handling", "a form that asks for nothing is triaged, for a person to ask what is wanted")
        self.assertIn("incomplete", show()["flags"])

    def test_a_case_of_ones_own_is_pulled_without_a_new_event(self):
        case = self.handled(description="某批货物的查验记录")
        ask = lambda **more: self.b.client.ask("queue.pull", {"as": "chen.jing", "desk": "handling", **more})
        show = lambda: self.b.client.ask("case.show", {"as": "wu.gang", "case": case})["timeline"]
        self.assertEqual(ask()["case"], case)
        claimed = len(show())
        self.assertEqual(ask()["case"], case)
        self.assertEqual(len(show()), claimed)

    def test_a_unit_that_is_not_there_has_no_empty_queue(self):
        for service in ("queue.list", "case.list", "queue.tasks"):
            with self.assertRaises(Refused) as caught:
                self.b.client.ask(service, {"as": "chen.jing", "unit": "XX"})
            self.assertIn("no unit XX", str(caught.exception))

    def test_a_records_correction_is_a_case_of_its_own_kind(self):
        correction = {**FORM, "kind": "records_correction", "record": {"wrong": "地址有误", "right": "示例路1号"}}
        case = self.b.submit(correction)["case"]
        show = lambda: self.b.client.ask("case.show", {"as": "wu.gang", "case": case})
        self.b.until(lambda: show()["state"] == "handling", "it is triaged")
        seen = show()
        self.assertRegex(seen["number"], r"^GZ-G-\d{4}-000001$")           # a series of its own
        self.assertEqual((seen["kind"], seen["ordinal"], seen["clock"]["statutory"]), ("records_correction", 0, False))
        self.assertEqual((seen["intake"]["missing"], seen["candidates"]["fee"]), (["evidence"], None))
        self.assertIn("incomplete", seen["flags"])
        other = self.b.client.ask("case.show", {"as": "wu.gang", "case": self.handled(description="一月的统计")})
        self.assertRegex(other["number"], r"^GZ-\d{4}-000001$")
        self.assertEqual((other["kind"], other["ordinal"], other["clock"]["statutory"]), ("disclosure", 1, True))

        for one in (case, other["case"]):
            self.act(one, "chen.jing", "assign", unit="FGC", question="x")
        reply, mail, limits = Worker(self.b.endpoint, "reply"), Worker(self.b.endpoint, "reminder"), {}
        while len(limits) < 2:
            letter, told = reply.job(patience=0.5), mail.job(patience=0.5)
            if letter:          # what is told of a case waits for its letters
                facts = json.loads(letter[1])["facts"]
                digest = self.b.client.put(b"%PDF-1.4 " + facts["case_number"].encode())
                reply.final(letter[0], json.dumps({"ok": {"letter": facts["letter"], "digest": digest, "pages": 1, "size": 9,
                                                          "check_code": facts["head"][:8]}}).encode())
            if told:
                said = json.loads(told[1])
                limits[said["number"]] = said["facts"]["cases"][0]["limit"]
                mail.final(told[0], b'{"ok": {"sent": [], "failed": []}}')
        reply.close()
        mail.close()
        self.assertEqual(limits, {seen["number"]: "standard", other["number"]: "reply"})       # of Art. 41 no law fixes a term

        offered = self.b.client.ask("case.actions", {"as": "chen.jing", "case": case})
        names = {action["action"] for action in offered["actions"]}
        self.assertEqual(offered["kind"], "records_correction")
        self.assertIn("request_evidence", names)
        self.assertTrue(names.isdisjoint({"request_correction", "charge", "extend", "request_reasons"}), names)
        self.refused("OUTCOME_FITS", case, "chen.jing", "propose", outcome="U2", reason="x")
        self.refused("OUTCOME_FITS", other["case"], "chen.jing", "propose", outcome="R4", reason="x", agency_name="x", agency_contact="x")
        self.refused("DISCLOSURE", case, "chen.jing", "request_correction", items="x")

        # An agency finds the record by the name; nobody else learns it.
        asked = {"third_party": {"name": PARTY}, "applicant_told": True, "information": f"{FORM['applicant']['name']}的登记"}
        self.refused("never names", case, "chen.jing", "consult", kind="third_party", **asked)
        self.act(case, "chen.jing", "consult", kind="other_agency", **asked)


if __name__ == "__main__":
    unittest.main()
