import type { FileJson } from '../../shapes/files'
import { FilePart, POST_FORM } from '../files/file'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { FieldError, typed } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Icon } from '../parts/icon'
import { AudienceFields } from './audience'
import { PendingTile } from './pending-tile'

type Props = FormProps & {
  /** Uploaded files that are not part of a post yet. */
  files: FileJson[]
  idempotencyKey: string
  maxUploadBytes: number
}

/** Files are uploaded with a form of their own, so that people can write meanwhile and no file is sent twice. */
export function PostForm({ files, idempotencyKey, maxUploadBytes, ...form }: Props) {
  const { t, viewer } = useFrame()
  return (
    <div class="composer" id="composer" data-composer data-max-bytes={String(maxUploadBytes)}>
      <FormProblem {...form} />
      <FieldError name="fileIds" {...form} />
      <ol
        class="files"
        id="files"
        aria-label={t('Photos and videos in this post, in order')}
        data-moved={t('Moved to position {n}')}
      >
        {inOrder(files, form).map((file) => (
          <FilePart file={file} />
        ))}
      </ol>
      <UploadForm />
      <p class="unseen" role="status" data-announce />
      <Form action="/posts" id={POST_FORM} class="stack">
        <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
        <label class="field">
          <span class="label">{t('Caption')}</span>
          <textarea
            name="caption"
            rows={4}
            maxlength={2000}
            placeholder={t('Write a caption (optional)')}
            data-draft={viewer?.handle}
          >
            {typed(form, 'caption')}
          </textarea>
          <FieldError name="caption" {...form} />
        </label>
        <AudienceFields visibility="everyone" sensitive={false} price={0} {...form} />
        <div class="publish">
          <button class="button primary wide" data-publish>
            {t('Publish')}
          </button>
          <p class="hint" data-waiting hidden>
            {t('You can publish when all uploads have finished.')}
          </p>
          <p class="hint" data-refused hidden>
            {t('Try the failed files again, or remove them.')}
          </p>
        </div>
      </Form>
      <PendingTile />
    </div>
  )
}

/** After a validation error, the files keep the order in which they were submitted. */
function inOrder(files: FileJson[], { values }: FormProps): FileJson[] {
  const sent = [values?.fileIds ?? []].flat().map(Number)
  const place = (id: number) => (sent.includes(id) ? sent.indexOf(id) : sent.length)
  return [...files].sort((a, b) => place(a.id) - place(b.id) || a.id - b.id)
}

function UploadForm() {
  const t = useT()
  return (
    <Form action="/files" multipart class="upload">
      <label class="drop">
        <Icon name="image-plus" size={32} />
        <strong>{t('Choose photos or videos')}</strong>
        <span class="hint scripted">{t('or drop or paste them here')}</span>
        <input type="file" name="file" accept="image/*,video/*,.heic,.heif,.avif,.mkv" multiple required />
      </label>
      <button class="button unscripted">{t('Upload')}</button>
    </Form>
  )
}

/**
 * `again` asks the person to share once more, because what they shared from their phone arrived before they had signed
 * in.
 */
export function NewPostPage({ again, ...props }: Props & { again?: boolean }) {
  const t = useT()
  return (
    <Layout title={t('New post')} back="/">
      {again && (
        <p class="panel" role="status">
          {t('You are signed in now. Please share it again.')}
        </p>
      )}
      <PostForm {...props} />
    </Layout>
  )
}
