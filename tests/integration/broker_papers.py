"""The papers of a case, with a reply worker that the test plays: which are made and when, what each is told and of whom, and
who may fetch them."""
import copy
import json
import os
import pathlib
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import Broker, Client, FORM, ORG, Refused, Worker  # noqa: E402

OFFICE = next(office for office in ORG["offices"] if office["code"] == "GZ")
NAME = FORM["applicant"]["name"]


def unit_name(code):
    return next(unit["name"] for unit in OFFICE["units"] if unit["code"] == code)


class Reply(threading.Thread):
    """Makes every letter that is asked for, and keeps what it was told; sends every mail, since both wait for each other."""

    def __init__(self, b):
        super().__init__(daemon=True)
        self.b, self.told, self.mailed, self.over = b, [], [], False
        self.start()

    def run(self):
        worker, client, reminder = Worker(self.b.endpoint, "reply", 8), Client(self.b.endpoint), Worker(self.b.endpoint, "reminder", 8)
        while not self.over:
            mail = reminder.job(0.1)
            if mail:
                self.mailed.append(json.loads(mail[1])["facts"])
                reminder.final(mail[0], b'{"ok":{"sent":[],"failed":[]}}')
            job = worker.job(0.1)
            if not job:
                continue
            facts = json.loads(job[1])["facts"]
            digest = client.put(b"%PDF-1.4 " + (facts["case_number"] + facts["letter"] + facts["head"]).encode())
            self.told.append(facts)
            worker.final(job[0], json.dumps({"ok": {"letter": facts["letter"], "digest": digest, "pages": 1, "size": 9,
                                                    "check_code": facts["head"][:8]}}).encode())
        worker.close()
        reminder.close()
        client.socket.close(0)

    def of(self, letter):
        return [facts for facts in self.told if facts["letter"] == letter]


