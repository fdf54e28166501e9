using SkillMeat.Cache;
using SkillMeat.Cache.Reading;
using SkillMeat.Collections;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cache;

/// <summary>A program that is asked often reads again only what changed, and answers as one that reads everything.</summary>
public sealed class ChangedCollectionTests
{
    // Large enough that there is an index of the artifacts, from which earlier ones are carried over.
    private const int Count = 900;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Rows_and_artifacts_are_those_of_the_files_after_each_of_many_changes(int seed)
    {
        var random = new Random(seed);
        using var home = TestHome.WithSkills(Count);
        var store = CollectionStore.Open(home.Home);
        using var cache = Open(store);
        var memory = new CollectionMemory(cache);
        Assert.Equal(Count, CachedArtifacts.Of(cache).Count);
        for (var i = 0; i < 14; i++)
        {
            var change = await ChangeAsync(home, random, i);
            // In any order, and sometimes only after the next change.
            if (random.Next(3) == 0) _ = memory.Read().Artifacts[random.Next(10)].Fetched;
            if (random.Next(4) == 0) continue;
            var expected = CollectionStore.Open(home.Home).Read().Artifacts;
            var read = random.Next(2) == 0 ? memory.Read().Artifacts : store.Read().Artifacts;
            Assert.True(expected.SequenceEqual(read), change);
            Assert.Equal(CachedArtifacts.Describe(expected), CachedArtifacts.Describe(CachedArtifacts.Of(cache)));
        }
    }

    [Fact]
    public async Task Threads_that_meet_changes_at_the_same_time_see_each_change()
    {
        using var home = TestHome.WithSkills(Count);
        var reports = new System.Collections.Concurrent.ConcurrentBag<string>();
        using var cache = HomeCache.Open(CollectionStore.Open(home.Home), new HomeCacheOptions { Environment = _ => null, Report = reports.Add });
        using var other = HomeCache.Open(CollectionStore.Open(home.Home), new HomeCacheOptions { Environment = _ => null, Report = reports.Add });
        for (var round = 1; round <= 6; round++)
        {
            var text = $"Text of round {round}";
            await File.WriteAllTextAsync(home.Manifest, Edit(await File.ReadAllTextAsync(home.Manifest, Cancellation), round % 3, text), Cancellation);
            await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(() => Assert.Contains(CachedArtifacts.Of(number % 4 == 0 ? other : cache), artifact => artifact.Description == text), Cancellation)));
        }

        Assert.Empty(reports);
        Assert.Equal(CachedArtifacts.Describe(CollectionStore.Open(home.Home).Read().Artifacts), CachedArtifacts.Describe(CachedArtifacts.Of(cache)));
    }

    [Fact]
    public async Task A_collection_that_cannot_be_read_is_told_each_time_until_it_can()
    {
        using var home = TestHome.WithSkills(3);
        using var cache = Open(CollectionStore.Open(home.Home));
        var text = await File.ReadAllTextAsync(home.Manifest, Cancellation);
        await File.WriteAllTextAsync(home.Manifest, text + "broken\n", Cancellation);
        await Task.Delay(50, Cancellation);
        for (var i = 0; i < 3; i++) CachedArtifacts.Of(cache, problems => Assert.Contains("collection.toml", Assert.Single(problems), StringComparison.Ordinal));
        await File.WriteAllTextAsync(home.Manifest, text, Cancellation);

        Assert.Equal(3, CachedArtifacts.Of(cache).Count);
    }

    [Fact]
    public async Task Memory_that_is_given_back_changes_no_answer()
    {
        using var home = TestHome.WithSkills(Count);
        using var cache = Open(CollectionStore.Open(home.Home));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Count, CachedArtifacts.Of(cache).Count);
            cache.ReleaseMemory();
            await File.WriteAllTextAsync(home.Manifest, Edit(await File.ReadAllTextAsync(home.Manifest, Cancellation), i, $"Text {i}"), Cancellation);
            Assert.Contains(CachedArtifacts.Of(cache), artifact => artifact.Description == $"Text {i}");
        }
    }

    private static HomeCache Open(CollectionStore store) => HomeCache.Open(store, new HomeCacheOptions { Environment = _ => null, Report = report => Assert.Fail(report) });

    private static async Task<string> ChangeAsync(TestHome home, Random random, int number)
    {
        var name = $"a{random.Next(20, Count)}";
        switch (random.Next(7))
        {
            case 0:
                (await home.RunAsync("edit", name, "--title", $"Title {number}")).Succeeds();
                return $"title of {name}";
            case 1:
                (await home.RunAsync("group", "create", $"group {number}")).Succeeds();
                return "group";
            case 2:
                var removed = $"a{number + 1}";
                (await home.RunAsync("remove", removed, "--yes")).Succeeds();
                return $"removal of {removed}";
            case 3:
                await File.WriteAllTextAsync(home.Manifest, Edit(await File.ReadAllTextAsync(home.Manifest, Cancellation), random.Next(30, Count), $"Changed {number}"), Cancellation);
                return "manifest by hand";
            case 4:
                var pinned = await File.ReadAllTextAsync(home.LockFile, Cancellation);
                var at = pinned.IndexOf($"\"{name}::skill\"", StringComparison.Ordinal);
                await File.WriteAllTextAsync(home.LockFile, $"{pinned[..at]}{pinned[at..].Replace("fetched = \"2026-01-01", "fetched = \"2026-02-02", StringComparison.Ordinal)}", Cancellation);
                return $"lock file by hand from {name} on";
            case 5:
                // The last one becomes the first one.
                var manifest = await File.ReadAllTextAsync(home.Manifest, Cancellation);
                var (first, last) = (manifest.IndexOf("\n[[artifacts]]", StringComparison.Ordinal), manifest.LastIndexOf("\n[[artifacts]]", StringComparison.Ordinal));
                if (manifest.IndexOf("\n[[groups]]", StringComparison.Ordinal) is var groups && groups >= 0) return "nothing";
                await File.WriteAllTextAsync(home.Manifest, manifest[..first] + manifest[last..] + manifest[first..last], Cancellation);
                return "order by hand";
            default:
                (await home.RunAsync("edit", name, "--add-tag", $"tag{number}")).Succeeds();
                return $"tag of {name}";
        }
    }

    // The description of the artifact at a position.
    private static string Edit(string manifest, int position, string text)
    {
        var start = 0;
        for (var i = 0; i <= position && manifest.IndexOf("description = \"", start, StringComparison.Ordinal) is var next && next >= 0; i++) start = next + "description = \"".Length;
        return $"{manifest[..start]}{text}{manifest[manifest.IndexOf('"', start)..]}";
    }
}
