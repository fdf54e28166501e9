using SkillMeat.Collections;
using SkillMeat.Refresh;

namespace SkillMeat.Updates.Planning;

/// <summary>The new metadata of an artifact in its manifest, from the front matter of the version that it is updated to.</summary>
/// <param name="Before">The artifact as its current version was fetched; null if that is not known.</param>
/// <param name="After">The artifact as it would be added now.</param>
internal sealed record MetadataUpdate(NewArtifact? Before, NewArtifact After)
{
    /// <summary>Edits a manifest.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="current">The artifact as the manifest has it.</param>
    /// <param name="now">The time of the change.</param>
    public void ApplyTo(Manifest manifest, Artifact current, DateTimeOffset now)
    {
        // The tags that it was fetched with came from upstream, even if nobody recorded that.
        var known = current with { ImportedTags = current.ImportedTags ?? Before?.Tags };
        if (FindTags(known) is { } told && (IReadOnlyList<string>)RefreshField.Tags.Combine(known, told) is var tags && !tags.SequenceEqual(current.Tags, StringComparer.Ordinal))
        {
            manifest.Apply(current.Id, new ArtifactEdit { Tags = tags, ImportedTags = told }, now);
        }

        manifest.UpdateMetadata(current.Id, Before, After, now);
    }

    /// <summary>Upstream's tags; null if they did not change, or if upstream does not name any and it is not known whether it did.</summary>
    private TextValues? FindTags(Artifact current)
    {
        var hadTags = (Before?.Tags ?? current.ImportedTags ?? []).Count > 0;
        if (Before is not null && Before.Tags.SequenceEqual(After.Tags, StringComparer.Ordinal)) return null;
        return After.Tags.Count > 0 || (Before is not null && hadTags) ? After.Tags : null;
    }
}
