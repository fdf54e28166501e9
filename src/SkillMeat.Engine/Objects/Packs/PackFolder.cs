using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Objects.Packs;

/// <summary>
/// The folder <c>objects</c> of a home. What is in it besides packs are temporary files <c>GUID.tmp</c>: each is locked by the process that writes it, and who gets that lock
/// knows that the process is gone, however young the file is and however many processes write.
/// </summary>
/// <param name="home">The home.</param>
/// <param name="disk">What writes.</param>
/// <param name="shared">The home whose packs are read as well, and never written; null for none.</param>
internal sealed class PackFolder(string home, Disk disk, string? shared = null)
{
    private const string TemporaryExtension = ".tmp";

    public string Path { get; } = FolderIn(home);

    /// <summary>The full paths of all packs, in the order of their names.</summary>
    /// <exception cref="Errors.StorageException">The folder can't be read.</exception>
    public IReadOnlyList<string> List() => [.. Files(Path, PackFormat.Extension).Concat(shared is null ? [] : Files(FolderIn(shared), PackFormat.Extension)).Where(path => IsPackName(System.IO.Path.GetFileNameWithoutExtension(path))).Order(StringComparer.Ordinal)];

    /// <summary>Makes sure that the folder is there.</summary>
    public void Create()
    {
        if (Directory.Exists(Path)) return;
        disk.CreateFolder(Path, Disk.PrivateFolder);
        disk.FlushFolder(home);
    }

    public string NewTemporaryPath() => System.IO.Path.Combine(Path, $"{Guid.NewGuid():N}{TemporaryExtension}");

    public string PathOf(string name) => System.IO.Path.Combine(Path, name + PackFormat.Extension);

    /// <summary>Deletes what dead writers left; what can't be deleted stays for the next time.</summary>
    /// <returns>How many files.</returns>
    public int RemoveAbandoned() => Files(Path, TemporaryExtension).Count(disk.TryDeleteAbandoned);

    /// <summary>How many temporary files there are, those of living writers among them.</summary>
    public int CountTemporary() => Files(Path, TemporaryExtension).Count;

    private static bool IsPackName(string name) => name.Length == 2 * ObjectId.Length && name.All(char.IsAsciiHexDigitLower);

    private static string FolderIn(string home) => System.IO.Path.Combine(home, "objects");

    private static List<string> Files(string folder, string extension) => StorageGuard.Run("read", folder, () =>
    {
        try
        {
            return Directory.EnumerateFiles(folder, "*" + extension).ToList();
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    });
}
