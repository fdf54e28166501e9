using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace SkillMeat.Tests.Toml;

public sealed class TomlPropertyTests
{
    private static readonly Arbitrary<int> _seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void After_any_edits_the_text_means_what_the_model_says() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(800), Prop.ForAll(_seeds, seed => new RandomEdits(seed).Run()));
}
