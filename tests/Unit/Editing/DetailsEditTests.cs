using SkillMeat.Editing;
using SkillMeat.Errors;
using SkillMeat.Snapshots;
using Xunit;
using static SkillMeat.Tests.Editing.EditScene;

namespace SkillMeat.Tests.Editing;

/// <summary>Edits of the details of artifacts: tags and texts.</summary>
public sealed class DetailsEditTests
{
    private const string Odd = "\n# mine\n[[artifacts]] # odd\nname = 'odd'\ntype = \"skill\"\npath = \"skills/odd\"\norigin = \"local\"\nadded = \"2026-01-01T00:00:00\"\nmine = 5 # stays\n"
        + "tags = [\n    \"one\", # first\n    \"two\",\n]\n\n[artifacts.metadata]\ntags = [\"three\"]\nunknown = { a = 1 }\ntitle = 'Old' # the title\n\n[artifacts.metadata.extra]\nother = true\n\n[artifacts.metadata.extra.metadata]\ncategory = \"docs\"\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Texts_are_set_and_removed_and_everything_else_keeps_its_bytes()
    {
        using var scene = new EditScene(Odd);
        var before = scene.Text;
        var result = await EditAsync(scene, new DetailsEdit("odd") { Values = new Dictionary<string, string?> { ["title"] = "New \"title\"", ["author"] = "Ada", ["category"] = "tools" } });
        Assert.Equal(
            before.Replace("title = 'Old' # the title\n", "title = \"New \\\"title\\\"\" # the title\nauthor = \"Ada\"\n", StringComparison.Ordinal)
                .Replace("other = true\n", "other = true\ncategory = \"tools\"\n", StringComparison.Ordinal),
            scene.Text);
        var edited = result.After.Find("odd");
        Assert.Equal(("New \"title\"", "Ada", "tools"), (edited.Title, edited.Author, edited.Category));
        Assert.Equal(scene.Collection.Find("odd"), edited);
        await EditAsync(scene, new DetailsEdit("skill:odd") { Values = new Dictionary<string, string?> { ["title"] = null, ["author"] = "", ["category"] = " " } });
        var removed = scene.Collection.Find("odd");
        Assert.Equal((null, null, null), (removed.Title, removed.Author, removed.Category));
        Assert.Contains("unknown = { a = 1 }", scene.Text, StringComparison.Ordinal);
        Assert.Contains("mine = 5 # stays", scene.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_are_replaced_added_and_removed()
    {
        using var scene = new EditScene(Odd);
        await EditAsync(scene, new DetailsEdit("odd") { AddedTags = ["four", "one"], RemovedTags = ["two", "nothing"] });
        Assert.Equal(["one", "three", "four"], scene.Collection.Find("odd").Tags);
        Assert.Contains("    \"one\", # first\n", scene.Text, StringComparison.Ordinal);
        await EditAsync(scene, new DetailsEdit("odd") { Tags = ["b", "a", "b"], AddedTags = ["c"] });
        Assert.Equal(["b", "a", "c"], scene.Collection.Find("odd").Tags);
        await EditAsync(scene, new DetailsEdit("odd") { Tags = [] });
        Assert.Empty(scene.Collection.Find("odd").Tags);
        // It has no upstream that could bring them back.
        Assert.DoesNotContain("tags_removed", scene.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_ends_of_Windows_stay()
    {
        using var scene = new EditScene(Odd, "\r\n");
        await EditAsync(scene, new DetailsEdit("odd") { Values = Values("description", "New"), AddedTags = ["x"] });
        Assert.DoesNotContain("\n", scene.Whole.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("New", scene.Collection.Find("odd").Description);
    }

    [Fact]
    public async Task Several_edits_are_one_transaction_that_can_be_undone()
    {
        using var scene = new EditScene("");
        var before = File.ReadAllBytes(scene.Home.Manifest);
        var result = await EditAsync(scene, new DetailsEdit("a1") { AddedTags = ["x"] }, new DetailsEdit("a2") { AddedTags = ["x"] }, new DetailsEdit("a1") { AddedTags = ["y"] });
        Assert.Equal(["x", "y"], result.After.Find("a1").Tags);
        var taken = Assert.Single(new CollectionSnapshots(scene.Store).List(null).Snapshots);
        Assert.Equal((result.SnapshotId, "pre-edit", "Before edits of 2 artifacts"), (taken.SnapshotId, taken.Kind, taken.Message));
        await new CollectionSnapshots(scene.Store).RestoreAsync(null, taken.SnapshotId, [], TimeSpan.FromSeconds(9), Cancellation);
        Assert.Equal(before, File.ReadAllBytes(scene.Home.Manifest));
        await EditAsync(scene, new DetailsEdit("a1") { AddedTags = ["x"] });
        Assert.Equal("Before edit of skill:a1", new CollectionSnapshots(scene.Store).List(null).Snapshots[0].Message);
    }

    [Fact]
    public async Task What_changes_nothing_writes_nothing()
    {
        using var scene = new EditScene(Odd);
        var before = scene.Home.Tree();
        var result = await EditAsync(
            scene,
            new DetailsEdit("odd") { Values = new Dictionary<string, string?> { ["title"] = "Old", ["author"] = null, ["category"] = "docs" }, Tags = ["one", "two", "three"], RemovedTags = ["zero"] },
            new DetailsEdit("a1"));
        Assert.False(result.IsChanged);
        Assert.Null(result.SnapshotId);
        Assert.Equal(before, scene.Home.Tree());
    }

    [Fact]
    public async Task A_dry_run_changes_nothing_and_tells_the_outcome()
    {
        using var scene = new EditScene(Odd);
        var before = scene.Home.Tree();
        var result = await new ManifestEditor(scene.Store).EditAsync(new EditRequest { Details = [new DetailsEdit("a1") { Values = Values("license", "MIT"), AddedTags = ["x"] }], DryRun = true }, Cancellation);
        Assert.True(result is { IsChanged: true, DryRun: true, SnapshotId: null });
        Assert.Equal(("MIT", "x"), (result.After.Find("a1").License, result.After.Find("a1").Tags.ToString()));
        Assert.Equal(before, scene.Home.Tree());
    }

    [Theory]
    [InlineData("description", "a\u001bb", "control character")]
    [InlineData("title", "two\nlines", "control character")]
    [InlineData("description", "two\rlines", "control character")]
    [InlineData("title", "a\u0085b", "control character")]
    [InlineData("origin", "github", "has no 'origin' that can be edited")]
    [InlineData("upstream", "x/y", "has no 'upstream' that can be edited")]
    [InlineData("resolved_sha", "0", "has no 'resolved_sha' that can be edited")]
    [InlineData("Title", "x", "has no 'Title' that can be edited")]
    public async Task A_bad_value_is_refused(string key, string value, string text) =>
        await AssertRefusedAsync(new DetailsEdit("odd") { Values = Values(key, value) }, ErrorIds.InvalidArgument, text);

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" x", "begins or ends with a space")]
    [InlineData("a\tb", "control character")]
    [InlineData("a\u202eb", "hidden character")]
    public async Task A_bad_tag_is_refused(string tag, string text)
    {
        await AssertRefusedAsync(new DetailsEdit("odd") { AddedTags = [tag] }, ErrorIds.InvalidArgument, text);
        await AssertRefusedAsync(new DetailsEdit("odd") { Tags = ["one", tag] }, ErrorIds.InvalidArgument, text);
    }

    [Fact]
    public async Task Half_of_a_surrogate_pair_a_long_text_and_a_contradiction_are_refused()
    {
        await AssertRefusedAsync(new DetailsEdit("odd") { Values = Values("author", "a\ud800") }, ErrorIds.InvalidArgument, "surrogate");
        await AssertRefusedAsync(new DetailsEdit("odd") { AddedTags = ["\udc00"] }, ErrorIds.InvalidArgument, "surrogate");
        await AssertRefusedAsync(new DetailsEdit("odd") { Values = Values("author", new string('a', 10_001)) }, ErrorIds.InvalidArgument, "more than 10000");
        await AssertRefusedAsync(new DetailsEdit("odd") { AddedTags = ["x"], RemovedTags = ["x"] }, ErrorIds.InvalidArgument, "both added and removed");
        await AssertRefusedAsync(new DetailsEdit("ood") { AddedTags = ["x"] }, ErrorIds.ArtifactNotFound, "Did you mean");
    }

    [Fact]
    public async Task A_tag_that_is_odd_already_can_stay()
    {
        using var scene = new EditScene(Odd.Replace("\"two\"", "\" two\"", StringComparison.Ordinal));
        await EditAsync(scene, new DetailsEdit("odd") { Tags = [" two", "new"] });
        Assert.Equal([" two", "new"], scene.Collection.Find("odd").Tags);
    }

    [Fact]
    public async Task A_stale_edit_sees_every_detail_under_the_lock()
    {
        using var scene = new EditScene(Odd);
        var seen = scene.Collection.Find("odd");
        Assert.True(Assert.IsType<bool>(seen.Extra["other"]));
        var request = new EditRequest { Details = [new DetailsEdit("odd") { AddedTags = ["x"] }], Expects = read => read.Find("odd").Equals(seen) && read.Find("odd").Extra.Equals(seen.Extra) };
        await new ManifestEditor(scene.Store).EditAsync(request, Cancellation);
        var before = scene.Whole;
        var error = await Assert.ThrowsAsync<SkillMeatException>(() => new ManifestEditor(scene.Store).EditAsync(request, Cancellation));
        Assert.Equal(ErrorIds.StaleEdit, error.ErrorId);
        Assert.Equal(before, scene.Whole);
    }

    [Fact]
    public async Task Thirty_edits_at_once_are_all_made()
    {
        using var scene = new EditScene(Odd);
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(() => EditAsync(scene, new DetailsEdit("odd") { AddedTags = [$"t{i}"] }))));
        Assert.Equal(33, scene.Collection.Find("odd").Tags.Count);
    }

    private static Task<EditResult> EditAsync(EditScene scene, params DetailsEdit[] edits) => new ManifestEditor(scene.Store).EditAsync(new EditRequest { Details = edits }, Cancellation);

    private static async Task AssertRefusedAsync(DetailsEdit edit, string id, string text)
    {
        using var scene = new EditScene(Odd);
        var before = scene.Home.Tree();
        var error = await Assert.ThrowsAsync<SkillMeatException>(() => EditAsync(scene, new DetailsEdit("a1") { AddedTags = ["fine"] }, edit));
        Assert.Equal(id, error.ErrorId);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, scene.Home.Tree());
    }
}
