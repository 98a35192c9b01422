/** `self` in a service worker. The other files here are type-checked as scripts of pages. */
export const worker = self as unknown as ServiceWorkerGlobalScope
