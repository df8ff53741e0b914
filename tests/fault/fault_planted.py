"""Each fault that is planted in the broker (tests/fault/wrap.c) makes the tests fail: fault_points.py finds it, and as what it is.  The
broker that is shipped has nothing of this."""
import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "lib"))
from fault import PLANTS  # noqa: E402
from broker import BIN  # noqa: E402

assert b"GK_FAULT_" not in (BIN / "gongkai-broker").read_bytes()

points = pathlib.Path(__file__).parent / "fault_points.py"
for plant in filter(None, PLANTS):
    done = subprocess.run([sys.executable, points], env={**os.environ, "GK_PLANT": plant, "GK_ROUNDS": "200", "GK_SEED": "20261124"},
                          capture_output=True, text=True, timeout=250)
    assert done.returncode == 1, f"{plant}: nobody noticed\n{done.stdout}{done.stderr}"
    where = re.search(r"^seed \d+: (point \d+ of \d+), what was not synced was lost$", done.stdout, re.M)
    what = re.search("no application has that receipt|was not uploaded|.* is lost|.*: first .* now|receipt.key is missing", done.stderr)
    assert where and what, f"{plant}: it failed for another reason\n{done.stdout}{done.stderr}"
    print(f"{plant}: found at {where[1]}: {what[0][:100]}")
