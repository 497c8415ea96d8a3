"""The cases of gRPC's interoperability tests, by grpclib: Python alone, on h2."""
import asyncio
import ssl
import sys

from grpclib.client import Channel, StreamStreamMethod, StreamUnaryMethod, UnaryStreamMethod
from grpclib.client import UnaryUnaryMethod
from grpclib.const import Status
from grpclib.exceptions import GRPCError

from interop_cases import Cases, equal, options, schema

given = options()
pb, _ = schema(given.proto)
case = Cases()
SIZES = [31415, 9, 2653, 58979]
SERVICE = "/grpc.testing.TestService/"


def payload(size):
    return pb.Payload(body=bytes(size))


def asking(*sizes):
    return pb.StreamingOutputCallRequest(
        response_parameters=[pb.ResponseParameters(size=size) for size in sizes])


class Stub:
    def __init__(self, channel):
        self.EmptyCall = UnaryUnaryMethod(channel, SERVICE + "EmptyCall", pb.Nothing, pb.Nothing)
        self.UnaryCall = UnaryUnaryMethod(
            channel, SERVICE + "UnaryCall", pb.SimpleRequest, pb.SimpleResponse)
        self.StreamingOutputCall = UnaryStreamMethod(
            channel, SERVICE + "StreamingOutputCall", pb.StreamingOutputCallRequest,
            pb.StreamingOutputCallResponse)
        self.StreamingInputCall = StreamUnaryMethod(
            channel, SERVICE + "StreamingInputCall", pb.StreamingInputCallRequest,
            pb.StreamingInputCallResponse)
        self.FullDuplexCall = StreamStreamMethod(
            channel, SERVICE + "FullDuplexCall", pb.StreamingOutputCallRequest,
            pb.StreamingOutputCallResponse)
        self.Unimplemented = UnaryUnaryMethod(
            channel, SERVICE + "UnimplementedCall", pb.Nothing, pb.Nothing)


async def fails(status, call):
    try:
        await call
    except GRPCError as error:
        equal(error.status, status, "status")
        return error
    raise AssertionError(f"no {status}")


@case
async def empty_unary(stub):
    equal(await stub.EmptyCall(pb.Nothing()), pb.Nothing(), "response")


@case
async def large_unary(stub):
    response = await stub.UnaryCall(
        pb.SimpleRequest(response_size=314159, payload=payload(271828)))
    equal(len(response.payload.body), 314159, "size")


@case
async def client_streaming(stub):
    response = await stub.StreamingInputCall(
        [pb.StreamingInputCallRequest(payload=payload(s)) for s in [27182, 8, 1828, 45904]])
    equal(response.aggregated_payload_size, 74922, "sum")


@case
async def server_streaming(stub):
    responses = await stub.StreamingOutputCall(asking(*SIZES))
    equal([len(r.payload.body) for r in responses], SIZES, "sizes")


@case
async def ping_pong(stub):
    async with stub.FullDuplexCall.open() as stream:
        for size in SIZES:
            await stream.send_message(asking(size))
            equal(len((await stream.recv_message()).payload.body), size, "size")
        await stream.end()
        equal(await stream.recv_message(), None, "end")


@case
async def empty_stream(stub):
    async with stub.FullDuplexCall.open() as stream:
        await stream.send_request()
        await stream.end()
        equal(await stream.recv_message(), None, "end")


@case
async def custom_metadata(stub):
    sent = {"x-grpc-test-echo-initial": "test_initial_metadata_value",
            "x-grpc-test-echo-trailing-bin": b"\x0a\x0b\x0a\x0b"}
    async with stub.UnaryCall.open(metadata=sent) as stream:
        await stream.send_message(pb.SimpleRequest(response_size=1), end=True)
        await stream.recv_message()
        await stream.recv_trailing_metadata()
        equal(stream.initial_metadata["x-grpc-test-echo-initial"],
              "test_initial_metadata_value", "head")
        equal(stream.trailing_metadata["x-grpc-test-echo-trailing-bin"],
              b"\x0a\x0b\x0a\x0b", "trailers")


@case
async def special_status_message(stub):
    words = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"
    error = await fails(Status.UNKNOWN, stub.UnaryCall(
        pb.SimpleRequest(response_status=pb.EchoStatus(code=2, message=words))))
    equal(error.message, words, "message")


@case
async def unimplemented_method(stub):
    await fails(Status.UNIMPLEMENTED, stub.Unimplemented(pb.Nothing()))


@case
async def cancel_after_begin(stub):
    async with stub.StreamingInputCall.open() as stream:
        await stream.send_request()
        await stream.cancel()


@case
async def timeout_on_sleeping_server(stub):
    slow = pb.StreamingOutputCallRequest(
        response_parameters=[pb.ResponseParameters(size=1, interval_us=10000000)])
    try:
        await stub.StreamingOutputCall(slow, timeout=0.05)
    except (asyncio.TimeoutError, GRPCError) as error:
        if isinstance(error, GRPCError):
            equal(error.status, Status.DEADLINE_EXCEEDED, "status")
        return
    raise AssertionError("no end")


@case
async def many_calls_at_a_time(stub):
    found = await asyncio.gather(
        *(stub.UnaryCall(pb.SimpleRequest(response_size=i)) for i in range(300)))
    equal([len(r.payload.body) for r in found], list(range(300)), "sizes")


async def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(given.ca)
    context.load_cert_chain(given.cert, given.key)
    context.set_alpn_protocols(["h2"])
    channel = Channel("127.0.0.1", int(given.port), ssl=context)
    failed = 0
    for function in case.all:
        error = None
        try:
            await asyncio.wait_for(function(Stub(channel)), 20)
        except Exception as raised:
            error = raised
        failed += case.report(function, error)
    channel.close()
    return failed


sys.exit(1 if asyncio.run(main()) else 0)
