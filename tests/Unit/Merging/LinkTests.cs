using SkillMeat.Merging;
using SkillMeat.Objects.Trees;
using Xunit;

namespace SkillMeat.Tests.Merging;

/// <summary>Symbolic links.</summary>
public sealed class LinkTests : TreeMergeScene
{
    [Fact]
    public void A_link_thatUpstream_points_elsewhere_follows_and_nobody_reads_what_it_points_at()
    {
        foreach (var tree in (SampleTree[])[Base, Local, Upstream]) tree.Link("latest", "v1");
        Upstream.Link("latest", "v2");
        Assert.Equal(new PlannedFile("latest", TreeEntryKind.Link, FileSource.Upstream, "latest"), Assert.Single(PlanUnread().Files));
        Local.Link("latest", "v3");
        var conflict = Assert.Single(PlanUnread().Conflicts);
        Assert.Equal((ConflictKind.Content, "Both sides made the link point elsewhere, and not in the same way."), (conflict.Kind, conflict.Reason));
    }

    [Fact]
    public void A_file_that_became_a_link_conflicts_with_an_edit_of_it()
    {
        Everywhere("a", Text);
        Local["a"] = LocalText;
        Upstream.Link("a", "b");
        Assert.Equal((ConflictKind.Mode, "It is a file here and a link upstream."), (OnlyConflict().Kind, OnlyConflict().Reason));
        Local["a"] = Text;
        Assert.Equal(TreeEntryKind.Link, Assert.Single(CleanPlan().Files).Kind);
    }

    [Fact]
    public void A_link_is_no_rename_of_a_file_with_the_same_bytes()
    {
        Everywhere("a", "target");
        Local["a"] = "edited";
        Upstream.Remove("a").Link("b", "target");
        Assert.Equal(ConflictKind.DeleteModify, OnlyConflict().Kind);
    }
}
