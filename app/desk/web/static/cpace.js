// The code becomes a key: CPace, ristretto255, SHA-512, initiator-responder,
// with key confirmation both ways (draft-irtf-cfrg-cpace, sections 6, 7.3, 9.4).

import { concat, equal, utf8 } from './bytes.js';
import { Element, ORDER, little } from './ristretto.js';

const DSI = utf8('CPaceRistretto255');
const BLOCK = 128; // SHA-512's, in bytes

const sha512 = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-512', bytes));

// MismatchError: the two do not have the same code, or somebody altered something.
export class MismatchError extends Error {}

// prependLen puts the length in LEB128 before it (draft, appendix A).
export function prependLen(bytes) {
  const length = [];
  let n = bytes.length;
  for (; n >= 128; n = Math.floor(n / 128)) length.push((n % 128) | 128);
  length.push(n);
  return concat(length, bytes);
}

export const lvCat = (...parts) => concat(...parts.map(prependLen));

// generator is the draft's, of the code padded to a hash's first block (section 7.1).
export async function generator(code, channel, session) {
  const pad = Math.max(0, BLOCK - 1 - prependLen(code).length - prependLen(DSI).length);
  return Element.derive(await sha512(lvCat(DSI, code, new Uint8Array(pad), channel, session)));
}

// multiplyVerify is scalar_mult_vfy; what is no element, or gives none, throws.
export function multiplyVerify(scalar, share) {
  const point = Element.decode(share);
  const product = point?.times(scalar);
  if (!product || product.isIdentity()) throw new MismatchError('the other side\'s share is no element of the group');
  return product.encode();
}

// Exchange is one side of one run: {initiator, code, channel, session, data}.
// It is good for one guess.
export class Exchange {
  static async begin(input) {
    const random = crypto.getRandomValues(new Uint8Array(64));
    return Exchange.with(input, little(random) % ORDER);
  }

  // with is begin for a scalar that is known: tests have the draft's.
  static async with(input, scalar) {
    const e = new Exchange();
    e.input = input;
    e.scalar = scalar;
    e.share = (await generator(input.code, input.channel, input.session)).times(scalar).encode();
    return e;
  }

  // agree gives {tag, confirm} of the other side's share and associated data.
  async agree(share, data) {
    const { scalar, input } = this;
    this.scalar = null;
    if (scalar === null) throw new MismatchError('a key exchange takes one answer');
    const product = multiplyVerify(scalar, share);
    const own = lvCat(this.share, input.data);
    const other = lvCat(share, data);
    const transcript = input.initiator ? concat(own, other) : concat(other, own);
    const secret = await sha512(concat(lvCat(concat(DSI, utf8('_ISK')), input.session, product), transcript));
    const mac = await crypto.subtle.importKey(
      'raw', await sha512(concat(utf8('CPaceMac'), input.session, secret)), { name: 'HMAC', hash: 'SHA-512' }, false, ['sign'],
    );
    const sign = async (bytes) => new Uint8Array(await crypto.subtle.sign('HMAC', mac, bytes));
    const wanted = await sign(other);
    return {
      tag: await sign(own),
      // confirm gives the key when the other side has it too; one that hears its own words back has heard nobody.
      confirm: (tag) => {
        if (!equal(tag, wanted) || equal(own, other)) throw new MismatchError('the two sides do not have the same key');
        return new Key(input.initiator, secret);
      },
    };
  }
}

// Key is a key that both sides are known to have.
export class Key {
  constructor(initiator, secret) {
    this.initiator = initiator;
    this.secret = secret;
  }

  // derive gives 32 bytes for a purpose and one direction (HKDF-SHA-512, RFC 5869).
  async derive(purpose, fromInitiator) {
    const info = utf8(`beistand v1 ${purpose}: ${fromInitiator ? 'initiator to responder' : 'responder to initiator'}`);
    const base = await crypto.subtle.importKey('raw', this.secret, 'HKDF', false, ['deriveBits']);
    return new Uint8Array(await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-512', salt: new Uint8Array(0), info }, base, 256));
  }

  // directional gives the keys to send and to receive with.
  async directional(purpose) {
    return { send: await this.derive(purpose, this.initiator), receive: await this.derive(purpose, !this.initiator) };
  }
}
