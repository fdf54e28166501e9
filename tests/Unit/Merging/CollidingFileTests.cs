using SkillMeat.Merging;
using Xunit;

namespace SkillMeat.Tests.Merging;

/// <summary>Different files that come to the same path, or to paths that exclude each other.</summary>
public sealed class CollidingFileTests : TreeMergeScene
{
    [Fact]
    public void Upstreams_rename_to_the_name_of_aLocal_file_conflicts_and_bothLocal_files_stay()
    {
        Everywhere("old.md", Text);
        Local["new.md"] = "mine\n";
        Upstream.Remove("old.md")["new.md"] = Text;
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.AddAdd, "new.md"), (conflict.Kind, conflict.Path));
        Assert.Equal(Local.ToString(), Result().ToString());
    }

    [Fact]
    public void Two_files_that_become_one_by_renames_of_both_sides_conflict()
    {
        Everywhere("a.md", Text);
        Everywhere("b.md", "other\ntext\n");
        Local.Remove("a.md")["c.md"] = Text;
        Upstream.Remove("b.md")["c.md"] = "other\ntext\n";
        var conflict = OnlyConflict();
        Assert.Equal((ConflictKind.AddAdd, "c.md", "b.md"), (conflict.Kind, conflict.Path, conflict.BasePath));
        Assert.Equal(Local.ToString(), Result().ToString());
    }

    [Fact]
    public void A_file_whereUpstream_has_a_folder_conflicts()
    {
        Local["tool"] = "mine\n";
        Upstream["tool/a.md"] = "new\n";
        Upstream["tool/b.md"] = "newer\n";
        var conflict = OnlyConflict();
        Assert.Equal(("tool", ConflictKind.FileFolder, "'tool' is a file here and a folder upstream."), (conflict.Path, conflict.Kind, conflict.Reason));
        Assert.Equal(Local.ToString(), Result().ToString());
    }

    [Fact]
    public void A_folder_whereUpstream_has_a_file_conflicts_when_somethingLocal_is_left_in_it()
    {
        Everywhere("tool/a.md", Text);
        Local["tool/notes.md"] = "mine\n";
        Upstream.Remove("tool/a.md")["tool"] = "another thing\n";
        var conflict = OnlyConflict();
        Assert.Equal(("tool", ConflictKind.FileFolder, "'tool' is a folder here and a file upstream."), (conflict.Path, conflict.Kind, conflict.Reason));
        Assert.Equal("mine\n", Result()["tool/notes.md"]);
    }

    [Fact]
    public void A_folder_thatUpstream_replaced_by_a_file_is_replaced_when_nothingLocal_is_in_it()
    {
        Everywhere("tool/a.md", Text);
        Upstream.Remove("tool/a.md")["tool"] = "another thing\n";
        Assert.Equal(["tool"], CleanResult().Paths);
    }

    [Theory]
    [InlineData("README.md", "Readme.md")]
    [InlineData("docs", "Docs/a.md")]
    [InlineData("Docs/a.md", "docs")]
    public void Names_of_different_sides_that_differ_only_in_case_conflict(string here, string there)
    {
        Local[here] = "mine\n";
        Upstream[there] = "another\n";
        Assert.Equal(ConflictKind.CaseCollision, OnlyConflict().Kind);
        Assert.Equal(Local.ToString(), Result().ToString());
    }

    [Fact]
    public void Names_that_differ_only_in_case_and_areUpstream_together_areUpstreams_affair()
    {
        Everywhere("README.md", Text);
        Local["README.md"] = LocalText;
        Upstream["readme.md"] = "another\n";
        Assert.Equal(["README.md", "readme.md"], CleanResult().Paths);
    }
}
