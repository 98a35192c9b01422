import type { Child } from 'hono/jsx'
import { FieldError } from './field'
import type { FormProps } from './form-props'

type Props = FormProps & { name: string; on: boolean; label: Child; hint?: Child }

/** A setting that is on or off. An unticked checkbox sends nothing, so the hidden `off` stands in for it. */
export const Switch = ({ name, on, label, hint, values, problem }: Props) => (
  <label class="switch">
    <input type="hidden" name={name} value="off" />
    <input type="checkbox" name={name} value="on" checked={values ? [values[name]].flat().includes('on') : on} />
    <span>
      {label}
      <FieldError name={name} {...(problem && { problem })} />
      {hint && <span class="hint">{hint}</span>}
    </span>
  </label>
)
