// The group ristretto255 (RFC 9496), as far as a key exchange needs it.
//
// Numbers are BigInt, whose time depends on their values. Each secret here is
// used twice, in one session, on the machine of the person whose it is.

const P = 2n ** 255n - 19n;

// ORDER is the group's.
export const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

// RFC 9496, section 4.1.
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
const SQRT_M1 = 19681161376707505956807079304988542015446066515923890162744021073123829784752n;
const SQRT_AD_MINUS_ONE = 25063068953384623474111414158702152701244531502492656460079210482610430750235n;
const INVSQRT_A_MINUS_D = 54469307008909316920995813868745141605393597292927456921205312896311721017578n;
const ONE_MINUS_D_SQ = 1159843021668779879193775521855586647937357759715417654439879720876111806838n;
const D_MINUS_ONE_SQ = 40440834346308536858101042469323190826248399146238708352240133220865137265952n;

const mod = (n) => {
  const r = n % P;
  return r < 0n ? r + P : r;
};
const negative = (n) => (n & 1n) === 1n;
const abs = (n) => (negative(n) ? mod(-n) : n);

function power(base, exponent) {
  let result = 1n;
  for (let b = base; exponent > 0n; exponent >>= 1n, b = mod(b * b)) {
    if (exponent & 1n) result = mod(result * b);
  }
  return result;
}

// sqrtRatio is SQRT_RATIO_M1 (section 4.2).
function sqrtRatio(u, v) {
  const v3 = mod(v * v * v);
  const v7 = mod(v3 * v3 * v);
  let r = mod(mod(u * v3) * power(mod(u * v7), (P - 5n) / 8n));
  const check = mod(v * mod(r * r));
  const correct = check === u;
  const flipped = check === mod(-u);
  const flippedI = check === mod(-u * SQRT_M1);
  if (flipped || flippedI) r = mod(r * SQRT_M1);
  return { square: correct || flipped, root: abs(r) };
}

// little reads a number, little endian.
export function little(bytes) {
  let n = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) n = (n << 8n) | BigInt(bytes[i]);
  return n;
}

function toLittle(n) {
  const bytes = new Uint8Array(32);
  for (let i = 0; i < 32; i++, n >>= 8n) bytes[i] = Number(n & 255n);
  return bytes;
}

// Element is one of the group, in extended coordinates.
export class Element {
  constructor(x, y, z, t) {
    this.x = x;
    this.y = y;
    this.z = z;
    this.t = t;
  }

  // decode gives null for what is no element's encoding (section 4.3.1).
  static decode(bytes) {
    if (bytes.length !== 32) return null;
    const s = little(bytes);
    if (s >= P || negative(s)) return null;
    const ss = mod(s * s);
    const u1 = mod(1n - ss);
    const u2 = mod(1n + ss);
    const u2u2 = mod(u2 * u2);
    const v = mod(-(D * mod(u1 * u1)) - u2u2);
    const { square, root } = sqrtRatio(1n, mod(v * u2u2));
    const denX = mod(root * u2);
    const denY = mod(mod(root * denX) * v);
    const x = abs(mod(2n * s * denX));
    const y = mod(u1 * denY);
    const t = mod(x * y);
    if (!square || negative(t) || y === 0n) return null;
    return new Element(x, y, 1n, t);
  }

  // encode gives the element's 32 bytes (section 4.3.2).
  encode() {
    const u1 = mod((this.z + this.y) * (this.z - this.y));
    const u2 = mod(this.x * this.y);
    const { root } = sqrtRatio(1n, mod(u1 * mod(u2 * u2)));
    const den1 = mod(root * u1);
    const den2 = mod(root * u2);
    const inverse = mod(mod(den1 * den2) * this.t);
    const rotate = negative(mod(this.t * inverse));
    const x = rotate ? mod(this.y * SQRT_M1) : this.x;
    let y = rotate ? mod(this.x * SQRT_M1) : this.y;
    const den = rotate ? mod(den1 * INVSQRT_A_MINUS_D) : den2;
    if (negative(mod(x * inverse))) y = mod(-y);
    return toLittle(abs(mod(den * (this.z - y))));
  }

  // derive makes an element of 64 bytes of a hash (section 4.3.4).
  static derive(bytes) {
    if (bytes.length !== 64) throw new Error('an element is derived from 64 bytes');
    const half = (b) => mod(little(b) & (2n ** 255n - 1n));
    return map(half(bytes.subarray(0, 32))).add(map(half(bytes.subarray(32))));
  }

  // add is the unified addition for a = -1 (Hisil and others, 2008, section 3.1).
  add(other) {
    const a = mod((this.y - this.x) * (other.y - other.x));
    const b = mod((this.y + this.x) * (other.y + other.x));
    const c = mod(2n * D * mod(this.t * other.t));
    const d = mod(2n * this.z * other.z);
    const e = b - a;
    const f = d - c;
    const g = d + c;
    const h = b + a;
    return new Element(mod(e * f), mod(g * h), mod(f * g), mod(e * h));
  }

  // times multiplies by a scalar below ORDER, with the same steps for each.
  times(scalar) {
    let low = ZERO;
    let high = this;
    for (let bit = 252n; bit >= 0n; bit--) {
      const sum = low.add(high);
      if ((scalar >> bit) & 1n) {
        low = sum;
        high = high.add(high);
      } else {
        high = sum;
        low = low.add(low);
      }
    }
    return low;
  }

  // isIdentity says whether it is the neutral element's class (section 4.3.3).
  isIdentity() {
    return this.x === 0n || this.y === 0n;
  }
}

const ZERO = new Element(0n, 1n, 1n, 0n);

function map(t) {
  const r = mod(SQRT_M1 * mod(t * t));
  const u = mod((r + 1n) * ONE_MINUS_D_SQ);
  const v = mod(mod(-1n - r * D) * (r + D));
  const { square, root } = sqrtRatio(u, v);
  const s = square ? root : mod(-abs(mod(root * t)));
  const c = square ? mod(-1n) : r;
  const n = mod(mod(c * (r - 1n)) * D_MINUS_ONE_SQ - v);
  const w0 = mod(2n * s * v);
  const w1 = mod(n * SQRT_AD_MINUS_ONE);
  const w2 = mod(1n - s * s);
  const w3 = mod(1n + s * s);
  return new Element(mod(w0 * w3), mod(w2 * w1), mod(w1 * w3), mod(w0 * w2));
}
