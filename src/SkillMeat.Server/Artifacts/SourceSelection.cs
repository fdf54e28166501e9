using SkillMeat.Additions;
using SkillMeat.Browsing;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Server.Artifacts;

/// <summary>Decides what to add from a repository or folder. One that is an artifact as a whole needs no choice, nor does a skill that is named as <c>owner/repo@name</c>.</summary>
/// <param name="types">The types to add. Empty for all.</param>
internal sealed class SourceSelection(IReadOnlyList<ArtifactType> types)
{
    private const int NamesInMessages = 10;

    /// <summary>Decides.</summary>
    /// <param name="browsed">The source.</param>
    /// <returns>The artifacts to add, or null if a person has to choose among several.</returns>
    /// <exception cref="SkillMeatException">The source cannot be listed.</exception>
    public IReadOnlyList<ArtifactAddition>? Decide(BrowsedSource browsed)
    {
        var (source, found) = (browsed.Source, browsed.Artifacts);
        var itself = new ArtifactAddition(source) { Type = types is [var only] ? only.Name : null };
        if (browsed.Problem is { } problem) return problem.ErrorId == ErrorIds.UpstreamNotFound && source.Contains('@', StringComparison.Ordinal) ? [itself] : throw problem;
        // The source as a whole may be an artifact of a type that is only recognized by its content.
        if (found.Count == 0) return [itself];
        if (found is [var single] && IsFolderCalledTree(source, single.Path)) return [single.ToAddition()];
        if (found.FirstOrDefault(one => one.Path.Length == 0) is { } whole && (found.Count == 1 || types.Count > 0)) return [whole.ToAddition()];
        // There is no choice if none is new, and they are reported as unchanged.
        return found.Any(one => one.State == UpstreamArtifactState.New) ? null : [.. found.Select(one => one.ToAddition())];
    }

    /// <summary>Names the artifacts of a source for a message.</summary>
    public static string Names(IReadOnlyList<UpstreamArtifact> found)
    {
        var shown = string.Join(", ", found.Take(NamesInMessages).Select(one => one.ArtifactId));
        return found.Count <= NamesInMessages ? shown : $"{shown} and {found.Count - NamesInMessages} more";
    }

    // 'owner/repo/tree/x' can name the folder 'tree/x'.
    private static bool IsFolderCalledTree(string source, string path) =>
        (path.StartsWith("tree/", StringComparison.Ordinal) || path.StartsWith("blob/", StringComparison.Ordinal)) && source.EndsWith($"/{path}", StringComparison.Ordinal);
}
