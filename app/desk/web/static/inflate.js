// The compressed stream that runs over many updates: raw deflate (RFC 1951), flushed behind each.

import { UpdateError } from './raw.js';

const SLICE = 16 << 10; // compressed bytes at a time: they become 16 MiB at most
const PATIENCE = 50; // ms that the browser may take to hand over the last of what it has inflated

export class Inflater {
  constructor() {
    const stream = new DecompressionStream('deflate-raw');
    this.writer = stream.writable.getWriter();
    this.reader = stream.readable.getReader();
    quiet(this.writer.closed);
    quiet(this.reader.closed);
    this.reading = null; // a read that has not come to anything yet
  }

  // more gives exactly the size bytes that the compressed ones stand for.
  async more(compressed, size) {
    const parts = [];
    this.left = size;
    try {
      for (let at = 0; at < compressed.length; at += SLICE) {
        const written = quiet(this.writer.write(compressed.subarray(at, at + SLICE)));
        while (await this.part(written, parts));
      }
      while (this.left > 0 && await this.part(new Promise((done) => { setTimeout(done, PATIENCE); }), parts));
    } catch (e) {
      throw e instanceof UpdateError ? e : new UpdateError('a picture does not inflate');
    }
    if (this.left > 0) throw new UpdateError('a picture is shorter than was promised');
    if (parts.length === 1) return parts[0];
    const all = new Uint8Array(size);
    let at = 0;
    for (const p of parts) {
      all.set(p, at);
      at += p.length;
    }
    return all;
  }

  // part takes one more part, or gives false when enough has come without one.
  // What was handed over before that is always found first.
  async part(enough, parts) {
    this.reading ??= quiet(this.reader.read());
    const part = await Promise.race([this.reading, enough]);
    if (part === undefined) return false;
    this.reading = null;
    if (part.done) throw new UpdateError('a picture does not inflate');
    this.left -= part.value.length;
    if (this.left < 0) throw new UpdateError('a picture is longer than was promised');
    parts.push(part.value);
    return true;
  }

  close() {
    quiet(this.writer.abort());
    quiet(this.reader.cancel());
  }
}

// quiet lets a promise fail unseen: who waits for it sees it.
function quiet(promise) {
  promise.catch(() => {});
  return promise;
}
