import { lazy, Suspense } from 'react';
import { ConnectionProvider } from './shell/ConnectionProvider';
import { HomeScreen } from './shell/HomeScreen';
import { NotFound } from './shell/NotFound';
import { ScreenBoundary } from './shell/ScreenBoundary';
import { Shell } from './shell/Shell';
import { SkeletonRows } from './ui/Skeleton';
import { screenOf, type Route } from './router/route';
import { usePath, useRoute } from './router/useLocation';

const CollectionPage = lazy(() => import('./collections/CollectionPage').then((one) => ({ default: one.CollectionPage })));
const ArtifactPage = lazy(() => import('./artifact/ArtifactPage').then((one) => ({ default: one.ArtifactPage })));
const GroupsPage = lazy(() => import('./groups/GroupsPage').then((one) => ({ default: one.GroupsPage })));
const SnapshotsPage = lazy(() => import('./snapshots/SnapshotsPage').then((one) => ({ default: one.SnapshotsPage })));
const DeploymentsPage = lazy(() => import('./deployments/DeploymentsPage').then((one) => ({ default: one.DeploymentsPage })));
const MarketplacePage = lazy(() => import('./marketplace/MarketplacePage').then((one) => ({ default: one.MarketplacePage })));
const SettingsPage = lazy(() => import('./settings/SettingsPage').then((one) => ({ default: one.SettingsPage })));

export function App() {
  const route = useRoute();
  const path = usePath();
  return (
    <ConnectionProvider>
      <Shell>
        <ScreenBoundary key={screenOf(path)}>
          <Suspense fallback={<SkeletonRows label="The screen is loading" />}>
            <Screen route={route} />
          </Suspense>
        </ScreenBoundary>
      </Shell>
    </ConnectionProvider>
  );
}

function Screen({ route }: { route: Route }) {
  switch (route.screen) {
    case 'home':
      return <HomeScreen />;
    case 'collection':
      return <CollectionPage key={route.collection} collection={route.collection} />;
    case 'artifact':
      return <ArtifactPage key={`${route.collection}/${route.id}`} collection={route.collection} id={route.id} tab={route.tab} />;
    case 'groups':
      return <GroupsPage key={route.collection} collection={route.collection} />;
    case 'snapshots':
      return <SnapshotsPage key={route.collection} collection={route.collection} />;
    case 'deployments':
      return <DeploymentsPage />;
    case 'marketplace':
      return <MarketplacePage />;
    case 'settings':
      return <SettingsPage />;
    case 'unknown':
      return <NotFound />;
  }
}
