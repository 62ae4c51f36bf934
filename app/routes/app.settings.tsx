import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useNavigate, useSearchParams } from '@remix-run/react';
import { SaveBar, useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Page } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settingsChanges, shopRow } from '../db/shops.ts';
import type { Guard } from '../domain/explain-refusal.ts';
import { countSkus } from '../db/sku-list.ts';
import { shopDomain } from '../domain/ids.ts';
import { settingsSchema } from '../domain/settings.ts';
import { actorOf } from '../domain/timeline.ts';
import { now } from '../lib/clock.ts';
import { openTargets, setTargets } from '../notices/set-targets.ts';
import { typedTargets } from '../notices/typed-targets.ts';
import { db, notices, vault } from '../services.server.ts';
import { authenticateAdmin, authenticateStaff } from '../shopify.server.ts';
import { accountViews } from '../sync/account-views.ts';
import { setSettings } from '../sync/change-settings.ts';
import { LeaveGuard } from '../ui/leave-guard.tsx';
import { rebased } from '../ui/rebased.ts';
import { SettingsChanges } from '../ui/settings-changes.tsx';
import { changeOf, draftOf, rulesOf, type SettingsDraft } from '../ui/settings-draft.ts';
import { SettingsForm } from '../ui/settings-form.tsx';
import { SettingsNav } from '../ui/settings-nav.tsx';
import { sectionIn, sectionUrl, type SettingsSection } from '../ui/settings-sections.ts';
import styles from '../ui/settings.css?url';
import { useFirstWrong } from '../ui/use-first-wrong.ts';
import { useKept } from '../ui/use-kept.ts';
import { useMayChange } from '../ui/use-may-change.ts';
import { useSaveKey } from '../ui/use-save-key.ts';

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: styles }];

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const { row, accounts, changes, skus, targets } = await db.forShop(shop, async (tx) => ({
    row: await shopRow(tx, shop),
    accounts: await accountViews(tx, shop, now()),
    skus: await countSkus(tx, shop),
    changes: await settingsChanges(tx, shop),
    targets: await openTargets(tx, vault, shop),
  }));
  const settings = row?.settings ?? settingsSchema.parse({});
  return {
    saved: draftOf(settings, targets),
    unlinked: skus.unlinked + skus.several,
    accounts,
    changes: changes.flatMap(({ id, at, by, before, after }) => {
      const [was, is] = [before, after] as Readonly<Record<string, unknown>>[];
      return Object.keys({ ...was, ...is }).map((name) => ({
        ...{ id, at, name, by: actorOf(by) },
        ...{ before: was?.[name] ?? null, after: is?.[name] ?? null },
      }));
    }),
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
  const { saved, unlinked, accounts, changes, now: at } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const navigate = useNavigate();
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
  const sent = useRef<SettingsDraft | null>(null);
  useEffect(() => {
    if (answer?.ok !== true || !sent.current) return;
    // What was sent stands as the server wrote it; what was typed since stays.
    setDraft(rebased(draft, sent.current, saved));
    sent.current = null;
    shopify.toast.show(t('settings.saved'));
    // A new signing secret is told once: wherever the save was pressed, it is shown.
    if (answer.secret !== null) navigate(sectionUrl('notices'));
  }, [answer, draft, saved, setDraft, navigate, shopify, t]);
  const wrong = answer?.ok === false ? answer.wrong : [];
  const [query] = useSearchParams();
  const named = sectionIn(query);
  const section = named ?? 'accounts';
  useFirstWrong(wrong, section);
  const maySave = dirty && mayChange && !unseen && saving.state === 'idle';
  const save = () => {
    sent.current = draft;
    saving.submit(JSON.stringify(change), { method: 'post', encType: 'application/json' });
  };
  useSaveKey(maySave ? save : null);
  const lost = accounts.filter(({ connected }) => !connected).length;
  const notes: Partial<Record<SettingsSection, string>> = {
    accounts: t('settings.note.accounts', { n: accounts.length, lost }),
    ...(unlinked > 0 ? { products: t('settings.unlinked', { n: unlinked }) } : {}),
    automation: t(saved.autoAccept.on ? 'settings.on' : 'settings.off'),
    dryRun: t(saved.dryRun ? 'settings.on' : 'settings.off'),
  };
  return (
    <Page
      title={t('settings.title')}
      backAction={
        named === null
          ? { content: t('nav.home'), url: '/app' }
          : { content: t('settings.title'), url: '/app/settings' }
      }
    >
      <SaveBar id="settings" open={dirty}>
        <button variant="primary" onClick={save} disabled={!maySave}>
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
      <div className="settings" data-at={named === null ? 'list' : 'section'}>
        <SettingsNav current={section} notes={notes} />
        <div className="settings-section">
          <BlockStack gap="400">
            {wrong.length > 0 && <Banner tone="critical">{t('settings.notSaved')}</Banner>}
            {answer?.ok === false && answer.guard !== null && (
              <Banner tone="critical">{t(`guard.${answer.guard}`)}</Banner>
            )}
            {unseen && <Banner tone="info">{t('settings.auto.lookFirst')}</Banner>}
            <fieldset disabled={!mayChange} className="settings-fields">
              <SettingsForm
                section={section}
                accounts={accounts}
                draft={draft}
                saved={saved}
                wrong={wrong}
                unlinked={unlinked}
                secret={answer?.secret ?? null}
                onChange={setDraft}
                onRulesShown={setShownRules}
                now={at}
              />
            </fieldset>
            <SettingsChanges section={section} changes={changes} now={at} />
          </BlockStack>
        </div>
      </div>
    </Page>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
