#!/usr/bin/env python3
"""Recounts a report from exported records, and says where a figure differs.

    registryctl report --output json [--by county] [--division CODE]   >report.json
    registryctl household export --file households.csv
    registryctl pilot list --output csv --limit 1000000                >pilot.csv
    registryctl pilot balance --output json                            >balance.json
    tools/recount.py report.json households.csv pilot.csv [balance.json]

The report may be of any division, with those of any level below it: what lies elsewhere is left out. It
shares nothing with the program but the files: households and people by category, cause and line, needs
(an export has a household's first need; imported files have no more), those identified (files and
returns), populations, coverage, pilot work and money; of each percentage the base and the share; of
funds each account of the trial balance. Applications that are through their last notice and not
registered stand in no export: where there are such, those identified are more than what is counted
here, and it says so. Exit code 0: every figure is the same; 1: some differ, or were not recounted; 65: a
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
SPENDING = {"disbursement", "work-fund"}
DRAWING = SPENDING | {"allocation"}
SOURCES = {"budget", "funds-received"}
ACCOUNTS = ("budgeted", "received_from_outside", "drawn_from_outside", "undrawn", "in_transit", "disbursed")


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


def needs():
    """Kinds of need by their names: the code, and the unit in which scale is added up."""
    with open(DATA / "need_units.csv", encoding="utf-8", newline="") as file:
        units = {row["need"]: row["unit"] for row in csv.DictReader(file)}
    with open(DATA / "own_code_lists.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[0] == "ours: need"]
    return {row[3]: (row[1], units[row[1]]) for row in rows}


def households(path):
    """Each file's village, and what it adds to the figures."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        files = defaultdict(list)
        for row in csv.DictReader(file):
            files[row["household_number"]].append(row)
    lines, kinds = national_lines(), needs()
    counted = []
    for rows in files.values():
        # The household's own cells stand in its first row alone.
        first, people = rows[0], len(rows)
        own = Counter()

        def add(key):
            own[f"{key}.households"] += 1
            own[f"{key}.people"] += people

        add("registered")
        category = CATEGORIES.get((first["poverty_object"], first["civil_affairs"]))
        if category:
            add(f"category.{category}")
        if first["main_cause"]:
            add(f"cause.{CAUSES.get(first['main_cause'], 'other')}")
        if first["need"]:
            kind, unit = kinds[first["need"]]
            own[f"need.{kind}.households"] += 1
            if first["need_scale"] and first["need_unit"] == unit:
                own[f"need.{kind}.scale"] += round(float(first["need_scale"]) * 100)
            if first["need_investment"]:
                own[f"need.{kind}.fen"] += round(float(first["need_investment"]) * 100)
        if first["net_income_per_person"]:
            add("income-known")
            year, income = int(first["income_year"]), float(first["net_income_per_person"])
            line = [amount for since, amount in lines if since <= year]
            if line and income < line[-1]:
                add("below-line")
        counted.append((first["village_code"], own))
    return counted


def number(word):
    """A number of a record, `key=value` as it is printed: money is in yuan there and counted in fen."""
    key, text = word.split("=", 1)
    value = round(float(text) * 100) if key in ("yuan", "scale") else int(text)
    return "fen" if key == "yuan" else key, value


