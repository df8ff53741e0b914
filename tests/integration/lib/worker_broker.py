"""The broker's side of the wire in a few lines, for one worker under test: jobs go out, documents are fetched and
handed in, the finding comes back."""
import hashlib
import json
import sys

import zmq

ADDRESS = bytes(range(16))
CHUNK = 256 << 10


def check(what, good):
    if not good:
        sys.exit("FAILED: %s" % (what,))


class Broker:
    """`documents` by digest: what document.get finds, and what document.put brought."""

    def __init__(self, endpoint, documents=()):
        self.socket = zmq.Context.instance().socket(zmq.ROUTER)
        self.socket.bind(endpoint)
        self.worker, self.leases, self.uploads, self.documents = None, set(), {}, dict(documents)

    def get(self, ask):
        self.leases.add(ask.get("lease"))
        data, offset = self.documents.get(ask["digest"]), ask["offset"]
        if data is None:
            return [b'{"error":{"code":"not_found","text":"no such document","retry":false}}']
        part = data[offset:offset + CHUNK]
        ok = {"size": len(data), "offset": offset, "last": offset + len(part) == len(data)}
        return [json.dumps({"ok": ok}).encode(), part]

    def put(self, ask, part):
        data = self.uploads.setdefault(ask["upload"], bytearray())
        assert ask["offset"] == len(data) and len(part) <= CHUNK
        data += part
        ok = {"upload": ask["upload"], "offset": len(data)}
        if ask["last"]:
            ok = {"digest": hashlib.sha256(data).hexdigest(), "size": len(data)}
            self.documents[ok["digest"]] = bytes(data)
        return [json.dumps({"ok": ok}).encode()]

    def serve(self, peer, service, request, payload):
        answer = [b'{"ok":{}}']
        if service == b"mmi.gongkai":
            answer = [b"200"]
        elif service == b"document.get":
            answer = self.get(json.loads(payload[0]))
        elif service == b"document.put":
            answer = self.put(json.loads(payload[0]), payload[1])
        self.socket.send_multipart([peer, b"MDPC02", b"\x03", service, *request, *answer])

    def step(self):
        """Serve one message; return a worker's final payload, if it was one."""
        if not self.socket.poll(60000):
            sys.exit("FAILED: the worker is silent")
        peer, *frames = self.socket.recv_multipart()
        if frames[0] == b"MDPC02":
            service, rest = frames[2], frames[3:]
            self.serve(peer, service, rest[:1] if len(rest) > 1 else [], rest[1:] or rest)
        elif frames[1] == b"\x01":
            self.worker = peer
        elif frames[1] == b"\x05":
            self.socket.send_multipart([peer, b"MDPW02", b"\x05"])
        elif frames[1] == b"\x04":
            assert frames[2] == ADDRESS, frames
            return json.loads(frames[-1])
        return None

    def work(self, job):
        while self.worker is None:
            self.step()
        self.socket.send_multipart([self.worker, b"MDPW02", b"\x02", ADDRESS, b"", json.dumps(job).encode()])
        while True:
            final = self.step()
            if final is not None:
                return final
