#!/usr/bin/env python3
"""Exercises a live server of registry-rpc/1 and prints a line for each case.

    conformance.py --host H --port P --ca CA --cert CERT --key KEY --node URI [--suite NAME]
                   [--case NAME]

Exits 0 when all is well, 1 when a case failed. Suites:

echo      a server of test.v1.Echo (proto/test/v1/echo.proto). Each of its methods also obeys the
          request's metadata: entries whose key begins with `head-` come back as response metadata,
          those with `trail-` as trailing metadata; `fail-code` (a decimal number) makes the call
          fail with that code, the text of `fail-text` and the details of `fail-details-bin`.
registry  a node: reads, and requests that it must refuse. Nothing is recorded.
"""

import argparse
import collections
import random
import socket
import ssl
import struct
import sys
import threading
import time
import traceback

from registry_rpc import (ACK, END, HEADER, PREFIX, ALPN, Client, Code, Limits, Processed, RPCError,
                          Schema, Type, connect, encode, hello_payload, limits_of, open_payload)

ECHO = "test.v1.Echo/"
MAXIMUM_ID = 2_147_483_647
CASES = []
Frame = collections.namedtuple("Frame", "kind flags call payload")


def case(suite):
    def add(function):
        CASES.append((suite, function.__name__, function))
        return function
    return add


def check(condition, words):
    if not condition:
        raise AssertionError(words)


def equal(found, wanted, what):
    check(found == wanted, f"{what} is {found!r:.200}, not {wanted!r:.200}")


def fails(code, function, *arguments, **values):
    """The error of a call that must fail with this code."""
    try:
        function(*arguments, **values)
    except RPCError as error:
        equal(error.code, code, "the code")
        return error
    raise AssertionError(f"succeeded; {code!r} was expected")


class Server:
    """The server under test."""

    def __init__(self, options):
        self.options, self.schema = options, Schema()

    def message(self, name, /, **fields):
        return self.schema.message(name)(**fields)

    def dial(self, **values):
        o = self.options
        return connect(o.host, o.port, o.ca, o.cert, o.key, o.node, **values)

    def client(self, limits=Limits()):
        return Client(schema=self.schema, limits=limits, dial=self.dial)

    def raw(self, limits=Limits(), hello=True):
        return Raw(self, limits, hello)

    def record(self, **fields):
        return self.message("test.v1.Record", **fields)

    def record_type(self):
        return self.schema.message("test.v1.Record")

    def get(self, client, record=None, **values):
        return client.unary(ECHO + "Get", record or self.record(id="x"), self.record_type(),
                            timeout=10, **values)


