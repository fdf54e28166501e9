using System.Text;
using SkillMeat.Storage;

namespace SkillMeat.Tests.CrashHost;

/// <summary>The transaction that is interrupted everywhere: one file overwritten, one created in a new folder, one deleted, one behind a link.</summary>
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
        var storage = new HomeStorage(home, TimeProvider.System, faults);
        using var held = await storage.LockAsync([Second, First], TimeSpan.FromSeconds(20), cancellationToken).ConfigureAwait(false);
        Commit(storage, held, cancellationToken);
    }

    public static Transaction Commit(HomeStorage storage, HomeLock held, CancellationToken cancellationToken)
    {
        var collection = Path.Combine(storage.Home, "collections", "default");
        var transaction = storage.Begin(held);
        transaction.CreateFolder(Path.Combine(collection, "skills", "fresh"));
        transaction.Write(Path.Combine(collection, "collection.toml"), Bytes("new manifest"), FileExpectation.Of(Bytes("old manifest")));
        transaction.Write(Path.Combine(collection, "skills", "fresh", "SKILL.md"), Bytes("new skill"), FileExpectation.Absent);
        transaction.Delete(Path.Combine(collection, "obsolete.md"));
        transaction.Write(Path.Combine(storage.Home, "config.toml"), Bytes("new config"));
        transaction.Commit(cancellationToken);
        return transaction;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
