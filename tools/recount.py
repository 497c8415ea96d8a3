#!/usr/bin/env python3
"""Recounts a report from exported records, and says where a figure differs.

    registryctl report --output json            >report.json
    registryctl household export --file households.csv
    registryctl pilot list --output csv --limit 1000000 >pilot.csv
    tools/recount.py report.json households.csv pilot.csv

The report may be of any division: what lies elsewhere is left out. It shares nothing with the program but the files: households and people by category, cause and line, needs
(an export has a household's first need; imported files have no more), those identified (files and
returns), populations, coverage, pilot work and money. Applications that are through their last notice
and not registered stand in no export: where there are such, those identified are more than what is
counted here, and it says so. Exit code 0: every figure is the same; 1: some differ; 65: a
file is not what it should be.
"""

import csv
import json
import pathlib
import sys
from collections import Counter, defaultdict

DATA = pathlib.Path(__file__).resolve().parent.parent / "Sources/RegistryModel/Data"
CATEGORIES = {
    ("yes", "neither"): "poverty-object",
    ("no", "minimum living security"): "dibao",
    ("yes", "minimum living security"): "both",
    ("no", "five-guarantee"): "five-guarantee",
}
CAUSES = {
    "lack of funds": "funds",
    "illness": "illness",
    "lack of labour": "labour",
    "lack of skills": "technology",
    "disability": "disability",
    "disaster": "disaster",
    "schooling cost": "schooling",
}
PLACES = {"pilot-county", "assignment", "rural-population", "return"}


def national_lines():
    with open(DATA / "poverty_lines_2010.csv", encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["measure"] == "national rural poverty line"]
    return sorted((int(row["year"]), float(row["value"])) for row in rows)


def key_counties():
    with open(DATA / "key_counties_592.csv", encoding="utf-8", newline="") as file:
        return {row["code"] for row in csv.DictReader(file) if row.get("code")}


def prefix(code):
    """What the codes of a division and of all below begin with."""
    if len(code) == 6:
        for zeros in ("000000", "0000", "00"):
            if code.endswith(zeros):
                return code[: 6 - len(zeros)]
        return code
    return code[:9] if code.endswith("000") else code


