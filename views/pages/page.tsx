import { raw } from 'hono/html'
import type { PageJson } from '../../shapes/pages'
import { useT } from '../frame'
import { Layout } from '../layout'
import { dayInSentence } from '../parts/time'
import { pageTitle } from './names'

/** A page that the host wrote. The HTML comes from a renderer that escapes what people wrote. */
export function WrittenPage({ name, html, changedAt }: PageJson) {
  const t = useT()
  return (
    <Layout title={pageTitle(t, name)} back="/">
      <article class="panel prose" aria-label={pageTitle(t, name)}>
        {raw(html)}
        <p class="hint">{t('Last changed on {day}', { day: dayInSentence(changedAt, t.locale) })}</p>
      </article>
    </Layout>
  )
}
