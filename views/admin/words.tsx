import type { WordJson } from '../../shapes/words'
import { useFrame, useT } from '../frame'
import { Empty } from '../parts/empty'
import { Choice, Field } from '../parts/field'
import { Act, Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { More } from '../parts/more'
import { Switch } from '../parts/switch'
import { Desk } from './desk'
import { effectNames } from './word-names'

type List = { words: WordJson[]; next: string | null }

export const WordsPart = ({ words, next }: List) => (
  <>
    {words.map((word) => (
      <WordRow word={word} />
    ))}
    <More next={next} />
  </>
)

function WordRow({ word: { id, word, effect, whole } }: { word: WordJson }) {
  const { t, viewer } = useFrame()
  return (
    <div class="job" id={`word-${id}`}>
      <span class="what">
        <strong>
          <bdi>{word}</bdi>
        </strong>
        <br />
        <span class="hint">
          {effectNames(t)[effect]}
          {whole && ` · ${t('whole word only')}`}
        </span>
      </span>
      {viewer?.role === 'admin' && (
        <Act action={`/admin/words/${id}`} method="delete" live target={`#word-${id}`} button="button quiet">
          {t('Remove')}
        </Act>
      )}
    </div>
  )
}

export function WordForm(form: FormProps) {
  const t = useT()
  return (
    <Form action="/admin/words" class="stack">
      <FormProblem {...form} />
      <Field
        label={t('Word')}
        name="word"
        maxlength={100}
        required
        autocapitalize="none"
        hint={t('It is also found in capitals, with accents, and with signs or spaces between its letters.')}
        {...form}
      />
      <Choice label={t('A text with this word')} name="effect" value="hold" options={effectNames(t)} {...form} />
      <Switch
        name="whole"
        on={false}
        label={t('Only the whole word')}
        hint={t('Parts of other words do not count. In Korean the word may carry particles.')}
        {...form}
      />
      <button class="button primary">{t('List this word')}</button>
    </Form>
  )
}

export function WordsPage(list: List) {
  const { t, viewer } = useFrame()
  return (
    <Desk title={t('Words')}>
      <p class="lead hint">
        {t('What happens to captions, comments, names and bios with these words. The staff themselves may write them.')}
      </p>
      {viewer?.role === 'admin' && (
        <section class="panel">
          <WordForm />
        </section>
      )}
      {list.words.length ? (
        <div class="dense">
          <WordsPart {...list} />
        </div>
      ) : (
        <Empty icon="check" text={t('No words are listed.')} />
      )}
    </Desk>
  )
}
