using FsCheck;
using FsCheck.Fluent;
using SkillMeat.Collections;
using Xunit;

namespace SkillMeat.Tests.Collections;

/// <summary>Names that are valid on Windows, macOS and Linux.</summary>
public sealed class PortableNameTests
{
    [Theory]
    [InlineData("con")]
    [InlineData("CON")]
    [InlineData("aux.md")]
    [InlineData("aux .tar.gz")]
    [InlineData("Nul.")]
    [InlineData("com1")]
    [InlineData("com\u00b2.txt")]
    [InlineData("lpt9.md")]
    [InlineData("conin$")]
    [InlineData("dot.")]
    [InlineData("space ")]
    [InlineData("a:b")]
    [InlineData("why?")]
    [InlineData("a*")]
    [InlineData("a\\b")]
    [InlineData("\"quoted\"")]
    [InlineData("<tag>")]
    [InlineData("a|b")]
    [InlineData("tab\there")]
    public void A_name_that_some_system_can_not_hold_has_a_reason(string name) => Assert.NotNull(PortableName.DescribeProblem(name));

    [Theory]
    [InlineData("SKILL.md")]
    [InlineData(".gitignore")]
    [InlineData("console")]
    [InlineData("com")]
    [InlineData("com10")]
    [InlineData("auxiliary.md")]
    [InlineData("my.con")]
    [InlineData(" leading space")]
    [InlineData("l'\u00e9t\u00e9 \u2013 \u65e5\u672c (1).md")]
    public void Other_names_have_none(string name) => Assert.Null(PortableName.DescribeProblem(name));

    [Theory]
    [InlineData("Foo", "foo")]
    [InlineData("\u00e9t\u00e9", "e\u0301te\u0301")]
    [InlineData("\u00c9", "e\u0301")]
    [InlineData("\u1ec7", "e\u0323\u0302")]
    [InlineData("\u1ec7", "e\u0302\u0323")]
    [InlineData("\ud55c\uae00", "\u1112\u1161\u11ab\u1100\u1173\u11af")]
    [InlineData("a/\u00c4.md", "A/a\u0308.MD")]
    public void Names_that_are_one_elsewhere_have_one_key(string one, string other) => Assert.Equal(PortableName.Key(one), PortableName.Key(other));

    [Theory]
    [InlineData("foo", "fo")]
    [InlineData("e", "\u00e9")]
    [InlineData("\u00e9", "\u00e8")]
    [InlineData("a/b", "ab")]
    public void Other_names_have_keys_of_their_own(string one, string other) => Assert.NotEqual(PortableName.Key(one), PortableName.Key(other));

    [Fact]
    public void A_key_is_the_key_of_itself_and_of_the_name_in_the_other_case() => Prop.ForAll(Names(), name =>
    {
        Assert.Equal(PortableName.Key(name), PortableName.Key(PortableName.Key(name)));
        Assert.Equal(PortableName.Key(name), PortableName.Key(name.ToUpperInvariant()));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Paths_are_named_with_what_they_collide_with()
    {
        var problems = PortableName.FindProblems(["docs", "docs/Foo.md", "docs/foo.md", "docs/aux.md", "Docs2", "other/foo.md"]).ToList();

        Assert.Equal(["docs/foo.md", "docs/aux.md"], problems.Select(problem => problem.Path));
        Assert.Contains("'docs/Foo.md'", problems[0].Problem, StringComparison.Ordinal);
        Assert.Contains("device", problems[1].Problem, StringComparison.Ordinal);
    }

    private static Arbitrary<string> Names() => Gen.ArrayOf(Gen.Elements('a', 'B', '\u00e9', '\u0301', '\u0323', '\u1ec7', '\u00df', '\u0130', '\uac01', '\u0344', '.', ' ')).Select(letters => new string(letters)).ToArbitrary();
}
