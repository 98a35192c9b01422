import { useT } from '../frame'
import { CopyButton } from './copy'

type Props = { bank: string; account: string; holder: string }

/** A bank account to transfer money to, whose number can be copied. */
export function Account({ bank, account, holder }: Props) {
  const t = useT()
  return (
    <dl class="account">
      <div>
        <dt>{t('Bank')}</dt>
        <dd>{bank}</dd>
      </div>
      <div>
        <dt>{t('Account number')}</dt>
        <dd class="number">
          {account} <CopyButton text={account} small />
        </dd>
      </div>
      {holder && (
        <div>
          <dt>{t('Account holder')}</dt>
          <dd>{holder}</dd>
        </div>
      )}
    </dl>
  )
}
