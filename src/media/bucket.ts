import { S3Client } from 'bun'
import { log } from '../log'
import type { S3Address } from '../s3-address'
import { StoreAway } from './away'

/** What a bucket knows about an object. */
export type ObjectHead = { bytes: number; changedAt: number }
export type ListedObject = ObjectHead & { key: string }

/** The objects of one bucket. Every call throws `StoreAway` when the store does not answer or refuses us. */
export type Bucket = {
  /** Requests an object, or the part that the header `Range` describes. Null when there is no such object. */
  get(key: string, range?: string | null): Promise<Response | null>
  head(key: string): Promise<ObjectHead | null>
  put(key: string, body: Blob | string): Promise<void>
  /** Deletes an object. It is not an error if it does not exist. */
  delete(key: string): Promise<void>
  list(prefix: string): AsyncIterable<ListedObject>
  /** Whether the store answers and accepts the key, as it was a moment ago at most. */
  answers(): Promise<boolean>
}

/** How long a signature is valid. Addresses with one never leave this program, and are used at once. */
const SIGNED_SECONDS = 900
/** The slowest store that an upload is expected to reach, in bytes per millisecond. */
const SLOWEST = 50
const ATTEMPTS = 3
const TELL_MS = 10_000
/** How long the answer to whether the store answers is remembered, so that health checks cost little. */
const CHECK_MS = 2000

/** `patienceMs` is how long the store may take to begin its answer. */
export function openBucket(address: S3Address, patienceMs = 10_000): Bucket {
  const { endpoint, region, bucket, prefix, accessKeyId, secretAccessKey } = address
  const client = new S3Client({ endpoint, region, bucket, accessKeyId, secretAccessKey })

  /**
   * Sends a request with a signed address. Bun's own response of an S3 file would redirect the viewer to such an
   * address, which anybody may copy.
   */
  async function send(method: 'GET' | 'HEAD' | 'DELETE', key: string, headers: Record<string, string> = {}) {
    for (let attempt = 1; ; attempt++) {
      const stop = new AbortController()
      const alarm = setTimeout(() => stop.abort(), patienceMs)
      try {
        const url = client.presign(prefix + key, { method, expiresIn: SIGNED_SECONDS })
        const response = await fetch(url, { method, headers, signal: stop.signal, redirect: 'manual' })
        if (response.ok || [404, 416].includes(response.status)) return response
        const reason = `${response.status} ${await codeOf(response)}`
        if (response.status < 500 || attempt === ATTEMPTS) throw away(method, key, reason)
      } catch (error) {
        if (error instanceof StoreAway) throw error
        if (stop.signal.aborted) throw away(method, key, 'no answer in time')
        if (attempt === ATTEMPTS) throw away(method, key, reasonOf(error))
      } finally {
        clearTimeout(alarm) // the body may take any time, because it arrives as fast as the viewer reads
      }
      await Bun.sleep(25 * 4 ** attempt)
    }
  }

  /** Runs a call of Bun's client, which has no time limit of its own. */
  async function ask<T>(method: string, key: string, ms: number, call: () => Promise<T>): Promise<T> {
    let alarm: Timer | undefined
    const late = new Promise<never>((_, reject) => {
      alarm = setTimeout(() => reject(away(method, key, 'no answer in time')), ms)
    })
    try {
      return await Promise.race([call(), late])
    } catch (error) {
      throw error instanceof StoreAway || isOnOurSide(error) ? error : away(method, key, reasonOf(error))
    } finally {
      clearTimeout(alarm)
    }
  }

  let toldAt = Number.NEGATIVE_INFINITY

  /** Everything fails while a store is away, so the log says it only now and then. */
  function away(method: string, key: string, reason: string): StoreAway {
    const now = performance.now()
    if (now - toldAt > TELL_MS) log.warn('The bucket does not answer', { method, key: prefix + key, reason })
    if (now - toldAt > TELL_MS) toldAt = now
    return new StoreAway(reason)
  }

  const page = (within: string, more: { maxKeys?: number; continuationToken?: string } = {}) =>
    ask('LIST', within, patienceMs, () => client.list({ prefix: prefix + within, ...more }))

  let asked: { at: number; answer: Promise<boolean> } | undefined

  return {
    answers() {
      const at = performance.now()
      if (asked && at - asked.at < CHECK_MS) return asked.answer
      const answer = page('answers/', { maxKeys: 1 }).then(
        () => true,
        () => false,
      )
      asked = { at, answer }
      return answer
    },
    async get(key, range) {
      const response = await send('GET', key, range ? { range } : {})
      if (response.status !== 404) return withPlainErrors(response, (reason) => away('GET', key, reason))
      const code = await codeOf(response)
      if (code === 'NoSuchKey' || code === 'NotFound') return null
      throw away('GET', key, `404 ${code}`)
    },
    async head(key) {
      const response = await send('HEAD', key)
      if (response.status === 404) {
        await page(key, { maxKeys: 1 }) // An answer to HEAD does not say whether the object or the whole bucket is missing.
        return null
      }
      const { headers } = response
      return { bytes: Number(headers.get('content-length')), changedAt: Date.parse(headers.get('last-modified') ?? '') }
    },
    async put(key, body) {
      const bytes = typeof body === 'string' ? body.length : body.size
      await ask('PUT', key, 3 * patienceMs + bytes / SLOWEST, () => client.write(prefix + key, body))
    },
    async delete(key) {
      await send('DELETE', key)
    },
    async *list(within) {
      let continuationToken: string | undefined
      do {
        const found = await page(within, continuationToken ? { continuationToken } : {})
        for (const { key, size = 0, lastModified } of found.contents ?? [])
          yield { key: key.slice(prefix.length), bytes: size, changedAt: Date.parse(lastModified ?? '') }
        continuationToken = found.isTruncated ? found.nextContinuationToken : undefined
      } while (continuationToken)
    },
  }
}

/**
 * Bun prints errors of the body that it sends to a viewer. Those of a request contain the signed address, so they are
 * replaced.
 */
function withPlainErrors({ body, status, headers }: Response, toError: (reason: string) => StoreAway): Response {
  if (!body) return new Response(null, { status, headers })
  const reader = body.getReader()
  const plain = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (done) controller.close()
          else controller.enqueue(value)
        } catch (error) {
          controller.error(toError(reasonOf(error)))
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
  return new Response(plain, { status, headers })
}

/** The code in the XML that S3 answers errors with. */
async function codeOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => '')
  return /<Code>([\w.-]{1,60})<\/Code>/.exec(text)?.[1] ?? (response.status === 404 && !text ? 'NotFound' : 'unknown')
}

/** Errors of the network contain the signed address, so only their code or name is kept. */
function reasonOf(error: unknown): string {
  const { code, name } = error as { code?: string; name?: string }
  return String(code ?? name ?? 'unknown')
}

/** Whether reading the file that is sent failed, which is not the fault of the store. */
const isOnOurSide = (error: unknown) => ['ENOENT', 'EACCES', 'EIO'].includes((error as { code?: string }).code ?? '')