def households(path, within):
    """The figures of the files, and the counties that they are of."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        files = defaultdict(list)
        for row in csv.DictReader(file):
            files[row["household_number"]].append(row)
    lines = national_lines()
    kinds = needs()
    found = Counter()
    counties = set()
    for rows in files.values():
        first, people = rows[0], len(rows)
        # The village stands in the first row of a household alone.
        if not first["village_code"].startswith(within):
            continue
        counties.add(first["village_code"][:6])

        def add(key):
            found[f"{key}.households"] += 1
            found[f"{key}.people"] += people

        add("registered")
        category = CATEGORIES.get((first["poverty_object"], first["civil_affairs"]))
        if category:
            add(f"category.{category}")
        if first["main_cause"]:
            add(f"cause.{CAUSES.get(first['main_cause'], 'other')}")
        if first["need"]:
            kind, unit = kinds[first["need"]]
            found[f"need.{kind}.households"] += 1
            if first["need_scale"] and first["need_unit"] == unit:
                found[f"need.{kind}.scale"] += round(float(first["need_scale"]) * 100)
            if first["need_investment"]:
                found[f"need.{kind}.fen"] += round(float(first["need_investment"]) * 100)
        if first["net_income_per_person"]:
            add("income-known")
            year, income = int(first["income_year"]), float(first["net_income_per_person"])
            line = [amount for since, amount in lines if since <= year]
            if line and income < line[-1]:
                add("below-line")
    return found, counties


def needs():
    """Kinds of need by their names: the code, and the unit in which scale is added up."""
    with open(DATA / "need_units.csv", encoding="utf-8", newline="") as file:
        units = {row["need"]: row["unit"] for row in csv.DictReader(file)}
    with open(DATA / "own_code_lists.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[0] == "ours: need"]
    return {row[3]: (row[1], units[row[1]]) for row in rows}


def figure(word):
    """A number of a record, `key=value` as it is printed: money is in yuan there and counted in fen."""
    key, text = word.split("=", 1)
    value = round(float(text) * 100) if key in ("yuan", "scale") else int(text)
    return "fen" if key == "yuan" else key, value


def pilot(path, uploaded, found, code):
    """The figures of pilot work, added to those of the files."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        records = [r for r in csv.DictReader(file) if r["withdrawn"] in ("", "0", "no")]
    records = [r for r in records if r["division"].startswith(prefix(code))]
    for record in records:
        record["numbers"] = dict(figure(word) for word in record["figures"].split())
    records.sort(key=lambda record: record["day"])
    rural, returns = {}, {}
    counties = {r["division"] for r in records if r["kind"] == "pilot-county"}
    for record in records:
        kind, numbers = record["kind"], record["numbers"]
        if kind == "rural-population":
            rural[record["division"]] = numbers["people.rural"]
        elif kind == "return":
            returns[record["division"]] = numbers
        elif kind not in PLACES:
            found[f"work.{kind}"] += 1
            for key, value in numbers.items():
                if key != "scale":
                    found[f"work.{kind}.{key}"] += value
            if record["level"]:
                found[f"work.{kind}.fen.{record['level']}"] += numbers["fen"]
    if len(code) > 6:
        # Below counties: no coverage, and the population of the division itself.
        if code in rural:
            found["rural.people"] = rural[code]
            found["below-line.of-rural.people"] = found["below-line.people"]
        for category in CATEGORIES.values():
            found[f"identified.{category}.people"] = found[f"category.{category}.people"]
            found["identified.people"] += found[f"category.{category}.people"]
        return
    keys = key_counties()
    found["counties.pilot"] = len(counties)
    found["provinces.pilot"] = len({code[:2] for code in counties})
    found["counties.pilot.key"] = len(counties & keys)
    found["counties.uploaded"] = len(uploaded)
    found["counties.uploaded.key"] = len(uploaded & keys)
    told = {code: numbers for code, numbers in returns.items() if code not in uploaded}
    found["counties.returned"] = len(told)
    if any(code in rural for code in counties):
        found["rural.pilot.people"] = sum(rural.get(code, 0) for code in counties)
    if any(code in rural for code in uploaded):
        found["rural.people"] = sum(rural.get(code, 0) for code in uploaded)
        found["below-line.of-rural.people"] = found["below-line.people"]
    recorded = returned = 0
    for category in CATEGORIES.values():
        own = found[f"category.{category}.people"]
        other = sum(numbers[f"people.{category}"] for numbers in told.values())
        found[f"identified.{category}.people"] = own + other
        recorded += own
        returned += other
    found["identified.people"] = recorded + returned
    if told:
        found["identified.recorded.people"] = recorded
        found["identified.returned.people"] = returned


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            report = json.load(file)
        figures = {f["key"]["code"]: f for f in report["figures"]}
        code = report["division"]["code"]
        found, uploaded = households(sys.argv[2], prefix(code))
        pilot(sys.argv[3], uploaded, found, code)
    except (OSError, ValueError, KeyError) as error:
        print(f"not what it should be: {error!r}", file=sys.stderr)
        sys.exit(65)
    differing, unknown = [], []
    for key, figure in figures.items():
        value = figure["value"]
        if key not in found and value != 0:
            unknown.append(key)
        elif found[key] != value:
            differing.append(f"{key}: the report says {value}, the records {found[key]}")
    missing = [key for key, value in found.items() if value and key not in figures]
    for line in differing:
        print(line)
    for key in missing:
        print(f"{key}: the report lacks it, the records say {found[key]}")
    same = len(figures) - len(differing) - len(unknown)
    print(f"{same} figures are the same; not recounted: {', '.join(unknown) or 'none'}")
    sys.exit(1 if differing or missing else 0)


main()
