// The numbers that updates are made of (docs/picture.md, Numbers).

// UpdateError: it is no update of this picture. It ends the session.
export class UpdateError extends Error {}

export class Raw {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  get done() {
    return this.at === this.bytes.length;
  }

  byte() {
    if (this.at >= this.bytes.length) throw new UpdateError('an update ends too early');
    return this.bytes[this.at++];
  }

  take(size) {
    if (size > this.bytes.length - this.at) throw new UpdateError('an update ends too early');
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  varint() {
    let value = 0;
    for (let i = 0, place = 1; i < 5; i++, place *= 128) {
      const b = this.byte();
      value += (b & 0x7f) * place;
      if (b < 0x80) {
        if (value >= 2 ** 31) break;
        return value;
      }
    }
    throw new UpdateError('a number is too large');
  }

  signed() {
    const v = this.varint();
    return v % 2 === 0 ? v / 2 : -(v + 1) / 2;
  }

  // colour is a pixel as a canvas keeps it: transparency, blue, green, red.
  colour() {
    const [r, g, b] = this.take(3);
    return (0xff000000 | (b << 16) | (g << 8) | r) >>> 0;
  }

  colours(count) {
    const all = new Uint32Array(count);
    for (let i = 0; i < count; i++) all[i] = this.colour();
    return all;
  }
}
