import type { AccountJson } from '../../shapes/users'
import { useT } from '../frame'
import { Avatar } from '../parts/avatar'
import { FieldError } from '../parts/field'
import { Act, Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'

const POLLING = {
  'hx-get': '/users/account/profile',
  'hx-trigger': 'every 1s',
  'hx-select': '#avatar-form',
  'hx-swap': 'outerHTML',
}

/**
 * The picture has a form of its own because a file is uploaded separately. With JavaScript, choosing a file uploads it.
 */
export function AvatarForm({ account, ...form }: FormProps & { account: AccountJson }) {
  const t = useT()
  const action = '/users/account/avatar'
  return (
    <div class="avatar-form" id="avatar-form" {...(account.avatarStatus === 'processing' && POLLING)}>
      <Avatar user={account} size={96} />
      <div class="stack">
        <FormProblem {...form} />
        {account.avatarStatus === 'processing' && <p role="status">{t('Your picture is being processed.')}</p>}
        {account.avatarStatus === 'failed' && (
          <p class="problem">{t('This picture could not be read. Please choose another one.')}</p>
        )}
        <Form action={action} method="put" multipart live target="#avatar-form" class="buttons">
          <label class="button file-button">
            {account.avatarUrl ? t('Change picture') : t('Choose a picture')}
            <input type="file" name="file" accept="image/*,.heic,.heif,.avif" required data-send-at-once />
          </label>
          <button class="button unscripted">{t('Upload')}</button>
        </Form>
        <FieldError name="file" {...form} />
        {account.avatarStatus && (
          <Act action={action} method="delete" button="button quiet">
            {t('Remove picture')}
          </Act>
        )}
      </div>
    </div>
  )
}
