using SkillMeat.Collections;

namespace SkillMeat.Merging;

/// <summary>A file that a merge leaves as it is locally, because a person has to choose.</summary>
/// <param name="Path">The local path, or upstream's path if there is no local file.</param>
/// <param name="Kind">The kind of conflict.</param>
/// <param name="Reason">The reason in one line.</param>
public sealed record FileConflict(string Path, ConflictKind Kind, string Reason)
{
    /// <summary>The path in the base; null if the base does not have the file or is not known.</summary>
    public string? BasePath { get; init; }

    /// <summary>The local path; null if there is no local file.</summary>
    public string? LocalPath { get; init; }

    /// <summary>Upstream's path; null if upstream does not have the file.</summary>
    public string? UpstreamPath { get; init; }

    /// <summary>The lines that both sides changed; empty if the conflict is not about lines.</summary>
    public ItemList<LineConflict> Lines { get; init; } = [];

    /// <summary>Describes the conflict in one line.</summary>
    /// <returns>A text such as <c>SKILL.md, line 7 (upstream line 9): Both sides changed the text.</c></returns>
    public override string ToString() => Lines.Count == 0 ? $"{Path}: {Reason}" : $"{Path}, {Lines}: {Reason}";
}
