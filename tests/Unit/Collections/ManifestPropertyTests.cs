using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace SkillMeat.Tests.Collections;

public sealed class ManifestPropertyTests
{
    [Fact]
    public void After_any_edits_manifest_and_lock_file_mean_what_the_model_says() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => new RandomManifestEdits(seed).Run()));
}
