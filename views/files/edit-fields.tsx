import type { FileJson } from '../../shapes/files'
import { useT } from '../frame'

/** A field for a number. The script fills it, and people without scripts type into it. */
function NumberField({
  name,
  label,
  value,
  step,
}: {
  name: string
  label: string
  value?: number | undefined
  step: string
}) {
  return (
    <label class="field">
      <span class="label">{label}</span>
      <input name={name} value={value === undefined ? '' : String(value)} type="number" min="0" step={step} />
    </label>
  )
}

export function CropFields({ file: { crop } }: { file: FileJson }) {
  const t = useT()
  return (
    <fieldset>
      <legend>{t('The part that is shown, in pixels')}</legend>
      <NumberField name="crop.x" label={t('From the left')} value={crop?.x} step="1" />
      <NumberField name="crop.y" label={t('From the top')} value={crop?.y} step="1" />
      <NumberField name="crop.width" label={t('Width')} value={crop?.width} step="1" />
      <NumberField name="crop.height" label={t('Height')} value={crop?.height} step="1" />
    </fieldset>
  )
}

export function TurnField({ file: { turn = 0 } }: { file: FileJson }) {
  const t = useT()
  return (
    <label class="field">
      <span class="label">{t('Turn clockwise')}</span>
      <select name="turn">
        {[0, 90, 180, 270].map((degrees) => (
          <option value={String(degrees)} selected={degrees === turn}>
            {degrees}°
          </option>
        ))}
      </select>
    </label>
  )
}

export function VideoFields({ file: { trim, cover } }: { file: FileJson }) {
  const t = useT()
  return (
    <fieldset>
      <legend>{t('In seconds')}</legend>
      <NumberField name="trim.start" label={t('Start of the video')} value={trim?.start} step="any" />
      <NumberField name="trim.end" label={t('End of the video')} value={trim?.end} step="any" />
      <NumberField name="cover" label={t('Cover')} value={cover ?? undefined} step="any" />
    </fieldset>
  )
}
