// How many records this device keeps, all circles together.
let held = 0;
for (const { name } of await indexedDB.databases()) {
  const database = await new Promise((done) => { indexedDB.open(name).onsuccess = (event) => done(event.target.result); });
  if (database.objectStoreNames.contains("records")) {
    const counting = database.transaction("records").objectStore("records").count();
    held += await new Promise((done) => { counting.onsuccess = () => done(counting.result); });
  }
  database.close();
}
return held;
