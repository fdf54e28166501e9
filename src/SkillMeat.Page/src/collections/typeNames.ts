import { Bot, Puzzle, Plug, SquareTerminal, Webhook, WandSparkles, type LucideIcon } from 'lucide-react';

interface TypeName {
  one: string;
  many: string;
  icon: LucideIcon;
  look: string;
}

const names: Record<string, TypeName> = {
  skill: { one: 'Skill', many: 'Skills', icon: WandSparkles, look: 'bg-accent-soft text-accent' },
  command: { one: 'Command', many: 'Commands', icon: SquareTerminal, look: 'bg-info-soft text-info' },
  agent: { one: 'Agent', many: 'Agents', icon: Bot, look: 'bg-violet-soft text-violet' },
  hook: { one: 'Hook', many: 'Hooks', icon: Webhook, look: 'bg-warn-soft text-warn' },
  mcp: { one: 'MCP server', many: 'MCP servers', icon: Plug, look: 'bg-ok-soft text-ok' },
};

export const knownTypes = Object.keys(names);

/** The name and icon of a type of artifact; a type that is not known here keeps its own name. */
export const typeName = (type: string): TypeName => names[type] ?? { one: type, many: type, icon: Puzzle, look: 'bg-sunken text-ink-2' };
