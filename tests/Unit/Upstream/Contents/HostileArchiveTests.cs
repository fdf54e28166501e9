using System.Formats.Tar;
using SkillMeat.Errors;
using SkillMeat.Upstream.Contents;
using Xunit;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>A harmful archive is refused immediately, and nothing of it is stored.</summary>
public sealed class HostileArchiveTests
{
    private static readonly string _commit = new('a', 40);

    [Fact]
    public Task A_path_that_leads_above_is_refused() => RefusesAsync("leads out of the archive", Tarball.File("a/SKILL.md", "a"), Tarball.File("../../evil", "x"));

    [Fact]
    public Task An_absolute_path_is_refused() => RefusesAsync("has an absolute path", Tarball.File("a/SKILL.md", "a"), Tarball.Bytes("/etc/evil", []));

    [Fact]
    public Task A_device_is_refused() => RefusesAsync("but a Fifo", Tarball.File("a/SKILL.md", "a"), Tarball.Of(TarEntryType.Fifo, "pipe"));

    [Fact]
    public Task A_file_behind_a_link_is_refused() => RefusesAsync("would be written through a link", Tarball.Link("a/b", "c"), Tarball.File("a/b/x", "x"));

    [Fact]
    public Task A_second_folder_at_the_top_is_refused() => RefusesAsync("more than one folder at its top", Tarball.File("a/SKILL.md", "a"), Tarball.Bytes("other/a/x", []));

    [Fact]
    public Task Another_commit_is_refused() => RefusesAsync("belongs to another commit", Tarball.Commit(new string('b', 40)), Tarball.File("a/SKILL.md", "a"));

    [Fact]
    public async Task The_right_commit_is_taken()
    {
        await using var scene = await ContentScene.StartAsync();
        var answer = await FetchAsync(scene, Tarball.Commit(_commit), Tarball.File("a/SKILL.md", "a"));
        Assert.Equal(["a/SKILL.md File a"], scene.Read(answer.Paths[0]));
    }

    [Fact]
    public async Task A_second_name_is_the_same_file()
    {
        await using var scene = await ContentScene.StartAsync();

        var answer = await FetchAsync(scene, Tarball.File("a/SKILL.md", "a"), Tarball.SecondName("a/again.md", "a/SKILL.md"));
        Assert.Equal(["a/SKILL.md File a", "a/again.md File a"], scene.Read(answer.Paths[0]));

        answer = await FetchAsync(scene, Tarball.File("elsewhere", "a"), Tarball.SecondName("a/again.md", "elsewhere"));
        Assert.Equal("'a/again.md' is a hard link to 'elsewhere', which is not fetched.", answer.Paths[0].Error!.Message);
    }

    [Fact]
    public async Task Names_that_no_file_may_have_matter_only_where_they_are_wanted()
    {
        await using var scene = await ContentScene.StartAsync();

        var answer = await FetchAsync(scene, Tarball.File("a/SKILL.md", "a"), Tarball.File("icons/Icon\r", ""), Tarball.File("..\\..\\evil", ""));
        Assert.Equal(["a/SKILL.md File a"], scene.Read(answer.Paths[0]));

        answer = await FetchAsync(scene, Tarball.File("a/SKILL.md", "a"), Tarball.File("a/..\\..\\evil", ""));
        Assert.Equal(ErrorIds.ArchiveRefused, answer.Paths[0].Error!.ErrorId);
        Assert.Contains("'a/..\\..\\evil' has a character in its name", answer.Paths[0].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_is_there_twice_is_refused()
    {
        await using var scene = await ContentScene.StartAsync();

        foreach (var second in new[] { "a/x", "a/x/y", "a" })
        {
            var answer = await FetchAsync(scene, Tarball.File("a/x", "1"), Tarball.File(second, "2"));
            Assert.Equal($"'{second}' occurs twice.", answer.Paths[0].Error!.Message);
        }
    }

    private static async Task<ContentAnswer> FetchAsync(ContentScene scene, params TarEntry[] entries)
    {
        using var handler = new AnsweringHandler(Tarball.Make(entries));
        var answer = Assert.Single(await scene.FetchAsync([new ContentQuestion(scene.OnGitHub, _commit, ["a"])], handler));
        Assert.Equal(1, handler.Requests);
        return answer;
    }

    private static async Task RefusesAsync(string why, params TarEntry[] entries)
    {
        await using var scene = await ContentScene.StartAsync();
        var answer = await FetchAsync(scene, entries);
        Assert.Equal(ErrorIds.ArchiveRefused, answer.Error!.ErrorId);
        Assert.Contains(why, answer.Error.Message, StringComparison.Ordinal);
        Assert.Contains($"octo/skills at {_commit}", answer.Error.Message, StringComparison.Ordinal);
        Assert.Empty(answer.Paths);
        Assert.Empty(scene.StoredFiles);
    }
}
