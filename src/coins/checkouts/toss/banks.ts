/**
 * The banks that offer virtual accounts, by the codes that Toss Payments lists at
 * https://docs.tosspayments.com/codes/org-codes. A bank that is missing here is shown by its code.
 */
const BANKS: Record<string, string> = {
  '03': 'IBK기업은행',
  '04': 'KB국민은행',
  '06': 'KB국민은행',
  '07': 'Sh수협은행',
  '11': 'NH농협은행',
  '20': '우리은행',
  '31': 'iM뱅크(대구)',
  '32': '부산은행',
  '34': '광주은행',
  '37': '전북은행',
  '39': '경남은행',
  '45': '새마을금고',
  '48': '신협',
  '71': '우체국예금보험',
  '81': '하나은행',
  '88': '신한은행',
  '89': '케이뱅크',
  '90': '카카오뱅크',
  '92': '토스뱅크',
}

/** The name of a bank. Some answers of the provider contain three digits, the first of them a zero. */
export const bankName = (code: string): string => BANKS[code.replace(/^0(?=\d\d$)/, '')] ?? code
