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
        foreach (var field in RefreshField.All)
        {
            if (field.OfArtifact(tracked, frontMatter) is { } own) fields._own[field] = own;
            if (facts is not null && field.OfRepository(facts) is { } told) fields._repositorys[field] = told;
        }

        return fields;
    }

    /// <summary>The value to take for an artifact; null for none. What the repository says about itself replaces what it said before, and else what the field lets it.</summary>
    public object? Find(RefreshField field, Artifact current)
    {
        if (_own.TryGetValue(field, out var own)) return own;
        return _repositorys.TryGetValue(field, out var told) && (current.FieldsOfRepository.Contains(field.Name) || field.RepositoryMayWrite(current, told)) ? told : null;
    }

    /// <summary>Whether the value of a field is what the repository says about itself.</summary>
    public bool IsRepositorys(RefreshField field) => !_own.ContainsKey(field) && _repositorys.ContainsKey(field);

    public IReadOnlyList<string>? Tags => (IReadOnlyList<string>?)(_own.GetValueOrDefault(RefreshField.Tags) ?? _repositorys.GetValueOrDefault(RefreshField.Tags));
}
