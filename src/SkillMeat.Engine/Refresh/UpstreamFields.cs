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
    private readonly Dictionary<RefreshField, object> _own = [];
    private readonly Dictionary<RefreshField, object> _repositorys = [];

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
    /// The value to take for an artifact; null for none. What the repository says about itself fills a gap, or replaces what it said before: a description
    /// that somebody wrote, or a deprecation that somebody noted, is not the repository's to change. Its licence is: it is the licence of all that is in it.
    /// </summary>
    public object? Find(RefreshField field, Artifact current)
    {
        if (_own.TryGetValue(field, out var own))
        {
            return own;
        }

        if (!_repositorys.TryGetValue(field, out var told))
        {
            return null;
        }

        var isOurs = current.FieldsOfRepository.Contains(field.Name);
        if (field == RefreshField.Description)
        {
            return current.Description is null || isOurs ? told : null;
        }

        // That it is not archived is not worth writing down for one that nobody ever called deprecated.
        return field != RefreshField.Deprecated || isOurs || (current.Deprecated is null && told is true) ? told : null;
    }

    /// <summary>Whether the value of a field is what the repository says about itself.</summary>
    public bool IsRepositorys(RefreshField field) => !_own.ContainsKey(field) && _repositorys.ContainsKey(field);

    public IReadOnlyList<string>? Tags => (IReadOnlyList<string>?)(_own.GetValueOrDefault(RefreshField.Tags) ?? _repositorys.GetValueOrDefault(RefreshField.Tags));

    private static string? HostKind(RepositoryAddress repository) => repository switch
    {
        { Kind: RepositoryKind.GitHub } => "github",
        { Url.Host: var host } when host.Contains("gitlab", StringComparison.OrdinalIgnoreCase) => "gitlab",
        { Url.Host: var host } when host.Contains("bitbucket", StringComparison.OrdinalIgnoreCase) => "bitbucket",
        _ => null,
    };

    private void Put(RefreshField field, object? own, object? repositorys = null)
    {
        if (own is not null)
        {
            _own[field] = own;
        }

        if (repositorys is not null)
        {
            _repositorys[field] = repositorys;
        }
    }
}
