"""Clients that mean harm, against a server of the protocol: one kind at a time, until a time is over.

    hostile.py KIND HOST PORT CA CERT KEY SECONDS

Kinds: none, resets, pings, bytes, lengths, halves, handshakes, chains. Prints how many blows it struck.
An attacker has a certificate that the server takes, but for `handshakes` and `chains`.
"""
import collections
import selectors
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import time

METHOD = b"registry.v1.HouseholdService/GetHousehold"
CONNECTIONS = 16


def frame(kind, payload=b"", call=0, flags=0):
    return struct.pack("!IBBHI", len(payload), kind, flags, 0, call) + payload


def field(number, payload):
    return bytes([number << 3 | 2, len(payload)]) + payload


# Limits and first credit of a client, as PROTOCOL.md's example has them.
HELLO = frame(1, bytes.fromhex("1a0f0880800110808080021880402080012080801028808040"))
OPEN = field(1, METHOD)


class Attacker:
    def __init__(self, host, port, ca, cert, key):
        self.place = (host, int(port))
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.context.check_hostname = False
        self.context.load_verify_locations(ca)
        self.context.load_cert_chain(cert, key)
        self.context.set_alpn_protocols(["registry-rpc/1"])

    def connect(self):
        plain = socket.create_connection(self.place, timeout=10)
        client = self.context.wrap_socket(plain)
        client.sendall(HELLO)
        return client

    def flood(self, blows, until):
        """Sends what `blows` gives, and begins anew when it is cut off."""
        count = 0
        while time.monotonic() < until:
            try:
                client = self.connect()
                client.settimeout(0.5)
                call = 1
                while time.monotonic() < until:
                    data, struck, call = blows(call)
                    client.sendall(data)
                    count += struck
            except OSError:
                pass
        return count

    def resets(self, until):
        def blows(call):
            data = b"".join(
                frame(2, OPEN, call + 2 * i) + frame(6, b"\x08\x01", call + 2 * i)
                for i in range(50))
            return data, 50, call + 100
        return self.flood(blows, until)

    def pings(self, until):
        return self.flood(lambda call: (frame(8, b"12345678") * 100, 100, call), until)

    def lengths(self, until):
        lie = struct.pack("!IBBHI", 0x7FFFFFFF, 3, 0, 0, 1)
        return self.flood(lambda call: (lie, 1, call), until)

    def bytes(self, until):
        """A call, a byte a second on each of many connections."""
        clients = [self.connect() for _ in range(CONNECTIONS)]
        data = frame(2, OPEN, 1) + frame(3, b"\0" * 5, 1, 1)
        count = 0
        while time.monotonic() < until:
            for client in clients:
                client.sendall(data[count % len(data):][:1])
            count += 1
            time.sleep(1)
        return count * len(clients)

    def halves(self, until):
        """Sockets whose other half is closed after a request, and are left so."""
        count, left = 0, []
        while time.monotonic() < until:
            try:
                client = self.connect()
                client.sendall(frame(2, OPEN, 1) + frame(3, b"\0\0\0\0\0", 1, 1))
                client.shutdown(socket.SHUT_WR)
                left.append(client)
                count += 1
            except OSError:
                pass
            if len(left) > CONNECTIONS:
                left.pop(0).close()
        return count

    def handshakes(self, until):
        """Handshakes that begin and go no further."""
        context = ssl.create_default_context()
        context.set_alpn_protocols(["registry-rpc/1"])
        out = ssl.MemoryBIO()
        machine = context.wrap_bio(ssl.MemoryBIO(), out, server_hostname="x")
        try:
            machine.do_handshake()
        except ssl.SSLWantReadError:
            pass
        hello, count, left = out.read(), 0, collections.deque()
        selector, connecting = selectors.DefaultSelector(), 0
        while time.monotonic() < until:
            # It does not wait for one connection before it asks for the next.
            while connecting < 256:
                plain = socket.socket()
                plain.setblocking(False)
                plain.connect_ex(self.place)
                selector.register(plain, selectors.EVENT_WRITE)
                connecting += 1
            for key, _ in selector.select(0.1):
                plain = key.fileobj
                selector.unregister(plain)
                connecting -= 1
                try:
                    plain.send(hello)
                    left.append(plain)
                    count += 1
                except OSError:
                    plain.close()
            while len(left) > 2_000:
                left.popleft().close()
        return count

    def chains(self, until):
        """A certificate that nobody signed, with a great many names, and itself many times behind."""
        count = 0
        with tempfile.TemporaryDirectory() as folder:
            names = ",".join(f"URI:registry://421224/x/{i}" for i in range(300))
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                 "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{folder}/k", "-out",
                 f"{folder}/c", "-subj", "/CN=x", "-addext", f"subjectAltName={names}"],
                check=True, capture_output=True)
            with open(f"{folder}/c", encoding="ascii") as file:
                one = file.read()
            with open(f"{folder}/chain", "w", encoding="ascii") as file:
                file.write(one * 6)
            self.context.load_cert_chain(f"{folder}/chain", f"{folder}/k")
            while time.monotonic() < until:
                try:
                    self.connect().recv(1)
                except OSError:
                    pass
                count += 1
        return count

    def none(self, until):
        time.sleep(max(0, until - time.monotonic()))
        return 0


def main():
    kind, host, port, ca, cert, key, seconds = sys.argv[1:]
    attacker = Attacker(host, port, ca, cert, key)
    print(kind, getattr(attacker, kind)(time.monotonic() + float(seconds)))


main()
