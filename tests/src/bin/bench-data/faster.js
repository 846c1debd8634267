// Time as the app waits it runs sixty times faster, as the week does.
(() => {
  const real = globalThis.setTimeout;
  globalThis.setTimeout = (act, wait = 0, ...rest) => real(act, wait / 60, ...rest);
})();
