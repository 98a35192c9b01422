import { type Frame, useFrame } from '../frame'
import { Icon } from '../parts/icon'

type Entry = readonly [href: string, name: string]
type Group = { name?: string; entries: readonly Entry[] }

/** The pages of the staff desk that this person may open, in groups. */
function groupsOf({ t, coins, viewer }: Frame): Group[] {
  const isAdmin = viewer?.role === 'admin'
  const groups: (Group | false)[] = [
    {
      entries: [
        ['/admin', t('Overview')],
        ['/admin/statistics', t('Statistics')],
      ],
    },
    {
      name: t('People and posts'),
      entries: [
        ['/admin/users', t('People')],
        ['/admin/invites', t('Invitations')],
        ['/admin/reports', t('Reports')],
        ['/admin/appeals', t('Appeals')],
        ['/admin/flags', t('Texts to check')],
        ['/admin/words', t('Words')],
      ],
    },
    isAdmin &&
      coins !== null && {
        name: t('Coins'),
        entries: [
          ['/admin/vouchers', t('Vouchers')],
          ['/admin/topups', t('Top-ups')],
          ['/admin/packs', t('Packs')],
          ['/admin/checkouts', t('Payments')],
          ['/admin/purchases', t('Purchases')],
          ['/admin/refunds', t('Refund requests')],
          ['/admin/payouts', t('Payouts')],
          ['/admin/audit', t('Audit')],
        ],
      },
    isAdmin && {
      name: t('Community'),
      entries: [
        ['/admin/pages', t('Pages')],
        ['/admin/settings', t('Settings')],
        ['/admin/actions', t('Actions')],
      ],
    },
    {
      name: t('Server'),
      entries: [['/admin/jobs', t('Jobs')], ...(isAdmin ? [['/admin/backups', t('Backups')] as const] : [])],
    },
  ]
  return groups.filter((group) => group !== false)
}

/** Pages that another entry leads to, although their addresses begin differently. */
const WITHIN: Record<string, string> = { '/admin/copies': '/admin/statistics', '/admin/mail': '/admin/settings' }

/** Finds the entry that a page belongs to: the longest address with which the address of the page begins. */
const entryOf = (path: string, groups: Group[]) =>
  WITHIN[path] ??
  groups
    .flatMap(({ entries }) => entries.map(([href]) => href))
    .filter((href) => path === href || path.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0]

/** The links to all pages of the staff desk: a list beside each page in wide windows, rows of the first page on phones. */
export function DeskNavigation({ class: kind }: { class: 'desk-side' | 'desk-rows' }) {
  const frame = useFrame()
  const groups = groupsOf(frame)
  const here = entryOf(frame.path, groups)
  return (
    <nav class={kind} aria-label={frame.t('Staff desk')}>
      {groups.map(({ name, entries }) => (
        <section>
          {name && <h2>{name}</h2>}
          <ul>
            {entries.map(([href, text]) => (
              <li>
                <a href={href} {...(href === here && { 'aria-current': frame.path === href ? 'page' : 'true' })}>
                  {text}
                  <Icon name="chevron-right" size={20} />
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}
