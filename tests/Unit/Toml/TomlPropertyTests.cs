using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SkillMeat.Toml;
using Xunit;

namespace SkillMeat.Tests.Toml;

public sealed class TomlPropertyTests
{
    private static readonly Arbitrary<int> _seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void After_any_edits_the_text_means_what_the_model_says() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(800), Prop.ForAll(_seeds, seed => new RandomEdits(seed).Run()));

    [Fact]
    public void Another_parser_reads_the_same_in_any_document() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(800), Prop.ForAll(_seeds, seed =>
        {
            var bytes = new RandomToml(new Random(seed)).Document();
            var text = Encoding.UTF8.GetString(bytes);
            Assert.True(ModelTable.Of(TomlDocument.Parse(bytes, "random.toml").Root).Show(true) == TomlynReader.Read(text)?.Show(true), text);
        }));
}
