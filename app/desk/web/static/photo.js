// Photographs in an update: samples that are predicted from their neighbours
// (docs/picture.md, photo and coarse).

import { UpdateError } from './raw.js';

export const MAX_PHOTO = 1 << 18; // samples of a plane

// planes reads green, red minus green and blue minus green.
export function planes(raw, w, h, filter, mask) {
  if (filter > 4) throw new UpdateError('an unknown prediction');
  const n = w * h;
  if (n > MAX_PHOTO) throw new UpdateError('a photograph is too large');
  return [0, 1, 2].map(() => {
    const plane = raw.take(n).slice();
    unfilter(plane, w, filter, mask);
    return plane;
  });
}

function unfilter(p, w, filter, mask) {
  if (filter === 0) {
    for (let i = 0; i < p.length; i++) p[i] &= mask;
    return;
  }
  p[0] &= mask;
  for (let i = 1; i < w; i++) p[i] = (p[i] + p[i - 1]) & mask;
  for (let at = w; at < p.length; at += w) {
    let a = (p[at] + p[at - w]) & mask;
    p[at] = a;
    const end = at + w;
    if (filter === 1) {
      for (let i = at + 1; i < end; i++) p[i] = a = (p[i] + a) & mask;
    } else if (filter === 2) {
      for (let i = at + 1; i < end; i++) p[i] = (p[i] + p[i - w]) & mask;
    } else if (filter === 3) {
      for (let i = at + 1; i < end; i++) p[i] = a = (p[i] + ((a + p[i - w]) >> 1)) & mask;
    } else {
      let c = p[at - w];
      for (let i = at + 1; i < end; i++) {
        const b = p[i - w];
        const low = a < b ? a : b;
        const high = a < b ? b : a;
        const edge = c >= high ? low : c <= low ? high : a + b - c;
        p[i] = a = (p[i] + edge) & mask;
        c = b;
      }
    }
  }
}

// join puts samples together to pixels, which lack drop bits.
export function join([green, red, blue], drop) {
  const out = new Uint32Array(green.length);
  const mask = 0xff >> drop;
  const half = (1 << drop) >> 1;
  for (let i = 0; i < out.length; i++) {
    const g = green[i];
    const r = (red[i] + g) & mask;
    const b = (blue[i] + g) & mask;
    out[i] = 0xff000000 | (((b << drop) + half) << 16) | (((g << drop) + half) << 8) | ((r << drop) + half);
  }
  return out;
}

// enlarge paints a rectangle with a picture of a scale-th of its size.
export function enlarge(pixels, width, { x, y, w, h }, scale, small) {
  const sw = Math.ceil(w / scale);
  const sh = Math.ceil(h / scale);
  const full = 2 * scale;
  const all = full * full;
  const round = all / 2;
  const row = [0, 8, 16].map(() => new Uint32Array(sw + 1));
  for (let v = 0; v < h; v++) {
    const [j, g] = between(v, scale, sh);
    const upper = j * sw;
    const lower = Math.min(j + 1, sh - 1) * sw;
    for (let i = 0; i <= sw; i++) {
      const a = small[upper + Math.min(i, sw - 1)];
      const b = small[lower + Math.min(i, sw - 1)];
      for (let part = 0; part < 3; part++) row[part][i] = ((a >>> (8 * part)) & 255) * (full - g) + ((b >>> (8 * part)) & 255) * g;
    }
    let out = (y + v) * width + x;
    for (let u = 0; u < w; u++) {
      const [i, f] = between(u, scale, sw);
      let pixel = 0xff000000;
      for (let part = 0; part < 3; part++) pixel |= Math.floor((row[part][i] * (full - f) + row[part][i + 1] * f + round) / all) << (8 * part);
      pixels[out++] = pixel;
    }
  }
}

function between(x, scale, n) {
  const full = 2 * scale;
  const at = Math.min(Math.max(2 * x + 1 - scale, 0), full * (n - 1));
  return [Math.floor(at / full), at % full];
}
