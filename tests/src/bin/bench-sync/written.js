// Counts the records that the app puts into its store, and how long their transactions take from the first of them to the disk.
(() => {
  const written = (globalThis.opstapWritten = { puts: 0, spent: 0, open: 0 });
  const known = new WeakSet();
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...row) {
    if (this.name === "records") {
      written.puts += 1;
      const { transaction } = this;
      if (!known.has(transaction)) {
        known.add(transaction);
        written.open += 1;
        const began = performance.now();
        transaction.addEventListener("complete", () => {
          written.open -= 1;
          written.spent += performance.now() - began;
        });
      }
    }
    return put.apply(this, row);
  };
})();
