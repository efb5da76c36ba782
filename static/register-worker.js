// Lets the browser keep what is needed without network. Where it can't, the page is the same.

navigator.serviceWorker?.register("/service-worker.js", { updateViaCache: "none" }).catch(() => undefined);
