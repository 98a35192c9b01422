import type { FileJson } from '../../shapes/files'
import type { PostJson } from '../../shapes/posts'
import { contentsText } from '../parts/contents'
import { timeInSentence } from '../parts/time'
import type { Translate } from '../words'
import { cut } from '../words/cut'

const MOST = 60

/** The beginning of the caption, as a name of the post or of its tile. */
export const captionStart = ({ caption }: Pick<PostJson, 'caption'>, t: Translate) => cut(caption, MOST, t.locale)

/**
 * The name of a post, by which screen readers tell the posts of a list apart: its author, and its
 * caption or its contents and time.
 */
export function postName(post: PostJson, t: Translate): string {
  const { author, publishedAt, createdAt } = post
  const text = captionStart(post, t)
  const name = author.displayName
  if (text) return t('Post by {name}: {text}', { name, text })
  const time = timeInSentence(publishedAt ?? createdAt, t.locale)
  return t('Post by {name}, {contents}, {time}', { name, contents: contentsText(post, t), time })
}

/** The name of a photo or video of a post: what its author wrote about it, or else its place among the others. */
export function fileName({ author, files }: Pick<PostJson, 'author' | 'files'>, file: FileJson, t: Translate): string {
  if (file.altText) return file.altText
  const [name, n, count] = [author.displayName, files.indexOf(file) + 1, files.length]
  const isVideo = file.kind === 'video'
  if (count <= 1) return isVideo ? t('Video by {name}', { name }) : t('Photo by {name}', { name })
  // Korean counts photos with a word that videos do not have.
  if (files.every(({ kind }) => kind === 'image'))
    return t('Photo {position} of {count} by {name}', { position: n, count, name })
  const values = { position: n, count, name }
  return isVideo
    ? t('Video by {name}, {position} of {count}', values)
    : t('Photo by {name}, {position} of {count}', values)
}
