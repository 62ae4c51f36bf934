import { Outlet } from '@remix-run/react';
import { PracticePlaces } from '../ui/places.tsx';
import { PracticeBanner } from '../ui/practice-banner.tsx';

/** All pages of the practice: under one banner, and turning to invented orders only. */
export default function Practice() {
  return (
    <PracticePlaces>
      <PracticeBanner />
      <Outlet />
    </PracticePlaces>
  );
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';
