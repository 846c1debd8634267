// Runs before the page does: keeps who listens for what, and lets a test move the clock on with all that waits for it.

window.listened = [];
const { addEventListener } = EventTarget.prototype;
EventTarget.prototype.addEventListener = function (type, ...rest) {
  window.listened.push({ type, target: this ?? window });
  return addEventListener.call(this ?? window, type, ...rest);
};

const [begin, end] = [window.setTimeout, window.clearTimeout];
const Then = Date;
const waiting = new Map();
let ahead = 0;
let last = 1_000_000;
const clock = () => performance.now() + ahead;
const longest = 2 ** 31 - 1;
const arm = (id, one) => {
  one.timer = begin.call(window, () => fire(id), Math.min(longest, Math.max(0, one.due - clock())));
};
const fire = (id) => {
  const one = waiting.get(id);
  if (!one) return;
  end.call(window, one.timer);
  waiting.delete(id);
  if (one.every !== null) {
    one.due = clock() + one.every;
    waiting.set(id, one);
    arm(id, one);
  }
  one.run(...one.given);
};
const wait = (every) => (run, after = 0, ...given) => {
  last += 1;
  const one = { run, given, due: clock() + Number(after), every: every ? Math.max(1, Number(after)) : null };
  waiting.set(last, one);
  arm(last, one);
  return last;
};
const forget = (id) => {
  end.call(window, waiting.get(id)?.timer ?? id);
  waiting.delete(id);
};
window.setTimeout = wait(false);
window.setInterval = wait(true);
window.clearTimeout = window.clearInterval = forget;
window.Date = class Date extends Then {
  constructor(...given) {
    if (given.length > 0) super(...given);
    else super(Then.now() + ahead);
  }
  static now() {
    return Then.now() + ahead;
  }
};

// Nothing reaches the server from then on: its clock does not go on with this one, and a phone learns from it how wrong its own is.
const { fetch } = window;
window.fetch = (...asked) => (ahead > 0 ? Promise.reject(new TypeError("Failed to fetch")) : fetch.call(window, ...asked));

// Lets a time pass: a minute second by second, the rest ten minutes at a time, as a phone that wakes now and then. Whatever is due
// happens in the order in which it is; what goes on and on happens each time.
window.pass = async (time) => {
  const from = ahead;
  while (ahead < from + time) {
    ahead = Math.min(from + time, ahead + (ahead < from + 60_000 ? 1_000 : 600_000));
    const due = [...waiting].filter(([, one]) => one.due <= clock());
    due.sort(([, one], [, other]) => one.due - other.due).forEach(([id]) => fire(id));
    await new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = done;
      port2.postMessage(0);
    });
  }
};

// Browsers without a screen have no voice: one that keeps what it is given to say.
const voice = Object.create(SpeechSynthesisVoice.prototype, {
  lang: { get: () => document.documentElement.lang || "nl" },
  localService: { value: true },
  name: { value: "Ellen" },
});
const heard = new EventTarget();
window.said = [];
Object.assign(heard, {
  getVoices: () => [voice],
  cancel: () => {},
  speak: (utterance) => { window.said.push(utterance.text); },
});
Object.defineProperty(SpeechSynthesisUtterance.prototype, "voice", { set() {}, get: () => voice });
Object.defineProperty(window, "speechSynthesis", { value: heard, configurable: true });
