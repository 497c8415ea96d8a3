#!/usr/bin/env python3
"""The house rules that a formatter does not know. Prints each breach; exits 1 if there is one.

Rules: what stands at the top level; no private keys; imports carry an access level and C modules
stay internal; imports follow the arrows of Package.swift and every arrow is used; no calls that
crash on purpose outside tests; names of files; links in Markdown lead somewhere.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOP = {
    "Package.swift", "README.md", "LICENSE", "CONTRIBUTING.md", "CHANGELOG.md", "Sources", "Tests",
    "proto", "certs", "tools", ".ci", ".gitignore", ".swift-format",
}
# Modules that imports may name without an arrow in Package.swift: they come with the toolchain.
TOOLCHAIN = {
    "Foundation", "FoundationEssentials", "FoundationNetworking", "Dispatch", "Glibc", "Synchronization", "Testing",
    "PackageDescription", "Swift",
}
# Products of packages, by the module that an import names.
PRODUCTS = {
    "Logging": "log", "ArgumentParser": "arguments", "Configuration": "configuration",
    "DequeModule": "collections", "SystemPackage": "system",
}
BANNED = {
    r"\btry!": "try! crashes: throw or handle",
    r"\bas!": "as! crashes: use as? and handle nil",
    r"\bfatalError\(": "fatalError( crashes: throw, or precondition with a reason",
    r"\bTODO\b|\bFIXME\b|\bXXX\b|\bHACK\b": "unfinished work belongs in an issue",
}
BAD_NAMES = re.compile(r"(Utils?|Misc|Helpers?|New|Common|Stuff)\.swift$")
IMPORT = re.compile(
    r"^(?:@\w+(?:\([^)]*\))?\s+)*(?:(?P<level>public|package|internal|fileprivate|private) +)?import +"
    r"(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(?P<module>\w+)",
    re.M)

breaches = []


def breach(path, line, words):
    breaches.append(f"{path}:{line}: {words}" if line else f"{path}: {words}")


def tracked():
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True,
                         capture_output=True, text=True).stdout
    return [Path(line) for line in out.splitlines() if (ROOT / line).is_file()]


def manifest():
    """Targets of Package.swift as SwiftPM reads them: name -> (path, dependencies)."""
    import json
    text = subprocess.run(["swift", "package", "dump-package"], cwd=ROOT, check=True,
                          capture_output=True, text=True).stdout
    targets = {}
    for target in json.loads(text)["targets"]:
        names = set()
        for dependency in target["dependencies"]:
            for kind in ("byName", "target", "product"):
                if kind in dependency:
                    names.add(dependency[kind][0])
        base = "Tests" if target["type"] == "test" else "Sources"
        targets[target["name"]] = (target.get("path") or f"{base}/{target['name']}", names,
                                   target["type"])
    return targets


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def check_layout(files):
    for name in sorted({path.parts[0] for path in files} - TOP):
        breach(name, 0, "does not belong at the top level")
    for path in files:
        if path.suffix in (".key", ".pem", ".crt"):
            breach(path, 0, "keys and certificates are made by tools/certs, never committed")
        if BAD_NAMES.search(path.name):
            breach(path, 0, "name the file after what it holds")


def check_swift(files, targets):
    by_path = sorted(((path, name) for name, (path, _, _) in targets.items()), reverse=True)
    used = {name: set() for name in targets}
    for path in files:
        if path.suffix != ".swift" or path.name == "Package.swift":
            continue
        owner = next((name for base, name in by_path if str(path).startswith(base + "/")), None)
        if owner is None:
            if not str(path).startswith("tools/"):
                breach(path, 0, "belongs to no target")
            continue
        _, dependencies, kind = targets[owner]
        text = re.sub(r'"""(?:.|\n)*?"""', lambda m: "\n" * m[0].count("\n"),
                      (ROOT / path).read_text())
        is_test = str(path).startswith("Tests/")
        generated = "/Generated/" in str(path) or text.startswith("// swift-format-ignore-file")
        for match in IMPORT.finditer(text):
            module, level = match["module"], match["level"]
            at = line_of(text, match.start())
            if not is_test and not level:
                breach(path, at, f"import {module} without an access level")
            if module in targets and module.startswith("C") and module[1:2].isupper() \
                    and targets[module][2] in ("system", "regular") and module != "CSV" \
                    and level in ("public", "package"):
                breach(path, at, f"the C module {module} may only be imported internally")
            used[owner].add(module)
            if module not in TOOLCHAIN and module not in dependencies:
                breach(path, at, f"{owner} imports {module}, which Package.swift does not list")
        if is_test or generated:
            continue
        code = "\n".join(re.sub(r'"(?:\\.|[^"\\])*"', '""', line.split("//")[0])
                         for line in text.split("\n"))
        for pattern, words in BANNED.items():
            for match in re.finditer(pattern, code if "TODO" not in pattern else text):
                breach(path, line_of(code, match.start()), words)
    for name, (path, dependencies, kind) in targets.items():
        if kind == "system" or not any(str(f).startswith(path + "/") and f.suffix == ".swift"
                                       for f in files):
            continue
        for unused in sorted(dependencies - used[name]):
            breach("Package.swift", 0, f"{name} lists {unused} and imports it nowhere")


def check_links(files):
    for path in files:
        if path.suffix != ".md":
            continue
        text = (ROOT / path).read_text()
        for match in re.finditer(r"\]\(([^)\s]+)\)", text):
            link = match[1].split("#")[0]
            if not link or "://" in link or link.startswith("mailto:"):
                continue
            if not (ROOT / path.parent / link).exists():
                breach(path, line_of(text, match.start()), f"the link {link} leads nowhere")
        for match in re.finditer(r"`((?:tools|Sources|Tests|proto|certs)/[\w./-]+)`", text):
            name = match[1].rstrip("./")
            if not (ROOT / name).exists() and not name.startswith(("certs/dev", "certs/demo")):
                breach(path, line_of(text, match.start()), f"{name} does not exist")


def check_example():
    """The README shows the example that the tests compile and run, to the letter."""
    example = (ROOT / "Tests/LookupExample/Lookup.swift").read_text()
    if example not in (ROOT / "README.md").read_text():
        breach("README.md", 0, "its Swift example is not Tests/LookupExample/Lookup.swift")


def main():
    files = tracked()
    check_layout(files)
    check_swift(files, manifest())
    check_links(files)
    check_example()
    for words in breaches:
        print(words)
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
