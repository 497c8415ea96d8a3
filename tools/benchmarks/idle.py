#!/usr/bin/env python3
"""Opens many idle connections to a server and prints what memory each costs it.

    idle.py HOST PORT CA PID COUNT CERT KEY [CERT KEY ...]

Connections are shared out among the identities. Each is through its handshake and has sent and
received HELLO. Memory is the growth of the server's resident set.
"""

import socket
import ssl
import struct
import sys
import time


def resident(pid):
    with open(f"/proc/{pid}/status") as status:
        for line in status:
            if line.startswith("VmRSS"):
                return int(line.split()[1])
    raise SystemExit("no VmRSS")


def connect(host, port, ca, cert, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.load_verify_locations(ca)
    context.load_cert_chain(cert, key)
    context.set_alpn_protocols(["registry-rpc/1"])
    link = context.wrap_socket(socket.create_connection((host, port)))
    # HELLO with the default limits and credits (PROTOCOL.md, A whole call in bytes).
    hello = bytes.fromhex(
        "1a0f088080011080808002188040208001" "2080801028808040" "30904e" "42066964" "6c652f31")
    link.sendall(struct.pack(">IBBHI", len(hello), 1, 0, 0, 0) + hello)
    need = 12
    data = b""
    while len(data) < need:
        part = link.recv(4096)
        if not part:
            raise SystemExit("the server closed a connection")
        data += part
    return link


def main():
    host, port, ca, pid, count = sys.argv[1:6]
    files = sys.argv[6:]
    identities = list(zip(files[::2], files[1::2]))
    warm = [connect(host, int(port), ca, *identities[0]) for _ in range(10)]
    time.sleep(1)
    before = resident(pid)
    links = [connect(host, int(port), ca, *identities[i % len(identities)])
             for i in range(int(count))]
    time.sleep(2)
    after = resident(pid)
    print(f"{len(links)} connections {(after - before) / len(links):.1f} KiB each")
    for link in warm + links:
        link.close()


if __name__ == "__main__":
    main()
