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

    private const ulong HashStart = 14695981039346656037;
    private const ulong HashFactor = 1099511628211;

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
    /// <returns>Their paths relative to the collection, or empty for the usual one alone. The last one has the text, if it exists.</returns>
    public string Find(string path, ArtifactType type)
    {
        if (!type.IsFolder) return "";
        var looked = new List<string>();
        foreach (var name in type.ManifestFiles)
        {
            looked.Add($"{path}/{name}");
            if (!IsMissing(StampOf(looked[^1]))) return Join(looked);
        }

        if (type.SettingsKey is null) return Join(looked);
        // A file of any name can be it, and a new one changes the folder.
        looked.Add(path);
        if (FindSettings(path, type) is { } found) looked.Add($"{path}/{found}");
        return Join(looked);
    }

    /// <summary>Returns the path of the file with the text, relative to the collection.</summary>
    /// <param name="files">The files that were found.</param>
    /// <param name="path">The path of the artifact.</param>
    /// <param name="type">Its type, or null if it is unknown.</param>
    public static string LastOf(string files, string path, ArtifactType? type) => files.Length == 0 ? Usual(path, type) : files[(files.LastIndexOf(Separator) + 1)..];

    /// <summary>Reads the stamps of files, as a short hash. An empty value never fits.</summary>
    /// <inheritdoc cref="LastOf"/>
    public byte[] StampsOf(string files, string path, ArtifactType? type)
    {
        if (files.Length == 0) files = Usual(path, type);
        var hash = HashStart;
        foreach (var file in files.Contains(Separator, StringComparison.Ordinal) ? files.Split(Separator) : [files])
        {
            var stamp = StampOf(file);
            if (stamp.Length == 0) return [];
            foreach (var part in stamp) hash = unchecked((hash ^ part) * HashFactor);
        }

        return BitConverter.GetBytes(hash);
    }

    /// <inheritdoc/>
    public void Dispose() => _stamps.Dispose();

    private static string Usual(string path, ArtifactType? type) => type is { IsFolder: true } ? $"{path}/{type.ManifestFiles[0]}" : path;

    private static string Join(List<string> files) => files.Count == 1 ? "" : string.Join(Separator, files);

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
