using SkillMeat.Objects;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Hostile;

/// <summary>Links in place of what only the program writes. They are errors, and what they lead to is never written.</summary>
public sealed class OwnLinkTests
{
    [Theory]
    [InlineData("locks")]
    [InlineData("cache")]
    [InlineData("objects")]
    [InlineData("baselines")]
    [InlineData("snapshots")]
    [InlineData(".transactions")]
    public async Task A_link_in_place_of_a_folder_of_ours_is_an_error(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var home = TestHome.WithSkills(2);
        Assert.Equal(0, (await home.RunAsync("snapshot", "new")).ExitCode);
        if (Directory.Exists(home.At(name))) Directory.Delete(home.At(name), recursive: true);
        Directory.CreateDirectory(Path.Combine(home.Place, "victim"));
        Directory.CreateSymbolicLink(home.At(name), Path.Combine(home.Place, "victim"));

        foreach (var arguments in (string[][])[["update", "a1"], ["snapshot", "new"], ["remove", "a2", "--yes"]])
        {
            var run = await home.RunAsync(arguments);

            Assert.Equal(1, run.ExitCode);
            Assert.Contains($"{home.At(name)}: it is a link", run.Error + run.Output, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await home.RunAsync("list")).ExitCode);
        Assert.NotEqual(1, (await home.RunAsync("collection", "refresh", "--check-only")).ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(home.Place, "victim")));
    }

    [Fact]
    public async Task Snapshots_of_a_collection_behind_a_link_are_not_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var home = TestHome.WithSkills(1);
        Assert.Equal(0, (await home.RunAsync("snapshot", "new")).ExitCode);
        var id = Path.GetFileName(Directory.GetFiles(home.Snapshots)[0]).Split('.')[0];
        Directory.Move(home.Snapshots, Path.Combine(home.Place, "victim"));
        Directory.CreateSymbolicLink(home.Snapshots, Path.Combine(home.Place, "victim"));

        foreach (var arguments in (string[][])[["snapshot", "list"], ["snapshot", "verify", id], ["snapshot", "restore", id, "--yes"], ["snapshot", "export", id, "--output", Path.Combine(home.Place, "x.tar.gz")]])
        {
            var run = await home.RunAsync(arguments);

            Assert.Equal(1, run.ExitCode);
            Assert.Contains($"{home.Snapshots}: it is a link", run.Error + run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_cache_behind_a_link_is_not_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var home = TestHome.None();
        home.Write(Path.Combine(home.Place, "victim", "x.index"), "content");
        Directory.CreateDirectory(home.Home);
        Directory.CreateSymbolicLink(home.At("cache"), Path.Combine(home.Place, "victim"));

        Assert.Null(UnflushedFile.TryRead(home.At("cache", "x.index")));
        Assert.NotNull(UnflushedFile.TryRead(Path.Combine(home.Place, "victim", "x.index")));
    }

    [Theory]
    [InlineData("locks/home.holder")]
    [InlineData("locks/home.lock")]
    [InlineData("locks/home.turn")]
    [InlineData("locks/generation")]
    [InlineData("baselines/default.json")]
    [InlineData("cache/object-ids.json")]
    [InlineData("cache/object-packs.index")]
    public async Task A_link_in_place_of_a_file_of_ours_is_not_followed(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        foreach (var exists in new[] { true, false })
        {
            using var home = TestHome.WithSkills(2);
            var victim = Path.Combine(home.Place, "victim");
            if (exists) home.Write(victim, "precious");
            var link = home.At(name.Split('/'));
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            File.CreateSymbolicLink(link, victim);

            await home.RunAsync("update");
            await home.RunAsync("collection", "refresh");
            await home.RunAsync("collection", "use", "default");
            await home.RunAsync("snapshot", "new");
            await home.RunAsync("repair");

            Assert.Equal(exists, File.Exists(victim));
            if (exists) Assert.Equal("precious", await File.ReadAllTextAsync(victim, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Home_collections_and_manifests_may_be_links()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var home = TestHome.WithSkills(2);
        var real = Path.Combine(home.Place, "real");
        Directory.Move(home.Home, real);
        Directory.CreateSymbolicLink(home.Home, real);
        Directory.Move(Path.Combine(real, "collections"), Path.Combine(home.Place, "all"));
        Directory.CreateSymbolicLink(Path.Combine(real, "collections"), Path.Combine(home.Place, "all"));
        foreach (var (file, to) in new[] { (home.Manifest, "m.toml"), (home.LockFile, "l.lock"), (home.Config, "c.toml") })
        {
            File.Move(file, Path.Combine(home.Place, to));
            File.CreateSymbolicLink(file, Path.Combine(home.Place, to));
        }

        foreach (var arguments in (string[][])[["collection", "use", "default"], ["snapshot", "new"], ["collection", "refresh"], ["remove", "a2", "--yes"], ["list"]])
        {
            var run = await home.RunAsync(arguments);
            Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run.Error}");
        }

        Assert.All((string[])[home.Manifest, home.LockFile, home.Config], file => Assert.NotNull(new FileInfo(file).LinkTarget));
        Assert.DoesNotContain("name = \"a2\"", await File.ReadAllTextAsync(Path.Combine(home.Place, "m.toml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
