"""The cases of gRPC's interoperability tests, by gRPC's own core in C."""
import sys
import threading
import time

import grpc
from grpc_status import rpc_status

from interop_cases import Cases, equal, options, schema

given = options()
pb, stubs = schema(given.proto)


def read(path):
    with open(path, "rb") as file:
        return file.read()


credentials = grpc.ssl_channel_credentials(
    read(given.ca), read(given.key), read(given.cert))
channel = grpc.secure_channel(f"127.0.0.1:{given.port}", credentials)
stub = stubs.TestServiceStub(channel)
case = Cases()
SIZES = [31415, 9, 2653, 58979]


def payload(size):
    return pb.Payload(body=bytes(size))


def parameters(sizes):
    return [pb.ResponseParameters(size=size) for size in sizes]


def fails(code, call):
    try:
        call()
    except grpc.RpcError as error:
        equal(error.code(), code, "status")
        return error
    raise AssertionError(f"no {code}")


@case
def empty_unary():
    equal(stub.EmptyCall(pb.Nothing()), pb.Nothing(), "response")


@case
def large_unary():
    response = stub.UnaryCall(pb.SimpleRequest(response_size=314159, payload=payload(271828)))
    equal(len(response.payload.body), 314159, "size")


@case
def identity():
    response = stub.UnaryCall(pb.SimpleRequest(fill_username=True))
    equal(response.username, "registry://421224/poverty-office/p0007", "who is calling")


@case
def client_compressed_unary():
    request = pb.SimpleRequest(response_size=314159, payload=payload(271828))
    response = stub.UnaryCall(request, compression=grpc.Compression.Gzip)
    equal(len(response.payload.body), 314159, "size")


@case
def unknown_compression():
    request = pb.SimpleRequest(payload=payload(271828))
    fails(grpc.StatusCode.UNIMPLEMENTED,
          lambda: stub.UnaryCall(request, compression=grpc.Compression.Deflate))


@case
def client_streaming():
    sizes = [27182, 8, 1828, 45904]
    response = stub.StreamingInputCall(
        pb.StreamingInputCallRequest(payload=payload(size)) for size in sizes)
    equal(response.aggregated_payload_size, 74922, "sum")


@case
def client_compressed_streaming():
    response = stub.StreamingInputCall(
        (pb.StreamingInputCallRequest(payload=payload(size)) for size in [27182, 45904]),
        compression=grpc.Compression.Gzip)
    equal(response.aggregated_payload_size, 73086, "sum")


@case
def server_streaming():
    responses = stub.StreamingOutputCall(
        pb.StreamingOutputCallRequest(response_parameters=parameters(SIZES)))
    equal([len(r.payload.body) for r in responses], SIZES, "sizes")


@case
def large_stream():
    sizes = [1000000] * 30
    responses = stub.StreamingOutputCall(
        pb.StreamingOutputCallRequest(response_parameters=parameters(sizes)))
    equal(sum(len(r.payload.body) for r in responses), 30000000, "octets")


@case
def ping_pong():
    turn = threading.Semaphore(1)

    def requests():
        for size in SIZES:
            turn.acquire()
            yield pb.StreamingOutputCallRequest(
                response_parameters=parameters([size]), payload=payload(size))

    found = []
    for response in stub.FullDuplexCall(requests()):
        found.append(len(response.payload.body))
        turn.release()
    equal(found, SIZES, "sizes")


@case
def empty_stream():
    equal(list(stub.FullDuplexCall(iter([]))), [], "responses")


@case
def half_duplex():
    requests = (pb.StreamingOutputCallRequest(response_parameters=parameters([s])) for s in SIZES)
    equal([len(r.payload.body) for r in stub.HalfDuplexCall(requests)], SIZES, "sizes")


@case
def custom_metadata():
    sent = (("x-grpc-test-echo-initial", "test_initial_metadata_value"),
            ("x-grpc-test-echo-trailing-bin", b"\x0a\x0b\x0a\x0b\x0a\x0b"))
    _, call = stub.UnaryCall.with_call(
        pb.SimpleRequest(response_size=314159, payload=payload(271828)), metadata=sent)
    equal(dict(call.initial_metadata()).get(sent[0][0]), sent[0][1], "head")
    equal(dict(call.trailing_metadata()).get(sent[1][0]), sent[1][1], "trailers")
    stream = stub.FullDuplexCall(
        iter([pb.StreamingOutputCallRequest(response_parameters=parameters([9]))]), metadata=sent)
    equal(len(list(stream)), 1, "responses")
    equal(dict(stream.trailing_metadata()).get(sent[1][0]), sent[1][1], "trailers of the stream")


