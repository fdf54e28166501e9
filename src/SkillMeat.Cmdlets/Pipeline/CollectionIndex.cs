using SkillMeat.Checks;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>A collection in which thousands of single artifacts are found quickly.</summary>
internal sealed class CollectionIndex(Collection collection)
{
    private readonly Lazy<ILookup<ArtifactId, Artifact>> _byId = new(() => collection.Artifacts.ToLookup(a => new ArtifactId(ArtifactType.Parse(a.Type), a.Name)));
    private readonly Lazy<ILookup<string, Artifact>> _byName = new(() => collection.Artifacts.ToLookup(a => a.Name, StringComparer.OrdinalIgnoreCase));

    /// <summary>The collection.</summary>
    public Collection Collection => collection;

    /// <summary>Returns the artifacts of a target that pass a filter, each once.</summary>
    public IEnumerable<Artifact> Select(ArtifactTarget target, ArtifactFilter filter) => Find(target).Where(filter.For(collection.Artifacts).Matches);

    /// <summary>Finds the artifacts that a filter names and the collection does not have.</summary>
    public IEnumerable<UnknownArtifact> FindUnknown(ArtifactFilter filter) => filter.FindUnknownNames(collection.Artifacts).Select(name => new UnknownArtifact(name, collection.Missing(name)));

    private IEnumerable<Artifact> Find(ArtifactTarget target)
    {
        if (target.IsWholeCollection)
        {
            return collection.Artifacts;
        }

        if (target is { Ids: [var id], Names: [] } && _byId.Value[id].Any())
        {
            return _byId.Value[id];
        }

        // Without a colon and a wildcard, a text is the name of an artifact and nothing else.
        if (target is { Ids: [], Names: [{ IsLiteral: true } name] } && name.Fits(name.Text) && !name.Text.Contains(':', StringComparison.Ordinal))
        {
            return _byName.Value[name.Text];
        }

        return collection.Artifacts.Where(ArtifactFilter.Everything.Among(target.Ids, target.Names).For(collection.Artifacts).Matches);
    }
}
