import { Client } from 'pg'
import { market } from '../market'
import { startPostgres } from './server'

const CLIENTS = 6

type Report = {
  kills: number
  /** Grants that were answered with success. */
  told: number
  /** Answers that the database is away, after which the same request was sent again. */
  refused: number
  faults: string[]
}

/**
 * Kills and restarts the database while an administrator grants coins with many requests at once. Each request is
 * repeated under its key until it succeeds, so in the end every coin that was told must be there, and each of them once.
 */
export async function soakPostgres({ kills }: { kills: number }): Promise<Report> {
  await using server = await startPostgres({ isSafe: true })
  const setup = new Client(server.url())
  await setup.connect()
  await setup.query('create database community')
  await setup.end()
  const url = server.url('community')
  using m = await market({ PINHOLE_RATE_LIMITS: 'off' }, url)
  let [told, refused, isOver] = [0, 0, false]
  const faults: string[] = []

  async function grant(key: string) {
    for (;;) {
      const { status, body, headers } = await m.api(
        m.boss,
        'POST /admin/users/bob/grants',
        { coins: 1 },
        {
          'idempotency-key': key,
        },
      )
      if (status === 201) return void told++
      if (status === 503 && headers.get('retry-after')) refused++
      else if (body?.code !== 'in_progress') faults.push(`${status} ${JSON.stringify(body)}`)
      await Bun.sleep(50)
    }
  }
  const client = async (name: number) => {
    for (let i = 0; !isOver; i++) await grant(`${name} ${i}`)
  }
  const clients = Array.from({ length: CLIENTS }, (_, name) => client(name))
  for (let i = 0; i < kills; i++) {
    const before = told
    while (told < before + 10) await Bun.sleep(20)
    await server.kill(i % 2 ? 'SIGINT' : 'SIGKILL')
    await Bun.sleep(200)
    await server.start()
  }
  isOver = true
  await Promise.all(clients)
  const { balance } = await m.wallet(m.bob)
  if (balance !== told) faults.push(`${told} grants were told, but ${balance} coins are there`)
  return { kills, told, refused, faults: [...faults, ...(await m.audit())] }
}
