export interface Group {
  name: string;
  description: string | null;
  color: string | null;
  icon: string | null;
  position: number | null;
  members: string[];
}

export interface GroupEdit {
  name?: string;
  description?: string | null;
  color?: string | null;
  icon?: string | null;
}

export interface GroupMember {
  artifact_id: string;
  is_missing: boolean;
}
