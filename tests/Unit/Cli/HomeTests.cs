using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary>The place of the home, and the messages if it does not exist.</summary>
public sealed class HomeTests
{
    private static string UserVariable => OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME";

    [Theory]
    [InlineData("list")]
    [InlineData("collection list")]
    [InlineData("collection refresh --check-only")]
    [InlineData("collection create x")]
    public async Task A_missing_home_is_named_and_so_is_the_command_that_makes_one(string command)
    {
        using var place = TestHome.None();
        (await place.RunAsync([.. command.Split(' '), "--format", "json"])).Fails($"no SkillMeat home at '{place.Home}'", "'skm init'", "[HomeNotFound]");
        Assert.False(Directory.Exists(place.Home));
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_home_is_an_error_and_stays()
    {
        using var place = TestHome.None();
        place.Write(place.Home, "precious");
        var before = place.Tree();
        (await place.RunAsync("list")).Fails(place.Home);
        (await place.RunAsync("init")).Fails(place.Home);
        Assert.Equal(before, place.Tree());
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public async Task An_empty_variable_means_the_users_own_home(string? value)
    {
        using var place = TestHome.WithSkills(1);
        Directory.Move(place.Home, Path.Combine(place.Place, ".skillmeat"));
        var run = await SkmRun.StartAsync(["list", "--format", "json"], Around(("SKILLMEAT_HOME", value), (UserVariable, place.Place)));
        Assert.Equal(1, run.Succeeds().Json.GetArrayLength());
    }

    [Fact]
    public async Task The_variable_wins_over_the_user_and_the_option_over_both()
    {
        using var named = TestHome.WithSkills(1);
        using var asked = TestHome.WithSkills(2);
        var around = Around(("SKILLMEAT_HOME", named.Home), (UserVariable, named.Place));
        Assert.Equal(1, (await SkmRun.StartAsync(["list", "--format", "json"], around)).Succeeds().Json.GetArrayLength());
        Assert.Equal(2, (await SkmRun.StartAsync(["list", "--format", "json", "--home", asked.Home], around)).Succeeds().Json.GetArrayLength());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_a_users_folder_the_home_has_to_be_named(string? value) =>
        (await SkmRun.StartAsync(["list"], Around((UserVariable, value)))).Fails("--home", "SKILLMEAT_HOME");

    [Theory]
    [InlineData("list")]
    [InlineData("init")]
    [InlineData("collection refresh")]
    public async Task An_empty_option_is_a_mistake_and_not_the_users_own_home(string command)
    {
        using var place = TestHome.WithSkills(1);
        Directory.Move(place.Home, Path.Combine(place.Place, ".skillmeat"));
        var before = place.Tree();
        (await SkmRun.StartAsync([.. command.Split(' '), "--home", ""], Around((UserVariable, place.Place)))).Fails("--home");
        Assert.Equal(before, place.Tree());
    }

    [Fact]
    public async Task A_home_without_collections_says_how_to_make_one()
    {
        using var place = TestHome.None();
        Directory.CreateDirectory(place.Home);
        (await place.RunAsync("list")).Fails("no collection 'default'", "'skm collection create'");
        Assert.Equal(0, (await place.RunAsync("collection", "list", "--format", "json")).Succeeds().Json.GetArrayLength());
    }

    private static SkmSurroundings Around(params (string Name, string? Value)[] variables) => new() { Environment = variables.ToDictionary(v => v.Name, v => v.Value) };
}
