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
    // In the order of RefreshField.All. There is one such object for each artifact, and a dictionary takes much more memory.
    private readonly object?[] _own;
    private readonly RepositoryFacts? _facts;

    private readonly bool _isIncomplete;

    private UpstreamFields(object?[] own, RepositoryFacts? facts, bool isIncomplete)
    {
        _isIncomplete = isIncomplete;
        _own = own;
        _facts = facts;
    }

    public static UpstreamFields From(TrackedArtifact tracked, FrontMatter frontMatter, RepositoryFacts? facts) =>
        new(OwnOf(tracked, frontMatter), facts, frontMatter.IsIncomplete);

    /// <summary>
    /// Returns the value to use for an artifact, or null for none. A value of the repository replaces an earlier value of the repository, and otherwise what the field
    /// allows it to replace.
    /// </summary>
    public object? Find(RefreshField field, Artifact current)
    {
        if (Own(field) is { } own) return own;
        // The artifact may have a value that could not be read.
        if (_isIncomplete) return null;
        return OfRepository(field) is { } value && (current.FieldsOfRepository.Contains(field.Name) || field.RepositoryMayWrite(current, value)) ? value : null;
    }

    /// <summary>Whether the front matter no longer has a field that it set before, and that nobody changed since.</summary>
    public bool Withdraws(RefreshField field, Artifact current) =>
        !_isIncomplete && !IsOwn(field) && !current.FieldsOfRepository.Contains(field.Name) && field.Imported(current) is { } imported && imported.Equals(field.Current(current));

    /// <summary>Whether the artifact itself has a field.</summary>
    public bool IsOwn(RefreshField field) => Own(field) is not null;

    /// <summary>Whether the value of a field comes from the repository's metadata.</summary>
    public bool IsFromRepository(RefreshField field) => !IsOwn(field) && OfRepository(field) is not null;

    public IReadOnlyList<string>? Tags => (IReadOnlyList<string>?)(Own(RefreshField.Tags) ?? OfRepository(RefreshField.Tags));

    private object? Own(RefreshField field) => _own[field.Place];

    private static object?[] OwnOf(TrackedArtifact tracked, FrontMatter frontMatter)
    {
        var own = new object?[RefreshField.All.Count];
        for (var place = 0; place < own.Length; place++) own[place] = RefreshField.All[place].OfArtifact(tracked, frontMatter);
        return own;
    }

    private object? OfRepository(RefreshField field) => _facts is null ? null : field.OfRepository(_facts);
}
