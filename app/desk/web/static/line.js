// One WebRTC connection of a session with its one data channel. A session has
// one after another.

import { equal, unhex } from './bytes.js';
import { TamperedError } from './seal.js';

const FORMATS = ['video/vp9', 'video/vp8']; // as the program decodes them, the best first
const MEDIA = ['application', 'video', 'audio']; // what sections may be of: at most one each; the last carries datagrams between programs
const MAX_CANDIDATES = 100;
const MAX_UFRAG = 256;

// Identity is this side's DTLS certificate: all connections of a session show it.
export class Identity {
  static async draw() {
    const identity = new Identity();
    identity.certificate = await RTCPeerConnection.generateCertificate({ name: 'ECDSA', namedCurve: 'P-256' });
    const pc = new RTCPeerConnection({ certificates: [identity.certificate] }); // which names it in what it offers
    try {
      pc.createDataChannel('fingerprint');
      identity.print = fingerprint((await pc.createOffer()).sdp);
    } finally {
      pc.close();
    }
    return identity;
  }
}

// fingerprint is the one that a description names (RFC 8122, section 5).
export function fingerprint(sdp) {
  const named = new Set();
  for (const line of sdp.split(/[\r\n]+/)) {
    const found = /^\s*a=fingerprint:\s*(.*?)\s*$/i.exec(line);
    if (found) named.add(found[1].toLowerCase());
  }
  const [only] = named;
  const digits = /^sha-256 +((?:[0-9a-f]{2}:){31}[0-9a-f]{2})$/.exec(only ?? '');
  if (named.size !== 1 || !digits) throw new TamperedError('a description names no SHA-256 fingerprint, or several');
  return unhex(digits[1].replaceAll(':', ''), 32);
}

// described looks whether a description is of this session's connections: a
// data channel and what may be beside it, of the certificate that the code vouches for.
export function described(sdp, print) {
  if (!equal(fingerprint(sdp), print)) throw new TamperedError('the other side\'s certificate is not the one that it named');
  const lines = sdp.split(/[\r\n]+/).map((l) => l.trimStart());
  const media = lines.filter((l) => l.startsWith('m=')).map((l) => l.slice(2).split(' ', 1)[0]);
  if (!media.includes('application') || new Set(media).size !== media.length || media.some((m) => !MEDIA.includes(m))) {
    throw new TamperedError('a description is of something else than this session\'s connection');
  }
  for (const line of lines) {
    const ufrag = /^a=ice-ufrag:(.*)$/.exec(line);
    if (ufrag && (ufrag[1].length > MAX_UFRAG || !/^[0-9A-Za-z+/]*$/.test(ufrag[1]))) throw new TamperedError('a description\'s user name is none');
  }
}

