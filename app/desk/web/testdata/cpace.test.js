import { utf8 } from '/static/bytes.js';
import { Exchange, MismatchError, generator, lvCat, multiplyVerify, prependLen } from '/static/cpace.js';
import { little } from '/static/ristretto.js';
import { fails, fromHex, load, same } from './check.js';

const { ristretto255: v, points } = await load('/draft/ristretto255.json');
const at = (name) => fromHex(v[name].toLowerCase());

export async function draft() {
  same('g', (await generator(at('PRS'), at('CI'), at('sid'))).encode(), at('g'));
  const input = { code: at('PRS'), channel: at('CI'), session: at('sid') };
  const a = await Exchange.with({ ...input, initiator: true, data: at('ADa') }, little(at('ya')));
  const b = await Exchange.with({ ...input, initiator: false, data: at('ADb') }, little(at('yb')));
  same('Ya', a.share, at('Ya'));
  same('Yb', b.share, at('Yb'));
  same('K', multiplyVerify(little(at('ya')), b.share), at('K'));
  const ofA = await a.agree(b.share, at('ADb'));
  const ofB = await b.agree(a.share, at('ADa'));
  const keyA = ofA.confirm(ofB.tag);
  const keyB = ofB.confirm(ofA.tag);
  same('ISK of A', keyA.secret, at('ISK_IR'));
  same('ISK of B', keyB.secret, at('ISK_IR'));
  const [x, y] = [await keyA.directional('room'), await keyB.directional('room')];
  same('what A sends with', x.send, y.receive);
  same('what B sends with', y.send, x.receive);
}

export function strings() {
  const count = (n) => Uint8Array.from({ length: n }, (_, i) => i);
  same('nothing', prependLen(new Uint8Array(0)), Uint8Array.of(0));
  same('127', prependLen(count(127)).subarray(0, 2), Uint8Array.of(127, 0));
  same('128', prependLen(count(128)).subarray(0, 3), Uint8Array.of(0x80, 1, 0));
  same('lv_cat', lvCat(utf8('1234'), utf8('5'), utf8(''), utf8('678')), utf8('\x041234\x015\x00\x03678'));
}

export function draftPoints() {
  const s = little(fromHex(points.Valid.s.toLowerCase()));
  same('scalar_mult_vfy', multiplyVerify(s, fromHex(points.Valid.X.toLowerCase())), fromHex(points.Valid['G.scalar_mult_vfy(s,X)'].toLowerCase()));
  for (const bad of [points['Invalid Y1'], points['Invalid Y2'], '', '00'.repeat(31), 'ff'.repeat(32)]) {
    fails(`the share ${bad}`, MismatchError, () => multiplyVerify(s, fromHex(bad.toLowerCase())));
  }
}

const begin = (more) => Exchange.begin({ initiator: true, code: utf8('123456789'), channel: utf8('channel'), session: utf8('session'), data: utf8('viewer'), ...more });

export async function noKeyWithout() {
  const cases = {
    'the same code': { code: utf8('123456780') },
    'the same channel': { channel: utf8('another') },
    'the same session': { session: utf8('another') },
    'different roles': { initiator: true },
  };
  for (const [name, more] of Object.entries(cases)) {
    const a = await begin();
    const b = await begin({ initiator: false, data: utf8('host'), ...more });
    const [ofA, ofB] = [await a.agree(b.share, utf8('host')), await b.agree(a.share, utf8('viewer'))];
    fails(name, MismatchError, () => ofA.confirm(ofB.tag));
  }
  const a = await begin();
  const mirror = await a.agree(a.share, utf8('viewer'));
  fails('its own words', MismatchError, () => mirror.confirm(mirror.tag));
  await a.agree(a.share, utf8('viewer')).then(() => { throw new Error('a second guess was taken'); }, (e) => same('a second guess', e instanceof MismatchError, true));
}
