import type { PropsWithChildren } from 'hono/jsx'
import type { Failure } from '../src/http/errors'
import { Layout } from './layout'

export const ErrorPart = ({ failure }: { failure: Failure }) => <p class="error">{failure.detail}</p>

export const ErrorPage = ({ failure, children }: PropsWithChildren<{ failure: Failure }>) => (
  <Layout title={failure.title}>{children}</Layout>
)
