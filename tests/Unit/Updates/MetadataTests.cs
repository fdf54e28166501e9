using SkillMeat.Collections;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Updates;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Updates;

/// <summary>The fields of an artifact in its manifest after an update.</summary>
public sealed class MetadataTests
{
    private const string Old = "description: Old words\nlicense: MIT\nauthor: Ann\nversion: 1.0.0\ntitle: Old title\ncategory: old\ntags: [one, two]\nallowed-tools: Read, Write\ndeprecated: true\nmodel: small";
    private const string New = "description: New words\nlicense: Apache-2.0\nauthor: Bea\nversion: 2.0.0\ncategory: new\ntags: [two, three]\nallowed-tools: Read\nmodel: large\neffort: high";

    [Theory]
    [InlineData(UpdateStrategy.Merge)]
    [InlineData(UpdateStrategy.TakeUpstream)]
    public async Task After_an_update_the_fields_are_those_of_the_new_commit(UpdateStrategy strategy)
    {
        await using var scene = await StartAsync();
        await AddOldAsync(scene);
        scene.Write("skills/a/SKILL.md", scene.Read("skills/a/SKILL.md") + "\nan edit\n");
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", WithFields(New)));

        var entry = await scene.UpdateOneAsync(new UpdateRequest { Strategy = strategy });

        Assert.Equal(strategy == UpdateStrategy.Merge ? UpdateStatus.Merged : UpdateStatus.Updated, entry.Status);
        AssertIs(scene, "New words", "Apache-2.0", "Bea", "2.0.0", null, "new", null, ["two", "three"]);
        var updated = scene.Read("collection.toml");
        Assert.DoesNotContain("small", updated, StringComparison.Ordinal);
        Assert.DoesNotContain("deprecated", updated, StringComparison.Ordinal);
        Assert.Contains("effort = \"high\"", updated, StringComparison.Ordinal);
        Assert.NotNull(Artifact(scene).TagsImportedAt);

        // A refresh of what the update wrote has nothing to do.
        Assert.Equal(RefreshStatus.Unchanged, await RefreshAsync(scene));
        await scene.Snapshots.RestoreAsync(null, entry.SnapshotId!, [], TimeSpan.FromSeconds(30), Cancellation);
        AssertIs(scene, "Old words", "MIT", "Ann", "1.0.0", "Old title", "old", true, ["one", "two"]);
    }

    [Fact]
    public async Task Fields_and_tags_of_the_users_own_stay()
    {
        await using var scene = await StartAsync();
        await AddOldAsync(scene);
        var manifest = ReplaceFirst(scene.Read("collection.toml"), "\"one\"", "\"mine\", \"one\"");
        scene.Write("collection.toml", ReplaceFirst(manifest, "description = \"Old words\"", "description = \"My words\""));
        Assert.Equal(("My words", "mine"), (Artifact(scene).Description, Artifact(scene).Tags[0]));
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", WithFields(New)));

        await scene.UpdateOneAsync();

        AssertIs(scene, "My words", "Apache-2.0", "Bea", "2.0.0", null, "new", null, ["mine", "two", "three"]);
    }

    [Fact]
    public async Task An_update_that_changes_no_field_leaves_the_rest_of_the_manifest_alone()
    {
        await using var scene = await StartAsync();
        await AddOldAsync(scene);
        var manifest = scene.Read("collection.toml").Replace("category = \"old\"", "category = \"mine\" # a comment", StringComparison.Ordinal);
        scene.Write("collection.toml", manifest);
        var second = scene.Git.Commit("2", GitChange.Write("skills/a/more.md", "more"));
        var first = Artifact(scene).ResolvedSha!;

        await scene.UpdateOneAsync();

        Assert.Equal(WithoutTimes(manifest.Replace(first, second, StringComparison.Ordinal)), WithoutTimes(scene.Read("collection.toml")));
    }

    [Fact]
    public async Task Tags_whose_line_is_gone_go_and_a_description_that_upstream_begins_to_give_comes()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", WithFields("tags: [one]")));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", WithFields("description: At last")));

        await scene.UpdateOneAsync();

        Assert.Equal("At last", Artifact(scene).Description);
        Assert.Empty(Artifact(scene).Tags);
    }

    [Fact]
    public async Task Without_the_files_as_fetched_the_users_values_stay_except_those_that_a_refresh_sets()
    {
        await using var scene = await StartAsync();
        await AddOldAsync(scene);
        var manifest = ReplaceFirst(scene.Read("collection.toml"), "\"Old title\"", "\"My title\"");
        manifest = ReplaceFirst(manifest, "\"Write\"", "\"Mine\"").Replace(Artifact(scene).ResolvedSha!, new string('1', 40), StringComparison.Ordinal);
        scene.Write("collection.toml", manifest);
        scene.Write("collection.lock", scene.Read("collection.lock").Replace(Artifact(scene).ContentHash!, new string('0', 64), StringComparison.Ordinal));
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", WithFields(New + "\ntitle: New title")));

        var entry = await scene.UpdateOneAsync(new UpdateRequest { Strategy = UpdateStrategy.TakeUpstream });

        Assert.Equal(UpdateStatus.Updated, entry.Status);
        Assert.Equal(("New words", "My title"), (Artifact(scene).Description, Artifact(scene).Title));
        Assert.Equal(["Read", "Mine"], Artifact(scene).Tools);
    }

    [Fact]
    public async Task A_licence_of_the_users_own_stays_when_upstream_begins_to_give_one()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", WithFields("description: Words")));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Write("collection.toml", ReplaceFirst(scene.Read("collection.toml"), "description = \"Words\"", "description = \"Words\"\nlicense = \"Mine\""));
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", WithFields("description: Words\nlicense: MIT")));

        await scene.UpdateOneAsync();

        Assert.Equal("Mine", Artifact(scene).License);
    }

    // The copy of the front matter comes later.
    private static string ReplaceFirst(string text, string old, string @new) => text.IndexOf(old, StringComparison.Ordinal) is var at ? text[..at] + @new + text[(at + old.Length)..] : text;

    private static async Task AddOldAsync(UpdateScene scene)
    {
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", WithFields(Old)));
        await scene.AddAsync($"{Repo}/skills/a");
        AssertIs(scene, "Old words", "MIT", "Ann", "1.0.0", "Old title", "old", true, ["one", "two"]);
    }

    private static string WithFields(string fields) => $"---\nname: a\n{fields}\n---\n\n# a\n\none\n\ntwo\n\nthree\n";

    private static Artifact Artifact(UpdateScene scene) => CollectionStore.Open(scene.Home).Read().Find("a");

    private static void AssertIs(UpdateScene scene, string description, string license, string author, string version, string? title, string category, bool? deprecated, IReadOnlyList<string> tags)
    {
        var artifact = Artifact(scene);
        Assert.Equal((description, license, author, version, title, category, deprecated), (artifact.Description, artifact.License, artifact.Author, artifact.Version, artifact.Title, artifact.Category, artifact.Deprecated));
        Assert.Equal(tags, artifact.Tags);
    }

    private static async Task<RefreshStatus> RefreshAsync(UpdateScene scene)
    {
        var store = scene.Open();
        using var session = scene.Connect(store);
        return Assert.Single((await new CollectionRefresher(store, session).RefreshAsync(new RefreshRequest(), Cancellation)).Entries).Status;
    }

    private static IEnumerable<string> WithoutTimes(string manifest) => manifest.Split('\n').Where(line => !line.StartsWith("updated", StringComparison.Ordinal) && !line.StartsWith("last_updated", StringComparison.Ordinal));
}
