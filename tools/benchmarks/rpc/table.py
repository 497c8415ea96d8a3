"""Turns the lines of tools/benchmarks/rpc/run into a Markdown table and plots.

    table.py RESULTS [FOLDER]

RESULTS holds `server mode run cpu p50 p99` a line. Prints medians with smallest and largest; writes an
SVG a figure into FOLDER.
"""
import collections
import statistics
import sys

SERVERS = ["floor", "floor-protobuf-c", "ours", "ours-views", "ours-h2", "thrift-c++", "grpc-c++",
           "ours-h2-by-grpc", "grpc-c++-by-grpc"]
TITLES = {
    "floor": "C floor", "floor-protobuf-c": "C floor, protobuf-c", "ours": "this project", "ours-views": "this project, where they lie",
    "ours-h2": "this project, HTTP/2",
    "thrift-c++": "Thrift C++", "grpc-c++": "gRPC C++",
    "ours-h2-by-grpc": "this project, HTTP/2, called by gRPC C++",
    "grpc-c++-by-grpc": "gRPC C++, called by itself",
}
# Mode, column of the line, title, file.
FIGURES = [
    ("pipelined", 0, "pipelined, 100 outstanding: server CPU µs a call", "pipelined"),
    ("many", 0, "64 connections, one call each: server CPU µs a call", "many"),
    ("one", 1, "one call outstanding: p50 µs", "one"),
    ("one", 2, "one call outstanding: p99 µs", "one-p99"),
    ("handshakes", 0, "handshake, one call, close: server CPU µs", "handshakes"),
    ("upload", 0, "upload stream: server CPU µs a 300-byte record", "upload"),
    ("idle", 0, "idle connection, of 1,000: KiB", "idle"),
]


def read(path):
    found = collections.defaultdict(list)
    with open(path, encoding="utf-8") as file:
        for line in file:
            server, mode, _, *values = line.split()
            for column, value in enumerate(values):
                if value != "-":
                    found[server, mode, column].append(float(value))
    return found


def written(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(found):
    servers = [s for s in SERVERS if any(key[0] == s for key in found)]
    print("| | " + " | ".join(TITLES[s] for s in servers) + " |")
    print("|---" * (len(servers) + 1) + "|")
    for mode, column, title, _ in FIGURES:
        cells = []
        for server in servers:
            values = found.get((server, mode, column))
            cells.append("–" if not values else
                         f"{written(statistics.median(values))} "
                         f"({written(min(values))} to {written(max(values))})")
        print(f"| {title} | " + " | ".join(cells) + " |")


def plot(found, mode, column, title, path):
    bars = [(TITLES[s], statistics.median(found[s, mode, column]),
             min(found[s, mode, column]), max(found[s, mode, column]), s.startswith("ours"))
            for s in SERVERS if found.get((s, mode, column))]
    if not bars:
        return
    widest = max(bar[3] for bar in bars) * 1.15 or 1
    scale = 420 / widest
    height = 50 + 34 * len(bars)
    # Room for the longest name.
    left = max(150, 7 * max(len(bar[0]) for bar in bars))
    width = left + 570
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
             'font-family="sans-serif" font-size="13">',
             f'<rect width="{width}" height="{height}" fill="white"/>',
             f'<text x="10" y="22" font-weight="bold">{title}</text>']
    for place, (name, middle, low, high, own) in enumerate(bars):
        top = 40 + 34 * place
        colour = "#b5392b" if own else "#8a9aa9"
        lines += [
            f'<text x="{left}" y="{top + 16}" text-anchor="end">{name}</text>',
            f'<rect x="{left + 10}" y="{top}" width="{max(1, middle * scale):.1f}" height="22" '
            f'fill="{colour}"/>',
            f'<line x1="{left + 10 + low * scale:.1f}" x2="{left + 10 + high * scale:.1f}" y1="{top + 11}" '
            f'y2="{top + 11}" stroke="black"/>',
            f'<text x="{left + 18 + high * scale:.1f}" y="{top + 16}">{written(middle)}</text>',
        ]
    lines.append("</svg>")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def main():
    found = read(sys.argv[1])
    table(found)
    if len(sys.argv) > 2:
        for mode, column, title, name in FIGURES:
            plot(found, mode, column, title, f"{sys.argv[2]}/{name}.svg")


main()
