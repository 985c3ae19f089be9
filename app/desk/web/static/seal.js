// Messages under a key that is used for one direction of one channel only; the
// nonce is the message's number.

import { Cipher } from './chacha.js';

// TamperedError: a message is not what it had to be. It ends the session.
export class TamperedError extends Error {}

function nonce(number) {
  const b = new Uint8Array(12);
  new DataView(b.buffer).setBigUint64(4, BigInt(number), true);
  return b;
}

// Sealer seals in order.
export class Sealer {
  constructor(key) {
    this.cipher = new Cipher(key);
    this.next = 0;
  }

  seal(message) {
    return this.cipher.seal(nonce(this.next++), message);
  }
}

// Opener opens in the order in which it was sealed, none missing. After an
// error nothing opens any more.
export class Opener {
  constructor(key) {
    this.cipher = new Cipher(key);
    this.next = 0;
  }

  open(sealed) {
    const message = this.broken ? null : this.cipher.open(nonce(this.next++), sealed);
    if (message === null) {
      this.broken = true;
      throw new TamperedError('a sealed message does not open');
    }
    return message;
  }
}

// Rising opens on a way that loses some: only a higher number than the last opens.
export class Rising {
  constructor(key) {
    this.cipher = new Cipher(key);
    this.next = 0n;
  }

  // open gives null for what does not open, which changes nothing. number is a BigInt.
  open(number, sealed) {
    if (number < this.next || number >= 2n ** 48n) return null;
    const message = this.cipher.open(nonce(number), sealed);
    if (message !== null) this.next = number + 1n;
    return message;
  }
}
