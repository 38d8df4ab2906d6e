/**
 * Array parameters whose lengths the planner cannot see. Where it can, a short array looks cheaper than the plan made
 * for arrays of any length, and the server plans the statement anew each time, which takes longer than running it.
 */
export function hidden(...parameters: readonly string[]): string {
  return parameters.map((parameter) => `(select ${parameter})`).join(', ');
}
