import { AwsClient } from 'aws4fetch'
import { S3Client } from 'bun'
import { errorCode } from '../error-code'
import { log } from '../log'
import type { S3Address } from '../s3-address'
import { StoreAway } from './away'

/** What a bucket knows about an object. */
export type ObjectHead = { bytes: number; changedAt: number }
export type ListedObject = ObjectHead & { key: string }

/** The objects of one bucket. Every call throws `StoreAway` when the store does not answer or refuses us. */
export type Bucket = {
  /**
   * Requests an object, or the part that the header `Range` describes. Null when there is no such object. The body is the
   * one that the network gives, which Bun passes on fastest.
   */
  get(key: string, range?: string | null): Promise<Response | null>
  /** Requests an object whose body is read here. The body fails with `StoreAway` when the store cuts it off. */
  read(key: string, range?: string | null): Promise<Response | null>
  head(key: string): Promise<ObjectHead | null>
  put(key: string, body: Blob | string): Promise<void>
  /**
   * Writes a small object only if there is none of this name, and returns whether it did. Stores that do not know
   * `If-None-Match` replace an object that was written at the same moment.
   */
  create(key: string, body: Uint8Array): Promise<boolean>
  /** Deletes an object. It is not an error if it does not exist. */
  delete(key: string): Promise<void>
  list(prefix: string): AsyncIterable<ListedObject>
  /** Whether the store answers and accepts the key, as it was a moment ago at most. */
  answers(): Promise<boolean>
}

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
  const signer = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3' })

  /**
   * Sends a request whose signature is in a header. Bun's own response of an S3 file would redirect the viewer to a signed
   * address, which anybody may copy, and Bun prints the address of a request whose answer breaks off.
   */
  async function send(method: 'GET' | 'HEAD' | 'DELETE', key: string, headers: Record<string, string> = {}) {
    for (let attempt = 1; ; attempt++) {
      const stop = new AbortController()
      const alarm = setTimeout(() => stop.abort(), patienceMs)
      try {
        const signed = await signer.sign(`${endpoint}/${bucket}/${prefix}${key}`, { method, headers })
        const response = await fetch(signed, { signal: stop.signal, redirect: 'manual' })
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

  async function get(key: string, range?: string | null): Promise<Response | null> {
    const response = await send('GET', key, range ? { range } : {})
    if (response.status !== 404) return response
    const code = await codeOf(response)
    if (code === 'NoSuchKey' || code === 'NotFound') return null
    throw away('GET', key, `404 ${code}`)
  }

  return {
    get,
    async read(key, range) {
      const response = await get(key, range)
      return response && withPlainErrors(response, (reason) => away('GET', key, reason))
    },
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
    async create(key, body) {
      const init = { method: 'PUT', body: new Uint8Array(body), headers: { 'if-none-match': '*' } }
      const signed = await signer.sign(`${endpoint}/${bucket}/${prefix}${key}`, init)
      const answer = await ask('PUT', key, 3 * patienceMs, () => fetch(signed, { redirect: 'manual' }))
      if (answer.ok) return true
      // 409 is the answer while another one is still being written
      if (answer.status === 412 || answer.status === 409) return false
      throw away('PUT', key, `${answer.status} ${await codeOf(answer)}`)
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

/** Makes the body fail with `StoreAway` when the store cuts it off. */
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

/** Only the code or the name of an error of the network is kept, which says enough and contains no address. */
function reasonOf(error: unknown): string {
  const { code, name } = error as { code?: string; name?: string }
  return String(code ?? name ?? 'unknown')
}

/** Whether reading the file that is sent failed, which is not the fault of the store. */
const isOnOurSide = (error: unknown) => ['ENOENT', 'EACCES', 'EIO'].includes(errorCode(error) ?? '')
