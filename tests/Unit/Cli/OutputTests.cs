using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary>The output for people: tables, also through a pipe; quiet and verbose; no unwanted colours; no control sequences.</summary>
public sealed class OutputTests
{
    private const string Escape = "\u001b";

    [Fact]
    public async Task A_table_is_printed_through_a_pipe_too()
    {
        using var home = TestHome.Sample();
        var run = (await home.RunAsync("collection", "refresh", "--check-only")).Succeeds(2);
        Assert.Empty(run.Error);
        Assert.Matches("skill:meeting-notes +│? *updated", run.Output);
        Assert.Matches("skill:pdf-tools +│? *up to date", run.Output);
        Assert.Contains("1 up to date, 1 updated, 1 moved, 1 new, 1 unknown in ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Escape, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_field_that_changed_has_a_line_of_its_own()
    {
        using var home = TestHome.Sample();
        var run = (await home.RunAsync("collection", "refresh")).Succeeds();
        Assert.Contains(run.Output.Split('\n'), l => l.Contains("skill:meeting-notes", StringComparison.Ordinal) && l.TrimEnd().EndsWith("tags: favourite, writing → favourite, writing, meetings", StringComparison.Ordinal));
        Assert.Contains(run.Output.Split('\n'), l => l.Trim() == "license: (none) → MIT");
        Assert.Contains("1 refreshed, 1 unchanged, 2 skipped, 0 failed in ", run.Output, StringComparison.Ordinal);
        Assert.Matches("Snapshot [0-9-]{22} was taken first; 'skm collection rollback --collection default --snapshot [0-9-]{22}' restores it.", run.Output);
    }

    [Fact]
    public async Task Quiet_keeps_the_table_and_leaves_out_the_summary()
    {
        using var home = TestHome.Sample();
        var run = (await home.RunAsync("collection", "refresh", "--quiet")).Succeeds();
        Assert.Empty(run.Error);
        Assert.Contains("skill:meeting-notes", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("1 refreshed", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Snapshot ", run.Output, StringComparison.Ordinal);
        Assert.Empty((await home.RunAsync("collection", "create", "other", "-q")).Succeeds().OutputBytes);
        Assert.Empty((await home.RunAsync("collection", "use", "other", "-q")).Succeeds().OutputBytes);
        Assert.Empty((await home.RunAsync("init", "-q")).Succeeds().OutputBytes);
    }

    [Fact]
    public async Task Verbose_talks_on_standard_error_only()
    {
        using var home = TestHome.Sample();
        var plain = (await home.RunAsync("list")).Succeeds();
        var verbose = (await home.RunAsync("list", "--verbose")).Succeeds();
        Assert.Equal(plain.OutputBytes, verbose.OutputBytes);
        Assert.Contains(home.Home, verbose.Error, StringComparison.Ordinal);
        Assert.Empty(plain.Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task There_are_no_colours_with_NO_COLOR_or_without_a_terminal(bool isTerminal)
    {
        using var home = TestHome.Sample();
        var around = new SkmSurroundings { IsOutputTerminal = isTerminal, Environment = new Dictionary<string, string?> { ["NO_COLOR"] = isTerminal ? "1" : null } };
        foreach (var command in new[] { "list", "collection list", "collection show", "show pdf-tools", "collection refresh --dry-run", "collection refresh --fields help" })
        {
            Assert.DoesNotContain(Escape, (await home.RunAsync(around, command.Split(' '))).Succeeds().Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Texts_of_upstream_are_shown_and_never_obeyed()
    {
        const string evil = "\\e[2J\\e]0;owned\\a\\r\\x9b31mred [bold]not bold[/] \\u0085 end";
        using var home = TestHome.WithSkills(1);
        home.WriteUpstream("skills/a1/SKILL.md", $"---\nname: a1\ndescription: \"{evil}\"\nauthor: \"two\\nlines\"\ntags: [\"a\\tb\"]\n---\n");

        foreach (var command in new[] { "collection refresh --dry-run", "collection refresh", "list", "show a1", "collection show" })
        {
            var run = (await home.RunAsync(command.Split(' '))).Succeeds();
            Assert.DoesNotContain(run.Output, c => char.IsControl(c) && c != '\n' && c != '\r');
            Assert.DoesNotContain('\r', run.Output.Replace("\r\n", "\n", StringComparison.Ordinal));
            Assert.Contains("[bold]not bold[/]", run.Output, StringComparison.Ordinal);
        }

        var json = (await home.RunAsync("show", "a1", "--format", "json")).Succeeds();
        Assert.DoesNotContain(json.Output, c => char.IsControl(c) && c != '\n' && c != '\r' && c != '\u0085' && c != '\u009b');
        Assert.Equal("\u001b[2J\u001b]0;owned\a\r\u009b31mred [bold]not bold[/] \u0085 end", json.Json.GetProperty("description").GetString());
        Assert.Equal("two\nlines", json.Json.GetProperty("author").GetString());
    }

    [Fact]
    public async Task A_property_without_a_value_is_left_out()
    {
        using var home = TestHome.WithSkills(1);

        var lines = (await home.RunAsync("show", "a1")).Succeeds().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Contains(lines, line => line.StartsWith("Description", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("License", StringComparison.Ordinal));
        Assert.All(lines.Skip(2), line => Assert.Matches(@"^\S.*?  +\S", line));
    }

    [Fact]
    public async Task Text_of_any_language_comes_out_as_UTF8()
    {
        using var home = TestHome.WithSkills(1);
        home.WriteUpstream("skills/a1/SKILL.md", "---\ndescription: 日本語 Ünïcödé 🧪 \"quoted\" <tag> & more\n---\n");
        (await home.RunAsync("collection", "refresh")).Succeeds();
        var json = (await home.RunAsync("show", "a1", "--format", "json")).Succeeds();
        Assert.Contains("日本語 Ünïcödé", json.Output, StringComparison.Ordinal);
        Assert.Equal("日本語 Ünïcödé 🧪 \"quoted\" <tag> & more", json.Json.GetProperty("description").GetString());
        Assert.Contains("日本語 Ünïcödé 🧪", (await home.RunAsync("show", "a1")).Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_is_not_for_standard_error_that_is_no_terminal_nor_for_the_quiet()
    {
        using var home = TestHome.Sample();
        Assert.Empty((await home.RunAsync("collection", "refresh", "--dry-run")).Succeeds().Error);
        Assert.Empty((await home.RunAsync(new SkmSurroundings { IsInteractive = true }, "collection", "refresh", "--dry-run", "--quiet")).Succeeds().Error);
    }
}
