#!/usr/bin/python3
"""mail - gongkai-reminder against real SMTP servers: what arrives, what is tried again, what is final.

Python's email package, a standard reader that shares nothing with our writer, judges every mail.
"""
import email
import email.policy
import json
import os
import socket
import subprocess
import tempfile
import threading
import unittest

BIN = os.environ["GK_BIN"]
SOURCE = os.environ["GK_SOURCE"]
TEXTS = json.load(open(os.path.join(SOURCE, "schemas/locale/mail.zh-CN.json"), encoding="utf-8"))


def job(to=("applicant",), message="fee", task="notify", training=True, **facts):
    """A job; `to` are roles (address ROLE@example.cn) or whole recipients."""
    people = [p if isinstance(p, dict) else {"name": "王小明", "role": p, "email": f"{p}@example.cn", "lang": "zh"} for p in to]
    case = {"number": "GZ-2026-000012", "state_zh": "承办", "due_on": "2026-03-30", "left": 3, "unit": "综合处"}
    return {"service": "reminder", "case": "@7", "number": "GZ-2026-000012", "seq": 3, "today": "2026-03-25",
            "at": "2026-03-25T01:02:03Z", "attempt": 1, "training": training, "task": task,
            "office": {"code": "GZ", "name": "中华人民共和国示例海关", "phone": "020-12345678"},
            "facts": {"to": people, "cases": [case], "reason": "", "message": message, "fields": {}, "webhook": None,
                      "link": "https://gk.example.cn/s", "receipt_hint": True, "message_id": "7-3-notify", **facts}}


