using SkillMeat.Loader;
using Xunit;

namespace SkillMeat.Tests.Loader;

/// <summary>The shortening of values in views.</summary>
public sealed class ViewTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(59, "just now")]
    [InlineData(-60, "just now")]
    [InlineData(-3600, "2026-11-25")]
    [InlineData(60, "1 minute ago")]
    [InlineData(3599, "59 minutes ago")]
    [InlineData(3600, "1 hour ago")]
    [InlineData(86_399, "23 hours ago")]
    [InlineData(86_400, "1 day ago")]
    [InlineData(29 * 86_400, "29 days ago")]
    [InlineData(30 * 86_400, "2026-10-26")]
    public void A_time_is_said_as_people_say_it(int secondsAgo, string text) => Assert.Equal(text, ViewText.Ago(Now.AddSeconds(-secondsAgo), Now));

    [Fact]
    public void A_time_of_another_zone_is_the_same_time() => Assert.Equal("2 hours ago", ViewText.Ago(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.FromHours(2)), Now));

    [Fact]
    public void A_missing_value_is_empty() => Assert.Equal(("", ""), (ViewText.Ago(null, Now), ViewText.ShortSha(null)));

    [Theory]
    [InlineData("0123456789abcdef", "01234567")]
    [InlineData("0123", "0123")]
    [InlineData("\u001b[31m0123456", " [31m012")]
    public void A_commit_is_as_short_as_gits(string sha, string text) => Assert.Equal(text, ViewText.ShortSha(sha));

    [Theory]
    [InlineData(null, "")]
    [InlineData("a long word", "a\nlong\nword")]
    [InlineData("a b c longer", "a b c\nlong…")]
    [InlineData("abc😀ef", "abc…")]
    public void Text_is_wrapped_between_words(string? text, string lines) => Assert.Equal(lines, ViewText.Wrap(text, 5));

    [Theory]
    [InlineData(null, "")]
    [InlineData("a/b", "a/b")]
    [InlineData("home/collections", "…ctions")]
    [InlineData("ab😀cdefgh", "…cdefgh")]
    [InlineData("a😀bcdefg", "…bcdefg")]
    public void A_path_shows_its_end(string? path, string end) => Assert.Equal(end, ViewText.End(path, 7));

    [Theory]
    [InlineData(null, "")]
    [InlineData("-a\t1\n+\u001b[31mb\r\n", "-a\t1\n+ [31mb \n")]
    public void Lines_stay_lines_and_are_nothing_that_a_terminal_obeys(string? text, string lines) => Assert.Equal(lines, ViewText.Lines(text));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 KB")]
    [InlineData(5 * 1024 * 1024, "5.0 MB")]
    public void A_size_is_in_its_unit(long bytes, string text) => Assert.Equal(text, ViewText.Size(bytes));
}
