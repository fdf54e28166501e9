using SkillMeat.Collections;
using SkillMeat.Removals;
using SkillMeat.Snapshots;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using SkillMeat.Updates;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Hostile;

/// <summary>A file that only its owner may read stays so in every copy, however briefly the copy is there.</summary>
public sealed class PrivacyTests
{
    private const string Secret = "TOKEN=s3cret";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_copy_of_a_private_file_can_be_read_by_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "permissions are not part of files there");
        using var home = TestHome.WithSkills(3);
        foreach (var name in new[] { "a1", "a2" })
        {
            var folder = home.At("collections", "default", "skills", name);
            home.Write(Path.Combine(folder, ".env"), Secret);
            await File.AppendAllTextAsync(Path.Combine(folder, "SKILL.md"), $"\n\n\n\n{Secret}\n", Cancellation);
            foreach (var file in new[] { ".env", "SKILL.md" }) SetPrivate(Path.Combine(folder, file));
        }

        var looked = 0;
        var open = new List<string>();
        var store = CollectionStore.Open(home.Home, time: null, new Faults((_, _, _) => looked += Look(home.Place, open)));
        var snapshots = new CollectionSnapshots(store);
        var patience = TimeSpan.FromSeconds(30);
        var snapshot = await snapshots.TakeAsync(null, "before", patience, Cancellation);
        using (var session = UpstreamSession.Create(store, new UpstreamSessionOptions()))
        {
            var result = await new ArtifactUpdater(store, session).UpdateAsync(new UpdateRequest(), Cancellation);
            Assert.DoesNotContain(result.Entries, entry => entry.Status == UpdateStatus.Error);
        }

        await new ArtifactRemover(store).RemoveAsync(new RemoveRequest { Artifacts = ["a2"] }, Cancellation);
        await snapshots.RestoreAsync(null, snapshot.SnapshotId, [], patience, Cancellation);
        await snapshots.ExportAsync(null, snapshot.SnapshotId, Path.Combine(home.Place, "export.tar.gz"), overwrite: false, patience, Cancellation);
        Look(home.Place, open);

        Assert.Empty(open.Distinct(StringComparer.Ordinal));
        Assert.True(looked > 100, $"{looked} files looked at");
        Assert.True(IsPrivate(home.At("collections", "default", "skills", "a2", ".env")));
        Assert.True(IsPrivate(Path.Combine(home.Place, "export.tar.gz")));
    }

    private static void SetPrivate(string file)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, Private);
    }

    private static bool IsPrivate(string file) => !OperatingSystem.IsWindows() && File.GetUnixFileMode(file) == Private;

    private static int Look(string place, List<string> open)
    {
        var found = 0;
        foreach (var file in new DirectoryInfo(place).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            try
            {
                if (file.Length == 0 || !File.ReadAllText(file.FullName).Contains(Secret, StringComparison.Ordinal)) continue;
                found++;
                if (!OperatingSystem.IsWindows() && file.UnixFileMode != Private) open.Add($"{file.FullName}: {file.UnixFileMode}");
            }
            catch (IOException)
            {
                // It is locked or gone again.
                found += 0;
            }
        }

        return found;
    }
}