def work(one, *options, env=None):
    """Run one job; (finding, exit status, stderr)."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "job.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(one, file, ensure_ascii=False)
        done = subprocess.run([os.path.join(BIN, "gongkai-reminder"), "--data", folder, *options, "--job", path],
                              capture_output=True, text=True, timeout=100, env={**os.environ, **(env or {})})
        return (json.loads(done.stdout) if done.stdout else None), done.returncode, done.stderr


def private_file(folder, name, text):
    path = os.path.join(folder, name)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    return path


def certificate(folder, name):
    """A self-signed certificate for loopback: (certificate, key)."""
    cert, key = os.path.join(folder, name + ".pem"), os.path.join(folder, name + ".key")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"], check=True, capture_output=True)
    return cert, key


class Sink:
    """deploy/sink as a context: ready once its first line is there."""

    def __init__(self, folder, *options):
        self.folder = folder
        self.process = subprocess.Popen([os.path.join(SOURCE, "deploy/sink"), "--port", "0", *options, folder],
                                        stdout=subprocess.PIPE, text=True)
        self.greeting = self.process.stdout.readline()
        self.port = int(self.greeting.split("127.0.0.1:")[1].split(",")[0])
        self.options = ["--smtp", f"smtp://127.0.0.1:{self.port}", "--from", "gk@example.cn", "--starttls", "no"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.printed = self.process.stdout.read()
        self.process.stdout.close()
        self.status = self.process.wait()

    def mails(self):
        names = sorted(n for n in os.listdir(self.folder) if n.endswith(".eml"))
        return [read_mail(os.path.join(self.folder, name)) for name in names]


def read_mail(path):
    with open(path, "rb") as file:
        return email.message_from_binary_file(file, policy=email.policy.default)


def parts(mail):
    return [part for part in mail.walk() if not part.is_multipart()]


class Script:
    """A server that says its lines and hangs up: ("220 hi", "250 ok" ...), one an answer."""

    def __init__(self, *lines):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.listener.settimeout(60)
        self.lines = lines
        self.thread = threading.Thread(target=self.talk, daemon=True)
        self.thread.start()

    def talk(self):
        peer, _ = self.listener.accept()
        with peer, peer.makefile("rwb") as stream:
            for line in self.lines:
                stream.write(line.encode() + b"\r\n")
                stream.flush()
                if line.startswith("354"):
                    while stream.readline() not in (b".\r\n", b""):
                        pass
                elif not stream.readline():
                    break

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.thread.join(60)
        self.listener.close()


class MailTest(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.folder = os.path.join(self.scratch.name, "mail")

    def sink(self, *options):
        return Sink(self.folder, *options)

    def assert_later(self, finding, says):
        self.assertTrue(finding["error"]["retry"], finding)
        self.assertIn(says, finding["error"]["text"])
        self.assertNotIn("@", finding["error"]["text"])

    # ---- what arrives ------------------------------------------------------

    def test_every_message_is_read_by_a_standard_client(self):
        keys = sorted({key.partition(".")[0] for key in TEXTS["messages"]})
        with self.sink() as sink:
            for number, key in enumerate(keys):
                people = [{"role": role, "email": f"{role}{number}@example.cn", "lang": lang}
                          for role, lang in (("applicant", "zh"), ("third_party", "en"), ("handler", "en"))]
                task = "remind" if key == "due" else "digest" if key == "digest" else "notify"
                finding, status, log = work(job(people, key, task, message_id=f"7-{number}"), *sink.options)
                self.assertEqual((status, finding["ok"]["failed"]), (0, []))
                self.assertEqual(finding["ok"]["sent"][0],
                                 {"role": "applicant", "message_id": f"7-{number}.applicant@example.cn"})
                self.assertNotIn("@example.cn", log)
            mails = sink.mails()
        self.assertEqual(len(mails), 3 * len(keys))
        for mail in mails:
            self.assertEqual(mail.defects, [])
            self.assertTrue(mail["Subject"].startswith("【演示】"), mail["Subject"])
            self.assertEqual(str(mail["From"]), "中华人民共和国示例海关 <gk@example.cn>")
            self.assertEqual(mail["Date"].datetime.isoformat(), "2026-03-25T09:02:03+08:00")
            self.assertEqual(mail["Auto-Submitted"], "auto-generated")
            self.assertEqual(" / [DEMO]" in mail["Subject"], mail["Content-Language"] == "zh-CN, en")
            for part in parts(mail):
                self.assertEqual(part.defects, [])
                self.assertNotIn("王小明", part.get_content())
            self.assertIn("020-12345678", parts(mail)[0].get_content())
        subjects = {mail["X-Gongkai-Role"] + ":" + mail["Subject"] for mail in mails}
        self.assertIn("applicant:【演示】政府信息公开信息处理费缴费通知：GZ-2026-000012", subjects)
        self.assertIn("handler:【演示】GZ-2026-000012 还有3个工作日 / [DEMO] GZ-2026-000012 3 working days left", subjects)

    def test_staff_get_a_calendar_entry(self):
        with self.sink() as sink:
            work(job(["handler"], "due", "remind"), *sink.options)
            (mail,) = sink.mails()
        text, calendar = parts(mail)
        self.assertIn("答复期限：2026年3月30日（星期一），还有3个工作日", text.get_content())
        self.assertEqual(calendar.get_filename(), "期限.ics")
        self.assertEqual(calendar.get_content_type(), "text/calendar")
        self.assertIn("DTSTART;VALUE=DATE:20260330", calendar.get_content())
        self.assertTrue(all(len(line) <= 76 for line in mail.as_bytes().split(b"\n") if line.startswith((b"Subject", b" "))))

    def test_a_repeat_is_recognised(self):
        with self.sink() as sink:
            first = work(job(), *sink.options)[0]
            self.assertEqual(work(job(), *sink.options)[0], first)
            self.assertEqual(len(sink.mails()), 1)
        with self.sink() as sink:                       # also after the sink started anew
            self.assertEqual(work(job(), *sink.options)[0], first)
            work(job(message_id="7-4-notify"), *sink.options)
            self.assertEqual([str(m["Message-ID"]) for m in sink.mails()],
                             ["<7-3-notify.applicant@example.cn>", "<7-4-notify.applicant@example.cn>"])
        self.assertEqual(sink.status, 0)
        self.assertEqual([line.split()[1] for line in sink.printed.splitlines()], ["mail=repeat", "mail=0002.eml"])
        self.assertNotIn("@", sink.printed)

    def test_one_person_with_two_roles_gets_one_mail(self):
        people = [{"role": "handler", "email": "li@example.cn", "lang": "zh"},
                  {"role": "unit_head", "email": "Li@example.cn", "lang": "zh"}]
        with self.sink() as sink:
            finding = work(job(people, "due", "remind"), *sink.options)[0]
            self.assertEqual([s["role"] for s in finding["ok"]["sent"]], ["handler", "unit_head"])
            self.assertEqual(len(sink.mails()), 1)

    def test_mail_list_masks(self):
        with self.sink() as sink:
            work(job(), *sink.options)
        listed = subprocess.run([os.path.join(SOURCE, "deploy/mail-list"), self.folder], capture_output=True, text=True, check=True)
        self.assertEqual(listed.stdout.split(None, 4),
                         ["2026-03-25", "09:02", "applicant", "a***@example.cn",
                          "【演示】政府信息公开信息处理费缴费通知：GZ-2026-000012\n"])

    # ---- encryption and login ----------------------------------------------

    def test_starttls_and_login(self):
        password = private_file(self.scratch.name, "password", "correct horse\n")
        with self.sink("--tls", "--require-tls", "--user", "gk", "--password-file", password) as sink:
            secure = [*sink.options, "--starttls", "required", "--ca", os.path.join(self.folder, "tls.pem")]
            finding = work(job(training=False), *secure, "--smtp-user", "gk", "--smtp-password-file", password)[0]
            self.assertEqual(len(finding["ok"]["sent"]), 1)
            wrong = private_file(self.scratch.name, "wrong", "battery staple")
            finding, _, log = work(job(message_id="8"), *secure, "--smtp-user", "gk", "--smtp-password-file", wrong)
            self.assert_later(finding, "535")
            self.assertNotIn("battery", json.dumps(finding) + log)
        self.assertIn("tls=yes", sink.printed)

    def test_unknown_certificate_is_refused(self):
        other, _ = certificate(self.scratch.name, "other")
        with self.sink("--tls") as sink:
            for ca in ([], ["--ca", other]):
                self.assert_later(work(job(), *sink.options, "--starttls", "required", *ca)[0], "certificate")
            self.assertEqual(sink.mails(), [])

    def test_certificate_for_another_name_is_refused(self):
        with self.sink("--tls") as sink:
            finding = work(job(), "--smtp", f"smtp://127.0.0.2:{sink.port}", "--from", "gk@example.cn",
                           "--starttls", "required", "--ca", os.path.join(self.folder, "tls.pem"))[0]
            self.assertTrue(finding["error"]["retry"])
            self.assertEqual(sink.mails(), [])

    def test_no_starttls_no_mail(self):
        with self.sink() as sink:
            self.assert_later(work(job(), *sink.options, "--starttls", "required")[0], "STARTTLS")
            self.assert_later(work(job(), *sink.options[:4])[0], "STARTTLS")        # the default
            self.assertEqual(sink.mails(), [])
            self.assertEqual(len(work(job(), *sink.options, "--starttls", "try")[0]["ok"]["sent"]), 1)

    # ---- refusals -----------------------------------------------------------

    def test_answers_of_the_server(self):
        """role a is taken, b gets 451, c 550: alone and together."""
        rows = [
            ("a", 1, []),
            ("c", 0, [("c", 550, True)]),
            ("ab", 1, [("b", 451, False)]),
            ("bac", 1, [("b", 451, False), ("c", 550, True)]),
            ("ca", 1, [("c", 550, True)]),
        ]
        with self.sink("--reject", "b@example.cn=451", "--reject", "c@example.cn=550") as sink:
            for number, (roles, sent, failed) in enumerate(rows):
                finding, status, log = work(job(roles, message_id=f"r-{number}"), *sink.options)
                self.assertEqual(status, 0)
                self.assertEqual(len(finding["ok"]["sent"]), sent, roles)
                self.assertEqual([(f["role"], f["code"], f["permanent"]) for f in finding["ok"]["failed"]], failed)
                self.assertNotIn("@example.cn", log)
            for number, roles in enumerate(("b", "bc", "cb")):
                finding, status, _ = work(job(roles, message_id=f"s-{number}"), *sink.options)
                self.assertEqual((status, finding["error"]["code"]), (1, "busy"))
                self.assert_later(finding, "451")

    def test_answers_to_the_mail_itself(self):
        with self.sink("--reject", "DATA=452") as sink:
            self.assert_later(work(job(), *sink.options)[0], "452")
        with self.sink("--reject", "DATA=554") as sink:
            self.assertEqual(work(job(), *sink.options)[0]["ok"]["failed"],
                             [{"role": "applicant", "code": 554, "permanent": True}])

    def test_servers_that_are_not_there(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]                # nobody listens there any more
        finding, status, _ = work(job(), "--smtp", f"smtp://127.0.0.1:{port}", "--from", "gk@example.cn", "--starttls", "no")
        self.assertEqual((status, finding["error"]["code"]), (1, "io"))
        self.assert_later(finding, "none of 1")

    def test_servers_that_break_off(self):
        scripts = [
            ("421 4.3.2 shutting down",),
            ("554 5.3.2 no mail here",),                # of us, not of the recipient
            ("220 hi", "550 5.0.0 no such greeting"),
            ("220 hi", "250 ok", "550 5.7.1 sender not known"),
            ("220 hi", "250 ok", "250 ok", "530 5.7.0 authentication required"),
            ("220 hi", "250 ok", "250 sender ok"),
            ("220 hi", "250 ok", "250 ok", "250 ok", "354 go on"),
            ("garbage",),
        ]
        for lines in scripts:
            with self.subTest(lines), Script(*lines) as server:
                finding = work(job(), "--smtp", f"smtp://127.0.0.1:{server.port}", "--from", "gk@example.cn",
                               "--starttls", "no")[0]
                self.assert_later(finding, "none of 1")

    # ---- settings -----------------------------------------------------------

    def test_settings_come_from_the_file_and_options_win(self):
        with self.sink() as sink:
            conf = private_file(self.scratch.name, "gongkai.conf",
                                f"mail\n    smtp = \"smtp://127.0.0.1:{sink.port}\"\n    from = gk@example.cn\n"
                                "    starttls = \"no\"\n")
            self.assertEqual(len(work(job(training=False), "--config", conf)[0]["ok"]["sent"]), 1)
            finding = work(job(training=False, message_id="8"), "--config", conf, "--from", "other@example.org")[0]
            self.assertEqual(finding["ok"]["sent"][0]["message_id"], "8.applicant@example.org")
            self.assertEqual([str(m["From"]).partition(" ")[2] for m in sink.mails()], ["<gk@example.cn>", "<other@example.org>"])

    def test_bad_settings_are_refused_at_the_start(self):
        for options in (["--starttls", "maybe"], ["--smtp", "smtp://127.0.0.1"], ["--smtp", "http://a", "--from", "a@b.cn"],
                        ["--unknown", "x"]):
            finding, status, error = work(job(), *options)
            self.assertEqual((finding, status), (None, 2), options)
            self.assertTrue(error.startswith("gongkai-reminder: "), error)


if __name__ == "__main__":
    unittest.main()
