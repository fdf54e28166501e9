namespace SkillMeat.Upstream.Git.Packs;

/// <summary>The result of one pass over a pack.</summary>
/// <param name="Entries">The entries in the order of the pack. The ids of deltas are still unknown, as are bases that are given by id.</param>
/// <param name="WaitingFor">The deltas whose base is given by id, by that id.</param>
internal sealed record PackScan(PackEntry[] Entries, Dictionary<GitOid, List<int>> WaitingFor);
