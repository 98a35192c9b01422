import { join } from 'node:path'
import * as oauth from 'oauth4webapi'

/** Headers that are about one connection, and those that tell who asks, which the app decides itself. */
const NOT_PASSED = ['host', 'connection', 'content-length', 'transfer-encoding', 'cookie', 'authorization']

const PAGE =
  '<!doctype html><title>Frame</title><input type="file" multiple><output></output>' +
  '<script type="module" src="/page.js"></script>'

async function bundle(): Promise<string> {
  const built = await Bun.build({ entrypoints: [join(import.meta.dir, 'frame-page.js')], target: 'browser' })
  return built.outputs[0]!.text()
}

/**
 * An app of somebody else, on an origin of its own: it registers itself, signs people in by OAuth 2.1 with a client
 * library, and passes the calls of its page on with their token. The page never sees the token, and no page of another
 * origin could call the server itself. `passed` lists the calls; every connection that `losing` names is lost once, after
 * half of its bytes.
 */
export async function frameApp(address: string, { losing }: { losing?: string } = {}) {
  const insecure = { [oauth.allowInsecureRequests]: true }
  const issuer = new URL(address)
  const as = await oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, { ...insecure, algorithm: 'oauth2' }),
  )
  const script = await bundle()
  const passed: string[] = []
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  let client: oauth.Client
  let tokens: oauth.TokenEndpointResponse | undefined
  let lost = false

  async function start(): Promise<Response> {
    const url = new URL(as.authorization_endpoint!)
    const asked = { response_type: 'code', client_id: client.client_id, redirect_uri: back, scope: 'read write', state }
    const challenge = await oauth.calculatePKCECodeChallenge(verifier)
    for (const [name, value] of Object.entries({ ...asked, code_challenge: challenge, code_challenge_method: 'S256' }))
      url.searchParams.set(name, value)
    return Response.redirect(url.href, 303)
  }

  async function arrive(request: Request): Promise<Response> {
    const answer = oauth.validateAuthResponse(as, client, new URL(request.url), state)
    const given = await oauth.authorizationCodeGrantRequest(as, client, oauth.None(), answer, back, verifier, insecure)
    tokens = await oauth.processAuthorizationCodeResponse(as, client, given)
    return Response.redirect(`${site.url.origin}/`, 303)
  }

  async function refresh(): Promise<void> {
    const given = await oauth.refreshTokenGrantRequest(as, client, oauth.None(), tokens!.refresh_token!, insecure)
    tokens = await oauth.processRefreshTokenResponse(as, client, given)
  }

  async function pass(request: Request, path: string): Promise<Response> {
    const { method } = request
    passed.push(`${method} ${path.replace(/[\d-]+[\da-f]{8}-[\w-]+$/, 'ID')}`)
    const headers = new Headers(request.headers)
    for (const name of NOT_PASSED) headers.delete(name)
    headers.set('authorization', `Bearer ${tokens?.access_token}`)
    const bytes = request.body ? await request.bytes() : undefined
    const isLost = !lost && method === losing
    if (isLost) lost = true
    const body = isLost ? bytes?.subarray(0, bytes.length >> 1) : bytes
    const answer = await fetch(address + path, { method, headers, ...(body && { body }), decompress: false })
    return isLost ? new Response('', { status: 502 }) : answer
  }

  const site = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch(request) {
      const { pathname, search } = new URL(request.url)
      if (pathname === '/start') return start()
      if (pathname === '/back') return arrive(request)
      if (pathname.startsWith('/api/')) return pass(request, pathname + search)
      if (pathname === '/page.js') return new Response(script, { headers: { 'content-type': 'text/javascript' } })
      return new Response(pathname === '/' ? PAGE : '', { headers: { 'content-type': 'text/html' } })
    },
  })
  const back = `${site.url.origin}/back`
  const metadata = { client_name: 'Frame', redirect_uris: [back], token_endpoint_auth_method: 'none' }
  const registered = await oauth.dynamicClientRegistrationRequest(as, metadata, insecure)
  client = await oauth.processDynamicClientRegistrationResponse(registered)
  return {
    origin: site.url.origin,
    passed,
    refresh,
    /** Signs the person out of the app. */
    async leave() {
      await oauth.processRevocationResponse(
        await oauth.revocationRequest(as, client, oauth.None(), tokens!.refresh_token!, insecure),
      )
    },
    [Symbol.dispose]: () => void site.stop(true),
  }
}
