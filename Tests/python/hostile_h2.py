"""HTTP/2 that no gRPC client sends: each ends its call or its connection, and the server goes on.

Frames are made with hyperframe and hpack, so that they can be wrong; what is right is made with h2.
"""
import socket
import ssl
import struct
import sys

import h2.config
import h2.connection
import h2.events
from hpack import Decoder, Encoder
from hyperframe.frame import (ContinuationFrame, DataFrame, Frame, GoAwayFrame, HeadersFrame,
                              PingFrame, PriorityFrame, RstStreamFrame, SettingsFrame,
                              WindowUpdateFrame)

from interop_cases import Cases, equal, options, schema

given = options()
pb, _ = schema(given.proto)
case = Cases()
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
METHOD = "/grpc.testing.TestService/"


class Peer:
    """A TLS connection that says whatever it is told."""

    def __init__(self, begin=True):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(given.ca)
        context.load_cert_chain(given.cert, given.key)
        context.set_alpn_protocols(["h2"])
        plain = socket.create_connection(("127.0.0.1", int(given.port)), timeout=10)
        self.tls = context.wrap_socket(plain, server_hostname="127.0.0.1")
        equal(self.tls.selected_alpn_protocol(), "h2", "the protocol chosen")
        self.encoder = Encoder()
        self.decoder = Decoder()
        self.buffer = b""
        if begin:
            self.tls.sendall(PREFACE + SettingsFrame(0).serialize())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tls.close()

    def send(self, *frames):
        for frame in frames:
            self.tls.sendall(frame if isinstance(frame, bytes) else frame.serialize())

    def headers(self, stream, method="EmptyCall", more=(), without=(), end=False, change=None):
        fields = {":method": "POST", ":scheme": "https", ":path": METHOD + method,
                  ":authority": "x", "te": "trailers", "content-type": "application/grpc"}
        fields.update(change or {})
        for name in without:
            del fields[name]
        frame = HeadersFrame(stream, self.encoder.encode(list(fields.items()) + list(more)))
        frame.flags.add("END_HEADERS")
        if end:
            frame.flags.add("END_STREAM")
        return frame

    def frames(self):
        """What comes, until the server closes."""
        while True:
            while len(self.buffer) >= 9:
                frame, length = Frame.parse_frame_header(memoryview(self.buffer[:9]))
                if len(self.buffer) < 9 + length:
                    break
                frame.parse_body(memoryview(self.buffer[9:9 + length]))
                self.buffer = self.buffer[9 + length:]
                if isinstance(frame, HeadersFrame):
                    frame.fields = dict(self.decoder.decode(frame.data))
                yield frame
            try:
                data = self.tls.recv(65536)
            except (ssl.SSLError, ConnectionError):
                return
            if not data:
                return
            self.buffer += data

    def until(self, *kinds):
        for frame in self.frames():
            if isinstance(frame, kinds):
                return frame
        raise AssertionError("the connection ended without " + str([k.__name__ for k in kinds]))

    def ends(self, code=None):
        """The server says goodbye, with a code, and closes."""
        found = None
        for frame in self.frames():
            if type(frame).__name__ == "GoAwayFrame":
                found = frame.error_code
        if code is not None:
            equal(found, code, "the code of GOAWAY")


def message(octets=b"", flag=0):
    return struct.pack("!BI", flag, len(octets)) + octets


def data(stream, octets, end=False):
    frame = DataFrame(stream, octets)
    if end:
        frame.flags.add("END_STREAM")
    return frame


def call(peer, stream, method="EmptyCall"):
    peer.send(peer.headers(stream, method), data(stream, message(), end=True))


def answered(peer, stream, status=None):
    for frame in peer.frames():
        if isinstance(frame, HeadersFrame) and frame.stream_id == stream \
                and "END_STREAM" in frame.flags:
            if status is not None:
                equal(frame.fields.get("grpc-status"), str(status), "the status")
            return
    raise AssertionError("the connection ended")


@case
def plain_calls():
    with Peer() as peer:
        for stream in (1, 3, 5):
            call(peer, stream)
            answered(peer, stream)


@case
def bad_preface():
    with Peer(begin=False) as peer:
        peer.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" + b"x" * 64)
        peer.ends()


@case
def no_settings():
    with Peer(begin=False) as peer:
        peer.send(PREFACE, peer.headers(1))
        peer.ends(1)


@case
def rapid_reset():
    with Peer() as peer:
        try:
            for stream in range(1, 4001, 2):
                peer.send(peer.headers(stream), RstStreamFrame(stream, 8))
        except OSError:
            return
        peer.ends(11)


@case
def ping_flood():
    with Peer() as peer:
        try:
            for number in range(3000):
                peer.send(PingFrame(0, struct.pack("!Q", number)))
        except OSError:
            return
        peer.ends(11)


