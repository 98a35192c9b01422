import type { PeopleFilter } from '../../shapes/people'
import { useT } from '../frame'
import { Choice } from '../parts/field'
import { Icon } from '../parts/icon'
import { statusNames } from './joining'
import { roleNames } from './role-names'

/** The search field of the list of people, and its filters, which are open while one of them is set. */
export function PeopleSearch({ filter }: { filter: PeopleFilter }) {
  const t = useT()
  const { q, ...others } = filter
  const all = { '': t('All') }
  return (
    <search>
      <form class="people-search" action="/admin/users">
        <label class="search-field">
          <span class="unseen">{t('Search for people')}</span>
          <Icon name="search" size={20} />
          <input
            type="search"
            name="q"
            value={q ?? ''}
            maxlength={100}
            placeholder={t('Name, handle or email')}
            autocapitalize="none"
          />
        </label>
        <details class="limits" open={Object.values(others).some((value) => value !== undefined)}>
          <summary class="button">{t('Filter and sort')}</summary>
          <div class="search-line">
            <Choice label={t('State')} name="state" value={filter.state ?? ''} options={{ ...all, ...stateNames(t) }} />
            <Choice label={t('Role')} name="role" value={filter.role ?? ''} options={{ ...all, ...roleNames(t) }} />
            <Choice
              label={t('Last here')}
              name="seen"
              value={String(filter.seen ?? '')}
              options={{
                ...all,
                '7': t('Within 7 days'),
                '30': t('Within 30 days'),
                '-30': t('Not for 30 days'),
                '-90': t('Not for 90 days'),
                '-365': t('Not for a year'),
              }}
            />
            <Choice
              label={t('Joined')}
              name="joined"
              value={String(filter.joined ?? '')}
              options={{
                ...all,
                '1': t('Within a day'),
                '7': t('Within 7 days'),
                '30': t('Within 30 days'),
                '-365': t('More than a year ago'),
              }}
            />
            <Choice
              label={t('Storage')}
              name="storage"
              value={String(filter.storage ?? '')}
              options={{ ...all, '100': t('From 100 MB'), '1024': t('From 1 GB'), '10240': t('From 10 GB') }}
            />
            <Choice
              label={t('Order')}
              name="sort"
              value={filter.sort ?? 'newest'}
              options={{
                newest: t('Newest members'),
                oldest: t('Oldest members'),
                seen: t('Last here'),
                unseen: t('Away for longest'),
                storage: t('Most storage'),
              }}
            />
            <button class="button">{t('Search')}</button>
          </div>
        </details>
      </form>
    </search>
  )
}

const stateNames = (t: ReturnType<typeof useT>): Record<NonNullable<PeopleFilter['state']>, string> => ({
  active: t('Active'),
  ...statusNames(t),
  suspended: t('Suspended'),
  leaving: t('Being deleted'),
})
