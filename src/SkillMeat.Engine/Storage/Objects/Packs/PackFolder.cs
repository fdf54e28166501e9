namespace SkillMeat.Storage.Objects.Packs;

/// <summary>
/// The folder <c>objects</c> of a home. What is in it besides packs are temporary files <c>GUID.tmp</c>: each is locked by the process that writes it, and who gets that lock
/// knows that the process is gone, however young the file is and however many processes write.
/// </summary>
internal sealed class PackFolder(string home, Disk disk)
{
    private const string TemporaryExtension = ".tmp";

    public string Path { get; } = System.IO.Path.Combine(home, "objects");

    /// <summary>The full paths of all packs, in the order of their names.</summary>
    /// <exception cref="Errors.StorageException">The folder can't be read.</exception>
    public IReadOnlyList<string> List() => [.. Files(PackFormat.Extension).Where(path => IsPackName(System.IO.Path.GetFileNameWithoutExtension(path))).Order(StringComparer.Ordinal)];

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
    public int RemoveAbandoned() => Files(TemporaryExtension).Count(disk.TryDeleteAbandoned);

    private static bool IsPackName(string name) => name.Length == 2 * ObjectId.Length && name.All(char.IsAsciiHexDigitLower);

    private List<string> Files(string extension) => StorageGuard.Run("read", Path, () =>
    {
        try
        {
            return Directory.EnumerateFiles(Path, "*" + extension).ToList();
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    });
}
