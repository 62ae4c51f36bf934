import { isObject, type JsonObject } from '../amazon/json.ts';

const listOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');

function statementsOf(policy: string): JsonObject[] {
  try {
    const parsed: unknown = JSON.parse(policy);
    const statements = isObject(parsed) ? parsed['Statement'] : undefined;
    return (Array.isArray(statements) ? statements : [statements]).filter(isObject);
  } catch {
    return [];
  }
}

function namesPrincipal(principal: unknown, account: string): boolean {
  if (principal === '*') return true;
  const accounts = isObject(principal) ? listOf(principal['AWS']) : [];
  return accounts.some((one) => one === '*' || one === account || one === `arn:aws:iam::${account}:root`);
}

/** `SQS:Send*` fits `sqs:SendMessage`: letters of any case, with stars. */
function fits(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(text);
}

/** Whether a queue's policy lets an AWS account do something to it. Conditions are not looked at: one that has any allows nothing. */
export function policyAllows(
  policy: string | undefined,
  wish: { readonly account: string; readonly action: string; readonly arn: string },
): boolean {
  const about = statementsOf(policy ?? '').filter(
    (statement) =>
      namesPrincipal(statement['Principal'], wish.account) &&
      listOf(statement['Action']).some((action) => fits(action, wish.action)) &&
      listOf(statement['Resource'] ?? '*').some((resource) => fits(resource, wish.arn)),
  );
  if (about.some((statement) => statement['Effect'] === 'Deny')) return false;
  return about.some((statement) => statement['Effect'] === 'Allow' && statement['Condition'] === undefined);
}
