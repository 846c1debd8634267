// Notes when the first plan stands on the screen, counted from the begin of the navigation, and the longest task there was.
globalThis.opstapLongest = 0;
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) globalThis.opstapLongest = Math.max(globalThis.opstapLongest, task.duration);
}).observe({ type: "longtask", buffered: true });
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
