using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary>Tables fit into the width of a terminal: no line is longer, no word is broken, and what is cut says so.</summary>
public sealed class TableWidthTests
{
    private const string LongName = "a-skill-with-a-name-that-is-longer-than-any-column-of-a-table-and-still-valid";

    private const string LongDescription = "Extracts characterisations internationalisation-proof from documentations without responsibility.";

    private static readonly string[] _commands =
    [
        "list", "collection list", "collection show", "collection refresh --check-only", "collection refresh --dry-run", "collection refresh --fields help",
        "update --all --dry-run", $"remove {LongName} --dry-run", "snapshot list", "snapshot verify --all", "repair --dry-run", "doctor", "show " + LongName, "search",
    ];

    [Theory, InlineData(60), InlineData(80), InlineData(120)]
    public async Task No_line_is_longer_and_no_word_is_broken(int width)
    {
        using var home = await SceneAsync();
        foreach (var command in _commands)
        {
            var wide = Words((await home.RunAsync(new SkmSurroundings { IsOutputTerminal = true, Width = 2000, Environment = Offline }, command.Split(' '))).Output);
            var lines = (await home.RunAsync(new SkmSurroundings { IsOutputTerminal = true, Width = width, Environment = Offline }, command.Split(' '))).Output.Split('\n');
            var table = lines.TakeWhile(line => !line.StartsWith("---", StringComparison.Ordinal) && !line.Contains(" ms.", StringComparison.Ordinal)).ToList();

            Assert.NotEmpty(table);
            if (!command.StartsWith("show", StringComparison.Ordinal)) Assert.All(table.Where(line => line.StartsWith(' ')), line => Assert.True(line.TrimEnd().Length <= width, $"{command}: {line}"));
            Assert.All(Words(string.Join('\n', table)).Where(word => !word.StartsWith('─') && !wide.Contains(word)), word => Assert.EndsWith("…", word, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_important_columns_stay_at_80_characters()
    {
        using var home = await SceneAsync();
        var around = new SkmSurroundings { IsOutputTerminal = true, Width = 80, Environment = Offline };

        Assert.Matches("Artifact +Follows +Commit +Description", (await home.RunAsync(around, "list")).Output);
        Assert.Matches("Artifact +Change +(Follows +)?Where / why", (await home.RunAsync(around, "collection", "refresh", "--check-only")).Output);
        Assert.Matches("Snapshot +Made \\(UTC\\) +Message / problem", (await home.RunAsync(around, "snapshot", "list")).Output);
        Assert.Matches("Snapshot +Sound +Objects +Bytes +Problem", (await home.RunAsync(around, "snapshot", "verify", "--all")).Output);
    }

    [Fact]
    public async Task Rows_of_a_dry_run_say_would()
    {
        using var home = await SceneAsync();

        var removal = (await home.RunAsync("remove", LongName, "--dry-run")).Succeeds().Output;
        Assert.Matches($"skill:{LongName} +would be removed +would be removed ", removal);
        Assert.Matches("skill:meeting-notes +would be updated ", (await home.RunAsync("update", "--all", "--dry-run")).Succeeds().Output);
        Assert.Matches("skill:meeting-notes +would be refreshed ", (await home.RunAsync("collection", "refresh", "--dry-run")).Succeeds().Output);
        Assert.All((await home.RunAsync("collection", "refresh", "--dry-run", "--format", "json")).Succeeds().Json.GetProperty("entries").EnumerateArray(), entry => Assert.True(entry.GetProperty("dry_run").GetBoolean()));
    }

    private static Dictionary<string, string?> Offline => new()
    {
        ["GITHUB_SERVER_URL"] = "http://127.0.0.1:1",
        ["GITHUB_API_URL"] = "http://127.0.0.1:1",
        ["GITHUB_GRAPHQL_URL"] = "http://127.0.0.1:1",
        ["NO_COLOR"] = "1",
    };

    private static HashSet<string> Words(string text) => [.. text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)];

    private static async Task<TestHome> SceneAsync()
    {
        var home = TestHome.Sample();
        home.WriteUpstream($"skills/{LongName}/SKILL.md", $"---\nname: {LongName}\ndescription: {LongDescription}\ntags: [documentation, internationalisation, characterisation]\n---\n");
        (await home.RunAsync("add", "skill", Path.Combine(home.Place, "upstream", "skills", LongName))).Succeeds();
        (await home.RunAsync("snapshot", "new", "--message", LongDescription)).Succeeds();
        return home;
    }
}
