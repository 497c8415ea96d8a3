"""A client of the native protocol registry-rpc/1.

Written from proto/PROTOCOL.md and the schemas in proto/ alone, to show that they suffice. It needs
Python 3.11, the `protobuf` package and `protoc`.

    schema = Schema()
    with Client("127.0.0.1", 7443, "ca.crt", "me.crt", "me.key", "registry://421224/node/main",
                schema=schema) as client:
        node = client.unary("registry.v1.NodeService/GetNode",
                            schema.message("registry.v1.GetNodeRequest")(),
                            schema.message("registry.v1.Node"), timeout=5)

A Client may be used from several threads. Each Connection has one thread of its own, the only one
that touches the socket; everything else happens under one lock.
"""

from __future__ import annotations

import collections
import dataclasses
import enum
import pathlib
import random
import re
import select
import socket
import ssl
import struct
import subprocess
import tempfile
import threading
import time

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError

PROTO = pathlib.Path(__file__).resolve().parents[2] / "proto"
ALPN = "registry-rpc/1"
HEADER = struct.Struct(">IBBHI")
PREFIX = struct.Struct(">BI")
END = ACK = 1
HIGHEST_ID = 2_147_483_647
# Bytes that wait for the socket before senders wait, and that go to TLS at once.
OUT_BYTES = 262_144
WRITE_BYTES = 65_536
CONTROL_FRAMES, CONTROL_SECONDS = 200, 30
HELLO_SECONDS = 10
KEEPALIVE_SECONDS, KEEPALIVE_GRACE = 60, 20
ATTEMPTS = 5


class Type(enum.IntEnum):
    """Types of frames."""

    HELLO, OPEN, DATA, HEAD, STATUS, RESET, CREDIT, PING, GOAWAY, FATAL = range(1, 11)


class Code(enum.IntEnum):
    """Status codes that this client names itself; others are passed on as numbers."""

    OK, CANCELLED, UNKNOWN, INVALID_ARGUMENT, DEADLINE_EXCEEDED, NOT_FOUND, ALREADY_EXISTS = range(7)
    PERMISSION_DENIED, RESOURCE_EXHAUSTED, FAILED_PRECONDITION, ABORTED, OUT_OF_RANGE = range(7, 12)
    UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS, UNAUTHENTICATED = range(12, 17)


class Processed(enum.IntEnum):
    """What the side that ended a call knows of its work."""

    MAY_HAVE_RUN, NOT_STARTED, REPLAYED = range(3)


class RPCError(Exception):
    """A call that failed: code, text, details (bytes), processed, metadata, retry delay in s."""

    def __init__(self, code, text="", details=b"", processed=Processed.MAY_HAVE_RUN, metadata=(),
                 retry_delay=0.0, prompt=False):
        self.code = Code(code) if code in Code._value2member_map_ else code
        super().__init__(f"{getattr(self.code, 'name', code)}: {text}")
        self.text, self.details, self.metadata = text, details, list(metadata)
        self.processed, self.retry_delay = processed, retry_delay
        # Never written, or excluded by a GOAWAY: the first retry need not wait.
        self.prompt = prompt


