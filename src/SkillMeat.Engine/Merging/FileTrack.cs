namespace SkillMeat.Merging;

/// <summary>One file through the three states: its path in each, null where it is not there.</summary>
internal sealed record FileTrack(string? Base, string? Local, string? Upstream)
{
    public bool IsRenamedLocally => Base is not null && Local is not null && Local != Base;

    public bool IsRenamedUpstream => Base is not null && Upstream is not null && Upstream != Base;

    /// <summary>Its path after the merge, if it is there: a rename counts, whoever made it.</summary>
    public string Target => (IsRenamedUpstream && !IsRenamedLocally ? Upstream : Local ?? Upstream) ?? Base!;

    public FileConflict Conflict(ConflictKind kind, string reason, IReadOnlyList<LineConflict>? lines = null) =>
        new(Local ?? Upstream!, kind, reason) { BasePath = Base, LocalPath = Local, UpstreamPath = Upstream, Lines = lines ?? [] };
}
