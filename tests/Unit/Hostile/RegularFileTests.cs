using System.Globalization;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Hostile;

/// <summary>Pipes, and links to devices that never end, in place of every file that is read. No command hangs, and each says the path where it needs the file.</summary>
public sealed class RegularFileTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    private static readonly string[][] _commands =
    [
        ["list"], ["show", "a1"], ["collection", "list"], ["snapshot", "list"], ["update", "--dry-run"], ["collection", "refresh", "--check-only"], ["update", "a1"], ["repair", "--dry-run"], ["repair"],
        ["remove", "a2", "--yes"], ["collection", "use", "default"], ["add", "skill", "UPSTREAM/skills/a3", "--name", "new"],
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_file_of_a_home_hangs_a_command_when_it_is_none(bool isDevice)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no named pipes among the files there");
        using var full = await FullAsync();
        var names = Directory.GetFiles(full.Home, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Concat(Directory.GetFiles(Path.Combine(full.Place, "upstream", "skills", "a1"), "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(full.Place, file)).ToList();
        Assert.True(names.Count > 12, string.Join('\n', names));
        foreach (var name in names)
        {
            using var home = full.Copy();
            var snapshot = SnapshotOf(home);
            foreach (var command in _commands.Append(["snapshot", "verify", snapshot]).Append(["snapshot", "restore", snapshot, "--yes"]).Append(["snapshot", "new"]))
            {
                // Commands repair or remove what they find.
                Replace(Path.Combine(home.Place, name), isDevice);
                var arguments = command.Select(argument => argument.Replace("UPSTREAM", Path.Combine(home.Place, "upstream"), StringComparison.Ordinal)).ToArray();
                var run = Task.Run(() => home.RunAsync(arguments));
                Assert.True(await Task.WhenAny(run, Task.Delay(_limit, TestContext.Current.CancellationToken)) == run, $"skm {string.Join(' ', arguments)} hangs with a pipe or device at {name}");
                var shown = (await run).Error + (await run).Output;
                Assert.DoesNotContain("   at ", shown, StringComparison.Ordinal);
                if ((await run).ExitCode != 0) Assert.True(shown.Length > 0, name);
            }
        }
    }

    [Theory]
    [InlineData("config.toml", "list")]
    [InlineData("collections/default/collection.toml", "list")]
    [InlineData("collections/default/collection.lock", "list")]
    [InlineData("baselines/default.json", "update a1")]
    [InlineData("snapshots/default/snapshots.toml", "snapshot list")]
    [InlineData("locks/home.lock", "collection use default")]
    public async Task A_pipe_is_named(string file, string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no named pipes among the files there");
        using var home = await FullAsync();
        Replace(home.At(file.Split('/')), isDevice: false);

        var run = await home.RunAsync(command.Split(' ')).WaitAsync(_limit, TestContext.Current.CancellationToken);

        Assert.Contains(home.At(file.Split('/')), run.Error + run.Output, StringComparison.Ordinal);
        Assert.Contains("a pipe, a device or a socket", run.Error + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_snapshot_that_is_a_pipe_is_listed_as_damaged_beside_the_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no named pipes among the files there");
        using var home = await FullAsync();
        var broken = SnapshotOf(home);
        Assert.Equal(0, (await home.RunAsync("snapshot", "new")).ExitCode);
        Replace(Path.Combine(home.Snapshots, $"{broken}.snapshot.json"), isDevice: false);

        var list = await home.RunAsync("snapshot", "list", "--format", "json");

        Assert.Equal(1, list.ExitCode);
        var problems = list.Json.EnumerateArray().ToDictionary(one => one.GetProperty("snapshot_id").GetString()!, one => one.GetProperty("problem").GetString());
        Assert.Contains("a pipe", problems[broken], StringComparison.Ordinal);
        Assert.Contains(problems.Values, problem => problem is null);
    }

    // A home with every kind of file that there is.
    private static async Task<TestHome> FullAsync()
    {
        var home = TestHome.WithSkills(3);
        foreach (var arguments in (string[][])[["snapshot", "new", "--message", "one"], ["update", "a3"], ["collection", "refresh"], ["collection", "use", "default"]])
        {
            var run = await home.RunAsync(arguments);
            Assert.True(run.ExitCode == 0, string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', arguments)}: {run.Error}{run.Output}"));
        }

        var exported = await home.RunAsync("snapshot", "export", SnapshotOf(home));
        Assert.True(exported.ExitCode == 0, exported.Error);
        return home;
    }

    private static string SnapshotOf(TestHome home) => Path.GetFileName(Directory.GetFiles(home.Snapshots, "*.snapshot.json").Order(StringComparer.Ordinal).First()).Split('.')[0];

    private static void Replace(string path, bool isDevice)
    {
        if (File.Exists(path)) File.Delete(path);
        if (!Directory.Exists(Path.GetDirectoryName(path)) || Directory.Exists(path)) return;
        if (isDevice) File.CreateSymbolicLink(path, "/dev/zero");
        else Pipe.CreateAt(path);
    }
}
