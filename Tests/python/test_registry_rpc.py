"""Tests of the client against a peer that follows a script, over a plain socket pair."""

import pathlib
import re
import socket
import struct
import threading
import unittest

import registry_rpc as rpc
from registry_rpc import ACK, END, HEADER, PREFIX, Code, Limits, Type, encode

SCHEMA = rpc.Schema()
RECORD = SCHEMA.message("test.v1.Record")
GET = "test.v1.Echo/Get"
SUM = "test.v1.Echo/Sum"


def status(call, code=0, **fields):
    made = SCHEMA.message("rpc.v1.Status")(code=code, **fields)
    return encode(Type.STATUS, call, made.SerializeToString())


def data(call, message, flags=0):
    return encode(Type.DATA, call, PREFIX.pack(0, len(message)) + message, flags)


class Peer:
    """The server's end: reads frames one by one and writes what the script says."""

    def __init__(self, script, limits=Limits()):
        self.ours, theirs = socket.socketpair()
        self.theirs, self.script, self.failure, self.input = theirs, script, None, b""
        self.ours.settimeout(5)
        self.ours.sendall(encode(Type.HELLO, 0, rpc.hello_payload(SCHEMA, limits)))
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        try:
            self.script(self)
        except Exception as error:
            self.failure = error
        self.ours.close()

    def send(self, *frames):
        self.ours.sendall(b"".join(frames))

    def read(self, count):
        while len(self.input) < count:
            more = self.ours.recv(65_536)
            if not more:
                raise EOFError
            self.input += more
        found, self.input = self.input[:count], self.input[count:]
        return found

    def frame(self, *kinds):
        """The next frame of one of these types; others are skipped."""
        while True:
            length, kind, flags, _, call = HEADER.unpack(self.read(12))
            payload = self.read(length)
            if kind in kinds:
                return kind, flags, call, payload


