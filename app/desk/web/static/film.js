// What moves on the screen comes as a video track: a film of the rectangle that
// holds all regions. It is painted over the picture that updates draw.

import { union } from './places.js';

// films says whether this browser tells which frame it shows.
export const films = () => 'requestVideoFrameCallback' in HTMLVideoElement.prototype;

export class Film {
  // may says whether anything may be shown.
  constructor(context, may) {
    this.context = context;
    this.may = may;
    this.regions = [];
    this.since = 0; // RTP time: what is older belongs to other regions
    this.at = null; // of the newest frame
    this.video = document.createElement('video');
    this.video.muted = true;
    this.video.playsInline = true;
    this.video.setAttribute('aria-hidden', 'true');
    context.canvas.before(this.video); // beneath: one that is nowhere is given no frames
  }

  // take shows a track from now on.
  take(stream) {
    this.at = null;
    this.video.srcObject = stream;
    this.video.play().catch(() => {}); // without it, what moves stands still until it rests
    this.wait();
  }

  wait() {
    this.video.cancelVideoFrameCallback(this.waiting);
    this.waiting = this.video.requestVideoFrameCallback((now, frame) => {
      this.at = frame.rtpTimestamp ?? null;
      this.place();
      this.wait();
    });
  }

  // follow takes the regions of an update and its time.
  follow(regions, at) {
    const same = regions.length === this.regions.length && regions.every((r, i) => ['id', 'x', 'y', 'w', 'h'].every((k) => r[k] === this.regions[i][k]));
    if (same) return;
    this.regions = regions;
    this.since = at;
  }

  // place paints the newest frame into the regions, if it is theirs.
  place() {
    const { regions, video } = this;
    if (regions.length === 0 || this.at === null || ((this.at - this.since) | 0) < 0 || !this.may()) return;
    const all = regions.reduce(union);
    if (video.videoWidth !== all.w || video.videoHeight !== all.h) return;
    for (const r of regions) this.context.drawImage(video, r.x - all.x, r.y - all.y, r.w, r.h, r.x, r.y, r.w, r.h);
  }

  close() {
    this.video.cancelVideoFrameCallback(this.waiting);
    this.video.srcObject = null;
    this.video.remove();
    this.regions = [];
  }
}
