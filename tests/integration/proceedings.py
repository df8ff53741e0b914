"""A case and what may follow it: reconsideration with a redo, publication, evidence, archive - with real workers, and
with a reminder that the test plays, so that it reads what people would be told."""
import copy
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import BIN, Broker, FORM, Refused, SOURCE, Worker  # noqa: E402

FONTS = [folder for folder in (os.environ.get("GK_FONTS"), str(SOURCE / "build/fonts"), os.environ["GK_BUILD"] + "/fonts")
         if folder and pathlib.Path(folder, "FandolFang-Regular.otf").exists()]


class Reminder(threading.Thread):
    """Answers every notice and keeps its facts."""

    def __init__(self, endpoint):
        super().__init__(daemon=True)
        self.endpoint, self.told, self.over = endpoint, [], False
        self.start()

    def run(self):
        worker = Worker(self.endpoint, "reminder", 8)
        while not self.over:
            job = worker.job(1)
            if job:
                self.told.append(json.loads(job[1])["facts"])
                worker.final(job[0], b'{"ok":{"sent":[],"failed":[]}}')
        worker.close()

    def of(self, message):
        return [facts for facts in self.told if facts["message"] == message]


class Proceedings(unittest.TestCase):
    def setUp(self):
        if not FONTS:
            self.fail("no fonts; run deploy/fonts build/fonts")
        os.environ["GK_FONTS"] = FONTS[0]
        self.b = Broker(workers=("intake", "review", "confidentiality", "reply"))
        self.reminder = Reminder(self.b.endpoint)

    def tearDown(self):
        self.reminder.over = True
        self.reminder.join()
        self.assertEqual(self.b.close(), 0)

    # ---- shorthands --------------------------------------------------------------------------

    def show(self, case):
        return self.b.client.ask("case.show", {"as": "wu.gang", "case": case})

    def act(self, case, who, action, documents=(), **fields):
        return self.b.client.ask("case.act", {"as": who, "case": case, "action": action, "fields": fields,
                                              "documents": list(documents)})

    def refused(self, code, case, who, action, **fields):
        with self.assertRaises(Refused) as caught:
            self.act(case, who, action, **fields)
        self.assertEqual(caught.exception.code, code)
        return str(caught.exception)

    def advance(self, day):
        self.b.client.ask("admin.training_advance", {"as": "sun.lei", "to": day}, patience=120)

    def reach(self, case, state):
        self.b.until(lambda: self.show(case)["state"] == state, f"{case} reaches {state}")

    def text(self, case, kind, which):
        """What one of the letters of that kind says, blanks aside."""
        letters = self.b.until(lambda: [one for one in self.show(case)["letters"] if one["kind"] == kind][which:], f"{kind} {which} is made")
        _, pdf = self.b.client.ask("document.get", {"as": "wu.gang", "case": case, "digest": letters[0]["digest"], "offset": 0})
        done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
        return "".join(done.stdout.decode().split())

    def file(self, name, text):
        return {"digest": self.b.client.put(text.encode()), "name": name}

    def reply(self, case, outcome, **fields):
        """From the unit's hands to service, on the training clock's day."""
        self.act(case, "guo.qiang", "propose", outcome=outcome, **fields)
        self.reach(case, "secrecy")
        for document in self.show(case)["documents"]:
            if document["kind"] == "release":
                self.act(case, "he.ping", "give_verdict", digest=document["digest"], verdict="public", basis="内容", opinion="可以公开")
        self.act(case, "he.ping", "clear_secrecy", verdict="public", opinion="可以公开")
        self.act(case, "zhou.wei", "approve")
        self.reach(case, "sealing")
        letter = [letter for letter in self.show(case)["letters"] if letter["kind"] == "reply"][-1]
        self.act(case, "chen.jing", "seal", pages=letter["pages"], check_code=letter["check_code"], seal="示例")
        self.act(case, "chen.jing", "dispatch", method="post", carrier="EMS", tracking="EM100000000CN")

    def given(self, number="440106198808081280", title=None):
        """A case in which a file was given, closed on the training clock's day; its id and receipt."""
        form = copy.deepcopy(FORM)
        form["applicant"]["proof"]["number"] = number
        form["request"]["title"] = title or form["request"]["title"]
        ok = self.b.submit(form)
        case = ok["case"]
        self.reach(case, "handling")
        if self.show(case)["unit"] != "QGC":
            self.act(case, "chen.jing", "transfer", unit="QGC", reason="企管处经办")
        self.act(case, "guo.qiang", "attach", [self.file("标准.txt", "高级认证企业标准")], kind="release")
        self.b.until(lambda: self.show(case)["documents"][-1]["status"] == "admitted", "the file is admitted")
        self.reply(case, "G2")
        self.act(case, "chen.jing", "record_service", served_on=self.today(), proof="邮政回执")
        self.b.until(lambda: "review_form" in [letter["kind"] for letter in self.show(case)["letters"]], "its papers are made")
        return case, ok["receipt"]

    def today(self):
        return self.day

    day = "2026-03-02"

    def tasks(self):
        """Of cases; what is owed for the report is broker_report's."""
        return [task for task in self.b.client.ask("queue.tasks", {"as": "xu.lan"})["tasks"] if task["case"]]

    def go(self, day):
        self.advance(day)
        self.day = day

    # ---- a letter that lay in the mailroom ----------------------------------------------------

    def test_who_registers_late_is_alarmed(self):
        self.go("2026-03-05")
        receipt = {"channel": "post_signed", "arrived_on": "2026-03-02", "signed_on": "2026-03-02", "carrier": "EMS",
                   "tracking": "1012345678901"}
        case = self.b.client.ask("application.register", {"as": "liu.yang", "form": FORM, "receipt": receipt, "documents": []})["case"]
        self.reach(case, "handling")
        self.assertIn("late_registration", self.show(case)["flags"])
        told = self.b.until(lambda: [facts for facts in self.reminder.of("alarm") if facts["reason"] == "registered_late"], "the office is told")[0]
        self.assertEqual({to["email"].split("@")[0] for to in told["to"]}, {"chen.jing", "zhao.min"})
        self.assertEqual(told["cases"][0]["due_on"], "2026-03-30")

    # ---- a reconsideration --------------------------------------------------------------------

    def test_a_reconsideration_orders_a_redo(self):
        case, receipt = self.given()
        self.go("2026-03-09")
        self.act(case, "xu.lan", "open_proceeding", [self.file("申请书.txt", "复议申请书副本")], kind="reconsideration",
                 body="海关总署", number="署复〔2026〕12号", received_on="2026-03-09", simple=True)
        view = self.show(case)
        self.assertTrue(view["held"])
        one = view["proceedings"][0]
        self.assertEqual((one["body"], one["number"], one["answer_due"]), ("海关总署", "署复〔2026〕12号", "2026-03-16"))
        self.assertIn("NO_HOLD", self.refused("need_unmet", case, "chen.jing", "archive"))

        told = self.b.until(lambda: self.reminder.of("proceeding"), "the legal desk is told")[0]
        self.assertEqual(told["reason"], "proceeding_opened")
        self.assertEqual((told["cases"][0]["due_on"], told["cases"][0]["left"]), ("2026-03-16", 5))
        self.assertEqual({to["email"].split("@")[0] for to in told["to"]}, {"xu.lan", "zhao.min"})
        self.assertEqual([(task["task"], task["id"], task["due_on"], task["left"]) for task in self.tasks()],
                         [("proceeding", one["proceeding"], "2026-03-16", 5)])
        self.go("2026-03-17")
        self.assertEqual(self.tasks()[0]["left"], -1)
        self.assertIn("书面答复复议、诉讼", self.cli("tasks", "--as", "xu.lan"))
        self.assertEqual([facts["reason"] for facts in self.reminder.of("proceeding")[1:]],
                         ["answer_soon", "answer_soon", "answer_soon", "answer_today", "answer_overdue"])
        self.act(case, "xu.lan", "answer_proceeding", proceeding=one["proceeding"], answered_on="2026-03-17", proof="收件回执")
        self.assertEqual(self.tasks(), [])                      # answered; the archive is far away
        self.go("2026-03-20")
        self.assertEqual(len(self.reminder.of("proceeding")), 6)

        self.act(case, "xu.lan", "order_redo", proceeding=one["proceeding"], concluded_on="2026-03-20", result="corrected",
                 ruling="署复决〔2026〕12号", base_on="2026-03-20", days=10)
        view = self.show(case)
        self.assertEqual((view["state"], view["due_on"], view["first_due_on"], view["first_outcome"]),
                         ("handling", "2026-04-03", "2026-03-30", "G2"))
        self.assertIn("redone", view["flags"])
        told = self.b.until(lambda: [facts for facts in self.reminder.of("alarm") if facts["reason"] == "redo"], "the unit is told")[0]
        self.assertEqual({to["email"].split("@")[0] for to in told["to"]}, {"chen.jing", "zhao.min", "tang.yue", "guo.qiang"})
        self.assertEqual(told["cases"][0]["due_on"], "2026-04-03")
        mine = self.b.client.ask("application.status", {"receipt": receipt})
        self.assertEqual((mine["due_on"], mine["first_due_on"]), ("2026-04-03", "2026-03-30"))
        self.assertEqual([letter["kind"] for letter in mine["letters"]].count("reply"), 1)
        self.assertEqual([document["name"] for document in mine["documents"]], ["标准.txt"])
        self.assertNotIn("proceeding_opened", [event["event"] for event in mine["timeline"]])
        self.assertIn("redo_ordered", [event["event"] for event in mine["timeline"]])

        self.act(case, "guo.qiang", "attach", [self.file("补充.txt", "补充公开的修订说明")], kind="release")
        self.b.until(lambda: self.show(case)["documents"][-1]["status"] == "admitted", "the second file is admitted")
        mine = self.b.client.ask("application.status", {"receipt": receipt})
        self.assertEqual(len(mine["documents"]), 1)             # not before it is given
        self.reply(case, "G2")
        mine = self.b.client.ask("application.status", {"receipt": receipt})
        self.assertEqual([document["name"] for document in mine["documents"]], ["标准.txt", "补充.txt"])
        self.assertEqual([letter["kind"] for letter in mine["letters"]].count("reply"), 2)
        ruling = "根据海关总署署复决〔2026〕12号行政复议决定（本机关于2026年3月20日收到），本机关重新办理上述申请"
        first, second = (self.text(case, "reply", which) for which in (0, 1))
        self.assertNotIn("署复决", first)
        self.assertIn(ruling, second)
        first, second = (self.text(case, "review_form", which) for which in (0, 1))
        self.assertIn("分办", first)
        self.assertTrue("责令重新办" in second and "署复决〔2026〕12号" in second and "责令" not in first)
        self.assertEqual((first.count("拟办意见"), second.count("拟办意见")), (1, 1))       # what came before stands in its own form
        text = json.dumps(self.b.client.ask("case.explain", {"as": "wu.gang", "case": case}), ensure_ascii=False)
        self.assertIn("另行计算：10个工作日", text)
        self.assertFalse(self.b.verify()["problems"])

    # ---- evidence and archive --------------------------------------------------------------------

    def cli(self, *words, status=0):
        done = subprocess.run([BIN / "gongkai", "--data", self.b.data, "--lang", "zh", *words], capture_output=True, text=True)
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stdout + done.stderr

    def test_evidence_is_a_folder_and_the_archive_holds_the_same(self):
        case, _ = self.given()
        folder = self.b.folder / "evidence"
        self.assertIn("not_allowed", self.cli("evidence", case, "-o", str(folder), "--as", "guo.qiang", "--lang", "en", status=1))
        self.assertFalse(folder.exists())
        said = json.loads(self.cli("evidence", case, "-o", str(folder), "--as", "xu.lan", "--json"))
        names = {path.name for path in folder.iterdir()}
        self.assertEqual(said["files"] + 1, len(names))
        index = (folder / "index.txt").read_text()
        self.assertIn(said["manifest"], index)
        for line in index.split("\n\n", 1)[1].splitlines():
            digest, name = line.split("  ")[:2]
            self.assertEqual(hashlib.sha256((folder / name).read_bytes()).hexdigest(), digest)
        for what in ("标准.txt", "reply.pdf", "registration.pdf", "received.txt", "approved.txt", "served.txt"):
            self.assertTrue(any(name.endswith("-" + what) for name in names), what)
        paper = next(folder.glob("*-dispatched.txt")).read_text()
        self.assertIn("送达方式：邮寄", paper)
        timeline = (folder / "timeline.txt").read_text()
        self.assertIn(self.show(case)["timeline"][0]["hash"], timeline)
        self.assertIn("最后一日为2026-03-30", (folder / "clock.txt").read_text())
        self.cli("evidence", case, "-o", str(folder), "--as", "xu.lan", status=1)      # never over another

        self.act(case, "chen.jing", "archive")
        archive = self.show(case)["archive"]
        self.assertEqual((archive["manifest"], archive["papers"]), (said["manifest"], said["papers"]))
        self.assertEqual((archive["handover_due"], archive["keep_until"]), ("2027-06-30", "2056-12-31"))
        self.assertIn("移交期限", self.cli("show", case, "--as", "chen.jing"))
        self.go("2027-06-02")
        self.assertEqual([(task["task"], task["left"]) for task in self.tasks()], [("archive", 20)])
        told = self.reminder.of("archive")
        self.assertEqual([facts["reason"] for facts in told], ["handover_soon"])
        self.act(case, "chen.jing", "hand_over", handed_on="2027-06-02", receipt="交接单1号")
        self.assertEqual(self.show(case)["archive"]["handed_on"], "2027-06-02")
        self.assertEqual(self.tasks(), [])

    # ---- publication -------------------------------------------------------------------------------

    def test_what_two_were_given_becomes_public(self):
        one, _ = self.given()
        two, _ = self.given("440106199001010011", "高级认证企业的标准")       # the same in other words
        same, _ = self.given()
        ungiven = self.b.submit()["case"]
        self.reach(ungiven, "handling")
        number = {case: self.show(case)["number"] for case in (one, two, same, ungiven)}

        def suggest(other):
            return {"cause": "same_item", "suggested_on": self.today(), "other_case": other}
        self.refused("not_found", one, "chen.jing", "suggest_publication", **suggest("GZ-2026-999999"))
        self.refused("missing_field", one, "chen.jing", "suggest_publication", cause="same_item", suggested_on=self.today())
        self.assertIn("no file was given", self.refused("need_unmet", one, "chen.jing", "suggest_publication", **suggest(number[ungiven])))
        self.assertIn("same applicant", self.refused("need_unmet", one, "chen.jing", "suggest_publication", **suggest(number[same])))
        self.act(one, "chen.jing", "suggest_publication", **suggest(number[two]))
        self.assertEqual(self.show(one)["publication"]["due_on"], "2026-03-30")
        self.assertEqual([task["task"] for task in self.tasks()], ["publication"])
        self.go("2026-03-24")
        self.assertEqual([facts["reason"] for facts in self.reminder.of("publication")], ["publication_opened", "publication_soon"])
        self.act(one, "tang.yue", "decide_publication", publish="yes", reason="涉及公众利益")
        self.act(one, "he.ping", "clear_publication", no_applicant_data=True, opinion="可以公开")
        self.act(one, "chen.jing", "record_publication", published_on="2026-03-24", url="https://example.cn/1")
        publication = self.show(one)["publication"]
        self.assertEqual((publication["stage"], publication["url"], publication["due_on"]), ("published", "https://example.cn/1", None))
        self.assertIn("已公开", self.cli("show", one, "--as", "chen.jing"))


    def test_the_same_words_are_noticed(self):
        one, _ = self.given()
        again, _ = self.given()                                                 # the same applicant's
        two, receipt = self.given("440106199001010011")
        three, _ = self.given("440106199202020022")                             # one task for an item is enough
        self.assertNotIn("publication", self.show(one))
        self.assertNotIn("publication", self.show(again))
        self.assertNotIn("publication", self.show(three))
        publication = self.show(two)["publication"]
        self.assertEqual((publication["stage"], publication["cause"]), ("asked", "same_item"))
        noticed = [event for event in self.show(two)["timeline"] if event["event"] == "publication_suggested"][0]
        self.assertEqual((noticed["actor"], noticed["data"]["other_case"]), ("clock", self.show(again)["number"]))
        mine = self.b.client.ask("application.status", {"receipt": receipt})
        self.assertNotIn("publication", mine)
        self.assertNotIn("publication_suggested", [event["event"] for event in mine["timeline"]])
        self.assertFalse(self.b.verify()["problems"])

    def test_an_applicant_suggests(self):
        case, receipt = self.given()
        self.cli("suggest", receipt, "涉及公众利益，建议主动公开")
        mine = self.b.client.ask("application.status", {"receipt": receipt})
        self.assertEqual((mine["publication"]["stage"], mine["publication"]["due_on"]), ("asked", "2026-03-30"))
        self.assertIn("publication_suggested", [event["event"] for event in mine["timeline"]])
        self.assertIn("待决定", self.cli("status", receipt))
        self.assertIn("a publication task is open already", self.cli("suggest", receipt, "再次建议", "--lang", "en", status=1))
        self.act(case, "zhao.min", "decide_publication", publish="no", reason="仅涉及个别企业")
        self.assertIn("不公开", self.cli("status", receipt))


if __name__ == "__main__":
    unittest.main(verbosity=2)
