using System.Diagnostics;
using System.Text;
using SkillMeat.Collections;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Snapshots;

/// <summary>A home with a collection of odd files, and operations on its snapshots.</summary>
internal sealed class SnapshotScene : IDisposable
{
    private readonly TestHome _home;

    public SnapshotScene(int skills = 3)
    {
        _home = TestHome.WithSkills(skills);
        Write("commands/review.md", "---\ndescription: Review\n---\n");
        Write("skills/a1/notes/own words.md", "mine\r\nno newline at the end");
        Write("skills/a1/empty", "");
        Write("skills/a1/.env", "TOKEN=secret");
        Directory.CreateDirectory(At("skills/a2/empty folder"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(At("skills/a1/.env"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Write("skills/a2/run.sh", "#!/bin/sh\n");
            File.SetUnixFileMode(At("skills/a2/run.sh"), (UnixFileMode)0x1ed);
            File.CreateSymbolicLink(At("skills/a2/link.md"), "SKILL.md");
        }
    }

    public string Home => _home.Home;

    public string Folder => _home.At("collections", "default");

    public string SnapshotsFolder => _home.Snapshots;

    public CollectionSnapshots Snapshots => new(CollectionStore.Open(Home));

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TimeSpan Patience => TimeSpan.FromSeconds(30);

    public string At(string path) => Path.Combine(Folder, path);

    public void Write(string path, string text) => _home.Write(At(path), Encoding.UTF8.GetBytes(text));

    public async Task<string> TakeAsync(string message = "Before experiments") => (await Snapshots.TakeAsync(null, message, Patience, Cancellation)).SnapshotId;

    public Task<RestoreResult> RestoreAsync(string id, params string[] artifacts) => Snapshots.RestoreAsync(null, id, artifacts, Patience, Cancellation);

    /// <summary>Returns the collection's folder without times: every name, kind, permission and byte.</summary>
    public string Describe() => Describe(Folder);

    public static string Describe(string folder) => string.Join('\n', FileTree.Describe(folder).Split('\n').Select(WithoutTime));

    public CollectionStore OpenWith(IStorageFaults faults) => CollectionStore.Open(Home, time: null, faults);

    /// <summary>Asserts that an operation left no temporary files and no journal.</summary>
    public void AssertNothingLeft()
    {
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(Home, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }), path => Path.GetFileName(path).StartsWith(".skm-", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(Home, ".transactions")));
    }

    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode == 0, error);
    }

    public void Dispose() => _home.Dispose();

    // "path mode time hash" of a file, "path/ mode time" of a folder; names may hold spaces, so parts are counted from the end.
    private static string WithoutTime(string line)
    {
        if (line.Contains(" -> ", StringComparison.Ordinal)) return line;
        var parts = line.Split(' ').ToList();
        var isFolder = parts.FindIndex(part => part.EndsWith('/')) >= 0 && parts[^1].Length < 64;
        parts.RemoveAt(isFolder ? parts.Count - 1 : parts.Count - 2);
        return string.Join(' ', parts);
    }
}
