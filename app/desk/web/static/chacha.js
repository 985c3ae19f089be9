// ChaCha20-Poly1305 (RFC 8439) on typed arrays, several tens of megabytes a second.

import { equal } from './bytes.js';

export const OVERHEAD = 16; // bytes that a sealed message is longer

if (new Uint8Array(Uint32Array.of(1).buffer)[0] !== 1) throw new Error('this machine counts bytes the other way round');

const CONSTANTS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];

// Cipher is one key. Both of its methods take a nonce of 12 bytes.
export class Cipher {
  constructor(key) {
    if (key.length !== 32) throw new Error('a key has 32 bytes');
    this.state = new Uint32Array(16);
    this.state.set(CONSTANTS);
    this.state.set(new Uint32Array(key.slice().buffer), 4);
    this.block = new Uint32Array(16);
  }

  // seal gives the ciphertext with its tag behind it.
  seal(nonce, message, extra = EMPTY) {
    const sealed = new Uint8Array(message.length + OVERHEAD);
    sealed.set(this.crypt(nonce, message));
    sealed.set(this.tag(nonce, sealed.subarray(0, message.length), extra), message.length);
    return sealed;
  }

  // open gives the message, or null when it was not sealed so.
  open(nonce, sealed, extra = EMPTY) {
    if (sealed.length < OVERHEAD) return null;
    const text = sealed.subarray(0, sealed.length - OVERHEAD);
    if (!equal(this.tag(nonce, text, extra), sealed.subarray(text.length))) return null;
    return this.crypt(nonce, text);
  }

  begin(nonce, count) {
    const n = new Uint32Array(nonce.slice().buffer);
    this.state[12] = count;
    this.state.set(n, 13);
  }

  // crypt gives the bytes with the key stream from block 1 on over them.
  crypt(nonce, bytes) {
    this.begin(nonce, 1);
    const whole = new Uint8Array((bytes.length + 63) & ~63);
    whole.set(bytes);
    const words = new Uint32Array(whole.buffer);
    const { state, block } = this;
    for (let at = 0; at < words.length; at += 16, state[12]++) {
      stream(state, block);
      for (let i = 0; i < 16; i++) words[at + i] ^= block[i];
    }
    return whole.subarray(0, bytes.length);
  }

  // tag is Poly1305 of the text as section 2.8 puts it together.
  tag(nonce, text, extra) {
    this.begin(nonce, 0);
    stream(this.state, this.block);
    const mac = new Poly1305(new Uint8Array(this.block.buffer, 0, 32));
    mac.padded(extra);
    mac.padded(text);
    const lengths = new Uint32Array(4);
    lengths[0] = extra.length;
    lengths[2] = text.length;
    mac.padded(new Uint8Array(lengths.buffer));
    return mac.finish();
  }
}

const EMPTY = new Uint8Array(0);

