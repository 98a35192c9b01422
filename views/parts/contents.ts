import type { PostJson } from '../../shapes/posts'
import type { Translate } from '../words'
import { durationText } from './duration'

/** Summarises the files of a post: "3 photos · 1 video 0:40". */
export function contentsText({ files }: Pick<PostJson, 'files'>, t: Translate): string {
  const videos = files.filter(({ kind }) => kind === 'video')
  const photos = files.length - videos.length
  const length = videos.reduce((sum, { duration }) => sum + (duration ?? 0), 0)
  return [
    ...(photos ? [t({ one: '{n} photo', other: '{n} photos' }, { n: photos })] : []),
    ...(videos.length
      ? [
          t(
            { one: '{n} video {length}', other: '{n} videos {length}' },
            { n: videos.length, length: durationText(length) },
          ),
        ]
      : []),
  ].join(' · ')
}
