// Fields at the front of a message, and the ways in which they are written.
// What breaks a limit throws a FormatError.

import { concat, textOf, u32, utf8 } from './bytes.js';

// FormatError: it is not a message of a session.
export class FormatError extends Error {}

export function require(ok, what) {
  if (!ok) throw new FormatError(what);
}

// Reader takes fields off the front of bytes, and never reads behind their end.
export class Reader {
  constructor(bytes) {
    this.rest = bytes;
  }

  take(size) {
    require(size <= this.rest.length, 'a message ends too early');
    const taken = this.rest.subarray(0, size);
    this.rest = this.rest.subarray(size);
    return taken;
  }

  number(size) {
    let n = 0;
    for (const b of this.take(size)) n = n * 256 + b;
    return n;
  }
}

// A field has read(reader) and write(value), which gives bytes.
const number = (size, least, most) => ({
  read(r) {
    const n = r.number(size);
    require(n >= least && n <= most, `the number ${n}`);
    return n;
  },
  write(n) {
    require(Number.isInteger(n) && n >= least && n <= most, `the number ${n}`);
    return u32(n).subarray(4 - size);
  },
});

export const byte = (least = 0, most = 255) => number(1, least, most);
export const short = (least = 0, most = 65535) => number(2, least, most);
export const long = (least = 0, most = 2 ** 32 - 1) => number(4, least, most);

// wide is eight bytes, as a number that is exact or, with big, as a BigInt.
export const wide = (big = false) => ({
  read(r) {
    const b = r.take(8);
    const n = new DataView(b.buffer, b.byteOffset, 8).getBigUint64(0);
    if (big) return n;
    require(n <= BigInt(Number.MAX_SAFE_INTEGER), `the number ${n}`);
    return Number(n);
  },
  write(n) {
    require(typeof n === 'bigint' || (Number.isSafeInteger(n) && n >= 0), `the number ${n}`);
    const b = new Uint8Array(8);
    new DataView(b.buffer).setBigUint64(0, BigInt(n));
    return b;
  },
});

// signed is one byte with a sign.
export const signed = (limit) => ({
  read(r) {
    const n = (r.number(1) << 24) >> 24;
    require(Math.abs(n) <= limit, `the number ${n}`);
    return n;
  },
  write(n) {
    require(Number.isInteger(n) && Math.abs(n) <= limit, `the number ${n}`);
    return Uint8Array.of(n & 255);
  },
});

export const flag = {
  read: (r) => byte(0, 1).read(r) === 1,
  write: (on) => Uint8Array.of(on ? 1 : 0),
};

export const fixed = (size) => ({
  read: (r) => r.take(size),
  write(b) {
    require(b.length === size, `${b.length} bytes for ${size}`);
    return b;
  },
});

function limited(b, least, most) {
  require(b.length >= least && b.length <= most, `${b.length} bytes`);
  return b;
}

// bytes stand behind their length of two bytes, rest goes up to the end.
export const bytes = (most) => ({
  read(r) {
    const size = r.number(2);
    require(size <= most, `${size} bytes`);
    return r.take(size);
  },
  write: (b) => concat(u32(limited(b, 0, most).length).subarray(2), b),
});

export const rest = (least, most) => ({
  read: (r) => limited(r.take(r.rest.length), least, most),
  write: (b) => limited(b, least, most),
});

// text is another field's bytes as text that holds to a rule.
export const text = (field, holds = () => true) => ({
  read(r) {
    let value;
    try {
      value = textOf(field.read(r));
    } catch (e) {
      throw e instanceof FormatError ? e : new FormatError('a text is not UTF-8');
    }
    require(holds(value), 'a text');
    return value;
  },
  write(value) {
    require(value.isWellFormed() && holds(value), 'a text');
    return field.write(utf8(value));
  },
});