@case
def pong_flood():
    with Peer() as peer:
        try:
            for number in range(3000):
                peer.send(PingFrame(0, struct.pack("!Q", number), flags=["ACK"]))
        except OSError:
            return
        peer.ends(11)


@case
def goaway_flood():
    with Peer() as peer:
        # Without a call the first ends the connection.
        peer.send(peer.headers(1, "StreamingInputCall"))
        try:
            for _ in range(3000):
                peer.send(GoAwayFrame(0, 0, 0))
        except OSError:
            return
        peer.ends(11)


@case
def unknown_frame_flood():
    with Peer() as peer:
        try:
            for _ in range(3000):
                peer.send(struct.pack("!BHBBL", 0, 5, 0xee, 0xff, 0) + b"abcde")
        except OSError:
            return
        peer.ends(11)


@case
def settings_flood():
    with Peer() as peer:
        try:
            for number in range(3000):
                peer.send(SettingsFrame(0, {4: 65535 + number}))
        except OSError:
            return
        peer.ends(11)


@case
def priority_flood():
    with Peer() as peer:
        try:
            for number in range(3000):
                peer.send(PriorityFrame(1 + 2 * number, depends_on=0, stream_weight=1))
        except OSError:
            return
        peer.ends(11)


@case
def empty_data_flood():
    with Peer() as peer:
        peer.send(peer.headers(1, "StreamingInputCall"))
        try:
            for _ in range(3000):
                peer.send(data(1, b""))
        except OSError:
            return
        peer.ends(11)


@case
def window_update_flood():
    with Peer() as peer:
        try:
            for _ in range(3000):
                peer.send(WindowUpdateFrame(0, 1))
        except OSError:
            return
        peer.ends(11)


@case
def continuation_flood():
    with Peer() as peer:
        first = HeadersFrame(1, peer.encoder.encode([(":method", "POST")]))
        try:
            peer.send(first)
            for number in range(3000):
                peer.send(ContinuationFrame(1, peer.encoder.encode([(f"x-{number}", "y" * 50)])))
        except OSError:
            return
        peer.ends()


@case
def window_overflow():
    with Peer() as peer:
        peer.send(WindowUpdateFrame(0, 0x7fffffff), WindowUpdateFrame(0, 0x7fffffff))
        peer.ends(3)


@case
def zero_window_update():
    with Peer() as peer:
        peer.send(WindowUpdateFrame(0, 1))
        peer.send(struct.pack("!BHBBLL", 0, 4, 8, 0, 0, 0))
        peer.ends(1)


@case
def data_over_the_window():
    with Peer() as peer:
        peer.send(peer.headers(1, "StreamingInputCall"))
        try:
            for _ in range(300):
                peer.send(data(1, b"\0" * 16384))
        except OSError:
            return
        # The stream, or the connection, has no credit left for all of it.
        for frame in peer.frames():
            if isinstance(frame, (RstStreamFrame,)) or type(frame).__name__ == "GoAwayFrame":
                return
            if isinstance(frame, HeadersFrame) and "END_STREAM" in frame.flags:
                return
        raise AssertionError("nobody minded")


@case
def hpack_bomb():
    with Peer() as peer:
        value = "v" * 3000
        peer.encoder.encode([("x-bomb", value)])
        encoder = Encoder()
        first = encoder.encode([("x-bomb", value)])
        reference = encoder.encode([("x-bomb", value)])
        frame = HeadersFrame(1, first + reference * 10000)
        frame.flags.add("END_HEADERS")
        peer.send(frame)
        peer.ends()


@case
def metadata_over_the_limit():
    with Peer() as peer:
        peer.send(peer.headers(1, more=[(f"x-{n}", "y" * 1000) for n in range(12)], end=True))
        frame = peer.until(HeadersFrame)
        assert "END_STREAM" in frame.flags, "no trailers alone"
        call(peer, 3)
        answered(peer, 3)


@case
def malformed_huffman():
    with Peer() as peer:
        frame = HeadersFrame(1, b"\x00\x85\xff\xff\xff\xff\xff\x81\xff")
        frame.flags.add("END_HEADERS")
        peer.send(frame)
        peer.ends(9)


@case
def wrong_content_type():
    with Peer() as peer:
        peer.send(peer.headers(1, change={"content-type": "application/json"}, end=True))
        peer.until(HeadersFrame)
        call(peer, 3)
        answered(peer, 3)


@case
def wrong_method():
    with Peer() as peer:
        peer.send(peer.headers(1, change={":method": "GET"}, end=True))
        peer.until(HeadersFrame)
        call(peer, 3)
        answered(peer, 3)


