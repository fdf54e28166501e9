using SkillMeat.Additions;
using SkillMeat.Collections;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Updates;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Updates;

/// <summary>Front matter that strict YAML refuses is added, updated and refreshed, with a warning.</summary>
public sealed class PublishedFrontMatterTests
{
    private const string Colon = "---\nname: a\ndescription: Makes PDFs. Use when: asked\nlicense: MIT\n---\nBody\n";
    private const string Warning = "SKILL.md line 3: the value of 'description' contains a colon followed by a space. Put the value in quotes.";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_kept_current_like_any_other(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Colon));
        var added = Assert.Single(await scene.AddAsync($"{Repo}/skills/a"));
        Assert.Equal(AddStatus.Added, added.Status);
        Assert.Equal([Warning], added.Warnings);
        Assert.Equal("Makes PDFs. Use when: asked", Only(scene).Description);
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", Colon.Replace("asked", "asked: twice", StringComparison.Ordinal)));

        var updated = await scene.UpdateOneAsync();

        Assert.Equal(UpdateStatus.Updated, updated.Status);
        Assert.Equal([Warning], updated.Warnings);
        Assert.Equal("Makes PDFs. Use when: asked: twice", Only(scene).Description);
        scene.Git.Commit("3", GitChange.Write("skills/a/SKILL.md", Colon.Replace("MIT", "Apache-2.0", StringComparison.Ordinal)));
        for (var i = 0; i < 2; i++)
        {
            var refreshed = await RefreshAsync(scene);
            Assert.Equal((i == 0 ? RefreshStatus.Refreshed : RefreshStatus.Unchanged, Warning), (refreshed.Status, refreshed.Reason));
        }

        Assert.Equal(("Makes PDFs. Use when: asked", "Apache-2.0"), (Only(scene).Description, Only(scene).License));
    }

    [Theory]
    [InlineData("---\nname: a\ndescription: never closed\n\nBody\n", "SKILL.md line 1: ")]
    [InlineData("---\nname: a\ndescription: caf\uFFFD\n---\nBody\n", "SKILL.md line 3: ")]
    public async Task Fields_that_can_no_longer_be_read_stay(string text, string warning)
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", "---\nname: a\ndescription: Words\nlicense: MIT\ntags: [one]\n---\nBody\n"));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", text));

        var refreshed = await RefreshAsync(scene);
        var updated = await scene.UpdateOneAsync();

        Assert.Equal(RefreshStatus.Unchanged, refreshed.Status);
        Assert.StartsWith(warning, refreshed.Reason, StringComparison.Ordinal);
        Assert.Equal(UpdateStatus.Updated, updated.Status);
        Assert.StartsWith(warning, Assert.Single(updated.Warnings), StringComparison.Ordinal);
        Assert.Equal(("Words", "MIT"), (Only(scene).Description, Only(scene).License));
        Assert.Equal(["one"], Only(scene).Tags);
        Assert.Equal(text, scene.Read("skills/a/SKILL.md"));
    }

    [Theory]
    [InlineData(true, "docs/SKILL.md")]
    [InlineData(false, "docs/SKILL.md")]
    [InlineData(true, "../../shared/SKILL.md")]
    [InlineData(false, "../../shared/SKILL.md")]
    public async Task Fields_stay_when_the_file_became_a_link(bool hasToken, string target)
    {
        const string Text = "---\nname: a\ndescription: Words\nlicense: MIT\ntags: [one]\ndeprecated: true\n---\nBody\n";
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Text));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Git.Commit("2", GitChange.Delete("skills/a/SKILL.md"), GitChange.Symlink("skills/a/SKILL.md", target), GitChange.Write(target.Contains("docs", StringComparison.Ordinal) ? "skills/a/docs/SKILL.md" : "shared/SKILL.md", Text));

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(RefreshStatus.Unchanged, (await RefreshAsync(scene)).Status);
            Assert.Equal(i == 0 ? UpdateStatus.Updated : UpdateStatus.Unchanged, (await scene.UpdateOneAsync()).Status);
            Assert.Equal(("Words", "MIT", true), (Only(scene).Description, Only(scene).License, Only(scene).Deprecated));
            Assert.Equal(["one"], Only(scene).Tags);
        }

        Assert.Equal(Text, scene.Read("skills/a/SKILL.md"));
    }

    [Fact]
    public async Task Fields_follow_upstream_again_when_they_can_be_read_again()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", "---\nname: a\ndescription: Words\nlicense: MIT\nauthor: Ann\ntags: [one]\nmodel: small\neffort: low\n---\nBody\n"));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Write("collection.toml", scene.Read("collection.toml") is var manifest && manifest.IndexOf("\"Ann\"", StringComparison.Ordinal) is var at ? manifest[..at] + "\"Me\"" + manifest[(at + 5)..] : "");
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", "---\nname: a\ndescription: never closed\n\nBody\n"));
        await scene.UpdateOneAsync();
        scene.Git.Commit("3", GitChange.Write("skills/a/SKILL.md", "---\nname: a\ndescription: caf\uFFFD\nmodel: medium\n---\nBody\n"));
        await scene.UpdateOneAsync();
        Assert.Equal(("Words", "MIT", "Me"), (Only(scene).Description, Only(scene).License, Only(scene).Author));
        scene.Git.Commit("4", GitChange.Write("skills/a/SKILL.md", "---\nname: a\ndescription: New words\nauthor: Bea\ntags: [two]\nmodel: large\n---\nBody\n"));

        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync()).Status);

        Assert.Equal(("New words", null, "Me"), (Only(scene).Description, Only(scene).License, Only(scene).Author));
        Assert.Equal(["two"], Only(scene).Tags);
        Assert.Equal("large", Only(scene).Extra["model"]);
        Assert.False(Only(scene).Extra.ContainsKey("effort"));
    }

    [Fact]
    public async Task Without_the_files_as_fetched_the_record_of_what_could_be_read_stays()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", "---\nname: a\ndescription: Words\ndeprecated: true\nmodel: small\nallowed-tools: Read\n---\nBody\n"));
        await scene.AddAsync($"{Repo}/skills/a");
        var record = Only(scene).Extra["frontmatter"];
        scene.Write("collection.toml", scene.Read("collection.toml").Replace(Only(scene).ResolvedSha!, new string('1', 40), StringComparison.Ordinal));
        scene.Write("collection.lock", scene.Read("collection.lock").Replace(Only(scene).ContentHash!, new string('0', 64), StringComparison.Ordinal));
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", "---\nname: a\ndescription: caf\uFFFD\n---\nBody\n"));

        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync(new UpdateRequest { Strategy = UpdateStrategy.TakeUpstream })).Status);

        Assert.Equal(("Words", true), (Only(scene).Description, Only(scene).Deprecated));
        Assert.Equal(record, Only(scene).Extra["frontmatter"]);
        Assert.True(Only(scene).Extra.ContainsKey("frontmatter_tools"));
    }

    private static Artifact Only(UpdateScene scene) => Assert.Single(CollectionStore.Open(scene.Home).Read("default").Artifacts);

    private static async Task<RefreshEntry> RefreshAsync(UpdateScene scene)
    {
        var store = scene.Open();
        using var session = scene.Connect(store);
        return Assert.Single((await new CollectionRefresher(store, session).RefreshAsync(new RefreshRequest(), Cancellation)).Entries);
    }
}
