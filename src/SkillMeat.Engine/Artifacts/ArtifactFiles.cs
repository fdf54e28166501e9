using System.Globalization;
using System.Text;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Artifacts;

/// <summary>Reads the files of an artifact of a collection, as they are on the disk. Links are listed and never followed; pipes and devices are never opened.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ArtifactFiles
{
    private const int TextWindow = 8000;
    private const int MostPartsOfPath = 100;

    private static readonly EnumerationOptions _everything = new() { AttributesToSkip = 0 };

    private readonly string _collection;
    private readonly Artifact _artifact;

    /// <summary>Creates a reader.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="artifact">An artifact of the collection.</param>
    public ArtifactFiles(Collection collection, Artifact artifact)
    {
        _collection = collection.Folder;
        _artifact = artifact;
    }

    /// <summary>Lists the files in the order of their paths.</summary>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The files.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactNotFound"/>: the files are gone. <see cref="ErrorIds.ArtifactInvalid"/>: they are behind a link.</exception>
    /// <exception cref="StorageException">A folder cannot be read.</exception>
    public IReadOnlyList<ArtifactFile> List(CancellationToken cancellationToken = default)
    {
        var root = FindRoot();
        if (File.Exists(root)) return [Describe(new FileInfo(root), Path.GetFileName(root))];
        var files = new List<ArtifactFile>();
        var folders = new Stack<(DirectoryInfo Folder, string Path)>([(new DirectoryInfo(root), "")]);
        while (folders.TryPop(out var next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var entry in StorageGuard.Run("read", next.Folder.FullName, () => next.Folder.GetFileSystemInfos("*", _everything)))
            {
                var path = next.Path.Length == 0 ? entry.Name : $"{next.Path}/{entry.Name}";
                if (entry is DirectoryInfo folder && folder.LinkTarget is null) folders.Push((folder, path));
                else files.Add(Describe(entry, path));
            }
        }

        return [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The path in the artifact, with <c>/</c>.</param>
    /// <param name="mostBytes">The number of bytes after which the text is cut.</param>
    /// <returns>The content, or null if the artifact has no such file. A link is a file that is not text.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactNotFound"/>: the files are gone. <see cref="ErrorIds.ArtifactInvalid"/>: they are behind a link.</exception>
    /// <exception cref="StorageException">The file cannot be read.</exception>
    public ArtifactText? Read(string path, int mostBytes)
    {
        var root = FindRoot();
        var parts = path.Split('/');
        if (parts.Length > MostPartsOfPath || !Array.TrueForAll(parts, IsName)) return null;
        var isFile = File.Exists(root);
        if (isFile && path != Path.GetFileName(root)) return null;
        var full = root;
        foreach (var part in isFile ? [] : parts)
        {
            if (new FileInfo(full).LinkTarget is not null) return null;
            full = Path.Combine(full, part);
        }

        if (new FileInfo(full).LinkTarget is not null) return new ArtifactText(path, Text: null, Size: 0, IsTruncated: false);
        return File.Exists(full) ? StorageGuard.Run("read", full, () => ReadText(full, path, mostBytes)) : null;
    }

    /// <summary>Finds the file that describes or configures the artifact.</summary>
    /// <returns>Its path in the artifact, or null if there is none.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactNotFound"/>: the files are gone. <see cref="ErrorIds.ArtifactInvalid"/>: they are behind a link.</exception>
    public string? FindManifest()
    {
        var root = FindRoot();
        return File.Exists(root) ? Path.GetFileName(root) : LocalManifest.Find(root, _artifact.Id.Type);
    }

    private string FindRoot()
    {
        var full = _collection;
        foreach (var part in _artifact.Path.Split('/').Where(part => part is not ("" or ".")))
        {
            full = Path.Combine(full, part);
            if (new FileInfo(full).LinkTarget is not null)
            {
                throw new SkillMeatException(ErrorIds.ArtifactInvalid, $"'{full}' is a link, so the files of {_artifact.Id} are outside the collection. Look at them where they are.");
            }
        }

        return Path.Exists(full) ? full : throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"The files of {_artifact.Id} are gone: '{full}' does not exist. An update or a restore brings them back.");
    }

    private static ArtifactFile Describe(FileSystemInfo entry, string path)
    {
        if (entry.LinkTarget is { } target) return new ArtifactFile(path, Size: 0, IsText: false) { LinkTarget = target };
        try
        {
            using var file = RegularFile.OpenHandle(entry.FullName, LinkUse.Refuse);
            var size = RandomAccess.GetLength(file);
            var window = new byte[Math.Min(size, TextWindow)];
            var read = RandomAccess.Read(file, window, 0);
            return new ArtifactFile(path, size, !window.AsSpan(0, read).Contains((byte)0)) { Mode = OperatingSystem.IsWindows() ? null : ModeOf(entry) };
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            // A pipe, a file that must not be read, or one that is gone.
            return new ArtifactFile(path, Size: 0, IsText: false);
        }
    }

    private static string ModeOf(FileSystemInfo entry) => Convert.ToString((int)entry.UnixFileMode & 0x1ff, 8).PadLeft(3, '0').ToString(CultureInfo.InvariantCulture);

    private static ArtifactText ReadText(string full, string path, int mostBytes)
    {
        try
        {
            using var file = RegularFile.OpenHandle(full, LinkUse.Refuse);
            var size = RandomAccess.GetLength(file);
            var bytes = new byte[Math.Min(size, mostBytes)];
            var done = 0;
            while (done < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(done), done) is var read and > 0) done += read;
            var content = bytes.AsSpan(0, done);
            if (content[..Math.Min(done, TextWindow)].Contains((byte)0)) return new ArtifactText(path, Text: null, size, IsTruncated: false);
            return new ArtifactText(path, Encoding.UTF8.GetString(size > done ? WholeCharacters(content) : content), size, size > done);
        }
        catch (RefusedFileException)
        {
            return new ArtifactText(path, Text: null, Size: 0, IsTruncated: false);
        }
    }

    /// <summary>Leaves out a character at the end of which only the first bytes are there.</summary>
    private static ReadOnlySpan<byte> WholeCharacters(ReadOnlySpan<byte> text)
    {
        var start = text.Length - 1;
        while (start >= 0 && start > text.Length - 4 && (text[start] & 0xC0) == 0x80) start--;
        if (start < 0 || text[start] < 0xC0) return text;
        var needed = text[start] >= 0xF0 ? 4 : text[start] >= 0xE0 ? 3 : 2;
        return text.Length - start < needed ? text[..start] : text;
    }

    private static bool IsName(string part) => part is not ("" or "." or "..") && !part.Contains('\0', StringComparison.Ordinal)
        && (!OperatingSystem.IsWindows() || (part.IndexOfAny(['\\', ':', '*', '?', '"', '<', '>', '|']) < 0 && part[^1] is not ('.' or ' ')));
}
