import type { CollectionJson } from '../../shapes/collections'
import type { FileJson } from '../../shapes/files'
import type { DraftJson } from '../../shapes/posts'
import { FilePart, POST_FORM } from '../files/file'
import { useFrame, useT } from '../frame'
import { Layout } from '../layout'
import { Confirm } from '../parts/confirm'
import { FieldError, typed } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Icon } from '../parts/icon'
import { timeInSentence } from '../parts/time'
import { AudienceFields } from './audience'
import { CollectionRow } from './collection-row'
import { PendingTile } from './pending-tile'

type Props = FormProps & {
  draft: DraftJson | null
  /** The files of the draft, and other uploads that are in no post yet. */
  files: FileJson[]
  collections: Pick<CollectionJson, 'id' | 'name'>[]
  idempotencyKey: string
  maxUploadBytes: number
  /** The caption of the draft with what was shared from the phone; the caption of the draft alone by default. */
  caption?: string
  /** The title, where the composer is a page of its own. */
  title?: string
}

/**
 * The sheet for a new post. Files are uploaded with a form of their own, so that people can write meanwhile and no file
 * is sent twice. The browser saves the draft with every change.
 */
export function PostForm({
  draft,
  files,
  collections,
  idempotencyKey,
  maxUploadBytes,
  caption,
  title,
  ...form
}: Props) {
  const t = useT()
  const kept = draft?.caption ?? ''
  const isSaved = files.length === (draft?.fileIds.length ?? 0) && (caption ?? kept) === kept && !form.values
  return (
    <div
      class="composer making"
      id="composer"
      data-composer
      data-max-bytes={String(maxUploadBytes)}
      data-saved-at={draft?.savedAt ?? ''}
      {...(isSaved && { 'data-saved': true })}
    >
      <ComposerBar {...(title && { title })} />
      <DraftLine draft={draft} />
      <FormProblem {...form} />
      <FieldError name="fileIds" {...form} />
      <div class="media-part">
        <div class="showing" data-stage hidden />
        <ol
          class="files strip"
          id="files"
          aria-label={t('Photos and videos in this post, in order')}
          data-moved={t('Moved to position {n}')}
        >
          {inOrder(files, form).map((file) => (
            <FilePart file={file} />
          ))}
        </ol>
        <UploadForm />
      </div>
      <p class="unseen" role="status" data-announce />
      <div class="words">
        <Form action="/posts" id={POST_FORM} class="stack" complete="off">
          <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
          <label class="field">
            <span class="unseen">{t('Caption')}</span>
            <textarea
              name="caption"
              rows={4}
              maxlength={2000}
              placeholder={t('Write a caption (optional)')}
              data-suggests={t('Suggestions: {n}')}
            >
              {typed(form, 'caption', caption ?? kept)}
            </textarea>
            <FieldError name="caption" {...form} />
          </label>
          <AudienceFields
            visibility={draft?.visibility ?? 'everyone'}
            sensitive={draft?.sensitive ?? false}
            adultsOnly={draft?.adultsOnly ?? false}
            price={draft?.price ?? 0}
            publishAt={draft?.publishAt ?? null}
            {...form}
          >
            <CollectionRow collections={collections} collectionId={draft?.collectionId ?? null} {...form} />
          </AudienceFields>
          <button class="button unscripted" formaction="/posts/draft?_method=PUT">
            {t('Save the draft')}
          </button>
        </Form>
      </div>
      <PendingTile />
    </div>
  )
}

/** Leaving and sharing are always in sight. */
function ComposerBar({ title }: { title?: string }) {
  const t = useT()
  return (
    <div class="compose-bar">
      <a class="button quiet" href="/" data-back>
        {t('Cancel')}
      </a>
      {title && <h1>{title}</h1>}
      <button class="button primary" form={POST_FORM} data-publish data-now={t('Share')} data-later={t('Schedule')}>
        {t('Share')}
      </button>
      <p class="hint waits" data-waiting role="status" hidden>
        {t('This will be shared when everything is uploaded. Keep this page open.')}
        <button type="button" class="button small" data-wait-no-more>
          {t('Not yet')}
        </button>
      </p>
      <p class="hint waits" data-refused hidden>
        {t('Some files cannot be shared. Choose one of them to see why.')}
      </p>
    </div>
  )
}

/** Says from when the draft is, and discards it. */
function DraftLine({ draft }: { draft: DraftJson | null }) {
  const { t, timeZone } = useFrame()
  return (
    <div class="draft" data-draft hidden={!draft}>
      <p
        role="status"
        data-saved={t('Draft saved')}
        data-changed={t('This draft was published or changed on another device.')}
        data-failed={t('The draft is not saved yet. It will be saved when you are back online.')}
      >
        {draft && t('Draft of {time}', { time: timeInSentence(draft.savedAt, t.locale, timeZone) })}
      </p>
      <Confirm
        label={t('Discard')}
        question={t('The draft and its photos will be deleted on all your devices.')}
        class="button quiet danger"
      >
        <Form action="/posts/draft" method="delete">
          <button class="button danger filled" data-discard>
            {t('Discard the draft')}
          </button>
        </Form>
      </Confirm>
    </div>
  )
}

/** After a validation error, the files keep the order in which they were submitted. */
function inOrder(files: FileJson[], { values }: FormProps): FileJson[] {
  if (!values) return files
  const sent = [values.fileIds ?? []].flat().map(Number)
  const place = (id: number) => (sent.includes(id) ? sent.indexOf(id) : sent.length)
  return [...files].sort((a, b) => place(a.id) - place(b.id) || a.id - b.id)
}

/** Browsers do not know the types of these files. */
const ACCEPTED = 'image/*,video/*,.heic,.heif,.avif,.jxl,.dng,.nef,.arw,.cr2,.pef,.srw,.rw2,.raf,.mkv'

function UploadForm() {
  const t = useT()
  return (
    <Form action="/files" multipart class="upload">
      <label class="drop">
        <Icon name="image-plus" size={32} />
        <strong>{t('Choose photos or videos')}</strong>
        <span class="hint scripted">{t('or drop or paste them here')}</span>
        <input type="file" name="file" accept={ACCEPTED} multiple required />
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
  const title = t('New post')
  return (
    <Layout title={title} sheet wide>
      {again && (
        <p class="panel" role="status">
          {t('You are signed in now. Please share it again.')}
        </p>
      )}
      <PostForm title={title} {...props} />
    </Layout>
  )
}
