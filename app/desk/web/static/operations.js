// What an update does to a picture (docs/picture.md, Operations). Each throws
// an UpdateError before it writes outside.

import { PALETTES, colours, text } from './glyphs.js';
import { MAX_PHOTO, enlarge, join, planes } from './photo.js';
import { must, overlaps } from './places.js';

const TILE = 64; // pixels
const TILE_SLOTS = 4096;
const REGIONS = 8;

// Picture is a picture's pixels and what operations keep beside them.
export class Picture {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.image = new ImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.pixels.fill(0xff000000);
    this.tiles = new Map();
    this.glyphs = new Map();
    this.kept = 0; // glyphs' pixels
    this.palettes = Array.from({ length: PALETTES }, () => new Uint32Array(256).fill(0xff000000));
    this.motion = new Map();
    this.changed = [];
  }

  // apply does all operations of an update. The work that these may be is bounded.
  apply(raw) {
    this.work = 16 * this.width * this.height + (1 << 20);
    while (!raw.done) {
      const operation = OPERATIONS[raw.byte()];
      must(operation, 'an unknown operation');
      operation(this, raw);
    }
  }

  // rect reads a place in the picture.
  rect(raw) {
    const r = { x: raw.varint(), y: raw.varint(), w: raw.varint(), h: raw.varint() };
    this.within(r);
    return r;
  }

  within({ x, y, w, h }) {
    must(w > 0 && h > 0 && x >= 0 && y >= 0 && x + w <= this.width && y + h <= this.height, 'a place lies outside of the picture');
  }

  spend(pixels) {
    this.work -= pixels;
    must(this.work >= 0, 'an update is too much work');
  }

  // write notes that a place is written.
  write(r) {
    this.spend(r.w * r.h);
    this.changed.push(r);
  }

  // rows calls with where each of a rectangle's rows begins.
  rows({ x, y, h }, row) {
    for (let i = 0; i < h; i++) row((y + i) * this.width + x, i);
  }

  tile(number) {
    const across = Math.ceil(this.width / TILE);
    const x = (number % across) * TILE;
    const y = Math.floor(number / across) * TILE;
    return { x, y, w: Math.min(TILE, this.width - x), h: Math.min(TILE, this.height - y) };
  }

  // slots reads slot, tile, count, and calls with each slot and its place.
  slots(raw, each) {
    const [slot, first, count] = [raw.varint(), raw.varint(), raw.varint()];
    const tiles = Math.ceil(this.width / TILE) * Math.ceil(this.height / TILE);
    must(count > 0 && slot + count <= TILE_SLOTS && first + count <= tiles, 'tiles that are not there');
    for (let i = 0; i < count; i++) each(slot + i, this.tile(first + i));
  }
}

function fill(p, raw) {
  const r = p.rect(raw);
  const colour = raw.colour();
  p.write(r);
  p.rows(r, (at) => p.pixels.fill(colour, at, at + r.w));
}

function copy(p, raw) {
  const r = p.rect(raw);
  const dx = raw.signed();
  const dy = raw.signed();
  p.within({ ...r, x: r.x + dx, y: r.y + dy });
  p.write(r);
  for (let i = 0; i < r.h; i++) {
    const row = dy < 0 ? r.h - 1 - i : i;
    const to = (r.y + row) * p.width + r.x;
    const from = to + dy * p.width + dx;
    p.pixels.copyWithin(to, from, from + r.w);
  }
}

function palette(p, raw) {
  const r = p.rect(raw);
  const n = raw.byte() + 1;
  must(n >= 2, 'a palette of one colour');
  const colours = raw.colours(n);
  const bits = n <= 2 ? 1 : n <= 4 ? 2 : n <= 16 ? 4 : 8;
  const mask = (1 << bits) - 1;
  p.write(r);
  p.rows(r, (at) => {
    const packed = raw.take(Math.ceil((r.w * bits) / 8));
    for (let i = 0; i < r.w; i++) {
      const bit = i * bits;
      const index = (packed[bit >> 3] >> (8 - bits - (bit & 7))) & mask;
      must(index < n, 'a colour that is not in the palette');
      p.pixels[at + i] = colours[index];
    }
  });
}

function photo(p, raw) {
  const r = p.rect(raw);
  const filter = raw.byte();
  must(r.w * r.h <= MAX_PHOTO, 'a photograph is too large');
  p.write(r);
  const all = join(planes(raw, r.w, r.h, filter, 0xff), 0);
  p.rows(r, (at, i) => p.pixels.set(all.subarray(i * r.w, (i + 1) * r.w), at));
}

function coarse(p, raw) {
  const r = p.rect(raw);
  const [scale, drop, filter] = raw.take(3);
  must([1, 2, 4, 8].includes(scale) && drop <= 7, 'a coarse picture of an unknown kind');
  const w = Math.ceil(r.w / scale);
  const h = Math.ceil(r.h / scale);
  must(w * h <= MAX_PHOTO, 'a photograph is too large');
  p.write(r);
  enlarge(p.pixels, p.width, r, scale, join(planes(raw, w, h, filter, 0xff >> drop), drop));
}

function keep(p, raw) {
  p.slots(raw, (slot, r) => {
    p.spend(r.w * r.h);
    const pixels = new Uint32Array(r.w * r.h);
    p.rows(r, (at, i) => pixels.set(p.pixels.subarray(at, at + r.w), i * r.w));
    p.tiles.set(slot, { w: r.w, h: r.h, pixels });
  });
}

function show(p, raw) {
  p.slots(raw, (slot, r) => {
    const kept = p.tiles.get(slot);
    must(kept && kept.w === r.w && kept.h === r.h, 'a tile that was not kept');
    p.write(r);
    p.rows(r, (at, i) => p.pixels.set(kept.pixels.subarray(i * r.w, (i + 1) * r.w), at));
  });
}

function motion(p, raw) {
  const id = raw.byte();
  const r = p.rect(raw);
  must(id >= 1 && id <= REGIONS, 'a region that cannot be');
  for (const [other, o] of p.motion) must(other === id || !overlaps(o, r), 'regions that overlap');
  p.motion.set(id, r);
  p.changed.push(r);
}

function still(p, raw) {
  const id = raw.byte();
  must(p.motion.has(id), 'a region that is not there');
  p.changed.push(p.motion.get(id));
  p.motion.delete(id);
}

const OPERATIONS = [null, fill, copy, palette, photo, coarse, keep, show, colours, text, motion, still];
