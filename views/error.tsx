import type { PropsWithChildren } from 'hono/jsx'
import type { Failure } from '../src/problem'
import { useFrame } from './frame'
import { Layout } from './layout'
import { Welcome } from './parts/welcome'

/**
 * A one-line error message. The browser shows it as a toast and keeps the page as it is, because it finds
 * `data-failure`.
 */
export function ErrorPart({ failure }: { failure: Failure }) {
  const { t } = useFrame()
  return (
    <p class="problem" role="alert" data-failure>
      {t(failure.detail)}
    </p>
  )
}

/**
 * Shows the form that failed (`children`) again with what was typed. Without a form, the page explains the error and
 * what to do next.
 */
export function ErrorPage({ failure, children }: PropsWithChildren<{ failure: Failure }>) {
  const { t, viewer } = useFrame()
  const title = useTitle(failure)
  if (hasForm(children))
    return (
      <Layout title={title} bare={!viewer}>
        {viewer ? <div class="again">{children}</div> : <Welcome title={title}>{children}</Welcome>}
      </Layout>
    )
  return (
    <Layout title={title} bare={!viewer}>
      <div class="failure">
        {!viewer && <h1>{title}</h1>}
        <p>{t(failure.detail)}</p>
        {typeof failure.requestId === 'string' && (
          <p class="hint">
            {t('If it happens again, give the staff this number:')} <code>{failure.requestId}</code>
          </p>
        )}
        <p class="buttons">
          {failure.status === 401 && (
            <a class="button primary" href="/sessions/new">
              {t('Sign in')}
            </a>
          )}
          <a class="button" href="/">
            {t('Go to the main page')}
          </a>
        </p>
      </div>
    </Layout>
  )
}

/** `children` may also be the plain error message, which this page shows anyway. */
const hasForm = (children: unknown) => String(children ?? '').includes('<form')

function useTitle({ status, errors }: Failure): string {
  const { t } = useFrame()
  if (errors && status !== 401) return t('Please check and try again')
  if (status === 401) return t('Please sign in')
  if (status === 403) return t('You do not have permission')
  if (status === 404) return t('Page not found')
  if (status === 410) return t('No longer available')
  if (status === 429) return t('Too many requests')
  if (status === 413 || status === 507) return t('Not enough space')
  if (status < 500) return t('Please check and try again')
  return t('Something went wrong')
}
