import Hls from 'hls.js/light'
import { findAll } from '../dom'
import { askAgain, mayTry } from '../fresh'
import type { Stream } from './streaming'

/** Plays the qualities of a video with hls.js. Null if this browser cannot. */
export function openHls(video: HTMLVideoElement, onQuality: (side: number) => void): Stream | null {
  if (!Hls.isSupported()) return null
  video.dataset.stream = 'hls'
  // a worker would be made of text, which the policy for scripts refuses
  const hls = new Hls({ enableWorker: false, startPosition: Number(video.dataset.startAt ?? -1) })
  let chosen: number | null = null
  const sideOf = (at: number) => Math.min(hls.levels[at]?.width ?? 0, hls.levels[at]?.height ?? 0)
  const apply = () => {
    // Whoever chooses a quality wants it at once. `nextLevel` would first play what is loaded of the current part.
    if (chosen) hls.currentLevel = hls.levels.findIndex((_, at) => sideOf(at) === chosen)
    else hls.nextLevel = -1
  }
  hls.on(Hls.Events.MANIFEST_PARSED, () => chosen && apply())
  hls.on(Hls.Events.LEVEL_SWITCHED, (_, { level }) => onQuality(sideOf(level)))
  hls.on(Hls.Events.ERROR, (_, { fatal, type }) => {
    if (!fatal) return
    if (type === Hls.ErrorTypes.NETWORK_ERROR) void renew(video, hls)
    else if (mayTry(video)) hls.recoverMediaError()
    else playWhole(video, hls)
  })
  hls.loadSource(video.dataset.hls!)
  hls.attachMedia(video)
  return {
    choose(side) {
      chosen = side
      if (hls.levels.length) apply()
    },
    stop: () => hls.destroy(),
  }
}

/**
 * Goes on with new links, because the page may stay open longer than its links are valid. All addresses in the lists are
 * relative, so they are renewed with them.
 */
async function renew(video: HTMLVideoElement, hls: Hls) {
  if (!mayTry(video)) return
  const fresh = (await askAgain(video))?.querySelector<HTMLVideoElement>(`[data-video="${video.dataset.video}"]`)
  if (!fresh?.dataset.hls) return
  const [seconds, wasPlaying] = [video.currentTime, !video.paused]
  video.dataset.hls = fresh.dataset.hls
  video.dataset.mp4 = fresh.getAttribute('src') ?? ''
  video.dataset.startAt = String(seconds)
  const tracks = new Map(findAll<HTMLTrackElement>('track', fresh).map((track) => [track.srclang, track.src]))
  for (const track of findAll<HTMLTrackElement>('track', video)) track.src = tracks.get(track.srclang) ?? track.src
  hls.config.startPosition = seconds
  hls.loadSource(fresh.dataset.hls)
  if (wasPlaying) await video.play().catch(() => {})
}

/** Plays the MP4 after all, where something in the qualities cannot be played. */
function playWhole(video: HTMLVideoElement, hls: Hls) {
  video.dataset.startAt = String(video.currentTime)
  hls.destroy()
  delete video.dataset.stream
  video.src = video.dataset.mp4 ?? ''
  void video.play().catch(() => {})
}
