// The customer's side of a session in a browser: the screen as a video track,
// to be looked at and nothing else.

import { hex } from './bytes.js';
import { associated, introduced, newExchange } from './keys.js';
import { FullRecordError, Log } from './log.js';
import { Run } from './run.js';
import { TamperedError } from './seal.js';
import { ABLE, CARRIERS, HOLDS } from './wire.js';

const ACTIVE = 10_000; // ms between two looks at whether much has changed
const MUCH = 100_000; // bytes of video in that time

export class Host extends Run {
  // options are Run's and: consent(), which gives {track, surface} for a yes
  // and null for a no; it is asked once, when the code was right.
  constructor(options) {
    super('host', options);
    this.able = 0;
    this.counts = [];
    this.epoch = 0;
  }

  told() {
    return { rights: this.counts };
  }

  async enter(state) {
    const i = this.invitation;
    switch (state) {
      case 'waiting':
        this.data = associated('host', this.sign.public, this.identity.print);
        this.exchange = await newExchange('host', this.code, i, this.data);
        this.log = new Log(this.sign);
        await this.log.add({
          what: 'asked', by: 'supporter', session: i.id, ticket: i.ticket, supporter: i.supporter, organisation: i.organisation, first: i.first,
          role: i.role, desk: hex(i.deskKey), invited: hex(i.signature), key: hex(this.sign.public), rights: i.rights,
        });
        return;
      case 'asking':
        await this.log.add({ what: 'agreed', by: 'supporter', key: hex(this.log.theirs) });
        for (const line of this.log.open) this.say({ kind: 'Recorded', line });
        this.ask();
        return;
      case 'connecting':
        await this.tellBy((m) => this.say(m), { what: 'granted', by: 'customer', rights: ['see'] });
        this.say({ kind: 'Granted' });
        await this.newLine(1, null);
        return;
      case 'live': await this.goOn(); return;
      case 'paused': await this.hold();
    }
  }

  // ask asks the person; what they say counts only while they are asked.
  ask() {
    this.consent(this.invitation, this.checkWords).catch(() => null).then((yes) => this.post(0, () => {
      if (this.state !== 'asking' || !yes) {
        yes?.track.stop();
        this.happen('no');
        return;
      }
      this.track = yes.track;
      this.surface = yes.surface;
      this.track.addEventListener('ended', () => this.happen('stop')); // the browser's own button
      this.happen('yes');
    }));
  }

  tellBy(way, entry) {
    return this.log.add(entry).then((line) => way({ kind: 'Recorded', line }), (e) => {
      if (!(e instanceof FullRecordError)) throw e;
      this.happen('full');
    });
  }

  tellEntry(entry) {
    return this.tellBy((m) => this.out.put(m), entry);
  }

  async take(m) {
    switch (m.kind) {
      case 'Share': return this.answer(m);
      case 'Confirm': return this.agreed(this.agreement.confirm(m.tag));
      case 'Countersigned': return this.log.sign(m.line);
      case 'Answer':
        if (this.state === 'connecting' && !this.log.witnessed) throw new TamperedError('what was allowed is not signed');
        return this.word(m);
      case 'Candidate': return this.word(m);
      case 'Again':
        if (m.connection > this.newest) throw new TamperedError('a connection was named that was never offered');
        if (this.state !== 'connecting' && this.wishes.take()) return this.newLine(this.newest + 1, null);
        return undefined;
      case 'Active': return this.touch();
      case 'Shown': return undefined;
      case 'Ask': return this.refuse(m);
      case 'GiveBack': return this.givenBack(m);
      default: throw new TamperedError(`${m.kind} came without the right`);
    }
  }

  async answer(m) {
    const { key, print } = introduced('viewer', m.data);
    this.theirs = print;
    this.log.theirs = key;
    this.agreement = await this.exchange.agree(m.point, m.data);
    this.say({ kind: 'Answered', point: this.exchange.share, tag: this.agreement.tag, data: this.data });
  }

