using SkillMeat.Collections;
using SkillMeat.Upstream;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Refresh;

/// <summary>
/// The fields of an artifact upstream. The front matter takes precedence; the repository's metadata fills the gaps. A field that neither of them has
/// is left out and never changes, because unknown is not the same as empty.
/// </summary>
internal sealed class UpstreamFields
{
    private readonly Dictionary<RefreshField, object> _own = [];
    private readonly Dictionary<RefreshField, object> _fromRepository = [];

    public static UpstreamFields From(TrackedArtifact tracked, FrontMatter frontMatter, RepositoryFacts? facts)
    {
        var fields = new UpstreamFields();
        fields.Put(RefreshField.Tags, frontMatter.Tags, facts is { Topics.Count: > 0 } ? facts.Topics : null);
        fields.Put(RefreshField.Description, frontMatter.Description, facts?.Description);
        fields.Put(RefreshField.Category, frontMatter.Category);
        fields.Put(RefreshField.License, frontMatter.License, facts?.License);
        fields.Put(RefreshField.Deprecated, frontMatter.Deprecated, facts?.IsArchived);
        fields.Put(RefreshField.Author, frontMatter.Author);
        fields.Put(RefreshField.OriginSource, tracked.Artifact.Origin == ArtifactOrigin.Marketplace ? HostKind(tracked.Source!.Repository) : null);
        return fields;
    }

    /// <summary>
    /// Returns the value to use for an artifact, or null for none. A value of the repository fills a gap, or replaces an earlier value of the
    /// repository, but never a description or deprecation that the user set. The licence is an exception: it applies to everything in the repository.
    /// </summary>
    public object? Find(RefreshField field, Artifact current)
    {
        if (_own.TryGetValue(field, out var own))
        {
            return own;
        }

        if (!_fromRepository.TryGetValue(field, out var value))
        {
            return null;
        }

        var isOurs = current.FieldsOfRepository.Contains(field.Name);
        if (field == RefreshField.Description)
        {
            return current.Description is null || isOurs ? value : null;
        }

        // The absence of an archive flag is not recorded for an artifact that was never marked as deprecated.
        return field != RefreshField.Deprecated || isOurs || (current.Deprecated is null && value is true) ? value : null;
    }

    /// <summary>Whether the value of a field comes from the repository's metadata.</summary>
    public bool IsFromRepository(RefreshField field) => !_own.ContainsKey(field) && _fromRepository.ContainsKey(field);

    public IReadOnlyList<string>? Tags => (IReadOnlyList<string>?)(_own.GetValueOrDefault(RefreshField.Tags) ?? _fromRepository.GetValueOrDefault(RefreshField.Tags));

    private static string? HostKind(RepositoryAddress repository) => repository switch
    {
        { Kind: RepositoryKind.GitHub } => "github",
        { Url.Host: var host } when host.Contains("gitlab", StringComparison.OrdinalIgnoreCase) => "gitlab",
        { Url.Host: var host } when host.Contains("bitbucket", StringComparison.OrdinalIgnoreCase) => "bitbucket",
        _ => null,
    };

    private void Put(RefreshField field, object? own, object? fromRepository = null)
    {
        if (own is not null)
        {
            _own[field] = own;
        }

        if (fromRepository is not null)
        {
            _fromRepository[field] = fromRepository;
        }
    }
}
