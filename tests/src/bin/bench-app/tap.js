// Taps "Klaar" and gives the milliseconds until the next sentence is painted. The app keeps the tap on disk before it shows it.
// The step has stood there for a second: a tap right after the last one is taken for a trembling finger.
const sentence = () => tidy(words(document.querySelector("main h1") ?? document.body));
return (async () => {
  await new Promise((passed) => setTimeout(passed, 1000));
  const before = sentence();
  const button = find(things, "Klaar", true);
  const began = performance.now();
  return new Promise((done) => {
    const observer = new MutationObserver(() => {
      if (sentence() === before) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => done(performance.now() - began);
        painted.port2.postMessage(null);
      });
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    button.click();
  });
})();
