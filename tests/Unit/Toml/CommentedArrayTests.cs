using SkillMeat.Toml;
using Xunit;

namespace SkillMeat.Tests.Toml;

/// <summary>Comments that somebody wrote into a list survive its changes.</summary>
public sealed class CommentedArrayTests
{
    [Theory]
    [InlineData("t = [\n    \"a\", # mine\n    \"b\",\n]\n", "a,b,c", "t = [\n    \"a\", # mine\n    \"b\",\n    \"c\",\n]\n")]
    [InlineData("t = [\n    \"a\", # mine\n    \"b\"\n]\n", "a,b,c", "t = [\n    \"a\", # mine\n    \"b\",\n    \"c\",\n]\n")]
    [InlineData("t = [\n  'a', # mine\n  'b' # last\n]\n", "a,b,c,d", "t = [\n  'a', # mine\n  'b', # last\n  \"c\",\n  \"d\",\n]\n")]
    [InlineData("t = [\n    \"a\", # mine\n    \"b\",\n]\n", "a", "t = [\n    \"a\", # mine\n]\n")]
    [InlineData("t = [\n    \"a\", # about a\n    \"b\",\n]\n", "b", "t = [\n     # about a\n    \"b\",\n]\n")]
    [InlineData("t = [ # all\n    # above\n    \"a\",\n]\n", "", "t = [ # all\n    # above\n]\n")]
    [InlineData("t = [ # all\n]\n", "x", "t = [ # all\n    \"x\",\n]\n")]
    [InlineData("t = [\n  \"a\", # mine\n  \"b\"]\n", "a,b,c", "t = [\n  \"a\", # mine\n  \"b\", \"c\",]\n")]
    [InlineData("t = [\r\n    \"a\", # mine\r\n]\r\n", "a,b", "t = [\r\n    \"a\", # mine\r\n    \"b\",\r\n]\r\n")]
    [InlineData("t = [\n  \"a\" # why\n  , \"b\" # two\n]\n", "b,c", "t = [\n   # why\n   \"b\", # two\n    \"c\",\n]\n")]
    public void Strings_come_and_go_and_comments_stay(string text, string wanted, string expected) => Assert.Equal(expected, Set(text, wanted));

    [Theory]
    [InlineData("t = [\n  \"a\",\n  \"b\",\n]\n", "b,a")]
    [InlineData("t = [\n  1, # number\n  \"b\",\n]\n", "b")]
    public void A_list_that_cannot_be_kept_in_place_is_written_anew(string text, string wanted)
    {
        var document = TomlDocument.Parse(System.Text.Encoding.UTF8.GetBytes(Set(text, wanted)), "t.toml");

        Assert.Equal(wanted.Split(','), document.Root.Find("t")!.AsArray().Select(e => e.AsString()));
    }

    private static string Set(string text, string wanted)
    {
        var document = TomlDocument.Parse(System.Text.Encoding.UTF8.GetBytes(text), "t.toml");
        document.Root.Set("t", TomlValue.Of(wanted.Split(',', StringSplitOptions.RemoveEmptyEntries)));
        return System.Text.Encoding.UTF8.GetString(document.ToBytes());
    }
}
