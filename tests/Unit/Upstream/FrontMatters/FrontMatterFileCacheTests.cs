using System.Text;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Caching;
using SkillMeat.Upstream.FrontMatters;
using Xunit;

namespace SkillMeat.Tests.Upstream.FrontMatters;

public sealed class FrontMatterFileCacheTests : IDisposable
{
    private static readonly RepositoryAddress Repository = RepositoryAddress.OnGitHub(new Uri("https://github.com"), "octo", "skills");
    private static readonly string Blob = new('a', 40);
    private static readonly string OtherBlob = new('b', 64);

    private readonly string _folder = Directory.CreateTempSubdirectory("skm-front-matter-").FullName;
    private readonly List<string> _reports = [];

    private string FilePath => Path.Combine(_folder, "cache", "front-matter.cache");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("---\nname: pdf\ndescription: \"Reads\\nPDFs — é\"\nauthor: Ada\nlicense: MIT\ncategory: documents\ndeprecated: false\ntags: [a, '', b c]\n---\n")]
    [InlineData("---\nname: pdf\ndeprecated: true\ntags: []\n---\n")]
    [InlineData("---\nname: pdf\nname: other\n---\n")]
    [InlineData("---\nname: pdf\ndescription: a: b\n---\n")]
    [InlineData("---\n---\n")]
    [InlineData("No front matter.")]
    public void The_next_process_finds_what_was_read(string text)
    {
        var read = FrontMatterReader.Read("SKILL.md", text);
        var first = Open();
        first.Add(Repository, "skills/pdf", Blob, read);
        first.Add(Repository, "skills/incomplete", OtherBlob, read.With(read.Problems, isIncomplete: true));
        AssertSame(read, first.Find(Repository, "skills/pdf", Blob));
        first.Save();

        var second = Open();
        AssertSame(read, second.Find(Repository, "skills/pdf", Blob));
        AssertSame(read.With(read.Problems, isIncomplete: true), second.Find(Repository, "skills/incomplete", OtherBlob));
        Assert.Null(second.Find(Repository, "skills/pdf", new string('c', 40)));
        Assert.Empty(_reports);
    }

    [Fact]
    public void A_text_is_known_wherever_it_was_read_and_then_seen_at_the_new_place()
    {
        var first = Open();
        first.Add(Repository, "skills/pdf", Blob, Named("pdf"));
        Assert.Equal("pdf", first.Find(Repository, "skills/copy", Blob)?.Name);
        first.Save();
        var second = Open();
        Assert.True(second.HasSeen(Repository, "skills/copy"));
        Assert.False(second.HasSeen(Repository, "skills/moved"));
        Assert.Equal("pdf", second.Find(Repository, "skills/moved", Blob)?.Name);
        Assert.True(second.HasSeen(Repository, "skills/moved"));
        second.Save();

        Assert.True(Open().HasSeen(Repository, "skills/moved"));
        Assert.True(Open().HasSeen(Repository, "skills/pdf"));
    }

    [Fact]
    public void A_path_keeps_its_last_text_alone()
    {
        var cache = Open();
        cache.Add(Repository, "skills/pdf", Blob, Named("old"));
        cache.Save();
        cache.Add(Repository, "skills/pdf", OtherBlob, Named("new"));
        Assert.Equal("old", cache.Find(Repository, "skills/pdf", Blob)?.Name);
        cache.Save();

        Assert.Equal("new", cache.Find(Repository, "skills/pdf", OtherBlob)?.Name);
        Assert.Null(cache.Find(Repository, "skills/pdf", Blob));
    }

    [Fact]
    public void Two_processes_keep_each_others_texts()
    {
        var (first, second) = (Open(), Open());
        Assert.False(second.HasSeen(Repository, "a"));
        first.Add(Repository, "a", Blob, Named("a"));
        first.Save();
        second.Add(Repository, "b", OtherBlob, Named("b"));
        second.Save();

        Assert.Equal("a", Open().Find(Repository, "a", Blob)?.Name);
        Assert.Equal("b", Open().Find(Repository, "b", OtherBlob)?.Name);
    }

    [Fact]
    public void Nothing_is_written_when_nothing_was_added()
    {
        var cache = Open();
        Assert.Null(cache.Find(Repository, "a", Blob));
        cache.Save();
        Assert.False(File.Exists(FilePath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u0028")]
    [InlineData("\u0028aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("\u0028aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u0007")]
    [InlineData("\u0028aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\0\u0001\u007f")]
    public void A_record_that_obeys_no_rule_counts_as_unknown_and_is_replaced(string record)
    {
        var key = Encoding.UTF8.GetBytes(CacheKey.Of(Repository, "a"));
        Assert.True(new RecordCacheFile(FilePath, version: 1, Random.Shared, _reports.Add).Write(writer => writer.Write(key, Encoding.UTF8.GetBytes(record))));
        var cache = Open();
        Assert.Null(cache.Find(Repository, "a", Blob));
        cache.Add(Repository, "a", Blob, Named("a"));
        cache.Save();

        Assert.Equal("a", Open().Find(Repository, "a", Blob)?.Name);
    }

    [Fact]
    public void A_damaged_file_counts_as_empty_and_is_reported()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, """{"format":1,"artifacts":{}}""");
        Assert.False(Open().HasSeen(Repository, "a"));
        Assert.Contains(FilePath, Assert.Single(_reports), StringComparison.Ordinal);
    }

    private static FrontMatter Named(string name) => new(new Dictionary<string, object> { ["name"] = name });

    private static void AssertSame(FrontMatter expected, FrontMatter? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(FrontMatter.Keys.Keys.Select(expected.Find), FrontMatter.Keys.Keys.Select(actual.Find));
        Assert.Equal(expected.Problems, actual.Problems);
        Assert.Equal((expected.IsEmpty, expected.IsIncomplete), (actual.IsEmpty, actual.IsIncomplete));
    }

    private FrontMatterFileCache Open() => new(FilePath, Random.Shared, _reports.Add);
}
