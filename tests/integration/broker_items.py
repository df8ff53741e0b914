"""One case with items, sub-tasks and verdicts through a real broker: what the ledger seals and counts, what the letter is
told, and what the applicant may fetch in the end."""
import json
import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from broker import Broker, FORM, ORG, Refused, Worker  # noqa: E402

OFFICE = next(office for office in ORG["offices"] if office["code"] == "GZ")


def person(unit, role):
    return next(who["name"] for who in OFFICE["people"] if who["unit"] == unit and role in who["roles"])


class Items(unittest.TestCase):
    def setUp(self):
        self.b = Broker(workers=("intake", "review", "confidentiality"))
        form = json.loads(json.dumps(FORM))
        form["request"]["description"] += " " + os.urandom(8).hex()
        answer = self.b.submit(form, [])
        self.case, self.receipt = answer["case"], answer["receipt"]
        self.b.until(lambda: self.show()["state"] == "handling", "handled")
        self.unit = self.show()["unit"]
        self.other = next(unit["code"] for unit in OFFICE["units"] if unit["code"] not in (self.unit, "BGS", "FGC", "CWC"))

    def tearDown(self):
        self.assertEqual(self.b.close(), 0)

    def show(self):
        return self.b.client.ask("case.show", {"as": "zhao.min", "case": self.case})

    def act(self, who, action, documents=None, **fields):
        body = {"as": who, "case": self.case, "action": action, "fields": fields}
        if documents:
            body["documents"] = documents
        return self.b.client.ask("case.act", body)

    def tasks(self, unit=None):
        return self.b.client.ask("queue.tasks", {"as": "zhao.min", **({"unit": unit} if unit else {})})["tasks"]

    def refused(self, code, *act, **fields):
        with self.assertRaises(Refused) as caught:
            self.act(*act, **fields)
        self.assertEqual(caught.exception.code, code)

    def put(self, name):
        return {"digest": self.b.client.put((name + os.urandom(8).hex()).encode()), "name": name + ".txt"}

    def test_items_are_sealed_counted_and_shown(self):
        self.refused("missing_field", "zhao.min", "itemise", items=" \n\n")
        self.act("zhao.min", "itemise", items="1.甲材料\n\n（二）乙材料\n")
        self.assertEqual([(i["item"], i["text"], i["outcome"]) for i in self.show()["items"]],
                         [(1, "甲材料", ""), (2, "乙材料", "")])
        data = self.show()["timeline"][-1]["data"]
        self.assertEqual(data["count"], 2)
        self.assertEqual(list(data["items"]), ["sealed"])
        self.refused("need_unmet", "zhao.min", "propose")
        self.refused("bad_value", "zhao.min", "itemise", items="甲", count=2)       # nobody types the count

    def test_a_unit_answers_its_sub_task_and_sees_to_nothing_else(self):
        handler, head = person(self.other, "handler"), person(self.other, "unit_head")
        own = person(self.unit, "handler")
        self.act("chen.jing", "assign", unit=self.other, question="是否保存有关材料？")
        subtask = self.show()["subtasks"][0]
        self.assertEqual((subtask["unit"], subtask["status"], subtask["question"]), (self.other, "asked", "是否保存有关材料？"))
        third = next(unit["code"] for unit in OFFICE["units"] if unit["code"] not in (self.unit, self.other))
        self.act("chen.jing", "assign", unit=third, question="x", days=2)
        self.act("chen.jing", "assign", unit=self.other, question="y", days=3)
        queue = [(t["unit"], t["id"], t["due_on"], t["left"]) for t in self.tasks()]
        self.assertEqual([t[0] for t in queue], [third, self.other, self.other])        # by internal due date, the nearest first
        self.assertEqual([t[3] for t in queue], [2, 3, 7])
        self.assertEqual([(t["unit"], t["id"], t["due_on"], t["left"]) for t in self.tasks(self.other)], queue[1:])
        self.assertEqual(self.tasks(self.unit), [])
        for unit, name, *_ in queue[:2]:
            self.act("chen.jing", "recall_subtask", subtask=name, reason="x")
        self.assertEqual([t["id"] for t in self.tasks(self.other)], [subtask["subtask"]])
        offered = self.b.client.ask("case.actions", {"as": handler, "case": self.case})["actions"]
        self.assertEqual({action["action"] for action in offered}, {"answer_subtask", "return_subtask"})
        answer = {"subtask": subtask["subtask"], "systems": "档案", "keywords": "材料", "persons": "某", "period": "今日",
                  "result": "found", "opinion": "可以公开"}
        self.refused("not_allowed", own, "answer_subtask", **answer)
        self.act(handler, "answer_subtask", [self.put("查到的材料")], **answer)
        self.refused("need_unmet", own, "propose", outcome="G1", public_where="x")
        self.act(head, "sign_subtask", subtask=subtask["subtask"])
        self.assertEqual(self.tasks(), [])
        view = self.show()
        self.assertEqual((view["subtasks"][0]["status"], view["subtasks"][0]["opinion"]), ("signed", "可以公开"))
        self.assertEqual([d["kind"] for d in view["documents"]], ["evidence"])
        self.assertEqual(self.b.client.ask("case.actions", {"as": handler, "case": self.case})["actions"], [])

    def test_only_what_was_signed_for_reaches_the_applicant(self):
        granted, refused = self.put("可以公开的"), self.put("内部事务")
        self.act("zhao.min", "itemise", items="甲材料\n乙材料\n丙材料")
        self.act("zhao.min", "decide_item", item=1, outcome="G2")
        self.act("zhao.min", "decide_item", item=2, outcome="D5", reason="内部事务", severability="不能区分")
        self.act("zhao.min", "decide_item", item=3, outcome="G1", public_where="门户网站")
        self.act("zhao.min", "attach", [refused], kind="release", item=2)
        self.act("zhao.min", "attach", [granted], kind="release", item=1)
        self.b.until(lambda: [d["status"] for d in self.show()["documents"]] == ["admitted"] * 2, "admitted")
        self.assertEqual(self.act("zhao.min", "propose")["state"], "legal")
        self.act("xu.lan", "clear_legal", opinion="同意")
        self.b.until(lambda: self.show()["state"] == "secrecy", "scanned")
        self.refused("need_unmet", "he.ping", "clear_secrecy", verdict="partial", opinion="x")
        for document in (granted, refused):     # found public both; but only one was granted
            self.act("he.ping", "give_verdict", digest=document["digest"], verdict="public", basis="保守国家秘密法", opinion="无涉密内容")
        with self.assertRaises(Refused) as caught:      # one for each item that discloses: item 3 only says where it is public
            self.act("he.ping", "clear_secrecy", verdict="partial", opinion="x")
        self.assertIn("item 1 of 3", str(caught.exception))
        self.act("he.ping", "give_verdict", item=1, verdict="public", basis="保守国家秘密法", opinion="无涉密内容")
        self.act("he.ping", "clear_secrecy", verdict="partial", opinion="同意")
        reply = Worker(self.b.endpoint, "reply", credit=8)
        self.act("zhou.wei", "approve")
        letter = self.b.client.put(b"%PDF-1.4 letter")
        while True:
            address, payload = reply.job()
            facts = json.loads(payload)["facts"]
            reply.final(address, json.dumps({"ok": {"letter": facts["letter"], "digest": letter, "pages": 1, "size": 15,
                                                    "check_code": facts["head"][:8]}}).encode())
            if facts["letter"] == "reply":
                break
        self.assertEqual(facts["outcome"], "P")
        self.assertEqual(facts["attachments"], ["可以公开的.txt"])
        self.assertEqual([(i["text"], i["outcome"], i["annexes"]) for i in facts["items"]],
                         [("甲材料", "G2", [1]), ("乙材料", "D5", []), ("丙材料", "G1", [])])
        self.assertEqual(facts["items"][1]["fields"]["reason"], "内部事务")
        self.b.until(lambda: self.show()["state"] == "sealing", "the letter is made")
        reply.close()
        self.act("chen.jing", "seal", pages=1, check_code=facts["head"][:8], seal="专用章")
        self.act("chen.jing", "dispatch", method="in_person", proof="送达回证")
        status = self.b.client.ask("application.status", {"receipt": self.receipt})
        self.assertEqual([d["digest"] for d in status["documents"]], [granted["digest"]])
        self.b.client.ask("document.get", {"digest": granted["digest"], "offset": 0, "receipt": self.receipt})
        with self.assertRaises(Refused):
            self.b.client.ask("document.get", {"digest": refused["digest"], "offset": 0, "receipt": self.receipt})


if __name__ == "__main__":
    unittest.main(verbosity=2)
