// Moves what waits on this device to the tray, as if the server had refused it for want of a consent.
for (const { name } of await indexedDB.databases()) {
  const database = await new Promise((done) => { indexedDB.open(name).onsuccess = (event) => done(event.target.result); });
  if (!database.objectStoreNames.contains('pending')) continue;
  const writing = database.transaction(['pending', 'refused'], 'readwrite');
  const [pending, refused] = ['pending', 'refused'].map((store) => writing.objectStore(store));
  pending.openCursor().onsuccess = ({ target: { result: cursor } }) => {
    if (!cursor) return;
    const [version, , ...edit] = new Uint8Array(cursor.value.b);
    const at = new DataView(new ArrayBuffer(8));
    at.setBigUint64(0, BigInt(Date.now()));
    const bytes = new Uint8Array([version, 49, ...new Uint8Array(at.buffer), ...edit]);
    refused.put({ c: cursor.value.c, b: bytes }, cursor.key);
    cursor.delete();
    cursor.continue();
  };
  await new Promise((done) => { writing.oncomplete = done; });
  database.close();
}
return 'moved';