def records(path):
    """The records of pilot work that count, in the order of their days."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["withdrawn"] in ("", "0", "no")]
    for row in rows:
        row["numbers"] = dict(number(word) for word in row["figures"].split())
    rows.sort(key=lambda row: row["day"])
    return rows


class Records:
    """What reports of any division are counted from."""

    def __init__(self, files, rows):
        self.files, self.rows, self.keys = files, rows, key_counties()
        self.uploaded = {village[:6] for village, _ in files}
        self.pilot = {r["division"] for r in rows if r["kind"] == "pilot-county"}
        rural, self.returns = {}, {}
        for row in rows:
            if row["kind"] == "return":
                self.returns[row["division"]] = row["numbers"]
            if row["kind"] in ("rural-population", "return"):
                # Of one day the population's own record goes before a return's.
                day, own = row["day"], row["kind"] == "rural-population"
                before = rural.get(row["division"])
                if not before or (day, own) >= before[:2]:
                    rural[row["division"]] = (day, own, row["numbers"]["people.rural"])
        self.rural = {code: people for code, (_, _, people) in rural.items()}

    def figures(self, code):
        within, found = prefix(code), Counter()
        outside = Counter()
        for village, own in self.files:
            if not village.startswith(within):
                continue
            found.update(own)
            if len(code) == 6 and self.pilot and village[:6] not in self.pilot:
                outside.update({k: v for k, v in own.items() if k.startswith("category.")})
        for row in self.rows:
            if row["division"].startswith(within) and row["kind"] not in PLACES:
                self.work(row, found)
        if len(code) > 6:
            self.below_counties(code, found)
        else:
            self.coverage(code, within, found, outside)
        return found

    def work(self, row, found):
        kind = row["kind"]
        found[f"work.{kind}"] += 1
        for key, value in row["numbers"].items():
            if key != "scale":
                found[f"work.{kind}.{key}"] += value
        if row["level"]:
            found[f"work.{kind}.fen.{row['level']}"] += row["numbers"]["fen"]
            if row["project"]:
                found[f"work.{kind}.fen.projects"] += row["numbers"]["fen"]

    def below_counties(self, code, found):
        """No coverage, and the population of the division itself."""
        if code in self.rural:
            found["rural.people"] = self.rural[code]
            found["below-line.of-rural.people"] = found["below-line.people"]
        for category in CATEGORIES.values():
            found[f"identified.{category}.people"] = found[f"category.{category}.people"]
            found["identified.people"] += found[f"category.{category}.people"]

    def coverage(self, code, within, found, outside):
        def inside(codes):
            return {county for county in codes if county.startswith(within)}

        pilot, uploaded = inside(self.pilot), inside(self.uploaded)
        told = {c: n for c, n in self.returns.items() if c in inside(self.returns) - uploaded}
        reporting = uploaded | set(told)
        if self.pilot:
            found["counties.outside"] = len(reporting - pilot)
        counted = uploaded & pilot if self.pilot else uploaded
        found["counties.key"] = len(inside(self.keys))
        assigned = [r for r in self.rows if r["kind"] == "assignment" and r["division"] == code]
        if assigned:
            found["counties.assigned"] = assigned[-1]["numbers"]["counties"]
        found["counties.pilot"] = len(pilot)
        found["provinces.pilot"] = len({county[:2] for county in pilot})
        found["counties.pilot.key"] = len(pilot & self.keys)
        found["counties.uploaded"] = len(counted)
        found["counties.uploaded.key"] = len(counted & self.keys)
        returned = {c: n for c, n in told.items() if not self.pilot or c in pilot}
        found["counties.returned"] = len(returned)
        for key, counties in (("rural.pilot.people", pilot), ("rural.people", uploaded)):
            if any(county in self.rural for county in counties):
                found[key] = sum(self.rural.get(county, 0) for county in counties)
        if "rural.people" in found:
            found["below-line.of-rural.people"] = found["below-line.people"]
        sums = Counter()
        for category in CATEGORIES.values():
            own = found[f"category.{category}.people"] - outside[f"category.{category}.people"]
            other = sum(n[f"people.{category}"] for n in returned.values())
            found[f"identified.{category}.people"] = own + other
            sums["recorded"] += own
            sums["returned"] += other
            found["identified.outside.people"] += outside[f"category.{category}.people"] + sum(
                n[f"people.{category}"] for c, n in told.items() if c not in returned
            )
        found["identified.people"] = sums["recorded"] + sums["returned"]
        if returned:
            found["identified.recorded.people"] = sums["recorded"]
            found["identified.returned.people"] = sums["returned"]


def base_of(key, figures):
    """The key of the figure that a share of another one is taken of; None where it has none."""
    kind = key.rsplit(".", 1)[-1]
    if key.startswith(("category.", "cause.", "income-known.")):
        return f"registered.{kind}"
    if key in ("identified.recorded.people", "identified.returned.people"):
        return "identified.people"
    if key == "identified.outside.people":
        return None
    if key.startswith("identified."):
        return "rural.pilot.people" if "rural.pilot.people" in figures else None
    if key in ("registered.people", "below-line.of-rural.people"):
        return "rural.people" if "rural.people" in figures else None
    if key.startswith("below-line."):
        return f"income-known.{kind}"
    if key.startswith("need.") and kind == "households":
        return "registered.households"
    if key.startswith("counties."):
        if key in ("counties.pilot.key", "counties.uploaded.key"):
            return "counties.key"
        if key == "counties.uploaded":
            return "counties.pilot"
        return "counties.assigned" if key == "counties.pilot" and "counties.assigned" in figures else None
    if key.startswith("work.") and ".fen." in key:
        return key[: key.index(".fen.") + 4]
    return None


def compare(code, figures, found, differing):
    """How many figures of a division are the same; what differs is added to a list."""
    same = 0
    for key, figure in figures.items():
        value, base = figure["value"], figure["base"] and figure["base"]["code"]
        wanted = base_of(key, figures)
        if key not in found and value != 0:
            differing.append(f"{code} {key}: not recounted")
        elif found[key] != value:
            differing.append(f"{code} {key}: the report says {value}, the records {found[key]}")
        elif base != wanted:
            differing.append(f"{code} {key}: its base is {base}, not {wanted}")
        elif base and figures[base]["value"] and abs(value / figures[base]["value"] - figure["share"]) > 1e-9:
            differing.append(f"{code} {key}: its share is not {figure['share']}")
        else:
            same += 1
    for key, value in found.items():
        if value and key not in figures:
            differing.append(f"{code} {key}: the report lacks it, the records say {value}")
    return same


def accounts(rows, within):
    """The accounts of each level of government, of all records together."""
    by_id = {row["id"]: row for row in rows}
    found = defaultdict(Counter)
    for row in rows:
        kind, fen = row["kind"], row["numbers"].get("fen", 0)
        if kind not in DRAWING | SOURCES:
            continue
        level, source = found[row["level"]], by_id.get(row["of"])
        if kind == "budget":
            level["budgeted"] += fen
        if kind in SOURCES:
            level["undrawn"] += fen
        if kind == "funds-received":
            if source:
                found[source["level"]]["in_transit"] -= fen
            else:
                level["received_from_outside"] += fen
        if kind == "allocation":
            level["in_transit"] += fen
        if kind in DRAWING and source:
            found[source["level"]]["undrawn"] -= fen
        elif kind in DRAWING and not recorder(row).startswith(within):
            # An allocation that a node above told of.
            level["drawn_from_outside"] += fen
        if kind in SPENDING:
            level["disbursed"] += fen
    return found


def recorder(row):
    """The code of the division of the office that recorded a record."""
    return row["recorded_by"].removeprefix("registry://").split("/")[0]


def compare_balance(lines, rows, code, differing):
    """The balance of the report's own division, the node's: all records are in it."""
    found, same = accounts(rows, prefix(code)), 0
    for line in lines:
        level = line["level"]["code"]
        own = found.pop(level, Counter())
        given = own["budgeted"] + own["received_from_outside"] + own["drawn_from_outside"]
        left = own["undrawn"] + own["in_transit"] + own["disbursed"]
        if line["closes"] and (given != left or own["undrawn"] < 0 or own["in_transit"] < 0):
            differing.append(f"funds {level}: does not close, by the records")
        for key in ACCOUNTS:
            if line[key] == own[key]:
                same += 1
            else:
                differing.append(f"funds {level} {key}: {line[key]}, the records {own[key]}")
    differing += [f"funds {level}: the balance lacks it" for level in found]
    return same


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    differing, same = [], 0
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            report = json.load(file)
        rows = records(sys.argv[3])
        counted = Records(households(sys.argv[2]), rows)
        for one in [report] + (report.get("below") or []):
            code = one["division"]["code"]
            figures = {figure["key"]["code"]: figure for figure in one["figures"]}
            same += compare(code, figures, counted.figures(code), differing)
        if len(sys.argv) == 5:
            with open(sys.argv[4], encoding="utf-8") as file:
                same += compare_balance(json.load(file), rows, report["division"]["code"], differing)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"not what it should be: {error!r}", file=sys.stderr)
        sys.exit(65)
    for line in differing:
        print(line)
    print(f"{same} figures are the same")
    sys.exit(1 if differing else 0)


main()
