using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Organizing;

/// <summary>Decides which artifacts go to another collection, and whether they can. Reads the two manifests, and looks at the paths; changes nothing.</summary>
/// <param name="store">The home.</param>
/// <param name="request">The request.</param>
/// <param name="sourceName">The collection that has them.</param>
internal sealed class TransferPlan(CollectionStore store, TransferRequest request, string sourceName)
{
    private readonly string _folder = store.Layout.CollectionFolder(sourceName);
    private readonly string _destination = store.Layout.CollectionFolder(request.Destination);

    /// <summary>Plans the transfer.</summary>
    /// <param name="source">The files of the collection that has them.</param>
    /// <param name="target">The files of the collection to which they go.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactNotFound"/>, or <see cref="ErrorIds.InvalidArgument"/>: one of them cannot go there.</exception>
    public IReadOnlyList<PlannedTransfer> Make(CollectionFiles source, CollectionFiles target)
    {
        var planned = Find(store.ToCollection(sourceName, source, isActive: false)).Select(Plan).ToList();
        if (request.NewName is not null && planned.Count > 1) throw Refuse($"a new name is for one artifact, and {planned.Count} were named");
        var (all, chosen) = (new PathIndex(source.Manifest.Paths), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        foreach (var one in planned)
        {
            CheckSource(one, all);
            CheckDestination(one, target.Manifest);
            if (!chosen.Add(one.Path)) throw Refuse($"'{one.Path}' is the path of two of the artifacts");
        }

        return planned;
    }

    private List<Artifact> Find(Collection collection)
    {
        var type = request.Type is null ? null : ArtifactType.Parse(request.Type);
        var wanted = request.Artifacts.SelectMany(name => collection.FindAll(name, type)).Select(artifact => artifact.Id).ToHashSet();
        return wanted.Count > 0 ? [.. collection.Artifacts.Where(artifact => wanted.Contains(artifact.Id))] : throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"No artifact of the collection '{collection.Name}' matches.");
    }

    private PlannedTransfer Plan(Artifact artifact)
    {
        var path = TreePath.Normalize(artifact.Path);
        if (request.NewName is not { } name) return new PlannedTransfer(artifact, artifact.Id, path);
        if ((ArtifactId.DescribeBadName(name) ?? PortableName.DescribeProblem(name)) is { } problem) throw Refuse($"'{name}' cannot be an artifact's name: it {problem}");
        var ending = artifact.Id.Type.IsFolder ? "" : Path.GetExtension(path);
        var folder = TreePath.Parent(path);
        return new PlannedTransfer(artifact, new ArtifactId(artifact.Id.Type, name), folder.Length == 0 ? name + ending : $"{folder}/{name}{ending}");
    }

    private void CheckSource(PlannedTransfer one, PathIndex all)
    {
        if (all.FindOverlap(one.Artifact.Id, one.From) is { } other) throw Refuse($"the files of {one.Artifact.Id} at '{one.From}' overlap with {other.Id} at '{other.Path}'");
        if (FindLink(_folder, one.From) is { } link) throw Refuse($"'{link}' in collection '{sourceName}' is a link, so the files of {one.Artifact.Id} are elsewhere. Replace the link with what it leads to");
        if (!Disk.HasEntry(Path.Combine(_folder, one.From))) throw Refuse($"{one.Artifact.Id} has no files at '{one.From}'");
    }

    private void CheckDestination(PlannedTransfer one, Manifest target)
    {
        if (target.Contains(one.Id)) throw Refuse($"collection '{request.Destination}' already has an artifact '{one.Id}'. Choose a new name, or remove that one first");
        if (target.FindOverlap(one.Id, one.Path) is { } other) throw Refuse($"'{one.Path}' of {one.Id} would overlap with {other.Id} at '{other.Path}' there");
        if (ArtifactPath.Parents(one.Path).FirstOrDefault(parent => IsLink(Path.Combine(_destination, parent))) is { } link) throw Refuse($"'{link}' in collection '{request.Destination}' is a link");
        if (ArtifactPath.Parents(one.Path).FirstOrDefault(parent => File.Exists(Path.Combine(_destination, parent))) is { } file) throw Refuse($"'{file}' in collection '{request.Destination}' is a file");
        if (Disk.HasEntry(Path.Combine(_destination, one.Path))) throw Refuse($"'{Path.Combine(_destination, one.Path)}' exists, and no artifact lists it. Move it elsewhere, or choose a new name");
    }

    private static string? FindLink(string folder, string path) => ArtifactPath.Parents(path).Prepend(path).FirstOrDefault(place => IsLink(Path.Combine(folder, place)));

    private static bool IsLink(string path) => StorageGuard.Run("read", path, () => new FileInfo(path).LinkTarget is not null);

    private SkillMeatException Refuse(string problem) => new(ErrorIds.InvalidArgument, $"Nothing goes to collection '{request.Destination}': {problem}.");
}
