"""What the interoperability scripts share: their flags, the schema, and how cases are run."""
import argparse
import importlib
import os
import shutil
import sys
import tempfile
import traceback

from grpc_tools import protoc


def options():
    parser = argparse.ArgumentParser()
    for name in ("port", "ca", "cert", "key", "proto"):
        parser.add_argument("--" + name)
    return parser.parse_args()


def schema(folder, file="interop/interop.proto"):
    """The modules that protoc makes of a schema: messages, and stubs of grpcio."""
    place = tempfile.mkdtemp(prefix="registry-proto-")
    status = protoc.main(
        ["protoc", "-I", os.path.join(folder, "test"), "--python_out", place, "--grpc_python_out", place, file])
    if status != 0:
        raise SystemExit(f"protoc ended with {status}")
    sys.path.insert(0, place)
    module = os.path.splitext(file)[0].replace("/", ".")
    try:
        return importlib.import_module(module + "_pb2"), importlib.import_module(module + "_pb2_grpc")
    finally:
        shutil.rmtree(place)


def equal(found, wanted, what):
    if found != wanted:
        raise AssertionError(f"{what}: {found!r}, not {wanted!r}")


class Cases:
    """Runs functions, prints `ok NAME` or the failure of each, and ends with 1 if any failed."""

    def __init__(self):
        self.all = []

    def __call__(self, function):
        self.all.append(function)
        return function

    def report(self, function, error):
        if error is None:
            print("ok", function.__name__, flush=True)
            return 0
        place = traceback.extract_tb(error.__traceback__)[-1]
        print(f"FAIL {function.__name__}: {type(error).__name__} {error} "
              f"({os.path.basename(place.filename)}:{place.lineno})", flush=True)
        return 1
