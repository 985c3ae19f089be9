// What the tests here have in common.

export function same(what, got, want) {
  const text = (v) => (v instanceof Uint8Array ? Array.from(v, (b) => b.toString(16).padStart(2, '0')).join('') : JSON.stringify(v));
  if (text(got) !== text(want)) throw new Error(`${what}:\n got ${text(got)}\nwant ${text(want)}`);
}

export function fails(what, kind, run) {
  try {
    run();
  } catch (e) {
    if (e instanceof kind) return;
    throw new Error(`${what}: it failed with ${e?.stack ?? e}, want ${kind.name}`);
  }
  throw new Error(`${what}: it did not fail, want ${kind.name}`);
}

export const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (h) => parseInt(h, 16));

export const load = async (path) => (await fetch(path)).json();
