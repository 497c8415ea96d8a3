"""Another reader and writer of the test schema, on `protobuf` from PyPI, for CrossCheckTests.

Takes requests on standard input and answers each on standard output. Everything travels as strings
of bytes with a length of 4 bytes, big-endian, in front.

  parse TYPE BYTES     ok BYTES | refused REASON    what was read, written again
  equal TYPE A B       yes | no                     whether both say the same, unknown fields aside
  draw  TYPE SEED      BYTES                        a random message
"""

import random
import struct
import sys

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.descriptor import FieldDescriptor as Field
from google.protobuf.message import DecodeError

EDGES = {
    Field.CPPTYPE_INT32: [0, 1, -1, 2**31 - 1, -(2**31)],
    Field.CPPTYPE_INT64: [0, 1, -1, 2**63 - 1, -(2**63)],
    Field.CPPTYPE_UINT32: [0, 1, 2**32 - 1],
    Field.CPPTYPE_UINT64: [0, 1, 2**64 - 1],
    Field.CPPTYPE_ENUM: [0, 1, 2, -1, 77, -(2**31)],
    Field.CPPTYPE_BOOL: [False, True],
    Field.CPPTYPE_FLOAT: [0.0, 1.5, -2.25, float("inf")],
    Field.CPPTYPE_DOUBLE: [0.0, 1.5, -2.25, float("-inf"), 5e-324],
}
TEXTS = ["", "a", "扶贫", "x" * 300, "😀\x7f"]


def value(field, draw, depth):
    if field.type == Field.TYPE_STRING:
        return draw.choice(TEXTS)
    if field.type == Field.TYPE_BYTES:
        return bytes(draw.randrange(256) for _ in range(draw.randrange(9)))
    return draw.choice(EDGES[field.cpp_type])


def is_map(field):
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def fill(message, draw, depth=4):
    for field in message.DESCRIPTOR.fields:
        if draw.random() < 0.4 or (field.message_type and depth == 0):
            continue
        count = draw.randrange(1, 5)
        target = getattr(message, field.name)
        if is_map(field):
            key, item = field.message_type.fields
            for _ in range(count):
                if item.message_type:
                    fill(target[value(key, draw, depth)], draw, depth - 1)
                else:
                    target[value(key, draw, depth)] = value(item, draw, depth)
        elif field.is_repeated:
            for _ in range(count):
                if field.message_type:
                    fill(target.add(), draw, depth - 1)
                else:
                    target.append(value(field, draw, depth))
        elif field.message_type:
            target.SetInParent()
            fill(target, draw, depth - 1)
        else:
            setattr(message, field.name, value(field, draw, depth))


def drop_minus_zero(message):
    """protobuf-c leaves out a singular -0.0 as if it were 0: the one value it does not keep."""
    for field, content in message.ListFields():
        floating = field.cpp_type in (Field.CPPTYPE_FLOAT, Field.CPPTYPE_DOUBLE)
        if is_map(field):
            for key in list(content):
                item = field.message_type.fields_by_name["value"]
                if item.message_type:
                    drop_minus_zero(content[key])
                elif item.cpp_type == Field.CPPTYPE_DOUBLE and content[key] == 0:
                    content[key] = 0.0
        elif field.is_repeated:
            if field.message_type:
                for element in content:
                    drop_minus_zero(element)
        elif field.message_type:
            drop_minus_zero(content)
        elif floating and content == 0 and field.containing_oneof is None:
            message.ClearField(field.name)


def canonical(message):
    message.DiscardUnknownFields()
    drop_minus_zero(message)
    return message.SerializeToString(deterministic=True)


def read():
    head = sys.stdin.buffer.read(4)
    if len(head) < 4:
        sys.exit(0)
    return sys.stdin.buffer.read(struct.unpack(">I", head)[0])


def write(*parts):
    for part in parts:
        sys.stdout.buffer.write(struct.pack(">I", len(part)) + part)
    sys.stdout.buffer.flush()


def main(descriptors):
    files = descriptor_pb2.FileDescriptorSet()
    with open(descriptors, "rb") as source:
        files.ParseFromString(source.read())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)

    def parse(name, data):
        kind = message_factory.GetMessageClass(pool.FindMessageTypeByName(name))
        return kind.FromString(data)

    while True:
        command, name = read().decode(), read().decode()
        if command == "parse":
            try:
                write(b"ok", parse(name, read()).SerializeToString(deterministic=True))
            except DecodeError as error:
                write(b"refused", str(error).encode())
        elif command == "equal":
            first, second = parse(name, read()), parse(name, read())
            write(b"yes" if canonical(first) == canonical(second) else b"no")
        elif command == "draw":
            message = parse(name, b"")
            fill(message, random.Random(int(read())))
            write(message.SerializeToString(deterministic=True))
        else:
            sys.exit(f"unknown command {command}")


if __name__ == "__main__":
    main(sys.argv[1])
