import type { MutedWordJson } from '../../shapes/muted-words'
import { useT } from '../frame'
import { Layout } from '../layout'
import { Empty } from '../parts/empty'
import { Field } from '../parts/field'
import { Act, Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { More } from '../parts/more'

type List = { words: MutedWordJson[]; next: string | null }

export function MutedWordsForm(form: FormProps) {
  const t = useT()
  return (
    <Form action="/muted-words" live class="stack">
      {!form.problem?.errors && <FormProblem {...form} />}
      <Field
        label={t('Word or #tag')}
        name="text"
        autocapitalize="none"
        autocomplete="off"
        maxlength={60}
        hint={t('Posts with it stay out of your main page, inbox, explore and search. Nobody is told.')}
        required
        {...form}
      />
      <button class="button primary">{t('Mute this word')}</button>
    </Form>
  )
}

function MutedWordRow({ word: { id, text } }: { word: MutedWordJson }) {
  const t = useT()
  return (
    <li class="row">
      <strong class="what">
        <bdi>{text}</bdi>
      </strong>
      <Act
        action={`/muted-words/${id}`}
        method="delete"
        live
        target="closest .row"
        label={t('Show posts with {text} again', { text })}
      >
        {t('Unmute')}
      </Act>
    </li>
  )
}

export const MutedWordsPart = ({ words, next }: List) => (
  <>
    {words.map((word) => (
      <MutedWordRow word={word} />
    ))}
    <More next={next} />
  </>
)

export function MutedWordsPage(list: List) {
  const t = useT()
  return (
    <Layout title={t('Muted words')} back="/users/account/privacy">
      <section class="panel">
        <MutedWordsForm />
      </section>
      {list.words.length ? (
        <ul class="rows">
          <MutedWordsPart {...list} />
        </ul>
      ) : (
        <Empty icon="volume-x" text={t('You have not muted any words.')} />
      )}
    </Layout>
  )
}
