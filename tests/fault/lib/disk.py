"""A disk that keeps nothing before it is told to: from the journal of tests/fault/record.h, what it could hold after the power went.

What a file was given since its last sync may be there or not, sector by sector, in any order; what a folder was told (a file made,
renamed, removed) since its own last sync likewise, name by name.  A rename is never half lost: the old name stays unless the new one does."""
import os
import pathlib
import shutil
import stat
import struct

CREATE, WRITE, TRUNCATE, SYNC, SYNC_FOLDER, RENAME, UNLINK, FOLDER, SEND = range(1, 10)
HEAD = struct.Struct("=IIIIQq")
SECTOR = 512
FOLDER_NODE = object()          # in the place of a file
UNSEEN = ("run",)               # sockets: gone with the machine


class File:
    def __init__(self, durable=b""):
        self.durable, self.pending = bytearray(durable), []


def put(image, op):
    """One write or truncation, done."""
    offset, data = op
    if data is None:
        del image[offset:]
        image.extend(bytes(offset - len(image)))
        return
    if len(image) < offset:
        image.extend(bytes(offset - len(image)))
    image[offset:offset + len(data)] = data


def sectors(op, size):
    offset, data = op
    end = size if data is None else offset + len(data)
    return range(offset // SECTOR, (end + SECTOR - 1) // SECTOR)


def torn(file, generator):
    """Each sector as of any moment since the sync, and the size as of any moment."""
    stages = [bytes(file.durable)]
    image, touched = bytearray(file.durable), {}
    for op in file.pending:
        reach = max(len(image), op[0] + len(op[1] or b""))
        put(image, op)
        stages.append(bytes(image))
        for sector in sectors(op, reach):
            touched.setdefault(sector, [0]).append(len(stages) - 1)
    size = len(generator.choice(stages))
    out = bytearray(size)
    for sector in range((size + SECTOR - 1) // SECTOR):
        stage = stages[generator.choice(touched.get(sector, [0]))]
        part = stage[sector * SECTOR:min((sector + 1) * SECTOR, size)]
        out[sector * SECTOR:sector * SECTOR + len(part)] = part
    return bytes(out)


def parent(path):
    return os.path.dirname(path)


class Disk:
    """The data directory `root`, from now on."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.names, self.pending, self.inodes, self.ops = {}, [], {}, []
        for path in sorted(self.root.rglob("*")):
            name, st = str(path.relative_to(self.root)), path.lstat()
            if name.split("/")[0] in UNSEEN or name.endswith("-shm"):
                continue
            if stat.S_ISDIR(st.st_mode):
                self.names[name] = FOLDER_NODE
            elif stat.S_ISREG(st.st_mode):
                self.names[name] = self.inodes[st.st_ino] = File(path.read_bytes())
        self.live = dict(self.names)

    def replay(self, journal):
        """Take in what was done; a last line that the kill cut was not done."""
        data, at = pathlib.Path(journal).read_bytes() if os.path.exists(journal) else b"", 0
        while at + HEAD.size <= len(data):
            op, path_len, other_len, length, inode, offset = HEAD.unpack_from(data, at)
            start, at = at + HEAD.size, at + HEAD.size + path_len + other_len + length
            if at > len(data):
                break
            path, other = data[start:start + path_len].decode(), data[start + path_len:start + path_len + other_len].decode()
            self.apply(op, inode, offset, data[at - length:at], path, other)

    def apply(self, op, inode, offset, data, path, other):
        self.ops.append(op)
        if op == SEND or path.split("/")[0] in UNSEEN:
            return
        if op == CREATE:
            self.inodes[inode] = File()
            self.name(CREATE, path, self.inodes[inode])
        elif op == FOLDER:
            self.name(FOLDER, path, FOLDER_NODE)
        elif op == RENAME:
            self.name(RENAME, other, self.live[path], path)
        elif op == UNLINK:
            self.name(UNLINK, path, None)
        elif op == SYNC_FOLDER:
            self.sync_folder(path)
        elif op == SYNC:
            file = self.inodes[inode]
            for pending in file.pending:
                put(file.durable, pending)
            file.pending = []
        else:
            self.inodes[inode].pending.append((offset, data if op == WRITE else None))

    def name(self, op, path, node, source=None):
        if source is not None:
            self.live.pop(source)
        self.set(self.live, path, node)
        self.pending.append([op, path, node, source])

    @staticmethod
    def set(names, path, node):
        if node is None:
            names.pop(path, None)
        else:
            names[path] = node

    def sync_folder(self, folder):
        left = []
        for entry in self.pending:
            op, path, node, source = entry
            if source is not None and parent(source) == folder and parent(path) != folder:
                self.set(self.names, path, node)        # the old name is gone for good: so the new one is there
                self.names.pop(source, None)
            elif parent(path) == folder:
                self.set(self.names, path, node)
                if source is not None and parent(source) == folder:
                    self.names.pop(source, None)
                elif source is not None:
                    left.append([UNLINK, source, None, None])
            else:
                left.append(entry)
        self.pending = left

    def after(self, how, generator):
        """{path: bytes, or None for a folder}: how = "kept" (the process alone died), "lost" (all that was not synced) or "torn"."""
        names = dict(self.names)
        for op, path, node, source in self.pending:
            if how == "kept" or (how == "torn" and generator.random() < 0.5):
                self.set(names, path, node)
                if source is not None:
                    names.pop(source, None)
        out = {}
        for path, node in sorted(names.items()):
            if parent(path) and out.get(parent(path), b"") is not None:
                continue                                # its folder is not there
            if node is FOLDER_NODE:
                out[path] = None
            elif how == "torn":
                out[path] = torn(node, generator)
            else:
                image = bytearray(node.durable)
                for pending in node.pending if how == "kept" else ():
                    put(image, pending)
                out[path] = bytes(image)
        return out

    def missed(self):
        """What the journal does not explain: the directory and the disk that lost nothing are one.  "" when they are."""
        real = Disk(self.root).after("kept", None)
        mine = self.after("kept", None)
        for path in sorted(real.keys() | mine.keys()):
            if real.get(path, "absent") != mine.get(path, "absent"):
                return path
        return ""

    def fail(self, how, generator):
        """The power goes: the directory holds from now on what the disk kept."""
        kept = self.after(how, generator)
        for path in self.root.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for path, data in kept.items():
            if data is None:
                (self.root / path).mkdir(mode=0o700)
            else:
                (self.root / path).write_bytes(data)
                (self.root / path).chmod(0o600)
