import { forgetDeleted, sweepLoose, sweepOrphans } from '../files/sweep'
import { forgetHappenings } from '../happenings/model'
import { forgetEndedHooks } from '../hooks/model'
import { forgetDeliveries } from '../hooks/queue'
import { forgetOld } from '../idempotency/model'
import type { Handler } from '../jobs/handler'
import { schedule } from '../jobs/schedule'
import { endDueLooks } from '../looks/end'
import { measure } from '../measurements/measure'
import { forgetUnusedApps } from '../oauth/apps'
import { forgetCodes } from '../oauth/codes'
import { forgetSignedOut } from '../push/model'
import { forgetPushes } from '../push/queue'
import { forgetSessions } from '../sessions/model'
import { sweepExports } from '../takeout/jobs'
import { sweepUploads } from '../uploads/sweep'
import { forgetRefused } from '../users/approval'
import { forgetExports } from '../users/exports/model'
import { eraseDue } from '../users/leaving'
import { forgetChallenges } from '../users/passkeys/model'

const HOUR_MS = 3600_000
/** The hour of the day (UTC) in which everything that is stored is looked through. */
const ORPHANS_HOUR = 3

/** Deletes expired and unused data every hour, and once a day what a crash left in the storage. */
export const sweep: Handler<'upkeep.sweep'> = {
  async run(app, _job, signal) {
    const { write, now } = app
    await sweepUploads(app)
    if (now().getUTCHours() === ORPHANS_HOUR) await sweepOrphans(app, signal)
    if (now().getUTCHours() === ORPHANS_HOUR) await sweepExports(app, signal)
    while (await write((tx) => sweepLoose(tx, now()))) signal.throwIfAborted()
    while (await write((tx) => forgetDeleted(tx, now()))) signal.throwIfAborted()
    while (await write((tx) => eraseDue(tx, now()))) signal.throwIfAborted()
    while (await write((tx) => forgetExports(tx, now()))) signal.throwIfAborted()
    while (await write((tx) => endDueLooks(tx, now()))) signal.throwIfAborted()
    while (await write((tx) => forgetHappenings(tx, now()))) signal.throwIfAborted()
    while (await write((tx) => forgetDeliveries(tx, now()))) signal.throwIfAborted()
    await write((tx) => forgetEndedHooks(tx, now()))
    while (await write((tx) => forgetCodes(tx, now()))) signal.throwIfAborted()
    while (await write((tx) => forgetUnusedApps(tx, now()))) signal.throwIfAborted()
    while (await write((tx) => forgetSessions(tx, now()))) signal.throwIfAborted()
    while (await write((tx) => forgetChallenges(tx, now()))) signal.throwIfAborted()
    while (await write((tx) => forgetPushes(tx, now()))) signal.throwIfAborted()
    while (await write((tx) => forgetSignedOut(tx, now()))) signal.throwIfAborted()
    while (await write((tx) => forgetRefused(tx, now()))) signal.throwIfAborted()
    await write((tx) => forgetOld(tx, now()))
    await measure(app)
    await write((tx) => schedule(tx, 'upkeep.sweep', new Date(+now() + HOUR_MS)))
  },
}
