/** Milliseconds since 1970; counted from the build's instant where its clock was set. */
export function now(): number {
  const { now: fixed } = document.documentElement.dataset;
  return fixed ? Number(fixed) + performance.now() : Date.now();
}
