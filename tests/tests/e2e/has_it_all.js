// Whether a phone can go offline with a plan: the worker, the shell, every pictogram, and so many photos. Gives what is missing, or "all".

if (!navigator.serviceWorker.controller) return "no worker yet";
const shells = (await caches.keys()).filter((name) => name.startsWith("opstap-shell-companion-"));
if (shells.length !== 1 || !(await (await caches.open(shells[0])).match("/companion.html"))) return "no shell yet";
for (const picture of pictograms) if (!(await caches.match(picture))) return `no ${picture}`;

const asked = (request) =>
  new Promise((done, missed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => missed(request.error);
  });
for (const { name } of await indexedDB.databases()) {
  const database = await asked(indexedDB.open(name));
  try {
    if (!database.objectStoreNames.contains("bytes")) continue;
    const here = await asked(database.transaction("bytes").objectStore("bytes").count());
    if (here >= photos) return "all";
  } finally {
    database.close();
  }
}
return "no photo yet";
