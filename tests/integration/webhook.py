#!/usr/bin/python3
"""webhook - gongkai-reminder against real HTTP(S) receivers: the signature holds, and nothing leads it astray."""
import hashlib
import hmac
import http.server
import json
import os
import ssl
import sys
import tempfile
import threading
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from mail import certificate, job, private_file, work           # noqa: E402  (the neighbour: it knows how to run one job)

SECRET = b"a secret of more than sixteen bytes"
MEGABYTES = 64


class Receiver(http.server.ThreadingHTTPServer):
    """Keeps what it is sent; the path says what it answers: /STATUS, or /huge."""
    daemon_threads = True

    def __init__(self, tls=None):
        super().__init__(("127.0.0.1", 0), Answer)
        self.got = []
        self.written = 0
        self.port = self.server_address[1]
        if tls:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(*tls)
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.thread = threading.Thread(target=self.serve_forever, daemon=True)
        self.thread.start()

    def handle_error(self, request, client_address):
        pass                        # a client that refuses our certificate is the test, no news

    def __exit__(self, *args):
        self.shutdown()
        self.thread.join()
        super().__exit__(*args)


class Answer(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        self.send_response(200 if self.path == "/huge" else int(self.path[1:]))
        if self.path[1] == "3":
            self.send_header("Location", "/200")
        if self.path == "/huge":
            self.send_header("Content-Length", str(MEGABYTES << 20))
            self.end_headers()
            for _ in range(MEGABYTES * 16):
                self.wfile.write(b"x" * 65536)
                self.server.written += 65536
        else:
            self.send_header("Content-Length", "0")
            self.end_headers()

    do_GET = do_POST

    def log_message(self, *_):
        pass


class WebhookTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name
        self.tls = certificate(self.folder, "hook")

    def send(self, url, training=True, ca=True, env=None, allow_private=False, configured=None, **facts):
        secret = private_file(self.folder, "secret", SECRET.decode() + "\n")
        lines = ["webhook", "    ops", f"        secret_file = \"{secret}\"", f"        allow_private = {str(allow_private).lower()}"]
        lines += [f"        ca = \"{self.tls[0]}\""] if ca else []
        lines += [f"        url = \"{configured}\""] if configured else []
        conf = private_file(self.folder, "gongkai.conf", "\n".join(lines) + "\n")
        one = job([], training=training, webhook={"url": url, "secret_name": "ops"}, **facts)
        return work(one, "--config", conf, env=env)

    def assert_final(self, finding, code):
        self.assertEqual(finding, {"ok": {"sent": [], "failed": [{"role": "webhook", "code": code, "permanent": True}]}})

    def test_signed_and_idempotent_over_tls(self):
        with Receiver(self.tls) as receiver:
            for _ in range(2):
                finding, status, _ = self.send(f"https://localhost:{receiver.port}/200")
                self.assertEqual((status, finding), (0, {"ok": {"failed": [], "sent": [
                    {"role": "webhook", "message_id": "7-3-notify"}]}}))
        (_, headers, body), (_, again, same) = receiver.got
        self.assertEqual((headers["Idempotency-Key"], body), (again["Idempotency-Key"], same))
        self.assertEqual(headers["Idempotency-Key"], "7-3-notify")
        self.assertEqual(headers["Content-Type"], "application/json")
        self.assertEqual(headers["X-Gongkai-Timestamp"], "1774400523")
        wanted = hmac.new(SECRET, headers["X-Gongkai-Timestamp"].encode() + b"." + body, hashlib.sha256).hexdigest()
        self.assertEqual(headers["X-Gongkai-Signature"], "sha256=" + wanted)
        event = json.loads(body)
        self.assertEqual((event["message"], event["message_id"], event["cases"][0]["number"]),
                         ("fee", "7-3-notify", "GZ-2026-000012"))

    def test_plain_http_only_to_loopback_in_training(self):
        with Receiver() as receiver:
            url = f"http://127.0.0.1:{receiver.port}/200"
            self.assertEqual(len(self.send(url)[0]["ok"]["sent"]), 1)
            self.assert_final(self.send(url, training=False)[0], 0)
            self.assertEqual(len(receiver.got), 1)

    def test_loopback_is_refused_outside_training(self):
        with Receiver(self.tls) as receiver:
            for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"):
                finding, _, log = self.send(f"https://{host}:{receiver.port}/200", training=False, allow_private=True)
                self.assert_final(finding, 0)
                self.assertIn("inner address", log)
            self.assertEqual(receiver.got, [])

    def test_private_addresses_are_refused(self):
        for host in ("10.255.255.1", "192.168.255.1", "169.254.169.254", "[fd00::1]", "0.0.0.0"):
            self.assert_final(self.send(f"https://{host}:9/200")[0], 0)

    def test_redirects_are_not_followed(self):
        with Receiver(self.tls) as receiver:
            for status in (301, 302, 307, 308):
                finding, _, log = self.send(f"https://localhost:{receiver.port}/{status}")
                self.assert_final(finding, status)
                self.assertIn("redirects are not followed", log)
            self.assertEqual([path for path, _, _ in receiver.got], ["/301", "/302", "/307", "/308"])

    def test_what_the_receiver_says(self):
        with Receiver(self.tls) as receiver:
            for status in (200, 201, 204, 299):
                self.assertEqual(len(self.send(f"https://localhost:{receiver.port}/{status}")[0]["ok"]["sent"]), 1, status)
            for status in (400, 401, 404, 410, 422):
                self.assert_final(self.send(f"https://localhost:{receiver.port}/{status}")[0], status)
            for status in (408, 425, 429, 500, 502, 503):
                finding = self.send(f"https://localhost:{receiver.port}/{status}")[0]
                self.assertEqual((finding["error"]["code"], finding["error"]["retry"]), ("busy", True))
                self.assertIn(str(status), finding["error"]["text"])

    def test_unknown_certificate_is_refused(self):
        with Receiver(certificate(self.folder, "other")) as receiver:
            for ca in (True, False):
                finding = self.send(f"https://localhost:{receiver.port}/200", ca=ca)[0]
                self.assertTrue(finding["error"]["retry"])
                self.assertIn("certificate", finding["error"]["text"])
            self.assertEqual(receiver.got, [])

    def test_a_huge_answer_is_cut(self):
        with Receiver(self.tls) as receiver:
            self.assertEqual(len(self.send(f"https://localhost:{receiver.port}/huge")[0]["ok"]["sent"]), 1)
        self.assertLess(receiver.written, MEGABYTES << 20)

    def test_the_environments_proxy_is_not_asked(self):
        with Receiver(self.tls) as receiver, Receiver() as proxy:
            there = f"http://127.0.0.1:{proxy.port}"
            finding = self.send(f"https://localhost:{receiver.port}/200",
                                env={"https_proxy": there, "HTTPS_PROXY": there, "all_proxy": there})[0]
            self.assertEqual((len(finding["ok"]["sent"]), proxy.got), (1, []))

    def test_a_configured_address_is_the_only_one(self):
        with Receiver(self.tls) as receiver:
            right = f"https://localhost:{receiver.port}/200"
            self.assertEqual(len(self.send(right, configured=right)[0]["ok"]["sent"]), 1)
            finding = self.send(right, configured="https://hooks.example.cn/")[0]
            self.assertTrue(finding["error"]["retry"])
            self.assertEqual(len(receiver.got), 1)


if __name__ == "__main__":
    unittest.main()
