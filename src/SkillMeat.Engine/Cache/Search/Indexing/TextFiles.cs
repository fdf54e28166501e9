using SkillMeat.Artifacts;
using SkillMeat.Cache.Indexing;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Scanning;

namespace SkillMeat.Cache.Search.Indexing;

/// <summary>
/// The files whose stamps show whether the text of an artifact is still the same: the one with the text, and before it those that would take its place if they existed.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class TextFiles : IDisposable
{
    private const char Separator = '\n';

    // Never that of a file.
    private static readonly byte[] _unreadable = [2];

    private readonly string _folder;
    private readonly long _now;
    private readonly StampReader _stamps;

    /// <param name="folder">The full path of the collection.</param>
    /// <param name="now">The time before files are read, in nanoseconds since 1970.</param>
    /// <exception cref="StorageException">The folder does not exist.</exception>
    public TextFiles(string folder, long now)
    {
        _folder = folder;
        _now = now;
        _stamps = new StampReader(folder);
    }

    /// <summary>Finds the files of an artifact.</summary>
    /// <returns>Their paths relative to the collection. The last one has the text, if it exists.</returns>
    public string Find(string path, ArtifactType type)
    {
        if (!type.IsFolder) return path;
        var looked = new List<string>();
        foreach (var name in type.ManifestFiles)
        {
            looked.Add($"{path}/{name}");
            if (!IsMissing(StampOf(looked[^1]))) return string.Join(Separator, looked);
        }

        if (type.SettingsKey is null) return string.Join(Separator, looked);
        // A file of any name can be it, and a new one changes the folder.
        looked.Add(path);
        if (FindSettings(path, type) is { } name2) looked.Add($"{path}/{name2}");
        return string.Join(Separator, looked);
    }

    /// <summary>Returns the path of the file with the text, relative to the collection.</summary>
    public static string LastOf(string files) => files[(files.LastIndexOf(Separator) + 1)..];

    /// <summary>Reads the stamps of files. An empty value never fits.</summary>
    public byte[] StampsOf(string files)
    {
        if (!files.Contains(Separator, StringComparison.Ordinal)) return StampOf(files);
        var stamps = files.Split(Separator).Select(StampOf).ToList();
        return stamps.Exists(stamp => stamp.Length == 0) ? [] : [.. stamps.SelectMany(stamp => stamp)];
    }

    /// <inheritdoc/>
    public void Dispose() => _stamps.Dispose();

    private static bool IsMissing(byte[] stamp) => stamp.AsSpan().SequenceEqual(FileStamps.Missing);

    private byte[] StampOf(string path)
    {
        try
        {
            return FileStamps.Read(_stamps, _folder, path, _now);
        }
        catch (Exception e) when (e is StorageException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return _unreadable;
        }
    }

    private string? FindSettings(string path, ArtifactType type)
    {
        try
        {
            return LocalManifest.Find(Path.Combine(_folder, path.Replace('/', Path.DirectorySeparatorChar)), type);
        }
        catch (Exception e) when (e is StorageException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
