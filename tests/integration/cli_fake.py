#!/usr/bin/python3
"""cli_fake - `gongkai` against a broker that answers from a list.

What is checked is the client's side of schemas/protocol.md: which payload goes to which service,
that a repeated submission carries the same request id, and what a person reads.
"""
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest

import zmq

GONGKAI = os.path.join(os.environ["GK_BIN"], "gongkai")
RECEIPT = "7K3QZ-9M2XW-4TDBH-8RVNP-6YCFG-J"
CASE = "GZ-2026-000012"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 2000      # two chunks of document.get

FORM = {"applicant": {"kind": "natural_person", "name": "李晓禾"}, "request": {"title": "两地间客运里程数"}}
LETTERS = [
    {"kind": "registration", "kind_zh": "登记回执", "number": "示关公登〔2026〕3号", "digest": "0" * 64, "on": "2026-03-02"},
    {"kind": "reply", "kind_zh": "答复书", "number": "示关公复〔2026〕12号",
     "digest": hashlib.sha256(PDF).hexdigest(), "on": "2026-03-20"},
]
TIMELINE = [
    {"seq": 1, "on": "2026-03-02", "event": "received", "event_zh": "收到申请", "event_en": "received",
     "actor": "applicant", "due_on": None, "article": "条例第三十一条"},
    {"seq": 2, "on": "2026-03-02", "event": "registered", "event_zh": "登记", "event_en": "registered",
     "actor": "worker:intake", "due_on": "2026-03-30", "provisional": True, "article": "条例第三十三条"},
]
ACTIONS = [
    {"action": "extend", "zh": "延期", "en": "extend", "event": "extended", "to": "handling", "article": "条例第三十三条第二款",
     "fields": [{"name": "days", "type": "int", "required": True, "zh": "延长的工作日", "en": "working days"},
                {"name": "reason", "type": "text", "required": True, "zh": "延期理由", "en": "reason"}]},
    {"action": "consult", "zh": "征求意见", "en": "consult", "article": "条例第三十二条", "fields": [
        {"name": "kind", "type": "choice", "required": True, "zh": "征求对象", "en": "who", "choices": ["third_party", "co_producer"]},
        {"name": "third_party", "type": "person", "required": True, "zh": "被征求意见方", "en": "third party"},
        {"name": "applicant_told", "type": "bool", "required": True, "zh": "已告知申请人", "en": "told"},
        {"name": "served_on", "type": "date", "required": False, "zh": "送达日期", "en": "served on"},
        {"name": "documents", "type": "documents", "required": False, "zh": "附件", "en": "attachments"}]},
]
VIEW = {
    "case": "@7", "number": CASE, "office": "GZ", "unit": "FGC", "holder": "han.xue", "state": "handling", "state_zh": "承办",
    "state_en": "being handled", "seq": 5, "received_on": "2026-03-02", "channel": "portal", "due_on": "2026-03-30",
    "provisional": False, "clock": {"state": "running", "used": 14, "left": 6, "overdue": False, "timely": None},
    "flags": ["late_registration"], "form": dict(FORM, request={"title": "危险\u001b[2J的标题"}), "ordinal": 3, "outcome": None,
    "documents": [{"digest": "a" * 64, "name": "里程.txt", "kind": "release", "size": 120, "status": "admitted", "item": 2,
                   "verdict": "partial"}],
    "items": [{"item": 2, "text": "运行里程", "outcome": "D6", "outcome_zh": "属于过程性信息", "outcome_en": "process information", "verdict": "referred"}],
    "subtasks": [{"subtask": "t6", "unit": "ZHC", "status": "answered", "due_on": "2026-03-18", "question": "里程在哪里"}],
    "findings": [{"class": "C", "kind": "id_card_18", "name": "里程.txt", "page": 1, "excerpt": "4401**********004X"}],
    "letters": LETTERS, "candidates": {"repeat": [{"number": "GZ-2026-000003", "state": "closed", "score": 97}], "public": []},
    "actions": ACTIONS, "timeline": TIMELINE,
}
MOVED = {"case": CASE, "seq": 6, "event": "extended", "state": "handling", "state_zh": "承办", "due_on": "2026-04-06",
         "provisional": False, "clock": "running"}
STATUS = {
    "number": CASE, "state": "handling", "state_zh": "承办", "state_en": "being handled", "office": "示例海关",
    "received_on": "2026-03-02", "due_on": "2026-03-30", "provisional": False, "clock": "running", "used": 14, "left": 6,
    "overdue": False, "next_zh": "承办部门正在检索", "next_en": "the unit searches", "letters": LETTERS, "timeline": TIMELINE,
}
ACCEPTED = {"receipt": RECEIPT, "case": "@7", "submitted_at": "2026-03-02T01:00:00Z", "received_on": "2026-03-02"}
REGISTERED = {"receipt": RECEIPT, "number": CASE, "received_on": "2026-03-02", "due_on": "2026-03-30", "state": "triage",
              "state_zh": "分办"}
