// Writing in an update: palettes, and glyphs that are kept (docs/picture.md, colours and text).

import { must, union } from './places.js';

export const PALETTES = 16;
const GLYPH_SLOTS = 16384;
const GLYPH_SIDE = 64;
const GLYPH_PIXELS = 4 << 20; // that are kept in all
const IN_COLOURS = 255;

export function colours(p, raw) {
  const [which, first, last] = raw.take(3);
  must(which < PALETTES && first + last + 1 <= 256, 'colours beyond a palette\'s end');
  p.palettes[which].set(raw.colours(last + 1), first);
}

export function text(p, raw) {
  let pen = raw.varint();
  const line = raw.varint();
  const count = raw.varint();
  let all = null;
  for (let i = 0; i < count; i++) {
    pen += raw.signed();
    const number = raw.varint();
    const g = number === 0 ? newGlyph(p, raw) : p.glyphs.get(number - 1);
    must(g, 'a glyph that was not kept');
    const r = { x: pen, y: line + g.drop - g.h, w: g.w, h: g.h };
    p.within(r);
    p.spend(r.w * r.h);
    p.rows(r, (at, row) => p.pixels.set(g.pixels.subarray(row * g.w, (row + 1) * g.w), at));
    pen += g.w;
    all = all ? union(all, r) : r;
  }
  if (all) p.changed.push(all);
}

function newGlyph(p, raw) {
  const slot = raw.varint();
  const which = raw.byte();
  const w = raw.byte() + 1;
  const h = raw.byte() + 1;
  const drop = raw.signed();
  must(slot < GLYPH_SLOTS && (which < PALETTES || which === IN_COLOURS) && w <= GLYPH_SIDE && h <= GLYPH_SIDE, 'a glyph of an unknown kind');
  p.kept += w * h - (p.glyphs.get(slot)?.pixels.length ?? 0);
  must(p.kept <= GLYPH_PIXELS, 'too many glyphs');
  let pixels;
  if (which === IN_COLOURS) {
    pixels = raw.colours(w * h);
  } else {
    const table = p.palettes[which];
    pixels = Uint32Array.from(raw.take(w * h), (index) => table[index]);
  }
  const g = { w, h, drop, pixels };
  p.glyphs.set(slot, g);
  return g;
}
