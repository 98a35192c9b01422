import { useT } from '../frame'
import { Layout } from '../layout'
import { SearchForm } from './form'
import { FoundPart, type FoundProps } from './found'

export function SearchPage(props: FoundProps) {
  const t = useT()
  return (
    <Layout title={props.q.trim() ? `${props.q} · ${t('Search')}` : t('Search')} heading={t('Search')} wide>
      <SearchForm q={props.q} />
      <p class="unseen" role="status" data-results />
      <div id="found">
        <FoundPart {...props} />
      </div>
    </Layout>
  )
}