class Fatal(Exception):
    """The peer broke the protocol: the connection ends."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code, self.text = code, text


@dataclasses.dataclass(frozen=True)
class Limits:
    """What a side's HELLO announces, with this client's values."""

    frame_bytes: int = 16_384
    message_bytes: int = 4_194_304
    metadata_bytes: int = 8_192
    concurrent_calls: int = 128
    call_credit: int = 262_144
    connection_credit: int = 1_048_576
    keepalive_interval_ms: int = 10_000
    idle_timeout_ms: int = 0
    software: str = "registry-rpc-python/1"


# What holds until the peer's HELLO is here.
LEAST = Limits(16_384, 65_536, 8_192, 8, 65_536, 131_072, 60_000, 0, "")


class Schema:
    """The messages and services of proto/, from a descriptor set that protoc makes at run time."""

    def __init__(self, folder=PROTO, protoc="protoc"):
        folder = pathlib.Path(folder)
        files = sorted(str(path.relative_to(folder)) for part in ("rpc", "registry", "test")
                       for path in (folder / part).rglob("*.proto"))
        with tempfile.TemporaryDirectory() as scratch:
            out = pathlib.Path(scratch) / "all.binpb"
            subprocess.run([protoc, f"-I{folder}", "--include_imports",
                            f"--descriptor_set_out={out}", *files], check=True)
            parts = descriptor_pb2.FileDescriptorSet.FromString(out.read_bytes())
        self.pool = descriptor_pool.DescriptorPool()
        for part in parts.file:
            self.pool.AddSerializedFile(part.SerializeToString())

    def message(self, name):
        """The class of the message with this full name."""
        return message_factory.GetMessageClass(self.pool.FindMessageTypeByName(name))

    def without_side_effects(self, method):
        """Whether `package.Service/Method` may be repeated; False for methods not known."""
        service, _, name = method.partition("/")
        try:
            found = self.pool.FindServiceByName(service).methods_by_name[name]
        except KeyError:
            return False
        return found.GetOptions().idempotency_level == descriptor_pb2.MethodOptions.NO_SIDE_EFFECTS


def encode(kind, call=0, payload=b"", flags=0):
    """A frame in bytes."""
    return HEADER.pack(len(payload), kind, flags, 0, call) + payload


def hello_payload(schema, limits):
    """The payload of the HELLO that announces these limits."""
    hello = schema.message("rpc.v1.Hello")()
    for field in dataclasses.fields(limits):
        part = hello.limits if field.name in hello.limits.DESCRIPTOR.fields_by_name else hello
        setattr(part, field.name, getattr(limits, field.name))
    return hello.SerializeToString(deterministic=True)


def limits_of(hello):
    """The limits of a server's HELLO; raises Fatal where one is outside its bounds."""
    limits = Limits(*(getattr(hello.limits if hasattr(hello.limits, field.name) else hello,
                              field.name) for field in dataclasses.fields(Limits)))
    for name in ("frame_bytes", "message_bytes", "metadata_bytes", "concurrent_calls",
                 "call_credit", "connection_credit"):
        if getattr(limits, name) < getattr(LEAST, name):
            raise Fatal(Code.FAILED_PRECONDITION, f"{name} of HELLO is too small")
    if limits.frame_bytes > 1_048_576 or limits.keepalive_interval_ms > 60_000:
        raise Fatal(Code.FAILED_PRECONDITION, "a value of HELLO is too large")
    return limits


def open_payload(schema, method, deadline=None, metadata=(), idempotency_key=b"", attempt=1,
                 trace=b"", metadata_bytes=LEAST.metadata_bytes):
    """The payload of an OPEN; raises ValueError for what the server would refuse."""
    opened = schema.message("rpc.v1.Open")(method=method, trace=trace,
                                           idempotency_key=idempotency_key)
    if not 1 <= len(method.encode()) <= 1_024:
        raise ValueError("a method has 1 to 1,024 bytes")
    if len(idempotency_key) not in (0, 16) or len(trace) not in (0, 25):
        raise ValueError("an idempotency key has 16 bytes, a trace 25")
    if deadline is not None:
        opened.time_remaining_us = max(1, int((deadline - time.monotonic()) * 1_000_000))
    if attempt > 1:
        opened.attempt = attempt
    size = 0
    for key, value in metadata:
        value = value.encode("ascii") if isinstance(value, str) else value
        if not re.fullmatch(r"[a-z0-9._-]+", key):
            raise ValueError("a metadata key is made of a-z, 0-9, -, _ and .")
        if not key.endswith("-bin") and not re.fullmatch(rb"[ -~]*", value):
            raise ValueError("a metadata value is printable ASCII")
        opened.metadata.add(key=key, value=value)
        size += 32 + len(key) + len(value)
    if size > metadata_bytes:
        raise ValueError("the metadata is larger than the server accepts")
    return opened.SerializeToString(deterministic=True)


# --- TLS ------------------------------------------------------------------------------------------


def der_values(data):
    """Yields (tag, value) of the DER elements in `data`."""
    at = 0
    while at < len(data):
        tag, size, at = data[at], data[at + 1], at + 2
        if size & 0x80:
            count = size & 0x7F
            size, at = int.from_bytes(data[at:at + count], "big"), at + count
        yield tag, data[at:at + size]
        at += size


