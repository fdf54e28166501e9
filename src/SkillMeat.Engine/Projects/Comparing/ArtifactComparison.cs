using SkillMeat.Collections;
using SkillMeat.Merging.Differences;
using SkillMeat.Updates;

namespace SkillMeat.Projects.Comparing;

/// <summary>The differences between two contents of an artifact.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ArtifactComparison
{
    internal ArtifactComparison(ArtifactId id)
    {
        Id = id;
    }

    internal ArtifactId Id { get; }

    /// <summary>The artifact, as <c>type:name</c>.</summary>
    public string ArtifactId => Id.ToString();

    /// <summary>The name.</summary>
    public string Name => Id.Name;

    /// <summary>The name of the type.</summary>
    public string Type => Id.Type.Name;

    /// <summary>The folder name of the collection.</summary>
    public required string Collection { get; init; }

    /// <summary>The full path of the copy in the project, or null without a project.</summary>
    public string? Path { get; init; }

    /// <summary>The old side.</summary>
    public required CompareSide From { get; init; }

    /// <summary>The new side.</summary>
    public required CompareSide To { get; init; }

    /// <summary>The files that differ, in the order of their paths.</summary>
    public required ItemList<FileComparison> Files { get; init; }

    /// <summary>Returns the differences as a unified diff, as <c>git diff</c> writes it.</summary>
    /// <returns>The lines.</returns>
    public IEnumerable<UnifiedLine> ToUnifiedDiff()
    {
        foreach (var file in Files)
        {
            yield return new UnifiedLine(UnifiedLineKind.Header, $"--- {(file.Change == FileUpdateKind.Added ? "/dev/null" : $"{From}/{file.Path}")}");
            yield return new UnifiedLine(UnifiedLineKind.Header, $"+++ {(file.Change == FileUpdateKind.Deleted ? "/dev/null" : $"{To}/{file.Path}")}");
            if (file.Note is { } note) yield return new UnifiedLine(UnifiedLineKind.Header, $"{file.Path}: {note}");
            foreach (var hunk in file.Hunks)
            {
                yield return new UnifiedLine(UnifiedLineKind.Hunk, hunk.ToString());
                foreach (var line in hunk.Lines)
                {
                    yield return new UnifiedLine(KindOf(line.Kind), line.ToString());
                    if (!line.EndsWithLineFeed) yield return new UnifiedLine(UnifiedLineKind.Context, "\\ No newline at end of file");
                }
            }
        }
    }

    private static UnifiedLineKind KindOf(DiffLineKind kind) => kind switch
    {
        DiffLineKind.Removed => UnifiedLineKind.Removed,
        DiffLineKind.Added => UnifiedLineKind.Added,
        _ => UnifiedLineKind.Context,
    };
}
