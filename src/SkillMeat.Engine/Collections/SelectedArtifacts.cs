namespace SkillMeat.Collections;

/// <summary>The artifacts that have one of some ids or match one of some names. Thousands of each are looked up, not compared one by one.</summary>
internal sealed class SelectedArtifacts
{
    private readonly HashSet<ArtifactId> _ids;
    private readonly List<NamePattern> _names;
    private readonly HashSet<string> _texts;
    private readonly List<NamePattern> _patterns;
    private readonly bool _hasTypedTexts;

    public SelectedArtifacts(IEnumerable<ArtifactId> ids, IEnumerable<NamePattern> names)
    {
        _ids = ids.ToHashSet();
        _names = names.ToList();
        _texts = _names.Where(IsPlain).Select(n => n.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _patterns = _names.Where(n => !IsPlain(n)).ToList();
        _hasTypedTexts = _texts.Any(text => text.Contains(':', StringComparison.Ordinal));
    }

    public IEnumerable<string> LiteralNames => _ids.Select(id => id.ToString()).Concat(_names.Where(n => n.IsLiteral).Select(n => n.Text));

    /// <summary>
    /// Returns the same selection for a collection: an id that no artifact has means the only one that differs in case, and a pattern that is exactly the name or id of an artifact means
    /// that artifact, because names from a pipeline are not escaped.
    /// </summary>
    public SelectedArtifacts For(IReadOnlyList<Artifact> artifacts) =>
        new(_ids.Count == 0 ? _ids : new KnownIds(artifacts).Resolve(_ids), ExactNames(artifacts));

    /// <summary>Returns the names, of which those that are patterns but exactly the name or id of an artifact are literal.</summary>
    public IReadOnlyList<NamePattern> ExactNames(IReadOnlyList<Artifact> artifacts)
    {
        if (_names.TrueForAll(n => n.IsLiteral))
        {
            return _names;
        }

        var exact = artifacts.SelectMany(a => new[] { a.Name, a.ArtifactId }).ToHashSet(StringComparer.Ordinal);
        return _names.ConvertAll(n => !n.IsLiteral && exact.Contains(n.Text) ? new NamePattern(n.Text, IsLiteral: true, name => name == n.Text) : n);
    }

    public bool Contains(ArtifactId id) => _ids.Contains(id) || _texts.Contains(id.Name) || (_hasTypedTexts && _texts.Contains(id.ToString())) || _patterns.Exists(n => n.Matches(id));

    /// <summary>Finds the ids and the literal names that no artifact has.</summary>
    public IEnumerable<string> FindUnknown(IReadOnlyList<Artifact> artifacts)
    {
        var ids = artifacts.Select(a => a.Id).ToHashSet();
        var texts = artifacts.SelectMany(a => new[] { a.Name, a.ArtifactId }).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return _ids.Where(id => !ids.Contains(id)).Select(id => id.ToString())
            .Concat(_names.Where(n => n.IsLiteral && !(IsPlain(n) ? texts.Contains(n.Text) : ids.Any(n.Matches))).Select(n => n.Text));
    }

    /// <summary>Whether a name means exactly its text: it is literal, and nothing in it is escaped.</summary>
    private static bool IsPlain(NamePattern name) => name.IsLiteral && name.Fits(name.Text);
}
