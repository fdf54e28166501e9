namespace SkillMeat.Tests.Upstream.Git;

/// <summary>Temporary files for large packs; a test can check whether they were closed.</summary>
internal sealed class TemporaryPacks : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("skm-packs-");

    public int Count { get; private set; }

    /// <summary>Whether every file is closed, and so deleted.</summary>
    public bool AllClosed => _folder.GetFiles().Length == 0;

    public Stream Create() => new FileStream(
        Path.Combine(_folder.FullName, $"{Count++}.pack"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose | FileOptions.Asynchronous);

    public void Dispose() => _folder.Delete(recursive: true);
}
