import { Problem } from '../problem'

/** How soon a client or a job may try again. */
const RETRY_SECONDS = 15

/**
 * The store of photos and videos cannot be reached or refuses us. People get 503 and jobs try again later. `reason` is
 * for the log and for those who run the server; it never contains a signature.
 */
export class StoreAway extends Problem {
  override readonly name = 'StoreAway'
  readonly retryMs = RETRY_SECONDS * 1000
  constructor(readonly reason: string) {
    super(
      'unavailable',
      'The storage of photos and videos does not answer at the moment. Nothing is lost; please try again in a minute.',
      { code: 'storage_away', retryAfter: RETRY_SECONDS },
    )
  }
}
