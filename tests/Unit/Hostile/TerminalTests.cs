using SkillMeat.Cli.Output;
using SkillMeat.Loader;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Hostile;

/// <summary>Characters that are invisible or change the order of others. A terminal gets escapes, JSON the text itself, and no name may hold one.</summary>
public sealed class TerminalTests
{
    public static TheoryData<string, string> Hidden => new()
    {
        { "\u202e", "\\u202e" }, { "\u2066", "\\u2066" }, { "\u200b", "\\u200b" }, { "\u200f", "\\u200f" }, { "\u061c", "\\u061c" }, { "\ufeff", "\\ufeff" }, { "\u00ad", "\\u00ad" },
        { "\u2028", "\\u2028" }, { "\u2029", "\\u2029" }, { "\U000E0041", "\\U000e0041" }, { "\U000E0100", "\\U000e0100" }, { "\U0001D173", "\\U0001d173" },
    };

    [Theory]
    [MemberData(nameof(Hidden))]
    public void Hidden_characters_become_escapes(string hidden, string escape)
    {
        Assert.Equal($"a{escape}b", PlainText.OnOneLine($"a{hidden}b"));
        Assert.Equal($"a{escape}\n\tb", PlainText.OnLines($"a{hidden}\n\tb"));
        Assert.Equal($"a{escape}b", ViewText.Line($"a{hidden}b"));
        Assert.Equal($"a{escape}\n\tb", ViewText.Lines($"a{hidden}\n\tb"));
        Assert.Equal($"{{a{escape}, b}}", ViewText.Line(new[] { $"a{hidden}", "b" }));
        Assert.EndsWith($"{escape}b", ViewText.End($"long/path/a{hidden}b", 12), StringComparison.Ordinal);
        Assert.Contains(escape, ViewText.Wrap($"a{hidden}b", 40), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_people_write_stays_as_it_is()
    {
        foreach (var text in new[] { "Grüße, 世界", "🎉 done ✅", "עברית", "العربية", "हिन्दी", "e\u0301" })
        {
            Assert.Equal(text, PlainText.OnOneLine(text));
            Assert.Equal(text, ViewText.Line(text));
        }
    }

    [Theory]
    [MemberData(nameof(Hidden))]
    public async Task Tables_and_errors_show_escapes_and_JSON_the_text(string hidden, string escape)
    {
        using var home = TestHome.WithSkills(1);
        home.Write(home.Manifest, (await File.ReadAllTextAsync(home.Manifest, TestContext.Current.CancellationToken)).Replace("Old text", $"Old{hidden}text", StringComparison.Ordinal));

        var show = await home.RunAsync("show", "a1");
        Assert.Contains($"Old{escape}text", show.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden, show.Output, StringComparison.Ordinal);
        var missing = await home.RunAsync("show", $"a{hidden}1");
        Assert.Contains($"a{escape}1", missing.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden, missing.Error, StringComparison.Ordinal);
        var json = await home.RunAsync("list", "--format", "json");
        Assert.Equal($"Old{hidden}text", json.Json[0].GetProperty("description").GetString());
    }

    [Theory]
    [MemberData(nameof(Hidden))]
    public async Task A_name_with_one_is_not_added(string hidden, string escape)
    {
        using var home = TestHome.WithSkills(1);
        home.WriteUpstream($"skills/x{hidden}y/SKILL.md", "---\nname: xy\ndescription: A skill\n---\n");
        var before = home.Tree("locks", "objects", "cache");

        foreach (var arguments in (string[][])[["add", "skill", Path.Combine(home.Place, "upstream", "skills", $"x{hidden}y")], ["add", "skill", Path.Combine(home.Place, "upstream", "skills", "a1"), "--name", $"x{hidden}y"]])
        {
            var run = await home.RunAsync(arguments);
            Assert.Equal(1, run.ExitCode);
            Assert.Contains($"the hidden character {escape}", run.Error + run.Output, StringComparison.Ordinal);
        }

        Assert.Equal(before, home.Tree("locks", "objects", "cache"));
    }
}