class ClientTests(unittest.TestCase):
    def client(self, *scripts, limits=Limits()):
        """A client whose connections meet these scripts, one each."""
        self.peers, self.pauses, left = [], [], list(scripts)

        def dial():
            if not left:
                raise ConnectionRefusedError("nobody listens")
            self.peers.append(Peer(left.pop(0)))
            return self.peers[-1].theirs

        made = rpc.Client(schema=SCHEMA, limits=limits, dial=dial, sleep=self.pauses.append)
        self.addCleanup(self.finish, made)
        return made

    def finish(self, client):
        client.close()
        for peer in self.peers:
            peer.thread.join(5)
            self.assertIsNone(peer.failure)

    def get(self, client, **values):
        return client.unary(GET, RECORD(id="a"), RECORD, timeout=5, **values)

    def answer(self, peer):
        _, _, call, payload = peer.frame(Type.DATA)
        peer.send(encode(Type.DATA, call, payload), status(call))
        return call

    def failing(self, peer, **fields):
        _, _, call, _ = peer.frame(Type.DATA)
        peer.send(status(call, **fields))

    def test_the_documented_call_in_bytes(self):
        page = (rpc.PROTO / "PROTOCOL.md").read_text()
        blocks = [bytes.fromhex(block) for block in
                  re.findall(r"```client\n(.*?)```", page, re.S)]
        limits = Limits(software="example/1")
        self.assertEqual(encode(Type.HELLO, 0, rpc.hello_payload(SCHEMA, limits)), blocks[0])
        opened = SCHEMA.message("rpc.v1.Open")(method="example.v1.Echo/Say",
                                               time_remaining_us=5_000_000)
        self.assertEqual(encode(Type.OPEN, 1, opened.SerializeToString()), blocks[1])
        self.assertEqual(data(1, bytes.fromhex("0a026869"), END), blocks[2])
        server = [bytes.fromhex(block) for block in
                  re.findall(r"```(?:server|status)\n(.*?)```", page, re.S)]
        hello = SCHEMA.message("rpc.v1.Hello").FromString(server[0][12:])
        self.assertEqual(rpc.limits_of(hello), Limits(idle_timeout_ms=600_000,
                                                      software="example/1"))
        self.assertEqual(data(1, bytes.fromhex("0a026869")) + status(1), server[1])
        self.assertEqual(status(3, 5, text="no such thing"), server[2])

    def test_a_unary_call(self):
        self.assertEqual(self.get(self.client(self.answer)), RECORD(id="a"))

    def test_not_started_is_repeated_after_a_pause(self):
        def script(peer):
            for attempt in (1, 2):
                self.failing(peer, code=14, processed=1, retry_delay_us=9_000_000 * (attempt - 1))
            _, _, _, opened = peer.frame(Type.OPEN)
            self.assertEqual(SCHEMA.message("rpc.v1.Open").FromString(opened).attempt, 3)
            self.answer(peer)
        self.assertEqual(
            self.client(script).unary(SUM, RECORD(id="a"), RECORD), RECORD(id="a"))
        self.assertTrue(0.8 <= self.pauses[0] <= 1.2 and self.pauses[1] == 9.0, self.pauses)

    def test_what_is_not_repeated(self):
        for code, processed, method in ((14, 0, SUM), (5, 1, GET), (8, 0, GET), (1, 1, GET)):
            client = self.client(lambda peer: self.failing(peer, code=code, processed=processed))
            with self.assertRaises(rpc.RPCError) as caught:
                client.unary(method, RECORD(), RECORD)
            self.assertEqual((caught.exception.code, self.pauses), (code, []))

    def test_a_method_without_side_effects_and_a_key_permit_repetition(self):
        for method, key in ((GET, b""), (SUM, bytes(16))):
            client = self.client(lambda peer: peer.frame(Type.DATA), self.answer)
            self.assertEqual(client.unary(method, RECORD(), RECORD, idempotency_key=key), RECORD())
            self.assertEqual(len(self.pauses), 1)

    def test_attempts_are_limited(self):
        def script(peer):
            for _ in range(5):
                self.failing(peer, code=8, processed=1)
        with self.assertRaises(rpc.RPCError):
            self.client(script).unary(SUM, RECORD(), RECORD)
        self.assertEqual(len(self.pauses), 4)

    def test_goaway_excludes_a_call(self):
        def script(peer):
            _, _, call, _ = peer.frame(Type.DATA)
            for highest in (2_147_483_647, call - 2 if call > 1 else 0):
                goaway = SCHEMA.message("rpc.v1.GoAway")(highest_call=highest)
                peer.send(encode(Type.GOAWAY, 0, goaway.SerializeToString()))
        client = self.client(script, self.answer)
        self.assertEqual(client.unary(SUM, RECORD(id="b"), RECORD), RECORD(id="b"))
        self.assertEqual(self.pauses, [0.0])

    def test_credit_is_given_back_when_the_application_takes(self):
        """The example of the page's section on credit."""
        message = b"m" * 40_000
        flow = (PREFIX.pack(0, len(message)) + message) * 2 + PREFIX.pack(0, 200_000)

        def total(peer):
            while True:
                _, _, call, payload = peer.frame(Type.CREDIT)
                if call:
                    return struct.unpack(">Q", payload)[0]

        def script(peer):
            peer.frame(Type.DATA)
            frames = [encode(Type.DATA, 1, flow[at:at + 16_384]) for at in range(0, 65_536, 16_384)]
            peer.send(*frames)
            self.assertEqual(total(peer), 105_541)
            peer.send(encode(Type.DATA, 1, flow[65_536:]))
            self.assertEqual(total(peer), 145_546)
            self.assertEqual(total(peer), 280_015)
            peer.send(*(encode(Type.DATA, 1, bytes(10_000)) for _ in range(20)), status(1))

        client = self.client(script, limits=Limits(call_credit=65_536, connection_credit=131_072))
        call = client.server_stream("test.v1.Echo/List", RECORD(), None)
        self.assertEqual([len(response) for response in call], [40_000, 40_000, 200_000])

    def test_bad_responses_end_one_call(self):
        bad = {
            "head twice": (encode(Type.HEAD, 1) * 2, Code.INTERNAL),
            "head after data": (data(1, b"") + encode(Type.HEAD, 1), Code.INTERNAL),
            "data after end": (encode(Type.DATA, 1, b"", END) + data(1, b""), Code.INTERNAL),
            "compressed": (encode(Type.DATA, 1, b"\x01\0\0\0\0"), Code.UNIMPLEMENTED),
            "too long": (encode(Type.DATA, 1, b"\0\xff\0\0\0"), Code.RESOURCE_EXHAUSTED),
            "incomplete": (encode(Type.DATA, 1, b"\0\0\0\0\1") + status(1), Code.INTERNAL),
            "none": (status(1), Code.INTERNAL),
            "unreadable": (encode(Type.STATUS, 1, b"\xff"), Code.INTERNAL),
        }
        for name, (frames, code) in bad.items():
            with self.subTest(name):
                def script(peer):
                    peer.frame(Type.DATA)
                    peer.send(frames, encode(Type.STATUS, 1), encode(Type.DATA, 1, b"late"))
                    self.answer(peer)
                client = self.client(script)
                with self.assertRaises(rpc.RPCError) as caught:
                    client.unary(SUM, RECORD(), RECORD)
                self.assertEqual(caught.exception.code, code)
                self.assertEqual(self.get(client), RECORD(id="a"))

    def test_broken_connections_are_told_so(self):
        bad = [HEADER.pack(0, 3, 0, 1, 1), HEADER.pack(16_385, 3, 0, 0, 1), encode(0x7F, 0),
               encode(Type.OPEN, 1), encode(Type.DATA, 3), encode(Type.DATA, 0),
               encode(Type.PING, 0, b"short"), encode(Type.CREDIT, 1, b"short"),
               encode(Type.HELLO), encode(Type.GOAWAY, 0, b"\xff"),
               encode(Type.PING, 0, bytes(8)) * 300]
        for frames in bad:
            with self.subTest(frames[:20].hex()):
                def script(peer):
                    peer.frame(Type.DATA)
                    peer.send(frames)
                    peer.frame(Type.FATAL)
                with self.assertRaises(rpc.RPCError) as caught:
                    self.client(script).unary(SUM, RECORD(), RECORD)
                self.assertEqual(caught.exception.code, Code.UNAVAILABLE)
                self.peers[-1].thread.join(5)

    def test_the_deadline_and_cancelling_reset_the_call(self):
        def script(peer):
            for code in (Code.DEADLINE_EXCEEDED, Code.CANCELLED):
                payload = peer.frame(Type.RESET)[3]
                self.assertEqual(SCHEMA.message("rpc.v1.Reset").FromString(payload).code, code)
            self.answer(peer)
        client = self.client(script)
        with self.assertRaises(rpc.RPCError) as caught:
            client.call(SUM, RECORD, timeout=0.05).receive()
        self.assertEqual(caught.exception.code, Code.DEADLINE_EXCEEDED)
        client.call(SUM, RECORD).cancel()
        self.get(client)

    def test_ping_and_unknown_types(self):
        def script(peer):
            _, _, call, payload = peer.frame(Type.DATA)
            peer.send(encode(0x80, 77, b"?"), encode(Type.PING, 0, b"12345678"))
            self.assertEqual(peer.frame(Type.PING), (Type.PING, ACK, 0, b"12345678"))
            peer.send(encode(Type.DATA, call, payload), status(call))
        self.get(self.client(script))


if __name__ == "__main__":
    unittest.main()
