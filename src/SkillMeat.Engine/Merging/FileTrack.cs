namespace SkillMeat.Merging;

/// <summary>One file across base, local and upstream: its path in each, or null if it does not exist there.</summary>
internal sealed record FileTrack(string? Base, string? Local, string? Upstream)
{
    public bool IsRenamedLocally => Base is not null && Local is not null && Local != Base;

    public bool IsRenamedUpstream => Base is not null && Upstream is not null && Upstream != Base;

    /// <summary>The path after the merge, if the file still exists then. A rename of either side counts.</summary>
    public string Target => (IsRenamedUpstream && !IsRenamedLocally ? Upstream : Local ?? Upstream) ?? Base!;

    public FileConflict Conflict(ConflictKind kind, string reason, IReadOnlyList<LineConflict>? lines = null) =>
        new(Local ?? Upstream!, kind, reason) { BasePath = Base, LocalPath = Local, UpstreamPath = Upstream, Lines = [.. lines ?? []] };
}
