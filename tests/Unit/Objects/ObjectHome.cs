using SkillMeat.Objects;
using SkillMeat.Objects.Scanning;
using SkillMeat.Objects.Trees;
using SkillMeat.Tests.Storage;

namespace SkillMeat.Tests.Objects;

/// <summary>A home with a store, and a folder beside it that is scanned.</summary>
internal sealed class ObjectHome : IDisposable
{
    private readonly TempHome _home = new();
    private int _written;

    public string Path => _home.Path;

    public string Packs => At("objects");

    public string Folder => At("folder");

    public string At(params string[] parts) => _home.At(parts);

    /// <summary>Opens a store without any state in memory, like another process.</summary>
    public ObjectStore Open() => new(Path, Random.Shared);

    public IReadOnlyList<string> PackFiles() => Directory.Exists(Packs) ? [.. Directory.GetFiles(Packs, "*.pack").Order(StringComparer.Ordinal)] : [];

    public long PackBytes() => PackFiles().Sum(path => new FileInfo(path).Length);

    public TreeScan Scan(ObjectStore? store = null)
    {
        var target = store ?? Open();
        using var writer = target.BeginWrite();
        var scan = new TreeScanner(target, TimeProvider.System).Scan(writer, Folder, CancellationToken.None);
        writer.Commit();
        return scan;
    }

    public ObjectId Store(ModelFolder model)
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        model.WriteTo(Folder);
        return Scan().Id;
    }

    /// <summary>Writes a tree out and returns the folder.</summary>
    public string Restore(ObjectId tree)
    {
        var target = At($"restored-{++_written}");
        new TreeWriter(Open()).Write(tree, target, CancellationToken.None);
        return target;
    }

    public void Dispose() => _home.Dispose();
}