class Papers(unittest.TestCase):
    def setUp(self):
        self.b = Broker(workers=("intake", "review", "confidentiality"))
        self.reply = Reply(self.b)

    def tearDown(self):
        self.reply.over = True
        self.reply.join()
        self.assertEqual(self.b.close(), 0)

    def submit(self, **changes):
        form = copy.deepcopy(FORM)
        form["request"]["description"] = "材料 " + os.urandom(8).hex()
        form.update(changes)
        answer = self.b.submit(form)
        self.case, self.receipt = answer["case"], answer["receipt"]
        self.reach("handling")
        self.unit = self.show()["unit"]

    def show(self):
        return self.b.client.ask("case.show", {"as": "zhao.min", "case": self.case})

    def reach(self, state):
        self.b.until(lambda: self.show()["state"] == state, state)

    def act(self, who, action, documents=(), **fields):
        return self.b.client.ask("case.act", {"as": who, "case": self.case, "action": action, "fields": fields, "documents": list(documents)})

    def refused(self, code, who, action, **fields):
        with self.assertRaises(Refused) as caught:
            self.act(who, action, **fields)
        self.assertEqual(caught.exception.code, code)
        return str(caught.exception)

    def paper(self, letter, count=1):
        """What the worker was told of it; the case has it."""
        self.b.until(lambda: len(self.reply.of(letter)) >= count, f"{letter} is asked for")
        self.b.until(lambda: [one["kind"] for one in self.show()["letters"]].count(letter) >= count, f"{letter} is made")
        return self.reply.of(letter)[-1]

    def decide(self, outcome, release=None, **fields):
        self.act("zhao.min", "propose", outcome=outcome, **fields)
        if self.show()["state"] == "legal":
            self.act("xu.lan", "clear_legal", opinion="依据充分")
        self.reach("secrecy")
        if release:
            self.act("he.ping", "give_verdict", digest=release, verdict="public", basis="内容", opinion="可以公开")
        self.act("he.ping", "clear_secrecy", verdict="public", opinion="可以公开")
        self.act("zhou.wei", "approve")
        self.reach("sealing")
        letter = [one for one in self.show()["letters"] if one["kind"] == "reply"][-1]
        self.act("chen.jing", "seal", pages=1, check_code=letter["check_code"], seal="专用章")

    def package(self):
        return self.b.client.ask("case.evidence", {"as": "xu.lan", "case": self.case})["package"]

    # ---- what each is told ----------------------------------------------------------------------

    def test_the_form_of_registration_has_no_number_of_proof(self):
        self.submit()
        told = self.paper("registration_form")
        self.assertEqual((told["form"]["applicant"]["name"], told["channel"], told["due_on"]), (NAME, "portal", "2026-03-30"))
        self.assertEqual(told["form"]["applicant"]["proof"], {"type": FORM["applicant"]["proof"]["type"]})
        self.assertNotIn(FORM["applicant"]["proof"]["number"], json.dumps(told))

    def test_a_unit_that_assists_does_not_learn_who_applied(self):
        self.submit()
        other = next(unit["code"] for unit in OFFICE["units"] if unit["code"] not in (self.unit, "BGS"))
        said = self.refused("bad_value", "chen.jing", "assign", unit=other, question=f"{NAME}的材料在哪里？")
        self.assertIn("a unit never names or describes the applicant", said)
        self.act("chen.jing", "assign", unit=other, question="是否保存有关材料？")
        told = self.paper("assist_letter")
        self.assertEqual((told["to"], told["fields"]["question"]), ({"name": unit_name(other)}, "是否保存有关材料？"))
        self.assertEqual(told["due_on"], "2026-03-30")
        self.assertEqual(told["fields"]["due_on"], "2026-03-11")        # 7 working days
        text = json.dumps(told, ensure_ascii=False)
        for secret in (NAME, FORM["applicant"]["proof"]["number"], FORM["applicant"]["contact"]["phone"], "材料 "):
            self.assertNotIn(secret, text)
        self.assertFalse({"request", "received_on", "form", "record"} & set(told))

    def test_the_review_form_has_the_whole_way(self):
        self.submit()
        self.act("zhao.min", "consult", kind="third_party", third_party={"name": "某贸易公司"}, information="合同", applicant_told=True)
        consultation = self.show()["consultations"][0]["consultation"]
        self.act("chen.jing", "end_consultation", consultation=consultation, answer="disagree", opinion="属于商业秘密")
        self.act("zhao.min", "propose", outcome="D4", reason="属于商业秘密", severability="不能区分", third_party_answer="不同意",
                 own_assessment="理由成立")
        self.act("xu.lan", "return_legal", reason="补充理由")
        self.decide("D4", reason="公开会损害第三方", severability="不能区分", third_party_answer="不同意", own_assessment="理由成立")
        told = self.paper("review_form")
        people = {who["name"]: who["display"] for who in OFFICE["people"]}
        way = [(step["event"], step["by"]) for step in told["steps"]]
        self.assertEqual(way, [
            ("registered", "系统"), ("triaged", "系统"), ("consultation_started", people["zhao.min"]), ("consultation_ended", people["chen.jing"]),
            ("refusal_proposed", people["zhao.min"]), ("legal_returned", people["xu.lan"]), ("refusal_proposed", people["zhao.min"]),
            ("legal_cleared", people["xu.lan"]), ("scanned", "系统"), ("secrecy_cleared", people["he.ping"]), ("approved", people["zhou.wei"])])
        step = dict((one["event"], one) for one in told["steps"])
        self.assertEqual(step["consultation_started"]["fields"]["third_party"]["name"], "某贸易公司")
        self.assertEqual(step["refusal_proposed"]["fields"]["reason"], "公开会损害第三方")
        self.assertEqual(step["triaged"]["fields"]["unit"], unit_name(self.unit))
        self.assertTrue(step["approved"]["fields"]["letter_number"])
        self.assertEqual({one["on"] for one in told["steps"]}, {"2026-03-02"})
        self.assertNotIn(FORM["applicant"]["proof"]["number"], json.dumps(told))
        for letter in ("registration", "registration_form", "consultation_notice", "reply"):
            self.assertNotIn("某贸易公司", json.dumps(self.paper(letter), ensure_ascii=False), letter)

    def test_a_delivery_receipt_goes_with_paper_only(self):
        self.submit(delivery={"medium": "paper", "channel": "post"})
        self.decide("G1", public_where="门户网站")
        told = self.paper("delivery_receipt")
        self.assertEqual((told["number"], told["outcome"], told["to"]["name"]), (self.show()["letter_number"], "G1", NAME))
        self.assertTrue(told["number"])
        self.submit(delivery={"medium": "electronic", "channel": "portal"})
        self.decide("G1", public_where="门户网站")
        self.paper("review_form", 1)
        self.assertNotIn("delivery_receipt", [one["kind"] for one in self.show()["letters"]])
        self.assertEqual(len(self.reply.of("delivery_receipt")), 1)

    def test_a_request_that_is_forwarded_goes_with_a_letter(self):
        form = {"kind": "records_correction", "request": {"title": "注册登记"}, "record": {"wrong": "甲路1号", "right": "甲路2号"}}
        self.submit(**form, delivery={})
        said = {"reason": "登记由市场监管部门办理", "agency_name": "某市场监督管理局", "agency_contact": "020-1", "forwarded_on": "2026-03-02"}
        self.assertIn("act CASE forward", self.refused("need_unmet", "zhao.min", "propose", outcome="R3", **said))
        self.act("chen.jing", "forward", third_party={"name": "某市场监督管理局", "address": "甲路9号"}, reason="登记由其办理")
        told = self.paper("forwarding_letter")
        self.assertEqual((told["to"]["name"], told["to"]["address"], told["form"]), ("某市场监督管理局", "甲路9号", {"applicant": {"name": NAME}}))
        self.assertEqual((told["record"], told["fields"]["reason"]), (form["record"], "登记由其办理"))
        self.assertNotIn(FORM["applicant"]["proof"]["number"], json.dumps(told))
        self.act("zhao.min", "propose", outcome="R3", **said)

    def test_what_stays_in_the_office_is_not_to_be_posted(self):
        """Whom no mail reaches somebody must write to: with the receipt, not with the form."""
        applicant = copy.deepcopy(FORM["applicant"])
        del applicant["contact"]["email"]
        self.submit(applicant=applicant, delivery={"medium": "paper", "channel": "post"})
        self.paper("registration_form")
        self.act("zhao.min", "consult", kind="other_agency", third_party={"name": "某局"}, information="会签稿", applicant_told=True)
        self.paper("consultation_notice")
        self.b.until(lambda: len([mail for mail in self.reply.mailed if mail["reason"] == "post"]) == 3, "three are to be posted")
        self.assertEqual([letter["kind"] for letter in self.show()["letters"]],
                         ["registration", "registration_form", "consultation_letter", "consultation_notice"])

    # ---- who may fetch them, and where they are filed ---------------------------------------------

    def test_papers_of_the_office_are_not_the_applicants(self):
        self.submit(delivery={"medium": "paper", "channel": "post"})
        self.act("zhao.min", "consult", kind="third_party", third_party={"name": "某贸易公司"}, information="合同", applicant_told=True)
        consultation = self.show()["consultations"][0]["consultation"]
        self.act("chen.jing", "end_consultation", consultation=consultation, answer="disagree", opinion="不同意")
        other = next(unit["code"] for unit in OFFICE["units"] if unit["code"] not in (self.unit, "BGS"))
        self.act("chen.jing", "assign", unit=other, question="是否保存有关材料？")
        self.act("chen.jing", "recall_subtask", subtask=self.show()["subtasks"][0]["subtask"], reason="已找到")
        file = {"digest": self.b.client.put("合同".encode()), "name": "合同.txt"}
        self.act("zhao.min", "attach", [file], kind="release")
        self.b.until(lambda: self.show()["documents"][-1]["status"] == "admitted", "admitted")
        self.decide("G2", release=file["digest"], own_assessment="公共利益重大")
        self.act("chen.jing", "notify_override", consultation=consultation, content="合同", reason="公共利益")
        for letter in ("delivery_receipt", "override_notice", "review_form", "assist_letter"):
            self.paper(letter)
        mine = {"registration", "consultation_notice"}
        status = self.b.client.ask("application.status", {"receipt": self.receipt})
        self.assertEqual({one["kind"] for one in status["letters"]}, mine)
        for letter in self.show()["letters"]:
            body = {"digest": letter["digest"], "offset": 0, "receipt": self.receipt}
            if letter["kind"] in mine:
                self.b.client.ask("document.get", body)
            else:
                with self.assertRaises(Refused, msg=letter["kind"]):
                    self.b.client.ask("document.get", body)
            self.b.client.ask("document.get", {"digest": letter["digest"], "offset": 0, "as": "chen.jing", "case": self.case})
        names = {one["digest"]: one["kind"] for one in self.show()["letters"]}
        filed = {names[digest]: paper["part"] for paper in self.package() for digest in paper["digests"] if digest in names}
        self.assertEqual(filed, {
            "registration": "letter", "reply": "letter", "registration_form": "application", "review_form": "review",
            "consultation_letter": "consultation", "consultation_notice": "consultation", "override_notice": "consultation",
            "assist_letter": "search", "delivery_receipt": "delivery"})
        zh = {one["kind"]: one["kind_zh"] for one in self.show()["letters"]}
        self.assertEqual((zh["review_form"], zh["assist_letter"]), ("审查呈批单", "协办函"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
