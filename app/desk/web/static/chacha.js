// ChaCha20-Poly1305 (RFC 8439) on typed arrays, several tens of megabytes a second.

import { equal } from './bytes.js';
import { Poly1305 } from './poly1305.js';

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
