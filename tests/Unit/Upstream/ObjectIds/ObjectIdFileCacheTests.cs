using SkillMeat.Upstream;
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

    private string FilePath => Path.Combine(_folder, "cache", "upstream-ids.json");

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

    [Theory]
    [InlineData("{")]
    [InlineData("""{"format":1,"objects":{"u#a":{"1111111111111111111111111111111111111111":"tree ../../x"}}}""")]
    [InlineData("""{"format":1,"objects":{"u#a":{"main":"tree 1111111111111111111111111111111111111111"}}}""")]
    [InlineData("""{"format":1,"objects":{"u#a":{"main":"absent"}}}""")]
    [InlineData("""{"format":1,"objects":{"u#a":{"1111111111111111111111111111111111111111":"absent "}}}""")]
    [InlineData("""{"format":1,"objects":{"u#a":{"1111111111111111111111111111111111111111":null}}}""")]
    [InlineData("""{"format":1,"objects":{"u#a":{"1111111111111111111111111111111111111111":7}}}""")]
    [InlineData("""{"format":1,"objects":{"u#a":"absent"}}""")]
    [InlineData("""{"format":1,"objects":["u#a"]}""")]
    [InlineData("""[]""")]
    public void A_damaged_file_counts_as_empty_and_is_reported(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, text);
        Assert.Null(Open().Find(Repository, Commit(1), "a"));
        Assert.Contains(FilePath, Assert.Single(_reports), StringComparison.Ordinal);
    }

    private static string Commit(int number) => number.ToString("x40", System.Globalization.CultureInfo.InvariantCulture);

    private ObjectIdFileCache Open(int mostPaths = 1000) => new(FilePath, Random.Shared, _reports.Add, mostPaths);
}
