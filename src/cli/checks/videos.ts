import { whatIsMissing } from '../../media/ffmpeg/native'
import { type Check, fail, ok, warn } from './finding'

/** Which ffmpeg works on videos. */
export const videos: Check = {
  name: 'videos',
  run({ ffmpeg }) {
    if (ffmpeg === 'embedded')
      return [ok('videos', 'The ffmpeg inside Pinhole works on videos. An installed one is about five times faster.')]
    const missing = whatIsMissing(ffmpeg)
    if (!missing) return [ok('videos', `${ffmpeg.ffmpeg} works on videos.`)]
    if (ffmpeg.chosen) return [fail('videos', `${ffmpeg.ffmpeg}, which PINHOLE_FFMPEG names, lacks ${missing}.`)]
    return [
      warn(
        'videos',
        `${ffmpeg.ffmpeg} lacks ${missing}; the one inside Pinhole works on videos, about five times slower.`,
      ),
    ]
  },
}
