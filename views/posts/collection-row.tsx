import type { CollectionJson } from '../../shapes/collections'
import { useT } from '../frame'
import { described, FieldError, typed } from '../parts/field'
import type { FormProps } from '../parts/form-props'

type Props = FormProps & { collections: Pick<CollectionJson, 'id' | 'name'>[]; collectionId: number | null }

/**
 * The row for the collection into which the post is put. A name makes a new one; without JavaScript its field is always
 * there, and a name in it counts more than the choice.
 */
export function CollectionRow({ collections, collectionId, ...form }: Props) {
  const t = useT()
  const chosen = typed(form, 'collectionId', collectionId)
  const name = typed(form, 'collectionName')
  return (
    <div class="option" data-collection>
      <label class="choice">
        <span>
          {t('Collection')}
          <span class="hint">{t('Only you can see your collections.')}</span>
        </span>
        <select name="collectionId" {...described(form, 'collectionId', null)}>
          <option value="">{t('No collection')}</option>
          {collections.map(({ id, name: other }) => (
            <option value={String(id)} selected={!name && String(id) === chosen}>
              {other}
            </option>
          ))}
          <option value="" data-new selected={!!name}>
            {t('New collection…')}
          </option>
        </select>
      </label>
      <label class="field at naming">
        <span class="label">{t('Name of a new collection')}</span>
        <input name="collectionName" value={name} maxlength={60} {...described(form, 'collectionName', null)} />
      </label>
      <FieldError name="collectionId" {...form} />
      <FieldError name="collectionName" {...form} />
      <span class="field-error" role="alert" data-problem hidden />
    </div>
  )
}
