"""The broker over a disk that can be lost (tests/fault/record.h, lib/disk.py), and a story whose every answer is compared."""
import contextlib
import mmap
import os
import pathlib
import struct
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "integration/lib"))
from broker import Broker  # noqa: E402
from disk import Disk  # noqa: E402

PROGRAM = pathlib.Path(os.environ["GK_BUILD"]) / "tests/gongkai-broker-fault"
WORDS = ("points", "kill_at", "killed_in", "fail_ops", "fail_after", "fail_count", "fail_errno", "failed", "clock", "plant")
NAMES = ("", "create", "write", "truncate", "fdatasync", "fsync of a folder", "rename", "unlink", "mkdir", "send")
PLANTS = {"": 0, "synchronous=OFF": 1, "send before commit": 2, "rename without folder fsync": 3}


class Page:
    """The page of memory that is shared with the broker."""

    def __init__(self, path):
        path.write_bytes(bytes(8 * len(WORDS)))
        with open(path, "r+b") as file:
            self.memory = mmap.mmap(file.fileno(), 8 * len(WORDS))

    def __getitem__(self, word):
        return struct.unpack_from("=q", self.memory, 8 * WORDS.index(word))[0]

    def __setitem__(self, word, value):
        struct.pack_into("=q", self.memory, 8 * WORDS.index(word), value)

    def fail(self, ops, errno, after=0, count=-1):
        """Let operations fail from the one after `after` others on."""
        self["fail_count"] = 0
        self["fail_ops"], self["fail_after"], self["fail_errno"] = sum(1 << op for op in ops), after, errno
        self["fail_count"] = count

    def heal(self):
        self["fail_count"] = 0


class FaultBroker(Broker):
    """Its disk may be lost: `cut` ends it, if it did not end itself, and leaves what the disk kept."""
    program = PROGRAM

    def __init__(self, plant="", started=True, org=True, workers=(), **more):
        super().__init__(started=False, **more)
        self.page, self.journal = Page(self.folder / "page"), self.folder / "journal"
        self.page["plant"] = PLANTS[plant]
        self.environment = {**os.environ, "GK_FAULT_PAGE": str(self.folder / "page"), "GK_FAULT_JOURNAL": str(self.journal),
                            "GK_FAULT_ROOT": str(self.data)}
        self.disk = Disk(self.data)
        if started:
            self.begin(org, workers)

    def arm(self, point):
        """The next points are counted from 1; at this one it dies.  0: at none."""
        self.page["points"], self.page["killed_in"] = 0, 0
        self.page["kill_at"] = point

    def cut(self, how, generator):
        """The power is off; how = "kept": the process alone died, "lost": with it all that was not synced, "torn": parts of that.
        At a point, where nothing was under way, the journal must account for the directory."""
        if self.alive():
            self.kill("broker")
        self.disk.replay(self.journal)
        missed = self.page["killed_in"] and self.disk.missed()
        assert not missed, f"{missed} was changed behind the journal's back"
        if how != "kept":
            self.disk.fail(how, generator)
        self.journal.unlink(missing_ok=True)
        self.page["kill_at"] = self.page["killed_in"] = 0
        self.ops, self.disk = self.disk.ops, Disk(self.data)
