/** What `self` is in a service worker; the other files here are checked as those of pages. */
export const worker = self as unknown as ServiceWorkerGlobalScope
