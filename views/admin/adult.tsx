import { type Settings, usualAdults } from '../../shapes/settings'
import type { AccountJson } from '../../shapes/users'
import { useT } from '../frame'
import { Confirm } from '../parts/confirm'
import { Choice, Field } from '../parts/field'
import { Act } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { settingChoices, settingNames } from './setting-names'

/**
 * Settings that say who sees posts for adults. The usual age and way of counting are sent as empty fields, so that they
 * still follow the time zone when the host changes that.
 */
export function AdultFields({ settings, ...form }: FormProps & { settings: Settings }) {
  const t = useT()
  const [names, choices] = [settingNames(t), settingChoices(t)]
  const usual = usualAdults(settings.timeZone)
  const ways = choices.adultBy
  return (
    <>
      <Field
        label={names.adultAge}
        name="adultAge"
        type="number"
        min={13}
        max={25}
        value={settings.adultAge === usual.adultAge ? null : settings.adultAge}
        placeholder={String(usual.adultAge)}
        hint={t(
          'Leave it empty for 19 where the time zone of the community is that of Korea, and 18 elsewhere. After a change of this or the next two settings, everybody confirms again.',
        )}
        {...form}
      />
      <Choice
        label={names.adultBy}
        name="adultBy"
        value={settings.adultBy === usual.adultBy ? '' : settings.adultBy}
        options={{ '': t('As usual: {way}', { way: ways[usual.adultBy] }), ...ways }}
        hint={t('In Korea it counts from the 1st of January of the year in which people turn 19.')}
        {...form}
      />
      <Choice
        label={names.ageProof}
        name="ageProof"
        value={settings.ageProof}
        options={choices.ageProof}
        hint={t('A date of birth proves nothing. Where the law asks for proof, let the staff check it.')}
        {...form}
      />
    </>
  )
}

/** Shown to the staff on a profile: a button that confirms the age of the person, or takes that back. */
export function Adult({ account: { handle, displayName, adult } }: { account: AccountJson }) {
  const t = useT()
  const send = (value: boolean, text: string) => (
    <Act action={`/admin/users/${handle}`} method="patch">
      <input type="hidden" name="adult" value={value ? 'on' : 'off'} />
      {text}
    </Act>
  )
  return adult ? (
    send(false, t('Take back that their age is confirmed'))
  ) : (
    <Confirm
      class="button"
      label={t('Confirm the age of {name}', { name: displayName })}
      question={t('They will see posts for adults. Confirm this only if you have seen a proof of their age.')}
    >
      {send(true, t('Confirm their age'))}
    </Confirm>
  )
}
