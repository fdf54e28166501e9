using SkillMeat.Merging;
using Xunit;

namespace SkillMeat.Tests.Merging;

/// <summary>Merges whose base is not known.</summary>
public sealed class UnknownBaseTests : TreeMergeScene
{
    [Fact]
    public void Without_aBase_what_differs_conflicts_and_what_one_side_has_alone_is_there()
    {
        Local["same"] = Upstream["same"] = Text;
        Local["both"] = LocalText;
        Upstream["both"] = UpstreamText;
        Local["here"] = "here\n";
        Upstream["there"] = "there\n";
        var plan = TreeMerge.Plan(SampleTree.Input(null, Local, Upstream), Token);
        Assert.Equal(["both", "here", "same", "there"], plan.Files.Select(file => file.Path));
        var conflict = Assert.Single(plan.Conflicts);
        Assert.Equal(("both", ConflictKind.UnknownBase), (conflict.Path, conflict.Kind));
        Assert.Equal(2, conflict.Lines.Count);
        Assert.Equal(LocalText, SampleTree.Apply(plan, Local, Upstream)["both"]);
    }

    [Fact]
    public void Without_aBase_an_empty_file_differs_too()
    {
        Local["a"] = Text;
        Upstream["a"] = "";
        Assert.Equal(ConflictKind.UnknownBase, Assert.Single(TreeMerge.Plan(SampleTree.Input(null, Local, Upstream), Token).Conflicts).Kind);
    }
}
