import { PageHeader } from '../ui/PageHeader';
import { AppearancePanel } from './AppearancePanel';
import { CachePanel } from './CachePanel';
import { CollectionsPanel } from './CollectionsPanel';
import { DefinitionsPanel } from './DefinitionsPanel';
import { DeletedCollectionsPanel } from './DeletedCollectionsPanel';
import { PreferencesPanel } from './PreferencesPanel';
import { ServicePanel } from './ServicePanel';

export function SettingsPage() {
  return (
    <>
      <PageHeader title="Settings" description="Kept in the home of SkillMeat, except for the appearance, which this browser remembers." />
      <div className="max-w-4xl space-y-5">
        <AppearancePanel />
        <PreferencesPanel />
        <CollectionsPanel />
        <DeletedCollectionsPanel />
        <DefinitionsPanel />
        <CachePanel />
        <ServicePanel />
      </div>
    </>
  );
}
