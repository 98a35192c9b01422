import { isOpen, type Tile } from './tile'
import { startUpload } from './upload'

type Surroundings = { words: DOMStringMap; refresh: () => void; announce: (text?: string) => void }

const AT_ONCE = 3

/** Uploads a few files at a time, in order. Uploads that wait for the network resume when it is back. */
export function createQueue({ words, refresh, announce }: Surroundings) {
  const waiting: Tile[] = []
  const paused = new Set<Tile>()
  let running = 0

  const next = () => {
    while (running < AT_ONCE) {
      const tile = waiting.shift()
      if (!tile) break
      if (tile.element.isConnected && tile.state === 'waiting') void send(tile)
    }
    refresh()
  }

  const send = async (tile: Tile) => {
    running++
    tile.go('uploading')
    const outcome = await startUpload(tile)
    running--
    if (outcome.kind === 'offline' && tile.element.isConnected) pause(tile)
    if (outcome.kind === 'refused') tile.refuse(outcome.why ?? words.failed, { again: !outcome.isFinal })
    if (outcome.kind === 'done') announce(words.uploaded)
    next()
  }

  const pause = (tile: Tile) => {
    tile.go('paused', words.paused)
    paused.add(tile)
    setTimeout(resume, 10_000)
  }
  const resume = () => {
    for (const tile of paused) if (isOpen(tile)) push(tile)
    paused.clear()
  }
  const push = (tile: Tile) => {
    tile.go('waiting')
    tile.onRetry = () => push(tile)
    waiting.push(tile)
    next()
  }
  addEventListener('online', resume)
  return { push }
}
