// Updates become a picture (docs/picture.md).

import { Inflater } from './inflate.js';
import { Picture } from './operations.js';
import { union } from './places.js';
import { Raw, UpdateError } from './raw.js';

const VERSION = 2;
const DEFLATE = 2;
const FRESH = 0x80;
const MAX_SIDE = 16384; // pixels
const MAX_PIXELS = 40 << 20;
const MAX_CHANGES = 16;
const NEARBY = 4096; // pixels that two rectangles may cover too much when they become one

export class Decoder {
  constructor() {
    this.picture = null;
  }

  // decode gives {picture, changed, motion} after the next update, which are
  // the decoder's until the next call. After an UpdateError only a fresh one can follow.
  async decode(update) {
    const head = new Raw(update);
    const at = this.picture;
    try {
      if (head.byte() !== VERSION) throw new UpdateError('a picture of another version');
      const flags = head.byte();
      if ((flags & ~FRESH) !== DEFLATE) throw new UpdateError('a picture in another method');
      const fresh = (flags & FRESH) !== 0;
      if (fresh) this.restart(head.take(4));
      if (!this.picture) throw new UpdateError('a part of a picture that is not there');
      const { picture } = this;
      const size = head.varint();
      if (size < 1 || size > 4 * picture.width * picture.height + (1 << 20)) throw new UpdateError('too many operations');
      const raw = new Raw(await this.inflater.more(update.subarray(head.at), size));
      picture.changed = fresh ? [{ x: 0, y: 0, w: picture.width, h: picture.height }] : [];
      picture.apply(raw);
      return { picture, changed: few(picture.changed), motion: [...picture.motion].map(([id, rect]) => ({ id, ...rect })), fresh: at !== picture };
    } catch (e) {
      this.close();
      throw e;
    }
  }

  restart(size) {
    const width = size[0] * 256 + size[1];
    const height = size[2] * 256 + size[3];
    if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS) throw new UpdateError('a picture of an impossible size');
    this.close();
    this.picture = new Picture(width, height);
    this.inflater = new Inflater();
  }

  close() {
    this.inflater?.close();
    this.inflater = this.picture = null;
  }
}

// few unites rectangles to a few that cover them.
export function few(all) {
  const kept = [];
  for (let r of all) {
    for (;;) {
      let best = -1;
      let least = Infinity;
      for (let i = 0; i < kept.length; i++) {
        const u = union(kept[i], r);
        const more = u.w * u.h - kept[i].w * kept[i].h - r.w * r.h;
        if (more < least) [best, least] = [i, more];
      }
      if (best < 0 || (least > NEARBY && kept.length < MAX_CHANGES)) break;
      r = union(kept[best], r);
      kept.splice(best, 1);
    }
    kept.push(r);
  }
  return kept;
}
