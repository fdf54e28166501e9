using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The artifacts that one object of the pipeline stands for, or that the parameters name.</summary>
/// <param name="Collections">The names of the collections, with wildcards, or null for the active one.</param>
/// <param name="Ids">The artifacts.</param>
/// <param name="Names">The names of artifacts.</param>
internal sealed record ArtifactTarget(string[]? Collections, IReadOnlyList<ArtifactId> Ids, IReadOnlyList<NamePattern> Names)
{
    /// <summary>Whether these are all artifacts of the collections.</summary>
    public bool IsWholeCollection => Ids.Count == 0 && Names.Count == 0;

    /// <summary>Reads an object of the pipeline.</summary>
    /// <param name="piped">The object.</param>
    /// <param name="collections">The collections that the parameters or the object name.</param>
    /// <param name="ids">The ids that the parameters or the object name.</param>
    /// <param name="takesCollection">Whether an object that has a collection and no artifact stands for the whole collection. A collection itself always does.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the object does not name an artifact, or the type is unknown.</exception>
    public static ArtifactTarget Read(PipedObject piped, string[]? collections, string[]? ids, bool takesCollection)
    {
        if (ids?.Where(one => !string.IsNullOrEmpty(one)).ToList() is { Count: > 0 } given)
        {
            return new ArtifactTarget(collections, given.ConvertAll(ArtifactId.Parse), []);
        }

        if (piped.Texts.Count > 0)
        {
            return piped.Texts.Any(string.IsNullOrWhiteSpace)
                ? throw new SkillMeatException(ErrorIds.InvalidArgument, "The name of an artifact is empty.")
                : new ArtifactTarget(collections, [], Wildcards.OfArtifacts(piped.Texts).ToList());
        }

        if (piped.IsCollection)
        {
            return new ArtifactTarget(collections ?? ((piped["Collection"] ?? piped["Name"]) is { } own ? [own] : null), [], []);
        }

        if (IdOf(piped) is { } id)
        {
            return new ArtifactTarget(collections, [ArtifactId.Parse(id)], []);
        }

        if (piped["Name"] is { } name && piped.MayNameArtifact)
        {
            return piped["Type"] is { } type
                ? new ArtifactTarget(collections, [new ArtifactId(ArtifactType.Parse(type), name)], [])
                : new ArtifactTarget(collections, [], [Wildcards.OfArtifact(name)]);
        }

        // An object with an empty id or name is not a collection.
        return takesCollection && piped["Collection"] is not null && !piped.Has("ArtifactId") && !(piped.Has("Name") && piped.MayNameArtifact)
            ? new ArtifactTarget(collections, [], [])
            : throw piped.Unnamed("an artifact", "ArtifactId, and no Name");
    }

    /// <summary>The id, also from a table's column of that name.</summary>
    private static string? IdOf(PipedObject piped) => piped["ArtifactId"] ?? (piped["Artifact"] is { } column && column.Contains(':', StringComparison.Ordinal) ? column : null);
}
