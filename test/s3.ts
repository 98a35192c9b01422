import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'

const BUCKET = 'photos'

/**
 * A store that speaks the S3 protocol, on this machine and in a temporary folder. `leave` and `comeBack` take it away
 * and bring it back at the same address, with everything that it stored.
 */
export async function startS3() {
  const directory = mkdtempSync(join(tmpdir(), 'pinhole-s3-'))
  const start = async (port: number) => {
    const server = new S3rver({
      port,
      address: '127.0.0.1',
      silent: true,
      directory,
      configureBuckets: [{ name: BUCKET, configs: [] }],
    })
    return { server, at: (await server.run()).port }
  }
  let { server, at } = await start(0)
  return {
    url: `s3://S3RVER:S3RVER@127.0.0.1:${at}/${BUCKET}/community?tls=off`,
    directory,
    async leave() {
      await server.close()
    },
    async comeBack() {
      ;({ server } = await start(at))
    },
    async [Symbol.asyncDispose]() {
      await server.close().catch(() => {})
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
