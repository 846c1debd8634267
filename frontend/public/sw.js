// Keeps the app on the device, so that it starts cold without any network. It never touches /api: what people make is
// kept by the app itself.

// Filled in by the build: per bundle a version and every address its shell needs.
const [companion, own, way, supporter, desk, programme, guidance] = [
  /*{{precache:companion}}*/,
  /*{{precache:own}}*/,
  /*{{precache:way}}*/,
  /*{{precache:supporter}}*/,
  /*{{precache:desk}}*/,
  /*{{precache:programme}}*/,
  /*{{precache:guidance}}*/,
];

const PICTOGRAMS = "opstap-pictograms";
const SHELL = "opstap-shell-";

// In this order the first that an address lies below is its bundle: programme and guidance stand below the desk, and the companion at every address
// that is not below that of another.
const bundles = [
  { name: "own", page: "/own.html", at: "/own", kept: own },
  { name: "way", page: "/way.html", at: "/way", kept: way },
  { name: "supporter", page: "/supporter.html", at: "/support", kept: supporter },
  { name: "programme", page: "/programme.html", at: "/desk/programme", kept: programme },
  { name: "guidance", page: "/guidance.html", at: "/desk/guidance", kept: guidance },
  { name: "desk", page: "/desk.html", at: "/desk", kept: desk },
  { name: "companion", page: "/companion.html", at: "", kept: companion },
];
const cacheOf = (bundle) => `${SHELL}${bundle.name}-${bundle.kept.version}`;
const isBelow = (path, at) => path === at || path.startsWith(`${at}/`);
const bundleOf = (path) => bundles.find((bundle) => isBelow(path, bundle.at));

// A file named by its content never changes; the copy another version holds is as good as a new one.
const hashed = (path) => /-[0-9a-f]{8,}\.[a-z0-9]+$/.test(path);

async function keep(bundle) {
  const cache = await caches.open(cacheOf(bundle));
  const one = async (address) => {
    if (await cache.match(address)) return;
    const known = hashed(address) ? await caches.match(address) : undefined;
    // What has a fixed name goes round the browser's own cache, which may hold the version before; what is hashed
    // is taken from it, so that a first visit does not pay for the program twice.
    const answer = known ?? (await fetch(address, { cache: hashed(address) ? "default" : "reload" }));
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    await cache.put(address, answer);
  };
  await Promise.all(bundle.kept.urls.filter((address) => address !== bundle.page).map(one));
  // The page comes last: it is only shown from here when everything it asks for is here too.
  await one(bundle.page);
}

// Whose bundle a window shows; a device keeps only the bundles it uses.
const pathOf = (client) => new URL(client.url).pathname;

async function bundlesInUse() {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const names = (await caches.keys()).filter((name) => name.startsWith(SHELL));
  const used = bundles.filter(
    (bundle) =>
      windows.some((window) => bundleOf(pathOf(window)) === bundle) ||
      names.some((name) => name.startsWith(`${SHELL}${bundle.name}-`)),
  );
  return used.length > 0 ? used : [bundleOf("/")];
}

// A new version is put beside the old one and waits until every window of the old one is closed: no screen changes
// under somebody's hands, and no window finds the files of its version gone.
self.addEventListener("install", (event) => {
  event.waitUntil(bundlesInUse().then((used) => Promise.all(used.map(keep))));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      // Asked before the old versions go: what is kept tells what is used.
      const used = await bundlesInUse();
      const current = new Set(bundles.map(cacheOf));
      const names = await caches.keys();
      await Promise.all(
        names.filter((name) => name.startsWith(SHELL) && !current.has(name)).map((name) => caches.delete(name)),
      );
      // The very first window was loaded without a worker; from now on it has one.
      await self.clients.claim();
      // A window may have gone to another bundle while this worker was not at work yet. Not waited for: until this is
      // done no page would be answered.
      for (const bundle of new Set([...used, ...(await bundlesInUse())])) {
        keep(bundle).catch((reason) => console.error(reason));
      }
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  const path = address.pathname;
  // The page behind a link in a mail is the server's own.
  if (["/api/", "/mail/", "/fhir/"].some((served) => path.startsWith(served))) return;
  if (request.mode === "navigate") {
    event.respondWith(page(bundleOf(path), request, event));
  } else if (path.startsWith("/pictograms/")) {
    event.respondWith(pictogram(request));
  } else {
    event.respondWith(file(path, request));
  }
});

async function page(bundle, request, event) {
  const kept = await caches.match(bundle.page, { cacheName: cacheOf(bundle) });
  if (kept) return kept;
  // The first time this bundle is opened here: show it from the network and keep the rest of it meanwhile.
  const answer = await fetch(request);
  event.waitUntil(keep(bundle).catch((reason) => console.error(reason)));
  return answer;
}

async function file(path, request) {
  for (const bundle of bundles) {
    const kept = await caches.match(path, { cacheName: cacheOf(bundle) });
    if (kept) return kept;
  }
  return fetch(request);
}

async function pictogram(request) {
  const cache = await caches.open(PICTOGRAMS);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request.url, answer.clone());
  return answer;
}

// A message came while the app is closed. What came is the language of this device and no more: nobody who looks at the
// phone, or carries the message, learns anything of it.
const SAYS = { nl: "Er is een bericht", en: "There is a message" };
self.addEventListener("push", (event) => {
  const lang = event.data?.text() === "en" ? "en" : "nl";
  const shown = { body: SAYS[lang], lang, tag: "message", icon: "/icon-192.png", badge: "/icon-192.png" };
  event.waitUntil(self.registration.showNotification("Opstap", shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(
    (async () => {
      const [open] = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
      if (open) return open.focus();
      // The companion sends whoever is no client on to their own; what stands beside it has no first screen.
      const first = (await bundlesInUse()).find(({ kept }) => ![own, way, programme, guidance].includes(kept));
      return self.clients.openWindow(first?.at || "/");
    })(),
  );
});

// A client's phone names the bundle for on the way, and the desk those of programme and guidance, so that it is here before it is opened; others never
// load it.
self.addEventListener("message", (event) => {
  const bundle = bundles.find((bundle) => bundle.name === event.data?.keepBundle);
  if (bundle) event.waitUntil(keep(bundle).catch((reason) => console.error(reason)));
});

// The app names the pictograms of the plans on this device, so that a step that was never opened has its picture too.
self.addEventListener("message", (event) => {
  const wanted = event.data?.keepPictograms;
  if (!Array.isArray(wanted)) return;
  const addresses = wanted.filter((address) => typeof address === "string" && address.startsWith("/pictograms/"));
  event.waitUntil(
    (async () => {
      const cache = await caches.open(PICTOGRAMS);
      for (const address of addresses) {
        if (await cache.match(address)) continue;
        const answer = await fetch(address).catch(() => undefined);
        if (answer?.ok) await cache.put(address, answer);
      }
    })(),
  );
});
