using SkillMeat.Collections;
using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>Names the fields that a refresh would change, from the answers to a check.</summary>
internal interface IChangedFields
{
    /// <summary>Gets how much of an artifact's manifest file to ask for.</summary>
    ManifestDetail DetailOf(TrackedArtifact tracked);

    /// <summary>Finds the fields.</summary>
    /// <param name="artifacts">The artifacts of the check.</param>
    /// <param name="answered">The answers about them.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The names of the fields, by artifact. An artifact about which upstream could not tell is absent.</returns>
    Task<IReadOnlyDictionary<ArtifactId, TextValues>> FindAsync(IReadOnlyList<TrackedArtifact> artifacts, IReadOnlyList<AnsweredArtifact> answered, CancellationToken cancellationToken);
}
