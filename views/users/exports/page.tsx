import type { ExportJson } from '../../../shapes/exports'
import { useT } from '../../frame'
import { Layout } from '../../layout'
import { bytesText } from '../../parts/bytes'
import { Empty } from '../../parts/empty'
import { Form } from '../../parts/form'
import { Icon } from '../../parts/icon'
import { More } from '../../parts/more'
import { Ago, dayInSentence } from '../../parts/time'

type List = { list: ExportJson[]; next: string | null }

export const ExportsPart = ({ list, next }: List) => (
  <>
    {list.map((each) => (
      <ExportRow export={each} />
    ))}
    <More next={next} />
  </>
)

function ExportRow({ export: { status, url, bytes, createdAt, expiresAt, error } }: { export: ExportJson }) {
  const t = useT()
  return (
    <li class="row">
      <Icon name="download" />
      <div class="what">
        <strong>{status === 'making' ? t('Being collected…') : status === 'ready' ? t('Ready') : t('Failed')}</strong>
        <span class="hint">
          <Ago at={createdAt} />
          {bytes !== null && ` · ${bytesText(bytes, t.locale)}`}
          {url && expiresAt && ` · ${t('until {day}', { day: dayInSentence(expiresAt, t.locale) })}`}
        </span>
        {error && <span class="hint">{t(error)}</span>}
      </div>
      {url && (
        <a class="button" href={url} download>
          {t('Download')}
        </a>
      )}
    </li>
  )
}

export function ExportsPage(props: List) {
  const t = useT()
  const isMaking = props.list.some(({ status }) => status === 'making')
  return (
    <Layout title={t('My data')} back="/users/account">
      <p class="lead">
        {t(
          'Collect everything of yours in one zip: your photos and videos as you uploaded them, your posts, comments and bookmarks, what you bought, and all that is stored about you. A browser opens it without a network.',
        )}
      </p>
      {isMaking ? (
        <p class="lead">{t('This may take a while. You will be notified.')}</p>
      ) : (
        <section class="panel">
          <Form action="/users/account/exports">
            <button class="button primary">{t('Collect my data')}</button>
          </Form>
        </section>
      )}
      {props.list.length ? (
        <ul class="rows">
          <ExportsPart {...props} />
        </ul>
      ) : (
        <Empty icon="download" text={t('You have not collected your data yet.')} />
      )}
    </Layout>
  )
}