EXPLAINED = {"due_on": "2026-03-30", "provisional": False, "state": "running", "used": 14, "left": 6, "overdue": False, "timely": None,
             "explain": [{"on": "2026-03-02", "zh": "收到申请", "en": "received", "article": "条例第三十一条"},
                         {"from": "2026-03-03", "to": "2026-03-30", "days": 20, "zh": "20个工作日", "en": "20 working days",
                          "article": "条例第三十三条第二款"}]}


def fail(code, text="what is wrong and what to do"):
    return {"error": {"code": code, "text": text, "retry": False}}


class Broker(threading.Thread):
    """Answers each service with the next of `answers`, or for ever with the last one."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.context, self.answers, self.asked, self.uploads = zmq.Context(), {}, [], {}
        self.socket = self.context.socket(zmq.ROUTER)
        self.socket.bind("ipc://" + path)
        self.stop = self.context.socket(zmq.PAIR)
        self.stop.bind("inproc://stop")
        self.start()

    def answer(self, service):
        queue = self.answers.get(service, [fail("not_found", "no such service")])
        return queue.pop(0) if len(queue) > 1 else queue[0]

    def put(self, payload, raw):
        """The whole document is kept by upload, and its digest is the last answer."""
        text = self.uploads.setdefault(payload["upload"], bytearray())
        text[payload["offset"]:] = raw
        ok = {"upload": payload["upload"], "offset": len(text)}
        if payload["last"]:
            ok.update(digest=hashlib.sha256(text).hexdigest(), size=len(text))
        return {"ok": ok}, None

    def get(self, payload):
        chunk = PDF[payload["offset"]:payload["offset"] + 256 * 1024]
        last = payload["offset"] + len(chunk) == len(PDF)
        return {"ok": {"size": len(PDF), "offset": payload["offset"], "last": last}}, chunk

    def send(self, peer, command, service, request_id, answer, raw=None):
        frames = [peer, b"MDPC02", command, service.encode(), request_id, json.dumps(answer).encode()]
        self.socket.send_multipart(frames + ([raw] if raw is not None else []))

    def turn(self):
        peer, header, command, service, request_id, payload, *raw = self.socket.recv_multipart()
        assert header == b"MDPC02" and command == b"\x01", (header, command)
        service, body = service.decode(), json.loads(payload)
        self.asked.append((service, request_id.decode(), body))
        if service == "document.put":
            answer, raw = self.put(body, raw[0])
        elif service == "document.get" and service not in self.answers:
            answer, raw = self.get(body)
        else:
            answer, raw = self.answer(service), None
        if isinstance(answer, tuple):       # PARTIAL, then perhaps a FINAL
            self.send(peer, b"\x02", service, request_id, answer[0])
            answer = answer[1]
        if answer is not None:
            self.send(peer, b"\x03", service, request_id, answer, raw)

    def run(self):
        poller = zmq.Poller()
        poller.register(self.socket, zmq.POLLIN)
        poller.register(self.stop, zmq.POLLIN)
        while True:
            ready = dict(poller.poll())
            if self.stop in ready:
                break
            self.turn()
        self.socket.close(0)
        self.stop.close(0)

    def end(self):
        wake = self.context.socket(zmq.PAIR)
        wake.connect("inproc://stop")
        wake.send(b"")
        self.join()
        wake.close(0)
        self.context.term()


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.data = tempfile.mkdtemp()
        os.makedirs(self.data + "/run")
        self.broker = Broker(self.data + "/run/broker")

    def tearDown(self):
        self.broker.end()
        shutil.rmtree(self.data)

    def file(self, name, content):
        path = os.path.join(self.data, name)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    def run_cli(self, *words, status=0, stdin="", env=()):
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "GK_DATA": self.data, **dict(env)}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                environment[name] = os.environ[name]
        done = subprocess.run([GONGKAI, *words], input=stdin, capture_output=True, text=True, env=environment,
                              cwd=self.data, timeout=60)
        self.assertEqual(done.returncode, status, (words, done.stdout, done.stderr))
        self.err = done.stderr
        return done.stdout

    def answers(self, service, *answers):
        self.broker.answers[service] = list(answers)

    def sent(self, service):
        return [(request_id, body) for name, request_id, body in self.broker.asked if name == service]

    def body(self, service):
        return self.sent(service)[-1][1]

    # ---- applicants

    def test_submit_prints_receipt_then_number(self):
        self.answers("application.submit", ({"ok": ACCEPTED}, {"ok": REGISTERED}))
        out = self.run_cli("submit", self.file("form.json", FORM), "--attach", self.file("附件.txt", b"x" * 300000))
        lines = out.splitlines()
        self.assertEqual(lines[0].split(), ["回执码", RECEIPT])
        self.assertIn("登记编号  " + CASE, lines)
        self.assertIn("2026-03-30 周一", out)
        self.assertEqual(out.count(RECEIPT), 1)
        self.assertNotIn(RECEIPT, self.err)
        body = self.body("application.submit")
        self.assertEqual(body["form"], FORM)
        self.assertEqual(body["documents"], [{"digest": hashlib.sha256(b"x" * 300000).hexdigest(), "name": "附件.txt"}])
        self.assertNotIn("as", body)
        self.assertEqual([put["offset"] for _, put in self.sent("document.put")], [0, 256 * 1024])

    def test_submit_twice_is_one_request(self):
        self.answers("application.submit", {"ok": REGISTERED})
        path, other = self.file("form.json", FORM), self.file("other.json", FORM)
        attached = self.file("a.txt", b"a")
        ids = []

        def submit(*words, **more):
            self.run_cli("submit", *words, **more)
            ids.append(self.sent("application.submit")[-1][0])
        submit(path)
        submit("form.json")                         # another way to the same file
        self.assertEqual(ids[0], ids[1])
        submit(other)                               # the same content elsewhere
        submit(path, "--attach", attached)
        os.utime(path, ns=(0, 0))                   # touched
        submit(path)
        self.file("form.json", dict(FORM, help="x"))
        os.utime(path, ns=(0, 0))                   # other content, same time
        submit(path)
        submit("-", stdin=json.dumps(FORM))
        submit("-", stdin=json.dumps(FORM))         # stdin has no identity
        self.assertEqual(len(set(ids)), 7)
        submit(path, "--request-id", "my-id_1")
        self.assertEqual(ids[-1], "my-id_1")

    def test_submit_accepted_but_not_final(self):
        self.answers("application.submit", ({"ok": ACCEPTED}, None))
        out = self.run_cli("submit", self.file("form.json", {"form": FORM}), "--wait", "0")
        self.assertIn(RECEIPT, out)
        self.assertIn("系统已接收", self.err)
        out = self.run_cli("submit", self.file("form.json", {"form": FORM}), "--wait", "0", "--json")
        self.assertEqual(json.loads(out)["receipt"], RECEIPT)
        self.assertEqual(self.body("application.submit")["form"], FORM)

    def test_submit_refused(self):
        self.answers("application.submit", fail("bad_value", "form.applicant.name: too long\x1b[1m"))
        self.run_cli("submit", self.file("form.json", FORM), status=1)
        self.assertIn("form.applicant.name: too long?[1m", self.err)
        self.run_cli("submit", self.file("form.json", b"{"), status=1)
        self.run_cli("submit", self.file("form.json", []), status=1)
        self.run_cli("submit", self.file("form.json", {"form": FORM, "receipt": {}}), status=1)
        self.assertIn("register", self.err)
        self.run_cli("submit", self.file("form.json", FORM), "--attach", "absent", status=1)
        self.assertIn("absent", self.err)
        self.assertEqual(len(self.sent("application.submit")), 1)

    def test_register(self):
        self.answers("application.register", {"ok": REGISTERED})
        receipt = {"channel": "post_signed", "arrived_on": "2026-03-02", "signed_on": "2026-03-02"}
        path = self.file("paper.json", {"form": FORM, "receipt": receipt})
        self.assertIn(CASE, self.run_cli("register", path, "--as", "chen.jing"))
        self.assertEqual(self.body("application.register"),
                         {"as": "chen.jing", "form": FORM, "receipt": receipt, "documents": []})
        self.run_cli("register", self.file("paper.json", FORM), status=1)
        self.assertIn("help form", self.err)

    def test_status(self):
        self.answers("application.status", {"ok": STATUS})
        out = self.run_cli("status", RECEIPT)
        for text in ("登记编号  " + CASE, "状态      承办", "答复期限  2026-03-30 周一  剩 6 个工作日", "期限计算  计算中",
                     "下一步    承办部门正在检索", "答复书", "  2026-03-02 周一  登记      2026-03-30 暂定  条例第三十三条"):
            self.assertIn(text, out)
        out = self.run_cli("status", RECEIPT, "--lang", "en")
        for text in ("State     being handled", "6 working days left", "Next      the unit searches"):
            self.assertIn(text, out)
        self.assertEqual(json.loads(self.run_cli("status", RECEIPT, "--json")), STATUS)
        self.assertEqual(self.body("application.status"), {"receipt": RECEIPT})
        for more, text in (({"left": 0}, "今天到期"), ({"left": -3, "overdue": True}, "已超期 3 个工作日"),
                           ({"due_on": None, "clock": "paused", "used": None, "left": None, "reason_zh": "等待补正"},
                            "期限计算  暂停"),
                           ({"due_on": None, "clock": "paused", "used": None, "left": None, "reason_zh": "等待补正"},
                            "等待补正")):
            self.answers("application.status", {"ok": dict(STATUS, **more)})
            self.assertIn(text, self.run_cli("status", RECEIPT))
        self.answers("application.status", fail("not_found"))
        self.run_cli("status", "nonsense", status=1)

    def test_correct_withdraw_pay(self):
        for service in ("correct", "withdraw", "pay"):
            self.answers("application." + service, {"ok": MOVED})
        self.assertIn("答复期限  2026-04-06 周一", self.run_cli("correct", RECEIPT, "内容"))
        self.assertEqual(self.body("application.correct"),
                         {"receipt": RECEIPT, "text": "内容", "documents": []})
        self.file("text.txt", "第一行\n第二行\n".encode())
        self.run_cli("correct", RECEIPT, "@text.txt")
        self.assertEqual(self.body("application.correct")["text"], "第一行\n第二行")
        self.run_cli("correct", RECEIPT, "-", stdin="来自标准输入")
        self.assertEqual(self.body("application.correct")["text"], "来自标准输入")
        self.run_cli("correct", RECEIPT, status=2)
        self.run_cli("correct", RECEIPT, "@text.bin", status=1)
        self.file("text.bin", b"\xff\xfe")
        self.run_cli("correct", RECEIPT, "@text.bin", status=1)
        self.run_cli("withdraw", RECEIPT)
        self.assertEqual(self.body("application.withdraw"), {"receipt": RECEIPT})
        self.run_cli("withdraw", RECEIPT, "不再需要", "--request-id", "w1")
        self.assertEqual(self.sent("application.withdraw")[-1], ("w1", {"receipt": RECEIPT, "reason": "不再需要"}))
        self.run_cli("pay", RECEIPT, "--attach", self.file("slip.pdf", b"%PDF"))
        self.assertEqual(self.body("application.pay")["documents"][0]["name"], "slip.pdf")

    # ---- desks

    def test_queue_list_pull(self):
        self.answers("queue.list", {"ok": {"desks": [
            {"desk": "handling", "desk_zh": "承办", "unit": "FGC", "count": 12, "nearest_due": "2026-03-30", "overdue": 1}]}})
        out = self.run_cli("queue", "--as", "wei", "--unit", "FGC")
        self.assertIn("承办  FGC   12    2026-03-30 周一  1", out)
        self.assertEqual(self.body("queue.list"), {"as": "wei", "unit": "FGC"})
        self.answers("queue.list", {"ok": {"desks": []}})
        self.assertIn("（无）", self.run_cli("queue", env=[("GK_AS", "wei")]))
        self.assertEqual(self.body("queue.list"), {"as": "wei"})
        self.answers("queue.pull", {"ok": MOVED})
        self.answers("case.show", {"ok": VIEW})
        self.assertIn(CASE, self.run_cli("pull", "--desk", "handling", "--as", "han.xue"))
        self.assertEqual(self.body("queue.pull"), {"as": "han.xue", "desk": "handling"})
        self.answers("queue.pull", fail("not_found", "the desk is empty"))
        self.run_cli("pull", "--desk", "handling", "--as", "han.xue", status=1)
        self.answers("case.list", {"ok": {"cases": [{"case": "@7", "number": CASE, "state": "handling"}], "more": True}})
        self.assertIn(CASE, self.run_cli("list", "--as", "wei", "--state", "handling", "--after", "@3"))
        self.assertEqual(self.body("case.list"), {"as": "wei", "state": "handling", "after": "@3"})
        self.assertIn("--after @7", self.err)

    def test_show_and_explain(self):
        self.answers("case.show", {"ok": VIEW})
        out = self.run_cli("show", CASE, "--as", "wei")
        for text in ("经办人      han.xue", "李晓禾", "危险?[2J的标题", "GZ-2026-000003", "4401**********004X", "worker:intake",
                     "登记迟延", "居民身份证号", "门户网站", "拟公开", "已通过", "extend", "答复期限    2026-03-30 周一  剩 6 个工作日"):
            self.assertIn(text, out)
        for text in ("申请事项", "运行里程", "属于过程性信息", "报请确定", "协办", "t6", "待签署", "里程在哪里", "2026-03-18 周三", "部分公开"):
            self.assertIn(text, out)
        english = self.run_cli("show", CASE, "--as", "wei", "--lang", "en")
        for text in ("Items", "process information", "referred", "Sub-tasks", "answered, to be signed", "partial"):
            self.assertIn(text, english)
        self.assertNotIn("\x1b", out)
        self.assertIn("registered late", self.run_cli("show", CASE, "--as", "wei", "--lang", "en"))
        self.assertNotIn("可能已主动公开", out)     # an empty list has no heading
        self.assertEqual(json.loads(self.run_cli("show", CASE, "--as", "wei", "--json")), VIEW)
        self.answers("case.explain", {"ok": EXPLAINED})
        out = self.run_cli("explain", CASE, "--as", "wei")
        self.assertIn("2026-03-03 → 2026-03-30  20个工作日（条例第三十三条第二款）", out)
        self.assertEqual(self.body("case.explain"), {"as": "wei", "case": CASE})
        self.run_cli("explain", RECEIPT, "--as", "wei")
        self.assertEqual(self.body("case.explain"), {"receipt": RECEIPT})
        self.answers("case.show", fail("not_allowed"))
        self.run_cli("show", CASE, status=1)
        self.assertIn("--as NAME", self.err)

    def test_act_sends_typed_fields(self):
        self.answers("case.actions", {"ok": {"actions": ACTIONS}})
        self.answers("case.act", {"ok": MOVED})
        self.file("reason.txt", "理由\n".encode())
        self.run_cli("act", CASE, "extend", "days=5", "reason=@reason.txt", "--seq", "5", "--on", "2026-03-05", "--as", "wei",
                     "--request-id", "once")
        self.assertEqual(self.sent("case.act")[-1], ("once", {
            "as": "wei", "case": CASE, "action": "extend", "seq": 5, "on": "2026-03-05",
            "fields": {"days": 5, "reason": "理由"}, "documents": []}))
        self.run_cli("act", CASE, "consult", "kind=third_party", "third_party.name=某公司", "third_party.address=某路1号",
                     "applicant_told=是", "served_on=2026-03-04", "--attach", self.file("a:b.txt", b"1"),
                     "--attach", "a:b.txt")
        body = self.body("case.act")
        self.assertEqual(body["fields"], {"kind": "third_party", "third_party": {"name": "某公司", "address": "某路1号"},
                                          "applicant_told": True, "served_on": "2026-03-04"})
        self.assertEqual([document["name"] for document in body["documents"]], ["a:b.txt", "a:b.txt"])
        self.run_cli("act", CASE, "consult", "third_party=某公司", "note=@@x", "list:=[1,\"a=b\"]", "left=a=b")
        self.assertEqual(self.body("case.act")["fields"],
                         {"third_party": {"name": "某公司"}, "note": "@x", "list": [1, "a=b"], "left": "a=b"})
        count = len(self.sent("case.act"))
        for word in ("days=five", "days=", "days=1.5", "plain", "=x", "x:={", "x:=1,2"):
            self.run_cli("act", CASE, "extend", word, status=2)
        for word in ("applicant_told=maybe", "served_on=tomorrow", "documents=x"):
            self.run_cli("act", CASE, "consult", word, status=2)
        self.assertEqual(len(self.sent("case.act")), count)

    def test_act_refused(self):
        self.answers("case.actions", {"ok": {"actions": ACTIONS}})
        self.answers("case.act", fail("wrong_state", "approve is not possible while handling"))
        self.run_cli("act", CASE, "approve", "--as", "wei", status=1)       # the broker says why, not we
        self.assertIn("approve is not possible while handling", self.err)
        self.assertIn("act CASE --help", self.err)
        self.run_cli("act", CASE, status=2)

    def test_act_help_lists_what_the_state_allows(self):
        self.answers("case.actions", {"ok": {"actions": ACTIONS}})
        out = self.run_cli("act", CASE, "--help", "--as", "wei")
        self.assertIn("extend   延期      条例第三十三条第二款", out)
        self.assertNotIn("approve", out)
        out = self.run_cli("act", CASE, "consult", "--help", "--as", "wei")
        self.assertIn("third_party|co_producer", out)
        self.assertIn("--attach FILE", out)
        self.assertIn("必填", out)
        self.assertEqual(self.body("case.actions"), {"as": "wei", "case": CASE})
        self.assertIn("extend", self.run_cli("act", CASE, "nonsense", "--help", status=1))
        self.assertIn("nonsense", self.err)
        self.assertFalse(self.sent("case.act"))
        self.answers("case.actions", {"ok": {"actions": []}})
        self.assertIn("无", self.run_cli("act", CASE, "--help"))

    # ---- papers

    def test_letter(self):
        self.answers("application.status", {"ok": STATUS})
        self.answers("case.show", {"ok": VIEW})
        self.run_cli("letter", RECEIPT, "-o", "out.pdf")
        with open(self.data + "/out.pdf", "rb") as file:
            self.assertEqual(file.read(), PDF)
        get = self.sent("document.get")
        self.assertEqual([body["offset"] for _, body in get], [0, 256 * 1024])
        self.assertEqual(get[0][1]["receipt"], RECEIPT)
        self.run_cli("letter", CASE, "reply", "--as", "wei")                 # to reply.pdf
        with open(self.data + "/reply.pdf", "rb") as file:
            self.assertEqual(file.read(), PDF)
        self.assertEqual({key: self.body("document.get")[key] for key in ("as", "case")}, {"as": "wei", "case": CASE})
        self.run_cli("letter", RECEIPT, "registration", status=1)            # other bytes than the digest says
        self.assertFalse(os.path.exists(self.data + "/registration.pdf"))
        self.run_cli("letter", RECEIPT, "withdrawal_notice", status=1)
        self.assertIn("there is registration, reply", self.err)
        self.run_cli("letter", RECEIPT, "-o", "no/such/folder.pdf", status=1)
        self.assertEqual([name for name in os.listdir(self.data) if "part" in name], [])

    def test_document_get(self):
        digest = hashlib.sha256(PDF).hexdigest()
        out = self.run_cli("document", "get", digest.upper(), "--case", CASE, "-o", "d.bin", "--as", "wei", "--json")
        self.assertEqual(json.loads(out), {"file": "d.bin", "digest": digest, "size": len(PDF)})
        self.assertEqual(self.body("document.get")["digest"], digest)
        self.run_cli("document", "get", digest, status=2)
        self.answers("document.get", fail("quarantined"))
        self.run_cli("document", "get", digest, "--case", CASE, "-o", "e.bin", status=1)
        self.assertFalse(os.path.exists(self.data + "/e.bin"))

    # ---- administration

    # ---- reports

    def annual(self, **more):
        """An answer of report.annual over the shipped form: 2 received by natural persons, one granted, one pending."""
        with open(os.path.join(os.environ["GK_SOURCE"], "schemas/report/annual.json"), encoding="utf-8") as file:
            form = json.load(file)
        rows = {row["code"]: [0] * 7 for row in form["rows"]}
        rows.update({"1": [2, 0, 0, 0, 0, 0, 2], "3.1": [1, 0, 0, 0, 0, 0, 1], "3.7": [1, 0, 0, 0, 0, 0, 1], "4": [1, 0, 0, 0, 0, 0, 1]})
        figures = {"rows": rows, "proceedings": {forum["code"]: [0] * 5 for forum in form["forums"]}, "fee": {"cases": 1, "yuan": 54700},
                   "figures": {figure["code"]: None for figure in form["figures"]} | {"fees_yuan": 10001}}
        report = {"office": "GZ", "name": "示例,海关\"一\"", "year": 2026, "figures": figures, "sha256": "ab" * 32, "violated": 0,
                  "identities": [{"identity": "I1", "zh": "一＋二＝三（七）＋四", "en": "1 + 2 = 3.7 + 4", "holds": True, "where": []}],
                  "texts": {"sentence": "2026年，新收2件。"}, "closed_on": None, "entries_due_on": "2027-01-10",
                  "entries": [{"unit": "FGC", "zh": "法规处", "entered": False}], "remarks": {"late": [CASE]}}
        return {"year": 2026, "today": "2026-12-01", "training": True, "form": form, "reports": [dict(report, **more)], "region": None}

    def test_report_annual(self):
        self.answers("report.annual", {"ok": self.annual()})
        out = self.run_cli("report", "annual", "--year", "2026", "--office", "NG", "--rollup", "--as", "wu.gang")
        self.assertEqual(self.body("report.annual"), {"as": "wu.gang", "year": 2026, "office": "NG", "rollup": True})
        for text in ("2026年，新收2件。", "1.0001", "本年收取信息处理费 1 件，共 54700 元", "I1  相符", "未关账", "法规处", CASE):
            self.assertIn(text, out)
        english = self.run_cli("report", "annual", "--year", "2026", "--lang", "en")
        for text in ("3.1 granted", "I1  holds", "units that have not entered, by 2027-01-10"):
            self.assertIn(text, english)
        self.assertEqual(json.loads(self.run_cli("report", "annual", "--year", "2026", "--format", "json")), self.annual())
        self.assertEqual(json.loads(self.run_cli("report", "annual", "--year", "2026", "--json")), self.annual())
        lines = self.run_cli("report", "annual", "--year", "2026", "--format", "csv").split("\n")
        self.assertIn('GZ,"示例,海关""一""",2026,3,1,一、本年新收政府信息公开申请数量,natural_person,自然人,2', lines)
        self.assertIn('GZ,"示例,海关""一""",2026,2,fees_yuan,行政事业性收费,fees_yuan,本年收费金额（单位：万元）,1.0001', lines)

    def test_report_violated(self):
        bad = [{"identity": "I3", "zh": "逐行", "en": "by row", "holds": False, "where": ["3.1: 1 ≠ 2"]}]
        self.answers("report.annual", {"ok": self.annual(identities=bad, violated=1)})
        for how in ("text", "csv", "json"):
            out = self.run_cli("report", "annual", "--year", "2026", "--format", how, status=1)
            self.assertTrue(out)
            self.assertIn("勾稽关系 I3 不符", self.err)
        self.assertIn("3.1: 1 ≠ 2", self.run_cli("report", "annual", "--year", "2026", status=1))

    def test_report_cell(self):
        self.answers("report.cell", {"ok": {"year": 2026, "row": "3.1", "column": "total", "cases": [CASE, "@9"], "more": True}})
        self.assertEqual(self.run_cli("report", "annual", "--year", "2026", "--cell", "3.1,total").split(), [CASE, "@9"])
        self.assertEqual(self.body("report.cell"), {"year": 2026, "row": "3.1", "column": "total"})
        self.assertIn("前 2 件", self.err)
        for cell in ("3.1", ",total", "3.1,"):
            self.run_cli("report", "annual", "--year", "2026", "--cell", cell, status=2)

    def test_report_used_wrongly(self):
        for words in ((), ("--year", "x"), ("--year", "2026", "--format", "xml"), ("--year", "2026", "now")):
            self.run_cli("report", "annual", *words, status=2)
        self.run_cli("report", "timeliness", "--year", "2026", "--format", "pdf", status=2)
        self.run_cli("report", "enter", "--year", "2026", status=2)
        for word in ("penalties", "penalties=many", "penalties=-1", "year=2026", "cats=3"):
            self.run_cli("report", "enter", "--year", "2026", word, status=2)
        self.assertEqual(self.broker.asked, [])
        self.answers("report.annual", {"ok": self.annual()})
        self.run_cli("report", "annual", "--year", "2026", "--format", "pdf", "--fonts", self.data, "-o", "r.pdf", status=1)
        self.assertIn("deploy/fonts", self.err)

    def test_report_enter_and_close(self):
        self.answers("report.enter", {"ok": MOVED})
        self.answers("report.close", {"ok": MOVED})
        self.file("overview.txt", "第一行\n第二行\n".encode())
        self.run_cli("report", "enter", "--year", "2026", "--unit", "FGC", "penalties=12", "overview=@overview.txt", "--as", "a")
        self.assertEqual(self.body("report.enter"), {"as": "a", "year": 2026, "unit": "FGC",
                                                     "figures": {"penalties": 12, "overview": "第一行\n第二行"}})
        self.run_cli("report", "close", "--year", "2026", "--as", "a", "--request-id", "c1")
        self.assertEqual(self.sent("report.close")[-1], ("c1", {"as": "a", "year": 2026}))
        self.run_cli("report", "close", "--year", "2026", "科技处无数据")
        self.assertEqual(self.body("report.close"), {"year": 2026, "reason": "科技处无数据"})
        self.answers("report.reopen", {"ok": MOVED})
        self.run_cli("report", "reopen", "--year", "2026", "示关办〔2027〕2号", "漏报", "--as", "a")
        self.assertEqual(self.body("report.reopen"), {"as": "a", "year": 2026, "decision": "示关办〔2027〕2号", "reason": "漏报"})
        self.run_cli("report", "reopen", "--year", "2026", "示关办〔2027〕2号", status=2)

    def test_report_timeliness(self):
        unit = {"key": "FGC", "zh": "法规处", "received": 3, "ended": 2, "replied": 2, "timely": 1, "late": 1, "extended": 0, "days": 105,
                "most": 20, "open": 1, "overdue": 1}
        kind = {"key": "G2", "zh": "予以公开", "en": "granted", "ended": 2, "replied": 2, "timely": 1, "late": 1, "extended": 0, "days": 105, "most": 20}
        self.answers("report.timeliness", {"ok": {"year": 2026, "office": "GZ", "name": "示例海关", "units": [unit], "months": [], "kinds": [kind]}})
        out = self.run_cli("report", "timeliness", "--year", "2026")
        for text in ("法规处  3     2     1     1     0     10.5        20", "目前在办 1 件，其中已逾期 1 件", "予以公开"):
            self.assertIn(text, out)
        self.assertIn("kinds,G2,予以公开,,2,2,1,1,0,10.5,20", self.run_cli("report", "timeliness", "--year", "2026", "--format", "csv"))

    def test_verify(self):
        self.answers("query.verify", {"ok": {"events": 9, "cases": 2, "head": "ab" * 32, "problems": []}})
        self.assertIn("一致", self.run_cli("verify"))
        self.assertEqual(self.body("query.verify"), {})
        bad = {"events": 9, "cases": 2, "head": "ab" * 32, "problems": [{"case": CASE, "seq": 4, "text": "hash differs"}]}
        self.answers("query.verify", {"ok": bad})
        self.assertIn("hash differs", self.run_cli("verify", CASE, status=1))
        self.assertEqual(self.body("query.verify"), {"case": CASE})
        self.assertEqual(json.loads(self.run_cli("verify", "--json", status=1)), bad)
        self.answers("query.verify", {"ok": {"events": 9}})                  # no verdict is no clean verdict
        self.run_cli("verify", status=1)

    def test_administration(self):
        self.answers("admin.workers", {"ok": {"workers": [{"service": "intake", "count": 1, "busy": 0, "credit": 128}],
                                              "services": [{"service": "intake", "ready": 3, "leased": 0, "dead": 1}]}})
        self.answers("admin.dead_letters", {"ok": {"dead": [
            {"job": 31, "service": "reply", "case": CASE, "attempts": 5, "reason": "no font"}]}})
        self.answers("admin.retry", {"ok": {"job": 31}})
        self.answers("admin.org_load", {"ok": {"offices": 2, "units": 8, "people": 14}})
        self.answers("admin.calendar_load", {"ok": {"version": "v", "covered_to": "2027-12-31"}})
        self.answers("admin.training_advance", ({"ok": {"to": "2026-04-01"}}, {"ok": {"now": "2026-04-01T02:00:00Z", "fired": 3}}))
        self.answers("admin.time_confirm", {"ok": {}})
        self.assertIn("intake", self.run_cli("worker", "list", "--as", "sun"))
        self.assertIn("no font", self.run_cli("dead-letter", "list", "--as", "sun"))
        self.assertIn("31", self.run_cli("dead-letter", "retry", "31", "--as", "sun"))
        self.assertEqual(self.body("admin.retry"), {"as": "sun", "job": 31})
        self.assertIn("人员 14", self.run_cli("org", "load", self.file("org.json", {"offices": []}), "--as", "sun"))
        self.assertEqual(self.body("admin.org_load"), {"as": "sun", "org": {"offices": []}})
        self.file("2027.txt", "notice x\n".encode())
        self.assertIn("2027-12-31", self.run_cli("calendar", "load", "2027.txt", "--as", "sun"))
        self.assertEqual(self.body("admin.calendar_load"), {"as": "sun", "notice": "notice x"})
        self.answers("admin.calendar_load", {"ok": {"version": "v", "covered_to": "2027-12-31", "recomputed": 5, "moved": 3, "earlier": 2, "failed": 1}})
        self.assertIn("提前 2 件", self.run_cli("calendar", "load", "2027.txt", "--as", "sun"))
        self.assertIn("1 件未能", self.err)
        moved = {"case": "@7", "number": CASE, "state": "handling", "state_zh": "承办", "unit": "QGC", "holder": "", "was": "2027-01-07",
                 "due_on": "2027-01-06", "earlier": True}
        self.answers("calendar.list", {"ok": {"version": "v", "notices": [{"notice": "国办〔2026〕9号", "to": "2027-12-31", "off": 3}]}})
        self.assertIn("国办〔2026〕9号", self.run_cli("calendar", "list", "--as", "zhao"))
        self.answers("calendar.moved", {"ok": {"cases": [moved]}})
        self.answers("case.act", {"ok": {"case": "@7", "number": CASE, "seq": 9, "due_on": "2027-01-06"}})
        self.assertIn("2027-01-07", self.run_cli("calendar", "moved", "--as", "zhao"))
        self.assertIn("前 1 件", self.err)
        self.assertIn("2027-01-06 已确认", self.run_cli("calendar", "confirm", "all", "--as", "zhao"))
        self.assertEqual(self.body("case.act"), {"as": "zhao", "case": "@7", "action": "confirm_due"})
        self.assertEqual(json.loads(self.run_cli("calendar", "confirm", CASE, "--as", "zhao", "--json")), {"confirmed": 1})
        self.answers("calendar.moved", {"ok": {"cases": []}})
        self.assertIn("没有", self.run_cli("calendar", "confirm", "all", "--as", "zhao"))
        self.assertIn("触发定时事项 3 项", self.run_cli("training", "advance", "2026-04-01", "--as", "sun"))
        self.assertEqual(self.body("admin.training_advance"), {"as": "sun", "to": "2026-04-01"})
        self.run_cli("time", "confirm", "--as", "sun")
        self.run_cli("org", "load", self.file("org.json", b"{"), status=1)

    def test_unreachable_and_malformed(self):
        self.answers("query.verify", {"neither": 1})
        self.run_cli("verify", status=1)
        self.answers("query.verify", None)                                   # silence
        self.run_cli("verify", "--timeout", "1", status=3)
        self.assertIn("--endpoint", self.err)
        self.run_cli("verify", "--timeout", "1", "--endpoint", "ipc://" + self.data + "/run/nobody", status=3)


if __name__ == "__main__":
    unittest.main(verbosity=1 if sys.stdout.isatty() else 2)
