import { randomUUID } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { calculateJwkThumbprint, type FlattenedJWSInput, flattenedVerify, importJWK, type JWK } from 'jose'
import type { Json } from './harness'

const DAY_MS = 24 * 3600_000
const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17'
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

type Order = { id: string; account: string; host: string; status: string; certificate?: string; error?: object }
type Options = {
  /** Where the host of every certificate listens to plain http, in place of port 80. */
  httpPort: number
  /** How long a certificate lives. */
  lifeMs?: number
}

/**
 * A certificate authority that speaks ACME (RFC 8555) on this machine: signed requests with nonces, accounts, orders, the
 * challenge HTTP-01, which it really asks for, and certificates for the keys that requests for them are signed with.
 */
export async function startAcme({ httpPort, lifeMs = 90 * DAY_MS }: Options) {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Trial authority',
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  })
  const nonces = new Set<string>()
  const accounts = new Map<string, JWK>()
  const orders = new Map<string, Order>()
  const state = { lifeMs, issued: 0, refuses: undefined as string | undefined, asked: [] as string[] }

  const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: (request) => answer(request) })
  const origin = `http://127.0.0.1:${server.port}`

  function reply(body: object | string | null, status = 200, headers: Record<string, string> = {}) {
    const nonce = randomUUID()
    nonces.add(nonce)
    const type = typeof body === 'string' ? 'application/pem-certificate-chain' : 'application/json'
    return new Response(typeof body === 'string' ? body : body && JSON.stringify(body), {
      status,
      headers: { 'content-type': type, 'replay-nonce': nonce, 'cache-control': 'no-store', ...headers },
    })
  }
  const problem = (type: string, detail: string, status = 400) =>
    reply({ type: `urn:ietf:params:acme:error:${type}`, detail, status }, status, {
      'content-type': 'application/problem+json',
    })

  /** Checks the signature, the nonce and the address of a request (RFC 8555, 6). */
  async function open(request: Request) {
    const jws = (await request.json()) as FlattenedJWSInput
    const header = JSON.parse(Buffer.from(jws.protected!, 'base64url').toString())
    if (request.headers.get('content-type') !== 'application/jose+json') throw problem('malformed', 'Wrong type.', 415)
    if (!nonces.delete(header.nonce)) throw problem('badNonce', 'This nonce is unknown.')
    if (header.url !== request.url) throw problem('unauthorized', 'The request was signed for another address.', 401)
    const jwk: JWK | undefined = header.jwk ?? accounts.get(header.kid)
    if (!jwk) throw problem('accountDoesNotExist', 'There is no such account.')
    await flattenedVerify(jws, await importJWK(jwk, header.alg))
    const text = Buffer.from(String(jws.payload), 'base64url').toString()
    return { payload: text ? JSON.parse(text) : undefined, account: header.kid as string | undefined, jwk }
  }

  async function answer(request: Request): Promise<Response> {
    const [, what = '', id = ''] = new URL(request.url).pathname.split('/')
    if (what === 'directory')
      return reply({
        newNonce: `${origin}/nonce`,
        newAccount: `${origin}/account`,
        newOrder: `${origin}/order`,
        meta: { termsOfService: `${origin}/terms` },
      })
    if (what === 'nonce') return reply(null, 200)
    try {
      return await act(what, id, await open(request))
    } catch (error) {
      if (error instanceof Response) return error
      return problem('malformed', String(error))
    }
  }

  async function act(what: string, id: string, { payload, account, jwk }: Json): Promise<Response> {
    if (what === 'account' && !id) return enrol(jwk, payload)
    if (what === 'account') return reply({ status: 'valid' })
    if (state.refuses) return problem('rateLimited', state.refuses, 403)
    if (what === 'order' && !id) {
      const order = { id: randomUUID(), account, host: payload.identifiers[0].value, status: 'pending' }
      orders.set(order.id, order)
      return reply(shown(order), 201, { location: `${origin}/order/${order.id}` })
    }
    const order = orders.get(id)
    if (!order || order.account !== account) return problem('unauthorized', 'This is not your order.', 401)
    if (what === 'order') return reply(shown(order), 200, { location: `${origin}/order/${id}` })
    if (what === 'authorization') return reply(authorization(order))
    if (what === 'challenge') return reply(await validate(order, jwk, payload))
    if (what === 'finalize') return finalize(order, payload.csr)
    if (what === 'certificate') return reply(order.certificate!)
    return problem('malformed', 'There is nothing at this address.', 404)
  }

  async function enrol(jwk: JWK, { termsOfServiceAgreed, onlyReturnExisting }: Json) {
    const url = `${origin}/account/${await calculateJwkThumbprint(jwk)}`
    const isKnown = accounts.has(url)
    if (!isKnown && onlyReturnExisting) return problem('accountDoesNotExist', 'There is no such account.')
    if (!isKnown && !termsOfServiceAgreed) return problem('malformed', 'The terms have to be agreed to.')
    accounts.set(url, jwk)
    return reply({ status: 'valid' }, isKnown ? 200 : 201, { location: url })
  }

  const shown = ({ id, host, status, certificate, error }: Order) => ({
    status,
    identifiers: [{ type: 'dns', value: host }],
    authorizations: [`${origin}/authorization/${id}`],
    finalize: `${origin}/finalize/${id}`,
    ...(certificate && { certificate: `${origin}/certificate/${id}` }),
    ...(error && { error }),
  })
  const challenge = ({ id, status, error }: Order) => ({
    type: 'http-01',
    url: `${origin}/challenge/${id}`,
    token: `token-${id}`,
    status: status === 'ready' || status === 'valid' ? 'valid' : status,
    ...(error && { error }),
  })
  const authorization = (order: Order) => ({
    status: challenge(order).status,
    identifier: { type: 'dns', value: order.host },
    challenges: [{ type: 'dns-01', url: `${origin}/none`, token: 'none', status: 'pending' }, challenge(order)],
  })

  /** Asks the host for the challenge (RFC 8555, 8.3). */
  async function validate(order: Order, jwk: JWK, started: unknown) {
    if (started === undefined || order.status !== 'pending') return challenge(order)
    const { token } = challenge(order)
    const path = `/.well-known/acme-challenge/${token}`
    state.asked.push(path)
    const host = { host: order.host }
    const found = await fetch(`http://127.0.0.1:${httpPort}${path}`, { headers: host, redirect: 'manual' }).catch(
      () => null,
    )
    const wanted = `${token}.${await calculateJwkThumbprint(jwk)}`
    const isRight = found?.status === 200 && (await found.text()).trim() === wanted
    order.status = isRight ? 'ready' : 'invalid'
    if (!isRight)
      order.error = {
        type: `urn:ietf:params:acme:error:${found ? 'unauthorized' : 'connection'}`,
        detail: found ? 'The answer to the challenge was wrong.' : `Port 80 of ${order.host} refused the connection.`,
      }
    return challenge(order)
  }

  async function finalize(order: Order, csr: string): Promise<Response> {
    if (order.status !== 'ready') return problem('orderNotReady', 'The challenge is open.', 403)
    const request = new x509.Pkcs10CertificateRequest(Buffer.from(csr, 'base64url'))
    const found = request.getExtension(SUBJECT_ALTERNATIVE_NAME) as x509.SubjectAlternativeNameExtension | null
    const names = found?.names.items.map(({ value }) => value)
    if (!(await request.verify()) || names?.join() !== order.host) return problem('badCSR', 'This is not for the host.')
    const now = Date.now()
    const leaf = await x509.X509CertificateGenerator.create({
      subject: `CN=${order.host}`,
      issuer: root.subject,
      notBefore: new Date(now - 1000),
      notAfter: new Date(now + state.lifeMs),
      publicKey: request.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: ALGORITHM,
      extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: order.host }])],
    })
    state.issued++
    order.status = 'valid'
    order.certificate = `${leaf.toString('pem')}\n${root.toString('pem')}\n`
    return reply(shown(order), 200, { location: `${origin}/order/${order.id}` })
  }

  return {
    directoryUrl: `${origin}/directory`,
    /** The certificate that browsers would have to trust. */
    root: root.toString('pem'),
    state,
    [Symbol.dispose]: () => void server.stop(true),
  }
}

/** A certificate and its key for a host, as somebody else would have put them into files. */
export async function selfSigned(
  host: string,
  { from, to } = { from: Date.now() - DAY_MS, to: Date.now() + 90 * DAY_MS },
): Promise<{ cert: string; key: string }> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${host}`,
    keys,
    notBefore: new Date(from),
    notAfter: new Date(to),
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: host }])],
  })
  const exported = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  const key = `-----BEGIN PRIVATE KEY-----\n${exported.replaceAll(/(.{64})/g, '$1\n')}\n-----END PRIVATE KEY-----\n`
  return { cert: certificate.toString('pem'), key }
}
