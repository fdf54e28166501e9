using SkillMeat.Collections;
using SkillMeat.Refresh;

namespace SkillMeat.Updates.Planning;

/// <summary>The new metadata of an artifact in its manifest, from the front matter of the version that it is updated to.</summary>
/// <param name="describe">
/// Describes the artifact as its current version was fetched, or returns null if that is not known, and describes it as it would be added now. Called when the change is made, because the
/// descriptions of thousands of artifacts take much memory.
/// </param>
internal sealed class MetadataUpdate(Func<(NewArtifact? Before, NewArtifact After)> describe)
{
    /// <summary>Edits a manifest.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="current">The artifact as the manifest has it.</param>
    /// <param name="now">The time of the change.</param>
    public void ApplyTo(Manifest manifest, Artifact current, DateTimeOffset now)
    {
        var (before, after) = describe();
        // The tags that it was fetched with came from upstream, even if nobody recorded that.
        var known = current with { ImportedTags = current.ImportedTags ?? before?.Tags };
        if (FindTags(known, before, after) is { } told && (IReadOnlyList<string>)RefreshField.Tags.Combine(known, told) is var tags && !tags.SequenceEqual(current.Tags, StringComparer.Ordinal))
        {
            manifest.Apply(current.Id, new ArtifactEdit { Tags = tags, ImportedTags = told }, now);
        }

        manifest.UpdateMetadata(current.Id, before, after, now);
    }

    /// <summary>Upstream's tags; null if they did not change, or if upstream does not name any and it is not known whether it did.</summary>
    private static TextValues? FindTags(Artifact current, NewArtifact? before, NewArtifact after)
    {
        var hadTags = (before?.Tags ?? current.ImportedTags ?? []).Count > 0;
        if (before is not null && before.Tags.SequenceEqual(after.Tags, StringComparer.Ordinal)) return null;
        return after.Tags.Count > 0 || (before is not null && hadTags) ? after.Tags : null;
    }
}