@case
def missing_path():
    with Peer() as peer:
        peer.send(peer.headers(1, without=[":path"], end=True))
        peer.until(RstStreamFrame)
        call(peer, 3)
        answered(peer, 3)


@case
def upper_case_names():
    with Peer() as peer:
        peer.send(peer.headers(1, more=[("X-Upper", "y")], end=True))
        peer.until(RstStreamFrame)


@case
def malformed_timeout():
    with Peer() as peer:
        for stream, text in ((1, "5"), (3, "5x"), (5, "123456789S"), (7, "-1S")):
            peer.send(peer.headers(stream, more=[("grpc-timeout", text)], end=True))
            answered(peer, stream)


@case
def malformed_binary_metadata():
    with Peer() as peer:
        peer.send(peer.headers(1, more=[("x-bin", "a")], end=True))
        answered(peer, 1)


@case
def half_a_message():
    with Peer() as peer:
        peer.send(peer.headers(1), data(1, b"\0\0\0\0\5ab", end=True))
        answered(peer, 1)
        call(peer, 3)
        answered(peer, 3)


@case
def two_messages_to_a_unary_call():
    with Peer() as peer:
        peer.send(peer.headers(1), data(1, message() + message(), end=True))
        answered(peer, 1)


@case
def no_message_to_a_unary_call():
    with Peer() as peer:
        peer.send(peer.headers(1, end=True))
        answered(peer, 1)


@case
def length_beyond_the_limit():
    with Peer() as peer:
        peer.send(peer.headers(1), data(1, b"\0\xff\xff\xff\xff"))
        answered(peer, 1)
        call(peer, 3)
        answered(peer, 3)


@case
def compressed_without_encoding():
    with Peer() as peer:
        peer.send(peer.headers(1), data(1, message(b"abc", flag=1), end=True))
        answered(peer, 1, status=13)


@case
def spaces_around_metadata():
    with Peer() as peer:
        peer.send(peer.headers(1, more=[("key", " value ")]), data(1, message(), end=True))
        answered(peer, 1, status=0)


@case
def gzip_that_is_none():
    with Peer() as peer:
        peer.send(peer.headers(1, more=[("grpc-encoding", "gzip")]),
                  data(1, message(b"abc" * 10, flag=1), end=True))
        answered(peer, 1)


@case
def gzip_bomb():
    import gzip
    with Peer() as peer:
        # Its window is larger than HTTP/2's own once this is said.
        peer.until(SettingsFrame)
        peer.send(SettingsFrame(0, flags=["ACK"]))
        packed = gzip.compress(b"\0" * (100 << 20))
        peer.send(peer.headers(1, more=[("grpc-encoding", "gzip")]))
        octets = message(packed, flag=1)
        for place in range(0, len(octets), 16384):
            piece = octets[place:place + 16384]
            peer.send(data(1, piece, end=place + 16384 >= len(octets)))
        answered(peer, 1)


@case
def unknown_frames():
    with Peer() as peer:
        peer.send(struct.pack("!BHBBL", 0, 5, 0xee, 0xff, 0) + b"abcde")
        call(peer, 1)
        answered(peer, 1)


@case
def frame_over_the_limit():
    with Peer() as peer:
        peer.send(struct.pack("!BHBBL", 0xff, 0xffff, 0, 0, 1) + b"\0" * 1000)
        peer.ends(6)


@case
def even_stream():
    with Peer() as peer:
        peer.send(peer.headers(2, end=True))
        peer.ends(1)


@case
def data_on_an_idle_stream():
    with Peer() as peer:
        peer.send(data(5, message()))
        peer.ends(1)


@case
def padding():
    with Peer() as peer:
        peer.send(peer.headers(1, "StreamingInputCall"))
        for _ in range(500):
            frame = DataFrame(1, message(), pad_length=255)
            frame.flags.add("PADDED")
            peer.send(frame)
        peer.send(data(1, b"", end=True))
        answered(peer, 1)


@case
def request_trailers():
    with Peer() as peer:
        peer.send(peer.headers(1), data(1, message()))
        trailers = HeadersFrame(1, peer.encoder.encode([("x-trailer", "y")]))
        trailers.flags.add("END_HEADERS")
        trailers.flags.add("END_STREAM")
        peer.send(trailers)
        answered(peer, 1)


@case
def more_calls_than_announced():
    with Peer() as peer:
        for stream in range(1, 401, 2):
            peer.send(peer.headers(stream, "StreamingInputCall"))
        refused = peer.until(RstStreamFrame)
        equal(refused.error_code, 7, "REFUSED_STREAM")


failed = 0
for function in case.all:
    error = None
    try:
        function()
    except Exception as raised:
        error = raised
    failed += case.report(function, error)
sys.exit(1 if failed else 0)
