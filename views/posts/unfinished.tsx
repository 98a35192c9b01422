import type { FileJson } from '../../shapes/files'
import type { PostJson } from '../../shapes/posts'
import { useFrame, useT } from '../frame'
import { Act, Form } from '../parts/form'
import { Icon } from '../parts/icon'
import { timeInSentence } from '../parts/time'

/**
 * The author's view of a post that is not published yet: its progress and, for each failed file, the reason and what to
 * do.
 */
export function Unfinished({ post }: { post: PostJson }) {
  const { t, timeZone } = useFrame()
  const { files } = post
  if (post.status === 'held')
    return (
      <div class="unfinished">
        <p role="status">{t('The staff look at this post before others see it.')}</p>
      </div>
    )
  if (post.status === 'scheduled' && post.publishAt)
    return (
      <div class="unfinished">
        <p role="status">
          {t('This post will be published on {time}. Until then, only you can see it.', {
            time: timeInSentence(post.publishAt, t.locale, timeZone),
          })}
        </p>
        <div class="buttons">
          <Form action={`/posts/${post.id}`} method="patch">
            <input type="hidden" name="publishAt" value="" />
            <button class="button">{t('Publish now')}</button>
          </Form>
        </div>
      </div>
    )
  const ready = files.filter(({ status }) => status === 'ready').length
  const failed = files.filter(({ status }) => status === 'failed')
  return (
    <div class="unfinished">
      <p role="status">
        {failed.length
          ? t(
              {
                one: 'One of the files could not be processed. Try it again or remove it to publish the post.',
                other: '{n} files could not be processed. Try them again or remove them to publish the post.',
              },
              { n: failed.length },
            )
          : t('Processed {ready} of {n} files. The post will be published automatically.', { ready, n: files.length })}
      </p>
      <noscript>
        <a href={`/posts/${post.id}`}>{t('Check again')}</a>
      </noscript>
      {failed.map((file) => (
        <FailedFile post={post} file={file} at={files.indexOf(file) + 1} />
      ))}
    </div>
  )
}

function FailedFile({ post, file, at }: { post: PostJson; file: FileJson; at: number }) {
  const t = useT()
  const rest = post.files.filter(({ id }) => id !== file.id)
  return (
    <div class="failed-file">
      <p class="reason">
        <Icon name="triangle-alert" size={20} />
        <span>
          {t('File {n}:', { n: at })} {file.error ? t(file.error.message) : t('The file could not be read.')}
        </span>
      </p>
      <div class="buttons">
        <Act action={`/files/${file.id}/attempts`} live swap="none" done={t('Trying again.')}>
          <Icon name="rotate-cw" size={20} /> {t('Try again')}
        </Act>
        {rest.length > 0 && (
          <Form action={`/posts/${post.id}`} method="patch">
            {rest.map(({ id }) => (
              <input type="hidden" name="fileIds" value={String(id)} />
            ))}
            <button class="button">
              <Icon name="x" size={20} /> {t('Remove this file')}
            </button>
          </Form>
        )}
      </div>
    </div>
  )
}
