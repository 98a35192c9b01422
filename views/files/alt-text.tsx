import type { FileJson } from '../../shapes/files'
import { useT } from '../frame'
import { Form } from '../parts/form'
import { Picture } from '../parts/picture'

/** Form for the description of a picture, for people who cannot see it. It is saved separately from the post. */
export function AltText({ file }: { file: FileJson }) {
  const { id, altText } = file
  const t = useT()
  return (
    <details class={altText ? 'alt described' : 'alt'}>
      <summary aria-label={altText ? t('Edit the description') : t('Describe this photo')}>
        <span>{t('ALT')}</span>
      </summary>
      <Form action={`/files/${id}`} method="patch" live swap="none" done={t('Saved.')} class="sheet">
        <Picture file={file} use="thumb" decorative />
        <label class="field">
          <span class="label">{t('What is in the photo?')}</span>
          <textarea name="altText" rows={3} maxlength={1000}>
            {altText ?? ''}
          </textarea>
          <span class="hint">{t('Screen readers read it aloud to people who cannot see the photo.')}</span>
        </label>
        <button class="button primary">{t('Save')}</button>
      </Form>
    </details>
  )
}
