import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { SaveBar, useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Page } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settingsChanges, shopRow } from '../db/shops.ts';
import type { Guard } from '../domain/explain-refusal.ts';
import { countSkus } from '../db/sku-list.ts';
import { shopDomain } from '../domain/ids.ts';
import { settingsSchema } from '../domain/settings.ts';
import { now } from '../lib/clock.ts';
import { openTargets, setTargets } from '../notices/set-targets.ts';
import { typedTargets } from '../notices/typed-targets.ts';
import { db, notices, vault } from '../services.server.ts';
import { authenticateAdmin, authenticateStaff } from '../shopify.server.ts';
import { setSettings } from '../sync/change-settings.ts';
import { LeaveGuard } from '../ui/leave-guard.tsx';
import { SettingsChanges } from '../ui/settings-changes.tsx';
import { changeOf, draftOf, rulesOf, type SettingsDraft } from '../ui/settings-draft.ts';
import { SettingsForm } from '../ui/settings-form.tsx';
import { useKept } from '../ui/use-kept.ts';
import { useMayChange } from '../ui/use-may-change.ts';

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const { row, changes, skus, targets } = await db.forShop(shop, async (tx) => ({
    row: await shopRow(tx, shop),
    skus: await countSkus(tx, shop),
    changes: await settingsChanges(tx, shop),
    targets: await openTargets(tx, vault, shop),
  }));
  const settings = row?.settings ?? settingsSchema.parse({});
  return {
    saved: draftOf(settings, targets),
    unlinked: skus.unlinked + skus.several,
    changes: changes.map(({ id, at, before, after }) => ({
      id,
      at,
      names: Object.keys({ ...(before as object), ...(after as object) }),
    })),
    now: now(),
  };
};

/** What became of a change: names of settings that are not possible, or why it was refused. */
interface Saved {
  readonly ok: boolean;
  readonly wrong: readonly string[];
  readonly guard: Guard | null;
  /** The signing secret of a new webhook, told once. */
  readonly secret: string | null;
}

const not = { ok: false, wrong: [], guard: null, secret: null };

/** Takes what changed; where one part of it is wrong nothing is. */
export const action = async ({ request }: ActionFunctionArgs): Promise<Saved> => {
  const { shop, by, refused } = await authenticateStaff(request);
  const body: unknown = await request.json().catch(() => null);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Response(null, { status: 400 });
  if (refused) return { ...not, guard: refused.guard };
  const change = settingsSchema.partial().safeParse(body);
  const typed = 'noticeTargets' in body ? typedTargets(body.noticeTargets, notices.loopback) : null;
  const wrong = [
    ...(change.error?.issues.map(({ path }) => String(path[0])) ?? []),
    ...(typed?.ok === false ? typed.wrong : []),
  ];
  if (!change.success || typed?.ok === false) return { ...not, wrong };
  const named = Object.fromEntries(Object.entries(change.data).filter(([name]) => name in body));
  const secret = await db.forShop(shop, async (tx) => {
    await setSettings(tx, shop, named, by);
    return typed ? (await setTargets(tx, vault, shop, typed.targets, by)).secret : null;
  });
  return { ...not, ok: true, secret };
};

export default function Settings() {
  const { saved, unlinked, changes, now: at } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const saving = useFetcher<typeof action>();
  const [draft, setDraft] = useKept<SettingsDraft>('settings', saved);
  const change = changeOf(draft, saved);
  const mayChange = useMayChange();
  const dirty = Object.keys(change).length > 0;
  const [shownRules, setShownRules] = useState('');
  // Rules that would act are looked at first (CAN-16).
  const unseen =
    draft.autoAccept.on && 'autoAccept' in change && shownRules !== JSON.stringify(rulesOf(draft.autoAccept));
  const answer = saving.state === 'idle' ? saving.data : undefined;
  useEffect(() => {
    if (answer?.ok === true) shopify.toast.show(t('settings.saved'));
  }, [answer, shopify, t]);
  const wrong = answer?.ok === false ? answer.wrong : [];
  const save = () => {
    saving.submit(JSON.stringify(change), { method: 'post', encType: 'application/json' });
  };
  return (
    <Page
      title={t('settings.title')}
      backAction={{ content: t('nav.home'), url: '/app' }}
      secondaryActions={[{ content: t('accounts.manage'), url: '/app/accounts' }]}
    >
      <SaveBar id="settings" open={dirty}>
        <button variant="primary" onClick={save} disabled={!mayChange || unseen || saving.state !== 'idle'}>
          {t('settings.save')}
        </button>
        <button
          onClick={() => {
            setDraft(saved);
          }}
        >
          {t('settings.discard')}
        </button>
      </SaveBar>
      <LeaveGuard
        dirty={dirty}
        onLeave={() => {
          setDraft(saved);
        }}
      />
      <BlockStack gap="400">
        {wrong.length > 0 && <Banner tone="critical">{t('settings.notSaved')}</Banner>}
        {answer?.ok === false && answer.guard !== null && (
          <Banner tone="critical">{t(`guard.${answer.guard}`)}</Banner>
        )}
        {unseen && <Banner tone="info">{t('settings.auto.lookFirst')}</Banner>}
        <fieldset disabled={!mayChange} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
          <SettingsForm
            draft={draft}
            saved={saved}
            wrong={wrong}
            unlinked={unlinked}
            secret={answer?.secret ?? null}
            onChange={setDraft}
            onRulesShown={setShownRules}
          />
        </fieldset>
        <SettingsChanges changes={changes} now={at} />
      </BlockStack>
    </Page>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
