// A browser's side of two connections: one that it sends a canvas on, one that
// it is sent video on. Each has the session's channel, and says back what comes.
const made = {};

function connection(name) {
  const pc = new RTCPeerConnection();
  const channel = pc.createDataChannel('session', { negotiated: true, id: 0, ordered: true });
  channel.binaryType = 'arraybuffer';
  channel.onmessage = (e) => channel.send(e.data);
  const side = { pc, channel };
  pc.ontrack = ({ track }) => { // one comes for the datagrams, too, and ends when they are refused
    if (track.kind === 'video') side.frames = new MediaStreamTrackProcessor({ track }).readable.getReader();
  };
  made[name] = side;
  return pc;
}

let paint = 'rgb(20, 20, 20)';

// canvas is a picture that moves, in the colour of the moment.
function canvas() {
  const c = document.createElement('canvas');
  [c.width, c.height] = [640, 480];
  const to = c.getContext('2d');
  let at = 0;
  setInterval(() => {
    to.fillStyle = paint;
    to.fillRect(0, 0, 640, 480);
    to.fillStyle = 'white';
    to.fillRect(at++ % 600, 10, 40, 40);
  }, 33);
  return c.captureStream(30).getVideoTracks()[0];
}

async function gathered(pc) {
  while (pc.iceGatheringState !== 'complete') {
    await new Promise((done) => pc.addEventListener('icegatheringstatechange', done, { once: true }));
  }
  return pc.localDescription.sdp;
}

async function offer(name, direction) {
  const pc = connection(name);
  pc.addTransceiver(direction === 'sendonly' ? canvas() : 'video', { direction });
  await pc.setLocalDescription(await pc.createOffer());
  return gathered(pc);
}

async function answer(name, sdp) {
  const pc = connection(name);
  await pc.setRemoteDescription({ type: 'offer', sdp });
  for (const t of pc.getTransceivers()) {
    if (t.receiver.track.kind === 'video' && t.direction === 'recvonly' && sdp.includes('a=recvonly')) {
      await t.sender.replaceTrack(canvas());
      t.direction = 'sendonly';
    }
  }
  await pc.setLocalDescription(await pc.createAnswer());
  return gathered(pc);
}

async function accept(name, sdp) {
  await made[name].pc.setRemoteDescription({ type: 'answer', sdp });
}

async function add(name, candidate) {
  await made[name].pc.addIceCandidate(candidate);
}

// shown waits until what is shown has a colour in its middle, and gives what it
// had last where that does not come.
async function shown(name, want) {
  const c = new OffscreenCanvas(1, 1);
  const to = c.getContext('2d', { willReadFrequently: true });
  let got = 'nothing';
  for (const end = Date.now() + 15000; Date.now() < end;) {
    const { value } = await made[name].frames.read();
    to.drawImage(value, value.displayWidth / 2, value.displayHeight / 2, 1, 1, 0, 0, 1, 1);
    const is = [...to.getImageData(0, 0, 1, 1).data].slice(0, 3);
    got = `${is} of ${value.displayWidth}x${value.displayHeight}`;
    value.close();
    if (is.every((v, i) => Math.abs(v - want[i]) < 45)) return '';
  }
  return got;
}

async function stats(name) {
  const lines = [];
  for (const s of (await made[name].pc.getStats()).values()) {
    if (['inbound-rtp', 'outbound-rtp'].includes(s.type)) lines.push(JSON.stringify(s));
  }
  return lines.join('\n');
}
