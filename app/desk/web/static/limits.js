// How long a session lasts at most, and how often the other side may wish for something.

const IDLE = 600_000; // ms without either person doing anything
const LONGEST = 3_600_000; // in all
const WARN = 60_000; // before the end both are told

// Limits count from the two being connected.
export class Limits {
  constructor() {
    this.began = this.active = Date.now();
  }

  touch() {
    this.active = Date.now();
  }

  // over is 'idle', 'longest', or ''.
  get over() {
    const now = Date.now();
    return now >= this.began + LONGEST ? 'longest' : now >= this.active + IDLE ? 'idle' : '';
  }

  // warns is {in: seconds, idle} when the end is near, else null.
  get warns() {
    const [idle, longest] = [this.active + IDLE, this.began + LONGEST];
    const rest = Math.min(idle, longest) - Date.now();
    return rest < WARN ? { in: Math.max(0, Math.ceil(rest / 1000)), idle: idle < longest } : null;
  }
}

// Bucket holds so many at once, and one more in so many ms.
export class Bucket {
  constructor(size, each) {
    Object.assign(this, { size, each, left: size, last: Date.now() });
  }

  // take says whether there was one.
  take() {
    const now = Date.now();
    this.left = Math.min(this.size, this.left + (now - this.last) / this.each);
    this.last = now;
    if (this.left < 1) return false;
    this.left--;
    return true;
  }
}
