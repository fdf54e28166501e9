using System.Text.Json.Nodes;
using SkillMeat.Collections;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Upstream.ObjectIds;
using Xunit;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>The caches of fetched content are not trusted: their entries are verified before use.</summary>
public sealed class GitContentIndexTests
{
    private static readonly byte[] _model = [.. Enumerable.Range(0, 3000).Select(i => (byte)(i * 7))];

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task An_index_that_names_other_content_is_not_believed(bool gitHub, bool known)
    {
        await using var scene = await ContentScene.StartAsync();
        var repository = gitHub ? scene.OnGitHub : scene.OnGitHost;
        var commit = scene.Git.Commit("1", GitChange.Write("a/SKILL.md", "right"), GitChange.Write("a/link", "SKILL.md"), GitChange.Write("b/SKILL.md", "other"), GitChange.Write("b/link", "x"));
        await scene.FetchAsync(repository, commit, "a", "b");
        Change(scene, contents =>
        {
            foreach (var path in new[] { "", "/SKILL.md", "/link" }) contents[Id(scene, $"{commit}:a{path}")] = contents[Id(scene, $"{commit}:b{path}")]!.DeepClone();
        });
        if (known) scene.Know(repository, commit, "a");

        var fetched = (await scene.FetchAsync(repository, commit, "a"))[0];

        Assert.Equal(["a/SKILL.md File right", "a/link File SKILL.md"], scene.Read(fetched));
    }

    [Fact]
    public async Task A_wrong_size_in_the_index_is_not_believed()
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit("1", GitChange.Write("a/SKILL.md", "right"));
        var first = (await scene.FetchAsync(scene.OnGitHub, commit, "a"))[0];
        Change(scene, contents =>
        {
            foreach (var (_, content) in contents) content!["size"] = 12345;
        });

        Assert.Equal(first.Entry, (await scene.FetchAsync(scene.OnGitHub, commit, "a"))[0].Entry);
    }

    [Fact]
    public async Task An_index_that_gives_a_pointer_another_file_is_not_believed()
    {
        await using var scene = await ContentScene.StartAsync();
        var kept = scene.Server.AddLfsObject(ContentScene.Repo, _model);
        var commit = scene.Git.Commit("1", GitChange.Write("a/model.bin", kept.PointerText), GitChange.Write("b/SKILL.md", "other"));
        await scene.FetchAsync(scene.OnGitHub, commit, "a", "b");
        Change(scene, contents => contents[Id(scene, $"{commit}:a/model.bin")] = contents[Id(scene, $"{commit}:b/SKILL.md")]!.DeepClone());

        var fetched = (await scene.FetchAsync(scene.OnGitHub, commit, "a"))[0];

        Assert.Equal(_model, scene.Store.ReadBlob(scene.Store.Find(fetched.Entry!.Id, "model.bin")!.Id));
    }

    [Fact]
    public async Task The_text_of_a_link_is_no_file_of_git_lfs()
    {
        await using var scene = await ContentScene.StartAsync();
        var kept = scene.Server.AddLfsObject(ContentScene.Repo, _model);
        var first = scene.Git.Commit("1", GitChange.Write("a/model.bin", kept.PointerText));
        var second = scene.Git.Commit("2", GitChange.Delete("a/model.bin"), GitChange.Symlink("a/link", kept.PointerText));
        await scene.FetchAsync(scene.OnGitHub, first, "a");

        var fetched = (await scene.FetchAsync(scene.OnGitHub, second, "a"))[0];

        Assert.Null(fetched.Entry);
        Assert.Contains("is a link to ", Assert.Single(fetched.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("git-contents.json", """{"format":1,"contents":{"KEY":null}}""")]
    [InlineData("git-contents.json", """{"format":1,"contents":{"KEY":{"file":null,"size":1}}}""")]
    [InlineData("git-contents.json", """{"format":1,"contents":{"KEY":{"file":7,"size":"x"}}}""")]
    [InlineData("git-contents.json", """{"format":"1"}""")]
    [InlineData("git-contents.json", "null")]
    [InlineData("upstream-ids.cache", "SKMREC\0\u0001")]
    [InlineData("upstream-ids.cache", "SKMREC\0\u0001KEYKEY")]
    [InlineData("upstream-ids.cache", "")]
    public async Task A_damaged_cache_counts_as_empty(string name, string text)
    {
        await using var scene = await ContentScene.StartAsync();
        var commit = scene.Git.Commit("1", GitChange.Write("a/SKILL.md", "right"));
        var file = FileOf(scene, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text.Replace("KEY", Id(scene, $"{commit}:a"), StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Equal(["a/SKILL.md File right"], scene.Read((await scene.FetchAsync(scene.OnGitHub, commit, "a"))[0]));
        Assert.Contains(scene.Reports, line => line.Contains(name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_wrong_id_of_a_folder_leads_to_what_the_commit_says(bool gitHub, bool exists)
    {
        await using var scene = await ContentScene.StartAsync();
        var repository = gitHub ? scene.OnGitHub : scene.OnGitHost;
        var commit = scene.Git.Commit("1", GitChange.Write("a/SKILL.md", "right"));
        scene.Know(repository, commit, "a", new KnownObject(exists ? Id(scene, $"{commit}:a/SKILL.md") : new string('1', 40), IsFolder: true));

        Assert.Equal(["a/SKILL.md File right"], scene.Read((await scene.FetchAsync(repository, commit, "a"))[0]));
    }

    private static string Id(ContentScene scene, string name) => scene.Git.Git("rev-parse", name).Trim();

    private static string FileOf(ContentScene scene, string name) => Path.Combine(CollectionStore.Open(scene.Store.Home).Layout.CacheFolder, name);

    private static void Change(ContentScene scene, Action<JsonObject> change)
    {
        var file = FileOf(scene, "git-contents.json");
        var json = JsonNode.Parse(File.ReadAllText(file))!;
        change(json["contents"]!.AsObject());
        File.WriteAllText(file, json.ToJsonString());
    }
}
