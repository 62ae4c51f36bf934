-- CreateIndex
CREATE INDEX "problem_shop_closed_at_idx" ON "problem"("shop", "closed_at");
