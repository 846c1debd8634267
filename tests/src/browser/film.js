const canvas = document.createElement('canvas');
[canvas.width, canvas.height] = [320, 240];
const drawn = canvas.getContext('2d');
const recorder = new MediaRecorder(canvas.captureStream(10), { mimeType: 'video/webm' });
const parts = [];
recorder.ondataavailable = ({ data }) => parts.push(data);
const ended = new Promise((resolve) => { recorder.onstop = resolve; });
recorder.start();
for (let at = 0; at < 8; at += 1) {
  drawn.fillStyle = `hsl(${at * 40}, 60%, 50%)`;
  drawn.fillRect(0, 0, canvas.width, canvas.height);
  drawn.fillStyle = 'white';
  drawn.fillRect(20 + at * 30, 90, 60, 60);
  await new Promise((resolve) => setTimeout(resolve, 100));
}
recorder.stop();
await ended;
return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
