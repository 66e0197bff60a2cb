import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode, encode, MalformedFrame } from "../src/realtime/wire.ts";

const text = fc.string({ unit: "binary", maxLength: 60 });
const ref = fc.option(text);
const frame = fc.record({ joinRef: ref, ref, topic: text, event: text, payload: fc.jsonValue() });

/** As supabase-js writes a broadcast in version 2: kind 3, five lengths, encoding 1. */
function push(joinRef: string, ref_: string, topic: string, event: string, payload: unknown): Buffer {
  const parts = [joinRef, ref_, topic, event, ""].map((part) => Buffer.from(part));
  const lengths = parts.map((part) => part.length);
  return Buffer.concat([Buffer.from([3, ...lengths, 1]), ...parts, Buffer.from(JSON.stringify(payload))]);
}

describe("frames", () => {
  test.each(["1.0.0", "2.0.0"] as const)("of version %s come back as they were written", (version) => {
    fc.assert(
      fc.property(frame, (message) => {
        const written = encode(version, { ...message, payload: JSON.stringify(message.payload) });
        const payload = JSON.parse(JSON.stringify(message.payload));
        expect(decode(Buffer.from(written), false)).toEqual({ ...message, payload });
      }),
    );
  });

  test("a client's binary broadcast is read whole", () => {
    const short = fc.string({ unit: "binary", maxLength: 40 });
    fc.assert(
      fc.property(short, short, short, short, fc.jsonValue(), (joinRef, ref_, topic, event, payload) => {
        expect(decode(push(joinRef, ref_, topic, event, payload), true)).toEqual({
          joinRef: joinRef || null,
          ref: ref_ || null,
          topic,
          event: "broadcast",
          payload: { type: "broadcast", event, payload: JSON.parse(JSON.stringify(payload)) },
        });
      }),
    );
  });

  test("any other bytes are refused as malformed, never with another error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (bytes, isBinary) => {
        const data = Buffer.from(isBinary ? [3, ...bytes] : bytes);
        try {
          const message = decode(data, isBinary);
          expect(typeof message.topic).toBe("string");
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedFrame);
        }
      }),
    );
  });

  test.each([
    ["{", false],
    ["null", false],
    ["[]", false],
    ['[null,null,1,"phx_join",{}]', false],
    ['[1,2,"topic","phx_join",{}]', false],
    ['{"topic":"t"}', false],
  ])("%s is refused", (data, isBinary) => {
    expect(() => decode(Buffer.from(data), isBinary)).toThrow(MalformedFrame);
  });

  test("a binary frame that promises more than it has, or bytes instead of JSON, is refused", () => {
    expect(() => decode(Buffer.from([3, 255, 255, 0, 0, 0, 1, 65]), true)).toThrow(MalformedFrame);
    expect(() => decode(Buffer.from([3, 0, 0, 1, 1, 0, 0, 65, 66]), true)).toThrow(MalformedFrame);
  });
});
