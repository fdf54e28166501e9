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
        foreach (var field in RefreshField.All)
        {
            if (field.OfArtifact(tracked, frontMatter) is { } own) fields._own[field] = own;
            if (facts is not null && field.OfRepository(facts) is { } told) fields._fromRepository[field] = told;
        }

        return fields;
    }

    /// <summary>
    /// Returns the value to use for an artifact, or null for none. A value of the repository replaces an earlier value of the repository, and otherwise what the field
    /// allows it to replace.
    /// </summary>
    public object? Find(RefreshField field, Artifact current)
    {
        if (_own.TryGetValue(field, out var own)) return own;
        return _fromRepository.TryGetValue(field, out var value) && (current.FieldsOfRepository.Contains(field.Name) || field.RepositoryMayWrite(current, value)) ? value : null;
    }

    /// <summary>Whether the front matter no longer has a field that it set before, and that nobody changed since.</summary>
    public bool Withdraws(RefreshField field, Artifact current) =>
        !IsOwn(field) && !current.FieldsOfRepository.Contains(field.Name) && field.Imported(current) is { } imported && imported.Equals(field.Current(current));

    /// <summary>Whether the artifact itself has a field.</summary>
    public bool IsOwn(RefreshField field) => _own.ContainsKey(field);

    /// <summary>Whether the value of a field comes from the repository's metadata.</summary>
    public bool IsFromRepository(RefreshField field) => !_own.ContainsKey(field) && _fromRepository.ContainsKey(field);

    public IReadOnlyList<string>? Tags => (IReadOnlyList<string>?)(_own.GetValueOrDefault(RefreshField.Tags) ?? _fromRepository.GetValueOrDefault(RefreshField.Tags));
}
