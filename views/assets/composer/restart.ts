import type { DetailedError, HttpRequest, HttpResponse } from 'tus-js-client'

/** What a proxy answers while the server behind it starts again, and what asks to come back later. */
const PASSING = [408, 429, 500, 502, 503, 504]

/** The status of the answer; 0 when there was none. */
export const statusOf = ({ originalResponse }: DetailedError) => originalResponse?.getStatus() ?? 0

/**
 * Keeps an upload while the server starts again. When the client asks how far an upload has come and gets an error, it
 * takes the upload for lost and begins a new one. With an error thrown here it asks again later instead.
 */
export function keepThroughRestart(request: HttpRequest, response: HttpResponse) {
  if (request.getMethod() === 'HEAD' && PASSING.includes(response.getStatus()))
    throw new Error(`The server answered with ${response.getStatus()}.`)
}

/** Whether the upload failed only because the server could not be reached, so that it goes on when it is back. */
export const isOutOfReach = (error: DetailedError) => [0, 502, 503, 504].includes(statusOf(error))

/** Whether an immediate retry makes sense. */
export const mayRetry = (error: DetailedError) => [0, 409, 423, ...PASSING].includes(statusOf(error))
