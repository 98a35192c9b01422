import { Field } from '../parts/field'

type Props = { label: string; name: string; value: string | undefined }

/** A field of a filter that takes the handle of a person. */
export const HandleField = ({ label, name, value = '' }: Props) => (
  <Field label={label} name={name} value={value} placeholder="@" autocomplete="off" autocapitalize="none" />
)
