import htmx from 'htmx.org'
import { rememberPreview } from './previews'
import type { Tile } from './tile'

/** Replaces the tile in the browser with the tile from the server. */
export async function replaceTile(tile: Tile, fileId: string): Promise<{ kind: 'done' } | { kind: 'offline' }> {
  tile.onCancel = () => void fetch(`/files/${fileId}`, { method: 'DELETE', headers: { 'HX-Request': 'true' } })
  const element = await fetchTile(fileId)
  if (!element) return { kind: 'offline' }
  const hadFocus = tile.element.contains(document.activeElement)
  rememberPreview(fileId, tile.preview, tile.file.type.startsWith('video/'))
  tile.state = 'done'
  tile.element.replaceWith(element)
  htmx.process(element)
  if (hadFocus) element.querySelector<HTMLElement>('button')?.focus()
  return { kind: 'done' }
}

async function fetchTile(fileId: string): Promise<HTMLElement | null> {
  const answer = await fetch(`/files/${fileId}`, { headers: { 'HX-Request': 'true' } }).catch(() => null)
  if (!answer?.ok) return null
  const holder = document.createElement('template')
  holder.innerHTML = await answer.text()
  return holder.content.querySelector('.file')
}
