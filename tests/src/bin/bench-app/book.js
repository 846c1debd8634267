// Opens the book, turns ten days back and scrolls the last from top to bottom; gives milliseconds.
const painted = () =>
  new Promise((done) =>
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => done(performance.now());
      after.port2.postMessage(null);
    }),
  );
const title = () => tidy(words(document.querySelector("main h1") ?? document.body));
const changes = async (act) => {
  const before = title(), began = performance.now();
  act();
  while (title() === before || document.querySelector("main .bone")) await painted();
  return (await painted()) - began;
};
const turns = [];
return (async () => {
  const opened = await changes(() => find(things, "Mijn boek", true).click());
  for (let day = 0; day < 10; day += 1) {
    turns.push(await changes(() => document.querySelector(".book-day button").click()));
  }
  let [frame, last] = [0, await painted()];
  for (let at = 0; at <= document.body.scrollHeight; at += 120) {
    scrollTo(0, at);
    const now = await painted();
    [frame, last] = [Math.max(frame, now - last), now];
  }
  turns.sort((a, b) => a - b);
  return { opened, turned: turns[5], frame, longest: globalThis.opstapLongest };
})();
