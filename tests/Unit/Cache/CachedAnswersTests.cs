using SkillMeat.Cache;
using SkillMeat.Cache.Entries;
using SkillMeat.Collections;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Refresh;
using SkillMeat.Tests.Support;
using SkillMeat.Upstream;
using Xunit;
using RepositoryFacts = SkillMeat.Tests.LoopbackGitHub.RepositoryFacts;

namespace SkillMeat.Tests.Cache;

/// <summary>Answers of GitHub with their ETags are in the database.</summary>
public sealed class CachedAnswersTests
{
    private static readonly RepositoryFacts Facts = new() { Description = "A repository.", Topics = ["topic-a"], LicenseSpdx = "MIT" };

    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;

    [Fact]
    public async Task Answers_are_kept_in_the_database_and_asked_about_with_their_tags()
    {
        await using var scene = await StartAsync();
        await scene.RefreshAsync();
        Assert.Equal([200], RestStatuses(scene));
        Assert.False(File.Exists(FileOf(scene)));
        Assert.Equal(1, CountEntries(scene));

        scene.Time = new ManualTimeProvider(_start.AddHours(23));
        await scene.RefreshAsync();
        Assert.Empty(RestStatuses(scene));
        scene.Time = new ManualTimeProvider(_start.AddHours(24));
        await scene.RefreshAsync();
        Assert.Equal([304], RestStatuses(scene));
        Assert.Equal("MIT", scene.Read("skill:pdf").License);
        // The first one was not there, and the last one too old.
        Assert.Equal((1, 2), Usage(scene));
    }

    [Fact]
    public async Task The_file_of_an_earlier_version_is_taken_over_and_removed()
    {
        await using var scene = await StartAsync();
        scene.Create = UpstreamSession.Create;
        await scene.RefreshAsync();
        RestStatuses(scene);
        Assert.True(File.Exists(FileOf(scene)));

        scene.Create = HomeCache.Connect;
        await scene.RefreshAsync();
        Assert.Empty(RestStatuses(scene));
        Assert.False(File.Exists(FileOf(scene)));
        Assert.Equal(1, CountEntries(scene));
        scene.Time = new ManualTimeProvider(_start.AddDays(2));
        await scene.RefreshAsync();
        Assert.Equal([304], RestStatuses(scene));
    }

    [Fact]
    public async Task A_database_that_is_switched_off_leaves_them_in_the_file()
    {
        await using var scene = await StartAsync();
        scene.CacheVariable = "off";
        await scene.RefreshAsync();
        RestStatuses(scene);

        Assert.True(File.Exists(FileOf(scene)));
        Assert.False(File.Exists(Path.Combine(scene.Home, "cache", "skillmeat-engine.db")));
        await scene.RefreshAsync();
        Assert.Empty(RestStatuses(scene));
    }

    [Fact]
    public async Task A_damaged_database_means_only_another_request()
    {
        await using var scene = await StartAsync();
        await scene.RefreshAsync();
        RestStatuses(scene);
        var noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        await File.WriteAllBytesAsync(Path.Combine(scene.Home, "cache", "skillmeat-engine.db"), noise, TestContext.Current.CancellationToken);

        await scene.RefreshAsync();
        Assert.Equal([200], RestStatuses(scene));
        Assert.Equal(1, CountEntries(scene));
    }

    [Fact]
    public async Task A_check_makes_no_database()
    {
        await using var scene = await StartAsync();

        // Compares everything on the disk.
        await scene.CheckAsync();
    }

    private async Task<RefreshScene> StartAsync()
    {
        var scene = await RefreshScene.StartAsync(Access.Anonymous, Facts);
        (scene.Create, scene.Time) = (HomeCache.Connect, new ManualTimeProvider(_start));
        scene.Add("pdf", "skill", "skills/pdf", scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs"))));
        return scene;
    }

    private static string FileOf(RefreshScene scene) => Path.Combine(scene.Home, "cache", "github-etags.json");

    private static long CountEntries(RefreshScene scene)
    {
        using var cache = Open(scene);
        return cache.Database.Run(connection => connection.Number("SELECT count(*) FROM entry WHERE kind = ?1", CachedAnswers.Kind));
    }

    private static (long Hits, long Misses) Usage(RefreshScene scene)
    {
        using var cache = Open(scene);
        return cache.Usage.Read();
    }

    private static HomeCache Open(RefreshScene scene) => HomeCache.Open(CollectionStore.Open(scene.Home, scene.Time), new HomeCacheOptions { Environment = scene.Environment, Report = line => Assert.Fail(line) });

    private static List<int> RestStatuses(RefreshScene scene)
    {
        var statuses = scene.Server.Log.Records.Where(r => r.Kind == RequestKind.Rest).Select(r => r.Status).ToList();
        scene.Server.Log.Clear();
        return statuses;
    }
}
