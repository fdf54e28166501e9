using SkillMeat.Errors;

namespace SkillMeat.Browsing;

/// <summary>The commit of a source's ref.</summary>
/// <param name="Commit">The commit, or null if there is none.</param>
/// <param name="RootId">The id of the commit's tree, or null if it is not known.</param>
/// <param name="Error">The reason that there is no commit, or null if there is one.</param>
internal sealed record ResolvedSource(string? Commit, string? RootId, SkillMeatException? Error)
{
    /// <summary>Whether a list with an id of upstream's is that of the commit.</summary>
    /// <param name="id">The id.</param>
    public bool IsListedAs(string? id) => id is not null && Commit is not null && (id == Commit || id == RootId);
}
