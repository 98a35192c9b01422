// Uploads photos with the usual client of the tus protocol, in each way that it knows, and tells which files they became.
// `tus-clients.test.ts` runs this on Node.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { DefaultHttpStack, type HttpStack, Upload, type UploadOptions } from 'tus-js-client'

const { ADDRESS: address, TOKEN: token, PHOTOS: photos = '[]' } = process.env
const [path = '', ...more]: string[] = JSON.parse(photos)
const bytes = await readFile(path)

/** Announces the hash of the bytes with each request, which the client does not do itself. */
function summing(digestOf = (body: Uint8Array) => createHash('sha256').update(body).digest('base64')): HttpStack {
  const usual = new DefaultHttpStack({})
  return {
    getName: () => 'with checksums',
    createRequest(method, url) {
      const request = usual.createRequest(method, url)
      const send = request.send.bind(request)
      request.send = (body) => {
        if (body) request.setHeader('Upload-Checksum', `sha256 ${digestOf(body as unknown as Uint8Array)}`)
        return send(body)
      }
      return request
    },
  }
}

const sent: string[] = []
const usual = {
  endpoint: `${address}/api/uploads`,
  headers: { authorization: `Bearer ${token}` },
  retryDelays: [],
  storeFingerprintForResuming: false,
  onBeforeRequest: (request) => void sent.push(request.getMethod()),
} satisfies UploadOptions

/** Uploads, and resolves to the address of the file. */
function upload(source: Upload['file'], options: UploadOptions): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    new Upload(source, {
      ...usual,
      ...options,
      onError: reject,
      onSuccess: ({ lastResponse }) => resolve(lastResponse.getHeader('content-location')),
    }).start()
  })
}

/** Stops after the first piece, and goes on later with what the client remembers: the address of the upload. */
async function resume(): Promise<string | undefined> {
  const uploadUrl = await new Promise<string>((resolve, reject) => {
    const first = new Upload(bytes, {
      ...usual,
      chunkSize: 30_000,
      onError: reject,
      onChunkComplete: async () => {
        await first.abort()
        resolve(first.url ?? '')
      },
    })
    first.start()
  })
  return upload(bytes, { uploadUrl })
}

function terminate(): Promise<string> {
  return new Promise((resolve, reject) => {
    const given = new Upload(bytes, {
      ...usual,
      chunkSize: 30_000,
      onError: reject,
      onChunkComplete: () => void given.abort(true).then(() => resolve(given.url ?? ''), reject),
    })
    given.start()
  })
}

const ways: Record<string, () => Promise<string | undefined>> = {
  whole: () => upload(bytes, {}),
  pieces: () => upload(bytes, { chunkSize: 30_000 }),
  'with its creation': () => upload(bytes, { uploadDataDuringCreation: true, chunkSize: 30_000 }),
  'of unknown length': () => upload(bytes, { uploadLengthDeferred: true, chunkSize: 30_000 }),
  'as a stream': () => upload(createReadStream(path), { chunkSize: 30_000, uploadSize: bytes.length }),
  resumed: resume,
  parallel: () => upload(bytes, { parallelUploads: 4, chunkSize: 15_000, metadata: { filename: basename(path) } }),
  overridden: () => upload(bytes, { overridePatchMethod: true, chunkSize: 30_000 }),
  'parallel and overridden': () => upload(bytes, { parallelUploads: 2, overridePatchMethod: true }),
  'with checksums': () => upload(bytes, { httpStack: summing(), chunkSize: 30_000 }),
  'parallel and with checksums': () => upload(bytes, { httpStack: summing(), parallelUploads: 3 }),
  'with a wrong checksum': () =>
    upload(bytes, { httpStack: summing(() => 'bm90IHRoZSBoYXNo') }).catch((error) =>
      error.originalResponse.getStatus(),
    ),
  terminated: terminate,
  'several at once': async () =>
    (await Promise.all([path, ...more].map(async (each) => upload(await readFile(each), {})))).join(' '),
}

const made: Record<string, unknown> = {}
for (const [name, way] of Object.entries(ways)) {
  sent.length = 0
  const result = await way()
  made[name] = { result, methods: [...new Set(sent)].sort() }
}
console.log(JSON.stringify(made))
