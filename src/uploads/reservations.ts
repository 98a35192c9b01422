import type { Readable } from 'node:stream'
import pLimit, { type LimitFunction } from 'p-limit'
import type { App } from '../context'
import { freeBytes, isFull } from '../disk'
import { lookUpByUpload } from '../files/model'
import { node } from '../node'
import { Problem } from '../problem'
import { quotaOf } from '../settings/quotas'
import { findAccount, quotaExceeded } from '../users/model'
import { idsOf, ownerOf } from './ids'

const MB = 1024 ** 2

/** The bytes of one upload between two checks of the quota and the disk. */
const STEP = 4 * MB

/**
 * The reservation of one upload. `declared` is the size that its client announced; `granted` grows while unannounced
 * bytes arrive; `unchecked` counts the bytes since the last check.
 */
type Held = { owner: number; declared: number; granted: number; arrived: number; unchecked: number }

const reserved = ({ declared, granted }: Held) => Math.max(declared, granted)
const sum = (numbers: Iterable<number>) => Iterator.from(numbers).reduce((total, each) => total + each, 0)

export type Reservations = ReturnType<typeof createReservations>
type ReservingApp = Pick<App, 'arrivals' | 'config' | 'db' | 'settings'>

const reservationsByConfig = new WeakMap<App['config'], Promise<Reservations>>()

/** Returns the reservations of all uploads under way, which the first call restores from the disk. */
export function reservationsOf(app: ReservingApp): Promise<Reservations> {
  const known = reservationsByConfig.get(app.config)
  if (known) return known
  const { isShared } = app.arrivals
  const reservations = (isShared ? Promise.resolve(new Map()) : readHeld(app)).then((held) =>
    createReservations(app, held),
  )
  reservationsByConfig.set(app.config, reservations)
  reservations.catch(() => reservationsByConfig.delete(app.config))
  return reservations
}

/** Releases the reservation of an upload whose bytes are gone. */
export async function releaseReservation({ config }: Pick<App, 'config'>, uploadId: string): Promise<void> {
  const reservations = await reservationsByConfig.get(config)
  reservations?.release(uploadId)
}

/**
 * Restores what a server that stopped had reserved, or what other nodes reserve now: of everybody, or of those whose
 * upload ids begin with `prefix`. The bytes of uploads that became files count as storage.
 */
async function readHeld(app: ReservingApp, prefix?: string): Promise<Map<string, Held>> {
  const held = new Map<string, Held>()
  for (const id of await app.arrivals.list(prefix)) {
    const owner = ownerOf(id)
    if (Number.isNaN(owner) || (await lookUpByUpload(app.db, id))) continue
    const { bytes: arrived, declared } = (await app.arrivals.find(id)) ?? { bytes: 0, declared: 0 }
    held.set(id, { owner, declared, granted: arrived, arrived, unchecked: STEP })
  }
  return held
}

/**
 * Reserves space for uploads, by their announced size or while their bytes arrive. The quota of a person and the free
 * space on the disk are checked against everything that is reserved, so parallel uploads cannot exceed them together.
 */
