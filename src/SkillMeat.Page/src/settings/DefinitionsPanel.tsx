import type { McpEntry, TagEntry } from '../api/types';
import { GroupDot } from '../groups/GroupDot';
import { useCurrentCollection } from '../shell/useCurrentCollection';
import { Badge } from '../ui/Badge';
import { visibleText } from '../ui/visibleText';
import { DefinitionList } from './DefinitionList';
import { EditServerDialog, isSameServer } from './EditServerDialog';
import { EditTagDialog, isSameTag } from './EditTagDialog';

/** Tags and MCP servers that the manifest of the collection defines. */
export function DefinitionsPanel() {
  const collection = useCurrentCollection() ?? 'default';
  return (
    <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
      <DefinitionList<TagEntry>
        key={`tags ${collection}`}
        collection={collection}
        part="tag-definitions"
        kind="tag"
        title={`Tags of ${collection}`}
        empty="No tag is described yet. Artifacts can have tags all the same."
        field={{ name: 'description', label: 'Description' }}
        isShown={isSameTag}
        editor={(entry, path, onClose) => <EditTagDialog collection={collection} path={path} entry={entry} onClose={onClose} />}
        lead={(one) => <GroupDot colour={one.color} />}
      />
      <DefinitionList<McpEntry>
        key={`servers ${collection}`}
        collection={collection}
        part="mcp-servers"
        kind="MCP server"
        title={`MCP servers of ${collection}`}
        empty="The manifest names no MCP server."
        field={{ name: 'repo', label: 'Repository', isNeeded: true, isCode: true }}
        isShown={isSameServer}
        editor={(entry, path, onClose) => <EditServerDialog collection={collection} path={path} entry={entry} onClose={onClose} />}
        trail={(one) => one.version && <Badge className="min-w-0 max-w-32">{visibleText(one.version)}</Badge>}
      />
    </div>
  );
}
