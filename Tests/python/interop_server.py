"""The service of gRPC's interoperability tests, by gRPC's own core in C: prints its port, serves until it
is ended."""
import os
import sys
import time
from concurrent import futures

import grpc

from interop_cases import options, schema

given = options()
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
pb, stubs = schema(given.proto or os.path.join(root, "proto"))


def fail(context, status):
    if status.code:
        context.abort(next(c for c in grpc.StatusCode if c.value[0] == status.code), status.message)


def parts(request, context):
    fail(context, request.response_status)
    for wanted in request.response_parameters:
        time.sleep(min(wanted.interval_us / 1e6, 1))
        yield pb.StreamingOutputCallResponse(payload=pb.Payload(body=bytes(wanted.size)))


class Service(stubs.TestServiceServicer):
    def EmptyCall(self, request, context):
        return pb.Nothing()

    def UnaryCall(self, request, context):
        fail(context, request.response_status)
        return pb.SimpleResponse(payload=pb.Payload(body=bytes(request.response_size)))

    def StreamingInputCall(self, requests, context):
        return pb.StreamingInputCallResponse(
            aggregated_payload_size=sum(len(r.payload.body) for r in requests))

    def StreamingOutputCall(self, request, context):
        yield from parts(request, context)

    def FullDuplexCall(self, requests, context):
        for request in requests:
            yield from parts(request, context)


def read(path):
    with open(path, "rb") as file:
        return file.read()


server = grpc.server(futures.ThreadPoolExecutor(8), compression=grpc.Compression.Gzip)
stubs.add_TestServiceServicer_to_server(Service(), server)
port = server.add_secure_port("127.0.0.1:0", grpc.ssl_server_credentials(
    [(read(given.key), read(given.cert))], read(given.ca), require_client_auth=True))
server.start()
print(port, flush=True)
server.wait_for_termination()
