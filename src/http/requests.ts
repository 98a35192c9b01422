import type { Config } from '../config'
import type { Connection } from '../context'
import { log } from '../log'
import { type Answered, countRequest } from '../measures'
import { addressIn } from './client'

/** Counts the request if it is answered. */
export function counted(request: Request, startedAt: number, answer: Response | null): Response | null {
  if (answer) countRequest(kindOf(request), answer.status, startedAt)
  return answer
}

/** Counts the request when its answer begins. */
export function countedLater(
  request: Request,
  startedAt: number,
  answer: Response | Promise<Response>,
): Response | Promise<Response> {
  if (answer instanceof Response) return counted(request, startedAt, answer)!
  return answer.then((answer) => counted(request, startedAt, answer)!)
}

const FOLDER = /^https?:\/\/[^/]+(\/api)?(?:\/(media|assets|events)(?=[/?]|$))?/

function kindOf({ url, headers }: Request): Answered {
  const [, api, folder] = FOLDER.exec(url) ?? []
  if (folder === 'media' || folder === 'events') return folder
  if (folder === 'assets') return 'asset'
  if (api) return 'json'
  return headers.has('hx-request') ? 'fragment' : 'page'
}

/** Logs the request when its answer begins. */
export function logged(
  config: Config,
  { request, connection, startedAt }: { request: Request; connection: Connection; startedAt: number },
  answer: Response | Promise<Response>,
): Response | Promise<Response> {
  const tell = (answered: Response) => {
    log.info('Request', {
      address: addressIn(config, request, connection),
      method: request.method,
      path: withoutSecrets(request.url),
      status: answered.status,
      ms: Math.round(performance.now() - startedAt),
    })
    return answered
  }
  return answer instanceof Response ? tell(answer) : answer.then(tell)
}

/**
 * The path without what opens something: signatures of media links, links for guests, and tokens, which are in queries. A
 * request that names no valid host has none, and is refused.
 */
const withoutSecrets = (url: string): string =>
  (URL.parse(url)?.pathname ?? '-')
    .replace(/^\/media\/[^/]+\/[^/]+\/[^/]+/, '/media/-')
    .replace(/^(\/api)?\/looks\/(?!new$)[^/]+/, '$1/looks/-')
