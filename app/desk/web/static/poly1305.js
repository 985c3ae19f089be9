// Poly1305 (RFC 8439, section 2.5), as ChaCha20-Poly1305 uses it.

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
