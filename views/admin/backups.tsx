import type { BackupJson, BackupState } from '../../shapes/backups'
import { useT } from '../frame'
import { bytesText } from '../parts/bytes'
import { Empty } from '../parts/empty'
import { Act } from '../parts/form'
import { Icon } from '../parts/icon'
import { More } from '../parts/more'
import { Ago } from '../parts/time'
import { Desk } from './desk'

type List = { backups: BackupJson[]; next: string | null }

export const BackupsPart = ({ backups, next }: List) => (
  <>
    {backups.map((backup) => (
      <BackupRow backup={backup} />
    ))}
    <More next={next} />
  </>
)

function BackupRow({ backup: { id, at, place, error, files, bytes, newBytes, seconds } }: { backup: BackupJson }) {
  const t = useT()
  return (
    <div class={error ? 'job dead' : 'job'} id={`backup-${id}`}>
      <div class="what">
        <strong>{error ? t('Failed') : t('Backed up and proved')}</strong>
        <code class="payload">{place}</code>
        {error && <p class="reason">{error}</p>}
        {files !== null && bytes !== null && newBytes !== null && (
          <p class="hint">
            {t({ one: '{n} file', other: '{n} files' }, { n: files })} · {bytesText(bytes, t.locale)} ·{' '}
            {t('{size} new', { size: bytesText(newBytes, t.locale) })}
          </p>
        )}
      </div>
      <span class="hint">
        <Ago at={at} /> · {t({ one: '{n} second', other: '{n} seconds' }, { n: seconds })}
      </span>
    </div>
  )
}

export function BackupsPage({ state, ...list }: List & { state: BackupState }) {
  const t = useT()
  return (
    <Desk title={t('Backups')}>
      <section class="panel">
        <BackupStatus state={state} />
      </section>
      {list.backups.length ? (
        <div class="dense">
          <BackupsPart {...list} />
        </div>
      ) : (
        <Empty icon="hard-drive" text={t('No backup has been made yet.')} />
      )}
    </Desk>
  )
}

function BackupStatus({ state: { place, isEncrypted, isRunning, nextAt, lastGoodAt } }: { state: BackupState }) {
  const t = useT()
  if (place === null)
    return (
      <p class="hint">
        {t('No backups are made every night. Name a place for them when you start the server:')}{' '}
        <code>PINHOLE_BACKUP</code>
      </p>
    )
  return (
    <div class="stack">
      <p class="email-state" role="status">
        <Icon name={lastGoodAt ? 'check' : 'triangle-alert'} size={20} />
        <span>
          {lastGoodAt ? (
            <>
              {t('Last good backup')}: <Ago at={lastGoodAt} />
            </>
          ) : (
            t('There is no good backup yet.')
          )}
        </span>
      </p>
      <p class="hint">
        {isEncrypted ? t('Encrypted backups go to') : t('Backups go to')} <code>{place}</code>
        {nextAt && (
          <>
            {' · '}
            {t('Next backup')}: <Ago at={nextAt} />
          </>
        )}
      </p>
      {isRunning ? <p>{t('A backup is being made now.')}</p> : <Act action="/admin/backups">{t('Back up now')}</Act>}
    </div>
  )
}
