import { MOST_QUERY } from '../../shapes/search'
import { useFrame } from '../frame'
import { Icon } from '../parts/icon'

/** The field of the search. With scripts, results appear below it as one types; otherwise it is an ordinary form. */
export function SearchForm({ q = '' }: { q?: string }) {
  const { t, viewer } = useFrame()
  return (
    <search>
      <form class="search" action="/search" data-viewer={viewer?.handle}>
        <label class="search-field">
          <span class="unseen">{t('Search for people, tags and captions')}</span>
          <Icon name="search" size={20} />
          <input
            type="search"
            name="q"
            value={q}
            maxlength={MOST_QUERY}
            placeholder={t('Search')}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            enterkeyhint="search"
            aria-keyshortcuts="/"
            hx-get="/search"
            hx-trigger="input changed delay:200ms"
            hx-target="#found"
            hx-swap="innerHTML"
            hx-sync="replace"
          />
        </label>
        <noscript>
          <button class="button">{t('Search')}</button>
        </noscript>
      </form>
    </search>
  )
}