def states_server_auth(certificate):
    """Whether the extended key usage of a DER certificate names serverAuth.

    OpenSSL's own check lets certificates through that state no usage at all.
    """
    ((_, whole),) = der_values(certificate)
    body = next(der_values(whole))[1]
    for tag, value in der_values(body):
        if tag == 0xA3:
            for _, extension in der_values(next(der_values(value))[1]):
                parts = [part for _, part in der_values(extension)]
                if parts[0] == b"\x55\x1d\x25":
                    usages = next(der_values(parts[-1]))[1]
                    return b"\x2b\x06\x01\x05\x05\x07\x03\x01" in [u for _, u in der_values(usages)]
    return False


def connect(host, port, ca, cert, key, node_uri, timeout=10.0, alpn=(ALPN,)):
    """A TLS socket to the node with this URI; raises OSError (ssl.SSLError among them)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False  # the node's URI stands in for the host name
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(ca)
    context.load_cert_chain(cert, key)
    if alpn:
        context.set_alpn_protocols(list(alpn))
    plain = socket.create_connection((host, port), timeout)
    try:
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        tls = context.wrap_socket(plain, suppress_ragged_eofs=False)
    except BaseException:
        plain.close()
        raise
    names = [value for kind, value in tls.getpeercert().get("subjectAltName", ()) if kind == "URI"]
    wrong = (f"the server is {names}, not {node_uri}" if names != [node_uri] else
             "the server did not choose the protocol"
             if tls.selected_alpn_protocol() not in alpn else
             "the server's certificate does not state serverAuth"
             if not states_server_auth(tls.getpeercert(True)) else None)
    if wrong:
        tls.close()
        raise ssl.SSLCertVerificationError(wrong)
    return tls


# --- Calls ----------------------------------------------------------------------------------------


class Call:
    """One call. Iterating gives the responses; an RPCError is raised where they end badly."""

    def __init__(self, connection, call_id, deadline, response_type):
        self.connection, self.id, self.deadline = connection, call_id, deadline
        self.response_type = response_type
        self.head, self.trailers = [], []
        self.processed = None
        self.ended, self.error = False, None
        self.messages_taken = 0
        # Requests
        self.sent, self.limit = 0, connection.peer.call_credit
        self.requests_open = True
        # Responses: bytes received, taken by the application, counted for the connection
        self.responses = "waiting"
        self.received = self.taken = self.counted = 0
        self.announced = connection.limits.call_credit
        self.awaited = False
        self.messages, self.partial = collections.deque(), bytearray()

    def send(self, request, end=False):
        """Sends a request, waiting for credit; False when the call ended meanwhile."""
        data = request.SerializeToString()
        with self.connection.lock:
            # Only the server's HELLO can say whether it takes a message of more than the least.
            while (len(data) > self.connection.peer.message_bytes and not self.ended
                   and not self.connection.greeted):
                self.connection.wait()
            if len(data) > self.connection.peer.message_bytes and not self.ended:
                raise ValueError("the message is larger than the server accepts")
        return self._send(PREFIX.pack(0, len(data)) + data, end)

    def end(self):
        """Ends the requests."""
        return self._send(b"", True)

    def _send(self, data, end):
        connection, view = self.connection, memoryview(data)
        with connection.lock:
            if not self.requests_open and not self.ended:
                raise ValueError("the requests have ended")
            while not self.ended and (view or end):
                size = min(len(view), connection.peer.frame_bytes, self.limit - self.sent,
                           connection.limit - connection.sent)
                if (view and size <= 0) or len(connection.out) > OUT_BYTES:
                    connection.wait()
                    continue
                last = end and size == len(view)
                connection.put(Type.DATA, self.id, bytes(view[:size]), END if last else 0)
                self.sent += size
                connection.sent += size
                connection.progress()
                view = view[size:]
                if last:
                    self.requests_open = end = False
            connection.wake()
            return not self.ended

    def receive(self):
        """The next response; None after the last."""
        with self.connection.lock:
            self.awaited = True
            while not self.messages and not self.ended:
                self.connection.give_back(self)
                self.connection.wait()
            self.awaited = False
            if not self.messages:
                if self.error:
                    raise self.error
                return None
            data = self.messages.popleft()
            self.taken += PREFIX.size + len(data)
            self.messages_taken += 1
            self.connection.progress()
            self.connection.give_back(self)
        try:
            return self.response_type.FromString(data) if self.response_type else data
        except DecodeError:
            self.cancel(Code.INTERNAL, "a response could not be read")
            raise self.error or RPCError(Code.INTERNAL, "a response could not be read") from None

    def one(self):
        """The only response of a call that has one."""
        response = self.receive()
        if response is None or self.receive() is not None:
            self.cancel(Code.INTERNAL, "not one response")
            raise RPCError(Code.INTERNAL, "the call was to have one response")
        return response

    def cancel(self, code=Code.CANCELLED, reason=""):
        """Gives the call up."""
        with self.connection.lock:
            self.connection.reset(self, RPCError(code, reason or "cancelled by the caller"))

    def __iter__(self):
        while (response := self.receive()) is not None:
            yield response

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.cancel()

    def message_end(self):
        """Where, counted in bytes of the call, the message ends that the application waits for."""
        length = PREFIX.unpack_from(self.partial)[1] if len(self.partial) >= PREFIX.size else 0
        return self.taken + PREFIX.size + length

    def take_in(self, data, message_bytes):
        """Parses what arrived; raises RPCError for a message that ends the call."""
        self.received += len(data)
        self.partial += data
        while len(self.partial) >= PREFIX.size:
            flag, length = PREFIX.unpack_from(self.partial)
            if flag:
                raise RPCError(Code.UNIMPLEMENTED if flag == 1 else Code.INTERNAL,
                               "a compressed response" if flag == 1 else "a bad message prefix")
            if length > message_bytes:
                raise RPCError(Code.RESOURCE_EXHAUSTED, "a response over the limit")
            end = PREFIX.size + length
            if len(self.partial) < end:
                return
            self.messages.append(bytes(self.partial[PREFIX.size:end]))
            del self.partial[:end]


# --- Connection -----------------------------------------------------------------------------------


class Connection:
    """One connection over a connected socket, TLS or (in tests) plain."""

    def __init__(self, sock, schema, limits=Limits()):
        self.schema, self.limits, self.peer, self.greeted = schema, limits, LEAST, False
        self.lock = threading.Condition()
        self.calls, self.last_id = {}, -1
        self.sent, self.limit = 0, LEAST.connection_credit
        self.received = self.taken = 0
        self.announced = limits.connection_credit
        # The call that was given credit for a message larger than its window: one at a time.
        self.oversize = None
        # Highest call the peer takes, once it said GOAWAY.
        self.highest = None
        self.closed, self.closing, self.failure = False, False, None
        self.late_frames = 0
        self.out, self.queued, self.attempted = bytearray(), 0, 0
        self._input = bytearray()
        self._controls, self._controls_since = 0, time.monotonic()
        self._last_read = self._started = time.monotonic()
        self._pinged = None
        self._socket = sock
        self._wake_in, self._wake_out = socket.socketpair()
        self._wake_out.setblocking(False)
        sock.setblocking(False)
        self._hello = schema.message("rpc.v1.Hello")
        self.put(Type.HELLO, 0, hello_payload(schema, limits))
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    # What calls use; all with the lock held.

    def put(self, kind, call=0, payload=b"", flags=0):
        """Queues a frame; wake() has it written."""
        self.out += encode(kind, call, payload, flags)
        self.queued += HEADER.size + len(payload)

    def wake(self):
        """Has the connection's thread look at what was queued."""
        try:
            self._wake_out.send(b"w")
        except OSError:
            pass  # full: it wakes anyhow; closed: nobody to wake

    def wait(self):
        """Waits until something changes."""
        self.wake()
        self.lock.wait(1.0)

    def usable(self):
        """Whether calls can be opened."""
        return (not self.closed and not self.closing and self.highest is None
                and self.last_id + 2 <= HIGHEST_ID)

    def open(self, method, deadline=None, response_type=None, **values):
        """Opens a call, waiting while the peer's limit of calls is reached."""
        with self.lock:
            while self.usable() and len(self.calls) >= self.peer.concurrent_calls:
                if deadline is not None and time.monotonic() >= deadline:
                    raise RPCError(Code.DEADLINE_EXCEEDED, "no room for the call in time",
                                   processed=Processed.NOT_STARTED)
                self.wait()
            if not self.usable():
                raise RPCError(Code.UNAVAILABLE, "the connection takes no calls",
                               processed=Processed.NOT_STARTED, prompt=True)
            payload = open_payload(self.schema, method, deadline,
                                   metadata_bytes=min(self.peer.metadata_bytes,
                                                      self.peer.frame_bytes - 8_192), **values)
            self.last_id += 2
            call = self.calls[self.last_id] = Call(self, self.last_id, deadline, response_type)
            call.open_at = self.queued
            self.put(Type.OPEN, call.id, payload)
            return call

    def give_back(self, call):
        """Announces the credit that the call and the connection are due."""
        window = self.limits.call_credit
        waiting = call.awaited and not call.messages and not call.ended
        if self.oversize is call and (call.ended or call.taken >= self.oversize_end):
            self.oversize = None
            self.lock.notify_all()
        if not call.ended and call.responses != "closed":
            goal, short = call.taken + window, waiting and call.message_end() > call.announced
            if short and call.message_end() > goal and self.oversize in (None, call):
                self.oversize, self.oversize_end = call, call.message_end()
                goal = call.message_end()
            if goal > call.announced and (short or goal - call.announced >= window // 2):
                call.announced = goal
                self.put(Type.CREDIT, call.id, struct.pack(">Q", goal))
        counted = (call.received if call.ended else
                   min(call.received, call.message_end()) if waiting else call.taken)
        self.taken += max(0, counted - call.counted)
        call.counted = max(call.counted, counted)
        window = self.limits.connection_credit
        goal = self.taken + window
        # Calls that nobody reads may hold the whole window: what is waited for must come all the same.
        need = call.message_end() - call.received if waiting else 0
        need = min(need, call.announced - call.received)
        short = self.announced - self.received < need
        if short:
            goal = max(goal, self.received + max(need, 16_384))
        if goal - self.announced >= window // 2 or (short and goal > self.announced):
            self.announced = goal
            self.put(Type.CREDIT, 0, struct.pack(">Q", goal))
        self.wake()

    def reset(self, call, error):
        """Ends a live call from this side."""
        if not call.ended:
            reset = self.schema.message("rpc.v1.Reset")(code=error.code, reason=error.text[:256])
            self.put(Type.RESET, call.id, reset.SerializeToString())
            call.messages.clear()
            self._finish(call, error)

    def close(self):
        """Writes what is queued, then closes with close_notify."""
        with self.lock:
            self.closing = True
            for call in list(self.calls.values()):
                self.reset(call, RPCError(Code.CANCELLED, "the client was closed"))
            self.wake()
        if threading.current_thread() is not self._thread:
            self._thread.join(15)

    def _finish(self, call, error=None):
        call.ended, call.error, call.responses = True, error, "closed"
        call.requests_open = False
        self.calls.pop(call.id, None)
        self.give_back(call)
        self.lock.notify_all()

    def _lose(self, failure):
        """Ends every call: the connection is gone."""
        with self.lock:
            self.closed, self.failure = True, failure
            for call in list(self.calls.values()):
                unsent = call.open_at >= self.attempted
                self._finish(call, RPCError(
                    Code.UNAVAILABLE if unsent else failure.code, failure.text, prompt=unsent,
                    processed=Processed.NOT_STARTED if unsent else Processed.MAY_HAVE_RUN))
            self.lock.notify_all()

    # The connection's thread

    def _run(self):
        failure = RPCError(Code.UNAVAILABLE, "the connection is closed")
        try:
            while self._turn():
                pass
        except Fatal as fatal:
            failure = RPCError(Code.UNAVAILABLE, f"the server broke the protocol: {fatal.text}")
            words = self.schema.message("rpc.v1.Fatal")(code=fatal.code, text=fatal.text)
            with self.lock:
                self.put(Type.FATAL, 0, words.SerializeToString())
            self._last_words()
        except RPCError as error:
            failure = error
        except OSError as error:
            failure = RPCError(Code.UNAVAILABLE, f"the connection is lost: {error}")
        finally:
            self._lose(failure)
            self._shut()

    def _last_words(self):
        try:
            self._socket.settimeout(2)
            self._socket.sendall(bytes(self.out))
        except OSError:
            pass  # the peer is gone already

    def _shut(self):
        try:
            self._socket.settimeout(2)
            if isinstance(self._socket, ssl.SSLSocket):
                self._socket.unwrap()
        except (OSError, ValueError):
            pass  # the peer did not wait for our close_notify
        for each in (self._socket, self._wake_in, self._wake_out):
            each.close()

    def _turn(self):
        """Writes, waits, reads once; False when the connection is to close."""
        with self.lock:
            wait = self._watch(time.monotonic())
        blocked = self._write()
        with self.lock:
            done = self.closing or (self.highest is not None and not self.calls)
            if done and not self.out:
                return False
        readers = [self._socket, self._wake_in]
        ready, _, _ = select.select(readers, [self._socket] if blocked else [], [], wait)
        if self._wake_in in ready:
            self._wake_in.recv(4096)
        return self._socket not in ready or self._read()

    def _write(self):
        """Writes what is queued; True when the socket takes no more now."""
        while True:
            with self.lock:
                chunk = bytes(self.out[:WRITE_BYTES])
                if not chunk:
                    return False
                self.attempted = max(self.attempted, self.queued - len(self.out) + len(chunk))
            try:
                count = self._socket.send(chunk)
            except (ssl.SSLWantWriteError, ssl.SSLWantReadError, BlockingIOError):
                return True
            with self.lock:
                del self.out[:count]
                self.lock.notify_all()

    def _read(self):
        while True:
            try:
                data = self._socket.recv(65_536)
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError):
                return True
            if not data:
                return False
            self._last_read, self._pinged = time.monotonic(), None
            self._input += data
            with self.lock:
                self._frames()

    def _watch(self, now):
        """Sees to deadlines and keepalive; gives the seconds until it must look again."""
        until = [now + 1]
        for call in list(self.calls.values()):
            if call.deadline is not None and call.deadline <= now:
                self.reset(call, RPCError(Code.DEADLINE_EXCEEDED, "the deadline has passed"))
            elif call.deadline is not None:
                until.append(call.deadline)
        if not self.greeted and now - self._started > HELLO_SECONDS:
            raise Fatal(Code.FAILED_PRECONDITION, "no HELLO in time")
        interval = max(KEEPALIVE_SECONDS, self.peer.keepalive_interval_ms / 1000)
        if self._pinged and now - self._pinged > KEEPALIVE_GRACE:
            raise RPCError(Code.UNAVAILABLE, "the server does not answer")
        if not self._pinged and now - self._last_read > interval:
            self._pinged = now
            self.put(Type.PING, 0, random.randbytes(8))
        return max(0.0, min(until) - now)

    # Frames from the server, with the lock held

    def _frames(self):
        while len(self._input) >= HEADER.size:
            length, kind, flags, zero, call_id = HEADER.unpack_from(self._input)
            if zero or length > self.limits.frame_bytes:
                raise Fatal(Code.INTERNAL, "a broken header")
            if kind < 0x80 and kind not in Type._value2member_map_:
                raise Fatal(Code.INTERNAL, f"a frame of the unknown type {kind}")
            if len(self._input) < HEADER.size + length:
                return
            payload = bytes(self._input[HEADER.size:HEADER.size + length])
            del self._input[:HEADER.size + length]
            self._frame(kind, flags, call_id, payload)

    def _frame(self, kind, flags, call_id, payload):
        if not self.greeted and kind not in (Type.HELLO, Type.FATAL):
            raise Fatal(Code.FAILED_PRECONDITION, "a frame before HELLO")
        if kind >= 0x80:
            self._control()
            return
        on_connection = kind in (Type.HELLO, Type.PING, Type.GOAWAY, Type.FATAL)
        if on_connection != (call_id == 0) and kind != Type.CREDIT or kind == Type.OPEN:
            raise Fatal(Code.INTERNAL, "a frame that a server may not send")
        if kind == Type.CREDIT and len(payload) != 8:
            raise Fatal(Code.INTERNAL, "CREDIT without 8 bytes")
        if call_id == 0:
            getattr(self, f"_on_{Type(kind).name.lower()}")(flags, payload)
            return
        if call_id % 2 == 0 or call_id > self.last_id:
            raise Fatal(Code.INTERNAL, "a frame of a call that was never opened")
        call = self.calls.get(call_id)
        if kind == Type.DATA:
            self.received += len(payload)
            if self.received > self.announced:
                raise Fatal(Code.RESOURCE_EXHAUSTED, "DATA beyond the connection's credit")
        if call is None:
            self.late_frames += 1
            if kind == Type.DATA:
                self.taken += len(payload)
            return
        try:
            getattr(self, f"_call_{Type(kind).name.lower()}")(call, flags, payload)
        except DecodeError:
            self.reset(call, RPCError(Code.INTERNAL, "a frame that cannot be read"))
        except RPCError as error:
            self.reset(call, error)
        self.lock.notify_all()

    def _control(self):
        now = time.monotonic()
        if now - self._controls_since >= CONTROL_SECONDS:
            self._controls, self._controls_since = 0, now
        self._controls += 1
        if self._controls > CONTROL_FRAMES:
            raise Fatal(Code.RESOURCE_EXHAUSTED, "too many control frames")

    def progress(self):
        """A DATA frame was sent or a message taken: one control frame less counts."""
        self._controls = max(0, self._controls - 1)

    def _on_hello(self, _, payload):
        if self.greeted:
            raise Fatal(Code.FAILED_PRECONDITION, "a second HELLO")
        try:
            self.peer = limits_of(self._hello.FromString(payload))
        except DecodeError:
            raise Fatal(Code.FAILED_PRECONDITION, "a malformed HELLO") from None
        self.greeted = True
        self.limit = self.peer.connection_credit
        for call in self.calls.values():
            call.limit = self.peer.call_credit
        self.lock.notify_all()

    def _on_ping(self, flags, payload):
        if len(payload) != 8:
            raise Fatal(Code.INTERNAL, "PING without 8 bytes")
        if not flags & ACK:
            self._control()
            self.put(Type.PING, 0, payload, ACK)

    def _on_goaway(self, _, payload):
        try:
            goaway = self.schema.message("rpc.v1.GoAway").FromString(payload)
        except DecodeError:
            raise Fatal(Code.INTERNAL, "a malformed GOAWAY") from None
        self.highest = min(goaway.highest_call, HIGHEST_ID if self.highest is None else self.highest)
        for call in list(self.calls.values()):
            if call.id > self.highest:
                self._finish(call, RPCError(Code.UNAVAILABLE, "the server is stopping", prompt=True,
                                            processed=Processed.NOT_STARTED))

    def _on_fatal(self, _, payload):
        try:
            fatal = self.schema.message("rpc.v1.Fatal").FromString(payload)
        except DecodeError:
            raise RPCError(Code.UNAVAILABLE, "the server ended the connection") from None
        raise RPCError(Code.UNAVAILABLE, f"the server ended the connection: {fatal.text}")

    def _on_credit(self, _, payload):
        self._control()
        self.limit = max(self.limit, struct.unpack(">Q", payload)[0])
        self.lock.notify_all()

    def _call_credit(self, call, _, payload):
        self._control()
        call.limit = max(call.limit, struct.unpack(">Q", payload)[0])

    def _call_head(self, call, _, payload):
        if call.responses != "waiting":
            raise RPCError(Code.INTERNAL, "a HEAD out of turn")
        call.responses = "headed"
        head = self.schema.message("rpc.v1.Head").FromString(payload)
        call.head = [(entry.key, entry.value) for entry in head.metadata]

    def _call_data(self, call, flags, payload):
        if call.responses == "closed":
            raise RPCError(Code.INTERNAL, "DATA after END")
        if call.received + len(payload) > call.announced:
            raise RPCError(Code.RESOURCE_EXHAUSTED, "DATA beyond the call's credit")
        if not payload and not flags & END:
            self._control()
        call.responses = "closed" if flags & END else "flowing"
        call.take_in(payload, self.limits.message_bytes)
        self.give_back(call)

    def _call_status(self, call, _, payload):
        status = self.schema.message("rpc.v1.Status").FromString(payload)
        call.trailers = [(entry.key, entry.value) for entry in status.metadata]
        call.processed = (Processed(status.processed) if status.processed in (1, 2)
                          else Processed.MAY_HAVE_RUN)
        error = None
        if status.code:
            error = RPCError(status.code, status.text, status.details, call.processed,
                             call.trailers, status.retry_delay_us / 1_000_000)
        elif call.partial:
            error = RPCError(Code.INTERNAL, "the responses end within a message")
        self._finish(call, error)

    def _call_reset(self, call, _, payload):
        self._control()
        try:
            reset = self.schema.message("rpc.v1.Reset").FromString(payload)
        except DecodeError:
            reset = self.schema.message("rpc.v1.Reset")()
        self._finish(call, RPCError(reset.code or Code.UNKNOWN, reset.reason))


