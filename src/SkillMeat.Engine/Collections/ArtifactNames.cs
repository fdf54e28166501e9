namespace SkillMeat.Collections;

/// <summary>Finds the artifacts of a collection by their names, without comparing each.</summary>
/// <param name="artifacts">The artifacts.</param>
/// <remarks>Immutable and thread-safe. Equal only to the names of the same list, so that a record that has it compares the list.</remarks>
internal sealed class ArtifactNames(IReadOnlyList<Artifact> artifacts) : IEquatable<ArtifactNames>
{
    private readonly Lazy<ILookup<string, Artifact>> _exact = new(() => artifacts.ToLookup(a => a.Name, StringComparer.Ordinal));
    private readonly Lazy<ILookup<string, Artifact>> _alike = new(() => artifacts.ToLookup(a => a.Name, StringComparer.OrdinalIgnoreCase));

    public IReadOnlyList<Artifact> Artifacts => artifacts;

    /// <summary>Finds the artifacts that have a name or, if there is none, those whose names differ from it only in case.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">The type of the artifacts, or null for any.</param>
    public IReadOnlyList<Artifact> Find(string name, ArtifactType? type)
    {
        var same = Of(_exact.Value);
        return same.Count > 0 ? same : Of(_alike.Value);

        List<Artifact> Of(ILookup<string, Artifact> names) => names[name].Where(a => type is null || a.Id.Type == type).ToList();
    }

    public bool Equals(ArtifactNames? other) => other is not null && ReferenceEquals(Artifacts, other.Artifacts);

    public override bool Equals(object? obj) => Equals(obj as ArtifactNames);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Artifacts);
}
