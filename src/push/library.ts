let signing: Promise<typeof import('web-push')> | undefined
let posting: Promise<typeof import('./request')> | undefined

// Both are loaded with the first push, so that the server starts faster.

/** The library that signs and encrypts pushes. */
export const webPush = () => (signing ??= import('web-push').then((library) => library.default))

/** The module that posts to addresses that members chose. Node's HTTP clients, which it uses, take long to load. */
export const poster = () => (posting ??= import('./request'))
