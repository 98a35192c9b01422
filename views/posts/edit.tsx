import type { FileJson } from '../../shapes/files'
import type { PostJson } from '../../shapes/posts'
import { AltText } from '../files/alt-text'
import { CaptionsLink } from '../files/captions'
import { EditLink } from '../files/edit'
import { MoveButtons } from '../files/file'
import { useT } from '../frame'
import { Layout } from '../layout'
import { FieldError, typed } from '../parts/field'
import { Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Picture } from '../parts/picture'
import { AudienceFields } from './audience'
import { DeletePost } from './delete'
import { fileName } from './name'

const EDIT_FORM = 'edit-form'

type Props = FormProps & { post: PostJson }

export function EditPostForm({ post, ...form }: Props) {
  const t = useT()
  return (
    <div class="composer" data-composer>
      <FormProblem {...form} />
      <FieldError name="fileIds" {...form} />
      <ol
        class="files"
        id="files"
        aria-label={t('Photos and videos in this post, in order')}
        data-moved={t('Moved to position {n}')}
      >
        {post.files.map((file, at) => (
          <EditTile
            file={file}
            name={fileName(post, file, t)}
            at={at + 1}
            kept={isKept(file, form)}
            only={post.files.length === 1}
            mayEdit={!post.publishedAt}
          />
        ))}
      </ol>
      <p class="unseen" role="status" data-announce />
      <Form action={`/posts/${post.id}`} method="patch" id={EDIT_FORM} class="stack">
        <label class="field">
          <span class="label">{t('Caption')}</span>
          <textarea name="caption" rows={4} maxlength={2000} data-suggests={t('Suggestions: {n}')}>
            {typed(form, 'caption', post.caption)}
          </textarea>
          <FieldError name="caption" {...form} />
        </label>
        <AudienceFields
          visibility={post.visibility}
          sensitive={post.sensitive}
          adultsOnly={post.adultsOnly}
          price={post.price}
          {...(post.publishAt && { publishAt: post.publishAt })}
          {...form}
        />
        <button class="button primary wide">{t('Save')}</button>
      </Form>
    </div>
  )
}

const isKept = ({ id }: FileJson, { values }: FormProps) =>
  !values || [values.fileIds ?? []].flat().map(Number).includes(id)

/** `mayEdit` tells whether the picture may be changed, since nobody has seen it yet. */
type TileProps = { file: FileJson; name: string; at: number; kept: boolean; only: boolean; mayEdit: boolean }

/**
 * A picture stays in the post while its checkbox is ticked. The last picture cannot be removed; delete the post
 * instead.
 */
function EditTile({ file, name, at, kept, only, mayEdit }: TileProps) {
  const t = useT()
  const id = String(file.id)
  return (
    <li class={`file ${file.status}`} data-file={id}>
      <div class="shot">
        <Picture file={file} use="thumb" name={name} />
      </div>
      {only ? (
        <input type="hidden" name="fileIds" value={id} form={EDIT_FORM} />
      ) : (
        <label class="keep">
          <input
            type="checkbox"
            name="fileIds"
            value={id}
            form={EDIT_FORM}
            checked={kept}
            aria-label={t('Keep file {n}', { n: at })}
          />
          <span>{t('Keep')}</span>
        </label>
      )}
      {(file.error ?? file.note) && <p class="reason">{t((file.error ?? file.note)!.message)}</p>}
      {mayEdit && <EditLink file={file} />}
      <div class="tile-tools">
        {!only && <MoveButtons />}
        <AltText file={file} />
        <CaptionsLink file={file} />
      </div>
    </li>
  )
}

export function EditPostPage({ post }: { post: PostJson }) {
  const t = useT()
  return (
    <Layout title={t('Edit post')} back={`/posts/${post.id}`}>
      <EditPostForm post={post} />
      <DeletePost id={post.id} label={t('Delete post')} />
    </Layout>
  )
}
