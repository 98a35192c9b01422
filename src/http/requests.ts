import { type Answered, countRequest } from '../measures'

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