// stream is the block function (section 2.3).
function stream(state, out) {
  let x0 = state[0] | 0, x1 = state[1] | 0, x2 = state[2] | 0, x3 = state[3] | 0;
  let x4 = state[4] | 0, x5 = state[5] | 0, x6 = state[6] | 0, x7 = state[7] | 0;
  let x8 = state[8] | 0, x9 = state[9] | 0, xa = state[10] | 0, xb = state[11] | 0;
  let xc = state[12] | 0, xd = state[13] | 0, xe = state[14] | 0, xf = state[15] | 0;
  for (let round = 0; round < 10; round++) {
    x0 = (x0 + x4) | 0; xc ^= x0; xc = (xc << 16) | (xc >>> 16);
    x8 = (x8 + xc) | 0; x4 ^= x8; x4 = (x4 << 12) | (x4 >>> 20);
    x0 = (x0 + x4) | 0; xc ^= x0; xc = (xc << 8) | (xc >>> 24);
    x8 = (x8 + xc) | 0; x4 ^= x8; x4 = (x4 << 7) | (x4 >>> 25);

    x1 = (x1 + x5) | 0; xd ^= x1; xd = (xd << 16) | (xd >>> 16);
    x9 = (x9 + xd) | 0; x5 ^= x9; x5 = (x5 << 12) | (x5 >>> 20);
    x1 = (x1 + x5) | 0; xd ^= x1; xd = (xd << 8) | (xd >>> 24);
    x9 = (x9 + xd) | 0; x5 ^= x9; x5 = (x5 << 7) | (x5 >>> 25);

    x2 = (x2 + x6) | 0; xe ^= x2; xe = (xe << 16) | (xe >>> 16);
    xa = (xa + xe) | 0; x6 ^= xa; x6 = (x6 << 12) | (x6 >>> 20);
    x2 = (x2 + x6) | 0; xe ^= x2; xe = (xe << 8) | (xe >>> 24);
    xa = (xa + xe) | 0; x6 ^= xa; x6 = (x6 << 7) | (x6 >>> 25);

    x3 = (x3 + x7) | 0; xf ^= x3; xf = (xf << 16) | (xf >>> 16);
    xb = (xb + xf) | 0; x7 ^= xb; x7 = (x7 << 12) | (x7 >>> 20);
    x3 = (x3 + x7) | 0; xf ^= x3; xf = (xf << 8) | (xf >>> 24);
    xb = (xb + xf) | 0; x7 ^= xb; x7 = (x7 << 7) | (x7 >>> 25);

    x0 = (x0 + x5) | 0; xf ^= x0; xf = (xf << 16) | (xf >>> 16);
    xa = (xa + xf) | 0; x5 ^= xa; x5 = (x5 << 12) | (x5 >>> 20);
    x0 = (x0 + x5) | 0; xf ^= x0; xf = (xf << 8) | (xf >>> 24);
    xa = (xa + xf) | 0; x5 ^= xa; x5 = (x5 << 7) | (x5 >>> 25);

    x1 = (x1 + x6) | 0; xc ^= x1; xc = (xc << 16) | (xc >>> 16);
    xb = (xb + xc) | 0; x6 ^= xb; x6 = (x6 << 12) | (x6 >>> 20);
    x1 = (x1 + x6) | 0; xc ^= x1; xc = (xc << 8) | (xc >>> 24);
    xb = (xb + xc) | 0; x6 ^= xb; x6 = (x6 << 7) | (x6 >>> 25);

    x2 = (x2 + x7) | 0; xd ^= x2; xd = (xd << 16) | (xd >>> 16);
    x8 = (x8 + xd) | 0; x7 ^= x8; x7 = (x7 << 12) | (x7 >>> 20);
    x2 = (x2 + x7) | 0; xd ^= x2; xd = (xd << 8) | (xd >>> 24);
    x8 = (x8 + xd) | 0; x7 ^= x8; x7 = (x7 << 7) | (x7 >>> 25);

    x3 = (x3 + x4) | 0; xe ^= x3; xe = (xe << 16) | (xe >>> 16);
    x9 = (x9 + xe) | 0; x4 ^= x9; x4 = (x4 << 12) | (x4 >>> 20);
    x3 = (x3 + x4) | 0; xe ^= x3; xe = (xe << 8) | (xe >>> 24);
    x9 = (x9 + xe) | 0; x4 ^= x9; x4 = (x4 << 7) | (x4 >>> 25);
  }
  out[0] = x0 + state[0]; out[1] = x1 + state[1]; out[2] = x2 + state[2]; out[3] = x3 + state[3];
  out[4] = x4 + state[4]; out[5] = x5 + state[5]; out[6] = x6 + state[6]; out[7] = x7 + state[7];
  out[8] = x8 + state[8]; out[9] = x9 + state[9]; out[10] = xa + state[10]; out[11] = xb + state[11];
  out[12] = xc + state[12]; out[13] = xd + state[13]; out[14] = xe + state[14]; out[15] = xf + state[15];
}

const LIMB = 2 ** 22;
const MASK = LIMB - 1;
const SHARE = 2 ** -22;

