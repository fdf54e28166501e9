using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Objects.Packs;

/// <summary>
/// The folder <c>objects</c> of a home. Besides packs, it contains temporary files <c>NAME.tmp</c>. Each is locked by the process that writes it, so acquiring that lock
/// proves that the process is gone, no matter how new the file is and how many processes are writing.
/// </summary>
/// <param name="home">The path of the home.</param>
/// <param name="disk">The disk that performs the writes.</param>
/// <param name="shared">Another home whose packs can be read as well, but which is never written, or null.</param>
internal sealed class PackFolder(string home, Disk disk, string? shared = null)
{
    private const string TemporaryExtension = ".tmp";

    public string Path { get; } = FolderIn(home);

    /// <summary>Lists the full paths of all packs, ordered by name.</summary>
    /// <exception cref="Errors.StorageException">The folder cannot be read.</exception>
    public IReadOnlyList<string> List() =>
    [
        .. Files(Path, PackFormat.Extension)
            .Concat(shared is null ? [] : Files(FolderIn(shared), PackFormat.Extension))
            .Where(path => IsPackName(System.IO.Path.GetFileNameWithoutExtension(path)))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Creates the folder if it does not exist.</summary>
    public void Create()
    {
        OwnFolders.Check(Path);
        if (Directory.Exists(Path)) return;
        disk.CreateFolder(Path, Disk.PrivateFolder);
        disk.FlushFolder(home);
    }

    public string NewTemporaryPath() => System.IO.Path.Combine(Path, $"{disk.NewName()}{TemporaryExtension}");

    public string PathOf(string name) => System.IO.Path.Combine(Path, name + PackFormat.Extension);

    /// <summary>Deletes the files of dead writers. Those that cannot be deleted are left for the next time.</summary>
    /// <returns>The number of deleted files.</returns>
    public int RemoveAbandoned() => Files(Path, TemporaryExtension).Count(disk.TryDeleteAbandoned);

    /// <summary>Counts the temporary files, including those of live writers.</summary>
    public int CountTemporary() => Files(Path, TemporaryExtension).Count;

    private static bool IsPackName(string name) => name.Length == 2 * ObjectId.Length && name.All(char.IsAsciiHexDigitLower);

    private static string FolderIn(string home) => System.IO.Path.Combine(home, "objects");

    private static List<string> Files(string folder, string extension) => StorageGuard.Run("read", folder, () =>
    {
        OwnFolders.Check(folder);
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
