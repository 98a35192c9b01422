import type { Challenges } from './order'

const CHALLENGE = /^\/\.well-known\/acme-challenge\/([\w-]{1,200})$/

type Plain = {
  /** The public address, which begins with https. */
  url: string
  challenges: Challenges
  /** Whether the server with https answers already. */
  isReady(): boolean
}

/** Answers on the port of plain http: with the challenges of the certificate authority, and else by leading to https. */
export const plainAnswer =
  ({ url, challenges, isReady }: Plain) =>
  (request: Request): Response => {
    const asked = URL.parse(request.url)
    if (!asked) return new Response('The Host header is missing or not valid.', { status: 400 })
    const { pathname, search } = asked
    const [, token] = CHALLENGE.exec(pathname) ?? []
    const answer = token && challenges.get(token)
    if (answer) return new Response(answer, { headers: { 'content-type': 'application/octet-stream' } })
    if (token) return new Response('There is no such challenge.', { status: 404 })
    if (!isReady())
      return new Response('The certificate of this server is being prepared. Please try again in a minute.', {
        status: 503,
        headers: { 'retry-after': '60' },
      })
    // never to the host of the request, which anybody may choose
    return new Response(null, { status: 308, headers: { location: `${url}${pathname}${search}` } })
  }
