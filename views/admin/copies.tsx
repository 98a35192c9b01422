import type { CopiesJson } from '../../shapes/copies'
import { useT } from '../frame'
import { bytesText } from '../parts/bytes'
import { Confirm } from '../parts/confirm'
import { Act } from '../parts/form'
import { Desk } from './desk'

export function CopiesPage({ copies: { files, bytes, making, dropping } }: { copies: CopiesJson }) {
  const t = useT()
  const size = bytesText(bytes, t.locale)
  return (
    <Desk title={t('Copies of videos')}>
      <section class="panel">
        <p>
          {t(
            'Long videos have copies in smaller qualities for slow connections, and pictures for the seek bar. They are made of the video itself, so you can drop them when the disk is filling and make them again later. Videos still play without them. Originals are never dropped.',
          )}
        </p>
        <p role="status">
          <strong>
            {files > 0
              ? t(
                  { one: 'The copies of {n} video take {size}.', other: 'The copies of {n} videos take {size}.' },
                  { n: files, size },
                )
              : t('There are no such copies.')}
          </strong>{' '}
          {dropping > 0 &&
            t(
              {
                one: 'The copies of {n} video are being dropped.',
                other: 'The copies of {n} videos are being dropped.',
              },
              { n: dropping },
            )}{' '}
          {making > 0 &&
            t({ one: '{n} video is waiting for copies.', other: '{n} videos are waiting for copies.' }, { n: making })}
        </p>
        <div class="buttons">
          {files > 0 && !dropping && (
            <Confirm
              label={t('Free {size}', { size })}
              question={t('Whoever watches one of these videos will get it in its usual quality from now on.')}
            >
              <Act action="/admin/copies" method="delete" button="button danger filled">
                {t('Drop the copies')}
              </Act>
            </Confirm>
          )}
          {!dropping && <Act action="/admin/copies">{t('Make missing copies')}</Act>}
        </div>
      </section>
    </Desk>
  )
}
