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
            return new ArtifactTarget(collections, [], []);
        }

        if (piped["ArtifactId"] is { } id)
        {
            return new ArtifactTarget(collections, [ArtifactId.Parse(id)], []);
        }

        if (piped["Name"] is { } name)
        {
            return piped["Type"] is not { } type ? new ArtifactTarget(collections, [], [Wildcards.OfArtifact(name)])
                : Wildcards.IsPattern(name) ? new ArtifactTarget(collections, [], [Wildcards.OfArtifact($"{ArtifactType.Parse(type)}:{name}")])
                : new ArtifactTarget(collections, [new ArtifactId(ArtifactType.Parse(type), name)], []);
        }

        return takesCollection && piped["Collection"] is not null
            ? new ArtifactTarget(collections, [], [])
            : throw piped.Unnamed("an artifact", "ArtifactId, and no Name");
    }
}
