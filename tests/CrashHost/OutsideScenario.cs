using System.Text;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Tests.CrashHost;

/// <summary>
/// The transaction over a home and a folder outside of it that is interrupted at every step. In the folder, a file is overwritten, one created in a new folder, one deleted; a folder is replaced,
/// and one created. A link takes the place of a folder, of a file and of nothing; a file and a folder take the place of a link. Home and folder lie beside each other.
/// </summary>
internal static class OutsideScenario
{
    public const string Lock = "collection 'default'";

    // Relative, so that all places have the same.
    private const string LinkedFile = "../../home/collections/default/collection.toml";
    private const string LinkedFolder = "../../../home/collections/default";

    public static string HomeOf(string place) => Path.Combine(place, "home");

    public static string FolderOf(string place) => Path.Combine(place, "project");

    public static void Prepare(string place)
    {
        var collection = Directory.CreateDirectory(Path.Combine(HomeOf(place), "collections", "default")).FullName;
        File.WriteAllText(Path.Combine(collection, "collection.toml"), "old manifest");
        var root = Directory.CreateDirectory(Path.Combine(FolderOf(place), ".claude")).FullName;
        File.WriteAllText(Path.Combine(root, ".skillmeat-deployed.toml"), "old records");
        File.WriteAllText(Path.Combine(root, "obsolete.md"), "old command");
        Directory.CreateDirectory(Path.Combine(root, "skills", "kept"));
        File.WriteAllText(Path.Combine(root, "skills", "kept", "SKILL.md"), "old skill");
        File.WriteAllText(Path.Combine(FolderOf(place), "README.md"), "of the user");
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(Path.Combine(root, "skills", "to-link"));
        File.WriteAllText(Path.Combine(root, "skills", "to-link", "SKILL.md"), "copied skill");
        File.WriteAllText(Path.Combine(root, "to-link.md"), "copied command");
        File.CreateSymbolicLink(Path.Combine(root, "from-link.md"), LinkedFile);
        Directory.CreateSymbolicLink(Path.Combine(root, "skills", "from-link"), LinkedFolder);
    }

    public static async Task RunAsync(string place, IStorageFaults? faults, CancellationToken cancellationToken)
    {
        var storage = new HomeStorage(HomeOf(place), TimeProvider.System, Random.Shared, faults);
        using var held = await storage.LockAsync([Lock], [FolderOf(place)], TimeSpan.FromSeconds(20), cancellationToken).ConfigureAwait(false);
        var disk = new Disk(faults, Random.Shared);
        var root = Path.Combine(FolderOf(place), ".claude");
        var transaction = storage.Begin(held);
        transaction.Write(Path.Combine(storage.Home, "collections", "default", "collection.toml"), "new manifest"u8.ToArray());
        transaction.CreateFolder(Path.Combine(root, "agents"));
        transaction.Write(Path.Combine(root, "agents", "fresh.md"), "new agent"u8.ToArray(), FileExpectation.Absent);
        transaction.Write(Path.Combine(root, ".skillmeat-deployed.toml"), "new records"u8.ToArray());
        transaction.Delete(Path.Combine(root, "obsolete.md"));
        transaction.ReplaceFolder(Path.Combine(root, "skills", "kept"), (path, _) => Fill(disk, path, "newer"), FileExpectation.Of(FolderState.Read(Path.Combine(root, "skills", "kept"))));
        transaction.ReplaceFolder(Path.Combine(root, "skills", "made"), (path, _) => Fill(disk, path, "made"), FileExpectation.Absent);
        if (!OperatingSystem.IsWindows())
        {
            // Links need a privilege there.
            Replace("skills/to-link", (path, _) => disk.CreateLink(path, LinkedFolder));
            Replace("skills/linked", (path, _) => disk.CreateLink(path, LinkedFolder));
            Replace("to-link.md", (path, _) => disk.CreateLink(path, LinkedFile));
            Replace("from-link.md", (path, _) => disk.CreateFile(path, "copied"u8.ToArray(), mode: null, path));
            Replace("skills/from-link", (path, _) => Fill(disk, path, "copied"));
        }

        transaction.Commit(cancellationToken);

        void Replace(string path, Action<string, CancellationToken> fill) =>
            transaction.Replace(Path.Combine(root, path), fill, EntryState.Read(Path.Combine(root, path)) is { } state ? FileExpectation.Sha256(state) : FileExpectation.Absent);
    }

    private static void Fill(Disk disk, string path, string text)
    {
        disk.CreateFolder(path);
        disk.CreateFile(Path.Combine(path, "SKILL.md"), Encoding.UTF8.GetBytes(text), mode: null, path);
    }
}
