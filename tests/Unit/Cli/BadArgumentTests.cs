using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary>Wrong arguments: one line with the valid ones, exit code 1, nothing changed.</summary>
public sealed class BadArgumentTests
{
    [Theory]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("lst", "Did you mean 'list'?")]
    [InlineData("colection list", "Did you mean 'collection'?")]
    [InlineData("snapshot restor x", "Did you mean 'restore'?")]
    [InlineData("list --colection work", "Did you mean '--collection'?")]
    [InlineData("add x/y --al", "'--al' is not an option of this command. Did you mean '--all'?")]
    [InlineData("update --dry-rum a1", "Did you mean '--dry-run'?")]
    [InlineData("completion tcsh", "pwsh")]
    [InlineData("", "skm --help")]
    [InlineData("collection", "skm collection --help")]
    [InlineData("collection frobnicate", "frobnicate")]
    [InlineData("list --colour", "--colour")]
    [InlineData("list surplus", "surplus")]
    [InlineData("show", "'show'")]
    [InlineData("collection create", "'create'")]
    [InlineData("collection rollback", "--snapshot")]
    [InlineData("collection snapshots --skip -1", "--skip")]
    [InlineData("collection snapshots --skip x", "--skip")]
    [InlineData("collection snapshots --first -1", "--first")]
    [InlineData("collection snapshots --first 99999999999", "--first")]
    [InlineData("list --format xml", "table")]
    [InlineData("list --format 1", "table")]
    [InlineData("list --format 7", "table")]
    [InlineData("list --lock-timeout -1", "--lock-timeout")]
    [InlineData("list --lock-timeout soon", "--lock-timeout")]
    [InlineData("list --lock-timeout NaN", "--lock-timeout")]
    [InlineData("list --lock-timeout 1e99", "--lock-timeout")]
    [InlineData("collection refresh --max-wait -1", "--max-wait")]
    [InlineData("collection refresh --max-wait NaN", "--max-wait")]
    [InlineData("list --lock-timeout 1,5", "--lock-timeout takes a number of seconds, such as 1.5, not '1,5'.")]
    [InlineData("collection refresh --max-wait 1,000", "--max-wait takes a number of seconds")]
    [InlineData("collection refresh --timeout 0", "--timeout takes 1 to 86400 seconds, not 0.")]
    [InlineData("collection refresh --timeout NaN", "--timeout")]
    [InlineData("update --all --timeout soon", "--timeout")]
    [InlineData("add auto x/y --timeout 1e99", "--timeout")]
    [InlineData("doctor --timeout -1", "--timeout")]
    [InlineData("list --type skil", "Valid types: skill, command, agent, hook, mcp, workflow, composite, project_config, spec_file, rule_file, context_file, progress_template.")]
    [InlineData("collection refresh --type skill,tool", "'tool' is not an artifact type. Valid types: skill")]
    [InlineData("collection refresh --check-only --type skills", "'skills' is not an artifact type. Did you mean 'skill'?")]
    [InlineData("collection refresh --fields licence", "'licence' is not a field. Did you mean 'license'? Valid fields: tags, description, category, license, deprecated, author, origin_source.")]
    [InlineData("collection refresh --fields tags,desc", "Did you mean 'description'?")]
    [InlineData("collection refresh --fields tags --fields zzz", "'zzz' is not a field. Valid fields: tags")]
    [InlineData("list -c ../default", "'../default' is not a valid collection name: it contains a slash")]
    [InlineData("collection show ..", "'..'")]
    [InlineData("collection refresh -c a/b", "'a/b'")]
    [InlineData("collection snapshots -c ../../home", "'../../home'")]
    [InlineData("collection rollback --yes --snapshot 20260101-000000-000000 -c ../collections/default", "is not a valid collection name")]
    [InlineData("collection use ../default", "is not a valid collection name")]
    [InlineData("collection create ../x", "is not a valid collection name: it contains a slash")]
    [InlineData("collection create x\\y", "it contains a slash or backslash")]
    [InlineData("collection create a..b", "it contains '..'")]
    [InlineData("collection create .hidden", "it starts with a dot")]
    [InlineData("collection create default", "The collection 'default' already exists.")]
    [InlineData("list -c gone", "no collection 'gone'. It has: default, work.")]
    [InlineData("collection refresh -c gone", "no collection 'gone'. It has: default, work.")]
    [InlineData("collection use gone", "no collection 'gone'. It has: default, work.")]
    [InlineData("collection snapshots -c gone", "no collection 'gone'. It has: default, work.")]
    [InlineData("collection rollback --yes -c gone --snapshot 20260101-000000-000000", "no collection 'gone'. It has: default, work.")]
    [InlineData("collection rollback --yes --snapshot 20260101-000000-000000", "no snapshot '20260101-000000-000000'. It has no snapshots yet.")]
    [InlineData("collection rollback --yes --snapshot ../../collections/default", "no snapshot")]
    [InlineData("snapshot", "skm snapshot --help")]
    [InlineData("snapshot list --skip -1", "--skip and --take must be 0 or more.")]
    [InlineData("snapshot list --take x", "--take")]
    [InlineData("snapshot list -c gone", "no collection 'gone'. It has: default, work.")]
    [InlineData("snapshot new -c gone", "no collection 'gone'. It has: default, work.")]
    [InlineData("snapshot new -c ../work", "is not a valid collection name")]
    [InlineData("snapshot show", "'show'")]
    [InlineData("snapshot show gone", "no snapshot 'gone'. It has no snapshots yet. 'skm snapshot list' lists them.")]
    [InlineData("snapshot restore", "'restore'")]
    [InlineData("snapshot restore 20260101-000000-000000 --yes", "no snapshot '20260101-000000-000000'.")]
    [InlineData("snapshot restore 20260101-000000-000000", "no snapshot '20260101-000000-000000'.")]
    [InlineData("snapshot restore 20260101-000000-000000 --yes --artifact ,", "--artifact is empty.")]
    [InlineData("snapshot verify", "Name the snapshots, or use --all")]
    [InlineData("snapshot verify --all 20260101-000000-000000", "Name the snapshots, or use --all")]
    [InlineData("snapshot verify 20260101-000000-000000", "no snapshot")]
    [InlineData("snapshot remove --yes", "Name the snapshots, or select old ones with --keep-last and --older-than.")]
    [InlineData("snapshot remove 20260101-000000-000000 --keep-last 1 --yes", "Name the snapshots, or select old ones")]
    [InlineData("snapshot remove 20260101-000000-000000 --yes", "no snapshot")]
    [InlineData("snapshot remove --keep-last -1 --yes", "--keep-last must be 0 or more.")]
    [InlineData("snapshot remove --keep-last few --yes", "--keep-last")]
    [InlineData("snapshot remove --older-than soon --yes", "--older-than takes a whole number of days, hours, minutes or weeks, such as 30d")]
    [InlineData("snapshot remove --older-than 30 --yes", "not '30'")]
    [InlineData("snapshot remove --older-than d --yes", "not 'd'")]
    [InlineData("snapshot remove --older-than=-1d --yes", "not '-1d'")]
    [InlineData("snapshot remove --older-than 1.5d --yes", "not '1.5d'")]
    [InlineData("snapshot remove --older-than 5D --yes", "not '5D'")]
    [InlineData("snapshot remove --older-than 99999d --yes", "up to 36500d")]
    [InlineData("snapshot remove --older-than 9999999999999d --yes", "up to 36500d")]
    [InlineData("snapshot export 20260101-000000-000000", "no snapshot")]
    [InlineData("show gone", "no artifact 'gone'")]
    [InlineData("show skil:a1", "'skil' is not an artifact type")]
    [InlineData("show skill:", "not an artifact id")]
    [InlineData("show @a1", "no artifact '@a1'")]
    public async Task A_mistake_is_one_line_that_helps(string command, string message)
    {
        using var home = TestHome.WithSkills(2);
        home.Write(home.At("collections", "work", "collection.toml"), "[collection]\nname = \"work\"\n");
        var before = home.Tree();
        var arguments = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (await home.RunAsync(arguments)).Fails(message);
        (await home.RunAsync([.. arguments, "--quiet"])).Fails(message);
        Assert.Equal(before, home.Tree());
    }

    [Theory]
    [InlineData("--type", "")]
    [InlineData("--type", ",")]
    [InlineData("--name", "")]
    [InlineData("--collection", "")]
    public async Task An_empty_choice_is_a_mistake_and_not_everything(string option, string value)
    {
        using var home = TestHome.WithSkills(2);
        var before = home.Tree();
        (await home.RunAsync("collection", "refresh", option, value)).Fails();
        Assert.Equal(before, home.Tree());
    }

    [Fact]
    public async Task A_name_with_a_line_end_still_makes_one_line()
    {
        using var home = TestHome.WithSkills(1);
        (await home.RunAsync("collection", "create", "a\nb")).Fails("control character");
        (await home.RunAsync("show", "a\nb\u001b[31m")).Fails("no artifact");
        (await home.RunAsync("list", "--type", "a\r\nb")).Fails("not an artifact type");
        (await home.RunAsync("list", "a\nb")).Fails();
    }

    [Fact]
    public async Task A_name_that_no_file_system_takes_is_an_error()
    {
        using var home = TestHome.WithSkills(1);
        var before = home.Tree("locks");
        (await home.RunAsync("collection", "create", new string('x', 300))).Fails("has more than 200 bytes");
        Assert.Equal(before, home.Tree("locks"));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("collection --help")]
    [InlineData("collection rollback --help")]
    [InlineData("collection refresh -h")]
    [InlineData("snapshot --help")]
    [InlineData("snapshot remove --help")]
    [InlineData("show --help")]
    [InlineData("--version")]
    public async Task Help_needs_neither_a_home_nor_the_required_arguments(string command)
    {
        var run = (await SkmRun.StartAsync(command.Split(' '))).Succeeds();
        Assert.Empty(run.Error);
        Assert.NotEmpty(run.Output);
        Assert.DoesNotContain("[default: Table]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_command_says_so_and_changes_nothing()
    {
        using var home = TestHome.WithSkills(1);
        var before = home.Tree("cache", "locks");
        var run = await home.RunAsync(new SkmSurroundings { Cancellation = new CancellationToken(canceled: true) }, "collection", "refresh");
        Assert.Equal(130, run.ExitCode);
        Assert.Equal("cancelled; the collection was not changed.\n", run.Error);
        Assert.Equal(before, home.Tree("cache", "locks"));
    }
}