// Poly1305 (section 2.5) in six limbs of 22 bits as doubles: a product's sum
// stays below 2^52. What goes over 2^132 comes back at its bottom times 20,
// since 2^130 is 5.
export class Poly1305 {
  constructor(key) {
    const k = new DataView(key.buffer, key.byteOffset, 32);
    this.r = limbs(
      k.getUint32(0, true) & 0x0fffffff, k.getUint32(4, true) & 0x0ffffffc,
      k.getUint32(8, true) & 0x0ffffffc, k.getUint32(12, true) & 0x0ffffffc,
    );
    this.s = 0n;
    for (let i = 31; i >= 16; i--) this.s = (this.s << 8n) | BigInt(key[i]);
    this.h = new Float64Array(6);
  }

  // padded takes bytes with zeros behind them up to a multiple of 16.
  padded(bytes) {
    const size = bytes.length;
    if (size === 0) return;
    let words;
    if (size % 16 === 0 && bytes.byteOffset % 4 === 0) {
      words = new Uint32Array(bytes.buffer, bytes.byteOffset, size / 4);
    } else {
      const whole = new Uint8Array((size + 15) & ~15);
      whole.set(bytes);
      words = new Uint32Array(whole.buffer);
    }
    this.blocks(words);
  }

  blocks(words) {
    const [r0, r1, r2, r3, r4, r5] = this.r;
    const t1 = 20 * r1, t2 = 20 * r2, t3 = 20 * r3, t4 = 20 * r4, t5 = 20 * r5;
    let [h0, h1, h2, h3, h4, h5] = this.h;
    for (let i = 0; i < words.length; i += 4) {
      const a = words[i], b = words[i + 1], c = words[i + 2], d = words[i + 3];
      h0 += a & MASK;
      h1 += (a >>> 22) | ((b & 0xfff) << 10);
      h2 += (b >>> 12) | ((c & 3) << 20);
      h3 += (c >>> 2) & MASK;
      h4 += (c >>> 24) | ((d & 0x3fff) << 8);
      h5 += (d >>> 14) | 0x40000; // a one behind each block's 16 bytes

      let d0 = h0 * r0 + h1 * t5 + h2 * t4 + h3 * t3 + h4 * t2 + h5 * t1;
      let d1 = h0 * r1 + h1 * r0 + h2 * t5 + h3 * t4 + h4 * t3 + h5 * t2;
      let d2 = h0 * r2 + h1 * r1 + h2 * r0 + h3 * t5 + h4 * t4 + h5 * t3;
      let d3 = h0 * r3 + h1 * r2 + h2 * r1 + h3 * r0 + h4 * t5 + h5 * t4;
      let d4 = h0 * r4 + h1 * r3 + h2 * r2 + h3 * r1 + h4 * r0 + h5 * t5;
      let d5 = h0 * r5 + h1 * r4 + h2 * r3 + h3 * r2 + h4 * r1 + h5 * r0;

      let over = Math.floor(d0 * SHARE); h0 = d0 - over * LIMB;
      d1 += over; over = Math.floor(d1 * SHARE); h1 = d1 - over * LIMB;
      d2 += over; over = Math.floor(d2 * SHARE); h2 = d2 - over * LIMB;
      d3 += over; over = Math.floor(d3 * SHARE); h3 = d3 - over * LIMB;
      d4 += over; over = Math.floor(d4 * SHARE); h4 = d4 - over * LIMB;
      d5 += over; over = Math.floor(d5 * SHARE); h5 = d5 - over * LIMB;
      d0 = h0 + over * 20; over = Math.floor(d0 * SHARE); h0 = d0 - over * LIMB;
      h1 += over;
    }
    this.h.set([h0, h1, h2, h3, h4, h5]);
  }

  finish() {
    let sum = 0n;
    for (let i = 5; i >= 0; i--) sum = (sum << 22n) + BigInt(this.h[i]);
    sum = ((sum % (2n ** 130n - 5n)) + this.s) & (2n ** 128n - 1n);
    const tag = new Uint8Array(16);
    for (let i = 0; i < 16; i++, sum >>= 8n) tag[i] = Number(sum & 255n);
    return tag;
  }
}

function limbs(a, b, c, d) {
  return [
    a & MASK, (a >>> 22) | ((b & 0xfff) << 10), (b >>> 12) | ((c & 3) << 20),
    (c >>> 2) & MASK, (c >>> 24) | ((d & 0x3fff) << 8), d >>> 14,
  ];
}
