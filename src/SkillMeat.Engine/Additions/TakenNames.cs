using SkillMeat.Collections;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Additions;

/// <summary>The places of a collection that are taken, compared as Windows and macOS compare names.</summary>
/// <remarks>For one thread.</remarks>
internal sealed class TakenNames
{
    private readonly string _folder;
    private readonly Dictionary<string, ArtifactPath> _listed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, string>> _onDisk = new(StringComparer.Ordinal);

    public TakenNames(string folder, IEnumerable<ArtifactPath> paths)
    {
        _folder = folder;
        foreach (var path in paths) Add(path);
    }

    public void Add(ArtifactPath path) => _listed.TryAdd(PortableName.Key(TreePath.Normalize(path.Path)), path);

    /// <summary>The artifact at a path, if there is one.</summary>
    public ArtifactPath? FindListed(string path) => _listed.GetValueOrDefault(PortableName.Key(path));

    /// <summary>The path of the file or folder at a path, if there is one.</summary>
    public string? FindOnDisk(string path)
    {
        var container = path[..path.LastIndexOf('/')];
        if (!_onDisk.TryGetValue(container, out var entries)) _onDisk.Add(container, entries = Read(container));
        return entries.GetValueOrDefault(PortableName.Key(path));
    }

    /// <summary>Describes what is in the way of an artifact, or returns null.</summary>
    /// <param name="manifest">The manifest of the collection, without this artifact.</param>
    /// <param name="collection">The name of the collection.</param>
    /// <param name="id">The artifact.</param>
    /// <param name="path">The path for its files.</param>
    public string? DescribeObstacle(Manifest manifest, string collection, ArtifactId id, string path)
    {
        if (manifest.FindOverlap(id, path) is { } other) return $"{other.Id} is already at '{other.Path}'. Choose another name.";
        if (FindListed(path) is { } twin) return $"{twin.Id} is already at '{twin.Path}', which is the same name on Windows and macOS. Choose another name.";
        return FindOnDisk(path) is { } entry ? $"Collection '{collection}' contains '{entry}', which its manifest does not list. Move it away, or choose another name." : null;
    }

    private Dictionary<string, string> Read(string container)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        var folder = Path.Combine(_folder, container);
        if (!Directory.Exists(folder)) return entries;
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder).Select(entry => $"{container}/{Path.GetFileName(entry)}")) entries.TryAdd(PortableName.Key(entry), entry);
        return entries;
    }
}
