"""The schemas in schemas/messages are what the broker enforces: printed anew they are the same, and
they take and refuse the rows that the C table takes and refuses (tests/unit/test_wire_message.c)."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from jsonschema import Draft202012Validator, FormatChecker

source, binaries = pathlib.Path(os.environ["GK_SOURCE"]), pathlib.Path(os.environ["GK_BIN"])
kept = {path.name: path.read_text() for path in (source / "schemas/messages").glob("*.json")}
with tempfile.TemporaryDirectory() as folder:
    subprocess.run([binaries / "gongkai-broker", "--print-schemas", folder], check=True)
    printed = {path.name: path.read_text() for path in pathlib.Path(folder).glob("*.json")}

wrong = [f"{name}: run gongkai-broker --print-schemas schemas/messages" for name in sorted(kept.keys() | printed.keys())
         if kept.get(name) != printed.get(name)]
checker = FormatChecker()
for text in printed.values():
    Draft202012Validator.check_schema(json.loads(text))
rows = json.loads((source / "tests/data/messages.json").read_text())
for number, row in enumerate(rows):
    schema = json.loads(printed[row["service"] + ".json"])
    if Draft202012Validator(schema, format_checker=checker).is_valid(row["body"]) != row["ok"]:
        wrong.append(f"row {number}, {row['service']}: the schema should say {row['ok']} ({row['why']})")
print(f"{len(printed)} schemas, {len(rows)} rows")
print("\n".join(wrong))
sys.exit(bool(wrong))
