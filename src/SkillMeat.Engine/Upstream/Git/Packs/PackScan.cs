namespace SkillMeat.Upstream.Git.Packs;

/// <summary>What one pass over a pack tells.</summary>
/// <param name="Entries">All entries by place. The ids of deltas are not known yet, nor are bases that are named by id.</param>
/// <param name="WaitingFor">The deltas whose base is named by id, by that id.</param>
internal sealed record PackScan(PackEntry[] Entries, Dictionary<GitOid, List<int>> WaitingFor);