@case
def status_code_and_message():
    status = pb.EchoStatus(code=2, message="test status message")
    error = fails(grpc.StatusCode.UNKNOWN,
                  lambda: stub.UnaryCall(pb.SimpleRequest(response_status=status)))
    equal(error.details(), "test status message", "message")
    error = fails(grpc.StatusCode.UNKNOWN, lambda: list(stub.FullDuplexCall(
        iter([pb.StreamingOutputCallRequest(response_status=status)]))))
    equal(error.details(), "test status message", "message of the stream")


@case
def special_status_message():
    words = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈 100%\t\n"
    status = pb.EchoStatus(code=2, message=words)
    error = fails(grpc.StatusCode.UNKNOWN,
                  lambda: stub.UnaryCall(pb.SimpleRequest(response_status=status)))
    equal(error.details(), words, "message")


@case
def status_details():
    status = pb.EchoStatus(code=9, message="not now")
    error = fails(grpc.StatusCode.FAILED_PRECONDITION,
                  lambda: stub.UnaryCall(pb.SimpleRequest(response_status=status)))
    rich = rpc_status.from_call(error)
    equal((rich.code, rich.message, len(rich.details)), (9, "not now", 1), "status")
    inner = pb.EchoStatus()
    assert rich.details[0].Unpack(inner), "the details have another type"
    equal(inner.code, 9, "details")


@case
def unimplemented_method():
    call = channel.unary_unary("/grpc.testing.TestService/UnimplementedCall",
                               pb.Nothing.SerializeToString, pb.Nothing.FromString)
    fails(grpc.StatusCode.UNIMPLEMENTED, lambda: call(pb.Nothing()))


@case
def unimplemented_service():
    call = channel.unary_unary("/grpc.testing.UnimplementedService/UnimplementedCall",
                               pb.Nothing.SerializeToString, pb.Nothing.FromString)
    fails(grpc.StatusCode.UNIMPLEMENTED, lambda: call(pb.Nothing()))


@case
def cancel_after_begin():
    call = stub.StreamingInputCall.future(iter(lambda: time.sleep(60), None))
    call.cancel()
    equal(call.code(), grpc.StatusCode.CANCELLED, "status")


@case
def cancel_after_first_response():
    held = threading.Event()

    def requests():
        yield pb.StreamingOutputCallRequest(response_parameters=parameters([31415]))
        held.wait(30)

    call = stub.FullDuplexCall(requests())
    equal(len(next(call).payload.body), 31415, "size")
    call.cancel()
    try:
        next(call)
    except grpc.RpcError as error:
        equal(error.code(), grpc.StatusCode.CANCELLED, "status")
    held.set()


@case
def timeout_on_sleeping_server():
    slow = pb.StreamingOutputCallRequest(
        response_parameters=[pb.ResponseParameters(size=1, interval_us=10000000)])
    fails(grpc.StatusCode.DEADLINE_EXCEEDED,
          lambda: list(stub.StreamingOutputCall(slow, timeout=0.05)))


@case
def message_over_the_limit():
    big = pb.SimpleRequest(payload=payload(5 << 20))
    fails(grpc.StatusCode.RESOURCE_EXHAUSTED, lambda: stub.UnaryCall(big))


@case
def many_calls_at_a_time():
    futures = [stub.UnaryCall.future(pb.SimpleRequest(response_size=i)) for i in range(500)]
    equal([len(f.result().payload.body) for f in futures], list(range(500)), "sizes")


@case
def without_certificate():
    bare = grpc.secure_channel(
        f"127.0.0.1:{given.port}", grpc.ssl_channel_credentials(read(given.ca)))
    fails(grpc.StatusCode.UNAVAILABLE,
          lambda: stubs.TestServiceStub(bare).EmptyCall(pb.Nothing(), timeout=5))
    bare.close()


failed = 0
for function in case.all:
    error = None
    try:
        function()
    except Exception as raised:
        error = raised
    failed += case.report(function, error)
channel.close()
sys.exit(1 if failed else 0)
