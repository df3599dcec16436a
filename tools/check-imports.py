#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what the compiler lets pass, on the output of `swift package dump-package`:

- an import of a target or product that the target is not given (the build refuses strangers,
  but not a dependency's dependency);
- a folder of code that belongs to no target (a line of Package.swift lost in a merge);
- arrows and calls that never exist, whatever Package.swift says (docs/architecture.md);
- a first line other than the licence's.

usage: swift package dump-package | tools/check-imports.py [FOLDER]
Exit status: 0 nothing found, 1 something found.
"""
import json
import pathlib
import re
import sys

LICENCE = "// SPDX-License-Identifier: Apache-2.0"
IMPORT = re.compile(
    r"\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?"
    r"import\s+(?:(?:struct|class|enum|func|protocol|typealias|var|let|actor)\s+)?(\w+)")

# What may be imported by these alone, tests aside.
ONLY_IN = {
    "GRDB": {"Store"},
    "ArgumentParser": {"phieu", "measure"},
    "Yams": {"Form"},
    "Simulator": {"measure"},
    "Scanner": {"Reader", "phieu", "measure"},
    "Store": {"Review", "measure", "phieu"},
    "CChafa": {"Review"},
    "CTesseract": {"Codes"},
    "Codes": {"Reader", "measure"},
    "CDigest": {"Print", "Scanner"},
    "CFlate": {"Scanner"},
    "CJPEG": {"Scanner"},
    "CLeptonica": {"Scanner"},
    "CPango": {"Print"},
    "CPNG": {"Scanner"},
    "CQREncode": {"Print"},
    "CQPDF": {"Scanner"},
    "CTIFF": {"Scanner"},
    "CZXing": {"Label"},
    "Label": {"Reader"},
    "Print": {"measure", "phieu"},
}
# What a target never imports, beyond that.
NEVER = {
    "Language": {"Foundation"},
    "Geometry": {"Foundation"},
    "Form": {"Imaging"},
    "Ballot": {"Imaging"},
    "Label": {"Ballot", "OMR", "Scanner"},
    "OMR": {"Label", "Print", "Scanner", "Store", "Review"},
    "Print": {"Ballot", "Scanner"},
    "Scanner": {"Form", "Ballot", "OMR"},
    "Store": {"Imaging", "OMR", "Scanner"},
    "Export": {"Store", "Imaging"},
    "Review": {"OMR", "Scanner", "Reader"},
    "Simulator": {"OMR", "Imaging", "Ballot", "Scanner", "Reader"},
}
# Calls that stand in the commands alone.
CALLS = {
    "print(": re.compile(r"(?<![\w.])(?:Swift\.)?(?:print|debugPrint|dump)\("),
    "exit(": re.compile(r"(?<![\w.])(?:Foundation\.|Glibc\.)?_?exit\("),
    "Date()": re.compile(r"(?<![\w.])Date\(\)|\bDate\.now\b"),
    "getenv": re.compile(r"\bgetenv\(|\bprocessInfo\.environment\b"),
    "fatalError": re.compile(r"(?<![\w.])fatalError\("),
    "chance without a seed": re.compile(r"\bSystemRandomNumberGenerator\b|\brandomElement\(\)"),
}
COMMANDS = {"phieu", "measure"}
# What opens files: not in targets that know none.
FILES = re.compile(r"\bFileManager\b|\bFileHandle\b|\bcontentsOf(?:File)?:|\bfopen\(|\bURL\(")
FILELESS = {"Language", "Geometry", "Ballot", "Imaging", "Label", "OMR", "Codes", "Export"}


def code_of(line):
    """The line without what stands in strings and after //: rough, but good for calls."""
    line = re.sub(r'"(?:[^"\\]|\\.)*"', '""', line)
    return line.split("//")[0]


def problems(package, base):
    targets = {target["name"]: target for target in package["targets"]}
    # A product and its module have the same name in all packages that are used here.
    products = set()
    for target in package["targets"]:
        for dependency in target["dependencies"]:
            if "product" in dependency:
                products.add(dependency["product"][0])
    homes = {target.get("path") or ("Tests/" if target["type"] == "test" else "Sources/") + name
             for name, target in targets.items()}
    for top in ("Sources", "Tests"):
        for folder in sorted((base / top).glob("*/")):
            if str(folder.relative_to(base)) not in homes:
                yield f"{folder.relative_to(base)}: belongs to no target, so nothing builds it"
    for target in package["targets"]:
        name, is_test = target["name"], target["type"] == "test"
        given = {kind[0] for dependency in target["dependencies"] for kind in dependency.values()}
        folder = base / (target.get("path") or ("Tests/" if is_test else "Sources/") + name)
        for file in sorted(path for path in folder.rglob("*") if path.suffix in (".swift", ".c", ".cpp", ".h")):
            lines = file.read_text(encoding="utf-8").splitlines()
            place = file.relative_to(base)
            if not lines or lines[0] not in (LICENCE, f"/* {LICENCE[3:]} */"):
                yield f"{place}:1: expected {LICENCE}"
            if file.suffix != ".swift":
                continue
            in_text = False
            for number, line in enumerate(lines, 1):
                # Lines of a multi-line string are no code.
                if line.count('"""') % 2:
                    in_text = not in_text
                    continue
                if in_text:
                    continue
                found = IMPORT.match(line)
                if found:
                    module = found[1]
                    if module in set(targets) | products and module not in given:
                        yield f"{place}:{number}: imports {module}, which {name} is not given"
                    if not is_test:
                        if module in ONLY_IN and name not in ONLY_IN[module]:
                            yield f"{place}:{number}: {module} belongs to {', '.join(sorted(ONLY_IN[module]))}"
                        if module in NEVER.get(name, ()):
                            yield f"{place}:{number}: {name} never imports {module}"
                if "@testable" in line and found:
                    yield f"{place}:{number}: @testable: give tests `package` access instead"
                if not is_test and name not in COMMANDS:
                    for call, pattern in CALLS.items():
                        if pattern.search(code_of(line)):
                            yield f"{place}:{number}: {call} stands in {' and '.join(sorted(COMMANDS))} alone"
                if name in FILELESS and FILES.search(code_of(line)):
                    yield f"{place}:{number}: {name} knows no file"


def main():
    base = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    found = list(problems(json.load(sys.stdin), base))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
