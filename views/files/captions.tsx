import type { FileJson } from '../../shapes/files'
import { useT } from '../frame'
import { Layout } from '../layout'
import { FieldError, typed } from '../parts/field'
import { Act, Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Icon } from '../parts/icon'
import { Video } from '../parts/video'
import { languageName } from '../words/format'
import { ownFileName } from './name'

/** The languages that are offered. By the API, captions can be in any other as well. */
const LANGUAGES =
  'ar bn ca cs da de el en es fa fi fr he hi hr hu id it ja ko ms nb nl pl pt pt-BR ro ru sk sv sw ta th tl tr uk ur vi zh-Hans zh-Hant'.split(
    ' ',
  )

type Props = FormProps & { file: FileJson }

/** The captions of a video, and the form for more. */
export function CaptionsPart({ file, ...form }: Props) {
  const t = useT()
  const { id, captions = [] } = file
  const target = '#captions'
  return (
    <section id="captions" class="subtitles stack">
      <div class="media">
        <div class="slides single">
          <Video file={file} name={ownFileName(file, t)} />
        </div>
      </div>
      {captions.length > 0 ? (
        <ul class="rows" aria-label={t('Subtitles')}>
          {captions.map(({ language, url }) => (
            <li class="row">
              <a href={url} lang={language}>
                {languageName(language)}
              </a>
              <Act
                action={`/files/${id}/captions/${language}`}
                method="delete"
                live
                target={target}
                button="icon-button small"
                label={t('Remove the subtitles: {language}', { language: languageName(language) })}
              >
                <Icon name="x" size={20} />
              </Act>
            </li>
          ))}
        </ul>
      ) : (
        <p class="hint">{t('This video has no subtitles yet.')}</p>
      )}
      <Form action={`/files/${id}/captions`} live target={target} done={t('Saved.')} class="stack">
        <FormProblem {...form} />
        <label class="field">
          <span class="label">{t('Language')}</span>
          <select name="language">
            {LANGUAGES.map((tag) => (
              <option value={tag} lang={tag} selected={tag === (typed(form, 'language') || t.locale)}>
                {languageName(tag)}
              </option>
            ))}
          </select>
          <FieldError name="language" {...form} />
        </label>
        <label class="button file-button scripted">
          {t('Choose a file (.vtt or .srt)')}
          <input type="file" accept=".vtt,.srt,text/vtt,application/x-subrip" data-reads="captions-text" />
        </label>
        <label class="field">
          <span class="label">{t('Subtitles')}</span>
          <textarea id="captions-text" name="text" rows={8} required spellcheck={false}>
            {typed(form, 'text')}
          </textarea>
          <span class="hint">
            {t(
              'WebVTT or SRT, with times that fit the video as it is shown. Trimming the video removes its subtitles.',
            )}
          </span>
          <FieldError name="text" {...form} />
        </label>
        <button class="button primary wide">{t('Save')}</button>
      </Form>
    </section>
  )
}

export function CaptionsPage({ file }: Props) {
  const t = useT()
  return (
    <Layout title={t('Subtitles')} back={file.postId ? `/posts/${file.postId}/edit` : '/posts/new'}>
      <CaptionsPart file={file} />
    </Layout>
  )
}

/** Leads from the tile of a video to its captions. */
export function CaptionsLink({ file }: { file: FileJson }) {
  const t = useT()
  if (file.kind !== 'video' || file.status !== 'ready') return null
  return (
    <a
      class="icon-button small captions-link"
      href={`/files/${file.id}/captions`}
      aria-label={t('Subtitles of this video')}
      title={t('Subtitles')}
    >
      <Icon name="captions" size={20} />
    </a>
  )
}
