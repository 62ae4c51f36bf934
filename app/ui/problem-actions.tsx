import { Button, InlineStack } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { ProblemView } from './group-problems.ts';
import { useMayChange } from './use-may-change.ts';

interface Props {
  readonly problem: ProblemView;
  /** The problem's own sentence. */
  readonly title: string;
  readonly onSettle: (problem: ProblemView) => void;
  /** Wants both sides of orders looked at again. */
  readonly onLook?: ((ids: readonly string[]) => void) | undefined;
}

/** What is mended at the account it is about, not at an order. */
const ofAccount: readonly string[] = ['disconnected', 'auth_expires', 'role_missing'];

/** Settling a problem, and looking at its order again. */
export function ProblemActions({ problem, title, onSettle, onLook }: Props) {
  const { t } = useTranslation();
  const mayChange = useMayChange();
  const { amazonOrderId, kind } = problem;
  // Of an account only what can be read and put away can be settled here.
  const settles = amazonOrderId !== '' || kind === 'recovered';
  return (
    <InlineStack gap="200">
      {settles && (
        <Button
          size="slim"
          disabled={!mayChange}
          accessibilityLabel={t('settle.openFor', { title })}
          onClick={() => {
            onSettle(problem);
          }}
        >
          {t('settle.open')}
        </Button>
      )}
      {amazonOrderId === '' && ofAccount.includes(kind) && (
        <Button size="slim" url="/app/accounts">
          {t('accounts.manage')}
        </Button>
      )}
      {amazonOrderId !== '' && onLook && (
        <Button
          size="slim"
          variant="plain"
          accessibilityLabel={t('action.lookAgainFor', { id: amazonOrderId })}
          onClick={() => {
            onLook([amazonOrderId]);
          }}
        >
          {t('action.lookAgain')}
        </Button>
      )}
    </InlineStack>
  );
}
