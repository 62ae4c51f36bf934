-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "isOnline" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT,
    "expires" TIMESTAMP(3),
    "accessToken" TEXT NOT NULL,
    "userId" BIGINT,
    "firstName" TEXT,
    "lastName" TEXT,
    "email" TEXT,
    "accountOwner" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT,
    "collaborator" BOOLEAN DEFAULT false,
    "emailVerified" BOOLEAN DEFAULT false,
    "refreshToken" TEXT,
    "refreshTokenExpires" TIMESTAMP(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shop" (
    "shop" TEXT NOT NULL,
    "installed_at" TIMESTAMPTZ(3) NOT NULL,
    "proved_at" TIMESTAMPTZ(3) NOT NULL,
    "uninstalled_at" TIMESTAMPTZ(3),
    "settings" JSONB NOT NULL DEFAULT '{}',
    "facts" JSONB,
    "facts_at" TIMESTAMPTZ(3),
    "token_lease" TIMESTAMPTZ(3),

    CONSTRAINT "shop_pkey" PRIMARY KEY ("shop")
);

-- CreateTable
CREATE TABLE "seller" (
    "shop" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "refresh_token" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'connected',
    "state_since" TIMESTAMPTZ(3) NOT NULL,
    "import_from" TIMESTAMPTZ(3) NOT NULL,
    "cursor" TIMESTAMPTZ(3) NOT NULL,
    "window" JSONB,
    "deep_swept_at" TIMESTAMPTZ(3),
    "last_look_at" TIMESTAMPTZ(3),
    "blind_since" TIMESTAMPTZ(3),
    "blind_why" TEXT,
    "next_poll_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seller_pkey" PRIMARY KEY ("shop","seller_id")
);

-- CreateTable
CREATE TABLE "amazon_order" (
    "shop" TEXT NOT NULL,
    "amazon_order_id" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "due_reason" TEXT,
    "knocks" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "lease_token" UUID,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "looked_at" TIMESTAMPTZ(3),
    "marketplace_id" TEXT,
    "amazon_created_at" TIMESTAMPTZ(3),
    "amazon_updated_at" TIMESTAMPTZ(3),
    "amazon_status" TEXT,
    "amazon_hash" TEXT,
    "request" TEXT NOT NULL DEFAULT 'unknown',
    "ship_by" TIMESTAMPTZ(3),
    "currency" TEXT,
    "amazon_total" BIGINT,
    "skus" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "shopify_order_id" TEXT,
    "shopify_name" TEXT,
    "shopify_status" TEXT,
    "shopify_total" BIGINT,
    "linked_at" TIMESTAMPTZ(3),
    "adopted" BOOLEAN NOT NULL DEFAULT false,
    "stock_taken" BOOLEAN NOT NULL DEFAULT false,
    "wanted_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'importing',
    "tone" TEXT NOT NULL DEFAULT 'info',
    "state_params" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "amazon_order_pkey" PRIMARY KEY ("shop","amazon_order_id")
);

-- CreateTable
CREATE TABLE "command" (
    "shop" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "amazon_order_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "args" JSONB NOT NULL DEFAULT '{}',
    "not_before" TIMESTAMPTZ(3),
    "claimed_by" UUID,
    "planned_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "outcome" JSONB,

    CONSTRAINT "command_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "problem" (
    "shop" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "amazon_order_id" TEXT NOT NULL DEFAULT '',
    "subject" TEXT NOT NULL DEFAULT '',
    "tone" TEXT NOT NULL,
    "params" JSONB NOT NULL DEFAULT '{}',
    "since" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,
    "open_key" TEXT,

    CONSTRAINT "problem_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "shop" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "at" TIMESTAMPTZ(3) NOT NULL,
    "amazon_order_id" TEXT NOT NULL DEFAULT '',
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "sku_link" (
    "shop" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "variant_id" TEXT,
    "candidates" INTEGER NOT NULL,
    "by_hand" BOOLEAN NOT NULL DEFAULT false,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sku_link_pkey" PRIMARY KEY ("shop","sku")
);

-- CreateTable
CREATE TABLE "backfill" (
    "shop" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "seller_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "preview" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "next_page" TEXT,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "backfill_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "rate_bucket" (
    "seller_id" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "tokens" DOUBLE PRECISION NOT NULL,
    "rate" DOUBLE PRECISION NOT NULL,
    "burst" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_bucket_pkey" PRIMARY KEY ("seller_id","operation")
);

-- CreateTable
CREATE TABLE "worker_beat" (
    "id" UUID NOT NULL,
    "locked_by" TEXT[],
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worker_beat_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "session_shop_idx" ON "session"("shop");

-- CreateIndex
CREATE UNIQUE INDEX "seller_seller_id_key" ON "seller"("seller_id");

-- CreateIndex
CREATE INDEX "amazon_order_shop_amazon_created_at_amazon_order_id_idx" ON "amazon_order"("shop", "amazon_created_at" DESC, "amazon_order_id");

-- CreateIndex
CREATE INDEX "amazon_order_shop_state_amazon_created_at_idx" ON "amazon_order"("shop", "state", "amazon_created_at" DESC);

-- CreateIndex
CREATE INDEX "amazon_order_shop_due_at_idx" ON "amazon_order"("shop", "due_at");

-- CreateIndex
CREATE INDEX "amazon_order_shop_shopify_name_idx" ON "amazon_order"("shop", "shopify_name");

-- CreateIndex
CREATE INDEX "amazon_order_skus_idx" ON "amazon_order" USING GIN ("skus");

-- CreateIndex
CREATE INDEX "amazon_order_due_at_shop_idx" ON "amazon_order"("due_at", "shop");

-- CreateIndex
CREATE UNIQUE INDEX "amazon_order_shop_shopify_order_id_key" ON "amazon_order"("shop", "shopify_order_id");

-- CreateIndex
CREATE INDEX "command_shop_amazon_order_id_idx" ON "command"("shop", "amazon_order_id");

-- CreateIndex
CREATE UNIQUE INDEX "command_shop_key_key" ON "command"("shop", "key");

-- CreateIndex
CREATE INDEX "problem_shop_amazon_order_id_idx" ON "problem"("shop", "amazon_order_id");

-- CreateIndex
CREATE UNIQUE INDEX "problem_shop_open_key_key" ON "problem"("shop", "open_key");

-- CreateIndex
CREATE INDEX "audit_entry_shop_amazon_order_id_at_idx" ON "audit_entry"("shop", "amazon_order_id", "at");

-- CreateIndex
CREATE INDEX "audit_entry_shop_at_idx" ON "audit_entry"("shop", "at");

