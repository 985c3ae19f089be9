// What the supporter does in a session, on its way out.

import { Run } from './run.js';

const MEANT = 3000; // ms: what was done on the screen and has not left by then does not leave
const ACTIVE = 10_000; // ms between two words that the person does something
const QUESTION = 10_000; // ms between two questions for more

// NEEDS are the rights without which a message must not leave here.
const NEEDS = {
  Pointer: () => ['point', 'see'], Move: () => ['control', 'see'], Button: () => ['control', 'see'], Wheel: () => ['control', 'see'],
  Key: () => ['control', 'see'], Clip: () => ['clipboard-in'], Want: (m) => [m.right],
};

export class Acting extends Run {
  constructor(options) {
    super('viewer', options);
    this.counts = []; // the rights that can be used
    this.back = new Set(); // given back, and not in the record yet
    this.question = null; // {rights, reason, outcome}
    this.asked = 0;
  }

  // watch tells the host that this person does something.
  watch() {
    const now = Date.now();
    if (this.stirred && now - (this.toldActive ?? 0) >= ACTIVE) {
      this.stirred = false;
      this.toldActive = now;
      this.touch();
      this.out.put({ kind: 'Active' });
    }
  }

  // do sends what the person does, if it is allowed now. False: it is not.
  do(m) {
    if (this.state !== 'live') return false;
    const needs = NEEDS[m.kind]?.(m) ?? [];
    const may = () => this.held === 0 && needs.every((r) => this.counts.includes(r));
    if (!may()) return false;
    const since = Date.now();
    this.stirred = true;
    this.out.put(m, needs.length > 0 && (() => this.state === 'live' && may() && Date.now() - since < MEANT));
    return true;
  }

  // ask asks the customer for more; false: it is too soon, or one is open.
  ask(rights, reason) {
    const now = Date.now();
    if (!this.limits || this.state === 'ended' || this.question?.outcome === 'open' || now - this.asked < QUESTION) return false;
    this.asked = now;
    this.out.put({ kind: 'Ask', rights: rights.join(), reason });
    this.question = { rights, reason, outcome: 'open' };
    this.tell();
    return true;
  }

  // giveBack ends rights that are needed no longer.
  giveBack(rights) {
    const some = rights.filter((r) => this.counts.includes(r));
    if (some.length === 0 || this.state === 'ended') return;
    for (const r of some) this.back.add(r);
    this.counts = this.counts.filter((r) => !some.includes(r));
    this.out.put({ kind: 'GiveBack', rights: some.join() });
    this.tell();
  }
}