  // refuse answers a question for more: there is nothing more to give here.
  async refuse(m) {
    const missing = m.rights.split(',').filter((r) => !this.counts.includes(r));
    if (missing.length > 0) await this.tellEntry({ what: 'refused', by: 'customer', rights: missing });
    this.out.put({ kind: 'Refused' });
  }

  async givenBack(m) {
    const some = m.rights.split(',').filter((r) => this.counts.includes(r));
    if (some.length === 0) return;
    this.counts = this.counts.filter((r) => !some.includes(r));
    await this.show(null);
    await this.tellEntry({ what: 'revoked', by: 'supporter', rights: some });
    this.tell();
  }

  // goOn shows the screen from now on, also after a pause.
  async goOn() {
    if (this.held) {
      this.held = 0;
      this.touch();
      await this.tellEntry({ what: 'resumed', by: 'customer' });
      this.out.put({ kind: 'Resumed' });
    } else {
      this.counts = ['see'];
      await this.tellEntry({ what: 'scope', by: 'customer', ...this.surface });
    }
    if (!this.counts.includes('see')) return;
    if ((this.theirAble & (ABLE.plain | ABLE.motion)) === 0) {
      this.happen('no screen'); // it takes no video
      return;
    }
    this.epoch++;
    this.out.put({ kind: 'Screen', epoch: this.epoch, carrier: CARRIERS.video, method: 0 }, () => this.state === 'live');
    await this.show(this.track);
    if (this.epoch === 1) await this.tellEntry({ what: 'started', by: 'customer' });
    this.tell();
  }

  // hold tells why nothing is shown: first the word, then the record.
  async hold() {
    this.held = HOLDS.customer;
    this.touch();
    this.out.put({ kind: 'Paused', why: HOLDS.customer });
    await this.tellEntry({ what: 'paused', by: 'customer' });
    this.tell();
  }

  // pause lets no picture leave any more, at once.
  pause() {
    this.show(null);
    this.happen('pause');
  }

  resume() {
    this.happen('resume');
  }

  // show puts a track on the connection; null is none.
  async show(track) {
    this.shows = track;
    await this.line?.sender?.replaceTrack(track);
  }

  // heed puts the track on the next connection, too.
  async heed(line, bytes) {
    const before = this.line;
    await super.heed(line, bytes);
    if (this.line !== before && this.line === line) await line.sender?.replaceTrack(this.shows ?? null);
  }

  again() {
    this.tried = Date.now();
    if (this.room.there) this.newLine(this.newest + 1, null);
  }

  // watch ends what lasts too long, and sees whether much changes on the screen.
  watch() {
    const now = Date.now();
    if (this.limits.over) this.happen(this.limits.over);
    if (now - (this.measured ?? this.limits.began) < ACTIVE) return;
    this.measured = now;
    this.line?.sender?.getStats().then((stats) => {
      const sent = [...stats.values()].find((s) => s.type === 'outbound-rtp')?.bytesSent ?? 0;
      if (sent - (this.sent ?? 0) > MUCH && this.state === 'live') {
        this.out.put({ kind: 'Active' });
        this.touch();
      }
      this.sent = sent;
    }, () => {});
  }

  isWhole() {
    return !this.log || this.log.witnessed;
  }

  async conclude() {
    this.track?.stop();
    const { cause, by, reason } = this.outcome;
    if (cause === 'no' || cause === 'silence') await this.log.add({ what: 'refused', by: 'customer', rights: this.invitation.rights });
    await this.log.add({ what: 'ended', by, reason, pictures: 0, bytes: this.sent ?? 0 });
    return this.log.open.map((line) => ({ kind: 'Recorded', line }));
  }

  // last takes the signatures that come after the end.
  async last(m) {
    if (m.kind !== 'Countersigned') return;
    await this.log.sign(m.line).catch(() => {}); // the record goes without
    if (this.log.witnessed) this.whole?.();
  }
}
