import { type Context, Hono } from 'hono'
import type { Env } from '../context'
import { directAddressOf } from '../http/client'
import { Problem } from '../problem'
import { isSameSecret } from '../same-secret'
import { TEXT_FORMAT } from './exposition'
import { gatherMetrics } from './gather'

/** Headers that proxies add. With one of them, a connection from this machine is the request of somebody else. */
const FORWARDING = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip']

export const metrics = new Hono<Env>().get('/', async (c) => {
  if (!mayRead(c)) throw new Problem('unauthenticated', 'Send the token of PINHOLE_METRICS_TOKEN as a bearer token.')
  const text = await gatherMetrics(c.var.app)
  return c.body(text, 200, { 'content-type': TEXT_FORMAT, 'cache-control': 'no-store' })
})

/** Programs on this machine may read the metrics, and whoever has the token. */
function mayRead(c: Context<Env>): boolean {
  const { metricsToken } = c.var.app.config
  const [, token] = /^Bearer +(.+)$/i.exec(c.req.header('authorization') ?? '') ?? []
  if (token !== undefined) return metricsToken !== undefined && isSameSecret(metricsToken, token)
  return isLoopback(directAddressOf(c)) && !FORWARDING.some((name) => c.req.header(name) !== undefined)
}

const isLoopback = (address: string) => address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address)
