"""Waits until a province's database has a county's journal up to an entry: applied.py FILE ENTRY."""

import sqlite3
import sys
import time

path, entry = sys.argv[1], int(sys.argv[2])
connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
end = time.monotonic() + 600
while time.monotonic() < end:
    found = connection.execute("SELECT max(size) FROM stream WHERE incoming = 1").fetchone()[0]
    if found is not None and found >= entry:
        sys.exit(0)
    time.sleep(0.02)
sys.exit("the upload did not arrive within 10 minutes")