// Line tells hear.opened(), hear.data(bytes), hear.steady(comes),
// hear.candidate(fields), hear.video(stream) and hear.over(error).
export class Line {
  constructor(number, { identity, print, servers, relayOnly, sends }, hear) {
    this.number = number;
    this.print = print;
    this.hear = hear;
    this.words = 0;
    this.pc = new RTCPeerConnection({
      iceServers: servers, certificates: [identity.certificate], bundlePolicy: 'max-bundle', iceTransportPolicy: relayOnly ? 'relay' : 'all',
    });
    const over = (e) => { if (!this.closed) hear.over(e); };
    this.channel = this.pc.createDataChannel('session', { negotiated: true, id: 0, ordered: true });
    this.channel.binaryType = 'arraybuffer';
    const early = []; // what comes while the certificate is looked at
    this.channel.onopen = () => this.checked().then(() => {
      hear.opened();
      this.open = true;
      for (const b of early.splice(0)) hear.data(b);
    }).catch(over);
    this.channel.onmessage = ({ data }) => {
      if (this.closed) return;
      if (typeof data === 'string') over(new TamperedError('a message is text'));
      else if (data.byteLength > 0 && this.open) hear.data(new Uint8Array(data));
      else if (data.byteLength > 0) early.push(new Uint8Array(data));
    };
    this.channel.onclose = () => over(new Error('the other side closed the connection'));
    if (sends) this.addTrack();
    this.pc.ondatachannel = () => over(new TamperedError('the other side opened a channel of its own'));
    this.pc.ontrack = ({ track, receiver }) => {
      if (track.kind !== 'video') return; // the section for datagrams, which programs alone have
      if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = 0; // the newest, rather than the smoothest
      hear.video(new MediaStream([track]));
    };
    this.pc.onicecandidate = ({ candidate: c }) => {
      if (this.closed) return;
      const last = !c || c.candidate === '';
      hear.candidate(last ? { line: '', mid: '', index: 0, ufrag: '' } : { line: c.candidate, mid: c.sdpMid ?? '', index: c.sdpMLineIndex ?? 0, ufrag: c.usernameFragment ?? '' });
    };
    this.pc.oniceconnectionstatechange = () => {
      const s = this.pc.iceConnectionState;
      if (s === 'connected' || s === 'completed') hear.steady(true);
      if (s === 'disconnected' || s === 'failed') hear.steady(false);
    };
    this.pc.onconnectionstatechange = () => { if (this.pc.connectionState === 'failed') over(new Error('the connection is lost')); };
  }

  // addTrack makes a place for the screen, in a format that the program takes.
  // Nothing is shown before sender is given a track.
  addTrack() {
    const section = this.pc.addTransceiver('video', { direction: 'sendonly', sendEncodings: [{ maxFramerate: 30 }] });
    const formats = RTCRtpSender.getCapabilities('video').codecs.filter((c) => FORMATS.includes(c.mimeType.toLowerCase()));
    section.setCodecPreferences?.(formats.sort((a, b) => FORMATS.indexOf(a.mimeType.toLowerCase()) - FORMATS.indexOf(b.mimeType.toLowerCase())));
    this.sender = section.sender;
  }

  // checked holds the certificate that DTLS saw against the one that both know.
  async checked() {
    for (const der of this.pc.sctp?.transport.getRemoteCertificates?.() ?? []) {
      const seen = new Uint8Array(await crypto.subtle.digest('SHA-256', der));
      if (!equal(seen, this.print)) throw new TamperedError('the other side\'s certificate is not the one that it named');
    }
  }

  async offer() {
    const offer = await this.pc.createOffer();
    await this.pc.setLocalDescription(offer);
    return offer.sdp;
  }

  // answer takes an offer and gives the description to answer with.
  async answer(sdp) {
    await this.describe('offer', sdp);
    const answer = await this.pc.createAnswer();
    await this.pc.setLocalDescription(answer);
    return answer.sdp;
  }

  accept(sdp) {
    return this.describe('answer', sdp);
  }

  async describe(type, sdp) {
    described(sdp, this.print);
    try {
      await this.pc.setRemoteDescription({ type, sdp });
    } catch (e) {
      if (this.closed) return;
      throw new TamperedError(`a description cannot be used: ${e.message}`);
    }
  }

  // candidate takes one of the other side's; one that is of no use does no harm.
  async candidate({ line, mid, index, ufrag }) {
    if (line === '' || ++this.words > MAX_CANDIDATES) return;
    await this.pc.addIceCandidate({ candidate: line, sdpMid: mid, sdpMLineIndex: index, usernameFragment: ufrag || undefined }).catch(() => {});
  }

  // relayed says whether the path in use goes through a server.
  async relayed() {
    const stats = await this.pc.getStats();
    const all = [...stats.values()];
    const pair = stats.get(all.find((s) => s.type === 'transport')?.selectedCandidatePairId);
    return [pair?.localCandidateId, pair?.remoteCandidateId].some((id) => stats.get(id)?.candidateType === 'relay');
  }

  end() {
    this.closed = true;
    this.pc.close();
  }
}
