using SkillMeat.Objects;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Contents;
using Xunit;

namespace SkillMeat.Tests.Upstream.Contents;

public sealed class GitContentFileIndexTests : IDisposable
{
    private static readonly RepositoryAddress Repository = RepositoryAddress.OnGitHub(new Uri("https://github.com"), "octo", "skills");

    private readonly string _folder = Directory.CreateTempSubdirectory("skm-contents-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_entries_that_were_added_longest_ago_are_dropped()
    {
        var first = Open();
        for (var i = 0; i < 10; i++) first.Add(Repository, $"skills/s{i}", Content(1));
        first.Save();
        var second = Open();
        second.Add(Repository, "skills/s0", Content(2));
        second.Add(Repository, "skills/newest", Content(1));
        second.Save();

        var third = Open();
        Assert.True(third.Knows(Repository, "skills/s0"));
        Assert.True(third.Knows(Repository, "skills/newest"));
        Assert.False(third.Knows(Repository, "skills/s1"));
        Assert.True(third.Knows(Repository, "skills/s2"));
    }

    private static StoredContent Content(int number) => new(ObjectHash.Of(ObjectKind.Blob, [(byte)number]), 1, IsFolder: true);

    private GitContentFileIndex Open() => new(Path.Combine(_folder, "contents.json"), Random.Shared, _ => { }, mostEntries: 10);
}
