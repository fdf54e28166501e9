using System.Text;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Tests.CrashHost;

/// <summary>
/// The transaction that is interrupted at every step: one file overwritten, one created in a new folder, one deleted, one behind a link; one folder replaced, one created, one deleted.
/// </summary>
internal static class Scenario
{
    public const string First = "collection 'default'";
    public const string Second = "home";

    public static void Prepare(string home)
    {
        var collection = Directory.CreateDirectory(Path.Combine(home, "collections", "default")).FullName;
        var dotfiles = Directory.CreateDirectory(Path.Combine(home, "dotfiles")).FullName;
        File.WriteAllText(Path.Combine(collection, "collection.toml"), "old manifest");
        File.WriteAllText(Path.Combine(collection, "obsolete.md"), "old command");
        File.WriteAllText(Path.Combine(dotfiles, "config.toml"), "old config");
        Directory.CreateDirectory(Path.Combine(collection, "skills", "kept", "notes"));
        File.WriteAllText(Path.Combine(collection, "skills", "kept", "SKILL.md"), "old skill");
        File.WriteAllText(Path.Combine(collection, "skills", "kept", "notes", "mine.md"), "old notes");
        Directory.CreateDirectory(Path.Combine(collection, "skills", "dropped", "inner"));
        File.WriteAllText(Path.Combine(collection, "skills", "dropped", "inner", "file.md"), "dropped");
        if (OperatingSystem.IsWindows())
        {
            File.WriteAllText(Path.Combine(home, "config.toml"), "old config");
            return;
        }

        File.CreateSymbolicLink(Path.Combine(home, "config.toml"), Path.Combine("dotfiles", "config.toml"));
        File.SetUnixFileMode(Path.Combine(collection, "collection.toml"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        File.SetUnixFileMode(Path.Combine(collection, "obsolete.md"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
    }

    public static async Task RunAsync(string home, IStorageFaults? faults, CancellationToken cancellationToken)
    {
        var storage = new HomeStorage(home, TimeProvider.System, Random.Shared, faults);
        using var held = await storage.LockAsync([Second, First], TimeSpan.FromSeconds(20), cancellationToken).ConfigureAwait(false);
        Commit(storage, held, cancellationToken, new Disk(faults, Random.Shared));
    }

    public static Transaction Commit(HomeStorage storage, HomeLock held, CancellationToken cancellationToken, Disk? disk = null)
    {
        var collection = Path.Combine(storage.Home, "collections", "default");
        var transaction = storage.Begin(held);
        transaction.CreateFolder(Path.Combine(collection, "skills", "fresh"));
        transaction.Write(Path.Combine(collection, "collection.toml"), Bytes("new manifest"), FileExpectation.Of(Bytes("old manifest")));
        transaction.Write(Path.Combine(collection, "skills", "fresh", "SKILL.md"), Bytes("new skill"), FileExpectation.Absent);
        transaction.Delete(Path.Combine(collection, "obsolete.md"));
        disk ??= new Disk(faults: null, Random.Shared);
        transaction.ReplaceFolder(
            Path.Combine(collection, "skills", "kept"), (path, _) => Fill(disk, path, "newer"), FileExpectation.Of(FolderState.Read(Path.Combine(collection, "skills", "kept"))));
        transaction.ReplaceFolder(Path.Combine(collection, "skills", "made"), (path, _) => Fill(disk, path, "made"), FileExpectation.Absent);
        transaction.DeleteFolder(Path.Combine(collection, "skills", "dropped"));
        transaction.Write(Path.Combine(storage.Home, "config.toml"), Bytes("new config"));
        transaction.Commit(cancellationToken);
        return transaction;
    }

    private static void Fill(Disk disk, string path, string text)
    {
        disk.CreateFolder(path);
        disk.CreateFile(Path.Combine(path, "SKILL.md"), Bytes(text), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, path);
        disk.CreateFolder(Path.Combine(path, "reference"));
        disk.CreateFile(Path.Combine(path, "reference", "a.md"), Bytes(text), mode: null, path);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
