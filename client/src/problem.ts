import type { Problem } from './api.js'

/** The server refused a request. Decide by `code`, which is stable, and show `message` to people. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: string
  readonly status: number

  /** `problem` is the whole answer (RFC 9457), with such members as `errors`, `scope` or `retryAfter`. */
  constructor(readonly problem: Problem) {
    super(problem.detail)
    this.code = problem.code
    this.status = problem.status
  }
}

/** Reads the problem in an answer. A proxy in front of the server answers with pages of its own, which have no code. */
export async function problemIn(answer: Response): Promise<ProblemError> {
  const { status } = answer
  const said: Partial<Problem> & { error?: string; error_description?: string } = await answer.json().catch(() => ({}))
  const code = said.code ?? said.error ?? `http_${status}` // the calls of OAuth say `error` (RFC 6749)
  const detail = said.detail ?? said.error_description ?? `The server answered ${status} ${answer.statusText}`.trim()
  return new ProblemError({ type: 'about:blank', title: answer.statusText, ...said, status, code, detail })
}
