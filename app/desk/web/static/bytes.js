// Bytes as every other module here uses them.

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

// utf8 gives a text's bytes.
export const utf8 = (text) => encoder.encode(text);

// textOf reads UTF-8; what is none throws.
export const textOf = (bytes) => decoder.decode(bytes);

export function concat(...parts) {
  let size = 0;
  for (const p of parts) size += p.length;
  const all = new Uint8Array(size);
  let at = 0;
  for (const p of parts) {
    all.set(p, at);
    at += p.length;
  }
  return all;
}

// equal compares without telling by its time where two differ.
export function equal(a, b) {
  if (a.length !== b.length) return false;
  let differ = 0;
  for (let i = 0; i < a.length; i++) differ |= a[i] ^ b[i];
  return differ === 0;
}

export function hex(bytes) {
  let text = '';
  for (const b of bytes) text += b.toString(16).padStart(2, '0');
  return text;
}

// unhex reads lower-case hex of exactly size bytes.
export function unhex(text, size) {
  if (typeof text !== 'string' || text.length !== 2 * size || !/^[0-9a-f]*$/.test(text)) throw new Error('it is not written in hex');
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

// unbase64 reads the standard alphabet with padding (RFC 4648, section 4).
export function unbase64(text) {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

// u32 is a number in four bytes, big endian.
export function u32(n) {
  return Uint8Array.of(n >>> 24, n >>> 16, n >>> 8, n);
}

// framed puts each field behind its length of four bytes, so that no two lists look alike.
export function framed(...fields) {
  return concat(...fields.flatMap((f) => [u32(f.length), f]));
}
