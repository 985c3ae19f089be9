import { Element, ORDER, little } from '/static/ristretto.js';
import { fromHex, load, same } from './check.js';

const vectors = await load('/testdata/ristretto255.json');

export function multiples() {
  const base = Element.decode(fromHex(vectors.multiples[1]));
  let sum = Element.decode(fromHex(vectors.multiples[0]));
  vectors.multiples.forEach((want, i) => {
    same(`${i} times the generator`, base.times(BigInt(i)).encode(), fromHex(want));
    same(`the generator added ${i} times`, sum.encode(), fromHex(want));
    sum = sum.add(base);
  });
  same('the order times the generator', base.times(ORDER - 1n).add(base).isIdentity(), true);
}

export function badEncodings() {
  for (const bad of vectors.bad) same(bad, Element.decode(fromHex(bad)), null);
  same('31 bytes', Element.decode(new Uint8Array(31)), null);
}

export async function derived() {
  for (const [i, label] of vectors.labels.entries()) {
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-512', new TextEncoder().encode(label)));
    same(label, Element.derive(hash).encode(), fromHex(vectors.derived[i]));
  }
}

export function scalars() {
  const random = crypto.getRandomValues(new Uint8Array(64));
  const a = little(random.subarray(0, 32)) % ORDER;
  const b = little(random.subarray(32)) % ORDER;
  const g = Element.derive(random);
  same('(a+b)g', g.times((a + b) % ORDER).encode(), g.times(a).add(g.times(b)).encode());
  same('a(bg)', g.times(b).times(a).encode(), g.times((a * b) % ORDER).encode());
}
