"""Looks a person up by ID number, with gRPC's own library and the registry's .proto files alone.

    inquiry.py --server HOST:PORT --ca CA --cert CERT --key KEY --proto FOLDER ID-NUMBER [PURPOSE]

Prints the household's number and size. Where the registry refuses, prints the status, the rule and the
words in both languages, and ends with 1.
"""
import argparse
import glob
import os
import shutil
import sys
import tempfile

import grpc
from grpc_status import rpc_status
from grpc_tools import protoc

parser = argparse.ArgumentParser()
for name in ("server", "ca", "cert", "key", "proto"):
    parser.add_argument("--" + name, required=True)
parser.add_argument("number")
parser.add_argument("purpose", nargs="?")
given = parser.parse_args()

# What a build would do once: Python of the schema.
place = tempfile.mkdtemp(prefix="registry-proto-")
files = [os.path.relpath(path, given.proto)
         for path in glob.glob(os.path.join(given.proto, "registry/v1/*.proto"))]
if protoc.main(["protoc", "-I", given.proto, "--python_out", place, "--grpc_python_out", place]
               + files) != 0:
    sys.exit("the schema cannot be compiled")
sys.path.insert(0, place)
# Once they are loaded they are not needed.
from registry.v1 import common_pb2, household_service_pb2, household_service_pb2_grpc  # noqa: E402
shutil.rmtree(place)


def read(path):
    with open(path, "rb") as file:
        return file.read()


credentials = grpc.ssl_channel_credentials(read(given.ca), read(given.key), read(given.cert))
with grpc.secure_channel(given.server, credentials) as channel:
    households = household_service_pb2_grpc.HouseholdServiceStub(channel)
    try:
        household = households.GetHousehold(
            household_service_pb2.GetHouseholdRequest(citizen_id=given.number),
            timeout=10,
            metadata=[("registry-purpose", given.purpose)] if given.purpose else None,
        )
        print(f"household {household.number}, {len(household.members)} members")
    except grpc.RpcError as error:
        print(error.code().name, error.details())
        status = rpc_status.from_call(error)
        for detail in status.details if status else []:
            about = common_pb2.ErrorDetails()
            if detail.Unpack(about):
                print(f"{about.refused_by} {about.message_zh}".strip())
        sys.exit(1)
