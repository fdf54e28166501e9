using SkillMeat.Editing;
using SkillMeat.Errors;
using SkillMeat.Removals;
using SkillMeat.Snapshots;
using Xunit;
using static SkillMeat.Tests.Editing.EditScene;

namespace SkillMeat.Tests.Editing;

public sealed class GroupEditTests
{
    private const string Groups = "\n[[groups]]\nname = \"One\"\nposition = 0\nmembers = [\"skill:a1\", \"Skill::a2\", \"skill:gone\", \"a3\"]\n\n[[groups]]\nname = \"Two\"\nmembers = [\"skill:a1\"]\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_edit_can_be_undone_from_its_snapshot()
    {
        using var scene = new EditScene(Groups);
        var before = File.ReadAllBytes(scene.Home.Manifest);
        var result = await scene.EditAsync(Group(EditAction.Remove, "One"));
        Assert.Equal(["Two"], scene.Collection.Groups);
        Assert.Equal(4, scene.Collection.ArtifactCount);
        var taken = Assert.Single(new CollectionSnapshots(scene.Store).List(null).Snapshots);
        Assert.Equal((result.SnapshotId, "pre-edit", "Before removal of group 'One'"), (taken.SnapshotId, taken.Kind, taken.Message));
        Assert.False(taken.HasArtifacts());
        await new CollectionSnapshots(scene.Store).RestoreAsync(null, taken.SnapshotId, [], TimeSpan.FromSeconds(9), Cancellation);
        Assert.Equal(before, File.ReadAllBytes(scene.Home.Manifest));
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_writes_nothing()
    {
        using var scene = new EditScene(Groups);
        var before = scene.Home.Tree();
        var result = await scene.EditAsync(Group(EditAction.AddMembers, "One", "a1", "a2", "a3"), new ManifestEdit(ManifestList.Groups, EditAction.Set, "One") { NewName = "One" });
        Assert.False(result.IsChanged);
        Assert.Null(result.SnapshotId);
        Assert.Equal(before, scene.Home.Tree());
    }

    [Fact]
    public async Task A_dry_run_changes_nothing_and_tells_the_outcome()
    {
        using var scene = new EditScene(Groups);
        var before = scene.Home.Tree();
        var request = new EditRequest { Edits = [Group(EditAction.Create, "Three", "a4")], DryRun = true };
        var result = await new ManifestEditor(scene.Store).EditAsync(request, Cancellation);
        Assert.True(result is { IsChanged: true, DryRun: true, SnapshotId: null });
        Assert.Equal(["skill:a4"], result.After.FindGroup("three").Members);
        Assert.Equal(before, scene.Home.Tree());
    }

    [Fact]
    public async Task A_member_that_is_gone_is_shown_as_missing_until_it_is_removed()
    {
        using var scene = new EditScene(Groups);
        Assert.Equal(["skill:gone"], scene.Collection.FindGroup("one").MissingMembers);
        await scene.EditAsync(Group(EditAction.AddMembers, "One", "a4") with { Position = 1 });
        Assert.Equal(["skill:a1", "skill:a4", "Skill::a2", "skill:gone", "a3"], scene.Collection.FindGroup("one").Members);
        await scene.EditAsync(Group(EditAction.RemoveMembers, "One", "gone", "skill:a2"));
        Assert.Equal(["skill:a1", "skill:a4", "a3"], scene.Collection.FindGroup("one").Members);
        Assert.Empty(scene.Collection.FindGroup("one").MissingMembers);
    }

    [Fact]
    public async Task A_removed_artifact_leaves_all_its_groups()
    {
        using var scene = new EditScene(Groups);
        await new ArtifactRemover(scene.Store).RemoveAsync(new RemoveRequest { Artifacts = ["a1", "a2"] }, Cancellation);
        Assert.Equal(["skill:gone", "a3"], scene.Collection.FindGroup("One").Members);
        Assert.Empty(scene.Collection.FindGroup("Two").Members);
    }

    [Theory]
    [InlineData(EditAction.Create, "one", ErrorIds.EntryExists, "already has a group 'One'")]
    [InlineData(EditAction.Set, "Owe", ErrorIds.EntryNotFound, "Did you mean 'One'?")]
    [InlineData(EditAction.Create, "", ErrorIds.InvalidArgument, "is empty")]
    [InlineData(EditAction.Create, " x", ErrorIds.InvalidArgument, "begins or ends with a space")]
    [InlineData(EditAction.Create, "a\u001bb", ErrorIds.InvalidArgument, "control character")]
    [InlineData(EditAction.Create, "a\u202eb", ErrorIds.InvalidArgument, "hidden character")]
    public async Task A_bad_name_is_refused(EditAction action, string name, string id, string text)
    {
        using var scene = new EditScene(Groups);
        await AssertRefusedAsync(scene, Group(action, name), id, text);
    }

    [Fact]
    public async Task Half_of_a_surrogate_pair_is_refused()
    {
        using var scene = new EditScene(Groups);
        await AssertRefusedAsync(scene, Group(EditAction.Create, "a\ud800b"), ErrorIds.InvalidArgument, "surrogate");
    }

    [Theory]
    [InlineData("color", "blue sky", "is not a color")]
    [InlineData("color", "#12345", "is not a color")]
    [InlineData("color", "slate\n", "control character")]
    [InlineData("description", "a\tb", "control character")]
    [InlineData("members", "skill:a1", "can be edited")]
    public async Task A_bad_value_is_refused(string key, string value, string text)
    {
        using var scene = new EditScene(Groups);
        await AssertRefusedAsync(scene, new ManifestEdit(ManifestList.Groups, EditAction.Set, "One") { Values = Values(key, value) }, ErrorIds.InvalidArgument, text);
    }

    [Theory]
    [InlineData("#abc")]
    [InlineData("#3B82f6")]
    [InlineData("slate")]
    [InlineData("")]
    public async Task Colors_of_Python_are_taken(string color)
    {
        using var scene = new EditScene(Groups);
        await scene.EditAsync(new ManifestEdit(ManifestList.Groups, EditAction.Set, "One") { Values = Values("color", color) });
        Assert.Equal(color, scene.Collection.FindGroup("One").Color);
    }

    [Fact]
    public async Task An_unknown_artifact_or_member_is_refused()
    {
        using var scene = new EditScene(Groups);
        await AssertRefusedAsync(scene, Group(EditAction.AddMembers, "One", "a9"), ErrorIds.ArtifactNotFound, "Did you mean");
        await AssertRefusedAsync(scene, Group(EditAction.RemoveMembers, "Two", "a2"), ErrorIds.ArtifactNotFound, "has no member 'a2'");
        await AssertRefusedAsync(scene, Group(EditAction.AddMembers, "One", "a4") with { Position = -1 }, ErrorIds.InvalidArgument, "0 or more");
    }

    [Fact]
    public async Task Members_that_are_not_strings_are_left_alone()
    {
        using var scene = new EditScene("\n[[groups]]\nname = \"One\"\nmembers = [\"skill:a1\", 3]\n");
        await AssertRefusedAsync(scene, Group(EditAction.AddMembers, "One", "a2"), ErrorIds.InvalidData, "a list of strings");
    }

    [Fact]
    public async Task A_stale_edit_is_refused_under_the_lock()
    {
        using var scene = new EditScene(Groups);
        var seen = scene.Collection.GroupDefinitions;
        await scene.EditAsync(Group(EditAction.Create, "Three"));
        var before = scene.Whole;
        var request = new EditRequest { Edits = [Group(EditAction.Remove, "One")], Expects = collection => collection.GroupDefinitions.Equals(seen) };
        var error = await Assert.ThrowsAsync<SkillMeatException>(() => new ManifestEditor(scene.Store).EditAsync(request, Cancellation));
        Assert.Equal(ErrorIds.StaleEdit, error.ErrorId);
        Assert.Equal(before, scene.Whole);
    }

    [Fact]
    public async Task An_edit_by_hand_meanwhile_is_kept()
    {
        using var scene = new EditScene(Groups);
        var calls = 0;
        var request = new EditRequest
        {
            Edits = [Group(EditAction.Create, "Three")],
            // The second call is under the lock, after the manifest was read.
            Expects = _ =>
            {
                if (++calls == 2) File.AppendAllText(scene.Home.Manifest, "# by hand\n");
                return true;
            },
        };
        await new ManifestEditor(scene.Store).EditAsync(request, Cancellation);
        Assert.Equal(3, calls);
        Assert.Contains("# by hand\n", scene.Whole, StringComparison.Ordinal);
        Assert.Equal(["One", "Two", "Three"], scene.Collection.Groups);
    }

    [Fact]
    public async Task Fifty_edits_at_once_are_all_made()
    {
        using var scene = new EditScene("");
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => scene.EditAsync(Group(EditAction.Create, $"G{i}", "a1")))));
        Assert.Equal(50, scene.Collection.Groups.Count);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long?)i), scene.Collection.GroupDefinitions.Select(group => group.Position));
    }

    [Fact]
    public async Task Servers_and_tags_are_edited_in_the_same_way()
    {
        using var scene = new EditScene("");
        await scene.EditAsync(
            new ManifestEdit(ManifestList.McpServers, EditAction.Create, "files") { Values = Values("repo", "octo/mcp"), EnvVars = Values("TOKEN", "se\ncret\u00e9") },
            new ManifestEdit(ManifestList.TagDefinitions, EditAction.Create, "My Tag!"));
        Assert.Equal(
            "\n[[mcp_servers]]\nname = \"files\"\nrepo = \"octo/mcp\"\nversion = \"latest\"\ndescription = \"\"\n\n[mcp_servers.env_vars]\nTOKEN = \"se\\ncret\u00e9\"\n\n"
            + "[[tag_definitions]]\nname = \"My Tag!\"\nslug = \"my-tag\"\ncolor = \"\"\ndescription = \"\"\n",
            scene.Text);
        Assert.Equal("se\ncret\u00e9", Assert.Single(scene.Collection.McpServers).EnvVars["TOKEN"]);
        await scene.EditAsync(new ManifestEdit(ManifestList.McpServers, EditAction.Set, "FILES") { Values = Values("version", null), EnvVars = Values("TOKEN", null) });
        Assert.DoesNotContain("env_vars", scene.Text, StringComparison.Ordinal);
        Assert.Null(Assert.Single(scene.Collection.McpServers).Version);
    }

    [Theory]
    [InlineData("My Files", "octo/mcp")]
    [InlineData("d\u00e9j\u00e0", "octo/mcp")]
    [InlineData("files\n", "octo/mcp")]
    [InlineData("files", null)]
    [InlineData("files", "")]
    [InlineData("files", "  ")]
    [InlineData("files", "octo")]
    [InlineData("files", "octo/")]
    [InlineData("files", "https://gitlab.example/octo/mcp")]
    public async Task A_server_that_Python_could_not_read_is_refused(string name, string? repo)
    {
        using var scene = new EditScene("\n[[mcp_servers]]\nname = \"odd one\"\nrepo = \"\"\n");
        var create = new ManifestEdit(ManifestList.McpServers, EditAction.Create, name) { Values = repo is null ? [] : Values("repo", repo) };
        await AssertRefusedAsync(scene, create, ErrorIds.InvalidArgument, name == "files" ? "repository" : "cannot be the name");
        var set = new ManifestEdit(ManifestList.McpServers, EditAction.Set, "odd one") { NewName = name == "files" ? null : name, Values = Values("repo", repo) };
        await AssertRefusedAsync(scene, set, ErrorIds.InvalidArgument, name == "files" ? "repository" : "cannot be the name");
        // One that is there already can be edited otherwise.
        await scene.EditAsync(new ManifestEdit(ManifestList.McpServers, EditAction.Set, "odd one") { Values = Values("description", "x") });
        await scene.EditAsync(
            new ManifestEdit(ManifestList.McpServers, EditAction.Create, "A_b-1") { Values = Values("repo", "https://github.com/octo/mcp") },
            new ManifestEdit(ManifestList.McpServers, EditAction.Create, "b") { Values = Values("repo", "octo/mcp/sub/folder") });
    }

    [Fact]
    public async Task Errors_have_no_value_of_a_variable()
    {
        using var scene = new EditScene("");
        var edit = new ManifestEdit(ManifestList.McpServers, EditAction.Create, "files") { Values = Values("repo", "octo/files"), EnvVars = Values("TOKEN", "sec\0ret") };
        var error = await Assert.ThrowsAsync<SkillMeatException>(() => scene.EditAsync(edit));
        Assert.DoesNotContain("sec", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_are_set_as_a_whole_and_keep_their_spelling()
    {
        using var scene = new EditScene("\n[[groups]]\nname = \"g\"\nmembers = [\"skill:gone\", \"a1\", \"skill:a2\", \"a2\"] # mine\n");
        await scene.EditAsync(EditScene.Group(EditAction.SetMembers, "G", "a3", "skill:a1", "skill:gone", "a3"));
        Assert.Contains("members = [\"skill:a3\", \"a1\", \"skill:gone\"] # mine", scene.Text, StringComparison.Ordinal);
        Assert.False((await scene.EditAsync(EditScene.Group(EditAction.SetMembers, "g", "skill:a3", "a1", "skill:gone"))).IsChanged);
        await AssertRefusedAsync(scene, EditScene.Group(EditAction.SetMembers, "g", "a1", "a9"), ErrorIds.ArtifactNotFound, "'a9'");
        await scene.EditAsync(EditScene.Group(EditAction.SetMembers, "g"));
        Assert.Contains("members = [] # mine", scene.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelled_name_is_answered_with_the_nearest()
    {
        using var scene = new EditScene("\n[[groups]]\nname = \"documents\"\nmembers = [\"skill:a1\"]\n");
        var error = await Assert.ThrowsAsync<SkillMeatException>(() => scene.EditAsync(EditScene.Group(EditAction.Remove, "document")));
        Assert.Equal((ErrorIds.EntryNotFound, "documents"), (error.ErrorId, error.Nearest));
    }

    private static async Task AssertRefusedAsync(EditScene scene, ManifestEdit edit, string id, string text)
    {
        var before = scene.Home.Tree();
        var error = await Assert.ThrowsAnyAsync<SkillMeatException>(() => scene.EditAsync(edit));
        Assert.Equal(id, error.ErrorId);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, scene.Home.Tree());
    }
}
