import { type Frame, useFrame } from '../frame'
import { Icon } from '../parts/icon'

type Room = readonly [href: string, name: string]
type Group = { name?: string; rooms: readonly Room[] }

/** The pages of the staff desk that this person may open, in groups. */
function groupsOf({ t, coins, viewer }: Frame): Group[] {
  const isAdmin = viewer?.role === 'admin'
  const groups: (Group | false)[] = [
    {
      rooms: [
        ['/admin', t('Overview')],
        ['/admin/statistics', t('Statistics')],
      ],
    },
    {
      name: t('People and posts'),
      rooms: [
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
        rooms: [
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
      rooms: [
        ['/admin/pages', t('Pages')],
        ['/admin/settings', t('Settings')],
        ['/admin/actions', t('Actions')],
      ],
    },
    {
      name: t('Server'),
      rooms: [['/admin/jobs', t('Jobs')], ...(isAdmin ? [['/admin/backups', t('Backups')] as const] : [])],
    },
  ]
  return groups.filter((group) => group !== false)
}

/** Pages that others lead to, although their addresses begin differently. */
const WITHIN: Record<string, string> = { '/admin/copies': '/admin/statistics', '/admin/mail': '/admin/settings' }

/** The page of the list that this address belongs to: the longest one that it begins with. */
const roomOf = (path: string, groups: Group[]) =>
  WITHIN[path] ??
  groups
    .flatMap(({ rooms }) => rooms.map(([href]) => href))
    .filter((href) => path === href || path.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0]

/** The pages of the staff desk: a list beside each of them in wide windows, and rows of its first page on phones. */
export function Rooms({ class: kind }: { class: 'side-rooms' | 'room-rows' }) {
  const frame = useFrame()
  const groups = groupsOf(frame)
  const here = roomOf(frame.path, groups)
  return (
    <nav class={kind} aria-label={frame.t('Staff desk')}>
      {groups.map(({ name, rooms }) => (
        <section>
          {name && <h2>{name}</h2>}
          <ul>
            {rooms.map(([href, text]) => (
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
