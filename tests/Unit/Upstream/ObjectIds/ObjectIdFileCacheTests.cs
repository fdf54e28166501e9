using System.Text;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Caching;
using SkillMeat.Upstream.ObjectIds;
using Xunit;

namespace SkillMeat.Tests.Upstream.ObjectIds;

public sealed class ObjectIdFileCacheTests : IDisposable
{
    private static readonly RepositoryAddress Repository = RepositoryAddress.OnGitHub(new Uri("https://github.com"), "octo", "skills");
    private static readonly KnownObject Tree = new(new string('a', 40), IsFolder: true);
    private static readonly KnownObject Blob = new(new string('b', 40), IsFolder: false);

    private readonly string _folder = Directory.CreateTempSubdirectory("skm-ids-").FullName;
    private readonly List<string> _reports = [];

    private string FilePath => Path.Combine(_folder, "cache", "upstream-ids.cache");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Saved_ids_are_found_by_the_next_process_and_nothing_else_is()
    {
        var first = Open();
        first.Add(Repository, Commit(1), "skills/pdf", Tree);
        first.Add(Repository, Commit(1), "commands/review.md", Blob);
        first.Save();

        var second = Open();
        Assert.Equal(Tree, second.Find(Repository, Commit(1), "skills/pdf"));
        Assert.Equal(Blob, second.Find(Repository, Commit(1), "commands/review.md"));
        Assert.Null(second.Find(Repository, Commit(2), "skills/pdf"));
        Assert.Null(second.Find(Repository, Commit(1), "skills"));
        Assert.Empty(_reports);
    }

    [Fact]
    public void That_a_commit_has_nothing_at_a_path_is_not_the_same_as_not_knowing()
    {
        var first = Open();
        first.AddAbsence(Repository, Commit(1), "mcp/db/.mcp.json");
        first.Add(Repository, Commit(2), "mcp/db/.mcp.json", Blob);
        first.Save();

        var second = Open();
        Assert.True(second.TryFind(Repository, Commit(1), "mcp/db/.mcp.json", out var absent));
        Assert.Null(absent);
        Assert.Null(second.Find(Repository, Commit(1), "mcp/db/.mcp.json"));
        Assert.True(second.TryFind(Repository, Commit(2), "mcp/db/.mcp.json", out var there));
        Assert.Equal(Blob, there);
        Assert.False(second.TryFind(Repository, Commit(3), "mcp/db/.mcp.json", out _));
        Assert.False(second.TryFind(Repository, "main", "mcp/db/.mcp.json", out _));
        Assert.Empty(_reports);
    }

    [Fact]
    public void The_paths_that_were_added_longest_ago_are_dropped()
    {
        var first = Open(mostPaths: 10);
        for (var i = 0; i < 10; i++) first.Add(Repository, Commit(1), $"skills/s{i}", Tree);
        first.Save();
        var second = Open(mostPaths: 10);
        second.Add(Repository, Commit(2), "skills/s0", Tree);
        second.Add(Repository, Commit(2), "skills/newest", Tree);
        second.Save();

        var third = Open();
        Assert.NotNull(third.Find(Repository, Commit(1), "skills/s0"));
        Assert.NotNull(third.Find(Repository, Commit(2), "skills/newest"));
        Assert.Null(third.Find(Repository, Commit(1), "skills/s1"));
        Assert.NotNull(third.Find(Repository, Commit(1), "skills/s2"));
    }

    [Fact]
    public void Nothing_is_written_when_nothing_was_added()
    {
        Open().Save();
        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void Two_processes_keep_each_others_facts_and_only_the_last_commits_of_a_path()
    {
        var (first, second) = (Open(), Open());
        Assert.Null(second.Find(Repository, Commit(1), "a"));
        first.Add(Repository, Commit(1), "a", Tree);
        first.Save();
        for (var i = 2; i <= 5; i++)
        {
            second.Add(Repository, Commit(i), "a", Tree);
        }

        second.Add(Repository, Commit(1), "b", Blob);
        second.Save();

        var third = Open();
        Assert.Null(third.Find(Repository, Commit(1), "a"));
        Assert.All(Enumerable.Range(2, 4), i => Assert.Equal(Tree, third.Find(Repository, Commit(i), "a")));
        Assert.Equal(Blob, third.Find(Repository, Commit(1), "b"));
    }

    [Fact]
    public void A_file_that_another_program_wrote_counts_as_empty_and_is_reported()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, """{"format":1,"objects":{"u#a":{"1111111111111111111111111111111111111111":"absent"}}}""");
        Assert.Null(Open().Find(Repository, Commit(1), "a"));
        Assert.Contains(FilePath, Assert.Single(_reports), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1111111111111111111111111111111111111111t../../../../../../../../../../../../../../..")]
    [InlineData("1111111111111111111111111111111111111111t222222222222222222222222222222222222222G")]
    [InlineData("1111111111111111111111111111111111111111t222222222222222222222222222222222222222")]
    [InlineData("1111111111111111111111111111111111111111x2222222222222222222222222222222222222222")]
    [InlineData("1111111111111111111111111111111111111111")]
    [InlineData("")]
    public void An_answer_that_obeys_no_rule_counts_as_unknown(string answer)
    {
        var key = Encoding.UTF8.GetBytes(CacheKey.Of(Repository, "a"));
        Assert.True(new RecordCacheFile(FilePath, version: 1, Random.Shared, _reports.Add).Write(writer => writer.Write(key, Encoding.UTF8.GetBytes(answer))));
        var cache = Open();

        Assert.False(cache.TryFind(Repository, new string('1', 40), "a", out _));
        Assert.Empty(cache.CommitsOf(Repository, "a", new KnownObject(new string('2', 40), IsFolder: true)));
        cache.Add(Repository, new string('1', 40), "a", Tree);
        cache.Save();

        Assert.Equal(Tree, Open().Find(Repository, new string('1', 40), "a"));
    }

    [Fact]
    public void The_commits_that_have_an_object_are_found_newest_first_saved_or_not()
    {
        var first = Open();
        first.Add(Repository, Commit(1), "a", Tree);
        first.AddAbsence(Repository, Commit(2), "a");
        first.Save();
        first.Add(Repository, Commit(3), "a", Tree);
        first.Add(Repository, Commit(4), "a", Blob);

        Assert.Equal([Commit(3), Commit(1)], first.CommitsOf(Repository, "a", Tree));
        Assert.Equal([Commit(4)], first.CommitsOf(Repository, "a", Blob));
        Assert.Empty(first.CommitsOf(Repository, "b", Blob));
    }

    [Fact]
    public void The_first_answer_about_a_commit_stays()
    {
        var cache = Open();
        cache.Add(Repository, Commit(10), "a", Tree);
        cache.Save();
        cache.Add(Repository, Commit(10).ToUpperInvariant(), "a", Blob);
        cache.AddAbsence(Repository, Commit(10), "a");
        cache.Save();

        Assert.Equal(Tree, Open().Find(Repository, Commit(10), "a"));
        Assert.Throws<FormatException>(() => cache.Add(Repository, "main", "a", Tree));
    }

    private static string Commit(int number) => number.ToString("x40", System.Globalization.CultureInfo.InvariantCulture);

    private ObjectIdFileCache Open(int mostPaths = 1000) => new(FilePath, Random.Shared, _reports.Add, mostPaths);
}
