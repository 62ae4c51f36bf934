/** A time of the world (ms UTC) as the pretend pages show it: `Nov 21, 21:05`, in UTC. */
export function moment(time: number): string {
  return new Intl.DateTimeFormat('en-US', {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
  }).format(time);
}
