import type { Stream } from './streaming'

const LIST = 'application/vnd.apple.mpegurl'

/** Browsers of Apple play qualities by themselves, and can hand only such videos to a television. */
const playsItself = (video: HTMLVideoElement) =>
  video.canPlayType(LIST) !== '' && ('webkitShowPlaybackTargetPicker' in video || !('MediaSource' in window))

/**
 * Plays the qualities of a video instead of its MP4. Null if this browser can play only the MP4. The library is loaded
 * only where a browser needs it.
 */
export async function openStream(video: HTMLVideoElement, onQuality: (side: number) => void): Promise<Stream | null> {
  if (!video.dataset.hls) return null
  if (playsItself(video)) return openNative(video)
  return (await import('./hls')).openHls(video, onQuality)
}

function openNative(video: HTMLVideoElement): Stream {
  video.dataset.stream = 'native'
  const show = (url: string) => {
    const wasPlaying = !video.paused
    if (video.currentTime) video.dataset.startAt = String(video.currentTime)
    video.src = url
    if (wasPlaying) void video.play().catch(() => {})
  }
  show(video.dataset.hls!)
  return {
    choose: (side) => show(side ? video.dataset.hls!.replace(/[^/]+$/, `${side}p.m3u8`) : video.dataset.hls!),
    stop: () => video.removeAttribute('src'),
  }
}
