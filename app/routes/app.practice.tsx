import { Outlet } from '@remix-run/react';
import { OrderDialogs } from '../ui/order-dialogs.tsx';
import { PracticePlaces } from '../ui/places.tsx';
import { PracticeBanner } from '../ui/practice-banner.tsx';

/** All pages of the practice: under one banner, and turning to invented orders only. */
export default function Practice() {
  return (
    <PracticePlaces>
      <PracticeBanner />
      <OrderDialogs>
        <Outlet />
      </OrderDialogs>
    </PracticePlaces>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
