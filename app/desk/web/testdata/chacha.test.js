import { Cipher } from '/static/chacha.js';
import { Poly1305 } from '/static/poly1305.js';
import { Opener, Rising, Sealer, TamperedError } from '/static/seal.js';
import { fails, fromHex, same } from './check.js';

const text = new TextEncoder().encode("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.");

// RFC 8439, section 2.8.2.
export function aead() {
  const key = Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i);
  const nonce = fromHex('070000004041424344454647');
  const extra = fromHex('50515253c0c1c2c3c4c5c6c7');
  const want = 'd31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b6116' +
    '1ae10b594f09e26a7e902ecbd0600691';
  const sealed = new Cipher(key).seal(nonce, text, extra);
  same('sealed', sealed, fromHex(want));
  same('opened', new Cipher(key).open(nonce, sealed, extra), text);
  for (let i = 0; i < sealed.length; i++) {
    const bad = sealed.slice();
    bad[i] ^= 1;
    same(`byte ${i} altered`, new Cipher(key).open(nonce, bad, extra), null);
  }
  same('too short', new Cipher(key).open(nonce, sealed.subarray(0, 15), extra), null);
}

// RFC 8439, appendix A.3, tests 7 to 11: where carries go wrong.
export function poly1305() {
  const ff = 'ff'.repeat(15);
  const zero = '00'.repeat(15);
  const vectors = [
    [`02${zero}${'00'.repeat(16)}`, `ff${ff}`, `03${zero}`],
    [`02${zero}ff${ff}`, `02${zero}`, `03${zero}`],
    [`01${zero}${'00'.repeat(16)}`, `ff${ff}f0${ff}11${zero}`, `05${zero}`],
    [`01${zero}${'00'.repeat(16)}`, `ff${ff}fb${'fe'.repeat(15)}01${'01'.repeat(15)}`, '00'.repeat(16)],
    [`02${zero}${'00'.repeat(16)}`, `fd${ff}`, `fa${ff}`],
  ];
  for (const [key, message, tag] of vectors) {
    const mac = new Poly1305(fromHex(key));
    mac.padded(fromHex(message));
    same(message, mac.finish(), fromHex(tag));
  }
}

export function order() {
  const key = crypto.getRandomValues(new Uint8Array(32));
  const sealer = new Sealer(key);
  const [a, b] = [sealer.seal(text), sealer.seal(text)];
  const opener = new Opener(key);
  same('the first', opener.open(a), text);
  fails('the first again', TamperedError, () => opener.open(a));
  fails('the second, after that', TamperedError, () => opener.open(b));
  const rising = new Rising(key);
  same('the second', rising.open(1n, b), text);
  same('the first, after it', rising.open(0n, a), null);
  same('again', rising.open(1n, b), null);
  same('beyond what is', rising.open(2n ** 60n, b), null);
}

// Quick enough for a picture: some megabytes a second. The figure is printed, not asserted.
export function speed() {
  const cipher = new Cipher(new Uint8Array(32));
  const piece = new Uint8Array(16 << 10);
  const began = performance.now();
  for (let i = 0; i < 512; i++) same('length', cipher.open(new Uint8Array(12), cipher.seal(new Uint8Array(12), piece)).length, piece.length);
  console.log(`sealed and opened 8 MiB in ${Math.round(performance.now() - began)} ms`);
}
