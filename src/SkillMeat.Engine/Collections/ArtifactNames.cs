namespace SkillMeat.Collections;

/// <summary>Finds the artifacts of a collection by their names, without comparing each.</summary>
/// <param name="artifacts">The artifacts.</param>
/// <remarks>Immutable and thread-safe. Equal only to the names of the same list, so that a record that has it compares the list.</remarks>
internal sealed class ArtifactNames(IReadOnlyList<Artifact> artifacts) : IEquatable<ArtifactNames>
{
    private readonly Lazy<ILookup<string, (ArtifactType Type, int Index)>> _exact = new(() => Index(artifacts, StringComparer.Ordinal));
    private readonly Lazy<ILookup<string, (ArtifactType Type, int Index)>> _alike = new(() => Index(artifacts, StringComparer.OrdinalIgnoreCase));

    public IReadOnlyList<Artifact> Artifacts => artifacts;

    /// <summary>Finds the artifacts that have a name or, if there is none, those whose names differ from it only in case.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">The type of the artifacts, or null for any.</param>
    public IReadOnlyList<Artifact> Find(string name, ArtifactType? type)
    {
        var same = Of(_exact.Value);
        return same.Count > 0 ? same : Of(_alike.Value);

        List<Artifact> Of(ILookup<string, (ArtifactType Type, int Index)> names) => names[name].Where(one => type is null || one.Type == type).Select(one => artifacts[one.Index]).ToList();
    }

    // Without reading the artifacts if they have not been read yet.
    private static ILookup<string, (ArtifactType Type, int Index)> Index(IReadOnlyList<Artifact> artifacts, StringComparer comparer) =>
        (artifacts is ArtifactList list ? list.Ids : artifacts.Select(artifact => artifact.Id)).Select((id, i) => (Id: id, Index: i)).ToLookup(one => one.Id.Name, one => (one.Id.Type, one.Index), comparer);

    public bool Equals(ArtifactNames? other) => other is not null && ReferenceEquals(Artifacts, other.Artifacts);

    public override bool Equals(object? obj) => Equals(obj as ArtifactNames);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Artifacts);
}
