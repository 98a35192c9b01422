import { useFrame } from '../frame'
import { FieldError } from '../parts/field'
import { Act, Form, FormProblem } from '../parts/form'
import type { FormProps } from '../parts/form-props'
import { Mark } from '../parts/mark'

const ACTION = '/admin/settings/mark'

/** The picture of the community has a form of its own because a file is uploaded separately. */
export function MarkForm(form: FormProps) {
  const { t, mark } = useFrame()
  return (
    <div class="avatar-form" id="mark-form">
      <span class="mark">
        <Mark size={32} large={72} />
      </span>
      <div class="stack">
        <FormProblem {...form} />
        <Form action={ACTION} method="put" multipart live target="#mark-form" class="buttons">
          <label class="button file-button">
            {mark ? t('Change logo') : t('Choose a logo')}
            <input type="file" name="file" accept="image/*,.heic,.heif,.avif" required data-send-at-once />
          </label>
          <button class="button unscripted">{t('Upload')}</button>
        </Form>
        <FieldError name="file" {...form} />
        {mark && (
          <Act action={ACTION} method="delete" live button="button quiet">
            {t('Use the default logo')}
          </Act>
        )}
        <p class="hint">
          {t(
            'The logo of the community, on its pages and as the icon of the app. A square picture that can be seen on light and dark ground is best.',
          )}
        </p>
      </div>
    </div>
  )
}
