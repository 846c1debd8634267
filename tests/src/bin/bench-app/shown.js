// Notes when the first plan stands on the screen, counted from the begin of the navigation.
(() => {
  const look = () => {
    if (!document.querySelector("main .next-up, main .tile")) return;
    observer.disconnect();
    // The frame after the one that draws it has begun when it is painted.
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => (globalThis.opstapPlansShown = performance.now());
      painted.port2.postMessage(null);
    });
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
})();
