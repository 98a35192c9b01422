import type { FlagJson, FlagOutcome } from '../../shapes/words'
import { useT } from '../frame'
import { Empty } from '../parts/empty'
import { Form } from '../parts/form'
import { More } from '../parts/more'
import { Picture } from '../parts/picture'
import { Ago } from '../parts/time'
import { Desk } from './desk'
import { Filter } from './filter'
import { fieldNames, flagOutcomeNames } from './word-names'

type List = { flags: FlagJson[]; next: string | null }

export const FlagsPart = ({ flags, next }: List) => (
  <>
    {flags.map((flag) => (
      <FlagRow flag={flag} />
    ))}
    <More next={next} />
  </>
)

function FlagRow({ flag }: { flag: FlagJson }) {
  const t = useT()
  const { id, at, effect, words, field, user, post, comment, text, outcome } = flag
  const [first] = post?.files ?? []
  const said = text ?? comment?.text ?? (field === 'caption' ? post?.caption : null)
  const href = comment ? `/comments/${comment.id}` : post ? `/posts/${post.id}` : user && `/users/${user.handle}`
  return (
    <article class="reported" id={`flag-${id}`} tabindex={-1} data-step aria-label={t('Text {n}', { n: id })}>
      <div class="subject">
        {field === 'caption' && post && first && (
          <a class={post.locked ? 'thumb covered' : 'thumb'} href={`/posts/${post.id}`} aria-label={t('Post')}>
            <Picture file={first} use="thumb" decorative />
          </a>
        )}
        <div class="what">
          <span>
            {fieldNames(t)[field]}{' '}
            {user ? (
              <a href={`/users/${user.handle}`}>
                <bdi>@{user.handle}</bdi>
              </a>
            ) : (
              <span class="hint">{t('a former member')}</span>
            )}
          </span>
          {said && href && (
            <a class="hint clamped" href={href}>
              {said}
            </a>
          )}
        </div>
      </div>
      <div class="what">
        <p>
          <span class={effect === 'hold' && !outcome ? 'badge alarming' : 'badge'}>
            {effect === 'hold' ? t('On hold') : t('Marked')}
          </span>{' '}
          {words.join(', ')}
        </p>
        <span class="hint">
          <Ago at={at} />
        </span>
      </div>
      <div class="verdicts">
        {outcome ? (
          <span class="badge">{flagOutcomeNames(t)[outcome]}</span>
        ) : (
          <>
            <Settle id={id} outcome="allowed" label={t('Show to everybody')} />
            <Settle id={id} outcome="removed" label={t('Remove')} button="button danger" />
          </>
        )}
      </div>
    </article>
  )
}

type Press = { id: number; outcome: FlagOutcome; label: string; button?: string }

const Settle = ({ id, outcome, label, button = 'button' }: Press) => (
  <Form action={`/admin/flags/${id}`} method="patch">
    <input type="hidden" name="outcome" value={outcome} />
    <button class={button}>{label}</button>
  </Form>
)

export function FlagsPage({ open, ...list }: List & { open: boolean }) {
  const t = useT()
  return (
    <Desk title={t('Texts to check')}>
      <div class="bar-of">
        <Filter
          label={t('Report status')}
          choices={[
            { href: '/admin/flags', name: t('Open'), here: open },
            { href: '/admin/flags?status=settled', name: t('Settled'), here: !open },
          ]}
        />
      </div>
      {list.flags.length ? (
        <div class="dense">
          <FlagsPart {...list} />
        </div>
      ) : (
        <Empty icon="check" text={open ? t('No text waits for you.') : t('No texts have been checked yet.')} />
      )}
    </Desk>
  )
}
