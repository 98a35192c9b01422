import { whatIsMissing } from '../../media/ffmpeg/native'
import { type Check, fail, ok, warn } from './finding'

/** Reports which ffmpeg processes videos. */
export const videos: Check = {
  name: 'videos',
  run({ config: { ffmpeg } }) {
    if (ffmpeg === 'embedded')
      return [
        ok('videos', 'The ffmpeg inside Pinhole processes videos. An installed ffmpeg is about five times faster.'),
      ]
    const missing = whatIsMissing(ffmpeg)
    if (!missing) return [ok('videos', `${ffmpeg.ffmpeg} processes videos.`)]
    if (ffmpeg.chosen) return [fail('videos', `${ffmpeg.ffmpeg}, set by PINHOLE_FFMPEG, lacks ${missing}.`)]
    return [
      warn(
        'videos',
        `${ffmpeg.ffmpeg} lacks ${missing}, so the ffmpeg inside Pinhole processes videos, about five times slower.`,
      ),
    ]
  },
}