class Raw:
    """A connection whose every frame the case writes and reads itself."""

    def __init__(self, server, limits, hello):
        self.server, self.schema = server, server.schema
        self.socket, self.input = server.dial(), bytearray()
        self.limits, self.credit = None, {}
        self.connection_limit, self.received = 0, collections.Counter()
        if hello:
            self.send(Type.HELLO, 0, hello_payload(self.schema, limits))
            self.learn()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def learn(self):
        """Reads the server's HELLO."""
        frame = self.frame()
        equal((frame.kind, frame.call), (Type.HELLO, 0), "the first frame")

    def send(self, kind, call=0, payload=b"", flags=0):
        self.send_bytes(encode(kind, call, payload, flags))

    def send_bytes(self, data):
        self.socket.settimeout(10)
        try:
            self.socket.sendall(data)
        except OSError:
            pass  # the server closed already: what it said is read next

    def open(self, call, method="Get", **values):
        self.send(Type.OPEN, call, open_payload(self.schema, ECHO + method, **values))

    def data(self, call, message, end=False):
        data = message.SerializeToString() if hasattr(message, "DESCRIPTOR") else message
        self.send(Type.DATA, call, PREFIX.pack(0, len(data)) + data, END if end else 0)

    def frame(self, timeout=5.0):
        """The next frame, None at the end of the stream; raises TimeoutError."""
        until = time.monotonic() + timeout
        while True:
            if len(self.input) >= HEADER.size:
                length, kind, flags, zero, call = HEADER.unpack_from(self.input)
                check(not zero, "the server's header has zero bytes that are not zero")
                if len(self.input) >= HEADER.size + length:
                    payload = bytes(self.input[HEADER.size:HEADER.size + length])
                    del self.input[:HEADER.size + length]
                    return self.note(Frame(kind, flags, call, payload))
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError("no frame in time")
            self.socket.settimeout(left)
            try:
                data = self.socket.recv(65_536)
            except ssl.SSLEOFError:
                return None
            except TimeoutError:
                raise TimeoutError("no frame in time") from None
            except (ConnectionError, ssl.SSLError):
                return None
            if not data:
                return None
            self.input += data

    def note(self, frame):
        """Keeps account of what the server announces and sends."""
        if frame.kind == Type.HELLO:
            self.limits = limits_of(self.schema.message("rpc.v1.Hello").FromString(frame.payload))
            self.connection_limit = self.limits.connection_credit
        elif frame.kind == Type.CREDIT:
            total = struct.unpack(">Q", frame.payload)[0]
            if frame.call == 0:
                self.connection_limit = max(self.connection_limit, total)
            else:
                self.credit[frame.call] = max(self.credit.get(frame.call, 0), total)
        elif frame.kind == Type.DATA:
            self.received[frame.call] += len(frame.payload)
        elif frame.kind == Type.PING and not frame.flags & ACK:
            self.send(Type.PING, 0, frame.payload, ACK)
        return frame

    def until(self, kind, call=0, timeout=5.0):
        """Reads up to the next frame of this type and call."""
        stop = time.monotonic() + timeout
        while True:
            frame = self.frame(max(0.01, stop - time.monotonic()))
            check(frame is not None, f"the connection ended before {kind!r} of call {call}")
            if frame.kind == Type.FATAL and kind != Type.FATAL:
                fatal = self.schema.message("rpc.v1.Fatal").FromString(frame.payload)
                raise AssertionError(f"FATAL {fatal.code}: {fatal.text}")
            if (frame.kind, frame.call) == (kind, call):
                return frame

    def drain(self, seconds):
        """Reads whatever comes until nothing has come for so long."""
        frames = []
        try:
            while (frame := self.frame(seconds)) is not None:
                frames.append(frame)
        except TimeoutError:
            pass
        return frames

    def settle(self, wanted, what):
        """Reads so many bytes of DATA, and sees that no more come."""
        stop = time.monotonic() + 10
        while sum(self.received.values()) < wanted and time.monotonic() < stop:
            try:
                check(self.frame(1) is not None, "the connection ended")
            except TimeoutError:
                pass
        self.drain(0.3)
        equal(sum(self.received.values()), wanted, what)

    def status(self, call, code=None, processed=None, timeout=5.0):
        """The STATUS of the call, which must be as given."""
        frame = self.until(Type.STATUS, call, timeout)
        status = self.schema.message("rpc.v1.Status").FromString(frame.payload)
        if code is not None:
            check(status.code == code, f"STATUS {status.code} ({status.text}), not {code!r}")
        if processed is not None:
            equal(status.processed, processed, "processed")
        return status

    def fatal(self, *codes):
        """The server must say FATAL, and then close."""
        while True:
            frame = self.frame()
            check(frame is not None, "the connection ended without FATAL")
            if frame.kind == Type.FATAL:
                break
        fatal = self.schema.message("rpc.v1.Fatal").FromString(frame.payload)
        check(fatal.code, "FATAL has no code")
        check(not codes or fatal.code in codes, f"FATAL {fatal.code} ({fatal.text}), not {codes}")
        check(len(fatal.text.encode()) <= 1024, "the text of FATAL is too long")
        rest = self.frame()
        check(rest is None, f"after FATAL came {rest}")

    def alive(self, call):
        """The connection must go on: a PING and a call with this id are answered."""
        self.send(Type.PING, 0, b"alive..!")
        while self.until(Type.PING).payload != b"alive..!":
            pass
        record = self.server.record(id="alive")
        self.open(call)
        self.data(call, record, end=True)
        equal(self.until(Type.DATA, call).payload[5:], record.SerializeToString(), "the answer")
        self.status(call, Code.OK)

    def stall(self, call, whole=False):
        """A live Chat whose handler cannot go on: its answers have no credit.

        Leaves no credit for requests either, or less than a message if only whole ones are sent.
        Needs a HELLO with the least call credit.
        """
        self.open(call, "Chat", deadline=time.monotonic() + 30)
        message = self.schema.message("test.v1.Scalars")(bytes_value=b"x" * 10_000)
        data = PREFIX.pack(0, message.ByteSize()) + message.SerializeToString()
        flow, sent = data * (8_000_000 // len(data)), 0
        self.credit.setdefault(call, self.limits.call_credit)
        while True:
            room = min(self.credit[call] - sent, self.connection_limit - self.spent, 16_384)
            room = min(room, len(data)) // len(data) * len(data) if whole else room
            if room <= 0:
                self.send(Type.PING, 0, b"quiet?..")
                if all(frame.kind == Type.PING for frame in self.drain(0.4)):
                    return
                continue
            self.send(Type.DATA, call, flow[sent:sent + room])
            sent += room
            self.spent += room

    spent = 0


# --- echo: calls ----------------------------------------------------------------------------------


@case("echo")
def unary(server):
    person = server.message("test.v1.Record.Person", name="名", birth_day=19_700_101, head=True)
    record = server.record(id="r1", version=7, people=[person, person], causes=[1, 2], note="n")
    with server.client() as client:
        equal(server.get(client, record), record, "the answer")


@case("echo")
def empty_messages(server):
    with server.client() as client:
        answer = client.unary(ECHO + "Get", server.record(), server.record_type(), timeout=10)
        equal(answer, server.record(), "the answer")
        node = server.schema.message("test.v1.Node")
        equal(list(client.server_stream(ECHO + "List", node(), node, timeout=10)), [], "responses")


@case("echo")
def client_stream(server):
    point = server.schema.message("test.v1.Point")
    with server.client() as client:
        points = (point(x=i, y=-i) for i in range(2_000))
        total = client.client_stream(ECHO + "Sum", points, point, timeout=20)
        equal((total.x, total.y), (1_999_000, -1_999_000), "the sum")


@case("echo")
def server_stream(server):
    node = server.schema.message("test.v1.Node")
    root = node(children=[node(label=f"{i}") for i in range(3_000)])
    with server.client() as client:
        labels = [n.label for n in client.server_stream(ECHO + "List", root, node, timeout=20)]
        equal(labels, [f"{i}" for i in range(3_000)], "the labels")


@case("echo")
def bidirectional(server):
    scalars = server.schema.message("test.v1.Scalars")
    with server.client() as client:
        with client.bidi(ECHO + "Chat", scalars, timeout=20) as call:
            for i in range(200):
                call.send(scalars(int32_value=i))
                equal(call.receive().int32_value, i, "the answer")
            call.end()
            equal(call.receive(), None, "after the last")


@case("echo")
def big_messages(server):
    with server.client() as client:
        server.get(client)
        limit = min(client.connection().peer.message_bytes, 4_194_304)
        for size in (65_531, 262_139, 262_140, 1_048_571, 3_000_000, limit):
            record = server.record(note="x" * (size - 10))
            record.note += "x" * (size - record.ByteSize())
            equal(record.ByteSize(), size, "the size")
            check(server.get(client, record) == record, f"an answer of {size} bytes is another")


@case("echo")
def big_messages_in_small_windows(server):
    limits = Limits(call_credit=65_536, connection_credit=131_072)
    scalars = server.schema.message("test.v1.Scalars")
    with server.client(limits) as client:
        calls = [client.bidi(ECHO + "Chat", scalars, timeout=40) for _ in range(3)]
        message = scalars(bytes_value=b"y" * 500_000)

        def feed(call):
            for _ in range(4):
                call.send(message)
            call.end()

        threads = [threading.Thread(target=feed, args=[call], daemon=True) for call in calls]
        for thread in threads:
            thread.start()
        for _ in range(4):
            for call in calls:
                check(call.receive() == message, "another message came back")
        for call in calls:
            equal(call.receive(), None, "after the last")


@case("echo")
def many_calls_at_once(server):
    scalars = server.schema.message("test.v1.Scalars")
    with server.client() as client:
        server.get(client)
        count = min(100, client.connection().peer.concurrent_calls)
        calls = [client.bidi(ECHO + "Chat", scalars, timeout=30) for _ in range(count)]
        for turn in range(3):
            for i, call in enumerate(calls):
                call.send(scalars(int32_value=turn * 1000 + i), end=turn == 2)
            for i, call in reversed(list(enumerate(calls))):
                equal(call.receive().int32_value, turn * 1000 + i, "the answer")
        equal([call.receive() for call in calls], [None] * count, "the ends")


@case("echo")
def a_reader_that_waits_stops_no_other(server):
    node = server.schema.message("test.v1.Node")
    root = node(children=[node(label="z" * 50_000) for _ in range(20)])
    with server.client() as client:
        slow = client.server_stream(ECHO + "List", root, node, timeout=30)
        for _ in range(50):
            server.get(client)
        equal(len(list(slow)), 20, "the slow call's responses")


@case("echo")
def metadata(server):
    sent = [("head-a", "1"), ("head-bytes-bin", bytes(range(256))), ("head-a", "2 ~"),
            ("trail-b", ""), ("trail-b", "x"), ("head-c.d_e-9", "3")]
    with server.client() as client:
        call = client.call(ECHO + "Get", server.record_type(), 10, metadata=sent)
        call.send(server.record(id="m"), end=True)
        call.one()
        as_bytes = [(k, v.encode() if isinstance(v, str) else v) for k, v in sent]
        equal(call.head, [e for e in as_bytes if e[0].startswith("head-")], "response metadata")
        equal(call.trailers, [e for e in as_bytes if e[0].startswith("trail-")], "trailers")


@case("echo")
def failures(server):
    details = bytes(range(256)) * 4
    with server.client() as client:
        for code in (*range(1, 14), 15, 16, 77):
            error = fails(code, server.get, client, metadata=[
                ("fail-code", str(code)), ("fail-text", "it broke"), ("fail-details-bin", details),
                ("trail-x", "y")])
            equal((error.text, error.details), ("it broke", details), "text and details")
            equal(error.processed, Processed.MAY_HAVE_RUN, "processed")
            equal(error.metadata, [("trail-x", b"y")], "trailers")


@case("echo")
def failure_without_reading_the_requests(server):
    scalars = server.schema.message("test.v1.Scalars")
    with server.client() as client:
        call = client.bidi(ECHO + "Chat", scalars, timeout=10, metadata=[("fail-code", "9")])
        while call.send(scalars(bytes_value=b"q" * 100_000)):
            pass
        fails(Code.FAILED_PRECONDITION, call.receive)
        server.get(client)


@case("echo")
def unknown_method(server):
    with server.client() as client:
        for method in ("test.v1.Echo/Nothing", "test.v1.Nobody/Get", "Get", "/", "test.v1.Echo/"):
            error = fails(Code.UNIMPLEMENTED, client.unary, method, server.record(),
                          server.record_type(), timeout=5)
            equal(error.processed, Processed.NOT_STARTED, "processed")
        server.get(client)


@case("echo")
def server_ends_the_call_at_its_deadline(server):
    with server.raw() as raw:
        began = time.monotonic()
        raw.open(1, "Sum", deadline=began + 0.3)
        raw.status(1, Code.DEADLINE_EXCEEDED)
        check(0.25 < time.monotonic() - began < 3, "the deadline was not kept")
        raw.open(3, "Get", deadline=time.monotonic())
        raw.status(3, Code.DEADLINE_EXCEEDED)
        raw.alive(5)


@case("echo")
def client_watches_its_deadline(server):
    point = server.schema.message("test.v1.Point")
    with server.client() as client:
        call = client.call(ECHO + "Sum", point, timeout=0.3)
        fails(Code.DEADLINE_EXCEEDED, call.receive)
        server.get(client)


@case("echo")
def cancellation(server):
    scalars = server.schema.message("test.v1.Scalars")
    with server.client() as client:
        for _ in range(20):
            call = client.bidi(ECHO + "Chat", scalars, timeout=10)
            call.send(scalars(int32_value=1))
            call.receive()
            call.cancel()
            fails(Code.CANCELLED, call.receive)
        server.get(client)


@case("echo")
def nothing_follows_a_reset(server):
    limits = Limits(call_credit=65_536)
    with server.raw(limits) as raw:
        raw.stall(1)
        raw.send(Type.RESET, 1, raw.schema.message("rpc.v1.Reset")(code=1).SerializeToString())
        raw.send(Type.CREDIT, 1, struct.pack(">Q", 10_000_000))
        raw.send(Type.PING, 0, b"01234567")
        raw.until(Type.PING)
        late = [frame for frame in raw.drain(0.5) if frame.call == 1]
        check(not late, f"after RESET came {late!r:.100}")
        raw.alive(3)


# --- echo: frames that are in order ---------------------------------------------------------------


@case("echo")
def hello_within_bounds(server):
    with server.raw() as raw:
        check(raw.limits.concurrent_calls >= 8, "too few calls")


@case("echo")
def first_flight_in_one_write(server):
    with server.raw(hello=False) as raw:
        record = server.record(id="first").SerializeToString()
        raw.send_bytes(encode(Type.HELLO, 0, hello_payload(server.schema, Limits()))
                       + encode(Type.OPEN, 1, open_payload(server.schema, ECHO + "Get"))
                       + encode(Type.DATA, 1, PREFIX.pack(0, len(record)) + record, END))
        raw.learn()
        equal(raw.until(Type.DATA, 1).payload[5:], record, "the answer")
        equal(raw.until(Type.STATUS, 1).payload, b"", "an OK status")


@case("echo")
def ping_is_answered(server):
    with server.raw() as raw:
        raw.send(Type.PING, 0, b"\x00\xff345678")
        frame = raw.until(Type.PING)
        equal((frame.payload, frame.flags & ACK), (b"\x00\xff345678", ACK), "the answer")
        raw.send(Type.PING, 0, b"nobody's", ACK)
        raw.alive(1)


@case("echo")
def what_is_unknown_is_skipped(server):
    with server.raw(hello=False) as raw:
        extra = b"\xaa\x06\x01x\xb0\x06\x07"  # fields 101 (bytes) and 102 (number)
        raw.send(Type.HELLO, 0, hello_payload(server.schema, Limits()) + extra, flags=0xFE)
        raw.learn()
        for kind in (0x80, 0xFF):
            raw.send(kind, 0, b"whatever")
            raw.send(kind, 99, b"")
        opened = open_payload(server.schema, ECHO + "Get")
        raw.send(Type.OPEN, 1, opened + extra + b"\x2a\x04gzip", flags=0xFF)
        record = server.record(id="1").SerializeToString()
        raw.send(Type.DATA, 1, PREFIX.pack(0, len(record)) + record, 0xFF)
        equal(raw.until(Type.DATA, 1).payload[5:], record, "the answer")
        raw.status(1, Code.OK)
        raw.alive(3)


@case("echo")
def frame_borders_mean_nothing(server):
    with server.raw() as raw:
        point = server.schema.message("test.v1.Point")
        data = b"".join(PREFIX.pack(0, len(m)) + m for m in
                        (point(x=i, y=1).SerializeToString() for i in range(1, 6)))
        raw.open(1, "Sum")
        for byte in data[:20]:
            raw.send(Type.DATA, 1, bytes([byte]))
        raw.send(Type.DATA, 1, data[20:])
        raw.send(Type.DATA, 1, b"", END)
        total = point.FromString(raw.until(Type.DATA, 1).payload[5:])
        equal((total.x, total.y), (15, 5), "the sum")
        raw.status(1, Code.OK)


@case("echo")
def identifiers_may_leave_gaps(server):
    with server.raw() as raw:
        for call in (5, 7, 1_000_001, MAXIMUM_ID):
            raw.alive(call)


@case("echo")
def server_keeps_to_the_call_credit(server):
    limits = Limits(call_credit=65_536)
    node = server.schema.message("test.v1.Node")
    root = node(children=[node(label="c" * 39_990) for _ in range(4)])
    with server.raw(limits) as raw:
        raw.open(1, "List")
        flow = PREFIX.pack(0, root.ByteSize()) + root.SerializeToString()
        for at in range(0, len(flow), 16_384):
            raw.send(Type.DATA, 1, flow[at:at + 16_384], END if at + 16_384 >= len(flow) else 0)
        raw.settle(65_536, "what the first credit lets through")
        raw.send(Type.CREDIT, 1, struct.pack(">Q", 65_536))
        raw.send(Type.CREDIT, 1, struct.pack(">Q", 10))
        raw.settle(65_536, "after CREDIT that adds nothing")
        raw.send(Type.CREDIT, 1, struct.pack(">Q", 65_537))
        raw.settle(65_537, "after CREDIT of one byte")
        raw.send(Type.CREDIT, 1, struct.pack(">Q", 2**64 - 1))
        raw.status(1, Code.OK)
        sizes = sum(5 + child.ByteSize() for child in root.children)
        equal(raw.received[1], sizes, "all responses")
        raw.alive(3)


@case("echo")
def server_keeps_to_the_connection_credit(server):
    limits = Limits(call_credit=1_000_000, connection_credit=131_072)
    with server.raw(limits) as raw:
        data = server.record(note="d" * 100_000)
        flow = PREFIX.pack(0, data.ByteSize()) + data.SerializeToString()
        for call in (1, 3):
            raw.open(call)
            for at in range(0, len(flow), 16_384):
                raw.send(Type.DATA, call, flow[at:at + 16_384],
                         END if at + 16_384 >= len(flow) else 0)
        raw.settle(131_072, "what the first credit lets through")
        raw.send(Type.CREDIT, 0, struct.pack(">Q", 1_000_000))
        raw.settle(2 * len(flow), "all responses")
        raw.alive(5)


@case("echo")
def server_announces_the_end_of_a_large_message(server):
    with server.raw() as raw:
        raw.open(1, "Sum")
        raw.send(Type.DATA, 1, PREFIX.pack(0, 3_000_000))
        stop = time.monotonic() + 5
        while raw.credit.get(1, 0) < 3_000_005 and time.monotonic() < stop:
            raw.frame()
        equal(raw.credit.get(1), 3_000_005, "the credit announced")


@case("echo")
def late_frames_are_dropped(server):
    with server.raw() as raw:
        raw.open(1)
        raw.data(1, server.record(id="a"), end=True)
        raw.status(1, Code.OK)
        reset = server.message("rpc.v1.Reset", code=1).SerializeToString()
        raw.send(Type.DATA, 1, b"late")
        raw.send(Type.DATA, 1, b"late", END)
        raw.send(Type.CREDIT, 1, struct.pack(">Q", 1 << 40))
        raw.send(Type.RESET, 1, reset)
        raw.send(Type.RESET, 1, b"\xff\xff")
        raw.alive(3)


@case("echo")
def late_data_gives_its_credit_back(server):
    with server.raw() as raw:
        raw.open(1)
        raw.data(1, server.record(id="a"), end=True)
        raw.status(1, Code.OK)
        sent, until = 0, time.monotonic() + 10
        spent = 5 + server.record(id="a").ByteSize()
        while sent < 3 * raw.limits.connection_credit:
            check(time.monotonic() < until, "late bytes were not given back")
            if spent + sent + 16_384 > raw.connection_limit:
                raw.until(Type.CREDIT, 0)
                continue
            raw.send(Type.DATA, 1, bytes(16_384))
            sent += 16_384
        raw.alive(3)


@case("echo")
def calls_over_the_limit(server):
    with server.raw() as raw:
        count = raw.limits.concurrent_calls
        for i in range(count + 3):
            raw.open(1 + 2 * i, "Sum", deadline=time.monotonic() + 20)
        for i in range(count, count + 3):
            raw.status(1 + 2 * i, Code.RESOURCE_EXHAUSTED, Processed.NOT_STARTED)
        for i in range(2):
            raw.send(Type.DATA, 1 + 2 * i, b"", END)
            raw.status(1 + 2 * i, Code.OK)
        raw.alive(2 * count + 101)


@case("echo")
def idempotency_keys_are_accepted(server):
    with server.client() as client:
        for _ in range(2):
            server.get(client, idempotency_key=b"0123456789abcdef")


@case("echo")
def close_notify_is_answered(server):
    with server.raw() as raw:
        raw.alive(1)
        raw.socket.settimeout(5)
        raw.socket.unwrap().close()


@case("echo")
def a_connection_cut_within_a_frame(server):
    with server.raw() as raw:
        raw.open(1, "Sum")
        raw.send_bytes(encode(Type.DATA, 1, bytes(100))[:50])
        raw.socket.shutdown(socket.SHUT_RDWR)
    with server.raw() as raw:
        raw.alive(1)


# --- echo: errors of one call ---------------------------------------------------------------------


@case("echo")
def open_that_cannot_be_read(server):
    good = open_payload(server.schema, ECHO + "Get")
    with server.raw() as raw:
        cases = [b"\xff" * 20, b"\x0a\xff\x01x", good + b"\x10", b""]
        for i, payload in enumerate(cases):
            raw.send(Type.OPEN, 1 + 2 * i, payload)
            raw.status(1 + 2 * i, Code.INVALID_ARGUMENT, Processed.NOT_STARTED)
        raw.alive(101)


def refused_open(server, code, **fields):
    with server.raw() as raw:
        opened = server.message("rpc.v1.Open", method=ECHO + "Get")
        entries = fields.pop("metadata", [])
        for key, value in fields.items():
            setattr(opened, key, value)
        for key, value in entries:
            opened.metadata.add(key=key, value=value)
        raw.send(Type.OPEN, 1, opened.SerializeToString())
        raw.status(1, code, Processed.NOT_STARTED)
        raw.data(1, server.record(id="late"), end=True)
        raw.alive(3)


@case("echo")
def open_with_a_key_of_another_length(server):
    for length in (1, 15, 17):
        refused_open(server, Code.INVALID_ARGUMENT, idempotency_key=bytes(length))


@case("echo")
def open_with_bad_metadata(server):
    for key, value in (("", b"x"), ("Upper", b"x"), ("a b", b"x"), ("naïve", b"x"), ("a", b"\n"),
                       ("a", b"\x7f"), ("a", "é".encode()), ("a-bi", b"\x00")):
        refused_open(server, Code.INVALID_ARGUMENT, metadata=[(key, value)])


@case("echo")
def open_with_too_much_metadata(server):
    with server.raw() as raw:
        limit = raw.limits.metadata_bytes
        raw.open(1, metadata=[("a", b"x" * (limit - 33))], metadata_bytes=limit)
        raw.data(1, server.record(id="a"), end=True)
        raw.status(1, Code.OK)
    refused_open(server, Code.RESOURCE_EXHAUSTED, metadata=[("a", b"x" * (limit - 32))])
    refused_open(server, Code.RESOURCE_EXHAUSTED, metadata=[("a", b"")] * (limit // 33 + 1))


@case("echo")
def open_with_a_long_method(server):
    with server.raw() as raw:
        raw.send(Type.OPEN, 1, server.message("rpc.v1.Open", method="m" * 1_024).SerializeToString())
        raw.status(1, Code.UNIMPLEMENTED, Processed.NOT_STARTED)
        raw.send(Type.OPEN, 3, server.message("rpc.v1.Open", method="m" * 1_025).SerializeToString())
        raw.status(3, Code.RESOURCE_EXHAUSTED, Processed.NOT_STARTED)
        raw.alive(5)


@case("echo")
def open_with_a_method_that_is_not_utf8(server):
    with server.raw() as raw:
        raw.send(Type.OPEN, 1, b"\x0a\x02\xff\xfe")
        raw.status(1, Code.INVALID_ARGUMENT, Processed.NOT_STARTED)
        raw.alive(3)


def refused_data(server, code, payload, flags=0, method="Sum"):
    with server.raw() as raw:
        raw.open(1, method)
        raw.send(Type.DATA, 1, payload, flags)
        raw.status(1, code)
        raw.alive(3)


@case("echo")
def compressed_messages(server):
    refused_data(server, Code.UNIMPLEMENTED, b"\x01\x00\x00\x00\x04")
    refused_data(server, Code.INTERNAL, b"\x02\x00\x00\x00\x04")
    refused_data(server, Code.INTERNAL, b"\xff\x00\x00\x00\x04", method="Get")


def stored(content):
    """A Zstandard frame of one block that holds up to 255 bytes as they are."""
    return (b"\x28\xb5\x2f\xfd\x20" + bytes([len(content)])
            + (len(content) << 3 | 1).to_bytes(3, "little") + content)


@case("echo")
def compressed_requests_where_both_ends_take_them(server):
    record = server.record(id="a" * 100).SerializeToString()
    whole = stored(record)
    with server.raw(hello=False) as raw:
        hello = server.message("rpc.v1.Hello")
        hello.ParseFromString(hello_payload(server.schema, Limits()))
        hello.features = 1
        raw.send(Type.HELLO, 0, hello.SerializeToString())
        said = server.schema.message("rpc.v1.Hello").FromString(raw.frame().payload)
        if not said.features & 1:
            return
        raw.open(1)
        raw.send(Type.DATA, 1, PREFIX.pack(1, len(whole)) + whole, END)
        equal(raw.until(Type.DATA, 1).payload, PREFIX.pack(0, len(record)) + record,
              "the answer, which was not asked to be compressed")
        raw.status(1, Code.OK)
        broken = (b"", whole[:-1], whole + b"\0", whole + whole, b"x" + whole[1:], stored(b"")[:8])
        for call, payload in zip(range(3, 99, 2), broken):
            raw.open(call)
            raw.send(Type.DATA, call, PREFIX.pack(1, len(payload)) + payload, END)
            raw.status(call, Code.INVALID_ARGUMENT)
        raw.alive(99)


@case("echo")
def message_over_the_limit(server):
    for method in ("Sum", "Get", "Chat"):
        refused_data(server, Code.RESOURCE_EXHAUSTED, b"\x00\xff\xff\xff\xff", method=method)
    with server.raw() as raw:
        over = raw.limits.message_bytes + 1
    refused_data(server, Code.RESOURCE_EXHAUSTED, PREFIX.pack(0, over))


@case("echo")
def requests_that_end_within_a_message(server):
    for method in ("Sum", "Get", "List", "Chat"):
        for part in (b"\x00", b"\x00\x00\x00\x00\x04", b"\x00\x00\x00\x00\x04abc"):
            refused_data(server, Code.INVALID_ARGUMENT, part, END, method)


@case("echo")
def unary_without_one_request(server):
    one = PREFIX.pack(0, 0)
    for method in ("Get", "List"):
        for payload in (b"", one + one):
            with server.raw() as raw:
                raw.open(1, method)
                raw.send(Type.DATA, 1, payload, END)
                check(raw.status(1).code != Code.OK, f"{method} took {len(payload) // 5} requests")
                raw.alive(3)


@case("echo")
def a_message_that_cannot_be_read(server):
    with server.raw() as raw:
        for i, message in enumerate((b"\xff\xff\xff", b"\x0a\x02\xff\xfe", b"\x0a\x7fx")):
            raw.open(1 + 2 * i)
            raw.data(1 + 2 * i, message, end=True)
            check(raw.status(1 + 2 * i).code != Code.OK, "a malformed message was taken")
        raw.alive(101)


@case("echo")
def data_after_end(server):
    with server.raw(Limits(call_credit=65_536)) as raw:
        raw.stall(1, whole=True)
        raw.send(Type.DATA, 1, b"", END)
        raw.send(Type.DATA, 1, b"")
        raw.status(1, Code.INTERNAL)
        raw.alive(3)


@case("echo")
def data_beyond_the_call_credit(server):
    with server.raw(Limits(call_credit=65_536)) as raw:
        raw.stall(1)
        raw.send(Type.DATA, 1, b"x")
        raw.status(1, Code.RESOURCE_EXHAUSTED)
        raw.alive(3)


@case("echo")
def reset_that_cannot_be_read(server):
    with server.raw() as raw:
        raw.open(1, "Sum")
        raw.send(Type.RESET, 1, b"\xff\xff")
        raw.alive(3)


# --- echo: what ends the connection ---------------------------------------------------------------


def fatal(server, data, *codes, hello=True):
    """Those bytes, after HELLO and the opening of calls 5 and 9 (5 has ended), must be fatal."""
    with server.raw(hello=hello) as raw:
        if hello:
            raw.open(5)
            raw.data(5, server.record(id="a"), end=True)
            raw.status(5, Code.OK)
            raw.open(9, "Sum")
        raw.send_bytes(data)
        raw.fatal(*codes)


@case("echo")
def fatal_zero_bytes(server):
    for zero in (0x0001, 0x0100, 0xFFFF):
        fatal(server, HEADER.pack(8, Type.PING, 0, zero, 0) + bytes(8))
        fatal(server, HEADER.pack(0, 0x80, 0, zero, 0))


@case("echo")
def fatal_length(server):
    with server.raw() as raw:
        over = raw.limits.frame_bytes + 1
    for length in (over, 0xFFFFFFFF):
        fatal(server, HEADER.pack(length, Type.DATA, 0, 0, 9))
        fatal(server, HEADER.pack(length, 0x90, 0, 0, 0))


@case("echo")
def fatal_unknown_types(server):
    for kind in (0x00, 0x0B, 0x7F):
        fatal(server, encode(kind, 0))
        fatal(server, encode(kind, 9))


@case("echo")
def fatal_before_hello(server):
    for frame in (encode(Type.PING, 0, bytes(8)), encode(Type.CREDIT, 0, bytes(8)),
                  encode(Type.OPEN, 1, open_payload(server.schema, ECHO + "Get"))):
        fatal(server, frame, Code.FAILED_PRECONDITION, hello=False)


@case("echo")
def fatal_second_hello(server):
    hello = encode(Type.HELLO, 0, hello_payload(server.schema, Limits()))
    fatal(server, hello, Code.FAILED_PRECONDITION)


@case("echo")
def fatal_hello_values(server):
    for limits in (Limits(frame_bytes=16_383), Limits(frame_bytes=1_048_577),
                   Limits(message_bytes=65_535), Limits(metadata_bytes=8_191),
                   Limits(call_credit=65_535), Limits(connection_credit=131_071),
                   Limits(keepalive_interval_ms=60_001)):
        hello = encode(Type.HELLO, 0, hello_payload(server.schema, limits))
        fatal(server, hello, Code.FAILED_PRECONDITION, hello=False)
    fatal(server, encode(Type.HELLO), Code.FAILED_PRECONDITION, hello=False)


@case("echo")
def fatal_malformed_hello(server):
    fatal(server, encode(Type.HELLO, 0, b"\xff\xff\xff"), hello=False)
    hello = hello_payload(server.schema, Limits())
    fatal(server, encode(Type.HELLO, 1, hello), hello=False)


@case("echo")
def fatal_call_ids(server):
    opened = open_payload(server.schema, ECHO + "Get")
    for call in (0, 2, 5, 7, 9, 3, 12, MAXIMUM_ID + 2, 0xFFFFFFFF):
        fatal(server, encode(Type.OPEN, call, opened))


@case("echo")
def fatal_frames_of_calls_never_opened(server):
    reset = server.message("rpc.v1.Reset", code=1).SerializeToString()
    for call in (11, 10, MAXIMUM_ID):
        for frame in (encode(Type.DATA, call), encode(Type.RESET, call, reset),
                      encode(Type.CREDIT, call, bytes(8))):
            fatal(server, frame)


@case("echo")
def fatal_ids_that_do_not_fit_the_type(server):
    for frame in (encode(Type.DATA, 0), encode(Type.RESET, 0), encode(Type.PING, 9, bytes(8)),
                  encode(Type.GOAWAY, 9), encode(Type.FATAL, 9)):
        with server.raw() as raw:
            raw.open(9, "Sum")
            raw.send_bytes(frame)
            if frame[4] == Type.FATAL:
                while raw.frame() is not None:  # broken or not, the connection ends
                    pass
            else:
                raw.fatal()


@case("echo")
def fatal_frames_of_servers(server):
    for kind in (Type.HEAD, Type.STATUS):
        fatal(server, encode(kind, 9))
        fatal(server, encode(kind, 5))


@case("echo")
def fatal_ping_and_credit_lengths(server):
    for length in (0, 7, 9, 16):
        fatal(server, encode(Type.PING, 0, bytes(length)))
        fatal(server, encode(Type.PING, 0, bytes(length), ACK))
        fatal(server, encode(Type.CREDIT, 0, bytes(length)))
        fatal(server, encode(Type.CREDIT, 9, bytes(length)))


@case("echo")
def fatal_malformed_goaway(server):
    fatal(server, encode(Type.GOAWAY, 0, b"\xff\xff"))


@case("echo")
def fatal_data_beyond_the_connection_credit(server):
    with server.raw(Limits(call_credit=65_536)) as raw:
        raw.alive(1)
        raw.spent += raw.received[1]  # what alive() sent came back
        call = 3
        while raw.spent < raw.connection_limit:
            check(call < 200, "the connection's credit does not end")
            raw.stall(call)
            call += 2
        raw.send(Type.DATA, 1, b"\x00")  # late, but it counts
        raw.fatal()


@case("echo")
def fatal_control_frames(server):
    opened = open_payload(server.schema, ECHO + "Sum")
    for frame in (encode(Type.PING, 0, bytes(8)), encode(0x81, 0, b"skip"), encode(Type.DATA, 1),
                  encode(Type.CREDIT, 1, struct.pack(">Q", 1))):
        with server.raw() as raw:
            raw.send(Type.OPEN, 1, opened)
            raw.send_bytes(frame * 199)
            raw.alive(3)
        with server.raw() as raw:
            raw.send(Type.OPEN, 1, opened)
            raw.send_bytes(frame * 205)
            raw.fatal(Code.RESOURCE_EXHAUSTED)


@case("echo")
def fatal_rapid_resets(server):
    reset = server.message("rpc.v1.Reset", code=1).SerializeToString()
    opened = open_payload(server.schema, ECHO + "Sum")
    with server.raw() as raw:
        for i in range(500):
            raw.send_bytes(encode(Type.OPEN, 1 + 2 * i, opened)
                           + encode(Type.RESET, 1 + 2 * i, reset))
        raw.fatal(Code.RESOURCE_EXHAUSTED)


@case("echo")
def fatal_from_the_client_is_not_answered(server):
    with server.raw() as raw:
        raw.send(Type.FATAL, 0, server.message("rpc.v1.Fatal", code=13).SerializeToString())
        while (frame := raw.frame()) is not None:
            check(frame.kind != Type.FATAL, "FATAL was answered with FATAL")


@case("echo")
def random_frames(server):
    draw = random.Random(20_190_426)
    payloads = [b"", bytes(8), b"\xff" * 9, PREFIX.pack(0, 3) + b"\x08\x01", b"\x0a\x0c" + b"a" * 11,
                open_payload(server.schema, ECHO + "Chat"), PREFIX.pack(0, 0) * 3]
    for _ in range(60):
        with server.raw() as raw:
            raw.open(1, "Chat")
            for _ in range(40):
                payload = draw.choice(payloads) + draw.randbytes(draw.choice((0, 0, 0, 1, 30)))
                kind = draw.choice((2, 3, 3, 3, 5, 6, 7, 8, 9, 10, 0x80, 0x0B))
                raw.send(kind, draw.choice((0, 1, 1, 3, 5, 7, 9)), payload, draw.randrange(4))
            raw.send(Type.FATAL)
            try:
                while raw.frame() is not None:
                    pass
            except TimeoutError:
                raise AssertionError("the connection did not end") from None
    with server.raw() as raw:
        raw.alive(1)


# --- echo: TLS ------------------------------------------------------------------------------------


def refused(server, context):
    """A handshake that the server must refuse, at the latest in the client's first read."""
    o = server.options
    plain = socket.create_connection((o.host, o.port), 5)
    try:
        tls = context.wrap_socket(plain, suppress_ragged_eofs=False)
        data = tls.recv(100)
    except (ssl.SSLError, ConnectionError):
        return
    finally:
        plain.close()
    raise AssertionError(f"the server let it through, and sent {len(data)} bytes")


def tls_context(server, certificate=True, alpn=(ALPN,)):
    o = server.options
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.load_verify_locations(o.ca)
    if certificate:
        context.load_cert_chain(o.cert, o.key)
    if alpn:
        context.set_alpn_protocols(list(alpn))
    return context


@case("echo")
def tls_protocol_names(server):
    refused(server, tls_context(server, alpn=()))
    refused(server, tls_context(server, alpn=("h3",)))
    refused(server, tls_context(server, alpn=("registry-rpc/2", "http/1.1")))
    with server.dial(alpn=("registry-rpc/2", ALPN)) as tls:
        equal(tls.selected_alpn_protocol(), ALPN, "the protocol chosen")


@case("echo")
def tls_1_2_is_refused(server):
    context = tls_context(server)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    refused(server, context)


@case("echo")
def tls_without_certificate(server):
    refused(server, tls_context(server, certificate=False))


@case("echo")
def tls_gives_no_tickets(server):
    with server.raw() as raw:
        raw.alive(1)
        check(raw.socket.session is None or not raw.socket.session.has_ticket, "a ticket came")


@case("echo")
def client_checks_the_node(server):
    o = server.options
    try:
        connect(o.host, o.port, o.ca, o.cert, o.key, o.node + "x").close()
    except ssl.SSLCertVerificationError:
        return
    raise AssertionError("the client took another node for its own")


# --- registry -------------------------------------------------------------------------------------


def ask(server, method, request, response, **fields):
    with server.client() as client:
        return client.unary(f"registry.v1.{method}",
                            server.message(f"registry.v1.{request}", **fields),
                            server.schema.message(f"registry.v1.{response}"), timeout=10)


@case("registry")
def get_node(server):
    node = ask(server, "NodeService/GetNode", "GetNodeRequest", "Node")
    equal(node.identity, server.options.node, "the identity")
    check("registry.v1.NodeService" in node.services, "it does not name its own service")
    check(abs(node.now / 1e6 - time.time()) < 3600, "its clock is off by more than an hour")
    check(node.started_at <= node.now, "it was started in the future")
    check(node.caller.startswith("registry://"), "it does not name the caller")
    check(node.division.code, "it names no division")
    equal(len(node.journal_root), 32, "the length of the journal's root")


@case("registry")
def list_divisions(server):
    with server.client() as client:
        request = server.message("registry.v1.ListDivisionsRequest", page_size=20)
        codes, pages = [], 0
        while pages < 5:
            page = client.unary("registry.v1.DivisionService/ListDivisions", request,
                                server.schema.message("registry.v1.ListDivisionsResponse"), timeout=10)
            check(len(page.divisions) <= 20, "a page is too long")
            codes += [division.code for division in page.divisions]
            pages, request.page_token = pages + 1, page.next_page_token
            if not page.next_page_token:
                break
        check(codes, "there are no divisions")
        equal(codes, sorted(set(codes)), "the order of the codes")


@case("registry")
def search(server):
    page = ask(server, "HouseholdService/SearchHouseholds", "SearchHouseholdsRequest",
               "SearchHouseholdsResponse", page_size=3)
    check(len(page.households) <= 3, "the page is too long")
    for summary in page.households:
        equal(len(summary.id), 16, "the length of an id")
        household = ask(server, "HouseholdService/GetHousehold", "GetHouseholdRequest", "Household",
                        id=summary.id)
        equal(household.number, summary.number, "the number")


@case("registry")
def household_not_found(server):
    fails(Code.NOT_FOUND, ask, server, "HouseholdService/GetHousehold", "GetHouseholdRequest",
          "Household", id=bytes(16))


@case("registry")
def household_with_a_bad_id_number(server):
    identity = server.message("registry.v1.Identity", name="张三", relation=2, ethnic_group=1,
                              citizen_id="110105194912310021")  # its check digit would be X
    household = server.message("registry.v1.Household",
                               members=[server.message("registry.v1.Member", identity=identity)])
    error = fails(Code.INVALID_ARGUMENT, ask, server, "HouseholdService/CreateHousehold",
                  "CreateHouseholdRequest", "Household", household=household)
    details = server.schema.message("registry.v1.ErrorDetails").FromString(error.details)
    found = [v for v in details.violations if v.field == "members.identity.citizen_id"]
    check(found, f"no violation names the field: {[v.field for v in details.violations]}")
    check(any(v.rule.endswith("check-digit") for v in found),
          f"no rule of check digits: {[v.rule for v in found]}")
    check(all(v.member == 1 and v.message_en and v.message_zh for v in found), "not complete")
    said = error.text + "".join(v.message_en + v.message_zh for v in details.violations)
    check("110105194912310021" not in said and "张三" not in said, "personal data in an error")


@case("registry")
def unknown_registry_method(server):
    error = fails(Code.UNIMPLEMENTED, ask, server, "HouseholdService/Nothing",
                  "GetHouseholdRequest", "Household")
    equal(error.processed, Processed.NOT_STARTED, "processed")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name in ("host", "ca", "cert", "key", "node"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--suite", choices=("echo", "registry"), default="echo")
    parser.add_argument("--case", help="only the cases whose name contains this")
    options = parser.parse_args()
    server, failed = Server(options), 0
    for suite, name, function in CASES:
        if suite != options.suite or (options.case and options.case not in name):
            continue
        try:
            function(server)
            print(f"ok {name}", flush=True)
        except Exception as error:  # every case has its line, whatever it met
            failed += 1
            place = traceback.extract_tb(error.__traceback__)[-1]
            words = f"{type(error).__name__}: " if not isinstance(error, AssertionError) else ""
            at = next((frame.lineno for frame in traceback.extract_tb(error.__traceback__)
                       if frame.name == name), place.lineno)
            print(f"FAIL {name}: {words}{error} (line {at})", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
