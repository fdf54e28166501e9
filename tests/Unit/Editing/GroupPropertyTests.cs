using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace SkillMeat.Tests.Editing;

public sealed class GroupPropertyTests
{
    [Fact]
    public void After_any_edits_the_groups_are_what_the_model_says() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => new RandomGroupEdits(seed).RunAsync().GetAwaiter().GetResult()));
}
