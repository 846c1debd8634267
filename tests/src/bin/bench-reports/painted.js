// Notes when something that is asked for stands on the screen, counted from the begin of the navigation or from a tap.
globalThis.opstapPainted = (there, from) => new Promise((done) => {
  const look = () => {
    if (!there()) return;
    observer.disconnect();
    // The frame after the one that draws it has begun when it is painted.
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => done(performance.now() - from);
      painted.port2.postMessage(null);
    });
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, characterData: true });
  look();
});
