using SkillMeat.Collections;
using SkillMeat.Upstream;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Refresh;

/// <summary>
/// What upstream says about an artifact, field by field: its front matter first, its repository where the artifact says nothing.
/// A field that neither mentions is not in it, and so never changes: unknown is not empty.
/// </summary>
internal sealed class UpstreamFields
{
    private readonly Dictionary<RefreshField, object> _values = [];

    public static UpstreamFields From(TrackedArtifact tracked, FrontMatter frontMatter, RepositoryFacts? facts)
    {
        var fields = new UpstreamFields();
        fields.Put(RefreshField.Tags, frontMatter.Tags ?? (facts is { Topics.Count: > 0 } ? facts.Topics : null));
        fields.Put(RefreshField.Description, frontMatter.Description ?? facts?.Description);
        fields.Put(RefreshField.Category, frontMatter.Category);
        fields.Put(RefreshField.License, frontMatter.License ?? facts?.License);
        fields.Put(RefreshField.Deprecated, frontMatter.Deprecated ?? IsDeprecated(tracked.Artifact, facts));
        fields.Put(RefreshField.Author, frontMatter.Author);
        fields.Put(RefreshField.OriginSource, tracked.Artifact.Origin == ArtifactOrigin.Marketplace ? HostKind(tracked.Source!.Repository) : null);
        return fields;
    }

    public object? Find(RefreshField field) => _values.GetValueOrDefault(field);

    /// <summary>Archived means deprecated. Not archived means that it is not, but is not worth writing down for an artifact that nobody ever called so.</summary>
    private static bool? IsDeprecated(Artifact artifact, RepositoryFacts? facts) => facts switch
    {
        null => null,
        { IsArchived: true } => true,
        _ => artifact.Deprecated == true ? false : null,
    };

    private static string? HostKind(RepositoryAddress repository) => repository switch
    {
        { Kind: RepositoryKind.GitHub } => "github",
        { Url.Host: var host } when host.Contains("gitlab", StringComparison.OrdinalIgnoreCase) => "gitlab",
        { Url.Host: var host } when host.Contains("bitbucket", StringComparison.OrdinalIgnoreCase) => "bitbucket",
        _ => null,
    };

    private void Put(RefreshField field, object? value)
    {
        if (value is not null)
        {
            _values[field] = value;
        }
    }
}
