using SkillMeat.Merging;
using SkillMeat.Objects.Trees;
using Xunit;

namespace SkillMeat.Tests.Merging;

/// <summary>An artifact on the three sides of a merge, all of them empty at first.</summary>
public abstract class TreeMergeScene
{
    private protected const string Text = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";
    private protected const string LocalText = "ONE\ntwo\nthree\nfour\nfive\nsix\nseven\n";
    private protected const string UpstreamText = "one\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n";
    private protected const string BothTexts = "ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n";

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected SampleTree Base { get; } = new();

    private protected SampleTree Local { get; } = new();

    private protected SampleTree Upstream { get; } = new();

    private protected void Everywhere(string path, string text) => Base[path] = Local[path] = Upstream[path] = text;

    private protected void Edited(string path)
    {
        Base[path] = Text;
        Local[path] = LocalText;
        Upstream[path] = UpstreamText;
    }

    private protected MergePlan Plan() => TreeMerge.Plan(SampleTree.Input(Base, Local, Upstream), Token);

    /// <summary>Plans the merge of files whose contents cannot be read.</summary>
    private protected MergePlan PlanUnread() => TreeMerge.Plan(Unread(Base.Files()), Token);

    private protected MergeInput Unread(IReadOnlyDictionary<string, TreeEntry> baseFiles) =>
        new(baseFiles, Local.Files(), Upstream.Files(), _ => throw new InvalidOperationException("A content was read."));

    private protected SampleTree Result() => SampleTree.Apply(Plan(), Local, Upstream);

    private protected MergePlan CleanPlan()
    {
        var plan = Plan();
        Assert.Empty(plan.Conflicts);
        return plan;
    }

    private protected SampleTree CleanResult() => SampleTree.Apply(CleanPlan(), Local, Upstream);

    private protected FileConflict OnlyConflict() => Assert.Single(Plan().Conflicts);
}
