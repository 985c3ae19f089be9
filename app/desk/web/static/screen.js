// The customer's screen as this page shows it: a canvas of which only what has
// changed is painted, fitted or pixel for pixel, and the customer's pointer over it.

import { Decoder } from './decoder.js';
import { Film } from './film.js';
import { FormatError } from './wire.js';

const FRAME_HEAD = 8; // bytes: the frame's number and time

export class Screen {
  // stage is what glass, with canvas and pointer in it, may fill; first is told with the first picture.
  constructor({ stage, glass, canvas, pointer }, first) {
    Object.assign(this, { stage, glass, canvas, pointer, first });
    this.context = canvas.getContext('2d', { alpha: false, desynchronized: true });
    this.actual = false;
    this.shown = false; // whether there is a picture
    this.film = new Film(this.context, () => this.shown);
    this.watching = new ResizeObserver(() => this.fit());
    this.watching.observe(stage);
  }

  // series gives what takes the frames from one Screen message on.
  series() {
    const decoder = new Decoder();
    return {
      frame: async (frame, visible) => {
        if (frame.length <= FRAME_HEAD) throw new FormatError('a frame without an update');
        const began = performance.now();
        const result = await decoder.decode(frame.subarray(FRAME_HEAD));
        const decoded = performance.now();
        this.film.follow(result.motion, new DataView(frame.buffer, frame.byteOffset).getUint32(4));
        if (visible) this.show(result);
        const micros = (ms) => Math.min(Math.round(ms * 1000), 2 ** 32 - 1);
        return [micros(decoded - began), micros(performance.now() - decoded)];
      },
      close: () => decoder.close(),
    };
  }

  show({ picture, changed }) {
    const { canvas } = this;
    if (canvas.width !== picture.width || canvas.height !== picture.height) {
      canvas.width = picture.width;
      canvas.height = picture.height;
      this.fit();
      changed = [{ x: 0, y: 0, w: picture.width, h: picture.height }];
    }
    for (const r of changed) this.context.putImageData(picture.image, 0, 0, r.x, r.y, r.w, r.h);
    this.film.place();
    if (!this.shown) {
      this.shown = true;
      this.first();
    }
  }

  // blank forgets the picture: only the next one shows itself.
  blank() {
    this.shown = false;
    this.pointer.hidden = true;
    this.context.fillRect(0, 0, this.canvas.width, this.canvas.height);
  }

  setActual(actual) {
    this.actual = actual;
    this.stage.classList.toggle('actual', actual);
    this.fit();
  }

  // fit gives the picture its size on the page.
  fit() {
    const { canvas, stage, glass } = this;
    const scale = this.actual ? 1 / devicePixelRatio : Math.min(stage.clientWidth / canvas.width, stage.clientHeight / canvas.height);
    this.scale = scale;
    glass.style.width = `${canvas.width * scale}px`;
    glass.style.height = `${canvas.height * scale}px`;
    glass.style.margin = this.actual ? '0' : `${Math.max(0, (stage.clientHeight - canvas.height * scale) / 2)}px auto 0`;
    this.place();
  }

  // at is a place on the page in the picture's pixels, the nearest inside.
  at({ clientX, clientY }) {
    const box = this.glass.getBoundingClientRect();
    const inside = (n, most) => Math.max(0, Math.min(Math.floor(n / this.scale), most - 1));
    return { x: inside(clientX - box.left, this.canvas.width), y: inside(clientY - box.top, this.canvas.height) };
  }

  // point shows the customer's pointer; shape null takes it away.
  point(shape, at) {
    this.pointer.hidden = shape === null;
    if (shape === null) return;
    if (shape !== this.shape) {
      this.shape = shape;
      this.pointer.width = shape.width;
      this.pointer.height = shape.height;
      this.pointer.getContext('2d').putImageData(pixels(shape), 0, 0);
    }
    this.cursor = at;
    this.place();
  }

  place() {
    if (!this.shape || !this.cursor) return;
    const x = (this.cursor.x - this.shape.hotX) * this.scale;
    const y = (this.cursor.y - this.shape.hotY) * this.scale;
    this.pointer.style.transform = `translate(${x}px, ${y}px) scale(${this.scale})`;
  }

  close() {
    this.film.close();
    this.watching.disconnect();
    this.blank();
    this.canvas.width = this.canvas.height = 1;
  }
}

// pixels are a shape's without what its transparency has taken from them.
function pixels({ width, height, pix }) {
  const image = new ImageData(width, height);
  for (let i = 0; i < pix.length; i += 4) {
    const a = pix[i];
    for (let part = 0; part < 3; part++) image.data[i + part] = a === 0 ? 0 : Math.min(255, Math.round((pix[i + 1 + part] * 255) / a));
    image.data[i + 3] = a;
  }
  return image;
}
