let loading: Promise<typeof import('web-push')> | undefined

/** The library that signs and encrypts pushes. It is loaded with the first push, so that the server starts faster. */
export const webPush = () => (loading ??= import('web-push').then((library) => library.default))
