import { programCommand } from '../program'

/** The command that starts this program as a media worker. */
export const mediaWorkerCommand = (): string[] => programCommand('media-worker')
