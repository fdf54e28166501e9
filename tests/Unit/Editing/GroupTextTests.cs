using SkillMeat.Editing;
using Xunit;
using static SkillMeat.Tests.Editing.EditScene;

namespace SkillMeat.Tests.Editing;

/// <summary>Edits of groups change the lines that they concern, and no others.</summary>
public sealed class GroupTextTests
{
    private const string Two = """

        # about the first
        [[groups]]
        name = "One" # mine
        color = "slate"
        position = 0
        shade = "dark"
        members = [
            "skill:a1", # why
            # above
            "skill:a2",
        ]
        # below the first

        [groups.extra]
        kept = true

        # free-standing

        # about the second
        [[groups]]
        name = "Two"
        description = ""
        position = 1
        members = []

        """;

    [Fact]
    public async Task A_new_group_has_the_keys_that_Python_writes()
    {
        using var scene = new EditScene("");
        await scene.EditAsync(Group(EditAction.Create, "New", "a2", "skill:a1"));
        Assert.Equal("\n[[groups]]\nname = \"New\"\ndescription = \"\"\ncolor = \"\"\nicon = \"\"\nposition = 0\nmembers = [\n    \"skill:a2\",\n    \"skill:a1\",\n]\n", scene.Text);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Groups_move_with_their_comments_and_sub_tables(string newLine)
    {
        using var scene = new EditScene(Two, newLine);
        await scene.EditAsync(Group(EditAction.Order, "", "Two"));
        var expected = """

            # about the second
            [[groups]]
            name = "Two"
            description = ""
            position = 0
            members = []

            # free-standing

            # about the first
            [[groups]]
            name = "One" # mine
            color = "slate"
            position = 1
            shade = "dark"
            members = [
                "skill:a1", # why
                # above
                "skill:a2",
            ]
            # below the first

            [groups.extra]
            kept = true

            """;
        Assert.Equal(Lines(expected.ReplaceLineEndings(newLine)), Lines(scene.Text));
        Assert.Equal(["Two", "One"], scene.Collection.Groups);
        Assert.Equal(newLine == "\r\n", !scene.Whole.Replace("\r\n", "", StringComparison.Ordinal).Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Moving_a_group_there_and_back_leaves_the_text_as_it_was()
    {
        using var scene = new EditScene(Two);
        var before = scene.Text;
        await scene.EditAsync(Group(EditAction.Order, "", "Two"));
        await scene.EditAsync(Group(EditAction.Order, "", "One"));
        Assert.Equal(Lines(before), Lines(scene.Text));
    }

    [Fact]
    public async Task Members_take_their_comments_along()
    {
        using var scene = new EditScene(Two);
        await scene.EditAsync(Group(EditAction.AddMembers, "One", "a3", "a2") with { Position = 0 });
        Assert.Contains("members = [\n    \"skill:a3\",\n    # above\n    \"skill:a2\",\n    \"skill:a1\", # why\n]", scene.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_keys_and_comments_stay_when_values_change()
    {
        using var scene = new EditScene(Two);
        await scene.EditAsync(new ManifestEdit(ManifestList.Groups, EditAction.Set, "one") { NewName = "Eins", Values = Values("color", "#3b82f6") });
        Assert.Equal(Two.ReplaceLineEndings("\n").Replace("\"One\"", "\"Eins\"", StringComparison.Ordinal).Replace("slate", "#3b82f6", StringComparison.Ordinal), scene.Text);
    }

    [Theory]
    [InlineData("groups = [{ name = \"One\", position = 0 }, { name = \"Two\", position = 1 }]\n", "groups = [{ name = \"Two\", position = 0 }, { name = \"One\", position = 1 }]\n")]
    [InlineData(
        "groups = [\n  { name = \"One\", position = 0 }, # first\n  # above\n  { name = \"Two\", position = 1 },\n]\n", "groups = [\n  # above\n  { name = \"Two\", position = 0 },\n  { name = \"One\", position = 1 }, # first\n]\n")]
    public async Task Inline_groups_move_too(string text, string expected)
    {
        using var scene = new EditScene("");
        scene.Home.Write(scene.Home.Manifest, text + scene.Whole);
        await scene.EditAsync(Group(EditAction.Order, "", "Two"));
        Assert.StartsWith(expected, scene.Whole, StringComparison.Ordinal);
        Assert.Equal(["Two", "One"], scene.Collection.Groups);
    }

    [Fact]
    public async Task Groups_with_other_tables_between_their_lines_are_not_torn_apart()
    {
        using var scene = new EditScene("\n[[groups]]\nname = \"One\"\n\n[other]\nx = 1\n\n[groups.sub]\ny = 1\n\n[[groups]]\nname = \"Two\"\n");
        var before = scene.Whole;
        var error = await Assert.ThrowsAsync<SkillMeat.Errors.DataFileException>(() => scene.EditAsync(Group(EditAction.Order, "", "Two")));
        Assert.Contains("move them apart", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, scene.Whole);
    }

    [Fact]
    public async Task Groups_apart_from_each_other_change_places()
    {
        using var scene = new EditScene("\n[[groups]]\nname = \"One\"\n# below\n\n[other]\nx = 1\n\n[[groups]]\nname = \"Two\"\n# end");
        await scene.EditAsync(Group(EditAction.Order, "", "Two"));
        Assert.Equal("\n[[groups]]\nname = \"Two\"\nposition = 0\n# end\n\n[other]\nx = 1\n\n[[groups]]\nname = \"One\"\nposition = 1\n# below\n", scene.Text.TrimEnd('\n') + "\n");
    }

    private static string Lines(string text) => text.TrimEnd('\r', '\n');
}