# --- Client ---------------------------------------------------------------------------------------


class Client:
    """Calls to one node: connects when it must and repeats unary calls as the protocol permits."""

    def __init__(self, host=None, port=None, ca=None, cert=None, key=None, node_uri=None, *,
                 schema=None, limits=Limits(), dial=None, sleep=time.sleep):
        self.schema = schema or Schema()
        self._limits, self._sleep = limits, sleep
        self._dial = dial or (lambda: connect(host, port, ca, cert, key, node_uri))
        self._lock, self._connection, self._tokens = threading.Lock(), None, 10.0

    def connection(self):
        """The connection for new calls; raises RPCError when there is none to be had."""
        with self._lock:
            if self._connection is None or not self._connection.usable():
                try:
                    self._connection = Connection(self._dial(), self.schema, self._limits)
                except OSError as error:
                    raise RPCError(Code.UNAVAILABLE, f"no connection: {error}", prompt=True,
                                   processed=Processed.NOT_STARTED) from error
            return self._connection

    def call(self, method, response_type=None, timeout=None, **values):
        """Opens a call of any kind. Values: metadata, idempotency_key, attempt, trace."""
        deadline = None if timeout is None else time.monotonic() + timeout
        return self.connection().open(method, deadline, response_type, **values)

    def unary(self, method, request, response_type, timeout=None, metadata=(), idempotency_key=b""):
        """One request, one response; repeated where that is safe."""
        deadline = None if timeout is None else time.monotonic() + timeout
        for attempt in range(1, ATTEMPTS + 1):
            call = None
            try:
                call = self.connection().open(method, deadline, response_type, metadata=metadata,
                                              idempotency_key=idempotency_key, attempt=attempt)
                call.send(request, end=True)
                response = call.one()
                self._tokens = min(10.0, self._tokens + 0.1)
                return response
            except RPCError as error:
                pause = self._pause(error, method, attempt, idempotency_key)
                late = deadline is not None and time.monotonic() + (pause or 0) >= deadline
                if pause is None or late or (call is not None and call.messages_taken):
                    raise
            self._sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _pause(self, error, method, attempt, idempotency_key):
        """Seconds to wait before the next attempt; None if there must be none."""
        not_started = error.processed == Processed.NOT_STARTED
        if error.code != Code.UNAVAILABLE and not (
                error.code == Code.RESOURCE_EXHAUSTED and not_started):
            return None
        self._tokens = max(0.0, self._tokens - 1)
        if attempt == ATTEMPTS or self._tokens <= 5:
            return None
        if not (not_started or idempotency_key or self.schema.without_side_effects(method)):
            return None
        if error.prompt and attempt == 1:
            return 0.0
        return max(1.6 ** (attempt - 1) * random.uniform(0.8, 1.2), error.retry_delay)

    def server_stream(self, method, request, response_type, timeout=None, **values):
        """One request; iterate the call for the responses."""
        call = self.call(method, response_type, timeout, **values)
        call.send(request, end=True)
        return call

    def client_stream(self, method, requests, response_type, timeout=None, **values):
        """Many requests, one response."""
        call = self.call(method, response_type, timeout, **values)
        for request in requests:
            if not call.send(request):
                break
        if not call.ended:
            call.end()
        return call.one()

    def bidi(self, method, response_type, timeout=None, **values):
        """A call to send() to and receive() from as one likes."""
        return self.call(method, response_type, timeout, **values)

    def close(self):
        """Ends what still runs and closes the connection."""
        with self._lock:
            connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