function createReservations(app: ReservingApp, held: Map<string, Held>) {
  const turns = new Map<number, LimitFunction>()

  /** Runs one task per person at a time, so that no check reads their storage while an upload becomes a file. */
  function inTurn<T>(owner: number, work: () => Promise<T>): Promise<T> {
    const turn = turns.get(owner) ?? pLimit(1)
    turns.set(owner, turn)
    return turn(work)
  }

  /** Uploads that this node receives, or that are not in the bucket yet. Of these it knows more than the bucket. */
  const here = new Set<string>()

  /** Learns from the bucket which uploads of a person began, continued or ended on other nodes. */
  async function catchUp(owner: number): Promise<void> {
    if (!app.arrivals.isShared) return
    const found = await readHeld(app, idsOf({ id: owner }))
    for (const [id, each] of held) if (each.owner === owner && !here.has(id)) held.delete(id)
    for (const [id, each] of found) if (!here.has(id)) held.set(id, each)
  }

  const heldBy = (owner: number) => held.values().filter((each) => each.owner === owner)

  /** Returns the reason why an upload cannot get `more` bytes. */
  function refusal(owner: number, more: number, { used, free, quota }: { used: number; free: number; quota: number }) {
    const { minFreeMb } = app.settings()
    const taken = sum(heldBy(owner).map((each) => (more ? reserved(each) : each.arrived)))
    if (used + taken + more > quota) return quotaExceeded()
    // A bucket grows. The disk beside it only has to have room for the file that is being processed.
    const expected = app.arrivals.isShared
      ? 0
      : more + sum(held.values().map((each) => Math.max(0, reserved(each) - each.arrived)))
    return free - expected < minFreeMb * MB ? storageFull() : undefined
  }

  /**
   * Changes the reservation of an upload to the first of the `choices` for which there is space. Nothing may wait
   * between the check and the reservation, because another upload could be let in meanwhile.
   */
  const reserve = (owner: number, uploadId: string, choices: (now: Held | undefined) => Held[]) =>
    inTurn(owner, async () => {
      const [{ storageUsed: used, ...owned }, free] = await Promise.all([
        findAccount(app.db, owner),
        freeBytes(app.config.dataDir),
      ])
      const quota = quotaOf(owned, app.settings())
      const before = held.get(uploadId)
      let problem: Problem | undefined
      for (const next of choices(before)) {
        const more = Math.max(0, reserved(next) - (before ? reserved(before) : 0))
        problem = refusal(owner, more, { used, free, quota })
        if (!problem) return void held.set(uploadId, next)
      }
      throw problem
    })

  /** Counts bytes that arrived, and waits for a check when they exceed the reservation or enough came since the last. */
  async function arrive(uploadId: string, bytes: number): Promise<void> {
    const at = held.get(uploadId)
    if (!at) throw noSuchUpload()
    at.arrived += bytes
    at.unchecked += bytes
    if (at.arrived <= reserved(at) && at.unchecked < STEP) return
    await reserve(at.owner, uploadId, (now) => {
      if (!now) throw noSuchUpload()
      const isBeyond = now.arrived > reserved(now)
      const sizes = isBeyond ? [now.arrived + STEP, now.arrived] : [now.granted]
      return sizes.map((granted) => ({ ...now, granted, unchecked: 0 }))
    }).catch((error) => {
      const now = held.get(uploadId)
      if (now) now.arrived -= bytes
      throw error
    })
  }

  function forget(uploadId: string) {
    held.delete(uploadId)
    here.delete(uploadId)
  }

  return {
    /** Reserves the announced size of an upload, or throws 413 or 507. */
    async announce(owner: number, uploadId: string, declared = 0): Promise<void> {
      here.add(uploadId)
      try {
        await catchUp(owner)
        await reserve(owner, uploadId, (now = { owner, declared, granted: 0, arrived: 0, unchecked: STEP }) => [
          { ...now, declared },
        ])
      } catch (error) {
        here.delete(uploadId)
        throw error
      }
    },

    /** Other nodes can find the upload from now on, and continue it. */
    share: (uploadId: string) => void here.delete(uploadId),

    /**
     * Passes the bytes of an upload on when there is room for them. `offset` is the number of bytes that are on the disk
     * already, where the upload continues.
     */
    meter(uploadId: string, stream: Readable, offset?: number): Readable {
      const at = held.get(uploadId)
      if (at) at.unchecked = STEP
      if (at && offset !== undefined) at.arrived = offset
      async function* pass() {
        if (!held.has(uploadId)) await catchUp(ownerOf(uploadId))
        if (offset !== undefined) here.add(uploadId)
        try {
          for await (const chunk of stream) {
            await arrive(uploadId, chunk.length)
            yield chunk
          }
        } finally {
          const now = held.get(uploadId)
          if (now) now.granted = now.arrived
          if (offset !== undefined) here.delete(uploadId)
        }
      }
      return node.stream.Readable.from(pass())
    },

    /** Runs the transaction that turns an upload into files, after which its bytes count as the person's storage. */
    settle: <T>(owner: number, uploadId: string, work: () => Promise<T>): Promise<T> =>
      inTurn(owner, async () => {
        const result = await work()
        forget(uploadId)
        return result
      }),

    release: forget,
  }
}

/** Whether so little is left on the disk that uploads are refused. */
export const isDiskFull = (app: Pick<App, 'config'>) => isFull(app.config.dataDir)

/** The problem of an upload that does not exist, has expired or belongs to somebody else. */
export const noSuchUpload = () => new Problem('not_found', 'This upload does not exist or has expired. Start it again.')

/** The problem of an upload for which the disk has no room. Unlike a full quota, its owner can do nothing about it. */
export const storageFull = () =>
  new Problem('storage_full', 'The disk of this server is full. Nothing is lost; please tell the staff.')
