"""Writes the golden files that are missing: python -m tests.golden."""

from tests.golden.goldens import FOLDER, write_missing

for name in write_missing() or ["nothing is missing"]:
    print(f"{FOLDER.name}/{name}")
