import type { FlagJson } from '../../shapes/words'
import { useT } from '../frame'
import { Empty } from '../parts/empty'
import { More } from '../parts/more'
import { Ago } from '../parts/time'
import { OpenFilter, PersonLink, PostThumb, Settle } from './cases'
import { Desk } from './desk'
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
  const said = text ?? comment?.text ?? (field === 'caption' ? post?.caption : null)
  const address = `/admin/flags/${id}`
  const href = comment ? `/comments/${comment.id}` : post ? `/posts/${post.id}` : user && `/users/${user.handle}`
  return (
    <article class="reported" id={`flag-${id}`} tabindex={-1} data-step aria-label={t('Text {n}', { n: id })}>
      <div class="subject">
        {field === 'caption' && post && <PostThumb post={post} />}
        <div class="what">
          <span>
            {fieldNames(t)[field]} <PersonLink user={user} />
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
            <Settle address={address} outcome="allowed" label={t('Show to everybody')} />
            <Settle address={address} outcome="removed" label={t('Remove')} button="button danger" />
          </>
        )}
      </div>
    </article>
  )
}

export function FlagsPage({ open, ...list }: List & { open: boolean }) {
  const t = useT()
  return (
    <Desk title={t('Texts to check')}>
      <div class="bar-of">
        <OpenFilter list="/admin/flags" open={open} />
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
